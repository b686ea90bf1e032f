-- What an answer tells of events can change while their states do not: another article may speak of them.
alter table events add column touched_at timestamptz;
update events set touched_at = updated_at;
alter table events alter column touched_at set not null;
create index events_touched on events (touched_at);
comment on column events.touched_at is 'When anything that is told of it last changed: its state, or what it stands on.';
