# A telephone call and "talks" on the same day are one event (one family), with no place; it is put off and held.

--- 2027-02-03 Seine Dispatch
French President Armand Vasseur and Indian Prime Minister Raghav Menon will speak by telephone on Monday, the French presidency said.
A contract for submarines has run into trouble.

> 2027-02-08 confirmed call of FR, IN

--- 2027-02-05 Deccan Telegraph
India and France will hold talks on 8 February about a contract for submarines, the Indian foreign ministry said.
The shipyard has asked for more money.

> 2027-02-08 confirmed talks of FR, IN

--- 2027-02-08 Seine Dispatch
The telephone call between French President Armand Vasseur and Indian Prime Minister Raghav Menon has been put off from 8 February to 10 February.
Neither side gave a reason.

> 2027-02-10 postponed call of FR, IN (was 2027-02-08)

--- 2027-02-11 Deccan Telegraph
Indian Prime Minister Raghav Menon and French President Armand Vasseur spoke by telephone on Wednesday.
They found common ground on the price, an Indian official said.

> 2027-02-10 held call of FR, IN (was 2027-02-08)
