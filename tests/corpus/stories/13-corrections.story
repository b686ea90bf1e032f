# Corrections: first the day (a day later than first announced), then the city.

--- 2026-09-14 Baltic Wire
Finland and Estonia will hold talks in Helsinki on 22 September on guarding undersea cables, the Finnish foreign ministry said.
Three cables were damaged in the gulf over the past twelve months.

> 2026-09-22 confirmed talks of EE, FI in Helsinki

--- 2026-09-16 Tallinn Evening
Estonia's talks with Finland on undersea cables will take place in Helsinki on 23 September, a day later than first announced, the Estonian foreign ministry said.
An official put the mistake down to a typing error.

> 2026-09-23 confirmed talks of EE, FI in Helsinki (was 2026-09-22)

--- 2026-09-18 Baltic Wire
Correction: The talks between Finland and Estonia on undersea cables on 23 September will be held in Turku, not in Helsinki as stated earlier.
The Finnish navy has a cable school at Turku.

> 2026-09-23 confirmed talks of EE, FI in Turku (was 2026-09-22)

--- 2026-09-24 Tallinn Evening
Estonia and Finland held talks on undersea cables in Turku on Wednesday.
Annika Raudsepp, who led the Estonian side, said that patrols would be shared.

> 2026-09-23 held talks of EE, FI in Turku (was 2026-09-22)
