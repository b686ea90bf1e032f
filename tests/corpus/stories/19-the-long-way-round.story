# One event over six articles and a turn of the year: planned, dated, moved to another city, put off with no day, given a day, held.

--- 2026-11-16 Pacific Andes Agency
Peru and Ecuador plan to hold talks on illegal mining in early 2027, Peruvian officials said.
Wildcat dredgers work both banks of the border rivers.

> 2027-01/2027-04 tentative talks of EC, PE

--- 2026-12-07 El Faro Wire
Ecuador and Peru will hold their talks on illegal mining in Quito on 19 January, the Ecuadorian foreign ministry said.
Police chiefs are to attend as well.

> 2027-01-19 confirmed talks of EC, PE in Quito

--- 2026-12-21 Pacific Andes Agency
The talks between Peru and Ecuador on illegal mining will be held in Guayaquil instead of Quito on 19 January, Peruvian officials said.
Ash from a volcano has shut the airport of the Ecuadorian capital.

> 2027-01-19 confirmed talks of EC, PE in Guayaquil

--- 2027-01-14 El Faro Wire
Ecuador and Peru have postponed next week's talks in Guayaquil on illegal mining.
No new date has been set, the Ecuadorian foreign ministry said.

> 2027-01-19 postponed talks of EC, PE in Guayaquil (date pending)

--- 2027-02-02 Pacific Andes Agency
The postponed talks of Peru and Ecuador on illegal mining will now be held in Guayaquil on 16 February.
The Peruvian delegation is led by Teofilo Quispe, a vice minister.

> 2027-02-16 confirmed talks of EC, PE in Guayaquil (was 2027-01-19)

--- 2027-02-17 El Faro Wire
Ecuador and Peru held talks on illegal mining in Guayaquil on Tuesday.
Both want to trace the fuel that the dredgers burn.

> 2027-02-16 held talks of EC, PE in Guayaquil (was 2027-01-19)
