//! The ids that events keep as articles are added and deleted.

use crate::support::{Api, asean, at, australia, in_place, japan, mention, on};
use axum::http::{StatusCode, header};
use daybook::{
    article::Article,
    event::{Kind, Mention, PreviousDate, Role},
};
use serde_json::json;
use sqlx::PgPool;

fn talks(parties: &[daybook::event::Participant]) -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", parties), "Lugano", "CH")
}

#[sqlx::test]
async fn of_two_that_turn_out_to_be_one_the_id_made_first_stays(pool: PgPool) {
    let api = Api::new(pool);
    // The event of the later article is created first.
    let elder = api.ingest(&on("2023-02-12", "Two."), &[talks(&[australia()])]).await.events[0].id;
    let younger = api.ingest(&on("2023-02-10", "One."), &[talks(&[japan()])]).await.events[0].id;
    let both = api.ingest(&on("2023-02-14", "Three."), &[talks(&[japan(), australia()])]).await;
    assert_eq!(both.events.iter().map(|event| event.id).collect::<Vec<_>>(), [elder]);
    assert_eq!(both.events[0].article_count, 3);
    assert_eq!(api.titles("").await, ["Japan–Australia talks in Lugano"]);

    for what in ["", "/history"] {
        let moved = api.get(&format!("/v1/events/{younger}{what}")).await;
        assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(moved.header(header::LOCATION), format!("/v1/events/{elder}{what}"));
    }
    // As of the date before, there are two events.
    assert_eq!(api.titles("as_of=2023-02-13").await.len(), 2);
    assert_eq!(api.titles("as_of=2023-02-14").await.len(), 1);

    // Without the article that shows them to be one, there are two again, each with its own id.
    api.delete(&format!("/v1/articles/{}", both.article.id)).await;
    assert_eq!(api.titles("").await.len(), 2);
    let parties = |answer: serde_json::Value| answer["participants"][0]["code"].clone();
    let codes = [
        parties(api.get(&format!("/v1/events/{elder}")).await.json()),
        parties(api.get(&format!("/v1/events/{younger}")).await.json()),
    ];
    assert_eq!(codes, [json!("AU"), json!("JP")]);
}

#[sqlx::test]
async fn when_one_splits_the_id_stays_with_the_older_mention(pool: PgPool) {
    let api = Api::new(pool);
    let coarse = {
        let mut mention = mention(Kind::Talks, "2023-03-01", &[japan(), asean()]);
        let when = mention.when.as_mut().unwrap();
        (when.ends_on, when.precision, when.edtf) =
            (crate::support::day("2023-03-31"), daybook::event::Precision::Month, "2023-03".into());
        mention
    };
    let day = |day: &str| mention(Kind::Talks, day, &[japan(), asean()]);
    // "In March" and "on the 20th" are one event, until an earlier article states another exact
    // date.
    let first = api.ingest(&on("2023-02-10", "One."), &[coarse]).await.events[0].id;
    let third = api.ingest(&on("2023-02-20", "Three."), &[day("2023-03-20")]).await.events[0].id;
    assert_eq!(first, third);
    let second = api.ingest(&on("2023-02-15", "Two."), &[day("2023-03-07")]).await.events[0].id;
    assert_eq!(second, first);
    let events = api.get("/v1/events").await.json();
    let days: Vec<_> =
        events["items"].as_array().unwrap().iter().map(|event| event["edtf"].as_str().unwrap()).collect();
    assert_eq!(days, ["2023-03-07", "2023-03-20"]);
    assert_eq!(events["items"][0]["id"], json!(first));
    assert_ne!(events["items"][1]["id"], json!(first));
}

#[sqlx::test]
async fn an_event_keeps_id_and_revision_while_only_its_evidence_grows(pool: PgPool) {
    let api = Api::new(pool);
    let first = api.ingest(&on("2023-02-10", "One."), &[talks(&[japan(), asean()])]).await;
    let again = api.ingest(&on("2023-02-11", "Two."), &[talks(&[japan(), asean()])]).await;
    let (before, after) = (&first.events[0], &again.events[0]);
    assert_eq!((after.id, after.revision, after.updated_at), (before.id, before.revision, before.updated_at));
    assert_eq!(after.article_count, 2);
    // The evidence that created it is deleted; the remaining evidence states the same.
    api.delete(&format!("/v1/articles/{}", first.article.id)).await;
    let left = api.get(&format!("/v1/events/{}", before.id)).await.json();
    assert_eq!((&left["revision"], &left["article_count"]), (&json!(1), &json!(1)));
}

#[sqlx::test]
async fn a_new_version_of_its_only_article_keeps_the_event(pool: PgPool) {
    let api = Api::new(pool);
    let version = |text: &str, day: &str| Article {
        published_on: crate::support::day(day),
        ..at("https://news.example/a", text)
    };
    let old = api.ingest(&version("Old.", "2023-02-10"), &[talks(&[japan()])]).await;
    let new = api.ingest(&version("New.", "2023-02-12"), &[talks(&[japan(), asean()])]).await;
    assert_eq!(new.events[0].id, old.events[0].id);
    assert_eq!(new.events[0].revision, 2);
    let history = api.get(&format!("/v1/events/{}/history", new.events[0].id)).await.json();
    let items = history["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "the articles as they are now never said otherwise");
    assert_eq!(items[0]["known_from"], "2023-02-12");
}

#[sqlx::test]
async fn an_id_that_was_merged_leads_to_its_successor_for_as_long_as_that_lives(pool: PgPool) {
    let api = Api::new(pool);
    let talks = |day: &str| in_place(mention(Kind::Talks, day, &[japan(), australia()]), "Lugano", "CH");
    let first = api.ingest(&on("2023-02-10", "One."), &[talks("2023-03-07")]).await;
    let second = api.ingest(&on("2023-02-14", "Two."), &[talks("2023-03-09")]).await;
    let (one, two) = (first.events[0].id, second.events[0].id);
    assert_ne!(one, two);
    let previous = PreviousDate {
        starts_on: crate::support::day("2023-03-07"),
        ends_on: crate::support::day("2023-03-07"),
        edtf: "2023-03-07".to_owned(),
    };
    // An article published between the two shows that the second referred to the same talks.
    let moved = Mention { role: Role::Changes, previous_dates: vec![previous], ..talks("2023-03-09") };
    let moved = api.ingest(&on("2023-02-12", "Moved."), &[moved]).await;
    let successor = |answer: crate::support::Answer| {
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(answer.header(header::LOCATION), format!("/v1/events/{one}"));
    };
    successor(api.get(&format!("/v1/events/{two}")).await);
    let third = api.ingest(&on("2023-02-16", "Three."), &[talks("2023-03-09")]).await;
    assert_eq!(third.events[0].id, one);
    successor(api.get(&format!("/v1/events/{two}")).await);
    for article in [&first, &second, &moved, &third] {
        api.delete(&format!("/v1/articles/{}", article.article.id)).await;
    }
    assert_eq!(api.get(&format!("/v1/events/{two}")).await.status, StatusCode::GONE);
}
