create table timelines
(
    slug        text primary key,
    title       text        not null,
    description text,
    filters     jsonb       not null,
    token       text,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,

    constraint timelines_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    constraint timelines_title_form check (title ~ '\S' and length(title) <= 200),
    constraint timelines_description_form check (description ~ '\S' and length(description) <= 2000),
    constraint timelines_filters_form check (jsonb_typeof(filters) = 'object'),
    constraint timelines_token_form check (token ~ '^[0-9a-f]{32}$'),
    constraint timelines_updated_after_created check (updated_at >= created_at)
);

comment on table timelines is 'Selections of events that are saved under a short address.';
comment on column timelines.slug is 'Its name in the address.';
comment on column timelines.title is 'What people call it.';
comment on column timelines.description is 'What it is for, in words; null where nobody said.';
comment on column timelines.filters is 'What it shows: parameters of a query by their names, each a text or a list of texts.';
comment on column timelines.token is 'What opens it where it is private, as it is sent; null where it is public. Whoever may write is shown it, so it is kept as it is.';
comment on column timelines.updated_at is 'When it, not its events, last changed: what it shows, how it is called, or who may see it.';
