//! Places and participants in requests: names, or objects without unknown fields.

use crate::event::{Participant, ParticipantKind, Place};
use serde::Deserialize;
use utoipa::ToSchema;

/// A place, or its name.
#[derive(Deserialize, ToSchema)]
#[serde(untagged, expecting = "must be the name of a place, or an object with `name` and `country`")]
pub(super) enum PlaceInput {
    /// A name such as `Vienna`, or `Vienna, Austria` if several places have this name.
    Name(String),
    /// A place.
    Place(PlaceFields),
}

/// A place as an object.
#[derive(Deserialize, ToSchema)]
pub(super) struct PlaceFields {
    /// The name.
    #[schema(example = "Lugano")]
    name: String,
    /// The ISO 3166-1 alpha-2 code.
    #[schema(example = "CH")]
    country: Option<String>,
    /// Latitude in degrees north.
    latitude: Option<f64>,
    /// Longitude in degrees east.
    longitude: Option<f64>,
}

impl From<PlaceFields> for Place {
    fn from(PlaceFields { name, country, latitude, longitude }: PlaceFields) -> Self {
        Self { name, country, latitude, longitude }
    }
}

/// A participant, or the name or code of a state or an organisation.
#[derive(Deserialize, ToSchema)]
#[serde(
    untagged,
    expecting = "must be names or codes of states and organisations, or objects with `kind`, `name` and `code`"
)]
pub(super) enum ParticipantInput {
    /// A name or code such as `OSCE`, `Russia`, or `organization:AU` if a country has the same
    /// code.
    Name(String),
    /// A participant.
    Participant(ParticipantFields),
}

/// A participant as an object.
#[derive(Deserialize, ToSchema)]
pub(super) struct ParticipantFields {
    /// Country, organization or person.
    kind: ParticipantKind,
    /// The name.
    #[schema(example = "Japan")]
    name: String,
    /// The ISO 3166-1 alpha-2 code of a country or the usual acronym of an organization.
    #[schema(example = "JP")]
    code: Option<String>,
    /// For a person, the code of the country or organization that they represent.
    represents: Option<String>,
}

impl From<ParticipantFields> for Participant {
    fn from(ParticipantFields { kind, name, code, represents }: ParticipantFields) -> Self {
        Self { kind, name, code, represents }
    }
}
