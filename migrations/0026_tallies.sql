-- How many events are shown by participant and place, counted as they change: what is offered while a name is typed
-- must not count all states. Transactions only add rows to `tally_changes`, so none waits for another; one in a thousand
-- sums them up.
create table tallies
(
    facet  text   not null,
    key    jsonb  not null,
    events bigint not null,

    primary key (facet, key)
);

create table tally_changes
(
    id     bigint generated always as identity primary key,
    facet  text    not null,
    key    jsonb   not null,
    change integer not null
);

comment on table tallies is 'How many events are shown, by what they have in common; `tally_changes` is still to be added.';
comment on column tallies.facet is 'participant or place.';
comment on column tallies.key is 'Of a participant [kind, name, code], of a place [name, country, latitude, longitude].';
comment on column tallies.events is 'The events; 0 where there are none any more.';
comment on table tally_changes is 'Changes of `tallies` that are not yet added to it.';

create function tallied(state jsonb, out facet text, out key jsonb) returns setof record language sql immutable
begin atomic
    select 'participant', jsonb_build_array(party -> 'kind', party -> 'name', party -> 'code')
    from jsonb_array_elements(state -> 'participants') party
    union all
    select 'place', jsonb_build_array(place -> 'name', place -> 'country', place -> 'latitude', place -> 'longitude')
    from (select state -> 'place' as place) p
    where jsonb_typeof(place) = 'object';
end;

comment on function tallied is 'What an event in this state counts for.';

create function sum_up_tallies() returns void language plpgsql as $$
begin
    if pg_try_advisory_xact_lock(hashtextextended('tallies', 0)) then
        with added as (delete from tally_changes returning facet, key, change)
        insert into tallies (facet, key, events)
        select facet, key, sum(change) from added group by facet, key
        on conflict (facet, key) do update set events = tallies.events + excluded.events;
    end if;
end
$$;

create function tally() returns trigger language plpgsql as $$
declare
    last bigint;
begin
    if tg_op = 'INSERT' then
        insert into tally_changes (facet, key, change)
        select t.facet, t.key, 1 from came s, tallied(s.state) t where s.shown_from is not null and s.shown_to is null;
    elsif tg_op = 'DELETE' then
        insert into tally_changes (facet, key, change)
        select t.facet, t.key, -1 from went s, tallied(s.state) t where s.shown_from is not null and s.shown_to is null;
    else
        insert into tally_changes (facet, key, change)
        select facet, key, sum(change)
        from (select t.facet, t.key, 1 as change from came s, tallied(s.state) t
              where s.shown_from is not null and s.shown_to is null
              union all
              select t.facet, t.key, -1 from went s, tallied(s.state) t
              where s.shown_from is not null and s.shown_to is null) changes
        group by facet, key
        having sum(change) <> 0;
    end if;
    if not found then
        return null;
    end if;
    last := currval(pg_get_serial_sequence('tally_changes', 'id'));
    if last % 1000 < 10 then
        perform sum_up_tallies();
    end if;
    return null;
end
$$;

create trigger states_tally_new after insert on states
    referencing new table as came for each statement execute function tally();
create trigger states_tally_gone after delete on states
    referencing old table as went for each statement execute function tally();
create trigger states_tally_changed after update on states
    referencing old table as went new table as came for each statement execute function tally();

create function count_anew() returns void language sql
begin atomic
    delete from tally_changes;
    delete from tallies;
    insert into tallies (facet, key, events)
    select t.facet, t.key, count(*)
    from states s, tallied(s.state) t
    where s.shown_from is not null and s.shown_to is null
    group by t.facet, t.key;
end;

comment on function count_anew is 'Counts all states, where triggers did not.';

select count_anew();

-- The sources of articles, each found by an index.
create index articles_by_source on articles (source, created_at) where source is not null;
create index articles_by_source_key on articles (lower(source)) where source is not null;
create index articles_created on articles (created_at);
