-- All facets are counted as events change: counting a million events for each request takes seconds. Migration 0037
-- adds those that exist; between the two, what changes is counted. The locks wait for transactions that count without
-- the new facets, and are held for no longer than this migration.
lock table states, events in share row exclusive mode;

create or replace function tallied(state jsonb, out facet text, out key jsonb) returns setof record language sql immutable
begin atomic
    select 'participant', jsonb_build_array(party -> 'kind', party -> 'name', party -> 'code')
    from jsonb_array_elements(state -> 'participants') party
    union all
    select 'place', jsonb_build_array(place -> 'name', place -> 'country', place -> 'latitude', place -> 'longitude')
    from (select state -> 'place' as place) p
    where jsonb_typeof(place) = 'object'
    union all
    select facet, key
    from (values ('kind', state -> 'kind'),
                 ('status', state -> 'status'),
                 ('precision', state -> 'precision'),
                 ('country', state #> '{place,country}'),
                 ('month', to_jsonb(left(state ->> 'starts_on', 7)))) single (facet, key)
    where jsonb_typeof(key) = 'string';
end;

create function tenth(confidence double precision) returns text language sql immutable
begin atomic
    select (least(floor(confidence * 10 + 1e-9), 9) / 10)::numeric(2, 1)::text;
end;

comment on function tenth is 'A confidence in tenths, rounded down; 1 is among the highest.';

create function tallied_evidence(confidence double precision, sources text[], out facet text, out key jsonb)
returns setof record language sql immutable
begin atomic
    select 'confidence', to_jsonb(tenth(confidence))
    union all
    select 'source', to_jsonb(unnest(sources));
end;

comment on function tallied_evidence is 'What an event counts for by its evidence.';

create function tally_evidence() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into tally_changes (facet, key, change)
        select t.facet, t.key, 1 from came e, tallied_evidence(e.confidence, e.sources) t where e.gone is null and e.revision > 0;
    elsif tg_op = 'DELETE' then
        insert into tally_changes (facet, key, change)
        select t.facet, t.key, -1 from went e, tallied_evidence(e.confidence, e.sources) t where e.gone is null and e.revision > 0;
    else
        insert into tally_changes (facet, key, change)
        select facet, key, sum(change)
        from (select t.facet, t.key, 1 as change from came e, tallied_evidence(e.confidence, e.sources) t
              where e.gone is null and e.revision > 0
              union all
              select t.facet, t.key, -1 from went e, tallied_evidence(e.confidence, e.sources) t
              where e.gone is null and e.revision > 0) changes
        group by facet, key
        having sum(change) <> 0;
    end if;
    return null;
end
$$;

create trigger events_tally_new after insert on events
    referencing new table as came for each statement execute function tally_evidence();
create trigger events_tally_gone after delete on events
    referencing old table as went for each statement execute function tally_evidence();
create trigger events_tally_changed after update on events
    referencing old table as went new table as came for each statement execute function tally_evidence();

create view counts_anew as
select t.facet, t.key, count(*) as events
from states s, tallied(s.state) t
where s.shown_from is not null and s.shown_to is null
group by t.facet, t.key
union all
select t.facet, t.key, count(*)
from events e, tallied_evidence(e.confidence, e.sources) t
where e.gone is null and e.revision > 0
group by t.facet, t.key;

comment on view counts_anew is 'What `tallies` and `tally_changes` amount to, counted from all events.';

create or replace function count_anew() returns void language sql
begin atomic
    delete from tally_changes;
    delete from tallies;
    insert into tallies (facet, key, events) select facet, key, events from counts_anew;
end;

comment on function count_anew is 'Counts all events, where triggers did not.';

comment on column tallies.facet is 'participant, place, kind, status, precision, country, month, confidence or source.';
comment on column tallies.key is 'Of a participant [kind, name, code], of a place [name, country, latitude, longitude], else the value.';
