create table articles
(
    id           uuid primary key,
    title        text,
    text         text        not null,
    published_on date        not null,
    published_at timestamptz,
    url          text,
    source       text,
    language     text,
    external_id  text,
    text_hash    bytea       not null,
    url_hash     bytea,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,

    constraint articles_text_not_blank check (text ~ '\S'),
    constraint articles_text_hash_is_sha256 check (octet_length(text_hash) = 32),
    constraint articles_url_hash_is_sha256 check (octet_length(url_hash) = 32),
    constraint articles_url_has_hash check ((url is null) = (url_hash is null)),
    constraint articles_updated_after_created check (updated_at >= created_at)
);

comment on table articles is 'News articles as they were sent, each in its current version.';
comment on column articles.text is 'The body exactly as sent: offsets of evidence count its characters.';
comment on column articles.published_on is 'The day of publication; relative dates count from it.';
comment on column articles.published_at is 'The instant of publication, where known: orders the articles of one day.';
comment on column articles.url is 'Its address, which is its identity where it has one.';
comment on column articles.source is 'Who published it.';
comment on column articles.language is 'ISO 639-1 code; null where the text has no language that is known.';
comment on column articles.external_id is 'The client''s own name for it; not unique.';
comment on column articles.text_hash is 'SHA-256 of text: part of the identity.';
comment on column articles.url_hash is 'SHA-256 of url, which may be longer than an index takes.';
comment on column articles.updated_at is 'When its current version came.';

-- Identity: the address, else (where either has none) source, day and text. The second rule reaches across rows with
-- and without an address, so the store also takes locks; these indexes make sure that two rows never share a key.
create unique index articles_by_url on articles (url_hash);
create unique index articles_without_url on articles (text_hash, published_on, source) nulls not distinct where url is null;
create index articles_by_text on articles (text_hash, published_on);

-- The list, newest first.
create index articles_newest on articles (published_on, id);
