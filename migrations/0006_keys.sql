create table keys
(
    id           text primary key,
    name         text        not null,
    hash         bytea       not null,
    scope        text        not null,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,

    constraint keys_id_form check (id ~ '^[0-9a-f]{16}$'),
    constraint keys_name_form check (name ~ '\S' and length(name) <= 100),
    constraint keys_hash_is_sha256 check (octet_length(hash) = 32),
    constraint keys_scope_known check (scope in ('read', 'write', 'admin')),
    constraint keys_used_after_created check (last_used_at >= created_at),
    constraint keys_revoked_after_created check (revoked_at >= created_at)
);

comment on table keys is 'Who may use the service. A revoked key stays, so that one can tell whose it was.';
comment on column keys.id is 'The part of the key that is no secret: it finds the row.';
comment on column keys.name is 'What people call it; unique among the keys that are not revoked.';
comment on column keys.hash is 'SHA-256 of the key''s secret, which is random and long, and kept nowhere.';
comment on column keys.scope is 'What it allows; admin includes write, write includes read.';
comment on column keys.last_used_at is 'When it was last used, to the minute; null while it never was.';

create unique index keys_living on keys (name) where revoked_at is null;
