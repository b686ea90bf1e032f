-- An event that only changes or reports are evidence of is not known to have been announced: its confidence is 0. `least`
-- ignores nulls, so it was 0.99.
create or replace function event_confidence(event uuid, as_of date) returns double precision language sql stable
begin atomic
    with parts (id) as (select event_tree(event, as_of)),
    sources (surest) as (
        select max(m.confidence)
        from mentions m join articles a on a.id = m.article_id
        where m.event_id in (select id from parts) and not m.is_rejected
          and (as_of is null or m.published_on <= as_of)
        group by coalesce(lower(a.source), a.id::text))
    select case
        when exists (
            select from corrections c
            where c.event_id in (select id from parts) and c.action ->> 'action' not in ('reject', 'reject_evidence')
              and (as_of is null or (c.made_at at time zone 'utc')::date <= as_of)) then 1
        else round(least(coalesce(1 - exp(sum(ln(1 - surest))), 0), 0.99)::numeric, 2)::double precision
    end
    from sources;
end;

update events set confidence = event_confidence(id, null)
where confidence = 0.99 and confidence <> event_confidence(id, null);
