//! `/v1/facets`

use crate::support::{Api, asean, at, australia, day, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::event::{Kind, Mention, PreviousDate, Role, Status};
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test]
async fn events_are_counted_by_what_they_are(pool: PgPool) {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), asean()]), "Lugano", "CH");
    api.ingest(&on("2023-02-10", "One."), &[talks.clone(), mention(Kind::Vote, "2023-04-01", &[japan()])]).await;
    api.ingest(&on("2023-02-20", "Two."), &[Mention { role: Role::Changes, status: Status::Cancelled, ..talks }]).await;
    let all = json!({
        "total": 2,
        "kind": [{"value": "talks", "count": 1}, {"value": "vote", "count": 1}],
        "status": [{"value": "cancelled", "count": 1}, {"value": "confirmed", "count": 1}],
        "precision": [{"value": "day", "count": 2}],
        "participant": [
            {"kind": "country", "code": "JP", "name": "Japan", "count": 2},
            {"kind": "organization", "code": "ASEAN", "name": "Association of Southeast Asian Nations", "count": 1},
        ],
        "country": [{"value": "CH", "count": 1}],
        "place": [{"value": "Lugano", "count": 1}],
        "source": [],
        "month": [{"value": "2023-03", "count": 1}, {"value": "2023-04", "count": 1}],
        "year": [{"value": "2023", "count": 2}],
        "confidence": [{"value": "0.8", "count": 1}, {"value": "0.9", "count": 1}],
    });
    assert_eq!(api.get("/v1/facets").await.json(), all);
    assert_eq!(api.get("/v1/facets?to=9999-12-31").await.json(), all, "counted when asked");
    // The usual filters, also as of a past date.
    let march = api.get("/v1/facets?to=2023-03-31").await.json();
    assert_eq!(json!([march["total"], march["status"]]), json!([1, [{"value": "cancelled", "count": 1}]]));
    let before = api.get("/v1/facets?as_of=2023-02-19").await.json();
    assert_eq!(before["status"], json!([{"value": "confirmed", "count": 2}]));
    let none = api.get("/v1/facets?participant=FR").await.json();
    assert_eq!(json!([none["total"], none["kind"], none["participant"]]), json!([0, [], []]));
    // Parameters of lists are accepted.
    assert_eq!(api.get("/v1/facets?limit=1&sort=-starts_on").await.json(), all);
    let since = api.get("/v1/facets?updated_since=2023-03-05T12:00:00Z").await.json();
    assert_eq!(since["total"], 2);
    let problem = api.get("/v1/facets?include=evidence").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!(problem["field"], "include");
}

#[sqlx::test]
async fn the_values_of_a_filter_are_counted_without_it(pool: PgPool) {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), asean()]), "Lugano", "CH");
    let vote = in_place(mention(Kind::Vote, "2023-04-01", &[japan()]), "Perth", "AU");
    api.ingest(&at("https://one.example/a", "One."), std::slice::from_ref(&talks)).await;
    api.ingest(&at("https://two.example/b", "Two."), &[talks, vote]).await;
    let facets = api.get("/v1/facets?kind=vote").await.json();
    let both = json!([{"value": "talks", "count": 1}, {"value": "vote", "count": 1}]);
    assert_eq!(json!([facets["total"], facets["kind"]]), json!([1, both]), "{facets}");
    assert_eq!(facets["country"], json!([{"value": "AU", "count": 1}]), "others are counted within it");
    let facets = api.get("/v1/facets?kind=vote&country=CH").await.json();
    assert_eq!(facets["total"], 0);
    assert_eq!(facets["kind"], json!([{"value": "talks", "count": 1}]));
    assert_eq!(facets["country"], json!([{"value": "AU", "count": 1}]));
    let sources = json!([{"value": "two.example", "count": 2}, {"value": "one.example", "count": 1}]);
    assert_eq!(api.get("/v1/facets?source=one.example").await.json()["source"], sources);
    assert_eq!(api.get("/v1/facets?as_of=2023-04-01").await.json()["source"], sources);
}

#[sqlx::test]
async fn an_upgrade_counts_the_events_that_there_were(pool: PgPool) {
    let api = Api::new(pool.clone());
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), asean()]), "Lugano", "CH");
    api.ingest(&at("https://one.example/a", "One."), std::slice::from_ref(&talks)).await;
    let before = "delete from tally_changes where facet not in ('participant', 'place')";
    sqlx::raw_sql(before).execute(&pool).await.unwrap();
    // Counted between the two migrations.
    api.ingest(&at("https://two.example/b", "Two."), &[talks, mention(Kind::Vote, "2023-04-01", &[japan()])]).await;
    sqlx::raw_sql(include_str!("../../migrations/0037_facets_counted.sql")).execute(&pool).await.unwrap();
    assert_eq!(api.get("/v1/facets").await.json(), api.get("/v1/facets?to=9999-12-31").await.json());
    assert_eq!(api.get("/v1/facets").await.json()["source"][0], json!({"value": "two.example", "count": 2}));
}

#[sqlx::test]
async fn statistics_state_how_plans_fared(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), asean()]);
    api.ingest(&on("2023-03-01", "One."), &[talks.clone(), mention(Kind::Vote, "2023-03-11", &[japan()])]).await;
    let changed = mention(Kind::Talks, "2023-03-17", &[japan(), asean()]);
    let previous =
        vec![PreviousDate { starts_on: day("2023-03-07"), ends_on: day("2023-03-07"), edtf: "2023-03-07".into() }];
    let moved = Mention { role: Role::Changes, status: Status::Postponed, previous_dates: previous, ..changed };
    api.ingest(&on("2023-03-02", "Two."), &[moved]).await;
    api.ingest(&on("2023-03-03", "Three."), &[mention(Kind::Visit, "2023-03-05", &[japan(), asean(), australia()])])
        .await;
    let statistics = api.get("/v1/statistics").await.json();
    let all = json!({
        "count": 3, "moved": 1, "mean_days_moved": 10.0, "mean_lead_days": 9.3, "held": 0.0, "cancelled": 0.0,
    });
    assert_eq!(statistics["all"], all);
    let kinds: Vec<_> = statistics["kinds"].as_array().unwrap().iter().map(|of| of["kind"].clone()).collect();
    assert_eq!(kinds, ["talks", "visit", "vote"]);
    assert_eq!(statistics["pairs"][0]["count"], 2);
    let pairs = api.get("/v1/pairs").await.json();
    let pairs =
        pairs["items"].as_array().unwrap().iter().map(|pair| json!([pair["source"], pair["target"], pair["count"]]));
    assert_eq!(
        pairs.collect::<Vec<_>>(),
        [json!(["ASEAN", "JP", 2]), json!(["ASEAN", "AU", 1]), json!(["AU", "JP", 1])]
    );
    assert_eq!(api.get("/v1/pairs?kind=talks").await.json()["items"].as_array().unwrap().len(), 1);
}
