# Last week's and next week's sittings of the same council in the same city are separate events.

--- 2023-10-02 Danube Press
Vienna. The Permanent Council of the OSCE will meet in Vienna on Thursday to discuss the budget of its field missions.
Several delegations complain that the draft reached them too late.

> 2023-10-05 confirmed meeting of OSCE in Vienna

--- 2023-10-10 Central European Monitor
The OSCE's Permanent Council met in Vienna last week but found no way out of its quarrel over money.
It will sit again on 12 October in Vienna, with the same budget before it, a spokesman for the organisation said.

> 2023-10-05 held meeting of OSCE in Vienna
> 2023-10-12 confirmed meeting of OSCE in Vienna

--- 2023-10-13 Danube Press
Vienna. The OSCE Permanent Council met in Vienna on Thursday and once more left its budget open.
Next week's sitting of the council in Vienna, on 19 October, is to be given over to the missions in Central Asia.

> 2023-10-05 held meeting of OSCE in Vienna
> 2023-10-12 held meeting of OSCE in Vienna
> 2023-10-19 confirmed meeting of OSCE in Vienna
