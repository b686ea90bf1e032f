# Three wordings from three sources (countries in early February, city talks on a day, vice ministers on Monday) are one event, later held.

--- 2025-01-14 Steppe Wire
TASHKENT (Steppe Wire) - Uzbekistan and Kazakhstan will hold talks in Tashkent in early February on sharing the waters of the Syr Darya, the Uzbek foreign ministry said on Tuesday.
Reservoirs upstream are a third below their usual level.
Farmers on the lower river have complained of dry canals.

> 2025-02-01/2025-02-10 confirmed talks of KZ, UZ in Tashkent

--- 2025-01-24 The Almaty Courier
The Tashkent talks on 3 February between Kazakhstan and Uzbekistan will be led by vice ministers, the Kazakh foreign ministry announced.
Its spokeswoman, Dana Ospanova, said four points were on the agenda, all of them to do with the Syr Darya.

> 2025-02-03 confirmed talks of KZ, UZ in Tashkent

--- 2025-01-30 Meridian News Agency
Uzbek vice minister Rustam Yoldoshev and Kazakh vice minister Aidar Sembayev meet in Tashkent on Monday to settle how much river water each republic may draw.
Both have brought hydrologists into their delegations.

> 2025-02-03 confirmed talks of KZ, UZ in Tashkent

--- 2025-02-04 Steppe Wire
TASHKENT (Steppe Wire) - Uzbekistan and Kazakhstan held talks on the Syr Darya in Tashkent on Monday and agreed to share the readings of their river gauges.
Neither delegation would put a figure on the water to be released.

> 2025-02-03 held talks of KZ, UZ in Tashkent
