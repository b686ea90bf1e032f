# A visit and a meeting during it stay two events, also when the meeting is moved and when both are over.

--- 2026-03-02 Gulf Horizon
The United Nations envoy for Yemen, Henrik Solberg, will visit Aden from 10 to 12 March, his office said on Monday.
It will be his first trip to the port city since he took up the post.

> 2026-03-10/2026-03-12 confirmed visit of UN, YE in Aden

--- 2026-03-05 Red Sea Wire
UN envoy Henrik Solberg will meet the Saudi ambassador to Yemen, Faris al-Dosari, in Aden on 11 March, a UN official said.
The two have a fund for civil servants' salaries to discuss.
The meeting is to take place during the envoy's visit to Aden next week.

> 2026-03-10/2026-03-12 confirmed visit of UN, YE in Aden
> 2026-03-11 confirmed meeting of SA, UN in Aden

--- 2026-03-09 Gulf Horizon
A meeting in Aden between the UN envoy for Yemen and the Saudi ambassador has been put off from 11 March to 12 March, the Saudi embassy said.
It gave the ambassador's travel arrangements as the reason.

> 2026-03-10/2026-03-12 confirmed visit of UN, YE in Aden
> 2026-03-12 postponed meeting of SA, UN in Aden (was 2026-03-11)

--- 2026-03-13 Red Sea Wire
UN envoy Henrik Solberg met the Saudi ambassador, Faris al-Dosari, in Aden on Thursday.
Mr Solberg visited Aden from 10 to 12 March, his office said in a statement.
He described the salary fund as the most urgent question in the city.

> 2026-03-10/2026-03-12 held visit of UN, YE in Aden
> 2026-03-12 held meeting of SA, UN in Aden (was 2026-03-11)
