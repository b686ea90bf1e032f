-- Positions in the feed of changes hold on one server only, as transactions are counted there. `feed` says which server that
-- is, and how far ahead of its counter positions are: so a restored dump goes on after all that it holds.
create table feed
(
    id     boolean primary key default true,
    server text    not null,
    epoch  integer,
    ahead  bigint  not null default 0,

    constraint feed_is_one_row check (id),
    constraint feed_ahead_not_negative check (ahead >= 0)
);

comment on table feed is 'Where the positions in the feed of changes come from.';
comment on column feed.server is 'The server that counts: its identifier, the database and the timeline of its log.';
comment on column feed.epoch is 'Tells positions given here from those given elsewhere; null where they were given before this table was.';
comment on column feed.ahead is 'By how much positions are ahead of the server''s counter of transactions.';

create function feed_server() returns text language sql stable
begin atomic
    select system_identifier::text || '-' || (select oid from pg_database where datname = current_database())::text
           || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
    from pg_control_system();
end;

comment on function feed_server is 'This server. Another after a dump is restored, after a return to an earlier point in time, and after a failover.';

insert into feed (server, epoch)
select feed_server(), case when not exists (select from events) then floor(random() * 2147483647)::integer end;

create function feed_position() returns xid8 language sql volatile
begin atomic
    select (pg_current_xact_id()::text::bigint + ahead)::text::xid8 from feed;
end;

comment on function feed_position is 'The position of what this transaction changes.';

create function feed_horizon() returns xid8 language sql stable
begin atomic
    select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + ahead)::text::xid8 from feed;
end;

comment on function feed_horizon is 'The position before which every change is known.';

create function adopt_feed() returns boolean language plpgsql as $$
begin
    if pg_is_in_recovery() or current_setting('transaction_read_only')::boolean
       or exists (select from feed where server = feed_server()) then
        return false;
    end if;
    perform from feed for update;
    update feed
    set server = feed_server(),
        epoch = floor(random() * 2147483647)::integer,
        ahead = greatest(ahead, (select max(changed_in::text::bigint) from events), (select max(closed_in::text::bigint) from states),
                         (select max(told_transaction::text::bigint) from webhooks))
    where server <> feed_server();
    return found;
end
$$;

comment on function adopt_feed is 'Goes on counting positions where another server stopped; true where it was another.';

alter table events add column created_in xid8;
alter table events alter column created_in set default feed_position();
alter table events add column changed_at timestamptz;
alter table events add column evidence_hash uuid;
alter table events add column peak_confidence double precision;
comment on column events.changed_in is 'Position in the feed of changes: the transaction that last changed what is told of it.';
comment on column events.created_in is 'The position at which it was made; null where it was there before this column.';
comment on column events.changed_at is 'When changed_in was set; null where that was before this column: then it is updated_at.';
comment on column events.evidence_hash is 'Another whenever the evidence is: event_evidence(id).';
comment on column events.peak_confidence is 'The most that its confidence was; null where that is not known.';

create function event_evidence(event uuid) returns uuid language sql stable
begin atomic
    with parts (id) as (select event_tree(event, null)),
    evidence (part) as (
        select concat_ws(' ', m.id, extract(epoch from a.updated_at), m.matched, m.said)
        from mentions m join articles a on a.id = m.article_id
        where m.event_id in (select id from parts)
        union all
        select concat_ws(' ', c.id, c.matched) from corrections c where c.event_id in (select id from parts))
    select md5(coalesce(string_agg(md5(part), '' order by part), ''))::uuid from evidence;
end;

comment on function event_evidence is 'A hash of what an event stands on, with that of its parts.';

create or replace function tell_of_changes() returns trigger language plpgsql as $$
begin
    perform pg_notify('daybook_changes', feed_position()::text);
    return null;
end
$$;

comment on function tell_of_changes is 'Tells those who listen on daybook_changes of this position: once, however often it is called.';
