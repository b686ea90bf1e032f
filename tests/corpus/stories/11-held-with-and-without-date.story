# Two events are reported as held, one with no date ("the two ministers met in Cairo"), the other with its day.

--- 2024-01-29 Desert Line
Jordan's foreign minister, Sami Haddadin, will meet his Iraqi counterpart, Dler Barwari, in Cairo on 5 February.
The quarrel over customs posts has left hundreds of lorries waiting.

> 2024-02-05 confirmed meeting of IQ, JO in Cairo

--- 2024-01-31 Iberian Wire
Spain and Morocco will hold talks on fishing licences in Lisbon on 8 February, the Spanish fisheries ministry said.
Fleets on both shores have been told to stay in port.

> 2024-02-05 confirmed meeting of IQ, JO in Cairo
> 2024-02-08 confirmed talks of ES, MA in Lisbon

--- 2024-02-07 Desert Line
Jordan and Iraq have settled their quarrel over customs posts, officials said.
Their foreign ministers, Sami Haddadin and Dler Barwari, met in Cairo and shook hands on a common tariff.

> 2024-02-05 held meeting of IQ, JO in Cairo
> 2024-02-08 confirmed talks of ES, MA in Lisbon

--- 2024-02-09 Iberian Wire
Spain and Morocco held talks on fishing licences in Lisbon on Thursday, the Spanish fisheries ministry said.
The number of boats is still in dispute.

> 2024-02-05 held meeting of IQ, JO in Cairo
> 2024-02-08 held talks of ES, MA in Lisbon
