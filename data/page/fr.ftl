# The words of the pages, in French. Each message exists in each language with the same variables (tests/words.rs).
# Source: written for daybook. Licence: MIT or Apache-2.0.

language-tag = fr
language-name = Français
language-choice = Langue

## Dates

month-name = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
month-short = { $month ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juill.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
}
weekday-name = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}
weekday-short = { $weekday ->
    [1] lun.
    [2] mar.
    [3] mer.
    [4] jeu.
    [5] ven.
    [6] sam.
   *[7] dim.
}
day-number = { $day ->
    [1] 1er
   *[other] { $day }
}
date = { day-number } { month-name } { $year }
date-full = { weekday-name } { day-number } { month-name } { $year }
date-of-year = { weekday-name } { day-number } { month-name }
date-short = { day-number } { month-short }
date-short-year = { day-number } { month-short } { $year }
date-plain = { day-number } { month-name }
month-of-year = { month-name } { $year }
at-time = { $date }, { $time } UTC
at-local-time = { $date }, { $time } heure locale
time-utc = { $time } UTC
days-of-month = { $first }–{ $last }
days-across = { $first } – { $last }
months-across = { $first }–{ $last }
period-between = entre le { $first } et le { $last }
period-week = dans la semaine du { $date }
period-month = en { month-of-year }
period-month-part = { $part ->
    [early] début { month-of-year }
    [mid] mi-{ month-of-year }
   *[late] fin { month-of-year }
}
period-quarter = au { $quarter ->
    [1] premier
    [2] deuxième
    [3] troisième
   *[4] quatrième
} trimestre { $year }
period-season = { $season ->
    [spring] au printemps
    [summer] à l’été
    [autumn] à l’automne
   *[winter] à l’hiver
} { $year }
period-year = en { $year }
period-year-part = { $part ->
    [early] début { $year }
    [mid] mi-{ $year }
   *[late] fin { $year }
}
day-not-set = { $period }, jour non fixé
formerly = auparavant { $date }
was = auparavant { $dates }
was-then = { $first }, puis { $next }
percent = { $number } %

## Events

kind-talks = pourparlers
kind-meeting = réunion
kind-summit = sommet
kind-conference = conférence
kind-visit = visite
kind-call = appel
kind-signing = signature
kind-vote = vote
kind-hearing = audience
kind-address = discours
kind-ceremony = cérémonie
kind-deadline = échéance
kind-exercise = exercice
status-tentative = provisoire
status-confirmed = confirmé
status-postponed = reporté
status-cancelled = annulé
status-held = tenu
status-rescheduled = déplacé
status-pending = reporté, sans nouvelle date
precision-day = jour
precision-week = semaine
precision-month = mois
precision-quarter = trimestre
precision-season = saison
precision-year = année
format-in_person = en personne
format-virtual = virtuel
format-hybrid = hybride
level-leaders = dirigeants
level-ministers = ministres
level-officials = fonctionnaires
level-envoys = émissaires
level-parliament = parlement
level-military = militaires
role-announces = annonce
role-changes = modifie
role-reports = rapporte
an-article = un article
participants = Participants
low-confidence = peu certain, { $percent }
confidence-of = certitude { $percent }
sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
events = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
event-summary = { $kind }, { $status } : { $when }
event-bar = { $title }, { $when }, { $status }

## Every page

to-the-events = Aller aux événements
pages = Pages
page-timeline = Chronologie
page-week = Semaine
page-changes = Changements
page-review = À vérifier
page-try = Essayer un texte
footer = Un programme extrait les événements d’articles de presse. Chaque événement montre ses preuves.
page-status = État
page-corrections = Corrections
page-api = L’API
keys = Touches
key-steps = événement suivant et précédent
key-open = ouvrir l’événement
key-search = chercher
key-today = aujourd’hui
key-help = cette aide
close = Fermer
copied = Copié
to-timeline = Vers la chronologie
as-of-day = Au { $day }.
as-of-region = État d’un jour passé
as-of-timeline = Voici la chronologie telle que l’annonçaient les articles parus jusque-là.
as-of-event = Voici l’événement tel que l’annonçaient les articles parus jusque-là.
as-of-week = Voici la semaine telle que l’annonçaient les articles parus jusque-là.
other-days = Autres jours
as-known-today = ce que l’on sait aujourd’hui
under-way = En cours, ou jour non fixé
nothing-scheduled = Rien de prévu
key-if-needed = Clé, si ce daybook en demande une

