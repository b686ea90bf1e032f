//! `POST /v1/events/{id}/reject` and `/evidence/reject`.

use crate::support::{Answer, Api, asean, at, australia, country, in_place, japan, mention, now, on};
use axum::http::StatusCode;
use daybook::{
    article::Article,
    event::{Kind, Mention, Role, Status},
    store::Verified,
};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH")
}

async fn reject(api: &Api, uri: &str, fields: &Value) -> Answer {
    let mut body = json!({"author": "Desk", "reason": "A film of that name"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    api.post_json(uri, &body).await
}

fn correction(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    format!("/v1/corrections/{}", answer.json()["correction"].as_str().unwrap())
}

#[sqlx::test]
async fn a_rejected_event_is_not_shown_until_the_rejection_is_withdrawn(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let before = api.get("/v1/events").await.json()["next_updated_since"].as_str().unwrap().to_owned();
    let uri = format!("/v1/events/{event}");
    let rejected = reject(&api, &format!("{uri}/reject"), &json!({})).await;
    assert_eq!(rejected.json()["events"], json!([]));
    let correction = correction(&rejected);

    let gone = api.get(&uri).await.problem(StatusCode::GONE);
    assert!(gone["detail"].as_str().unwrap().contains("rejected"), "{gone}");
    assert_eq!(api.titles("").await.len(), 0);
    assert_eq!(api.titles("as_of=2023-03-04").await.len(), 1, "that was not known the day before");
    let changes = api.changes(&format!("updated_since={before}"), 1).await;
    assert_eq!(changes["items"], json!([{"id": event, "removed": true, "reason": "rejected", "merged_into": null}]));
    assert_eq!(reject(&api, &format!("{uri}/reject"), &json!({})).await.status, StatusCode::GONE);

    assert_eq!(api.delete(&correction).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&uri).await.json()["title"], "Japan–Australia talks in Lugano");
}

#[sqlx::test]
async fn articles_do_not_bring_a_rejected_event_back(pool: PgPool) {
    let api = Api::new(pool);
    let first = at("https://news.example/a", "Old.");
    let event = api.ingest(&first, &[talks()]).await.events[0].id;
    let correction = correction(&reject(&api, &format!("/v1/events/{event}/reject"), &json!({})).await);
    // With earlier and later articles, and another version of the same article.
    api.ingest(&on("2023-03-01", "Two."), &[talks()]).await;
    api.ingest(&on("2023-03-06", "Three."), &[talks()]).await;
    let new = Article { text: "New.".into(), ..first };
    api.ingest(&new, &[Mention { place: None, ..talks() }]).await;
    assert_eq!(api.titles("").await.len(), 0);
    // Another event is unaffected.
    api.ingest(&on("2023-03-06", "Four."), &[mention(Kind::Talks, "2023-03-07", &[japan(), country("PE", "Peru")])])
        .await;
    assert_eq!(api.titles("").await, ["Japan–Peru talks"]);

    api.delete(&correction).await;
    assert_eq!(api.titles("").await.len(), 2);
    assert_eq!(api.get(&format!("/v1/events/{event}")).await.json()["article_count"], 3);
}

#[sqlx::test]
async fn an_event_is_built_without_rejected_evidence(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let wrong =
        Mention { place: None, ..mention(Kind::Summit, "2023-03-07", &[japan(), australia(), country("PE", "Peru")]) };
    let second = api.ingest(&on("2023-02-11", "Two."), std::slice::from_ref(&wrong)).await;
    let uri = format!("/v1/events/{event}");
    assert_eq!(api.get(&uri).await.json()["article_count"], 2);

    let rejected = reject(&api, &format!("{uri}/evidence/reject"), &json!({"article": second.article.id})).await;
    let correction = correction(&rejected);
    let shown = |event: &Value| json!([event["title"], event["article_count"], event["confidence"]]);
    let expected = json!(["Japan–Australia talks in Lugano", 1, 0.8]);
    assert_eq!(shown(&rejected.json()["events"][0]), expected);
    // The rejection survives re-evaluation of the event, and the article supports no other event.
    api.ingest(&on("2023-02-09", "Zero."), &[mention(Kind::Vote, "2023-04-01", &[japan()])]).await;
    api.ingest(&on("2023-03-01", "Three."), &[talks()]).await;
    let now = api.get(&uri).await.json();
    assert_eq!(json!([now["title"], now["article_count"]]), json!(["Japan–Australia talks in Lugano", 2]));
    assert_eq!(api.titles(&format!("article={}", second.article.id)).await.len(), 0);
    assert_eq!(api.titles("kind=summit").await.len(), 0);
    let again = reject(&api, &format!("{uri}/evidence/reject"), &json!({"article": second.article.id})).await;
    assert_eq!(again.problem(StatusCode::BAD_REQUEST)["field"], "article");

    api.delete(&correction).await;
    let restored = api.get(&uri).await.json();
    assert_eq!(restored["article_count"], 3);
    assert_eq!(restored["participants"].as_array().unwrap().len(), 3, "{restored}");
}

#[sqlx::test]
async fn without_any_evidence_an_event_is_rejected(pool: PgPool) {
    let api = Api::new(pool);
    let one = api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    let uri = format!("/v1/events/{}", one.events[0].id);
    let rejected = reject(&api, &format!("{uri}/evidence/reject"), &json!({"article": one.article.id})).await;
    let correction = correction(&rejected);
    api.get(&uri).await.problem(StatusCode::GONE);
    api.delete(&correction).await;
    assert_eq!(api.get(&uri).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn evidence_that_is_published_after_its_rejection_stays_rejected(pool: PgPool) {
    let api = Api::new(pool);
    // An article with a future publication date.
    let one = api.ingest(&on("2023-03-06", "One."), &[talks()]).await;
    let uri = format!("/v1/events/{}", one.events[0].id);
    let rejected = reject(&api, &format!("{uri}/evidence/reject"), &json!({"article": one.article.id})).await;
    let correction = correction(&rejected);
    // An article about the same event causes its re-evaluation.
    let other = api.ingest(&on("2023-03-05", "Two."), &[mention(Kind::Vote, "2023-03-07", &[japan()])]).await;
    let cancelled = Mention { role: Role::Changes, status: Status::Cancelled, when: None, ..talks() };
    api.ingest(&on("2023-03-07", "Three."), &[cancelled]).await;
    api.delete(&format!("/v1/articles/{}", other.article.id)).await;
    assert_eq!(api.titles("").await.len(), 0);
    let verified = api.store.verify(Verified::default(), 100, now()).await.unwrap();
    assert_eq!(verified.map(|(.., differences)| differences), Some(vec![]));

    api.delete(&correction).await;
    assert_eq!(api.titles("").await, ["Japan–Australia talks in Lugano"]);
}

#[sqlx::test]
async fn a_rejection_links_no_earlier_article_otherwise(pool: PgPool) {
    let api = Api::new(pool);
    let with_japan = mention(Kind::Talks, "2023-03-20", &[japan(), asean()]);
    let with_australia = mention(Kind::Talks, "2023-03-08", &[australia(), asean()]);
    let event = api.ingest(&on("2023-02-10", "One."), &[with_australia]).await.events[0].id;
    api.ingest(&on("2023-02-11", "Two."), &[with_japan]).await;
    // Either talks could be meant, so neither is.
    let postponed = Mention {
        role: Role::Changes,
        status: Status::Postponed,
        when: None,
        ..mention(Kind::Talks, "2023-03-08", &[asean()])
    };
    api.ingest(&on("2023-02-12", "Three."), &[postponed]).await;
    let statuses = async || {
        let items = api.get("/v1/events?as_of=2023-03-04").await.json()["items"].clone();
        items.as_array().unwrap().iter().map(|item| item["status"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(statuses().await, ["confirmed", "confirmed"]);
    correction(&reject(&api, &format!("/v1/events/{event}/reject"), &json!({})).await);
    assert_eq!(statuses().await, ["confirmed", "confirmed"], "what was known before the rejection stays as it was");
    assert!(api.store.verify(Verified::default(), 100, now()).await.unwrap().unwrap().2.is_empty());
}

#[sqlx::test]
async fn rejected_evidence_may_lose_the_event_that_it_referred_to(pool: PgPool) {
    let api = Api::new(pool);
    let first = api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    let postponed = Mention { role: Role::Changes, status: Status::Postponed, when: None, ..talks() };
    let second = api.ingest(&on("2023-02-11", "Two."), &[postponed]).await.article.id;
    api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
    let uri = format!("/v1/events/{}/evidence/reject", first.events[0].id);
    correction(&reject(&api, &uri, &json!({"article": second})).await);
    // Now the first article that announces the event is later than the rejected one.
    let deleted = api.delete(&format!("/v1/articles/{}", first.article.id)).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&deleted.body));
    let list = api.get("/v1/events").await.json();
    assert_eq!((&list["items"][0]["status"], &list["items"][0]["article_count"]), (&json!("confirmed"), &json!(1)));
    assert!(api.store.verify(Verified::default(), 100, now()).await.unwrap().unwrap().2.is_empty());
}

#[sqlx::test]
async fn an_article_may_mention_an_event_beside_rejected_evidence(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let uri = format!("/v1/events/{event}");
    // An article with a future publication date.
    let future = Article { published_on: jiff::civil::date(2023, 3, 6), ..at("https://news.example/a", "Old.") };
    let article = api.ingest(&future, &[talks()]).await.article.id;
    let rejected = reject(&api, &format!("{uri}/evidence/reject"), &json!({"article": article})).await;
    let correction = correction(&rejected);
    // Its next version mentions the event another time, before the rejected evidence.
    let new = Article { text: "New.".into(), ..future };
    let postponed =
        Mention { role: Role::Changes, status: Status::Postponed, when: None, participants: vec![japan()], ..talks() };
    api.ingest(&new, &[postponed, talks()]).await;
    let shown = api.get(&uri).await.json();
    assert_eq!((&shown["status"], &shown["article_count"]), (&json!("postponed"), &json!(2)));
    assert!(api.store.verify(Verified::default(), 100, now()).await.unwrap().unwrap().2.is_empty());

    api.delete(&correction).await;
    assert_eq!(api.get(&uri).await.json()["article_count"], 2);
}
