# A body that addresses a matter "the following day" meets then; an article that calls its council by name speaks of the same event.

--- 2021-12-28 Harbour News
GENEVA (Harbour News) - American and Russian diplomats will hold talks in Geneva on 10 January about missiles in Europe.
Moscow and NATO envoys are due to meet on 12 January, while the OSCE, to which both belong, will address the matter the following day.
Nobody expects a quick accord.

> 2022-01-10 confirmed talks of RU, US in Geneva
> 2022-01-12 confirmed meeting of NATO, RU
> 2022-01-13 confirmed meeting of OSCE

--- 2022-01-05 The Danube Gazette
The OSCE Permanent Council convenes in Vienna on January 13, its chair said on Wednesday.
Delegates have been told to bring proposals.

> 2022-01-10 confirmed talks of RU, US in Geneva
> 2022-01-12 confirmed meeting of NATO, RU
> 2022-01-13 confirmed meeting of OSCE in Vienna
