-- As many rows as `rows` says in each of the large tables, for script/test-upgrade: events of 2020 and 2021, each of one article.
set session_replication_role = replica;
insert into articles (id, title, text, published_on, source, language, text_hash, created_at, updated_at, rules_version)
select md5('article ' || n)::uuid, 'Talks', 'Land ' || n % 100 || ' will hold talks.', date '2020-01-01' + n % 600,
       'Wire ' || n % 40, 'en', sha256(n::text::bytea), now(), now(), '0'
from generate_series(1, :rows) n;
insert into events (id, revision, created_at, updated_at, touched_at, changed_in, confidence, articles, sources, words)
select md5(n::text)::uuid, 1, now(), now(), now(), pg_current_xact_id(), (n % 100) / 100.0, 1, array['wire ' || n % 40],
       array['talks', 'word' || n % 1000]
from generate_series(1, :rows) n;
insert into mentions (article_id, position, event_id, matched, published_on, rules_version, said, confidence, search, reach_first,
                      reach_last, reach_keys)
select md5('article ' || n)::uuid, 0, md5(n::text)::uuid, 'created', date '2020-01-01' + n % 600, '0', '{}', 0.8, ' talks ',
       date '2020-02-01' + n % 600, date '2020-02-01' + n % 600, array[n % 5000]
from generate_series(1, :rows) n;
insert into states (event_id, number, by_mention, since, known_from, recorded_at, shown_from, changes, state, kind, status,
                    starts_on, ends_on, "precision", place_country, place_key, party_keys, search, reach_first, reach_last,
                    reach_keys)
select md5(n::text)::uuid, 1, n, '{}', date '2020-01-01' + n % 600, now(), now(), '[]',
       jsonb_build_object('title', 'Talks', 'kind', 'talks', 'status', 'confirmed', 'starts_on', day, 'ends_on', day,
                          'precision', 'day', 'edtf', day::text, 'starts_at', null, 'date_pending', false,
                          'previous_dates', '[]'::jsonb, 'participants', '[]'::jsonb, 'place', null),
       'talks', 'confirmed', day, day, 'day', 'CH', 'city ' || n % 300, array['land ' || n % 100], ' land talks ', day, day,
       array[n % 5000]
from generate_series(1, :rows) n, lateral (select date '2020-02-01' + n % 600 as day) of;
set session_replication_role = default;
select count_anew();
analyze;
