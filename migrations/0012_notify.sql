-- Whoever waits for changes is woken as they are committed, and told the transaction that they are of.
create function tell_of_changes() returns trigger language plpgsql as $$
begin
    perform pg_notify('daybook_changes', pg_current_xact_id()::text);
    return null;
end
$$;

comment on function tell_of_changes is 'Tells those who listen on daybook_changes of this transaction: once, however often it is called.';

create trigger events_tell after insert or update of changed_in on events
    for each statement execute function tell_of_changes();

-- What a webhook may be told of waits already, so whoever delivers must look.
create trigger webhooks_tell after insert or update of url, filters, enabled on webhooks
    for each statement execute function tell_of_changes();
