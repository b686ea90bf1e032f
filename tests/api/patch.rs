//! `PATCH /v1/events/{id}`: absent fields are unchanged, `null` removes, names are resolved, and
//! `If-Match` is obeyed.

use crate::support::{Answer, Api, australia, in_place, japan, mention, on};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::event::{Kind, Mention};
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH")
}

async fn event(api: &Api) -> (Uuid, String) {
    let id = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    (id, format!("/v1/events/{id}"))
}

fn signed(fields: &Value) -> Value {
    let mut body = json!({"author": "Desk", "reason": "Told by telephone"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

async fn send(api: &Api, method: &str, uri: &str, fields: &Value, if_match: Option<&str>) -> Answer {
    let request = Request::builder().method(method).uri(uri).header(header::CONTENT_TYPE, "application/json");
    let request = if_match.into_iter().fold(request, |request, tag| request.header(header::IF_MATCH, tag));
    api.send(request.body(Body::from(signed(fields).to_string())).unwrap()).await
}

/// Corrects an event and returns it.
async fn patched(api: &Api, uri: &str, fields: &Value) -> Value {
    let done = send(api, "PATCH", uri, fields, None).await;
    assert_eq!(done.status, StatusCode::OK, "{fields}: {}", String::from_utf8_lossy(&done.body));
    done.json()["events"][0].clone()
}

#[sqlx::test]
async fn null_removes_a_value_and_an_absent_field_stays(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let named = patched(&api, &uri, &json!({"title": "The lake talks", "notes": "Ask again on Monday"})).await;
    assert_eq!(json!([named["title"], named["notes"]]), json!(["The lake talks", "Ask again on Monday"]));
    let without = patched(&api, &uri, &json!({"title": null, "place": null, "notes": null})).await;
    assert_eq!(
        json!([without["title"], without["place"], without["notes"], without["starts_on"]]),
        json!(["Japan–Australia talks", null, null, "2023-03-07"])
    );
    for field in ["kind", "status", "starts_on", "participants"] {
        let refused = send(&api, "PATCH", &uri, &json!({field: null}), None).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(refused["field"], field);
    }
    // Later articles do not restore what was removed.
    api.ingest(&on("2023-03-06", "Two."), &[talks()]).await;
    assert_eq!(api.get(&uri).await.json()["place"], json!(null));
}

#[sqlx::test]
async fn names_of_places_and_participants_are_resolved(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let event =
        patched(&api, &uri, &json!({"place": "Kyiv", "participants": ["OSCE", "Russian", "organization:AU"]})).await;
    assert_eq!(json!([event["place"]["name"], event["place"]["country"]]), json!(["Kyiv", "UA"]));
    assert!(event["place"]["latitude"].is_number());
    let parties: Vec<Value> = event["participants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|party| json!([party["kind"], party["code"], party["name"]]))
        .collect();
    assert_eq!(parties[1..], [json!(["country", "RU", "Russia"]), json!(["organization", "AU", "African Union"])]);
    assert_eq!(parties[0][1], "OSCE");

    for (fields, field, told) in [
        (json!({"place": "Erewhonia"}), "place", "Erewhonia"),
        (json!({"participants": ["Atlantis"]}), "participants", "Atlantis"),
        (json!({"add_participants": ["Congolese"]}), "add_participants", "country:CD"),
        (json!({"remove_participants": ["Peru"]}), "remove_participants", "Russia"),
    ] {
        let refused = send(&api, "PATCH", &uri, &fields, None).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(refused["field"], field, "{fields}");
        assert!(refused["detail"].as_str().unwrap().contains(told), "{refused}");
    }
}

#[sqlx::test]
async fn participants_are_added_and_removed_one_by_one(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let event = patched(&api, &uri, &json!({"add_participants": ["Peru"], "remove_participants": ["Australia"]})).await;
    assert_eq!(event["title"], "Japan–Peru talks in Lugano");
    api.ingest(&on("2023-03-06", "Two."), &[talks()]).await;
    assert_eq!(api.get(&uri).await.json()["title"], "Japan–Peru talks in Lugano");
}

#[sqlx::test]
async fn a_part_of_the_date_is_corrected_alone(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let longer = patched(&api, &uri, &json!({"ends_on": "2023-03-09"})).await;
    assert_eq!(json!([longer["starts_on"], longer["ends_on"]]), json!(["2023-03-07", "2023-03-09"]));
    let at = patched(&api, &uri, &json!({"starts_at": "2023-03-07T09:00:00Z"})).await;
    assert_eq!(json!([at["edtf"], at["starts_at"]]), json!(["2023-03-07/2023-03-09", "2023-03-07T09:00:00Z"]));
    let all_day = patched(&api, &uri, &json!({"starts_at": null, "ends_on": null})).await;
    assert_eq!(json!([all_day["edtf"], all_day["starts_at"]]), json!(["2023-03-07", null]));
}

#[sqlx::test]
async fn editors_have_fields_of_their_own(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let fields = json!({
        "name": "Lake Forum", "topic": "Fisheries", "official_url": "https://forum.example/", "notes": "Embargo",
        "tags": ["pacific", "fish"],
    });
    let event = patched(&api, &uri, &fields).await;
    for (field, value) in fields.as_object().unwrap() {
        assert_eq!(&event[field], value, "{field}");
    }
    assert_eq!(event["title"], "Lake Forum", "the name is the title");
    let refused = send(&api, "PATCH", &uri, &json!({"official_url": "forum"}), None).await;
    assert_eq!(refused.problem(StatusCode::BAD_REQUEST)["field"], "official_url");
    assert_eq!(patched(&api, &uri, &json!({"tags": null})).await["tags"], json!([]));
}

#[sqlx::test]
async fn a_correction_of_what_has_changed_meanwhile_is_refused(pool: PgPool) {
    let api = Api::new(pool);
    let (_, uri) = event(&api).await;
    let seen = api.get(&uri).await.header(header::ETAG).to_owned();
    assert_eq!(send(&api, "PATCH", &uri, &json!({"ends_on": "2023-03-08"}), Some(&seen)).await.status, StatusCode::OK);
    let fields = json!({"title": "T"});
    for (method, uri, fields) in [
        ("PATCH", uri.clone(), fields),
        ("POST", format!("{uri}/merge"), json!({"other": "01941f29-7c00-7a11-8a3e-2f0c6c1b9d10"})),
        ("POST", format!("{uri}/split"), json!({"articles": []})),
        ("POST", format!("{uri}/reject"), json!({})),
    ] {
        send(&api, method, &uri, &fields, Some(&seen)).await.problem(StatusCode::PRECONDITION_FAILED);
    }
    let now = api.get(&uri).await.header(header::ETAG).to_owned();
    let fields = json!({"title": "T"});
    assert_eq!(send(&api, "PATCH", &uri, &fields, Some(&format!("\"x\", {now}"))).await.status, StatusCode::OK);
    assert_eq!(send(&api, "PATCH", &uri, &json!({"topic": "Fish"}), Some("*")).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn a_merged_id_leads_to_the_event_that_was_kept(pool: PgPool) {
    let api = Api::new(pool);
    let (one, uri) = event(&api).await;
    let visit = mention(Kind::Visit, "2023-03-07", &[japan()]);
    let two = api.ingest(&on("2023-02-11", "Two."), &[visit]).await.events[0].id;
    let merged = send(&api, "POST", &format!("/v1/events/{two}/merge"), &json!({"other": one}), None).await;
    assert_eq!(merged.json()["kept"], json!(one));
    let moved = send(&api, "PATCH", &format!("/v1/events/{two}"), &json!({"title": "T"}), None).await;
    assert_eq!((moved.status, moved.header(header::LOCATION)), (StatusCode::PERMANENT_REDIRECT, &*uri));
    let moved = send(&api, "POST", &format!("/v1/events/{two}/reject"), &json!({}), None).await;
    assert_eq!(moved.header(header::LOCATION), format!("{uri}/reject"));
}
