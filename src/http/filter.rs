//! The filters that lists of events share.

use super::{
    params::{AnyOf, Country, Day, EventsAfter, Limit, Names, Text, UpdatedSince},
    problem::Problem,
};
use crate::{
    event::{Kind, Status},
    store::{self, EventFilter, FEED_DAYS, Since},
};
use axum::http::StatusCode;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;
use strum::{Display, EnumString, VariantArray};
use utoipa::IntoParams;

/// Which events a list shows, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EventParams {
    /// Events that have not ended before this day: `2022-01-31`, `today`, `-7d`, `+90d` (UTC).
    #[param(value_type = Option<String>, example = "2022-01-01")]
    from: Option<Day>,
    /// Events that have begun by this day; written as `from`.
    #[param(value_type = Option<String>, example = "2022-01-31")]
    to: Option<Day>,
    /// Code or name of a party, whatever its case. Repeated: all of them; with commas: any of them.
    #[serde(default)]
    #[param(value_type = Vec<String>, required = false, explode = true, example = json!(["RU", "US,NATO"]))]
    participant: Vec<Names>,
    /// The country of the place, ISO 3166-1 alpha-2.
    #[param(value_type = Option<String>, example = "CH")]
    country: Option<Country>,
    /// The name of the place, whatever its case.
    #[param(value_type = Option<String>, example = "Lugano")]
    place: Option<Text>,
    /// Kinds; with commas: any of them.
    #[param(value_type = Option<String>, example = "talks,summit")]
    kind: Option<AnyOf<Kind>>,
    /// Statuses; with commas: any of them.
    #[param(value_type = Option<String>, example = "confirmed,tentative")]
    status: Option<AnyOf<Status>>,
    /// Words, all of which stand in title, parties, place or the evidence's sentences.
    #[param(value_type = Option<String>, example = "security guarantees")]
    q: Option<Text>,
    /// The timeline as the articles published up to this day had announced it; written as `from`.
    #[param(value_type = Option<String>, example = "2022-01-05")]
    as_of: Option<Day>,
    /// Only what changed since an instant of this service, or since the `next_updated_since` of an earlier answer, in the order
    /// of the changes: events as they are now, and what is gone. Reaches back 90 days.
    #[param(value_type = Option<String>, example = "2022-01-05T09:00:00Z")]
    updated_since: Option<UpdatedSince>,
    /// `evidence` adds each event's evidence.
    #[param(value_type = Option<String>, example = "evidence")]
    include: Option<AnyOf<Include>>,
    /// How many events a page holds.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
    limit: Option<Limit>,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<EventsAfter>,
}

#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Include {
    Evidence,
}

/// In which order, and which page.
pub(super) enum Pages {
    /// By first day, after the page before.
    ByDay(Option<store::Cursor>),
    /// By change.
    Changes(Since),
}

/// Which page of what.
pub(super) struct Selection {
    pub(super) filter: EventFilter,
    pub(super) page: Pages,
    pub(super) limit: u32,
    pub(super) with_evidence: bool,
}

impl EventParams {
    /// What the parameters select when it is `now`.
    pub(super) fn selection(self, now: Timestamp) -> Result<Selection, Problem> {
        let today = TimeZone::UTC.to_datetime(now).date();
        let from = resolve("from", self.from, today)?;
        let to = resolve("to", self.to, today)?;
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::of_field("to", "to lies before from"));
        }
        let as_of = resolve("as_of", self.as_of, today)?;
        let page = pages(self.cursor, self.updated_since, now)?;
        if as_of.is_some() && matches!(page, Pages::Changes(_)) {
            let detail =
                "as_of asks how things stood on a day, updated_since for what changed until now; give one of them";
            return Err(Problem::of_field("updated_since", detail));
        }
        let words = self.q.iter().flat_map(|q| store::words(&q.0)).collect::<Vec<_>>();
        if self.q.is_some() && words.is_empty() {
            return Err(Problem::of_field("q", "q holds no word: letters or digits are looked for"));
        }
        let filter = EventFilter {
            from,
            to,
            participants: self.participant.into_iter().map(|names| names.0).collect(),
            country: self.country.map(|country| country.0),
            place: self.place.map(|place| place.0),
            kinds: self.kind.map(|kinds| kinds.0).unwrap_or_default(),
            statuses: self.status.map(|statuses| statuses.0).unwrap_or_default(),
            words,
            as_of,
        };
        Ok(Selection { filter, page, limit: self.limit.unwrap_or_default().0, with_evidence: self.include.is_some() })
    }
}

fn pages(cursor: Option<EventsAfter>, since: Option<UpdatedSince>, now: Timestamp) -> Result<Pages, Problem> {
    let since = match (cursor, since) {
        (None, None) => return Ok(Pages::ByDay(None)),
        (Some(EventsAfter::ByDay(cursor)), None) => return Ok(Pages::ByDay(Some(cursor))),
        (Some(EventsAfter::ByDay(_)), Some(_)) => {
            return Err(Problem::of_field("cursor", "cursor is of a list without updated_since"));
        }
        (None, Some(since)) => since.0,
        // A page of changes goes on where the one before ended.
        (Some(EventsAfter::Changes(position)), _) => Since::Position(position),
    };
    if since.instant().checked_add((24 * FEED_DAYS).hours()).is_ok_and(|last| last < now) {
        let detail = format!("updated_since reaches back {FEED_DAYS} days; fetch the list anew, and go on from there");
        return Err(Problem::new(StatusCode::GONE, detail).because_of("updated_since"));
    }
    Ok(Pages::Changes(since))
}

pub(super) fn resolve(name: &str, day: Option<Day>, today: Date) -> Result<Option<Date>, Problem> {
    day.map(|day| {
        let outside = || Problem::of_field(name, format!("{name}: lies outside the years 1 to 9999"));
        day.resolve(today).ok_or_else(outside)
    })
    .transpose()
}
