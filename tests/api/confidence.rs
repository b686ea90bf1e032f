//! The confidence of events and their evidence, and the filter `min_confidence`.

use crate::support::{Api, asean, australia, japan, mention, now, on};
use axum::http::{Request, StatusCode, header};
use daybook::{
    article::Article,
    event::{Confidence, Kind, Mention, Role, Status},
    extract::Extractor,
};
use serde_json::json;
use sqlx::PgPool;

const AS_SURE: &str = "2023-03-07";

fn of_source(source: &str, published_on: &str, text: &str) -> Article {
    Article { source: Some(source.to_owned()), ..on(published_on, text) }
}

fn as_sure_as(confidence: f64, mut mention: Mention) -> Mention {
    mention.statements[0].confidence = Confidence::new(confidence);
    mention
}

#[sqlx::test]
async fn sources_add_to_it_and_articles_of_one_source_do_not(pool: PgPool) {
    let api = Api::new(pool);
    let told = |confidence| as_sure_as(confidence, mention(Kind::Talks, AS_SURE, &[japan(), australia()]));
    let event = api.ingest(&of_source("Gazette", "2023-02-10", "One."), &[told(0.6)]).await.events[0].clone();
    assert_eq!(event.confidence, Confidence::new(0.6).unwrap());
    api.ingest(&of_source("gazette", "2023-02-11", "Two."), &[told(0.7)]).await;
    api.ingest(&of_source("Herald", "2023-02-12", "Three."), &[told(0.5)]).await;
    // The highest of the Gazette and the Herald: 1 - 0.3 * 0.5.
    let path = format!("/v1/events/{}", event.id);
    let all = api.get(&path).await.json();
    assert_eq!((&all["confidence"], &all["article_count"]), (&json!(0.85), &json!(3)));
    assert_eq!(all["evidence"][0]["confidence"], json!(0.6));
    // As known before the Herald's article.
    assert_eq!(api.get(&format!("{path}?as_of=2023-02-11")).await.json()["confidence"], json!(0.7));
    // Articles alone never make it certain.
    for (number, source) in ["Mail", "Post", "Star", "Sun"].into_iter().enumerate() {
        api.ingest(&of_source(source, "2023-02-13", &format!("Four, {number}.")), &[told(0.9)]).await;
    }
    assert_eq!(api.get(&path).await.json()["confidence"], json!(0.99));
}

#[sqlx::test]
async fn lists_counts_and_documents_can_leave_out_what_is_less_sure(pool: PgPool) {
    let api = Api::new(pool);
    let told = |confidence, parties: &[_]| as_sure_as(confidence, mention(Kind::Talks, AS_SURE, parties));
    let text = "Both.";
    api.ingest(&on("2023-02-10", text), &[told(0.9, &[japan(), australia()]), told(0.4, &[asean()])]).await;
    assert_eq!(api.titles("").await.len(), 2);
    assert_eq!(api.titles("min_confidence=0.5").await, ["Japan–Australia talks"]);
    assert_eq!(api.titles("min_confidence=0.9").await.len(), 1);
    assert_eq!(api.titles("min_confidence=0.91").await.len(), 0);
    assert_eq!(api.get("/v1/facets?min_confidence=0.5").await.json()["total"], json!(1));
    let sheet = String::from_utf8(api.get("/v1/timeline.csv?min_confidence=0.5").await.body).unwrap();
    assert_eq!(sheet.lines().count(), 2);
    assert!(sheet.lines().next().unwrap().contains(",article_count,confidence,"));
    for wrong in ["1.5", "-0.1", "high", "nan", "inf"] {
        let problem = api.get(&format!("/v1/events?min_confidence={wrong}")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "min_confidence", "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("from 0 to 1"), "{problem}");
    }
}

#[sqlx::test]
async fn a_person_vouches_for_what_they_put_right(pool: PgPool) {
    let api = Api::new(pool);
    let told = as_sure_as(0.6, mention(Kind::Talks, AS_SURE, &[japan(), australia()]));
    let id = api.ingest(&on("2023-02-10", "One."), &[told]).await.events[0].id;
    let path = format!("/v1/events/{id}");
    let amendment = json!({"author": "Desk", "reason": "Told by telephone", "kind": "summit"});
    let patch = Request::patch(&path).header(header::CONTENT_TYPE, "application/json");
    let amended = api.send(patch.body(amendment.to_string().into()).unwrap()).await;
    assert_eq!(amended.status, StatusCode::OK, "{}", String::from_utf8_lossy(&amended.body));
    assert_eq!(api.get(&path).await.json()["confidence"], json!(1.0));
    // No one had corrected it on that date.
    assert_eq!(api.get(&format!("{path}?as_of=2023-02-28")).await.json()["confidence"], json!(0.6));
}

#[sqlx::test]
async fn what_is_only_changed_was_not_announced(pool: PgPool) {
    let api = Api::new(pool);
    let mut moved = mention(Kind::Talks, AS_SURE, &[japan(), australia()]);
    (moved.role, moved.status, moved.statements[0].confidence) = (Role::Changes, Status::Postponed, None);
    let event = api.ingest(&on("2023-02-10", "Moved."), &[moved]).await.events[0].clone();
    assert_eq!(event.confidence, Confidence::new(0.0).unwrap());
}

#[sqlx::test]
async fn what_is_read_comes_with_its_confidence(pool: PgPool) {
    let api = Api::new(pool);
    let article = on("2023-03-01", "Japan and Australia will hold talks in Lugano on 7 March.");
    let event = api.store.ingest(&article, &Extractor::new().extract(&article), now()).await.unwrap().events[0].clone();
    assert!(event.confidence > Confidence::new(0.5).unwrap(), "{event:?}");
    let tried = json!({"text": article.text, "published_on": "2023-03-01"});
    let tried = api.post_json("/v1/extract", &tried).await.json();
    assert_eq!(tried["events"][0]["confidence"], json!(event.confidence));
    assert_eq!(tried["events"][0]["evidence"][0]["confidence"], json!(event.confidence));
}
