-- Events become folds of what was said, in the order of publication. All that is derived from articles is dropped here;
-- `daybook reprocess` reads them anew.
drop table statements cascade;
drop table mentions;
drop table revisions;
drop table participants;
drop table events;

alter table articles add column rules_version integer not null default 0;
alter table articles add constraint articles_rules_version_not_negative check (rules_version >= 0);
create index articles_to_reprocess on articles (rules_version, published_on, id);
comment on column articles.rules_version is 'The version of rules and data that read it; 0 where none has yet.';

create table events
(
    id          uuid primary key,
    revision    integer     not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    changed_in  xid8        not null,
    gone        text,
    merged_into uuid references events deferrable initially deferred,
    merged_on   date,
    stands_for  uuid,

    constraint events_revision_not_negative check (revision >= 0),
    constraint events_updated_after_created check (updated_at >= created_at),
    constraint events_gone_known check (gone in ('merged', 'withdrawn')),
    constraint events_merged_into_another check (coalesce(gone = 'merged', false) = (merged_into is not null)
        and merged_into is distinct from id),
    constraint events_merged_on_if_merged check (merged_on is null or merged_into is not null)
);

comment on table events is 'Events by their ids. What is known of each is in `states`.';
comment on column events.revision is 'Rises whenever the state that is shown changes; 0 while it was never shown.';
comment on column events.updated_at is 'When the state that is shown last changed, or it went.';
comment on column events.changed_in is 'The transaction that did so: the position in the feed of changes.';
comment on column events.gone is 'Why it is shown no more: nobody speaks of it, or it became part of another.';
comment on column events.stands_for is 'The id that what is said of it had before it became one with another event, whose id it goes by.';
comment on column events.merged_on is 'The day from which it was known to be part of the other; null where it always was.';

create index events_merged on events (merged_into) where merged_into is not null;
create index events_changed on events (changed_in);
create index events_updated on events (updated_at);

create table mentions
(
    id              bigint generated always as identity primary key,
    article_id      uuid    not null references articles on delete cascade,
    position        integer not null,
    event_id        uuid references events deferrable initially deferred,
    matched         text,
    rules_version   integer not null,
    said            jsonb   not null,
    search          text    not null,
    reach_first     date    not null,
    reach_last      date    not null,
    reach_keys      text[]  not null,

    constraint mentions_in_order unique (article_id, position) deferrable initially deferred,
    constraint mentions_once_an_event unique (event_id, article_id) deferrable initially deferred,
    constraint mentions_matched_if_of_an_event check ((event_id is null) = (matched is null)),
    constraint mentions_position_not_negative check (position >= 0),
    constraint mentions_rules_version_positive check (rules_version >= 1),
    constraint mentions_role_known check (said ->> 'role' in ('announces', 'changes', 'reports')),
    constraint mentions_stand_on_statements check (jsonb_array_length(said -> 'statements') > 0),
    constraint mentions_reach_in_order check (reach_first <= reach_last)
);

comment on table mentions is 'What one article says of one event, as the extraction read it.';
comment on column mentions.position is 'Its place among the article''s mentions, from 0.';
comment on column mentions.event_id is 'The event that it joined when it was published; null where it fits none and makes none.';
comment on column mentions.matched is 'The name of the rule by which it joined.';
comment on column mentions.rules_version is 'The version of rules and data that read it.';
comment on column mentions.said is 'What it says: role, kind, status, when, place, participants and the statements that it was read from.';
comment on column mentions.search is 'The words of its sentences in lower case, between single blanks.';
comment on column mentions.reach_keys is 'What it can be compared with: family of kinds, party and quarter of a year.';

create index mentions_of_an_event on mentions (event_id);
-- Without a list of pending entries, which every search would have to walk through.
create index mentions_reach on mentions using gin (reach_keys) with (fastupdate = off);

create table corrections
(
    id       uuid primary key,
    made_at  timestamptz not null,
    author   text        not null,
    reason   text        not null,
    action   jsonb       not null,
    events   uuid[]      not null,
    event_id uuid references events deferrable initially deferred,
    matched  text,

    constraint corrections_author_not_blank check (author ~ '\S'),
    constraint corrections_reason_not_blank check (reason ~ '\S'),
    constraint corrections_action_known check (action ->> 'action' in ('create', 'amend', 'merge', 'split')),
    constraint corrections_matched_if_of_an_event check ((event_id is null) = (matched is null))
);

comment on table corrections is 'What people put right: evidence of its own kind. A row that is withdrawn is deleted, as an article is.';
comment on column corrections.action is 'What it does, to the event of which the entries in `of` speak.';
comment on column corrections.events is 'The events that it had to do with when they were last folded.';
comment on column corrections.event_id is 'The event that it belongs to now; null where nothing is left of that.';

create index corrections_of_events on corrections using gin (events) with (fastupdate = off);
create index corrections_of_an_event on corrections (event_id);

