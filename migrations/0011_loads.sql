create table loads
(
    path       text primary key,
    bytes      bigint      not null,
    lines      bigint      not null,
    hash       bytea       not null,
    updated_at timestamptz not null,

    constraint loads_not_negative check (bytes >= 0 and lines >= 0),
    constraint loads_hash_is_sha256 check (octet_length(hash) = 32)
);

comment on table loads is 'How far `daybook load` has come in each file of lines, so that it goes on there.';
comment on column loads.path is 'The file, from the root of the machine that it was loaded on.';
comment on column loads.bytes is 'How many bytes of it, unpacked, are stored.';
comment on column loads.lines is 'How many lines that is.';
comment on column loads.hash is 'SHA-256 of those bytes: a file of that name that begins otherwise is another one.';
