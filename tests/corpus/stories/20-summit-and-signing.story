# A summit and a signing of the same parties in the same city on the same day are two; the signing moves alone.

--- 2025-05-28 Great Lakes Wire
The presidents of Kenya and Tanzania will hold a summit in Arusha on 12 June, the Kenyan presidency said.
Trade across the shared border has grown by a fifth.

> 2025-06-12 confirmed summit of KE, TZ in Arusha

--- 2025-06-02 Kilimanjaro Mail
Tanzania and Kenya will sign an agreement on power lines in Arusha on 12 June, the Tanzanian energy ministry said.
The lines are to carry hydropower north and solar power south.

> 2025-06-12 confirmed signing of KE, TZ in Arusha
> 2025-06-12 confirmed summit of KE, TZ in Arusha

--- 2025-06-09 Great Lakes Wire
The signing of a power line agreement between Kenya and Tanzania in Arusha, due on 12 June, has been postponed to 26 June.
Lawyers are still checking the text, the Kenyan energy ministry said.
The presidents of the two countries will hold their summit in Arusha on Thursday all the same.

> 2025-06-12 confirmed summit of KE, TZ in Arusha
> 2025-06-26 postponed signing of KE, TZ in Arusha (was 2025-06-12)

--- 2025-06-13 Kilimanjaro Mail
The presidents of Tanzania and Kenya held a summit in Arusha on Thursday.
President Asha Mwinuka said that the border posts would stay open at night.

> 2025-06-12 held summit of KE, TZ in Arusha
> 2025-06-26 postponed signing of KE, TZ in Arusha (was 2025-06-12)
