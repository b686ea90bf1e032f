//! `/v1/facets`: how many events there are, by what they are.

use super::{
    App,
    filter::{FilterParams, TooLongAgo},
    params::Params,
    problem::{Problem, Problems},
};
use crate::store::Facets;
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_facets))
}

/// Count events
///
/// Counts by kind, status, participant, country and month.
#[utoipa::path(
    get,
    path = "/v1/facets",
    tag = "Events",
    params(FilterParams),
    responses((status = 200, description = "The counts", body = Facets), TooLongAgo, Problems),
)]
async fn get_facets(State(app): State<App>, Params(params): Params<FilterParams>) -> Result<Json<Facets>, Problem> {
    Ok(Json(app.store.facets(&params.whole(&app)?.filter).await?))
}
