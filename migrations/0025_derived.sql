-- What lists, filters and conditional requests need of an event's evidence is kept with it, brought up to date whenever
-- anything of the event changes, like its confidence.
alter table events add column version bigint not null default 0;
alter table events add column articles integer not null default 0;
alter table events add column sources text[] not null default '{}';
alter table events add column words text[] not null default '{}';
comment on column events.version is 'Rises whenever anything that is told of the event changes: its ETag.';
comment on column events.articles is 'How many articles are evidence of it: event_derived(id).';
comment on column events.sources is 'Their publishers in lower case: what the filter `source` compares.';
comment on column events.words is
    'The words of its state and its evidence, each cut to 200 characters: what the filter `q` looks for.';

-- As `store::search::haystack` writes them: between single blanks. An index holds no word of more than some 2,700 bytes.
create function haystack_words(haystack text) returns setof text language sql immutable
begin atomic
    select left(word, 200) from unnest(string_to_array(trim(haystack), ' ')) word where word <> '';
end;

comment on function haystack_words is 'The words of a column `search`, as `events.words` keeps them.';

-- Volatile, so that it is planned once and not written out into the statements that use it.
create function event_derived(event uuid, out articles integer, out sources text[], out words text[])
language sql volatile
begin atomic
    with parts (id) as (select event_tree(event, null)),
    evidence as (
        select m.article_id, lower(a.source) as source, m.search
        from mentions m join articles a on a.id = m.article_id
        where m.event_id = any (array(select id from parts)) and not m.is_rejected)
    select (select count(distinct article_id) from evidence),
           (select coalesce(array_agg(distinct source) filter (where source is not null), '{}') from evidence),
           (select coalesce(array_agg(distinct word), '{}')
            from (select search from evidence
                  union all
                  select s.search from states s
                  where s.event_id = event and s.shown_from is not null and s.shown_to is null) texts,
                 haystack_words(search) word);
end;

comment on function event_derived is 'What the columns of `events` of these names hold.';

create function wholes_of(event uuid) returns setof uuid language sql volatile rows 1
begin atomic
    with recursive path (id) as (
        select event
        union
        select whole.merged_into
        from path p
        cross join lateral (select e.merged_into from events e where e.id = p.id offset 0) whole
        where whole.merged_into is not null)
    select id from path;
end;

comment on function wholes_of is 'An event and those that it has become part of.';

update events
set (articles, sources, words) = (select d.articles, d.sources, d.words from event_derived(id) d);

create index events_sources on events using gin (sources) with (fastupdate = off);
create index events_words on events using gin (words) with (fastupdate = off);

-- The feed of changes in its order, also where one transaction changed many events.
drop index events_changed;
create index events_changed on events (changed_in, id);

-- What left a selection lately, for calendars.
create index states_hidden on states (shown_to) where shown_to is not null;
