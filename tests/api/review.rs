//! `/v1/review` and `/v1/corrections`.

use crate::support::{Api, article, australia, country, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::{
    article::Article,
    event::{Confidence, Kind, Mention, Role, Status},
};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks(on: &str) -> Mention {
    mention(Kind::Talks, on, &[japan(), australia()])
}

async fn items(api: &Api, query: &str) -> Vec<Value> {
    let answer = api.get(&format!("/v1/review{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["items"].as_array().unwrap().clone()
}

#[sqlx::test]
async fn each_reason_has_its_items(pool: PgPool) {
    let api = Api::new(pool);
    // Low confidence.
    let mut doubtful = talks("2023-05-02");
    doubtful.statements[0].confidence = Confidence::new(0.3);
    api.ingest(&on("2023-02-01", "One."), &[doubtful]).await;
    // Disputed fields: another source states another city.
    let in_lugano = in_place(talks("2023-06-02"), "Lugano", "CH");
    let mut in_bern = in_place(talks("2023-06-02"), "Bern", "CH");
    in_bern.place.as_mut().unwrap().latitude = Some(46.1);
    api.ingest(&Article { source: Some("A".into()), ..on("2023-02-02", "Two.") }, &[in_lugano]).await;
    api.ingest(&Article { source: Some("B".into()), ..on("2023-02-03", "Three.") }, &[in_bern]).await;
    // A probable duplicate: a day apart.
    api.ingest(&on("2023-02-04", "Four."), &[talks("2023-07-02")]).await;
    api.ingest(&on("2023-02-05", "Five."), &[talks("2023-07-03")]).await;
    // A change of an unknown event.
    let change = Mention {
        role: Role::Changes,
        status: Status::Cancelled,
        when: None,
        ..mention(Kind::Visit, "2023-08-01", &[country("PE", "Peru")])
    };
    let unlinked = api.ingest(&on("2023-02-06", "Six."), &[change]).await.article.id;
    // A single participant.
    api.ingest(&on("2023-02-07", "Seven."), &[mention(Kind::Call, "2023-09-02", &[country("PE", "Peru")])]).await;

    let by = async |reason: &str| items(&api, &format!("?reason={reason}")).await;
    let days = |items: &[Value]| items.iter().map(|item| item["date"].clone()).collect::<Vec<_>>();
    for (reason, day) in [
        ("low_confidence", "2023-05-02"),
        ("disputed_fields", "2023-06-02"),
        ("probable_duplicate", "2023-07-02"),
        ("unlinked_change", "2023-02-06"),
        ("single_participant", "2023-09-02"),
    ] {
        let found = by(reason).await;
        assert_eq!(days(&found), [day], "{reason}: {found:?}");
        assert!(found[0]["remedy"].as_str().is_some_and(|remedy| remedy.len() > 20), "{found:?}");
    }
    assert_eq!(by("disputed_fields").await[0]["fields"], json!(["place"]));
    assert_eq!(by("probable_duplicate").await[0]["events"].as_array().unwrap().len(), 2);
    assert_eq!(by("unlinked_change").await[0]["article"], json!(unlinked));
    assert_eq!(items(&api, "").await.len(), 5);
    assert_eq!(items(&api, "?reason=low_confidence,single_participant").await.len(), 2);
    assert_eq!(api.get("/v1/review?reason=any").await.problem(StatusCode::BAD_REQUEST)["field"], "reason");
    // Page by page.
    let first = api.get("/v1/review?limit=3").await.json();
    let rest = api.get(&format!("/v1/review?cursor={}", first["next_cursor"].as_str().unwrap())).await.json();
    assert_eq!((first["items"].as_array().unwrap().len(), rest["items"].as_array().unwrap().len()), (3, 2));
}

#[sqlx::test]
async fn an_article_with_dates_and_no_event_is_listed_until_it_is_dismissed(pool: PgPool) {
    let api = Api::new(pool);
    let posted = api
        .post_json("/v1/articles", &json!({"text": "The cellist was born on 3 April.", "published_on": "2023-03-02"}))
        .await
        .json();
    let found = items(&api, "").await;
    assert_eq!(json!([found[0]["reason"], found[0]["article"]]), json!(["no_event", posted["article"]["id"]]));
    let uri = format!("/v1/review/{}/dismiss", found[0]["id"].as_str().unwrap());
    let by = json!({"author": "Desk", "reason": "A birthday"});
    assert_eq!(api.post_json(&uri, &json!({"author": "", "reason": "x"})).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(api.post_json(&uri, &by).await.status, StatusCode::NO_CONTENT);
    assert_eq!(items(&api, "").await.len(), 0);
    assert_eq!(api.post_json(&uri, &by).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_dismissal_lapses_when_its_subject_changes(pool: PgPool) {
    let api = Api::new(pool);
    let single = mention(Kind::Talks, "2023-03-07", &[japan()]);
    let event = api.ingest(&on("2023-02-10", "One."), &[single]).await.events[0].id;
    let queue = || items(&api, "?reason=single_participant");
    let uri = format!("/v1/review/{}/dismiss", queue().await[0]["id"].as_str().unwrap());
    let by = json!({"author": "Desk", "reason": "The other side is not announced"});
    assert_eq!(api.post_json(&uri, &by).await.status, StatusCode::NO_CONTENT);
    assert_eq!(queue().await.len(), 0);
    let body = json!({"author": "Ana", "reason": "Told by telephone", "starts_on": "2023-03-08"});
    let request = axum::http::Request::patch(format!("/v1/events/{event}"))
        .header("content-type", "application/json")
        .body(body.to_string().into());
    assert_eq!(api.send(request.unwrap()).await.status, StatusCode::OK);
    assert_eq!(queue().await.len(), 1, "it is about another day now");
    assert_eq!(api.post_json(&uri, &by).await.status, StatusCode::NO_CONTENT);
    assert_eq!(queue().await.len(), 0);
}

#[sqlx::test]
async fn corrections_are_listed_with_what_they_changed(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks("2023-03-07")]).await.events[0].id;
    let other = api.ingest(&article("Two."), &[mention(Kind::Vote, "2023-04-01", &[japan()])]).await.events[0].id;
    let signed = |author: &str| json!({"author": author, "reason": "Told by telephone"});
    let body = json!({"author": "Ana", "reason": "Told by telephone", "status": "tentative"});
    let request = axum::http::Request::patch(format!("/v1/events/{event}"))
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap();
    assert_eq!(api.send(request).await.status, StatusCode::OK);
    api.post_json(&format!("/v1/events/{other}/reject"), &signed("Ben")).await;
    let list = async |query: &str| {
        api.get(&format!("/v1/corrections{query}")).await.json()["items"].as_array().unwrap().clone()
    };
    let all = list("").await;
    assert_eq!(all.len(), 2);
    let amended = list("?author=ana").await;
    assert_eq!(amended.len(), 1);
    assert_eq!(amended[0]["events"], json!([event]));
    assert_eq!(
        amended[0]["changes"],
        json!([{"field": "status", "from": "confirmed", "to": "tentative", "disputed": false}])
    );
    assert_eq!(list("?action=reject,merge").await[0]["author"], "Ben");
    assert_eq!(list(&format!("?event={event}")).await.len(), 1);
    assert_eq!(list("?since=2023-03-06").await.len(), 0);
    assert_eq!(api.get("/v1/corrections?action=undo").await.problem(StatusCode::BAD_REQUEST)["field"], "action");
}
