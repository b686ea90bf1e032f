//! `/v1/timeline`

use crate::support::{Api, article, asean, japan, mention};
use daybook::event::Kind;
use serde_json::{Value, json};
use sqlx::PgPool;

fn shape(body: &Value) -> Value {
    let days = body["items"].as_array().unwrap().iter();
    let day = |day: &Value| {
        let kinds: Vec<_> = day["events"].as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
        json!([day["date"], kinds])
    };
    days.map(day).collect()
}

#[sqlx::test]
async fn events_stand_under_their_first_day_and_a_day_goes_on_in_the_next_page(pool: PgPool) {
    let api = Api::new(pool);
    let (talks, vote) = (mention(Kind::Talks, "2023-03-07", &[japan()]), mention(Kind::Vote, "2023-03-07", &[asean()]));
    api.ingest(&article("Three."), &[talks, mention(Kind::Visit, "2023-03-09", &[japan()]), vote]).await;
    let whole = api.get("/v1/timeline?from=2023-03-01&to=2023-03-31").await.json();
    assert_eq!(shape(&whole), json!([["2023-03-07", ["talks", "vote"]], ["2023-03-09", ["visit"]]]));
    assert_eq!(whole["next_cursor"], Value::Null);

    let first = api.get("/v1/timeline?limit=1").await.json();
    assert_eq!(shape(&first), json!([["2023-03-07", ["talks"]]]));
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = api.get(&format!("/v1/timeline?limit=2&cursor={cursor}")).await.json();
    assert_eq!(shape(&second), json!([["2023-03-07", ["vote"]], ["2023-03-09", ["visit"]]]));
    assert_eq!(second["next_cursor"], Value::Null);
}
