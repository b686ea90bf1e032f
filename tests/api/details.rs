//! The name, the topic and other details of events: folded from articles, corrected by editors, and found by `q`.

use crate::support::{Api, australia, day, japan, mention, on};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::event::{Confidence, Details, Format, Kind, Level, Mention, PreviousDate, Role, Status};
use jiff::civil::time;
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks(confidence: f64, details: Details) -> Mention {
    let mut talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    talks.statements[0].confidence = Confidence::new(confidence);
    Mention { details, ..talks }
}

fn named(name: &str, topic: &str) -> Details {
    Details { name: Some(name.to_owned()), topic: Some(topic.to_owned()), ..Details::default() }
}

async fn patched(api: &Api, uri: &str, fields: Value) -> Value {
    let mut body = json!({"author": "Desk", "reason": "Told by telephone"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let request = Request::patch(uri).header(header::CONTENT_TYPE, "application/json");
    let done = api.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", String::from_utf8_lossy(&done.body));
    done.json()["events"][0].clone()
}

#[sqlx::test]
async fn the_surest_article_names_an_event(pool: PgPool) {
    let api = Api::new(pool);
    let first = talks(0.8, named("Pacific Fisheries Forum", "Tuna"));
    let id = api.ingest(&on("2023-02-10", "One."), &[first]).await.events[0].id;
    api.ingest(&on("2023-02-11", "Two."), &[talks(0.6, named("Fish forum", "Fish"))]).await;
    let more = Details {
        topic: Some("tuna quotas".to_owned()),
        local_time: Some(time(9, 30, 0, 0)),
        format: Some(Format::InPerson),
        level: Some(Level::Ministers),
        ..Details::default()
    };
    api.ingest(&on("2023-02-12", "Three."), &[talks(0.9, more)]).await;
    let event = api.get(&format!("/v1/events/{id}")).await.json();
    let fields = ["title", "name", "topic", "local_time", "format", "level"].map(|field| &event[field]);
    let expected =
        ["Pacific Fisheries Forum", "Pacific Fisheries Forum", "tuna quotas", "09:30:00", "in_person", "ministers"];
    assert_eq!(json!(fields), json!(expected));
    let history = api.get(&format!("/v1/events/{id}/history")).await.json();
    let changes: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|item| &item["changes"]).collect();
    let topic = json!({"field": "topic", "from": "Tuna", "to": "tuna quotas", "disputed": false});
    assert!(changes.last().unwrap().as_array().unwrap().contains(&topic), "{changes:?}");
    let found = api.get("/v1/events?q=tuna+quotas+fisheries").await.json();
    assert_eq!(found["items"][0]["id"], json!(id));
    let page = String::from_utf8(api.get(&format!("/events/{id}")).await.body).unwrap();
    assert!(page.contains("tuna quotas") && page.contains("in person, ministers"), "{page}");
}

#[sqlx::test]
async fn a_correction_of_details_outranks_later_articles(pool: PgPool) {
    let api = Api::new(pool);
    let first = talks(0.8, named("Pacific Fisheries Forum", "Tuna"));
    let id = api.ingest(&on("2023-02-10", "One."), &[first]).await.events[0].id;
    let uri = format!("/v1/events/{id}");
    let fields = json!({
        "name": null, "topic": "Quotas", "local_time": "14:00:00", "format": "hybrid", "level": "envoys",
    });
    let event = patched(&api, &uri, fields.clone()).await;
    for (field, value) in fields.as_object().unwrap() {
        assert_eq!(&event[field], value, "{field}");
    }
    assert_eq!(event["title"], "Japan–Australia talks", "without a name, the title is made of the other fields");
    api.ingest(&on("2023-02-12", "Two."), &[talks(0.9, named("Tuna Forum", "Fish"))]).await;
    let later = api.get(&uri).await.json();
    assert_eq!(json!([later["name"], later["topic"]]), json!([null, "Quotas"]));
}

#[sqlx::test]
async fn a_moved_event_loses_the_clock_time_of_its_former_date(pool: PgPool) {
    let api = Api::new(pool);
    let at_nine = Details { local_time: Some(time(9, 0, 0, 0)), ..Details::default() };
    let id = api.ingest(&on("2023-02-10", "One."), &[talks(0.8, at_nine)]).await.events[0].id;
    let uri = format!("/v1/events/{id}");
    assert_eq!(api.get(&uri).await.json()["local_time"], "09:00:00");
    let (old, new) = (day("2023-03-07"), mention(Kind::Talks, "2023-03-20", &[japan(), australia()]));
    let previous = PreviousDate { starts_on: old, ends_on: old, edtf: old.to_string() };
    let (role, status, previous_dates) = (Role::Changes, Status::Postponed, vec![previous]);
    api.ingest(&on("2023-02-20", "Two."), &[Mention { role, status, previous_dates, ..new }]).await;
    let moved = api.get(&uri).await.json();
    assert_eq!(json!([moved["starts_on"], moved["local_time"]]), json!(["2023-03-20", null]));
}
