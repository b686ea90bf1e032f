# The words of the pages, in German. Each message exists in each language with the same variables (tests/words.rs).
# Source: written for daybook. Licence: MIT or Apache-2.0.

language-tag = de
language-name = Deutsch
language-choice = Sprache

## Dates

month-name = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
month-short = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
weekday-name = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
weekday-short = { $weekday ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
}
day-number = { $day }.
date = { day-number } { month-name } { $year }
date-full = { weekday-name }, { day-number } { month-name } { $year }
date-of-year = { weekday-name }, { day-number } { month-name }
date-short = { day-number } { month-short }
date-short-year = { day-number } { month-short } { $year }
date-plain = { day-number } { month-name }
month-of-year = { month-name } { $year }
at-time = { $date }, { $time } UTC
at-local-time = { $date }, { $time } Ortszeit
time-utc = { $time } UTC
days-of-month = { $first }–{ $last }
days-across = { $first } – { $last }
months-across = { $first }–{ $last }
period-between = zwischen { $first } und { $last }
period-week = in der Woche vom { $date }
period-month = im { month-of-year }
period-month-part = { $part ->
    [early] Anfang
    [mid] Mitte
   *[late] Ende
} { month-of-year }
period-quarter = im { $quarter ->
    [1] ersten
    [2] zweiten
    [3] dritten
   *[4] vierten
} Quartal { $year }
period-season = im { $season ->
    [spring] Frühling
    [summer] Sommer
    [autumn] Herbst
   *[winter] Winter
} { $year }
period-year = im Jahr { $year }
period-year-part = { $part ->
    [early] Anfang
    [mid] Mitte
   *[late] Ende
} { $year }
day-not-set = { $period }, Tag offen
formerly = bisher { $date }
was = zuvor { $dates }
was-then = { $first }, dann { $next }
percent = { $number } %

## Events

kind-talks = Gespräche
kind-meeting = Treffen
kind-summit = Gipfel
kind-conference = Konferenz
kind-visit = Besuch
kind-call = Telefonat
kind-signing = Unterzeichnung
kind-vote = Abstimmung
kind-hearing = Anhörung
kind-address = Rede
kind-ceremony = Zeremonie
kind-deadline = Frist
kind-exercise = Übung
status-tentative = vorläufig
status-confirmed = bestätigt
status-postponed = verschoben
status-cancelled = abgesagt
status-held = abgehalten
status-rescheduled = verlegt
status-pending = verschoben, kein neues Datum
precision-day = Tag
precision-week = Woche
precision-month = Monat
precision-quarter = Quartal
precision-season = Jahreszeit
precision-year = Jahr
format-in_person = vor Ort
format-virtual = virtuell
format-hybrid = hybrid
level-leaders = Staats- und Regierungschefs
level-ministers = Minister
level-officials = Beamte
level-envoys = Gesandte
level-parliament = Parlament
level-military = Militär
role-announces = kündigt an
role-changes = ändert
role-reports = berichtet
an-article = ein Artikel
participants = Teilnehmer
low-confidence = wenig gesichert, { $percent }
confidence-of = Gewissheit { $percent }
sources = { $count ->
    [one] { $count } Quelle
   *[other] { $count } Quellen
}
articles = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
events = { $count ->
    [one] { $count } Termin
   *[other] { $count } Termine
}
event-summary = { $kind }, { $status }: { $when }
event-bar = { $title }, { $when }, { $status }

## Every page

to-the-events = Zu den Terminen
pages = Seiten
page-timeline = Zeitleiste
page-week = Woche
page-changes = Änderungen
page-review = Prüfen
page-try = Text testen
footer = Ein Programm liest die Termine aus Nachrichten. Jeder Termin zeigt seine Belege.
page-status = Betrieb
page-corrections = Korrekturen
page-api = Die API
keys = Tasten
key-steps = nächster und voriger Termin
key-open = Termin öffnen
key-search = suchen
key-today = heute
key-help = diese Hilfe
close = Schließen
copied = Kopiert
to-timeline = Zur Zeitleiste
as-of-day = Stand: { $day }.
as-of-region = Stand eines früheren Tages
as-of-timeline = So kündigten die bis dahin erschienenen Artikel die Termine an.
as-of-event = So kündigten die bis dahin erschienenen Artikel den Termin an.
as-of-week = So kündigten die bis dahin erschienenen Artikel die Woche an.
other-days = Andere Tage
as-known-today = heutiger Stand
under-way = Im Gange, oder Tag offen
nothing-scheduled = Nichts geplant
key-if-needed = Schlüssel, falls dieses daybook einen verlangt

