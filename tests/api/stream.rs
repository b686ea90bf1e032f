//! `/v1/stream`

use crate::support::{Api, australia, country, in_place, japan, mention, on};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::event::{Kind, Mention, Role, Status};
use http_body_util::BodyExt;
use serde_json::Value;
use sqlx::PgPool;

/// What a stream tells: the name, id and data of each event, as many as asked for.
async fn told(api: &Api, uri: &str, last_event_id: &str, number: usize) -> Vec<(String, String, Value)> {
    let request = Request::get(uri).header("last-event-id", last_event_id).body(Body::empty()).unwrap();
    let response = api.open(request).await;
    assert_eq!(
        (response.status(), &response.headers()[header::CONTENT_TYPE]),
        (StatusCode::OK, &"text/event-stream".parse().unwrap())
    );
    let (mut body, mut events) = (response.into_body(), Vec::new());
    while events.len() < number {
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        let text = String::from_utf8(frame.to_vec()).unwrap();
        let field =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
        events.push((field("event:"), field("id:"), serde_json::from_str(&field("data:")).unwrap()));
    }
    events
}

#[sqlx::test]
async fn changes_are_told_in_their_order_and_a_client_goes_on_where_it_was(pool: PgPool) {
    let api = Api::new(pool);
    let start = api.get("/v1/events").await.json()["next_updated_since"].as_str().unwrap().to_owned();
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    let vote = mention(Kind::Vote, "2023-04-01", &[country("CI", "Côte d'Ivoire")]);
    api.ingest(&on("2023-03-01", "One."), std::slice::from_ref(&talks)).await;
    let second = api.ingest(&on("2023-03-02", "Two."), &[vote]).await.article.id;

    let first = told(&api, "/v1/stream", &start, 2).await;
    let names: Vec<_> = first.iter().map(|(name, _, data)| (&**name, data["kind"].as_str().unwrap())).collect();
    assert_eq!(names, [("event.created", "talks"), ("event.created", "vote")]);
    // After the first of them, only the second.
    assert_eq!(told(&api, "/v1/stream", &first[0].1, 1).await[0].2, first[1].2);

    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks };
    api.ingest(&on("2023-03-03", "Off."), &[off]).await;
    api.delete(&format!("/v1/articles/{second}")).await;
    let then = told(&api, "/v1/stream", &first[1].1, 2).await;
    assert_eq!((&*then[0].0, &then[0].2["status"]), ("event.updated", &"cancelled".into()));
    assert_eq!((&*then[1].0, &then[1].2["reason"]), ("event.removed", &"withdrawn".into()));

    // The same filters as everywhere.
    let votes = told(&api, "/v1/stream?kind=vote", &start, 1).await;
    assert_eq!(votes[0].0, "event.removed");
    let since = told(&api, &format!("/v1/stream?kind=talks&updated_since={start}"), &start, 1).await;
    assert_eq!(since[0].2["status"], "cancelled");
}

#[sqlx::test]
async fn what_cannot_be_told_is_refused(pool: PgPool) {
    let api = Api::new(pool);
    for (uri, id, field) in [
        ("/v1/stream?as_of=2023-03-01", "", "as_of"),
        ("/v1/stream?colour=red", "", "colour"),
        ("/v1/stream", "seven", "Last-Event-ID"),
    ] {
        let headers = if id.is_empty() { vec![] } else { vec![("last-event-id", id)] };
        let problem = api.get_with(uri, &headers).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field);
    }
    let old = api.get_with("/v1/stream", &[("last-event-id", "7-1000")]).await;
    assert_eq!(old.problem(StatusCode::GONE)["field"], "updated_since");
}
