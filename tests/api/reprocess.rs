//! `daybook reprocess` re-extracts stored articles.

use crate::support::{Api, article, australia, japan, mention, now, on};
use daybook::{
    event::Kind,
    extract::{Extraction, Extractor},
};
use serde_json::json;
use sqlx::{ConnectOptions, PgPool};
use std::process::Command;

const TEXT: &str = "Japan and Australia will hold talks in Lugano on 7 March.";

/// Marks everything as read by older rules.
async fn age(pool: &PgPool) {
    sqlx::raw_sql("update articles set rules_version = '1'").execute(pool).await.unwrap();
}

fn reprocess(pool: &PgPool, arguments: &[&str]) -> String {
    let url = pool.connect_options().to_url_lossy().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    let output = command.args(["reprocess", "--database-url", &url]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[sqlx::test]
async fn what_older_rules_misread_is_put_right_and_the_rest_keeps_id_and_revision(pool: PgPool) {
    let api = Api::new(pool.clone());
    // One extracted correctly, one with a wrong date, and one without events.
    let right = Extractor::new().extract(&article(TEXT));
    let kept = api.store.ingest(&article(TEXT), &right, now()).await.unwrap();
    let misread = on("2023-03-01", "Japan will hold talks with Chile in Lima on 20 March.");
    let wrong = api.ingest(&misread, &[mention(Kind::Talks, "2023-03-21", &[japan(), australia()])]).await;
    api.ingest(&on("2023-02-01", "Nothing is planned."), &[mention(Kind::Vote, "2023-03-09", &[japan()])]).await;
    age(&pool).await;

    let run = tokio::task::spawn_blocking({
        let pool = pool.clone();
        move || reprocess(&pool, &["--since", "2023-03-01"])
    });
    assert_eq!(run.await.unwrap(), "re-extracted: 2; changed: 1\n");
    let titles = api.titles("").await;
    assert_eq!(titles, ["Japan–Australia talks in Lugano", "Japan vote", "Japan–Chile talks in Lima"]);
    let same = api.get(&format!("/v1/events/{}", kept.events[0].id)).await.json();
    assert_eq!(json!([same["revision"], same["updated_at"]]), json!([1, "2023-03-05T12:00:00Z"]));
    let gone = api.get(&format!("/v1/events/{}", wrong.events[0].id)).await;
    assert_ne!(gone.status, 404);

    // It resumes with the remaining articles, and then has nothing to do.
    let run = tokio::task::spawn_blocking({
        let pool = pool.clone();
        move || (reprocess(&pool, &[]), reprocess(&pool, &[]))
    });
    let (rest, nothing) = run.await.unwrap();
    assert_eq!(rest, "re-extracted: 1; changed: 1\n");
    assert_eq!(nothing, "re-extracted: 0; changed: 0\n");
    assert_eq!(api.titles("").await, ["Japan–Australia talks in Lugano", "Japan–Chile talks in Lima"]);
}

#[sqlx::test]
async fn an_article_that_was_replaced_meanwhile_is_left_alone(pool: PgPool) {
    let api = Api::new(pool.clone());
    let first = crate::support::at("https://news.example/a", "Old.");
    let old = api.ingest(&first, &[mention(Kind::Talks, "2023-03-07", &[japan()])]).await;
    let new = daybook::article::Article { text: "New.".into(), ..first };
    let later = "2023-03-05T12:00:01Z".parse().unwrap();
    let said = Extraction {
        language: Some("en".into()),
        mentions: vec![mention(Kind::Vote, "2023-03-08", &[japan()])],
        dates: vec![],
        unused_dates: vec![],
        warnings: vec![],
    };
    api.store.ingest(&new, &said, later).await.unwrap();
    let nothing = Extraction { mentions: vec![], ..said };
    assert!(!api.store.reextract(&old.article, &nothing, later).await.unwrap());
    assert_eq!(api.titles("").await, ["Japan vote"]);
}
