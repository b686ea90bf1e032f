-- A person can reject an event, and evidence of one.
alter table events drop constraint events_gone_known;
alter table events add constraint events_gone_known check (gone in ('merged', 'withdrawn', 'rejected'));
comment on column events.gone is 'Why it is no longer shown: it became part of another, no article mentions it, or a person rejected it.';

alter table corrections drop constraint corrections_action_known;
alter table corrections add constraint corrections_action_known
    check (action ->> 'action' in ('create', 'amend', 'merge', 'split', 'reject', 'reject_evidence'));

alter table mentions add column is_rejected boolean not null default false;
alter table mentions add constraint mentions_rejected_of_an_event check (not is_rejected or event_id is not null);
comment on column mentions.is_rejected is 'A person rejected it as evidence of its event, which is folded without it.';

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
        else coalesce(round(least(1 - exp(sum(ln(1 - surest))), 0.99)::numeric, 2), 0)::double precision
    end
    from sources;
end;
