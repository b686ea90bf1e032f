-- What can be linked is found by numbers instead of texts, and by pairs of participants and weeks instead of participants
-- and quarters, so that an article meets only what it could join. The function writes the keys of what is stored as
-- `timeline::Reach` writes those of what comes.
create function pg_temp.reach_keys(kind text, participants jsonb, first date, last date) returns bigint[] language sql
as $$
    with codes (code) as (
        select distinct coalesce(p ->> 'code', p ->> 'represents')
        from jsonb_array_elements(participants) p
        where coalesce(p ->> 'code', p ->> 'represents') is not null),
    parties (party) as (
        select code from codes
        union all select code || ' alone' from codes where (select count(*) from codes) = 1
        union all select a.code || ' ' || b.code from codes a join codes b on a.code collate "C" < b.code collate "C"),
    periods (period) as (
        select 'week:' || week
        from generate_series(floor((first - date '1970-01-01') / 7.0)::integer,
                             floor((last - date '1970-01-01') / 7.0)::integer) week
        where last - first <= 31
        union all
        select 'quarter:' || quarter
        from generate_series((extract(year from first) * 4 + extract(quarter from first) - 1)::integer,
                             (extract(year from last) * 4 + extract(quarter from last) - 1)::integer) quarter
        where last - first > 31),
    texts (text) as (
        select case when kind in ('talks', 'meeting', 'summit', 'conference', 'call') then 'meeting' else kind end
               || ':' || party || ':' || period
        from parties, periods)
    select coalesce(array_agg(('x' || left(encode(sha256(convert_to(text, 'UTF8')), 'hex'), 16))::bit(64)::bigint), '{}')
    from texts
$$;

drop index mentions_reach;
alter table mentions alter column reach_keys type bigint[]
    using pg_temp.reach_keys(said ->> 'kind', said -> 'participants', reach_first, reach_last);
create index mentions_reach on mentions using gin (reach_keys) with (fastupdate = off);
comment on column mentions.reach_keys is 'Hashes of the family of kinds, participants and weeks or quarters by which events find it.';

drop index states_reach;
alter table states alter column reach_keys type bigint[]
    using pg_temp.reach_keys(kind, state -> 'participants', reach_first, reach_last);
create index states_reach on states using gin (reach_keys) with (fastupdate = off) where number is not null;
comment on column states.reach_keys is 'Hashes of the family of kinds, participants and weeks or quarters by which mentions find it.';
