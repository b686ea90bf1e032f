-- A correction refers to mentions, wherever they are linked: what becomes of these decides which event it belongs to.
create function mentions_of(action jsonb) returns bigint[] language sql immutable
begin atomic
    select array(select mention::bigint from jsonb_path_query(action, 'lax $.*[*].mention') mention);
end;

comment on function mentions_of is 'The numbers of the mentions to which a correction refers.';

create index corrections_by_mention on corrections using gin (mentions_of(action)) with (fastupdate = off);
drop index corrections_by_rejected_evidence;
