# Put off to a new day twice; both earlier days are kept, oldest first.

--- 2025-09-01 Aegean Daily
ATHENS -- Greek Foreign Minister Nikos Laskaris and his Turkish counterpart, Cem Aksoy, will meet in Athens on September 16, the Greek foreign ministry said.
They have maritime boundaries on their agenda.

> 2025-09-16 confirmed meeting of GR, TR in Athens

--- 2025-09-10 Anatolia Standard
A meeting of the Turkish and Greek foreign ministers in Athens, due on 16 September, has been postponed to 30 September, the Turkish foreign ministry said.
Forest fires on the southern coast have kept Mr Aksoy at home.

> 2025-09-30 postponed meeting of GR, TR in Athens (was 2025-09-16)

--- 2025-09-24 Aegean Daily
ATHENS -- Greece and Turkey have put off the Athens meeting of their foreign ministers for a second time, from September 30 to October 9.
Diplomats on both sides blamed crowded diaries.

> 2025-10-09 postponed meeting of GR, TR in Athens (was 2025-09-16, 2025-09-30)

--- 2025-10-10 Anatolia Standard
The foreign ministers of Turkey and Greece met in Athens on Thursday.
Mr Aksoy and Mr Laskaris shook hands for the cameras and took no questions.

> 2025-10-09 held meeting of GR, TR in Athens (was 2025-09-16, 2025-09-30)