create table states
(
    id              bigint generated always as identity primary key,
    event_id        uuid    not null references events,
    number          integer,
    by_mention      bigint references mentions deferrable initially deferred,
    by_correction   uuid references corrections deferrable initially deferred,
    since           jsonb,
    known_from      date,
    known_to        date,
    recorded_at     timestamptz not null,
    shown_from      timestamptz,
    shown_to        timestamptz,
    closed_in       xid8,
    changes         jsonb   not null,
    state           jsonb   not null,
    kind            text    not null,
    status          text    not null,
    starts_on       date    not null,
    ends_on         date    not null,
    "precision"     text    not null,
    place_country   text,
    place_key       text,
    party_keys      text[]  not null,
    search          text    not null,
    reach_first     date    not null,
    reach_last      date    not null,
    reach_keys      text[]  not null,

    constraint states_in_order unique (event_id, number) deferrable initially deferred,
    constraint states_number_positive check (number >= 1),
    constraint states_of_history_have_origin check (
        (number is null) = (num_nonnulls(by_mention, by_correction) = 0) and num_nonnulls(number, since, known_from) in (0, 3)),
    constraint states_known_in_order check (known_from <= known_to),
    constraint states_shown_in_order check (shown_from <= shown_to),
    constraint states_closed_in_a_transaction check ((shown_to is null) = (closed_in is null)),
    constraint states_serve_a_clock check (number is not null or shown_to is not null),
    constraint states_changes_is_array check (jsonb_typeof(changes) = 'array'),
    constraint states_state_agrees check (state @> jsonb_build_object('kind', kind, 'status', status, 'precision', "precision")),
    constraint states_title_not_blank check (state ->> 'title' ~ '\S'),
    constraint states_edtf_form check (state ->> 'edtf' ~ '^[0-9YX/~?%.-]+$'),
    constraint states_kind_known check (kind in ('talks', 'meeting', 'summit', 'conference', 'visit', 'call', 'signing',
        'vote', 'hearing', 'address', 'ceremony', 'deadline', 'exercise')),
    constraint states_status_known check (status in ('tentative', 'confirmed', 'postponed', 'cancelled', 'held')),
    constraint states_precision_known check ("precision" in ('day', 'week', 'month', 'quarter', 'season', 'year')),
    constraint states_days_in_order check (starts_on <= ends_on),
    constraint states_pending_only_if_postponed check (status = 'postponed' or not (state -> 'date_pending')::boolean),
    constraint states_place_country_form check (place_country ~ '^[A-Z]{2}$'),
    constraint states_coordinates_on_earth check ((state #> '{place,latitude}' = 'null' or (state #> '{place,latitude}')::numeric between -90 and 90)
        and (state #> '{place,longitude}' = 'null' or (state #> '{place,longitude}')::numeric between -180 and 180))
);

comment on table states is 'Every state of an event, by two clocks: when the articles had announced it, and when this service showed it.';
comment on column states.number is 'Its place in the event''s history, from 1; null where the articles no longer say so.';
comment on column states.by_mention is 'What was said that brought it, by an article or by a person.';
comment on column states.since is 'Where that stands in the order of publication.';
comment on column states.known_from is 'The day on which what brought it was published.';
comment on column states.known_to is 'The day from which another state holds; null in the last one. Equal to known_from where that was the same day.';
comment on column states.recorded_at is 'When daybook learned of it.';
comment on column states.shown_from is 'Since when it was the current one; null where it never was.';
comment on column states.shown_to is 'Until when; null while it is.';
comment on column states.closed_in is 'The transaction that ended that: a position in the feed of changes.';
comment on column states.changes is 'What differs from the state before: [{field, from, to, disputed}]; empty in the first.';
comment on column states.state is 'The whole state, as the API writes it. The columns after it hold what filters compare.';
comment on column states.starts_on is 'First day; the void one while date_pending.';
comment on column states.ends_on is 'Last day, inclusive.';
comment on column states."precision" is 'The period that the days make up.';
comment on column states.place_key is 'The place''s name in lower case: what the filter `place` compares.';
comment on column states.party_keys is 'Codes and names of the participants in lower case: what the filter `participant` compares.';
comment on column states.search is 'The words of title, parties and place in lower case, between single blanks: what the filter `q` looks through.';
comment on column states.reach_keys is 'What can speak of it: family of kinds, party and quarter of a year.';

-- The current state of each event, in pages and by its days; the states that a day knew; what mentions may speak of.
create unique index states_current on states (event_id) where shown_from is not null and shown_to is null;
create index states_timeline on states (starts_on, event_id) where shown_from is not null and shown_to is null;
create index states_days on states using gist (daterange(starts_on, ends_on, '[]')) where shown_from is not null and shown_to is null;
create index states_as_of on states using gist (daterange(known_from, known_to), daterange(starts_on, ends_on, '[]')) where number is not null;
create index states_reach on states using gin (reach_keys) with (fastupdate = off) where number is not null;
create index states_by_mention on states (by_mention);
create index states_by_correction on states (by_correction);
create index states_closed on states (closed_in) where closed_in is not null;

-- Volatile, so that it is not written out into the queries that use it: of nearly every event it finds just one row, which
-- no planner can know.
create function event_tree(root uuid, as_of date) returns setof uuid language sql volatile rows 1
begin atomic
    with recursive tree (id) as (
        select root
        union
        select e.id from events e join tree t on e.merged_into = t.id
        where as_of is null or e.merged_on is null or e.merged_on <= as_of)
    select id from tree;
end;

comment on function event_tree is 'An event and those that were known by a day (or by now) to be part of it.';

create function root_of(event uuid) returns uuid language sql stable
begin atomic
    with recursive path (id, merged_into) as (
        select e.id, e.merged_into from events e where e.id = event
        union
        select e.id, e.merged_into from events e join path p on e.id = p.merged_into)
    select id from path where merged_into is null;
end;

comment on function root_of is 'The event that one has become part of, or itself.';
