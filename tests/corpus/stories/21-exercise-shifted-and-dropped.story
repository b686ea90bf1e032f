# A span of days gives way to another span, then to a month, and is then cancelled.

--- 2024-05-06 Java Sea Wire
Indonesia and Japan will hold a naval exercise in Surabaya from 3 to 14 June, the Indonesian navy said.
Six ships and some eight hundred sailors will take part.

> 2024-06-03/2024-06-14 confirmed exercise of ID, JP in Surabaya

--- 2024-05-20 Nippon Bay Press
The naval exercise of Japan and Indonesia in Surabaya will be held from 10 to 21 June instead of 3 to 14 June, the Japanese defence ministry said.
A frigate has to be repaired first.

> 2024-06-10/2024-06-21 confirmed exercise of ID, JP in Surabaya (was 2024-06-03/2024-06-14)

--- 2024-05-31 Java Sea Wire
Indonesia and Japan have postponed their naval exercise in Surabaya until October, the Indonesian navy said.
Spare parts for the frigate have not come.

> 2024-10 postponed exercise of ID, JP in Surabaya (was 2024-06-03/2024-06-14, 2024-06-10/2024-06-21)

--- 2024-09-16 Nippon Bay Press
The naval exercise of Japan and Indonesia in Surabaya has been cancelled, the Japanese defence ministry said on Monday.
The ships are needed for relief work after floods.

> 2024-10 cancelled exercise of ID, JP in Surabaya (was 2024-06-03/2024-06-14, 2024-06-10/2024-06-21)
