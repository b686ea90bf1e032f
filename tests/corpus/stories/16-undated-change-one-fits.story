# "The Ankara summit was called off" and "is back on", both with no date, touch the one event that fits and not the talks elsewhere.

--- 2023-05-02 Anatolia Standard
The presidents of Turkey and Turkmenistan will hold a summit in Ankara on 17 May, the Turkish presidency said.
A gas line under the Caspian Sea will be the main subject.

> 2023-05-17 confirmed summit of TM, TR in Ankara

--- 2023-05-05 Karakum Wire
Turkmenistan and Turkey will hold talks on electricity exports in Ashgabat on 11 May, the Turkmen energy ministry said.
The team from Turkey is headed by deputy minister Ozan Kirca.

> 2023-05-11 confirmed talks of TM, TR in Ashgabat
> 2023-05-17 confirmed summit of TM, TR in Ankara

--- 2023-05-09 Anatolia Standard
The Ankara summit of Turkey and Turkmenistan was called off, the Turkish presidency said.
Officials declined to explain the decision.

> 2023-05-11 confirmed talks of TM, TR in Ashgabat
> 2023-05-17 cancelled summit of TM, TR in Ankara

--- 2023-05-12 Karakum Wire
Turkmenistan and Turkey held talks on electricity exports in Ashgabat on Thursday.
Prices were agreed for the coming contracts, the Turkmen side said.

> 2023-05-11 held talks of TM, TR in Ashgabat
> 2023-05-17 cancelled summit of TM, TR in Ankara

--- 2023-05-15 Caspian Daily
The Ankara summit between Turkey and Turkmenistan is back on, the Turkish presidency said.
Guests have been told to keep to their first travel plans.

> 2023-05-11 held talks of TM, TR in Ashgabat
> 2023-05-17 confirmed summit of TM, TR in Ankara
