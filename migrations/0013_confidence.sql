-- How likely each mention announces its event, and the filter on it. What was read before has no confidence until
-- `daybook reprocess` reads it anew.
alter table mentions add column confidence double precision;
alter table mentions add constraint mentions_confidence_is_probability check (confidence between 0 and 0.99);
comment on column mentions.confidence is 'How likely it announces an event, by its surest sentence; null where it only changes or reports one.';

-- Readers are named by code and data, which have no order.
alter table articles drop constraint articles_rules_version_not_negative;
alter table articles alter column rules_version drop default;
alter table articles alter column rules_version type text using '';
alter table articles alter column rules_version set default '';
comment on column articles.rules_version is 'The version of rules, data and models that read it; empty where none has yet.';
alter table mentions drop constraint mentions_rules_version_positive;
alter table mentions alter column rules_version type text using rules_version::text;
comment on column mentions.rules_version is 'The version of rules, data and models that read it.';

-- Sources count as independent, the articles of one source as one. A person who corrects or creates an event vouches for it.
create function event_confidence(event uuid, as_of date) returns double precision language sql stable
begin atomic
    with parts (id) as (select event_tree(event, as_of)),
    sources (surest) as (
        select max(m.confidence)
        from mentions m join articles a on a.id = m.article_id
        where m.event_id in (select id from parts) and (as_of is null or m.published_on <= as_of)
        group by coalesce(lower(a.source), a.id::text))
    select case
        when exists (
            select from corrections c
            where c.event_id in (select id from parts)
              and (as_of is null or (c.made_at at time zone 'utc')::date <= as_of)) then 1
        else coalesce(round(least(1 - exp(sum(ln(1 - surest))), 0.99)::numeric, 2), 0)::double precision
    end
    from sources;
end;

comment on function event_confidence is 'How likely an event is scheduled as stated, from 0 to 1, by what had been published by a day (or by now).';
