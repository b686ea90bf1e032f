//! Parameters of path and query. Unknown parameters and invalid values are rejected by name.

use super::problem::Problem;
use crate::faults::{Fault, faults};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::borrow::Cow;
use url::form_urlencoded;
use uuid::Uuid;

/// Parameters that may be given more than once.
pub(super) const REPEATABLE: [&str; 1] = ["participant"];

/// Names and values of parameters.
pub(super) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// Extracts the parameters of the query as a `T`.
pub(super) struct Params<T>(pub(super) T);

/// For routes without parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoParams {}

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::parse(form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()))
    }
}

impl<T: DeserializeOwned> Params<T> {
    /// Parses parameters from names and values.
    pub(super) fn parse<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Result<Self, Problem> {
        let values = collect(pairs)?;
        let values = Value::Object(values);
        serde_path_to_error::deserialize(values.clone()).map(Self).map_err(|_: serde_path_to_error::Error<_>| {
            let of_parameter = |mut fault: Fault| {
                fault.field = fault.field.map(|path| path.split('[').next().unwrap_or_default().to_owned());
                fault.problem = fault.problem.replace(" is an unknown field; ", ": unknown parameter; ");
                fault
            };
            Problem::of_faults(faults::<T>(values).into_iter().map(of_parameter).collect())
        })
    }
}

fn collect<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Result<Map<String, Value>, Problem> {
    let mut values = Map::new();
    for (name, value) in pairs {
        // Bytes that are not UTF-8 become U+FFFD, and PostgreSQL does not support U+0000.
        if value.contains(['\u{fffd}', '\0']) {
            return Err(Problem::of_field(name, "the value must be UTF-8 without NUL characters"));
        }
        let value = Value::String(value.into_owned());
        if REPEATABLE.contains(&&*name) {
            match values.entry(name.into_owned()).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(all) => all.push(value),
                single => *single = value,
            }
        } else if values.insert(name.to_string(), value).is_some() {
            return Err(Problem::of_field(
                &*name,
                format!("{name} is given more than once; separate values by commas to select any of them"),
            ));
        }
    }
    Ok(values)
}

/// The id in a path.
pub(super) struct Id(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<Uuid>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Problem::of_field("id", "the id in the path must be a UUID"))
    }
}

/// The id of an event in the path, and whether it is requested as a calendar: `{id}.ics`.
pub(super) struct EventId {
    pub(super) id: Uuid,
    pub(super) as_calendar: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for EventId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id_of = |path: &str| {
            let id = path.strip_suffix(".ics");
            Some(Self { id: Uuid::try_parse(id.unwrap_or(path)).ok()?, as_calendar: id.is_some() })
        };
        let id = path.ok().and_then(|Path(path)| id_of(&path));
        id.ok_or_else(|| Problem::of_field("id", "the id in the path must be a UUID"))
    }
}
