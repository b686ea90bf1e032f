create table events
(
    id              uuid primary key,
    title           text        not null,
    kind            text        not null,
    status          text        not null,
    starts_on       date        not null,
    ends_on         date        not null,
    "precision"     text        not null,
    edtf            text        not null,
    starts_at       timestamptz,
    date_pending    boolean     not null,
    previous_dates  jsonb       not null,
    place_name      text,
    place_country   text,
    place_latitude  double precision,
    place_longitude double precision,
    articles        integer     not null,
    revision        integer     not null,
    place_key       text,
    party_keys      text[]      not null,
    search          text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    withdrawn_at    timestamptz,

    constraint events_title_not_blank check (title ~ '\S'),
    constraint events_kind_known check (kind in ('talks', 'meeting', 'summit', 'conference', 'visit', 'call', 'signing',
        'vote', 'hearing', 'address', 'ceremony', 'deadline', 'exercise')),
    constraint events_status_known check (status in ('tentative', 'confirmed', 'postponed', 'cancelled', 'held')),
    constraint events_precision_known check ("precision" in ('day', 'week', 'month', 'quarter', 'season', 'year')),
    constraint events_days_in_order check (starts_on <= ends_on),
    constraint events_edtf_form check (edtf ~ '^[0-9YX/~?%.-]+$'),
    constraint events_pending_only_if_postponed check (not date_pending or status = 'postponed'),
    constraint events_previous_dates_is_array check (jsonb_typeof(previous_dates) = 'array'),
    constraint events_place_has_name check (place_name ~ '\S' or (place_country is null and place_latitude is null)),
    constraint events_place_country_form check (place_country ~ '^[A-Z]{2}$'),
    constraint events_coordinates_in_pairs check ((place_latitude is null) = (place_longitude is null)),
    constraint events_coordinates_on_earth check (place_latitude between -90 and 90 and place_longitude between -180 and 180),
    constraint events_place_has_key check ((place_name is null) = (place_key is null)),
    constraint events_articles_count check (articles >= 1 or withdrawn_at is not null),
    constraint events_revision_positive check (revision >= 1),
    constraint events_updated_after_created check (updated_at >= created_at),
    constraint events_withdrawn_with_an_update check (withdrawn_at = updated_at)
);

comment on table events is 'What the timeline shows: the state that the mentions of an event fold into.';
comment on column events.starts_on is 'First day; the void one while date_pending.';
comment on column events.ends_on is 'Last day, inclusive.';
comment on column events."precision" is 'The period that the days make up.';
comment on column events.edtf is 'The days in Extended Date/Time Format (ISO 8601-2).';
comment on column events.starts_at is 'The instant it begins, where a clock time is given and its zone is known.';
comment on column events.date_pending is 'Put off with no new day.';
comment on column events.previous_dates is 'The days it had before it was moved, oldest first: [{starts_on, ends_on, edtf}].';
comment on column events.articles is 'How many articles speak of it.';
comment on column events.revision is 'Starts at 1 and rises whenever the state changes; the number of its newest row in revisions.';
comment on column events.place_key is 'place_name in lower case: what the filter `place` compares.';
comment on column events.party_keys is 'Codes and names of the participants in lower case: what the filter `participant` compares.';
comment on column events.search is 'The words of title, parties, place and evidence in lower case, between single blanks: what the filter `q` looks through.';
comment on column events.updated_at is 'When the state last changed.';
comment on column events.withdrawn_at is 'Since when no article speaks of it: its address answers 410.';

-- Pages of the timeline, and the days that a filter or a mention overlaps.
create index events_timeline on events (starts_on, id) where withdrawn_at is null;
create index events_days on events using gist (daterange(starts_on, ends_on, '[]')) where withdrawn_at is null;

create table participants
(
    event_id   uuid    not null references events,
    position   integer not null,
    kind       text    not null,
    name       text    not null,
    code       text,
    represents text,

    primary key (event_id, position),
    constraint participants_once unique (event_id, kind, name),
    constraint participants_position_not_negative check (position >= 0),
    constraint participants_kind_known check (kind in ('country', 'organization', 'person')),
    constraint participants_name_not_blank check (name ~ '\S'),
    constraint participants_code_form check (case kind
        when 'country' then code is not null and code ~ '^[A-Z]{2}$'
        when 'organization' then code is null or code ~ '^\S+$'
        else code is null end),
    constraint participants_only_persons_represent check (represents is null or kind = 'person')
);

comment on table participants is 'Who takes part in an event, in the order in which the title names them.';
comment on column participants.name is 'The usual English name.';
comment on column participants.code is 'ISO 3166-1 alpha-2 for a country, the usual acronym for an organisation.';
comment on column participants.represents is 'For a person, the code of the party that they act for.';

create table revisions
(
    event_id    uuid        not null references events,
    number      integer     not null,
    known_from  date        not null,
    recorded_at timestamptz not null,
    changes     jsonb       not null,
    state       jsonb       not null,

    primary key (event_id, number),
    constraint revisions_number_positive check (number >= 1),
    constraint revisions_changes_is_array check (jsonb_typeof(changes) = 'array'),
    constraint revisions_state_is_object check (jsonb_typeof(state) = 'object')
);

comment on table revisions is 'Every state that an event has had. Rows are only ever added.';
comment on column revisions.number is 'Counts from 1 without a gap.';
comment on column revisions.known_from is 'The newest day of publication among the mentions that the state was folded from.';
comment on column revisions.recorded_at is 'When daybook learned of it.';
comment on column revisions.changes is 'What differs from the revision before: [{field, from, to}]; empty in the first.';
comment on column revisions.state is 'The whole state, as the API writes it.';
