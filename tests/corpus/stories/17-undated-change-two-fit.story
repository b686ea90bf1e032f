# An undated "called off" that fits two events changes neither; a dated one then hits its own.

--- 2025-10-20 Padma Express
Officials of India and Bangladesh will meet in Dhaka on 4 November and again on 18 November, the Bangladeshi foreign ministry said.
Border markets and river data are on their list.

> 2025-11-04 confirmed meeting of BD, IN in Dhaka
> 2025-11-18 confirmed meeting of BD, IN in Dhaka

--- 2025-10-27 Deccan Telegraph
A meeting in Dhaka between India and Bangladesh was called off, a Bangladeshi official said.
He would not say more.

> 2025-11-04 confirmed meeting of BD, IN in Dhaka
> 2025-11-18 confirmed meeting of BD, IN in Dhaka

--- 2025-10-29 Padma Express
The Dhaka meeting of Indian and Bangladeshi officials on 18 November has been cancelled, the foreign ministry of Bangladesh said.
The figures on river levels were not ready, it explained.

> 2025-11-04 confirmed meeting of BD, IN in Dhaka
> 2025-11-18 cancelled meeting of BD, IN in Dhaka

--- 2025-11-05 Deccan Telegraph
Indian and Bangladeshi officials met in Dhaka on Tuesday and chose sites for three border markets.
Traders welcomed the news.

> 2025-11-04 held meeting of BD, IN in Dhaka
> 2025-11-18 cancelled meeting of BD, IN in Dhaka
