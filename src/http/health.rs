//! `/healthz` and `/readyz`: liveness and readiness.

use super::{
    App,
    problem::{Problem, Problems},
};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(alive)).routes(routes!(ready))
}

/// The service is healthy.
#[derive(Serialize, ToSchema)]
struct Health {
    /// Always `ok`.
    #[schema(value_type = String, example = "ok")]
    status: &'static str,
}

const OK: Json<Health> = Json(Health { status: "ok" });

/// Check liveness
#[utoipa::path(get, operation_id = "get_health", path = "/healthz", tag = "Health", responses((status = 200, description = "The process responds", body = Health)))]
async fn alive() -> Json<Health> {
    OK
}

/// Check readiness
#[utoipa::path(
    get,
    operation_id = "get_readiness",
    path = "/readyz",
    tag = "Health",
    responses((status = 200, description = "The database responds", body = Health), Problems),
)]
async fn ready(State(app): State<App>) -> Result<Json<Health>, Problem> {
    app.store.ping().await?;
    Ok(OK)
}
