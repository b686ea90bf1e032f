create table webhooks
(
    id                uuid primary key,
    url               text        not null,
    description       text,
    filters           jsonb       not null,
    secret            text        not null,
    previous_secret   text,
    previous_until    timestamptz,
    enabled           boolean     not null default true,
    disabled_reason   text,
    told_transaction  xid8        not null,
    told_event        uuid,
    told_at           timestamptz not null,
    failures          integer     not null default 0,
    failing_since     timestamptz,
    next_at           timestamptz,
    last_problem      text,
    last_delivered_at timestamptz,
    taken_by          uuid,
    taken_until       timestamptz,
    created_at        timestamptz not null,

    constraint webhooks_url_of_the_web check (url ~ '^https?://'),
    constraint webhooks_description_not_blank check (description ~ '\S'),
    constraint webhooks_filters_is_object check (jsonb_typeof(filters) = 'object'),
    constraint webhooks_secret_form check (secret ~ '^whsec_[A-Za-z0-9+/]+=*$'),
    constraint webhooks_previous_secret_ends check ((previous_secret is null) = (previous_until is null)),
    constraint webhooks_reason_only_if_disabled check (not enabled or disabled_reason is null),
    constraint webhooks_failures_count check (failures >= 0),
    constraint webhooks_failing_since_a_failure check ((failures = 0) = (failing_since is null)),
    constraint webhooks_next_only_after_failures check (next_at is null or failures > 0),
    constraint webhooks_taken_by_somebody check ((taken_by is null) = (taken_until is null))
);

comment on table webhooks is 'Addresses that are told of changes.';
comment on column webhooks.filters is 'Which changes: the parameters of a query, by their names.';
comment on column webhooks.secret is 'What messages are signed with; known to the receiver, so it is kept as it is.';
comment on column webhooks.previous_secret is 'The one before, with which they are signed as well until previous_until.';
comment on column webhooks.disabled_reason is 'Why the service gave it up; null where a person switched it off.';
comment on column webhooks.told_transaction is 'Position in the feed of changes: all before this transaction was told.';
comment on column webhooks.told_event is 'The last event of that transaction that was told.';
comment on column webhooks.told_at is 'When that position was given.';
comment on column webhooks.failures is 'How many tries have failed since the last that did not.';
comment on column webhooks.next_at is 'When it is tried again after a failure.';
comment on column webhooks.last_problem is 'What came between: how the last try failed, or what is no longer told.';
comment on column webhooks.taken_by is 'The run that delivers now. It is on its own until taken_until; then another may take over.';
