//! The filters that lists of events share.

use super::{
    App,
    names::participant_keys,
    problem::Problem,
    values::{
        AnyOf, ArticleId, Country, Day, EventsAfter, Instant, Limit, Moment, Names, OneOf, Probability, Text,
        UpdatedSince,
    },
};
use crate::{
    event::{Kind, Precision, Status},
    extract::Directory,
    store::{self, EventFilter, FEED_DAYS, Since, Sort},
};
use axum::http::StatusCode;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, IntoResponses};

/// Parameters that name what events are shown, with those that an address has besides: no library flattens one struct into
/// another and still says which parameter is at fault.
macro_rules! filter_params {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $name {
            /// Events that have not ended before this day: `2022-01-31`, `today`, `-7d`, `+90d` (UTC).
            #[param(value_type = Option<String>, example = "2022-01-01")]
            from: Option<Day>,
            /// Events that have begun by this day; written as `from`.
            #[param(value_type = Option<String>, example = "2022-01-31")]
            to: Option<Day>,
            /// Code or name of a participant, whatever its case and accents: `RU`, `Russia`, `Kremlin`. A code that a country and
            /// an organisation share is the country's: `AU` is Australia, `organization:AU` the African Union. Repeated: all of
            /// them; with commas: any of them.
            #[serde(default)]
            #[param(value_type = Vec<String>, required = false, explode = true, example = json!(["RU", "US,NATO"]))]
            participant: Vec<Names>,
            /// The country of the place, ISO 3166-1 alpha-2.
            #[param(value_type = Option<String>, example = "CH")]
            country: Option<Country>,
            /// A name of the place, whatever its case and accents.
            #[param(value_type = Option<String>, example = "Lugano")]
            place: Option<Text>,
            /// Kinds; with commas: any of them.
            #[param(value_type = Option<String>, example = "talks,summit")]
            kind: Option<AnyOf<Kind>>,
            /// Statuses; with commas: any of them.
            #[param(value_type = Option<String>, example = "confirmed,tentative")]
            status: Option<AnyOf<Status>>,
            /// How precise the date is; with commas: any of them.
            #[param(value_type = Option<String>, example = "day,week")]
            precision: Option<AnyOf<Precision>>,
            /// Who published an article that speaks of the event, whatever the name's case.
            #[param(value_type = Option<String>, example = "RTÉ")]
            source: Option<Text>,
            /// The id of an article that speaks of the event.
            #[param(value_type = Option<String>, format = Uuid)]
            article: Option<ArticleId>,
            /// Events whose status came about at this instant or later: with `status=cancelled`, what was called off since.
            #[param(value_type = Option<String>, format = DateTime, example = "2022-01-05T09:00:00Z")]
            status_since: Option<Instant>,
            /// The least confidence, from 0 to 1.
            #[param(value_type = Option<f64>, minimum = 0, maximum = 1, example = 0.8)]
            min_confidence: Option<Probability>,
            /// Words, all of which stand in title, parties, place or the evidence's sentences.
            #[param(value_type = Option<String>, example = "security guarantees")]
            q: Option<Text>,
            /// The timeline as the articles published up to this day had announced it; written as `from`.
            #[param(value_type = Option<String>, example = "2022-01-05")]
            as_of: Option<Day>,
            /// Only what changed since an instant of this service, or since the `next_updated_since` of an earlier answer. Reaches
            /// back 90 days. Lists in JSON tell it in the order of the changes, and tell of what is gone.
            #[param(value_type = Option<String>, example = "2022-01-05T09:00:00Z")]
            updated_since: Option<UpdatedSince>,
            /// In which order; one of `starts_on`, `-starts_on`, `updated_at`, `-updated_at`.
            #[param(value_type = Option<String>, default = "starts_on")]
            sort: Option<OneOf<Sort>>,
            /// How many events a page holds.
            #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
            limit: Option<Limit>,
            /// The `next_cursor` of the page before.
            #[param(value_type = Option<String>)]
            cursor: Option<EventsAfter>,
            $($(#[$about])* $field: $type,)*
        }

        impl $name {
            /// What the shared parameters ask for.
            fn take_asked(&mut self) -> Asked {
                Asked {
                    from: self.from.take(),
                    to: self.to.take(),
                    participant: std::mem::take(&mut self.participant),
                    country: self.country.take(),
                    place: self.place.take(),
                    kind: self.kind.take(),
                    status: self.status.take(),
                    precision: self.precision.take(),
                    source: self.source.take(),
                    article: self.article.take(),
                    status_since: self.status_since.take(),
                    min_confidence: self.min_confidence.take(),
                    q: self.q.take(),
                    as_of: self.as_of.take(),
                    updated_since: self.updated_since.take(),
                    sort: self.sort.take(),
                    limit: self.limit.take(),
                    cursor: self.cursor.take(),
                }
            }
        }
    };
}

filter_params! {
    /// Which events a list shows, and which page of them.
    EventParams {
        /// `evidence` adds each event's evidence.
        #[param(value_type = Option<String>, example = "evidence")]
        include: Option<AnyOf<Include>>,
    }
}

filter_params! {
    /// Which events a document shows, or are counted. A document that does not come in pages holds all of them, whatever
    /// `limit` and `cursor` say.
    FilterParams {}
}

filter_params! {
    /// Which changes are told. `limit`, `cursor` and `sort` count for nothing: they are told in their order, all of them.
    StreamParams {}
}

filter_params! {
    /// Which events a calendar shows.
    CalendarParams {
        /// The first moment that is shown, as FullCalendar says it; `from` holds as well.
        #[param(value_type = Option<String>, example = "2022-01-01T00:00:00Z")]
        start: Option<Moment>,
        /// The first moment that is not shown any more; `to` holds as well.
        #[param(value_type = Option<String>, example = "2022-02-01T00:00:00Z")]
        end: Option<Moment>,
        /// FullCalendar's zone: days are days, whatever it is.
        #[param(value_type = Option<String>, example = "UTC")]
        #[serde(rename = "timeZone")]
        #[expect(dead_code, reason = "taken, as FullCalendar may send it, and of no effect")]
        time_zone: Option<Text>,
    }
}

/// What the parameters ask for, as it was said.
struct Asked {
    from: Option<Day>,
    to: Option<Day>,
    participant: Vec<Names>,
    country: Option<Country>,
    place: Option<Text>,
    kind: Option<AnyOf<Kind>>,
    status: Option<AnyOf<Status>>,
    precision: Option<AnyOf<Precision>>,
    source: Option<Text>,
    article: Option<ArticleId>,
    status_since: Option<Instant>,
    min_confidence: Option<Probability>,
    q: Option<Text>,
    as_of: Option<Day>,
    updated_since: Option<UpdatedSince>,
    sort: Option<OneOf<Sort>>,
    limit: Option<Limit>,
    cursor: Option<EventsAfter>,
}

#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, VariantArray)]
#[strum(serialize_all = "lowercase")]
enum Include {
    Evidence,
}

/// In which order, and which page.
pub(super) enum Pages {
    /// Rows, after the page before.
    Rows(Sort, Option<store::Cursor>),
    /// By change.
    Changes(Since),
}

/// Which page of what.
pub(super) struct Selection {
    pub(super) filter: EventFilter,
    pub(super) page: Pages,
    pub(super) limit: u32,
    pub(super) with_evidence: bool,
    /// As in [`Whole`].
    pub(super) window_since: Option<Timestamp>,
}

/// A whole selection, and which page of it a document shows that comes in pages.
pub(super) struct Whole {
    pub(super) filter: EventFilter,
    pub(super) sort: Sort,
    pub(super) after: Option<store::Cursor>,
    pub(super) limit: u32,
    /// Since when its days are those they are; none where they never move.
    pub(super) window_since: Option<Timestamp>,
}

impl EventParams {
    /// What the parameters select.
    pub(super) fn selection(mut self, app: &App) -> Result<Selection, Problem> {
        let with_evidence = self.include.is_some();
        let asked = self.take_asked();
        let page = asked.pages((app.now)())?;
        let (limit, window_since) = (asked.limit.unwrap_or_default().0, asked.window_since((app.now)()));
        Ok(Selection { filter: asked.filter(app)?, page, limit, with_evidence, window_since })
    }
}

impl FilterParams {
    /// Everything that the parameters select.
    pub(super) fn whole(mut self, app: &App) -> Result<Whole, Problem> {
        self.take_asked().whole(app)
    }
}

impl StreamParams {
    /// What is told, since when.
    pub(super) fn changes(mut self, app: &App) -> Result<(EventFilter, Option<Since>), Problem> {
        let asked = self.take_asked();
        if asked.as_of.is_some() {
            return Err(Problem::of_field(
                "as_of",
                "as_of asks how things stood on a day; the stream tells what changes",
            ));
        }
        let since = asked.updated_since.map(|since| since.0);
        since.map(|since| told_since(since, (app.now)())).transpose()?;
        Ok((asked.filter(app)?, since))
    }
}

impl CalendarParams {
    /// Everything that the parameters select.
    pub(super) fn whole(mut self, app: &App) -> Result<Whole, Problem> {
        let start = self.start.map(Moment::first_day);
        let end = self.end.and_then(Moment::last_day_before);
        if start.zip(end).is_some_and(|(start, end)| start > end) {
            return Err(Problem::of_field("end", "end does not lie after start"));
        }
        let mut whole = self.take_asked().whole(app)?;
        whole.filter.from = whole.filter.from.max(start);
        whole.filter.to = whole.filter.to.into_iter().chain(end).min();
        Ok(whole)
    }
}

impl Asked {
    /// Everything that is selected.
    fn whole(self, app: &App) -> Result<Whole, Problem> {
        let now = (app.now)();
        if let Some(since) = self.updated_since {
            told_since(since.0, now)?;
        }
        let sort = self.sort.map(|sort| sort.0).unwrap_or_default();
        Ok(Whole {
            sort,
            after: after(self.cursor, sort)?,
            limit: self.limit.unwrap_or_default().0,
            window_since: self.window_since(now),
            filter: EventFilter {
                updated_since: self.updated_since.map(|since| since.0.instant()),
                ..self.filter(app)?
            },
        })
    }

    /// Since when the days are those they are; none where they never move.
    fn window_since(&self, now: Timestamp) -> Option<Timestamp> {
        let moves = [self.from, self.to, self.as_of].iter().flatten().any(|day| matches!(day, Day::Relative(_)));
        let today = TimeZone::UTC.to_datetime(now).date();
        TimeZone::UTC.to_timestamp(today.into()).ok().filter(|_| moves)
    }

    /// The page of a list.
    fn pages(&self, now: Timestamp) -> Result<Pages, Problem> {
        let since = match (self.cursor, self.updated_since) {
            (cursor, None) if !matches!(cursor, Some(EventsAfter::Changes(_))) => {
                let sort = self.sort.map(|sort| sort.0).unwrap_or_default();
                return Ok(Pages::Rows(sort, after(cursor, sort)?));
            }
            (Some(EventsAfter::Row(_)), _) => {
                return Err(Problem::of_field("cursor", "cursor is of a list without updated_since"));
            }
            // A page of changes goes on where the one before ended.
            (Some(EventsAfter::Changes(position)), _) => Since::Position(position),
            (None, since) => since.map_or(Since::Instant(now), |since| since.0),
        };
        if self.as_of.is_some() {
            let detail =
                "as_of asks how things stood on a day, updated_since for what changed until now; give one of them";
            return Err(Problem::of_field("updated_since", detail));
        }
        if self.sort.is_some_and(|sort| sort.0 != Sort::UpdatedAt) {
            let detail = "with updated_since a list stands in the order of the changes: sort=updated_at, or none";
            return Err(Problem::of_field("sort", detail));
        }
        told_since(since, now)?;
        Ok(Pages::Changes(since))
    }

    fn filter(self, app: &App) -> Result<EventFilter, Problem> {
        let today = app.today();
        let from = resolve("from", self.from, today)?;
        let to = resolve("to", self.to, today)?;
        // Where one of them moves with time, it is no mistake that it passes the other some day.
        let moves = |day: Option<Day>| matches!(day, Some(Day::Relative(_)));
        if moves(self.from) == moves(self.to) && from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::of_field("to", "to lies before from"));
        }
        let words = self.q.iter().flat_map(|q| store::words(&q.0)).collect::<Vec<_>>();
        if self.q.is_some() && words.is_empty() {
            return Err(Problem::of_field("q", "q holds no word: letters or digits are looked for"));
        }
        if self.as_of.is_some() && self.status_since.is_some() {
            let detail =
                "as_of asks how things stood on a day, status_since for what changed until now; give one of them";
            return Err(Problem::of_field("status_since", detail));
        }
        Ok(EventFilter {
            from,
            to,
            participants: self.participant.iter().map(|names| parties(names, &app.directory)).collect(),
            country: self.country.map(|country| country.0),
            places: self.place.map(|place| places(place.0, &app.directory)).unwrap_or_default(),
            kinds: self.kind.map(|kinds| kinds.0).unwrap_or_default(),
            statuses: self.status.map(|statuses| statuses.0).unwrap_or_default(),
            precisions: self.precision.map(|precisions| precisions.0).unwrap_or_default(),
            source: self.source.map(|source| source.0),
            article: self.article.map(|article| article.0),
            status_since: self.status_since.map(|since| since.0),
            updated_since: None,
            min_confidence: self.min_confidence.map(|least| least.0),
            words,
            as_of: resolve("as_of", self.as_of, today)?,
        })
    }
}

