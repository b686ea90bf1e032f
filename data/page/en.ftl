# The words of the pages, in English. Each message exists in each language with the same variables (tests/words.rs).
# Source: written for daybook. Licence: MIT or Apache-2.0.

language-tag = en
language-name = English
language-choice = Language

## Dates

month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
weekday-name = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
weekday-short = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
day-number = { $day }
date = { day-number } { month-name } { $year }
date-full = { weekday-name } { day-number } { month-name } { $year }
date-of-year = { weekday-name } { day-number } { month-name }
date-short = { day-number } { month-short }
date-short-year = { day-number } { month-short } { $year }
date-plain = { day-number } { month-name }
month-of-year = { month-name } { $year }
at-time = { $date }, { $time } UTC
at-local-time = { $date }, { $time } local time
time-utc = { $time } UTC
days-of-month = { $first }–{ $last }
days-across = { $first } – { $last }
months-across = { $first }–{ $last }
period-between = between { $first } and { $last }
period-week = in the week of { $date }
period-month = in { month-of-year }
period-month-part = in { $part ->
    [early] early
    [mid] mid
   *[late] late
} { month-of-year }
period-quarter = in the { $quarter ->
    [1] first
    [2] second
    [3] third
   *[4] fourth
} quarter of { $year }
period-season = in { $season ->
    [spring] spring
    [summer] summer
    [autumn] autumn
   *[winter] winter
} { $year }
period-year = in { $year }
period-year-part = in { $part ->
    [early] early
    [mid] mid
   *[late] late
} { $year }
day-not-set = { $period }, day not set
formerly = formerly { $date }
was = was { $dates }
was-then = { $first }, then { $next }
percent = { $number } %

## Events

kind-talks = talks
kind-meeting = meeting
kind-summit = summit
kind-conference = conference
kind-visit = visit
kind-call = call
kind-signing = signing
kind-vote = vote
kind-hearing = hearing
kind-address = address
kind-ceremony = ceremony
kind-deadline = deadline
kind-exercise = exercise
status-tentative = tentative
status-confirmed = confirmed
status-postponed = postponed
status-cancelled = cancelled
status-held = held
status-rescheduled = rescheduled
status-pending = postponed, no new date
precision-day = day
precision-week = week
precision-month = month
precision-quarter = quarter
precision-season = season
precision-year = year
format-in_person = in person
format-virtual = virtual
format-hybrid = hybrid
level-leaders = leaders
level-ministers = ministers
level-officials = officials
level-envoys = envoys
level-parliament = parliament
level-military = military
role-announces = announces
role-changes = changes
role-reports = reports
an-article = an article
participants = Participants
low-confidence = low confidence, { $percent }
confidence-of = confidence { $percent }
sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
articles = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
event-summary = { $kind }, { $status }: { $when }
event-bar = { $title }, { $when }, { $status }

## Every page

to-the-events = To the events
pages = Pages
page-timeline = Timeline
page-week = Week
page-changes = Changes
page-review = Review
page-try = Try a text
footer = Events are extracted from news articles by a program. Each event shows its evidence.
page-status = Status
page-corrections = Corrections
page-api = The API
keys = Keys
key-steps = next and previous event
key-open = open the event
key-search = search
key-today = today
key-help = this help
close = Close
copied = Copied
to-timeline = To the timeline
as-of-day = As of { $day }.
as-of-region = As of a past day
as-of-timeline = This is the timeline as the articles published until then announced it.
as-of-event = This is the event as the articles published until then announced it.
as-of-week = This is the week as the articles published until then announced it.
other-days = Other days
as-known-today = as it is known today
under-way = Under way, or day open
nothing-scheduled = Nothing scheduled
key-if-needed = Key, if this daybook asks for one

## The timeline

