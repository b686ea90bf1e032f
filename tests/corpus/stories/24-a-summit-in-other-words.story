# A summit and a conference of one body on one day are one event, between other events of those days; a span contains a known day.

--- 2023-08-20 Harbour News
ASEAN leaders will hold a summit in Jakarta on 5 September.
Japan and Peru will hold talks in Lima on 5 September.

> 2023-09-05 confirmed summit of ASEAN in Jakarta
> 2023-09-05 confirmed talks of JP, PE in Lima

--- 2023-08-24 The Danube Gazette
An ASEAN conference will be held in Jakarta on September 5.

> 2023-09-05 confirmed conference of ASEAN in Jakarta
> 2023-09-05 confirmed talks of JP, PE in Lima

--- 2023-08-28 Evening Post
Japan and Peru will hold talks in Lima on September 4-5.

> 2023-09-04/2023-09-05 confirmed talks of JP, PE in Lima
> 2023-09-05 confirmed conference of ASEAN in Jakarta
