# Tentative becomes confirmed, a month becomes part of it and then a day, and the place is named last.

--- 2027-03-29 Cordillera News
Chile and Argentina are expected to hold talks in May on reopening gas pipelines across the Andes, Chilean officials said.
The pipes have stood idle for most of two decades.

> 2027-05 tentative talks of AR, CL

--- 2027-04-12 La Plata Herald
Argentina and Chile have agreed to hold talks on the Andean gas pipelines in late May, the energy ministry in Buenos Aires said on Monday.
"We know what we want to sell and they know what they want to buy," said its secretary, Ramiro Etcheverry.

> 2027-05-21/2027-05-31 confirmed talks of AR, CL

--- 2027-04-28 Cordillera News
Chile's talks with Argentina on the gas pipelines will be held on 26 May, the Chilean energy minister, Paula Iturra, told reporters.
She did not name a venue.

> 2027-05-26 confirmed talks of AR, CL

--- 2027-05-11 La Plata Herald
Mendoza will host the talks between Argentina and Chile on gas pipelines on 26 May, the provincial governor confirmed.
Hotels in the city are already short of rooms.

> 2027-05-26 confirmed talks of AR, CL in Mendoza
