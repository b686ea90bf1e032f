# Two rounds of the same parties on the same day in two cities are two events, and a change to one leaves the other alone.

--- 2024-05-03 Capitol Dispatch
WASHINGTON - The United States and China will hold a round of climate talks in Vienna on May 14, the State Department said Friday.
Carol Whitmer, a deputy climate envoy, will lead the American team.

> 2024-05-14 confirmed talks of CN, US in Vienna

--- 2024-05-07 Pearl River Times
China and the United States have scheduled a round of talks on shipping fees in Geneva for next Tuesday, 14 May, the Chinese commerce ministry announced.
Freight rates across the Pacific have doubled since the winter.

> 2024-05-14 confirmed talks of CN, US in Geneva
> 2024-05-14 confirmed talks of CN, US in Vienna

--- 2024-05-10 Lake Geneva Gazette
The Geneva round of talks between the United States and China on shipping fees has been postponed from 14 May to 21 May, Swiss organisers said.
The climate round of the two countries in Vienna will go ahead on Tuesday.

> 2024-05-14 confirmed talks of CN, US in Vienna
> 2024-05-21 postponed talks of CN, US in Geneva (was 2024-05-14)

--- 2024-05-15 Capitol Dispatch
WASHINGTON - American and Chinese negotiators held climate talks in Vienna on Tuesday, the State Department said.
It called the exchange on methane "useful" and gave no details.

> 2024-05-14 held talks of CN, US in Vienna
> 2024-05-21 postponed talks of CN, US in Geneva (was 2024-05-14)
