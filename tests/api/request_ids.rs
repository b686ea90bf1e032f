//! `x-request-id`: a client's own id is kept if it is harmless in a log.

use crate::support::Api;
use axum::{body::Body, http::Request};
use sqlx::PgPool;

#[sqlx::test]
async fn a_short_and_plain_id_of_the_client_is_kept(pool: PgPool) {
    let api = Api::new(pool);
    let answered = async |ids: &[&str]| {
        let mut request = Request::get("/healthz");
        for id in ids {
            request = request.header("x-request-id", *id);
        }
        let answer = api.send(request.body(Body::empty()).unwrap()).await;
        answer.headers["x-request-id"].to_str().unwrap().to_owned()
    };
    let longest = "a".repeat(64);
    for id in ["desk-7_b.1", &longest] {
        assert_eq!(answered(&[id]).await, id);
    }
    let too_long = "a".repeat(65);
    for ids in [&["a b"][..], &["a\",\"level\":\"x"], &["é"], &[""], &[&*too_long], &["one", "two"], &[]] {
        let id = answered(ids).await;
        assert!(id.parse::<uuid::Uuid>().is_ok(), "{ids:?}: {id}");
    }
}
