-- Each filter has an index in the order of the timeline, for the states that are shown. Dates are read in order too: what
-- begins within them by `states_timeline`, what began before and still lasts by the ranges of more than a day.
drop index states_days;
drop index states_as_of;
create index states_lasting on states using gist (daterange(starts_on, ends_on, '[]'))
    where shown_from is not null and shown_to is null and starts_on < ends_on;
create index states_parties on states using gin (party_keys) with (fastupdate = off)
    where shown_from is not null and shown_to is null;
create index states_place on states (place_key, starts_on, event_id) where shown_from is not null and shown_to is null;
create index states_country on states (place_country, starts_on, event_id) where shown_from is not null and shown_to is null;
create index states_status on states (status, starts_on, event_id) where shown_from is not null and shown_to is null;
create index states_kind on states (kind, starts_on, event_id) where shown_from is not null and shown_to is null;

-- As of a day.
create index states_known on states (starts_on, event_id, known_from, known_to) where number is not null;
create index states_known_lasting on states using gist (daterange(starts_on, ends_on, '[]'))
    where number is not null and starts_on < ends_on;

drop index events_updated;
create index events_updated on events (updated_at, id);

-- Computed when anything of an event changes, not for each row that a filter looks at.
alter table events add column confidence double precision;
update events set confidence = event_confidence(id, null);
alter table events alter column confidence set not null;
alter table events add constraint events_confidence_is_probability check (confidence between 0 and 1);
comment on column events.confidence is 'How likely it is scheduled as stated, by all that is stored: event_confidence(id, null).';
