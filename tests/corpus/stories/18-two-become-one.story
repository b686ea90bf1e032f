# One article names only Armenia, the next only Azerbaijan, same city and day: two events until a third names both.

--- 2026-10-01 Ararat Press
Armenia's deputy foreign minister, Gevorg Manasyan, will take part in border talks in Tbilisi on 14 October.
Two cartographers are on his team.

> 2026-10-14 confirmed talks of AM in Tbilisi

--- 2026-10-06 Absheron News
Azerbaijan will send a delegation to border talks in Tbilisi on 14 October, its foreign ministry said.
The diplomat Leyla Hasanzade has been named to lead it.

> 2026-10-14 confirmed talks of AM in Tbilisi
> 2026-10-14 confirmed talks of AZ in Tbilisi

--- 2026-10-09 Caucasus Courier
Armenia and Azerbaijan will hold border talks in Tbilisi on 14 October.
Gevorg Manasyan speaks for the Armenian side and Leyla Hasanzade for the Azerbaijani one.

> 2026-10-14 confirmed talks of AM, AZ in Tbilisi

--- 2026-10-15 Ararat Press
Armenia and Azerbaijan held border talks in Tbilisi on Wednesday.
They compared maps of four villages, a participant said.

> 2026-10-14 held talks of AM, AZ in Tbilisi
