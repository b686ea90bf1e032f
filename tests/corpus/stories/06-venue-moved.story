# The venue moves to another city on the same day: one event, with the new place and no previous date.

--- 2023-06-19 Gold Coast Post
ECOWAS leaders will hold a summit in Accra on 8 July, the West African bloc said in a statement.
Piracy in the Gulf of Guinea tops the list of subjects.

> 2023-07-08 confirmed summit of ECOWAS in Accra

--- 2023-06-28 Sahel Bulletin
The ECOWAS summit on 8 July will be held in Abuja instead of Accra, the bloc announced.
Repairs to the conference centre in the Ghanaian capital have overrun.

> 2023-07-08 confirmed summit of ECOWAS in Abuja

--- 2023-07-05 Gold Coast Post
Heads of state of the West African bloc ECOWAS will meet in Abuja on Saturday to discuss piracy.
Officials have drawn up a plan for joint coastal patrols.

> 2023-07-08 confirmed summit of ECOWAS in Abuja

--- 2023-07-10 Sahel Bulletin
ECOWAS leaders held their summit in Abuja on Saturday and endorsed a plan for coastal patrols.
The cost is still to be shared out.

> 2023-07-08 held summit of ECOWAS in Abuja
