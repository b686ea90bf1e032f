//! No list reads all events: each filter has an index, which PostgreSQL uses once there are many events.

use crate::support::Api;
use axum::http::StatusCode;
use daybook::store::Store;
use sqlx::{PgPool, postgres::PgPoolOptions};

/// Thirty thousand events in two years, with participants and places of different frequency: from
/// every hundredth event to every second.
const FILL: &str = "
    set session_replication_role = replica;
    insert into events (id, revision, created_at, updated_at, touched_at, changed_in, confidence, articles, sources,
                        words)
    select md5(n::text)::uuid, 1, at, at, at, pg_current_xact_id(), (n % 100) / 100.0, 1, array['wire ' || n % 40],
           array['talks', 'word' || n % 1000]
    from generate_series(1, 30000) n, lateral (select timestamptz '2023-01-01' + n * interval '1 minute' as at) t;
    insert into states (event_id, number, by_mention, since, known_from, recorded_at, shown_from, changes, state, kind,
                        status, starts_on, ends_on, precision, place_country, place_key, party_keys, search, reach_first,
                        reach_last, reach_keys)
    select md5(n::text)::uuid, 1, n, '{}', date '2022-01-01' + n / 100, now(), now(), '[]',
           jsonb_build_object('title', 'Talks', 'kind', kind, 'status', status, 'starts_on', first, 'ends_on', last,
                              'precision', 'day', 'edtf', first::text, 'starts_at', null, 'date_pending', false,
                              'previous_dates', '[]'::jsonb, 'participants', '[]'::jsonb, 'place', null),
           kind, status, first, last, 'day', chr(65 + n % 26) || chr(65 + n / 26 % 26), 'city ' || n % 300,
           array['land ' || n % 2, 'land ' || n % 100], ' land talks ', first, last, '{}'
    from generate_series(1, 30000) n,
         lateral (select date '2022-06-01' + n * 7919 % 730 as first) f,
         lateral (select first + case when n % 10 = 0 then 20 else 0 end as last) l,
         lateral (select case n % 50 when 0 then 'vote' else 'talks' end as kind) k,
         lateral (select case n % 60 when 0 then 'cancelled' else 'confirmed' end as status) s;
    set session_replication_role = default;
    select count_anew();
    analyze;";

#[sqlx::test]
async fn no_list_reads_all_events(pool: PgPool) {
    // On a single connection, whose statistics show the scans.
    let options = (*pool.connect_options()).clone().options([("plan_cache_mode", "force_custom_plan")]);
    let one = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    sqlx::raw_sql(FILL).execute(&one).await.unwrap();
    let api = Api::on(Store::new(one.clone()));
    let scans = async || -> i64 {
        sqlx::raw_sql("select pg_stat_force_next_flush()").execute(&one).await.unwrap();
        let scans = "select sum(seq_scan)::bigint from pg_stat_user_tables where relname in ('events', 'states')";
        let scans = sqlx::query_scalar(scans);
        scans.fetch_one(&one).await.unwrap()
    };
    let filters = [
        "",
        "from=2023-03-01",
        "from=2023-03-01&to=2023-03-31",
        "to=2022-12-31",
        "participant=land+7",
        "participant=land+1&participant=land+33",
        "participant=land+1&from=2023-03-01",
        "country=AB",
        "place=City+17",
        "kind=vote",
        "kind=vote,talks",
        "status=cancelled",
        "status=cancelled&from=2023-03-01",
        "min_confidence=0.99",
        "as_of=2022-06-01&from=2023-01-01",
        "as_of=2022-06-01&kind=vote",
        "q=talks",
        "q=word7",
        "q=word7+talks&from=2023-03-01",
        "source=wire+7",
        "source=wire+7&from=2023-03-01",
        "article=01941f29-7c00-7a11-8a3e-2f0c6c1b9d10",
    ];
    for filter in filters {
        for sort in ["starts_on", "-starts_on"] {
            let before = scans().await;
            let answer = api.get(&format!("/v1/events?limit=20&sort={sort}&{filter}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{filter}");
            assert_eq!(scans().await, before, "{filter} in the order of {sort}");
        }
    }
    for uri in [
        "/v1/events?limit=20&sort=-updated_at",
        "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10",
        "/v1/participants?q=land",
        "/v1/places?q=city",
    ] {
        let before = scans().await;
        api.get(uri).await;
        assert_eq!(scans().await, before, "{uri}");
    }
}