## The timeline

timeline-title = Diplomatische Termine
timeline-count = { $count ->
    [one] { $count } diplomatischer Termin
   *[other] { $count } diplomatische Termine
}
timeline-as-of = Stand dieses Tages
as-of-date = Stand: { $day }
search-label = Titel, Teilnehmer, Orte und Sätze durchsuchen
search = Suchen
view = Ansicht
view-list = Liste
view-month = Monat
view-timeline = Balken
view-map = Karte
density-compact = Kompakt
density-back = Liste: zurück zur ausführlichen
one-week = Eine Woche zum Drucken
subscribe = Abonnieren
ranges = Zeitraum
range-past = Vergangen
range-upcoming = Kommend
range-week = Diese Woche
range-30-days = Nächste 30 Tage
range-month = Dieser Monat
range-all = Alle
as-known-past = Stand eines früheren Tages
as-known-on = Stand vom
days-before-today = Tage vor heute
play = Abspielen
pause = Anhalten
show = Anzeigen
day-yesterday = gestern
day-week-ago = vor einer Woche
day-month-ago = vor einem Monat
day-earlier = einen Tag früher
day-later = einen Tag später
back-to-today = zurück zu heute
filters = Filter
remove = Entfernen:
all-filters = Alle Filter
filter-participant = Teilnehmer
filter-participants = Teilnehmer
filter-and = und
filter-kind = Art
filter-status = Status
filter-country = Land
filter-precision = Datum bekannt auf
filter-from = Von
filter-to = Bis
filter-place-country = Land des Ortes
filter-place = Ort
filter-source = Quelle
any = beliebig
clear-all = Alle löschen
clear-all-filters = Alle Filter löschen
only-first = Nur die ersten Termine der Auswahl werden hier gezeigt. Ein Filter oder ein Zeitraum zeigt die anderen.
more-events = Weitere Termine
invalid-filter = Keine Termine, weil ein Filter ungültig ist.
go-to-field = Zum Feld
nothing-fits = Kein Termin passt zu dieser Auswahl.
show-all-days = Alle Tage zeigen
or-try = Einen Text testen und speichern
same-on-all-days = Dasselbe an allen Tagen
other-formats = Andere Formate
subscribe-title = Diese Auswahl, stets aktuell
subscribe-hint = Sie geht mit der Zeit und zeigt, was verlegt oder abgesagt wird.
subscribe-device = Kalender auf diesem Gerät
subscribe-feed = Feed (Atom)
subscribe-csv = Tabelle (CSV)
calendar-url = Adresse des Kalenders
copy = Kopieren
embed-code = Für die eigene Seite
today = Heute
that-day = An diesem Tag
today-empty = { $date }, nichts geplant
week-heading = Woche { $number } · { $days }
weeks-empty = { $count ->
    [one] eine Woche ohne Termin
   *[other] { $count } Wochen ohne Termin
}
that-week = jene Woche
days-open = Tag offen
day-open = Tag offen
open-heading = { $period } { $year }, { $note }
month-before = voriger Monat
month-after = nächster Monat
other-months = Andere Monate
week-column = Wo.
more-of-day = { $count } weitere
events-along-axis = Termine auf einer Achse; seitlich verschiebbar
axis-key = Ein gefüllter Balken steht für feste Tage, ein leerer für einen Zeitraum, in dem der Tag noch offen ist.
axis-left-out = { $count ->
    [one] { $count } weiterer Termin hat keinen Platz: eine engere Auswahl zeigt ihn.
   *[other] { $count } weitere Termine haben keinen Platz: eine engere Auswahl zeigt sie.
}
map-of = { $count ->
    [one] Weltkarte mit { $count } Ort
   *[other] Weltkarte mit { $count } Orten
}
not-on-map = Nicht auf der Karte
not-on-map-hint = Ihr Ort ist ein ganzes Land, oder nicht bekannt.

## An event

