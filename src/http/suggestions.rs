//! Unknown names in a filter: an empty list reports them, with suggestions.

use super::{App, names, problem::Problem};
use crate::extract::fold;
use axum::http::{HeaderName, HeaderValue, header};
use serde::Serialize;
use utoipa::ToSchema;

/// The minimum similarity of a suggestion, from 0 to 1.
const SIMILAR: f64 = 0.84;

/// The maximum number of suggestions.
const MOST: usize = 3;

/// The names of a filter as they were typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) participants: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) sources: Vec<String>,
}

/// An unknown name in a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct UnknownName {
    /// The parameter.
    #[schema(example = "participant")]
    field: &'static str,
    /// The name as it was typed.
    #[schema(example = "Japn")]
    value: String,
    /// Known names that are similar, the most similar first.
    #[schema(example = json!(["Japan"]))]
    did_you_mean: Vec<String>,
}

/// Returns the names that are neither in the gazetteers nor in any event.
pub(super) async fn unknown_names(app: &App, typed: &Typed) -> Result<Vec<UnknownName>, Problem> {
    let mut unknown = Vec::new();
    for name in &typed.participants {
        let is_known = names::is_listed(name, &app.directory)
            || app.store.has_participant(&names::participant_keys(name, &app.directory)).await?;
        if !is_known {
            let people = app.store.parties().await?.into_iter().map(|party| party.name);
            let listed = app.directory.parties_beginning("").map(|party| party.name.to_owned());
            unknown.push(UnknownName::new("participant", name, people.chain(listed)));
        }
    }
    for name in &typed.places {
        if app.directory.places_named(name).next().is_none() && !app.store.has_place(name).await? {
            let listed = app.directory.places_beginning("").map(str::to_owned);
            unknown.push(UnknownName::new("place", name, listed));
        }
    }
    for name in &typed.sources {
        if !app.store.has_source(name).await? {
            unknown.push(UnknownName::new("source", name, app.store.sources().await?.into_iter()));
        }
    }
    Ok(unknown)
}

/// Returns the same as a header, for clients that do not read the body.
pub(super) fn warning(unknown: &[UnknownName]) -> Option<[(HeaderName, HeaderValue); 1]> {
    let told: Vec<String> = unknown.iter().map(UnknownName::to_sentence).collect();
    // A header contains ASCII only, and quotation marks end the text.
    let told = told.join("; ").replace(|c: char| !c.is_ascii() || c.is_ascii_control() || c == '"' || c == '\\', "?");
    let value = HeaderValue::from_str(&format!("299 - \"{told}\"")).ok()?;
    (!unknown.is_empty()).then_some([(header::WARNING, value)])
}

impl UnknownName {
    fn new(field: &'static str, value: &str, known: impl Iterator<Item = String>) -> Self {
        let folded = fold(value);
        let score = |name: String| (strsim::jaro_winkler(&folded, &fold(&name)), name);
        let mut similar: Vec<(f64, String)> = known.map(score).filter(|(score, _)| *score >= SIMILAR).collect();
        similar.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.cmp(other)));
        similar.dedup_by(|(_, one), (_, other)| one == other);
        let did_you_mean = similar.into_iter().take(MOST).map(|(_, name)| name).collect();
        Self { field, value: value.to_owned(), did_you_mean }
    }

    fn to_sentence(&self) -> String {
        let known = format!("{}: unknown name {}", self.field, self.value);
        if self.did_you_mean.is_empty() {
            return known;
        }
        format!("{known}; did you mean {}?", self.did_you_mean.join(", "))
    }
}
