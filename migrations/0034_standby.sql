-- On a standby nothing is adopted, and its place in the log must not even be estimated: planning the comparison with
-- feed_server() called it, which failed, so that no connection to a standby could be used.
create or replace function adopt_feed() returns boolean language plpgsql as $$
begin
    if pg_is_in_recovery() or current_setting('transaction_read_only')::boolean then
        return false;
    end if;
    if exists (select from feed where server = feed_server()) then
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