timeline-title = Diplomatic events
timeline-count = { $count ->
    [one] { $count } diplomatic event
   *[other] { $count } diplomatic events
}
timeline-as-of = as of that day
as-of-date = As of { $day }
search-label = Search titles, participants, places and sentences
search = Search
view = View
view-list = List
view-month = Month
view-timeline = Bars
view-map = Map
density-compact = Compact
density-back = list: back to the full one
one-week = One week, to print
subscribe = Subscribe
ranges = Range of days
range-past = Past
range-upcoming = Upcoming
range-week = This week
range-30-days = Next 30 days
range-month = This month
range-all = All
as-known-past = As it was known on a past day
as-known-on = As it was known on
days-before-today = Days before today
play = Play
pause = Pause
show = Show
day-yesterday = yesterday
day-week-ago = a week ago
day-month-ago = a month ago
day-earlier = a day earlier
day-later = a day later
back-to-today = back to today
filters = Filters
remove = Remove
all-filters = All filters
filter-participant = Participant
filter-participants = Participants
filter-and = and
filter-kind = Kind
filter-status = Status
filter-country = Country
filter-precision = Date known to the
filter-from = From
filter-to = To
filter-place-country = Country of the place
filter-place = Place
filter-source = Source
any = any
clear-all = Clear all
clear-all-filters = Clear all filters
only-first = Only the first events of the selection are shown here. Narrow it by a filter or a range of days to see the others.
more-events = More events
invalid-filter = No events are shown because a filter is invalid.
go-to-field = Go to the field
nothing-fits = No event fits this selection.
show-all-days = Show all days
or-try = or try a text and store it
same-on-all-days = The same on all days
other-formats = Other formats
subscribe-title = This selection, kept up to date
subscribe-hint = It moves with time, and follows what is moved or called off.
subscribe-device = Calendar on this device
subscribe-feed = Feed (Atom)
subscribe-csv = Spreadsheet (CSV)
calendar-url = URL of the calendar
copy = Copy
embed-code = For your own page
today = Today
that-day = That day
today-empty = { $date }, nothing scheduled
week-heading = Week { $number } · { $days }
weeks-empty = { $count ->
    [one] one week without an event
   *[other] { $count } weeks without an event
}
that-week = that week
days-open = Day open
day-open = day open
open-heading = { $period } { $year }, { $note }
month-before = month before
month-after = month after
other-months = Other months
week-column = Wk
more-of-day = { $count } more
events-along-axis = Events along an axis; scrolls sideways
axis-key = A filled bar is a day or days that are fixed; an outlined one is a period in which the day is still open.
axis-left-out = { $count ->
    [one] { $count } more event does not fit: narrow the selection to see it.
   *[other] { $count } more events do not fit: narrow the selection to see them.
}
map-of = { $count ->
    [one] Map of the world with { $count } place
   *[other] Map of the world with { $count } places
}
not-on-map = Not on the map
not-on-map-hint = Their place is a whole country, or not known.

## An event

when = When
where = Where
who = Who
topic = Topic
form = Form
sources-heading = Sources
sources-and-confidence = { $articles }, confidence { $percent }
on-a-map = { $place } on a map
decimal-mark = .
point = { $latitude }° { $north ->
    [north] N
   *[south] S
}, { $longitude }° { $east ->
    [east] E
   *[west] W
}
add-to-calendar = Add to calendar
week-around = The week around it
copy-link = Copy link
evidence = Evidence
original = original
in-its-text = in its text
related = Related events
entered-by-person = A person entered this event; no article mentions it.
correction = correction
history = History
as-known-then = The event as it was known then
more-evidence = More evidence; nothing changed.
disputed = Disputed: another source states the previous value.
corrected-by = Corrected by { $author }: { $reason }
first-known = First known
first-state = { $status }: { $when }
changed-moved = Moved
changed-date = Date
changed-status = Status
changed-place = Place
changed-kind = Kind
changed-participants = Participants
changed-name = Name
changed-topic = Topic
changed-format = Format
changed-level = Level
changed-title = Title
withdraw = Withdraw

## Correcting

correct-event = Correct this event
correct-hint = A correction outranks the articles until it is withdrawn. The history names who made it, and why.
your-name = Your name
reason = Reason
reason-example = Confirmed by telephone with the ministry
confirm = Confirm
called-off = Called off
took-place = Took place
fields = Fields
field-title = Title
field-kind = Kind
field-status = Status
first-day = First day
last-day = Last day
correct = Correct
same-as-other = It is the same as another event
other-url = URL of the other event
merge = Merge
speaks-of-other = Some articles speak of another event
split = Split
reason-merged = The same event
reason-split = Another event

## A week

week-title = Week { $number }, { $days }
week-number = Week { $number }
other-weeks = Other weeks
week-before = week before
week-after = week after
in-the-timeline = in the timeline
print = Print
goes-on = goes on:
week-cut = Not all events fit on this page:
see-all = see all of them in the timeline

## Changes

