-- What was published since a day is found in `mentions` itself: an article is looked up only for what is within reach.
alter table mentions add column published_on date;
update mentions m set published_on = a.published_on from articles a where a.id = m.article_id;
alter table mentions alter column published_on set not null;
comment on column mentions.published_on is 'The day on which its article was published, as there.';

-- A lookup of each step by an index, whatever the planner makes of a table that it has not counted yet.
create or replace function event_tree(root uuid, as_of date) returns setof uuid language sql volatile rows 1
begin atomic
    with recursive tree (id) as (
        select root
        union
        select part.id
        from tree t
        cross join lateral (
            select e.id from events e
            where e.merged_into = t.id and (as_of is null or e.merged_on is null or e.merged_on <= as_of)
            offset 0) part)
    select id from tree;
end;

create or replace function root_of(event uuid) returns uuid language sql stable
begin atomic
    with recursive path (id, merged_into) as (
        select e.id, e.merged_into from events e where e.id = event
        union
        select whole.id, whole.merged_into
        from path p
        cross join lateral (select e.id, e.merged_into from events e where e.id = p.merged_into offset 0) whole)
    select id from path where merged_into is null;
end;
