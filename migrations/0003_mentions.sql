create table mentions
(
    id              bigint generated always as identity primary key,
    article_id      uuid    not null references articles on delete cascade,
    position        integer not null,
    event_id        uuid references events deferrable initially deferred,
    rules_version   integer not null,
    role            text    not null,
    kind            text    not null,
    status          text    not null,
    starts_on       date,
    ends_on         date,
    "precision"     text,
    edtf            text,
    starts_at       timestamptz,
    date_pending    boolean not null,
    previous_dates  jsonb   not null,
    place_name      text,
    place_country   text,
    place_latitude  double precision,
    place_longitude double precision,
    participants    jsonb   not null,

    constraint mentions_in_order unique (article_id, position),
    constraint mentions_once_an_event unique (event_id, article_id),
    constraint mentions_position_not_negative check (position >= 0),
    constraint mentions_rules_version_positive check (rules_version >= 1),
    constraint mentions_role_known check (role in ('announces', 'changes', 'reports')),
    constraint mentions_kind_known check (kind in ('talks', 'meeting', 'summit', 'conference', 'visit', 'call',
        'signing', 'vote', 'hearing', 'address', 'ceremony', 'deadline', 'exercise')),
    constraint mentions_status_known check (status in ('tentative', 'confirmed', 'postponed', 'cancelled', 'held')),
    constraint mentions_precision_known check ("precision" in ('day', 'week', 'month', 'quarter', 'season', 'year')),
    constraint mentions_date_whole_or_none check (num_nonnulls(starts_on, ends_on, "precision", edtf) in (0, 4)),
    constraint mentions_instant_has_a_day check (starts_at is null or starts_on is not null),
    constraint mentions_days_in_order check (starts_on <= ends_on),
    constraint mentions_pending_only_if_postponed check (not date_pending or status = 'postponed'),
    constraint mentions_previous_dates_is_array check (jsonb_typeof(previous_dates) = 'array'),
    constraint mentions_place_has_name check (place_name ~ '\S' or (place_country is null and place_latitude is null)),
    constraint mentions_place_country_form check (place_country ~ '^[A-Z]{2}$'),
    constraint mentions_coordinates_in_pairs check ((place_latitude is null) = (place_longitude is null)),
    constraint mentions_coordinates_on_earth check (place_latitude between -90 and 90 and place_longitude between -180 and 180),
    constraint mentions_participants_is_array check (jsonb_typeof(participants) = 'array')
);

comment on table mentions is 'What one article says of one event, as the extraction read it.';
comment on column mentions.position is 'Its place among the article''s mentions, from 0.';
comment on column mentions.event_id is 'The event that it speaks of; null where it fits none and makes none.';
comment on column mentions.rules_version is 'The version of rules and data that read it.';
comment on column mentions.role is 'What it does: announces, changes or reports.';
comment on column mentions.starts_on is 'First day; null where a change or a report names no date.';
comment on column mentions.previous_dates is 'The days that the article says the event had before: [{starts_on, ends_on, edtf}].';
comment on column mentions.participants is 'Who takes part: [{kind, name, code, represents}], in the order of the text.';

create table statements
(
    mention_id     bigint  not null references mentions on delete cascade,
    position       integer not null,
    role           text    not null,
    rule           text    not null,
    sentence_start integer not null,
    sentence_end   integer not null,
    sentence_text  text    not null,
    date_start     integer,
    date_end       integer,
    date_text      text,
    date_value     text,

    primary key (mention_id, position),
    constraint statements_role_known check (role in ('announces', 'changes', 'reports')),
    constraint statements_rule_named check (rule ~ '\S'),
    constraint statements_sentence_in_text check (0 <= sentence_start and sentence_start < sentence_end),
    constraint statements_sentence_length check (char_length(sentence_text) = sentence_end - sentence_start),
    constraint statements_date_whole_or_none check (num_nonnulls(date_start, date_end, date_text, date_value) in (0, 4)),
    constraint statements_date_in_sentence check (sentence_start <= date_start and date_start < date_end and date_end <= sentence_end),
    constraint statements_date_length check (char_length(date_text) = date_end - date_start)
);

comment on table statements is 'The sentences that a mention was read from: its evidence.';
comment on column statements.position is 'Its place among the mention''s sentences, from 0.';
comment on column statements.rule is 'The name of the rule that read it.';
comment on column statements.sentence_start is 'First character (Unicode scalar value) in the article''s text.';
comment on column statements.sentence_end is 'One past the last character.';
comment on column statements.date_start is 'First character of the date expression in the sentence; null where the date stands elsewhere.';
comment on column statements.date_value is 'Its TIMEX3 value.';

create function statement_json(s statements) returns jsonb language sql immutable
return jsonb_build_object(
    'role', s.role, 'rule', s.rule,
    'sentence', jsonb_build_object('start', s.sentence_start, 'end', s.sentence_end, 'text', s.sentence_text),
    'date', case when s.date_start is not null then jsonb_build_object(
        'start', s.date_start, 'end', s.date_end, 'text', s.date_text, 'value', s.date_value) end);

comment on function statement_json is 'A statement as the API writes it.';