when = Wann
where = Wo
who = Wer
topic = Thema
form = Form
sources-heading = Quellen
sources-and-confidence = { $articles }, Gewissheit { $percent }
on-a-map = { $place } auf einer Karte
decimal-mark = ,
point = { $latitude }° { $north ->
    [north] N
   *[south] S
}, { $longitude }° { $east ->
    [east] O
   *[west] W
}
add-to-calendar = In den Kalender
week-around = Die Woche dazu
copy-link = Link kopieren
evidence = Belege
original = Original
in-its-text = im Text
related = Verwandte Termine
entered-by-person = Ein Mensch hat diesen Termin eingetragen; kein Artikel nennt ihn.
correction = Korrektur
history = Verlauf
as-known-then = Der Termin nach damaligem Stand
more-evidence = Weitere Belege; nichts geändert.
disputed = Umstritten: eine andere Quelle nennt den vorigen Wert.
corrected-by = Korrigiert von { $author }: { $reason }
first-known = Zuerst bekannt
first-state = { $status }: { $when }
changed-moved = Verlegt
changed-date = Datum
changed-status = Status
changed-place = Ort
changed-kind = Art
changed-participants = Teilnehmer
changed-name = Name
changed-topic = Thema
changed-format = Form
changed-level = Ebene
changed-title = Titel
withdraw = Zurückziehen

## Correcting

correct-event = Diesen Termin korrigieren
correct-hint = Eine Korrektur geht den Artikeln vor, bis sie zurückgezogen wird. Der Verlauf nennt, wer sie gemacht hat, und warum.
your-name = Ihr Name
reason = Grund
reason-example = Vom Ministerium telefonisch bestätigt
confirm = Bestätigen
called-off = Abgesagt
took-place = Hat stattgefunden
fields = Felder
field-title = Titel
field-kind = Art
field-status = Status
first-day = Erster Tag
last-day = Letzter Tag
correct = Korrigieren
same-as-other = Es ist derselbe wie ein anderer Termin
other-url = Adresse des anderen Termins
merge = Zusammenführen
speaks-of-other = Manche Artikel meinen einen anderen Termin
split = Trennen
reason-merged = Derselbe Termin
reason-split = Ein anderer Termin

## A week

week-title = Woche { $number }, { $days }
week-number = Woche { $number }
other-weeks = Andere Wochen
week-before = vorige Woche
week-after = nächste Woche
in-the-timeline = in der Zeitleiste
print = Drucken
goes-on = dauert an:
week-cut = Nicht alle Termine passen auf diese Seite:
see-all = alle in der Zeitleiste zeigen

## Changes

changes-since = Änderungen seit { $since }
since-when = Seit wann
since-yesterday = seit gestern
since-week = seit letzter Woche
since-month = seit letztem Monat
since-visit = seit Ihrem letzten Besuch
new = Neu
nothing-changed = Nichts hat sich geändert.
removed = { $count ->
    [one] { $count } Termin wurde zurückgezogen oder ging in einem anderen auf.
   *[other] { $count } Termine wurden zurückgezogen oder gingen in anderen auf.
}
latest-only = Nur die letzten Änderungen werden gezeigt.

## An article, and a text to try

untitled = Artikel ohne Titel
the-original = Das Original
events-in-it = Termine darin
no-events-extracted = In diesem Artikel wurde kein Termin gefunden.
no-event-because = Kein Termin: { $why }
dates-without-event = Daten ohne Termin
unused-past = Es liegt vor dem Tag der Veröffentlichung.
unused-no-event-word = Kein Wort daneben nennt einen Termin.
unused-no-participant = Kein Staat, keine Organisation und keine Person ist als Teilnehmer bekannt.
unused-below-threshold = Was für einen Termin an diesem Tag spricht, überwiegt nicht, was dagegen spricht.
try-about = Fügen Sie einen Artikel ein, ziehen Sie eine Datei hierher, oder geben Sie die Adresse einer Seite an. Sie sehen die Termine darin und die Sätze dahinter. Nichts wird gespeichert, bevor Sie es sagen.
tried = { $count ->
    [one] { $count } Termin in „{ $title }“, { $day }
   *[other] { $count } Termine in „{ $title }“, { $day }
}
the-text = dem Text
tried-none = Kein Termin gefunden. Ein Termin braucht ein Datum in der Zukunft, ein Wort, das ihn nennt, und Teilnehmer.
store-it = Speichern
speaks-for-each = Was für jeden spricht
try-another = Ändern, oder einen anderen testen
text = Text
text-hint = Nur Text, eine Webseite mit ihrem Markup, oder die Textform: Titel, Datum und Adresse in drei Zeilen, dann der Text.
choose-file = Oder eine Datei wählen
published-on = Veröffentlicht am
source = Quelle
url-to-fetch = Adresse
url-hint = Ist kein Text eingefügt, wird die Seite unter dieser Adresse abgerufen.
key-to-fetch = Schlüssel, falls dieses daybook einen verlangt; er muss das Schreiben erlauben
fetch-needs-key = Eine Seite wird nur mit einem Schlüssel abgerufen, der das Schreiben erlaubt. Ihr Text lässt sich ohne einen einfügen.
see-events = Termine zeigen
without-day = Ohne Tag der Veröffentlichung gilt heute, oder was eine Webseite angibt.

