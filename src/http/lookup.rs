//! `/v1/participants` and `/v1/places`: suggestions while a name is typed.

use super::{
    App,
    page::Listing,
    params::Params,
    problem::{Problem, Problems},
    values::{Limit, Text},
};
use crate::{
    event::PartyCode,
    extract::{ListedParty, begins, fold},
    store::{KnownParty, KnownPlace},
};
use axum::{extract::State, http::Uri, response::Response};
use serde::Deserialize;
use std::collections::HashSet;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_participants)).routes(routes!(list_places))
}

/// The text typed so far, and the number of suggestions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LookupParams {
    /// Beginning of a word of the name, in any spelling that the gazetteer knows, ignoring case and accents.
    #[param(value_type = Option<String>, example = "kreml", pattern = r"\S")]
    q: Option<Text>,
    /// The maximum number of results.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
}

/// Autocomplete participants
///
/// Participants of events, most frequent first.
#[utoipa::path(
    get,
    path = "/v1/participants",
    tag = "Autocomplete",
    params(LookupParams),
    responses((status = 200, description = "Participants with the number of their events", body = Listing<KnownParty>), Problems),
)]
async fn list_participants(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<LookupParams>,
) -> Result<Response, Problem> {
    let mut parties = app.store.parties().await?;
    if let Some(Text(typed)) = &params.q {
        let listed: HashSet<PartyCode<'_>> =
            app.directory.parties_beginning(typed).map(ListedParty::party_code).collect();
        let prefix = fold(typed);
        let fits = |party: &KnownParty| match party.code.as_deref() {
            Some(code) if listed.contains(&PartyCode { kind: party.kind, code }) => true,
            _ => begins(&fold(&party.name), &prefix),
        };
        parties.retain(fits);
    }
    parties.truncate(params.limit.unwrap_or_default().0 as usize);
    Ok(Listing::new(parties, None).answer(&uri))
}

/// Autocomplete places
///
/// Places of events, most frequent first.
#[utoipa::path(
    get,
    path = "/v1/places",
    tag = "Autocomplete",
    params(LookupParams),
    responses((status = 200, description = "Places with the number of their events", body = Listing<KnownPlace>), Problems),
)]
async fn list_places(
    State(app): State<App>,
    uri: Uri,
    Params(params): Params<LookupParams>,
) -> Result<Response, Problem> {
    let mut places = app.store.places().await?;
    if let Some(Text(typed)) = &params.q {
        let names: HashSet<&str> = app.directory.places_beginning(typed).collect();
        let prefix = fold(typed);
        places.retain(|place| names.contains(&*place.name) || begins(&fold(&place.name), &prefix));
    }
    places.truncate(params.limit.unwrap_or_default().0 as usize);
    Ok(Listing::new(places, None).answer(&uri))
}
