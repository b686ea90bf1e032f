-- A code identifies a participant only together with its kind: AU is Australia, and as an organisation the African Union.
-- Keys hold both. The functions write the keys of what is stored as `event::PartyCode`, `timeline::Reach` and
-- `store::states` write those of what comes.
create or replace function pg_temp.party_codes(participants jsonb) returns setof text language sql as $$
    select (p ->> 'kind') || ':' || (p ->> 'code')
    from jsonb_array_elements(participants) p
    where p ->> 'code' is not null
    union
    select coalesce(
               (select listed ->> 'kind'
                from jsonb_array_elements(participants) with ordinality party (listed, position)
                where listed ->> 'code' = p ->> 'represents'
                order by position limit 1),
               case when p ->> 'represents' ~ '^[A-Z]{2}$' then 'country' else 'organization' end)
           || ':' || (p ->> 'represents')
    from jsonb_array_elements(participants) p
    where p ->> 'code' is null and p ->> 'represents' is not null
$$;

create or replace function pg_temp.reach_keys(kind text, participants jsonb, first date, last date) returns bigint[] language sql
as $$
    with codes (code) as (select pg_temp.party_codes(participants)),
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

update mentions set reach_keys = pg_temp.reach_keys(said ->> 'kind', said -> 'participants', reach_first, reach_last);
update states set reach_keys = pg_temp.reach_keys(kind, state -> 'participants', reach_first, reach_last);

update states set party_keys = coalesce(
    (select array_agg(distinct key)
     from (select lower((p ->> 'kind') || ':' || (p ->> 'code')) from jsonb_array_elements(state -> 'participants') p
           where p ->> 'code' is not null
           union
           select key from unnest(party_keys) key
           where key not in (select lower(p ->> 'code') from jsonb_array_elements(state -> 'participants') p
                             where p ->> 'code' is not null)
              or key in (select lower(p ->> 'name') from jsonb_array_elements(state -> 'participants') p)) keys (key)),
    '{}');
comment on column states.party_keys is
    'Names of the participants, and their codes with their kinds (country:au), in lower case: what the filter `participant` compares.';
