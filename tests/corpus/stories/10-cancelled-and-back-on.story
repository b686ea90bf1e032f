# A summit is cancelled, then back on with a new day, then held.

--- 2023-11-06 Rio Sul Noticias
Brazil's president, Otavio Meireles, and Uruguay's president, Lucia Ferrand, will hold a summit in Montevideo on 20 November, the Brazilian presidency said on Monday.
Dairy exports have strained relations since winter.

> 2023-11-20 confirmed summit of BR, UY in Montevideo

--- 2023-11-13 The Montevideo Ledger
The summit of the presidents of Uruguay and Brazil in Montevideo on 20 November has been cancelled, a government spokesman said.
He spoke of "insufficient preparation" and would not go further.

> 2023-11-20 cancelled summit of BR, UY in Montevideo

--- 2023-11-16 Rio Sul Noticias
The Montevideo summit of Brazil and Uruguay, called off only days ago, is back on and will now be held on 27 November.
Aides worked through the night on a dairy quota, according to a Brazilian diplomat.

> 2023-11-27 confirmed summit of BR, UY in Montevideo (was 2023-11-20)

--- 2023-11-28 The Montevideo Ledger
The presidents of Uruguay and Brazil held their summit in Montevideo on Monday.
Ms Ferrand and Mr Meireles announced a quota for milk powder.

> 2023-11-27 held summit of BR, UY in Montevideo (was 2023-11-20)
