-- A client that is behind an event's last change is notified of all evidence that the event lost within the time that changes
-- are kept. The position at which it did is not enough: a later change hides it from a client that has read up to between both.
comment on column events.evidence_left_in is 'No longer written: evidence_left_at says enough. Programs before this migration read it.';
comment on column events.evidence_left_at is 'When it last lost evidence; null where it lost none since this column.';
