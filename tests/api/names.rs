//! Names and dates in filters: lists of them, unknown ones, and dates that move with time.

use crate::support::{Answer, Api, article, asean, at, australia, country, in_place, japan, mention, on};
use axum::http::{StatusCode, header};
use daybook::{
    article::Article,
    event::{Kind, Participant, ParticipantKind},
};
use serde_json::{Value, json};
use sqlx::PgPool;

fn ana_rojas() -> Participant {
    Participant { kind: ParticipantKind::Person, name: "Ana Rojas".into(), code: None, represents: Some("PE".into()) }
}

/// Talks in Lugano on 7 March and a meeting in Vienna on 20 March.
async fn two_events(pool: PgPool) -> Api {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    let meeting =
        in_place(mention(Kind::Meeting, "2023-03-20", &[asean(), country("PE", "Peru"), ana_rojas()]), "Vienna", "AT");
    api.ingest(&at("https://www.rte.ie/a", "One."), &[talks]).await;
    let wire = Article { source: Some("The Wire".into()), ..article("Two.") };
    api.ingest(&wire, &[meeting]).await;
    api
}

async fn count(api: &Api, query: &str) -> usize {
    api.titles(query).await.len()
}

#[sqlx::test]
async fn a_comma_means_any_in_every_filter(pool: PgPool) {
    let api = two_events(pool).await;
    for (query, expected) in [
        ("country=CH", 1),
        ("country=Switzerland", 1),
        ("country=Switzerland,AT", 2),
        ("place=Lugano", 1),
        ("place=Lugano,Vienna", 2),
        ("source=rte.ie", 1),
        ("source=www.rte.ie", 1),
        ("source=RTE.ie,the%20wire", 2),
        ("source=wire", 0),
    ] {
        assert_eq!(count(&api, query).await, expected, "{query}");
    }
    for query in ["kind=talks&kind=call", "country=CH&country=AT", "place=Lugano&place=Vienna"] {
        let refused = api.get(&format!("/v1/events?{query}")).await.problem(StatusCode::BAD_REQUEST);
        assert!(refused["detail"].as_str().unwrap().contains("comma"), "{refused}");
    }
    assert_eq!(api.get("/v1/events?country=Nowhere").await.problem(StatusCode::BAD_REQUEST)["field"], "country");
}

#[sqlx::test]
async fn an_unknown_name_selects_nothing_and_is_reported_with_what_may_be_meant(pool: PgPool) {
    let api = two_events(pool).await;
    let warnings = |answer: &Answer| answer.json()["warnings"].clone();
    for (query, field, value, meant) in [
        ("participant=Austrlia", "participant", "Austrlia", "Australia"),
        ("participant=Ana%20Rohas", "participant", "Ana Rohas", "Ana Rojas"),
        ("place=Luganoo", "place", "Luganoo", "Lugano"),
        ("source=The%20Wiree", "source", "The Wiree", "The Wire"),
    ] {
        for list in ["events", "timeline"] {
            let answer = api.get(&format!("/v1/{list}?{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert_eq!(warnings(&answer)[0]["field"], field, "{query}");
            assert_eq!(warnings(&answer)[0]["value"], value, "{query}");
            let known = warnings(&answer)[0]["did_you_mean"].as_array().unwrap().clone();
            assert!(known.contains(&json!(meant)), "{query}: {known:?}");
            assert!(answer.header(header::WARNING).contains(meant), "{}", answer.header(header::WARNING));
        }
    }
    for query in ["participant=Ana%20Rojas", "participant=FR", "place=Lugano", "source=rte.ie", ""] {
        let answer = api.get(&format!("/v1/events?{query}")).await;
        assert_eq!(warnings(&answer), Value::Null, "{query}");
        assert_eq!(answer.header(header::WARNING), "", "{query}");
    }
}

/// It is noon of 5 March 2023, UTC.
#[sqlx::test]
async fn dates_are_written_in_many_ways(pool: PgPool) {
    let api = two_events(pool).await;
    api.ingest(&on("2023-03-01", "Three."), &[mention(Kind::Call, "2023-03-05", &[japan()])]).await;
    for (query, expected) in [
        ("from=tomorrow", 2),
        ("from=today", 3),
        ("to=tomorrow", 1),
        ("from=tomorrow&to=%2B1w", 1),
        ("to=2023-03", 3),
        ("from=2023-04", 0),
        ("from=2023", 3),
        ("from=2023-03-07T10:00:00Z", 2),
        ("to=2023-03-07T10:00:00Z", 2),
        // At noon UTC it is already 6 March in Kiritimati.
        ("from=today&timezone=Pacific/Kiritimati", 2),
        ("from=today&timezone=America/New_York", 3),
        ("status_since=2023-03-06", 0),
        ("as_of=2023-02", 0),
        ("as_of=2023-03", 3),
    ] {
        assert_eq!(count(&api, query).await, expected, "{query}");
    }
    for since in ["yesterday", "2023-03-05", "-1w"] {
        let facets = api.get(&format!("/v1/facets?updated_since={since}")).await.json();
        assert_eq!(facets["total"], 3, "{since}");
    }
    let refused = api.get("/v1/events?timezone=Moon/Crater").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!(refused["field"], "timezone");
}