changes-since = Changes since { $since }
since-when = Since when
since-yesterday = since yesterday
since-week = since last week
since-month = since last month
since-visit = since your last visit
new = New
nothing-changed = Nothing changed.
removed = { $count ->
    [one] { $count } event was withdrawn, or became part of another.
   *[other] { $count } events were withdrawn, or became part of others.
}
latest-only = Only the latest changes are shown.

## An article, and a text to try

untitled = Article without a title
the-original = The original
events-in-it = Events in it
no-events-extracted = No events were extracted from this article.
no-event-because = No event: { $why }
dates-without-event = Dates that made no event
unused-past = It lies before the day of publication.
unused-no-event-word = No word beside it names an event.
unused-no-participant = No state, organisation or person is known to take part in what it may date.
unused-below-threshold = What speaks for an event on that day does not outweigh what speaks against it.
try-about = Paste an article, drop a file, or enter the URL of a page. You see the events that it makes, and the sentences behind them. Nothing is stored before you say so.
tried = { $count ->
    [one] { $count } event in “{ $title }”, { $day }
   *[other] { $count } events in “{ $title }”, { $day }
}
the-text = the text
tried-none = No event was found. An event needs a date that lies ahead, a word that names it, and somebody who takes part.
store-it = Store it
speaks-for-each = What speaks for each
try-another = Change it, or try another
text = Text
text-hint = Text alone, a web page with its markup, or the plain-text form: title, date and URL on three lines, then the body.
choose-file = Or choose a file
published-on = Published on
source = Source
url-to-fetch = URL
url-hint = Where no text is pasted, the page at this URL is fetched.
key-to-fetch = Key, if this daybook asks for one; it must permit writing
fetch-needs-key = A page is fetched only with a key that permits writing. Its text can be pasted without one.
see-events = See the events
without-day = Without a day of publication, today is taken, or what a web page states.

## The review queue and the corrections

review-about = What an editor should look at, the latest first. j and k go from item to item; one key decides.
who-changed-what = Who changed what
review-reason = Seen in the review queue
review-empty = Nothing to review.
review-more = More to review
review-low_confidence = Low confidence
review-disputed_fields = Sources state different things
review-probable_duplicate = Probably one event
review-unlinked_change = Changes an event that is not known
review-single_participant = Only one participant is known
review-no_event = Has dates and no event
reject = Reject
dismiss = Dismiss
corrections-about = A correction outranks the articles until it is withdrawn.
corrections-by = By { $author }
corrections-all = all authors
corrections-none = No corrections yet.
corrections-more = Earlier corrections
event-removed = An event that was removed
action-create = Entered
action-amend = Corrected
action-merge = Merged
action-split = Split
action-reject = Rejected
action-reject_evidence = Rejected evidence

## The status

status-articles-events = Articles and events
status-articles = Articles
status-of-a-day = In the last 24 hours
status-events = Events
status-last-change = Last change
none-yet = none yet
status-feeds = Feeds
status-webhooks = Webhooks
status-enabled = Enabled
status-disabled = Disabled
status-failing = Failing
status-database = Replicas of the database
status-replicas = Replicas
status-lag = Lag
no-lag = none, or not visible to this account
lag = { $ms } ms
status-service = Service
status-version = Version
status-rules = Rules
status-older-rules = Articles read by older rules
status-connections = Database connections
connections = { $open } open, { $idle } idle, { $most } at most
status-sources = Sources
source-name = Source
source-articles = Articles
source-last = Last article
feed-waiting = Not polled yet
feed-ok = Working
feed-failing = Failing
feed-refused = Refused
feed-gone = Gone
feed-disabled = Disabled

## Errors and documentation

error-needs-key = Reading this daybook needs a key, which a browser does not send by itself.
error-article-needs-key = The text of an article is shown with an API key only, because its publisher may object to it being public, and a browser does not send a key by itself. The pages of events quote the sentences that are evidence and need no key. The operator can make articles public with --public articles.
documentation = Documentation
overview = Overview
api-reference = API reference

## Documents

fact-kind = Kind
fact-status = Status
fact-date = Date
fact-before = Before
fact-place = Place
fact-participants = Parties
fact-topic = Topic
fact-format = Format
fact-level = Level
fact-confidence = Confidence
details = Details
digest-none = No event is announced for these days.
digest-about = Events are extracted from news articles by a program; each links to its evidence.
digest-timeline = The same on the timeline
