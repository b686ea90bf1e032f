# Another exact day with no word of a move is another event; one that names the old day is the same event moved.

--- 2027-01-11 Vistula Press
Polish and Lithuanian officials will meet in Vilnius on 20 January to discuss a change of rail gauge at the border.
Trains lose up to four hours at the crossing.

> 2027-01-20 confirmed meeting of LT, PL in Vilnius

--- 2027-01-13 Nemunas Times
Officials from Lithuania and Poland will meet in Vilnius on 27 January to discuss the transit of grain, the Lithuanian agriculture ministry said.
Growers on both sides want fixed tariffs.

> 2027-01-20 confirmed meeting of LT, PL in Vilnius
> 2027-01-27 confirmed meeting of LT, PL in Vilnius

--- 2027-01-18 Vistula Press
Poland and Lithuania will hold their Vilnius meeting on the rail gauge on 22 January instead of 20 January, the Polish transport ministry said.
Heavy snow has closed the line to the Lithuanian capital.

> 2027-01-22 confirmed meeting of LT, PL in Vilnius (was 2027-01-20)
> 2027-01-27 confirmed meeting of LT, PL in Vilnius

--- 2027-01-25 Nemunas Times
Lithuanian and Polish officials met in Vilnius on 22 January and chose a design for the new rail gauge.
Officials of the two countries will meet in Vilnius again on Wednesday, this time to discuss grain.

> 2027-01-22 held meeting of LT, PL in Vilnius (was 2027-01-20)
> 2027-01-27 confirmed meeting of LT, PL in Vilnius
