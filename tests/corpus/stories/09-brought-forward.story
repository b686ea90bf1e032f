# First only a call for a meeting (nothing); then one is set, brought forward by five days, and called a conference by a later article.

--- 2026-05-28 Straits Observer
Malaysia's environment minister, Farah Zulkifli, has called for a meeting of ASEAN foreign ministers about the haze over the region.
She named neither a day nor a city.

> nothing

--- 2026-06-04 Archipelago News
JAKARTA, June 4 (AN) - ASEAN foreign ministers will hold a special meeting in Jakarta on June 24, the Indonesian foreign ministry said.
Haze from forest fires has reached four of the bloc's members.

> 2026-06-24 confirmed meeting of ASEAN in Jakarta

--- 2026-06-11 Straits Observer
The special meeting of ASEAN's foreign ministers in Jakarta has been brought forward from 24 June and will now be held on 19 June.
Ministers felt that the haze could not wait, a diplomat in the region said.

> 2026-06-19 confirmed meeting of ASEAN in Jakarta (was 2026-06-24)

--- 2026-06-17 Archipelago News
JAKARTA, June 17 (AN) - Foreign ministers of ASEAN will hold a conference on the haze in Jakarta on Friday, the Indonesian foreign ministry said.
A shared fleet of water bombers is among the ideas on the table.

> 2026-06-19 confirmed conference of ASEAN in Jakarta (was 2026-06-24)
