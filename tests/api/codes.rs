//! A participant is identified by kind and code: `AU` is Australia, and as an organisation the African Union.

use crate::support::{Answer, Api, article, australia, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::event::{Kind, Participant, ParticipantKind};
use serde_json::{Value, json};
use sqlx::PgPool;

fn african_union() -> Participant {
    Participant {
        kind: ParticipantKind::Organization,
        name: "African Union".into(),
        code: Some("AU".into()),
        represents: None,
    }
}

fn envoy_of_australia() -> Participant {
    Participant { kind: ParticipantKind::Person, name: "Ada Finch".into(), code: None, represents: Some("AU".into()) }
}

/// Talks of Japan with each of the two, on one day.
async fn both(api: &Api) {
    let with = |other| mention(Kind::Talks, "2023-03-07", &[japan(), other]);
    api.ingest(&on("2023-02-10", "One."), &[with(australia())]).await;
    api.ingest(&on("2023-02-11", "Two."), &[with(african_union())]).await;
}

fn titles(answer: &Answer) -> Vec<Value> {
    answer.json()["items"].as_array().unwrap().iter().map(|event| event["title"].clone()).collect()
}

#[sqlx::test]
async fn events_of_two_parties_with_one_code_are_two(pool: PgPool) {
    let api = Api::new(pool);
    both(&api).await;
    assert_eq!(titles(&api.get("/v1/events").await), ["Japan–Australia talks", "Japan–AU talks"]);
    // An envoy of Australia speaks for the country.
    let envoy = mention(Kind::Talks, "2023-03-07", &[japan(), australia(), envoy_of_australia()]);
    let joined = api.ingest(&on("2023-02-12", "Three."), &[envoy]).await;
    assert_eq!(joined.events[0].article_count, 2);
    assert!(joined.events[0].state.title.contains("Australia"));
}

#[sqlx::test]
async fn a_filter_takes_a_name_a_code_or_a_code_with_its_kind(pool: PgPool) {
    let api = Api::new(pool);
    both(&api).await;
    for (typed, expected) in [
        ("AU", "Japan–Australia talks"),
        ("au", "Japan–Australia talks"),
        ("Australia", "Japan–Australia talks"),
        ("country:AU", "Japan–Australia talks"),
        ("organization:AU", "Japan–AU talks"),
        ("Organization:au", "Japan–AU talks"),
        ("African%20Union", "Japan–AU talks"),
    ] {
        let found = api.get(&format!("/v1/events?participant={typed}")).await;
        assert_eq!(titles(&found), [expected], "{typed}");
    }
    assert_eq!(titles(&api.get("/v1/events?participant=AU,organization:AU").await).len(), 2);
    assert_eq!(titles(&api.get("/v1/events?participant=AU&participant=organization:AU").await).len(), 0);
    assert_eq!(titles(&api.get("/v1/events?participant=person:Australia").await).len(), 1, "a name is a name");
}

#[sqlx::test]
async fn counts_lists_and_spreadsheets_distinguish_them(pool: PgPool) {
    let api = Api::new(pool);
    both(&api).await;
    let facets = api.get("/v1/facets").await.json();
    let counted: Vec<Value> = facets["participant"].as_array().unwrap().clone();
    assert!(counted.contains(&json!({"kind": "country", "code": "AU", "name": "Australia", "count": 1})), "{facets}");
    assert!(counted.contains(&json!({"kind": "organization", "code": "AU", "name": "African Union", "count": 1})));

    let named = api.get("/v1/participants?q=austral").await.json();
    assert_eq!(named["items"], json!([{"kind": "country", "name": "Australia", "code": "AU", "count": 1}]));

    let sheet = api.get("/v1/timeline.csv").await;
    let sheet = String::from_utf8(sheet.body).unwrap();
    assert!(sheet.contains("JP; AU,") && sheet.contains("JP; organization:AU,"), "{sheet}");
}

#[sqlx::test]
async fn pages_show_no_flag_of_australia_for_the_african_union(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), african_union()]);
    api.ingest(&article("One."), &[talks]).await;
    let page = api.get("/?range=all").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("🇯🇵") && !page.contains("🇦🇺"), "{page}");
    assert!(page.contains("participant=organization%3AAU"), "the chip filters by the organisation: {page}");
}

#[sqlx::test]
async fn a_visit_to_australia_has_the_african_union_as_its_guest(pool: PgPool) {
    let api = Api::new(pool);
    let visit = in_place(mention(Kind::Visit, "2023-03-07", &[african_union(), australia()]), "Canberra", "AU");
    api.ingest(&article("One."), &[visit]).await;
    assert_eq!(titles(&api.get("/v1/events").await), ["Visit of AU to Canberra"]);
}