## The timeline

timeline-title = Événements diplomatiques
timeline-count = { $count ->
    [one] { $count } événement diplomatique
   *[other] { $count } événements diplomatiques
}
timeline-as-of = état de ce jour
as-of-date = Au { $day }
search-label = Chercher dans les titres, les participants, les lieux et les phrases
search = Chercher
view = Vue
view-list = Liste
view-month = Mois
view-timeline = Barres
view-map = Carte
density-compact = Compact
density-back = liste : revenir à la liste complète
one-week = Une semaine à imprimer
subscribe = S’abonner
ranges = Période
range-past = Passés
range-upcoming = À venir
range-week = Cette semaine
range-30-days = 30 prochains jours
range-month = Ce mois
range-all = Tous
as-known-past = État d’un jour passé
as-known-on = Ce que l’on savait le
days-before-today = Jours avant aujourd’hui
play = Lire
pause = Pause
show = Afficher
day-yesterday = hier
day-week-ago = il y a une semaine
day-month-ago = il y a un mois
day-earlier = un jour plus tôt
day-later = un jour plus tard
back-to-today = retour à aujourd’hui
filters = Filtres
remove = Retirer
all-filters = Tous les filtres
filter-participant = Participant
filter-participants = Participants
filter-and = et
filter-kind = Type
filter-status = Statut
filter-country = Pays
filter-precision = Date connue à
filter-from = Du
filter-to = Au
filter-place-country = Pays du lieu
filter-place = Lieu
filter-source = Source
any = indifférent
clear-all = Tout effacer
clear-all-filters = Effacer tous les filtres
only-first = Seuls les premiers événements de la sélection sont affichés. Un filtre ou une période montre les autres.
more-events = Plus d’événements
invalid-filter = Aucun événement, car un filtre n’est pas valable.
go-to-field = Aller au champ
nothing-fits = Aucun événement ne correspond à cette sélection.
show-all-days = Afficher tous les jours
or-try = Essayer un texte et l’enregistrer
same-on-all-days = La même, tous les jours
other-formats = Autres formats
subscribe-title = Cette sélection, toujours à jour
subscribe-hint = Elle avance avec le temps et suit ce qui est déplacé ou annulé.
subscribe-device = Calendrier de cet appareil
subscribe-feed = Flux (Atom)
subscribe-csv = Tableau (CSV)
calendar-url = Adresse du calendrier
copy = Copier
embed-code = Pour votre propre page
today = Aujourd’hui
that-day = Ce jour-là
today-empty = { $date }, rien de prévu
week-heading = Semaine { $number } · { $days }
weeks-empty = { $count ->
    [one] une semaine sans événement
   *[other] { $count } semaines sans événement
}
that-week = cette semaine-là
days-open = Jour non fixé
day-open = jour non fixé
open-heading = { $period } { $year }, { $note }
month-before = mois précédent
month-after = mois suivant
other-months = Autres mois
week-column = S
more-of-day = { $count } de plus
events-along-axis = Événements sur un axe ; défile de côté
axis-key = Une barre pleine marque des jours fixés, une barre vide une période dont le jour n’est pas encore fixé.
axis-left-out = { $count ->
    [one] { $count } événement de plus n’a pas de place : une sélection plus étroite le montre.
   *[other] { $count } événements de plus n’ont pas de place : une sélection plus étroite les montre.
}
map-of = { $count ->
    [one] Carte du monde avec { $count } lieu
   *[other] Carte du monde avec { $count } lieux
}
not-on-map = Hors de la carte
not-on-map-hint = Leur lieu est un pays entier, ou n’est pas connu.

