//! `/v1/facets`: counts of events by their properties.

use super::{
    App,
    filter::{FilterParams, TooLongAgo},
    params::Params,
    problem::{Problem, Problems},
};
use crate::store::{Facet, Facets};
use axum::{Json, extract::State};
use strum::VariantArray;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_facets))
}

/// Count events
///
/// Counts by kind, status, precision, participant, country, place, source, month, year and
/// confidence, most frequent first. The values of a filter are counted without that filter, so that
/// a form can offer alternatives. Filters on participants and dates do apply to their own counts.
#[utoipa::path(
    get,
    path = "/v1/facets",
    tag = "Events",
    params(FilterParams),
    responses((status = 200, description = "The counts", body = Facets), TooLongAgo, Problems),
)]
async fn get_facets(State(app): State<App>, Params(params): Params<FilterParams>) -> Result<Json<Facets>, Problem> {
    Ok(Json(app.store.facets(&params.whole(&app)?.filter, Facet::VARIANTS).await?))
}