/// What names and codes stand for.
fn parties(Names(names): &Names, directory: &Directory) -> Vec<String> {
    names.iter().flat_map(|name| participant_keys(name, directory)).collect()
}

/// A name as it was said, and the usual names of what it stands for.
fn places(name: String, directory: &Directory) -> Vec<String> {
    let usual: Vec<String> = directory.places_named(&name).map(|place| place.name.clone()).collect();
    std::iter::once(name).chain(usual).collect()
}

/// Where a page of rows begins.
fn after(cursor: Option<EventsAfter>, sort: Sort) -> Result<Option<store::Cursor>, Problem> {
    match cursor {
        None => Ok(None),
        Some(EventsAfter::Row(cursor)) if sort.fits(cursor.key) => Ok(Some(cursor)),
        Some(_) => Err(Problem::of_field("cursor", "cursor is of a list in another order")),
    }
}

/// How a list of changes is refused that reaches too far back.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
pub(super) enum TooLongAgo {
    /// `updated_since`, or a cursor of such a list, reaches back more than 90 days: fetch the list anew
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(Problem),
}

/// Refuses what the feed of changes no longer tells.
pub(super) fn told_since(since: Since, now: Timestamp) -> Result<(), Problem> {
    if since.instant().checked_add((24 * FEED_DAYS).hours()).is_ok_and(|last| last < now) {
        let detail = format!("updated_since reaches back {FEED_DAYS} days; fetch the list anew, and go on from there");
        return Err(Problem::new(StatusCode::GONE, detail).because_of("updated_since"));
    }
    Ok(())
}

pub(super) fn resolve(name: &str, day: Option<Day>, today: Date) -> Result<Option<Date>, Problem> {
    day.map(|day| {
        let outside = || Problem::of_field(name, format!("{name}: lies outside the years 1 to 9999"));
        day.resolve(today).ok_or_else(outside)
    })
    .transpose()
}
