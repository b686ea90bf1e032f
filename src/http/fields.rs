//! Fields of an event as a person gives them, and what they must be.

use super::problem::Problem;
use crate::{
    event::{Kind, Participant, ParticipantKind, Place, Precision, Status, When},
    timeline::Amendment,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use utoipa::ToSchema;

/// The fields of an event, as a person states them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventInput)]
pub(super) struct Fields {
    /// The author.
    #[schema(example = "Maria Lopez, foreign desk", pattern = r"\S", max_length = 2000)]
    pub(super) author: String,
    /// The reason.
    #[schema(example = "Confirmed by telephone with the ministry", pattern = r"\S", max_length = 2000)]
    pub(super) reason: String,
    /// The title; derived from the other fields by default.
    #[schema(pattern = r"\S")]
    title: Option<String>,
    /// The kind.
    kind: Option<Kind>,
    /// The status.
    status: Option<Status>,
    /// The start date.
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<Date>,
    /// The end date, inclusive; defaults to `starts_on`.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// The period that the dates make up; defaults to `day`.
    precision: Option<Precision>,
    /// The start time.
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
    /// Postponed without a new date.
    date_pending: Option<bool>,
    /// The place.
    place: Option<Place>,
    /// All participants.
    participants: Option<Vec<Participant>>,
}

impl Fields {
    /// The fields that are given, each as it may be.
    pub(super) fn amendment(self) -> Result<Amendment, Problem> {
        let blank = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
        if blank(&self.title) {
            return Err(Problem::of_field(
                "title",
                "title must not be empty; omit it to derive it from the other fields",
            ));
        }
        let when = match (self.starts_on, self.ends_on) {
            (None, None) if self.precision.is_some() || self.starts_at.is_some() => {
                return Err(Problem::of_field("starts_on", "starts_on is required with precision and starts_at"));
            }
            (None, None) => None,
            (None, Some(_)) => return Err(Problem::of_field("starts_on", "starts_on is required with ends_on")),
            (Some(first), last) => Some(days(first, last.unwrap_or(first), self.precision, self.starts_at)?),
        };
        if let Some(place) = &self.place {
            check_place(place)?;
        }
        for party in self.participants.iter().flatten() {
            check_party(party)?;
        }
        let pending = self.date_pending == Some(true) && self.status.is_some_and(|status| status != Status::Postponed);
        if pending {
            return Err(Problem::of_field("date_pending", "date_pending requires the status postponed"));
        }
        let amendment = Amendment {
            title: self.title,
            kind: self.kind,
            status: self.status,
            when,
            date_pending: self.date_pending,
            place: self.place,
            participants: self.participants,
        };
        Ok(amendment)
    }
}

fn days(first: Date, last: Date, precision: Option<Precision>, starts_at: Option<Timestamp>) -> Result<When, Problem> {
    if !(1..=9999).contains(&first.year()) {
        return Err(Problem::of_field("starts_on", "starts_on must lie in the years 1 to 9999"));
    }
    let when = When::of_days(first, last, precision.unwrap_or(Precision::Day));
    let when = when.ok_or_else(|| Problem::of_field("ends_on", "ends_on must not be before starts_on"))?;
    Ok(When { starts_at, ..when })
}

fn check_place(place: &Place) -> Result<(), Problem> {
    let country = place.country.as_deref().is_none_or(is_country_code);
    let on_earth = |degrees: Option<f64>, most: f64| degrees.is_none_or(|degrees| degrees.abs() <= most);
    if place.name.trim().is_empty() || !country {
        return Err(Problem::of_field(
            "place",
            "place must have a name, and country must be a two-letter code such as CH",
        ));
    }
    if place.latitude.is_some() != place.longitude.is_some()
        || !on_earth(place.latitude, 90.0)
        || !on_earth(place.longitude, 180.0)
    {
        return Err(Problem::of_field(
            "place",
            "place must have both latitude and longitude or neither, within ±90 and ±180 degrees",
        ));
    }
    Ok(())
}

fn check_party(party: &Participant) -> Result<(), Problem> {
    let code = party.code.as_deref();
    let code_fits = match party.kind {
        ParticipantKind::Country => code.is_some_and(is_country_code),
        ParticipantKind::Organization => {
            code.is_none_or(|code| !code.is_empty() && !code.contains(char::is_whitespace))
        }
        ParticipantKind::Person => code.is_none(),
    };
    let represents_fits = party.represents.is_none() || party.kind == ParticipantKind::Person;
    if party.name.trim().is_empty() || !code_fits || !represents_fits {
        let detail = "participants must each have a name; a country its two-letter code, an organization an optional acronym, and \
                      a person no code but optionally the code that it `represents`";
        return Err(Problem::of_field("participants", detail));
    }
    Ok(())
}

fn is_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}
