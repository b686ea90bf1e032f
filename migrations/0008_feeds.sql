-- Feeds that are watched, what they list, and the hosts that are asked for both.
create table hosts
(
    origin         text primary key,
    free_at        timestamptz not null,
    robots         text,
    robots_until   timestamptz,
    robots_problem text,

    constraint hosts_origin_form check (origin ~ '^https?://[^/]+$'),
    constraint hosts_robots_or_why_not check ((robots is not null or robots_problem is not null) = (robots_until is not null))
);

comment on table hosts is 'Whom feeds and their items are asked of: scheme, name and port. All watchers on the database share them, so that a host is sent one request at a time.';
comment on column hosts.free_at is 'When the next request may be sent: after the pause; while one is under way, when it is given up for lost.';
comment on column hosts.robots is 'Its robots.txt as it was last had; empty where it has none; null while it could not be had: then nothing is read.';
comment on column hosts.robots_until is 'When that is asked for again; null before it was asked for.';
comment on column hosts.robots_problem is 'Why it could not be had the last time.';

create table feeds
(
    id              uuid primary key,
    url             text        not null unique,
    origin          text        not null references hosts,
    source          text,
    every           integer,
    enabled         boolean     not null default true,
    title           text,
    minutes         integer,
    etag            text,
    last_modified   text,
    moved_to        text,
    state           text        not null default 'waiting',
    problem         text,
    failures        integer     not null default 0,
    failing_since   timestamptz,
    next_at         timestamptz,
    last_fetched_at timestamptz,
    last_new_at     timestamptz,
    created_at      timestamptz not null,

    constraint feeds_url_short check (length(url) <= 2000),
    constraint feeds_source_form check (source ~ '\S' and length(source) <= 500),
    constraint feeds_every_bounded check (every between 60 and 604800),
    constraint feeds_state_known check (state in ('waiting', 'ok', 'failing', 'refused', 'gone')),
    constraint feeds_problem_told check ((state in ('failing', 'refused', 'gone')) = (problem is not null)),
    constraint feeds_failing_counted check ((failures > 0) = (failing_since is not null) and failures >= 0
        and (problem is not null) = (failures > 0)),
    constraint feeds_gone_is_not_asked check (state = 'gone' or next_at is not null)
);

comment on table feeds is 'The feeds that `daybook watch` asks.';
comment on column feeds.origin is 'The scheme, name and port of its address.';
comment on column feeds.source is 'Who publishes its articles; null leaves it to their pages.';
comment on column feeds.every is 'How many seconds lie between two requests; null leaves it to the feed.';
comment on column feeds.minutes is 'How many minutes the feed itself says (`ttl`).';
comment on column feeds.moved_to is 'Where it says that it has moved for ever. It is still asked for at its address.';
comment on column feeds.problem is 'Why it is not as it should be, in words.';
comment on column feeds.failures is 'How many requests have failed since it last answered as it should.';
comment on column feeds.next_at is 'When it is due; null where it is asked no more.';

create index feeds_due on feeds (origin, next_at) where enabled;
create index feeds_created on feeds (created_at, id);

create table feed_items
(
    id           uuid primary key,
    feed_id      uuid        not null references feeds on delete cascade,
    key_hash     bytea       not null,
    key          text        not null,
    url          text        not null,
    origin       text        not null references hosts,
    title        text,
    published_on date,
    published_at timestamptz,
    content      text,
    state        text        not null default 'waiting',
    article_id   uuid references articles on delete set null,
    problem      text,
    tries        integer     not null default 0,
    next_at      timestamptz,
    found_at     timestamptz not null,

    constraint feed_items_once unique (feed_id, key_hash),
    constraint feed_items_key_short check (length(key) <= 500),
    constraint feed_items_hash_is_sha256 check (octet_length(key_hash) = 32),
    constraint feed_items_state_known check (state in ('waiting', 'stored', 'failed')),
    constraint feed_items_due_while_waiting check ((state = 'waiting') = (next_at is not null)),
    constraint feed_items_article_if_stored check (state = 'stored' or article_id is null),
    constraint feed_items_failed_says_why check (state <> 'failed' or problem is not null),
    constraint feed_items_content_while_waiting check (state = 'waiting' or content is null),
    constraint feed_items_tries_not_negative check (tries >= 0)
);

comment on table feed_items is 'What feeds list. A row stays when its page has been read, so that this is done once.';
comment on column feed_items.key_hash is 'SHA-256 of what the item is told by in its feed: its id there, else its address.';
comment on column feed_items.key is 'The beginning of that; an article''s external_id may be as long.';
comment on column feed_items.content is 'The text in the feed as HTML, for where the page cannot be had; dropped once the item is done.';
comment on column feed_items.article_id is 'The article that it became; null again where that was deleted.';
comment on column feed_items.tries is 'How many times its page was asked for.';
comment on column feed_items.next_at is 'When it is due.';

create index feed_items_due on feed_items (origin, next_at) where state = 'waiting';
create index feed_items_listed on feed_items (feed_id, found_at, id);
create index feed_items_counted on feed_items (feed_id, state);
create index feed_items_of_article on feed_items (article_id) where article_id is not null;
create index feed_items_of_page on feed_items using hash (url);
