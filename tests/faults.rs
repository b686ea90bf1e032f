//! The program during faults of its database, and the stored articles compared with those sent.

#[path = "api/support.rs"]
#[allow(dead_code, reason = "made for the tests of the API")]
mod support;

mod program;

use daybook::{event::Kind, store::Store};
use program::{Server, client, daybook};
use serde_json::Value;
use sqlx::{
    ConnectOptions, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{process::Output, time::Duration};
use support::{Api, asean, japan, mention, on};
use tokio::{task::spawn_blocking, time::timeout};

/// Starts the program on the database of a test.
fn on_database(command: &str, database: &PgConnectOptions) -> std::process::Command {
    let mut program = daybook();
    program.arg(command).env("DATABASE_URL", database.to_url_lossy().as_str());
    program
}

#[sqlx::test]
async fn it_ends_though_its_queries_do_not(pools: PgPoolOptions, database: PgConnectOptions) {
    let pool = pools.connect_with(database.clone()).await.unwrap();
    let server = Server::start(&mut on_database("serve", &database));
    server.becomes_ready().await;
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("lock table articles in access exclusive mode").execute(&mut *locked).await.unwrap();
    let requests: Vec<_> =
        (0..20).map(|_| tokio::spawn(client().get(format!("{}/v1/articles", server.address)).send())).collect();
    let streams = client().get(format!("{}/v1/stream", server.address)).send().await;
    // Each waits for the lock.
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&pool).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    let (status, log) = timeout(Duration::from_secs(20), spawn_blocking(|| server.end())).await.unwrap().unwrap();
    assert!(status.success(), "{log}");
    drop((requests, streams));
}

fn verify(database: &PgConnectOptions) -> Output {
    on_database("verify", database).output().unwrap()
}

#[sqlx::test]
async fn verify_reports_what_is_not_what_its_articles_say(pools: PgPoolOptions, database: PgConnectOptions) {
    let pool: PgPool = pools.connect_with(database.clone()).await.unwrap();
    let api = Api::on(Store::new(pool.clone()));
    let talks = |day| mention(Kind::Talks, day, &[japan(), asean()]);
    api.ingest(&on("2023-02-10", "One."), &[talks("2023-03-07")]).await;
    api.ingest(&on("2023-02-11", "Two."), &[talks("2023-03-07")]).await;
    let gone = api.ingest(&on("2023-02-11", "Vote."), &[mention(Kind::Vote, "2023-03-08", &[japan()])]).await;
    api.delete(&format!("/v1/articles/{}", gone.article.id)).await;
    let events = async || api.get("/v1/events?include=evidence").await.json()["items"].clone();
    let before = events().await;
    let all_is_well = verify(&database);
    assert!(all_is_well.status.success() && all_is_well.stdout.is_empty(), "{all_is_well:?}");
    assert_eq!(events().await, before);

    let title = before[0]["title"].as_str().unwrap();
    let retitle = |title: &str| format!("update states set state = jsonb_set(state, '{{title}}', '\"{title}\"')");
    let shown = "exists (select from states s where s.event_id = events.id and s.shown_from is not null and s.shown_to is null)";
    for (damage, field, repair) in [
        (retitle("Other"), "shown", retitle(title)),
        (
            "update events set confidence = 0.1 where gone is null".into(),
            "confidence",
            "update events set confidence = event_confidence(id, null)".into(),
        ),
        (
            "update events set gone = 'withdrawn' where gone is null".into(),
            "gone",
            format!("update events set gone = null where {shown}"),
        ),
        ("update mentions set event_id = null, matched = null".into(), "mentions", "select".into()),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(damage.clone())).execute(&pool).await.unwrap();
        let found = verify(&database);
        assert_eq!(found.status.code(), Some(1), "{damage}: {found:?}");
        let fields: Vec<Value> =
            String::from_utf8(found.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(fields.iter().any(|line| line["differences"].get(field).is_some()), "{damage}: {fields:?}");
        sqlx::query(sqlx::AssertSqlSafe(repair)).execute(&pool).await.unwrap();
    }
}
