//! `/v1/participants` and `/v1/places`

use crate::support::{Api, article, asean, australia, country, in_place, japan, mention};
use axum::http::StatusCode;
use daybook::event::{Kind, Participant, ParticipantKind};
use serde_json::{Value, json};
use sqlx::PgPool;

async fn names(api: &Api, uri: &str) -> Vec<Value> {
    let body = api.get(uri).await.json();
    body["items"].as_array().unwrap().iter().map(|item| json!([item["name"], item["count"]])).collect()
}

#[sqlx::test]
async fn a_name_is_found_by_how_any_word_of_any_spelling_begins(pool: PgPool) {
    let api = Api::new(pool);
    let envoy = Participant {
        kind: ParticipantKind::Person,
        name: "Renée Åkesson".into(),
        code: None,
        represents: Some("AU".into()),
    };
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia(), envoy]), "Évian-les-Bains", "FR");
    let vote = in_place(mention(Kind::Vote, "2023-04-01", &[country("RU", "Russia"), japan()]), "Kyiv", "UA");
    api.ingest(&article("Three."), &[talks, vote, mention(Kind::Meeting, "2023-05-02", &[asean(), japan()])]).await;

    let cases: &[(&str, Value)] = &[
        ("participants?q=jap", json!([["Japan", 3]])),
        ("participants?q=TOK", json!([["Japan", 3]])),
        ("participants?q=kreml", json!([["Russia", 1]])),
        ("participants?q=asian", json!([["Association of Southeast Asian Nations", 1]])),
        ("participants?q=akes", json!([["Renée Åkesson", 1]])),
        ("participants?q=apan", json!([])),
        ("participants?limit=1", json!([["Japan", 3]])),
        ("places?q=evian", json!([["Évian-les-Bains", 1]])),
        ("places?q=kie", json!([["Kyiv", 1]])),
        ("places?q=bains", json!([["Évian-les-Bains", 1]])),
        ("places?q=geneva", json!([])),
        ("places", json!([["Kyiv", 1], ["Évian-les-Bains", 1]])),
    ];
    for (query, found) in cases {
        assert_eq!(Value::Array(names(&api, &format!("/v1/{query}")).await), *found, "{query}");
    }
    let problem = api.get("/v1/places?q=").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!(problem["field"], "q");
}