## An event

when = Quand
where = Où
who = Qui
topic = Sujet
form = Forme
sources-heading = Sources
sources-and-confidence = { $articles }, certitude { $percent }
on-a-map = { $place } sur une carte
decimal-mark = ,
point = { $latitude }° { $north ->
    [north] N
   *[south] S
}, { $longitude }° { $east ->
    [east] E
   *[west] O
}
add-to-calendar = Ajouter au calendrier
week-around = La semaine autour
copy-link = Copier le lien
evidence = Preuves
original = original
in-its-text = dans son texte
related = Événements liés
entered-by-person = Une personne a saisi cet événement ; aucun article ne le mentionne.
correction = correction
history = Historique
as-known-then = L’événement tel qu’on le connaissait alors
more-evidence = D’autres preuves ; rien n’a changé.
disputed = Contesté : une autre source indique la valeur précédente.
corrected-by = Corrigé par { $author } : { $reason }
first-known = D’abord connu
first-state = { $status } : { $when }
changed-moved = Déplacé
changed-date = Date
changed-status = Statut
changed-place = Lieu
changed-kind = Type
changed-participants = Participants
changed-name = Nom
changed-topic = Sujet
changed-format = Forme
changed-level = Niveau
changed-title = Titre
withdraw = Retirer

## Correcting

correct-event = Corriger cet événement
correct-hint = Une correction l’emporte sur les articles jusqu’à son retrait. L’historique nomme son auteur et sa raison.
your-name = Votre nom
reason = Raison
reason-example = Confirmé par téléphone avec le ministère
confirm = Confirmer
called-off = Annulé
took-place = A eu lieu
fields = Champs
field-title = Titre
field-kind = Type
field-status = Statut
first-day = Premier jour
last-day = Dernier jour
correct = Corriger
same-as-other = C’est le même qu’un autre événement
other-url = Adresse de l’autre événement
merge = Fusionner
speaks-of-other = Certains articles parlent d’un autre événement
split = Séparer
reason-merged = Le même événement
reason-split = Un autre événement

## A week

week-title = Semaine { $number }, { $days }
week-number = Semaine { $number }
other-weeks = Autres semaines
week-before = semaine précédente
week-after = semaine suivante
in-the-timeline = dans la chronologie
print = Imprimer
goes-on = se poursuit :
week-cut = Tous les événements ne tiennent pas sur cette page :
see-all = les voir tous dans la chronologie

## Changes

changes-since = Changements depuis le { $since }
since-when = Depuis quand
since-yesterday = depuis hier
since-week = depuis la semaine dernière
since-month = depuis le mois dernier
since-visit = depuis votre dernière visite
new = Nouveau
nothing-changed = Rien n’a changé.
removed = { $count ->
    [one] { $count } événement a été retiré, ou fait désormais partie d’un autre.
   *[other] { $count } événements ont été retirés, ou font désormais partie d’autres.
}
latest-only = Seuls les derniers changements sont affichés.

## An article, and a text to try

untitled = Article sans titre
the-original = L’original
events-in-it = Ses événements
no-events-extracted = Aucun événement n’a été extrait de cet article.
no-event-because = Pas d’événement : { $why }
dates-without-event = Dates sans événement
unused-past = Elle précède le jour de parution.
unused-no-event-word = Aucun mot voisin ne nomme un événement.
unused-no-participant = Aucun État, aucune organisation ni personne n’est connu comme participant.
unused-below-threshold = Ce qui parle pour un événement ce jour-là ne l’emporte pas sur ce qui parle contre.
try-about = Collez un article, déposez un fichier, ou indiquez l’adresse d’une page. Vous voyez ses événements et les phrases qui les annoncent. Rien n’est enregistré avant que vous le demandiez.
tried = { $count ->
    [one] { $count } événement dans « { $title } », { $day }
   *[other] { $count } événements dans « { $title } », { $day }
}
the-text = le texte
tried-none = Aucun événement trouvé. Il faut une date à venir, un mot qui nomme l’événement et un participant.
store-it = Enregistrer
speaks-for-each = Ce qui parle pour chacun
try-another = Modifier, ou en essayer un autre
text = Texte
text-hint = Du texte seul, une page web avec son balisage, ou la forme en texte : titre, date et adresse sur trois lignes, puis le corps.
choose-file = Ou choisir un fichier
published-on = Paru le
source = Source
url-to-fetch = Adresse
url-hint = Sans texte collé, la page à cette adresse est consultée.
key-to-fetch = Clé, si ce daybook en demande une ; elle doit permettre d’écrire
fetch-needs-key = Une page n’est consultée qu’avec une clé qui permet d’écrire. Son texte peut être collé sans clé.
see-events = Voir les événements
without-day = Sans jour de parution, c’est aujourd’hui, ou ce qu’indique une page web.

