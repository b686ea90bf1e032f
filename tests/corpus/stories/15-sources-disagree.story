# Sources disagree on the status and on how exact the place is: the later published wins.

--- 2024-10-07 Nile Observer
Egypt and Ethiopia will hold talks in Oman on 22 October over the waters of the Blue Nile, Egyptian officials confirmed.
It would be the first such contact for over a year.

> 2024-10-22 confirmed talks of EG, ET in Oman

--- 2024-10-11 Horn Review
Ethiopia and Egypt may hold talks in Muscat on 22 October about the Blue Nile, an Ethiopian official said.
"Nothing has been agreed," said the official, Yonas Kebede.

> 2024-10-22 tentative talks of EG, ET in Muscat

--- 2024-10-16 Muscat Chronicle
Egypt and Ethiopia have confirmed that they will hold talks on the Blue Nile in Muscat on 22 October.
Rooms have been set aside in a hotel on the seafront.

> 2024-10-22 confirmed talks of EG, ET in Muscat

--- 2024-10-18 Horn Review
Talks between Ethiopia and Egypt in Muscat on Tuesday are likely, an Ethiopian official said, though the list of delegates is still open.
He complained of leaks to the press.

> 2024-10-22 tentative talks of EG, ET in Muscat
