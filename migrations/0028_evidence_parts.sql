-- A filter by source, article or words selects an event by its evidence. A client that follows such a filter must learn that the
-- event left it even where nothing else of the event changed: events note when they last lost evidence.
create function event_evidence_parts(event uuid) returns bigint[] language sql stable
begin atomic
    select coalesce(array_agg(distinct part order by part), '{}')
    from mentions m join articles a on a.id = m.article_id,
         lateral hashtextextended(concat_ws(' ', a.id, lower(a.source), m.search), 0) part
    where m.event_id in (select event_tree(event, null)) and not m.is_rejected;
end;

comment on function event_evidence_parts is 'A hash of each part of the evidence of an event, of what filters look at.';

alter table events add column evidence_parts bigint[];
alter table events alter column evidence_parts set default '{}';
alter table events add column evidence_left_in xid8;
alter table events add column evidence_left_at timestamptz;
comment on column events.evidence_parts is 'event_evidence_parts(id) when the event last changed; null where that was before this column.';
comment on column events.evidence_left_in is 'Position in the feed of changes at which it last lost evidence; null where it lost none since this column.';
comment on column events.evidence_left_at is 'When evidence_left_in was set.';