## The review queue and the corrections

review-about = Ce qu’une rédaction devrait regarder, le plus récent d’abord. j et k passent d’un élément à l’autre ; une touche décide.
who-changed-what = Qui a changé quoi
review-reason = Vu lors de la vérification
review-empty = Rien à vérifier.
review-more = Autres éléments à vérifier
review-low_confidence = Peu certain
review-disputed_fields = Les sources divergent
review-probable_duplicate = Probablement un seul événement
review-unlinked_change = Modifie un événement inconnu
review-single_participant = Un seul participant est connu
review-no_event = A des dates, mais aucun événement
reject = Rejeter
dismiss = Classer
corrections-about = Une correction l’emporte sur les articles jusqu’à son retrait.
corrections-by = Par { $author }
corrections-all = tous les auteurs
corrections-none = Aucune correction pour l’instant.
corrections-more = Corrections antérieures
event-removed = Un événement supprimé
action-create = Saisi
action-amend = Corrigé
action-merge = Fusionné
action-split = Séparé
action-reject = Rejeté
action-reject_evidence = Preuve rejetée

## The status

status-articles-events = Articles et événements
status-articles = Articles
status-of-a-day = Ces dernières 24 heures
status-events = Événements
status-last-change = Dernier changement
none-yet = aucun encore
status-feeds = Flux
status-webhooks = Webhooks
status-enabled = Activés
status-disabled = Désactivés
status-failing = En erreur
status-database = Répliques de la base
status-replicas = Répliques
status-lag = Retard
no-lag = aucun, ou non visible pour ce compte
lag = { $ms } ms
status-service = Service
status-version = Version
status-rules = Règles
status-older-rules = Articles lus avec d’anciennes règles
status-connections = Connexions à la base
connections = { $open } ouvertes, { $idle } libres, { $most } au plus
status-sources = Sources
source-name = Source
source-articles = Articles
source-last = Dernier article
feed-waiting = Pas encore interrogés
feed-ok = En ordre
feed-failing = En erreur
feed-refused = Refusés
feed-gone = Disparus
feed-disabled = Désactivés

## Errors and documentation

error-needs-key = Lire ce daybook demande une clé, qu’un navigateur n’envoie pas de lui-même.
error-article-needs-key = Le texte d’un article n’est affiché qu’avec une clé d’API, car son éditeur peut s’opposer à sa publication, et un navigateur n’envoie pas de clé de lui-même. Les pages des événements citent les phrases qui les attestent et ne demandent pas de clé. L’exploitant peut rendre les articles publics avec --public articles.
documentation = Documentation
overview = Aperçu
api-reference = Référence de l’API

## Documents

fact-kind = Type
fact-status = Statut
fact-date = Date
fact-before = Auparavant
fact-place = Lieu
fact-participants = Participants
fact-topic = Sujet
fact-format = Forme
fact-level = Niveau
fact-confidence = Certitude
details = Détails
digest-none = Aucun événement n’est annoncé pour ces jours.
digest-about = Un programme extrait les événements d’articles de presse ; chacun mène à ses preuves.
digest-timeline = La même sélection dans la chronologie
