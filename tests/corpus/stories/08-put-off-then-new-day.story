# Put off with no new day (the old day stays, date pending), then given one, then held.

--- 2024-08-26 Horn Review
Ethiopia and Somalia will hold talks in Nairobi on 10 September about access to ports, the Somali foreign ministry said.
The two delegations will be led by state ministers Dawit Alemayehu and Hodan Warsame.

> 2024-09-10 confirmed talks of ET, SO in Nairobi

--- 2024-09-06 Rift Valley Today
Next week's talks between Ethiopia and Somalia in Nairobi have been postponed, the Ethiopian foreign ministry said on Friday.
It did not give a new date.

> 2024-09-10 postponed talks of ET, SO in Nairobi (date pending)

--- 2024-09-20 Horn Review
The postponed talks between Somalia and Ethiopia will now be held in Nairobi on 2 October, officials of both countries said.
Port fees remain the hardest point.

> 2024-10-02 confirmed talks of ET, SO in Nairobi (was 2024-09-10)

--- 2024-10-03 Rift Valley Today
Ethiopia and Somalia held talks in Nairobi on Wednesday over access to ports.
The delegations sat together for five hours, a diplomat said.

> 2024-10-02 held talks of ET, SO in Nairobi (was 2024-09-10)
