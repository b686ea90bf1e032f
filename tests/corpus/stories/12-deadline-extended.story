# A deadline is extended by agreement and later put off once more; both old days are kept.

--- 2025-07-21 North Atlantic Report
Norway and Iceland have until 15 August to exchange lists of their fishing vessels under a deal on mackerel, the Norwegian fisheries ministry said.
Inspectors of both countries depend on the lists to tell friend from poacher.

> 2025-08-15 confirmed deadline of IS, NO

--- 2025-08-11 Reykjavik Morning
Iceland and Norway have agreed to extend the deadline of 15 August for exchanging lists of fishing vessels.
The deadline will now expire on 12 September, the Icelandic foreign ministry said.

> 2025-09-12 confirmed deadline of IS, NO (was 2025-08-15)

--- 2025-09-09 North Atlantic Report
The deadline for Norway and Iceland to exchange lists of fishing vessels has been put off again, from 12 September to 30 September.
A ministry official in Oslo blamed a faulty register.

> 2025-09-30 postponed deadline of IS, NO (was 2025-08-15, 2025-09-12)
