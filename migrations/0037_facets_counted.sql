-- Adds to the facets of 0036 the events that existed before it: all events less those that it has counted since. One
-- statement sees both at one moment, so writers need not wait. The lock keeps others from summing up meanwhile.
select pg_advisory_xact_lock(hashtextextended('tallies', 0));

insert into tallies (facet, key, events)
select facet, key, sum(events)
from (select facet, key, events from counts_anew
      union all
      select facet, key, -events from tallies
      union all
      select facet, key, -change from tally_changes) uncounted
group by facet, key
having sum(events) <> 0
on conflict (facet, key) do update set events = tallies.events + excluded.events;
