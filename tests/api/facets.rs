//! `/v1/facets`

use crate::support::{Api, asean, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::event::{Kind, Mention, Role, Status};
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
        "kind": {"talks": 1, "vote": 1},
        "status": {"cancelled": 1, "confirmed": 1},
        "participant": [
            {"kind": "country", "code": "JP", "name": "Japan", "count": 2},
            {"kind": "organization", "code": "ASEAN", "name": "Association of Southeast Asian Nations", "count": 1},
        ],
        "country": {"CH": 1},
        "month": {"2023-03": 1, "2023-04": 1},
    });
    assert_eq!(api.get("/v1/facets").await.json(), all);
    // The same filters as everywhere, on a past day as well.
    let march = api.get("/v1/facets?to=2023-03-31").await.json();
    assert_eq!(json!([march["total"], march["status"]]), json!([1, {"cancelled": 1}]));
    let before = api.get("/v1/facets?as_of=2023-02-19").await.json();
    assert_eq!(before["status"], json!({"confirmed": 2}));
    let none = api.get("/v1/facets?participant=FR").await.json();
    assert_eq!(none, json!({"total": 0, "kind": {}, "status": {}, "participant": [], "country": {}, "month": {}}));
    // The query of a list can be used as it is.
    assert_eq!(api.get("/v1/facets?limit=1&sort=-starts_on").await.json(), all);
    let since = api.get("/v1/facets?updated_since=2023-03-05T12:00:00Z").await.json();
    assert_eq!(since["total"], 2);
    let problem = api.get("/v1/facets?include=evidence").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!(problem["field"], "include");
}