## The review queue and the corrections

review-about = Was eine Redaktion ansehen sollte, das Neueste zuerst. j und k gehen von Eintrag zu Eintrag; eine Taste entscheidet.
who-changed-what = Wer was geändert hat
review-reason = Bei der Prüfung gesehen
review-empty = Nichts zu prüfen.
review-more = Weiteres zu prüfen
review-low_confidence = Wenig gesichert
review-disputed_fields = Quellen nennen Verschiedenes
review-probable_duplicate = Wahrscheinlich derselbe Termin
review-unlinked_change = Ändert einen Termin, der nicht bekannt ist
review-single_participant = Nur ein Teilnehmer ist bekannt
review-no_event = Hat Daten, aber keinen Termin
reject = Verwerfen
dismiss = Erledigt
corrections-about = Eine Korrektur geht den Artikeln vor, bis sie zurückgezogen wird.
corrections-by = Von { $author }
corrections-all = alle
corrections-none = Noch keine Korrekturen.
corrections-more = Frühere Korrekturen
event-removed = Ein entfernter Termin
action-create = Eingetragen
action-amend = Korrigiert
action-merge = Zusammengeführt
action-split = Getrennt
action-reject = Verworfen
action-reject_evidence = Beleg verworfen

## The status

status-articles-events = Artikel und Termine
status-articles = Artikel
status-of-a-day = In den letzten 24 Stunden
status-events = Termine
status-last-change = Letzte Änderung
none-yet = noch keine
status-feeds = Feeds
status-webhooks = Webhooks
status-enabled = Eingeschaltet
status-disabled = Ausgeschaltet
status-failing = Fehlerhaft
status-database = Replikate der Datenbank
status-replicas = Replikate
status-lag = Rückstand
no-lag = keiner, oder für dieses Konto nicht sichtbar
lag = { $ms } ms
status-service = Dienst
status-version = Version
status-rules = Regeln
status-older-rules = Mit älteren Regeln gelesene Artikel
status-connections = Verbindungen zur Datenbank
connections = { $open } offen, { $idle } frei, höchstens { $most }
status-sources = Quellen
source-name = Quelle
source-articles = Artikel
source-last = Letzter Artikel
feed-waiting = Noch nicht abgefragt
feed-ok = In Ordnung
feed-failing = Fehlerhaft
feed-refused = Abgelehnt
feed-gone = Verschwunden
feed-disabled = Ausgeschaltet

## Errors and documentation

error-needs-key = Dieses daybook zu lesen verlangt einen Schlüssel, den ein Browser nicht von sich aus sendet.
error-article-needs-key = Der Text eines Artikels wird nur mit einem API-Schlüssel gezeigt, da sein Verlag gegen eine öffentliche Anzeige Einwände haben kann; ein Browser sendet von sich aus keinen Schlüssel. Die Seiten der Ereignisse zitieren die belegenden Sätze und verlangen keinen Schlüssel. Der Betreiber kann Artikel mit --public articles öffentlich machen.
documentation = Dokumentation
overview = Überblick
api-reference = API-Referenz

## Documents

fact-kind = Art
fact-status = Status
fact-date = Datum
fact-before = Zuvor
fact-place = Ort
fact-participants = Teilnehmer
fact-topic = Thema
fact-format = Form
fact-level = Ebene
fact-confidence = Gewissheit
details = Einzelheiten
digest-none = Für diese Tage ist kein Termin angekündigt.
digest-about = Ein Programm liest die Termine aus Nachrichten; jeder führt zu seinen Belegen.
digest-timeline = Dasselbe in der Zeitleiste
