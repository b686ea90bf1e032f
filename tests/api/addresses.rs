//! URLs of webhooks that must be rejected, however they are written. A feed may be in a network
//! that `daybook watch` is permitted to connect to; tests/feeds/faults.rs and tests/outbound.rs
//! test what is rejected there.

use crate::support::Api;
use axum::http::StatusCode;
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test]
async fn no_address_in_disguise_is_stored(pool: PgPool) {
    let api = Api::new(pool);
    let table = include_str!("../corpus/addresses.tsv").lines().filter(|line| !line.starts_with('#'));
    for (url, why) in table.map(|line| line.split_once('\t').unwrap()) {
        // Names are resolved when they are used: see tests/outbound.rs.
        if why.starts_with("name of") {
            continue;
        }
        let problem = api.post_json("/v1/webhooks", &json!({"url": url})).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "url", "{url} ({why}): {problem}");
    }
}
