//! `/v1/statistics` and `/v1/pairs`: outcomes of events, and the pairs of participants that meet.

use super::{
    App,
    filter::{FilterParams, TooLongAgo},
    params::Params,
    problem::{Problem, Problems},
};
use crate::store::{Pair, Statistics};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_statistics)).routes(routes!(list_pairs))
}

/// Get statistics
///
/// How often events were moved and by how many days, how long in advance they were first mentioned,
/// and the shares that were held and cancelled: for all selected events, by kind, and by pair of
/// participants.
#[utoipa::path(
    get,
    path = "/v1/statistics",
    tag = "Events",
    params(FilterParams),
    responses((status = 200, description = "The statistics", body = Statistics), TooLongAgo, Problems),
)]
async fn get_statistics(
    State(app): State<App>,
    Params(params): Params<FilterParams>,
) -> Result<Json<Statistics>, Problem> {
    Ok(Json(app.store.statistics(&params.whole(&app)?.filter).await?))
}

/// Pairs of participants.
#[derive(Serialize, ToSchema)]
struct Pairs {
    /// The pairs, most frequent first; up to 1000.
    items: Vec<PairCount>,
}

/// Two participants and the number of events in which both take part.
#[derive(Serialize, ToSchema)]
struct PairCount {
    #[serde(flatten)]
    pair: Pair,
    /// The number of events.
    #[schema(example = 3)]
    count: u64,
}

/// List pairs of participants
///
/// The edges of a network of participants: `source`, `target` and the number of events of both.
#[utoipa::path(
    get,
    path = "/v1/pairs",
    tag = "Events",
    params(FilterParams),
    responses((status = 200, description = "The pairs", body = Pairs), TooLongAgo, Problems),
)]
async fn list_pairs(State(app): State<App>, Params(params): Params<FilterParams>) -> Result<Json<Pairs>, Problem> {
    let pairs = app.store.pairs(&params.whole(&app)?.filter).await?;
    Ok(Json(Pairs { items: pairs.into_iter().map(|(pair, count)| PairCount { pair, count }).collect() }))
}
