//! The filters that lists of events share.

use super::{
    App,
    day::{Day, Unit, Zone},
    digest::{DigestFormat, Period},
    names::{country_codes, participant_keys},
    problem::Problem,
    suggestions::Typed,
    values::{
        AnyOf, ArticleId, EventsAfter, Flag, InstantOrDay, Limit, Moment, Names, OneOf, Probability, Text, UpdatedSince,
    },
};
use crate::{
    event::{Kind, Precision, Status},
    extract::Directory,
    formats::{Coarse, Language},
    store::{self, EventFilter, FEED_DAYS, Since, Sort},
};
use axum::http::StatusCode;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;
use strum::{Display, EnumString, VariantArray};
use utoipa::{IntoParams, IntoResponses, ToSchema};

/// Declares the parameters that select events, together with those of a single endpoint. No library
/// flattens one struct into another and still reports which parameter is invalid.
macro_rules! filter_params {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $name {
            /// Events that end on or after this date: `2022-01-31`, `2022-01`, `2022`, a timestamp, `today`, `tomorrow`,
            /// `-7d`, `+1w`, `+3m`, `+1y`.
            #[param(value_type = Option<String>, example = "2022-01-01")]
            from: Option<Day>,
            /// Events that start on or before this date; same syntax as `from`; a month or a year
            /// stands for its last day.
            #[param(value_type = Option<String>, example = "2022-01-31")]
            to: Option<Day>,
            /// Code or name of a participant, ignoring case and accents: `RU`, `Russia`, `Kremlin`.
            /// A code shared by a country and an organisation means the country: `AU` is Australia,
            /// `organization:AU` the African Union. Repeat the parameter to require all; separate
            /// values with commas to accept any.
            #[serde(default)]
            #[param(value_type = Vec<String>, required = false, explode = true, example = json!(["RU", "US,NATO"]))]
            participant: Vec<Names>,
            /// The country of the place: ISO 3166-1 alpha-2, or a name; separate values with commas to accept any.
            #[param(value_type = Option<String>, example = "CH,Austria")]
            country: Option<Names>,
            /// A name of the place, ignoring case and accents; separate values with commas to accept any.
            #[param(value_type = Option<String>, example = "Lugano")]
            place: Option<Names>,
            /// Kinds; separate values with commas to accept any.
            #[param(value_type = Vec<Kind>, explode = false, style = Form, required = false, example = json!(["talks", "summit"]))]
            kind: Option<AnyOf<Kind>>,
            /// Statuses, separated by commas.
            #[param(value_type = Vec<Status>, explode = false, style = Form, required = false, example = json!(["confirmed", "tentative"]))]
            status: Option<AnyOf<Status>>,
            /// Precisions of the date, separated by commas.
            #[param(value_type = Vec<Precision>, explode = false, style = Form, required = false, example = json!(["day", "week"]))]
            precision: Option<AnyOf<Precision>>,
            /// Publisher of an article that is evidence, ignoring case; a host with or without `www.`.
            /// Separate values with commas to accept any.
            #[param(value_type = Option<String>, example = "RTÉ,rte.ie")]
            source: Option<Names>,
            /// Id of an article that is evidence.
            #[param(value_type = Option<String>, format = Uuid)]
            article: Option<ArticleId>,
            /// Events whose status has changed since this timestamp (or date, UTC); with `status=cancelled`, the recent
            /// cancellations.
            #[param(value_type = Option<String>, format = DateTime, example = "2022-01-05T09:00:00Z")]
            status_since: Option<InstantOrDay>,
            /// Minimum confidence, from 0 to 1.
            #[param(value_type = Option<f64>, minimum = 0, maximum = 1, example = 0.8)]
            min_confidence: Option<Probability>,
            /// Words that must all occur in title, participants, place or evidence.
            #[param(value_type = Option<String>, example = "security guarantees")]
            q: Option<Text>,
            /// The timeline as it was known on this date, from the articles published until then; same syntax as
            /// `from`.
            #[param(value_type = Option<String>, example = "2022-01-05")]
            as_of: Option<Day>,
            /// Only changes since this timestamp or date, or since the `next_updated_since` of an earlier response; up to 90
            /// days back. JSON lists are then sorted by change and include tombstones.
            #[param(value_type = Option<String>, example = "2022-01-05T09:00:00Z")]
            updated_since: Option<UpdatedSince>,
            /// The time zone of `today`; UTC by default.
            #[param(value_type = Option<String>, default = "UTC", example = "Europe/Paris")]
            timezone: Option<Zone>,
            /// Sort order.
            #[param(value_type = Sort, inline, default = "starts_on", required = false)]
            sort: Option<OneOf<Sort>>,
            /// The maximum number of events on a page.
            #[param(value_type = Option<u32>, minimum = 1, maximum = 1000, default = 100)]
            limit: Option<Limit>,
            /// The `next_cursor` of the previous page.
            #[param(value_type = Option<String>)]
            cursor: Option<EventsAfter>,
            $($(#[$about])* $field: $type,)*
        }

        impl $name {
            /// Takes the shared parameters.
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
                    timezone: self.timezone.take(),
                    sort: self.sort.take(),
                    limit: self.limit.take(),
                    cursor: self.cursor.take(),
                }
            }
        }
    };
}

filter_params! {
    /// Filters and pagination of a list of events.
    EventParams {
        /// `evidence` adds the evidence of each event.
        #[param(value_type = Vec<Include>, inline, required = false, explode = false, style = Form, example = json!(["evidence"]))]
        include: Option<AnyOf<Include>>,
    }
}

filter_params! {
    /// Filters of a document or of counts. A document contains all selected events unless `limit`
    /// is given.
    FilterParams {}
}

filter_params! {
    /// Filters of a calendar (RFC 5545), by default events of the last 30 days and later, unless
    /// `from`, `to`, `as_of` or `updated_since` is given.
    IcsParams {
        /// How to show an event whose date is known only to the month or less precisely: on its
        /// `first_day`, over the `span`, or not at all (`omit`).
        #[param(value_type = Coarse, inline, default = "first_day", required = false)]
        coarse: Option<OneOf<Coarse>>,
    }
}

filter_params! {
    /// Filters of a spreadsheet.
    SheetParams {
        /// `true`: begins with a byte order mark, by which Excel recognizes UTF-8.
        #[param(value_type = Option<bool>, default = false)]
        bom: Option<Flag>,
    }
}

filter_params! {
    /// Filters of a stream. `limit`, `cursor` and `sort` have no effect: all changes are sent in
    /// order.
    StreamParams {}
}

filter_params! {
    /// Filters of FullCalendar.
    CalendarParams {
        /// The start of the range, as FullCalendar sends it; `from` applies as well.
        #[param(value_type = Option<String>, example = "2022-01-01T00:00:00Z")]
        start: Option<Moment>,
        /// The end of the range, exclusive; `to` applies as well.
        #[param(value_type = Option<String>, example = "2022-02-01T00:00:00Z")]
        end: Option<Moment>,
        /// FullCalendar's time zone; dates do not depend on it.
        #[param(value_type = Option<String>, example = "UTC")]
        #[serde(rename = "timeZone")]
        #[expect(dead_code, reason = "taken, as FullCalendar may send it, and of no effect")]
        time_zone: Option<Text>,
    }
}

filter_params! {
    /// Filters of a digest.
    DigestParams {
        /// The number of days from `from` or today: `day` is one, `week` seven, `month` thirty.
        #[param(value_type = Period, inline, default = "week", required = false)]
        period: Option<OneOf<Period>>,
        /// `md` for Markdown, `html` for HTML.
        #[param(value_type = DigestFormat, inline, default = "md", required = false)]
        format: Option<OneOf<DigestFormat>>,
        /// The language of dates and other words. Titles and names stay as they are.
        #[param(value_type = Language, inline, default = "en", required = false)]
        lang: Option<OneOf<Language>>,
    }
}

/// The parameters as they were sent.
struct Asked {
    from: Option<Day>,
    to: Option<Day>,
    participant: Vec<Names>,
    country: Option<Names>,
    place: Option<Names>,
    kind: Option<AnyOf<Kind>>,
    status: Option<AnyOf<Status>>,
    precision: Option<AnyOf<Precision>>,
    source: Option<Names>,
    article: Option<ArticleId>,
    status_since: Option<InstantOrDay>,
    min_confidence: Option<Probability>,
    q: Option<Text>,
    as_of: Option<Day>,
    updated_since: Option<UpdatedSince>,
    timezone: Option<Zone>,
    sort: Option<OneOf<Sort>>,
    limit: Option<Limit>,
    cursor: Option<EventsAfter>,
}

#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, ToSchema, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[schema(rename_all = "lowercase")]
enum Include {
    Evidence,
}

/// Sort order and page.
pub(super) enum Pages {
    /// Rows in this order, after the cursor.
    Rows(Sort, Option<store::Cursor>),
    /// Changes since a position.
    Changes(Since),
}

/// A page of a selection.
pub(super) struct Selection {
    pub(super) filter: EventFilter,
    pub(super) page: Pages,
    pub(super) limit: u32,
    pub(super) with_evidence: bool,
    /// As in [`Whole`].
    pub(super) window_since: Option<Timestamp>,
    /// The names in the filter as they were typed.
    pub(super) typed: Typed,
}

/// A complete selection, and the page of it that a paginated document shows.
pub(super) struct Whole {
    pub(super) filter: EventFilter,
    pub(super) sort: Sort,
    pub(super) after: Option<store::Cursor>,
    /// The number of events on a page, if it is given.
    pub(super) limit: Option<u32>,
    /// How a calendar shows coarse dates.
    pub(super) coarse: Coarse,
    /// Whether a spreadsheet begins with a byte order mark.
    pub(super) has_bom: bool,
    /// Since when the dates have their present values; `None` if none of them moves with time.
    pub(super) window_since: Option<Timestamp>,
}

impl EventParams {
    /// Returns the page of the selection.
    pub(super) fn selection(mut self, app: &App) -> Result<Selection, Problem> {
        let with_evidence = self.include.is_some();
        let asked = self.take_asked();
        let page = asked.pages((app.now)())?;
        let (limit, window_since) = (asked.limit.unwrap_or_default().0, asked.window_since((app.now)()));
        let typed = asked.typed();
        Ok(Selection { filter: asked.filter(app)?, page, limit, with_evidence, window_since, typed })
    }
}

impl FilterParams {
    /// Returns the complete selection.
    pub(super) fn whole(self, app: &App) -> Result<Whole, Problem> {
        self.whole_by(app, Sort::default())
    }

    /// Returns the complete selection, in this order unless `sort` is given.
    pub(super) fn whole_by(mut self, app: &App, sort: Sort) -> Result<Whole, Problem> {
        self.take_asked().whole(app, sort)
    }
}

impl IcsParams {
    /// Returns the complete selection.
    pub(super) fn whole(mut self, app: &App) -> Result<Whole, Problem> {
        const SHOWN: Day = Day::Relative(-30, Unit::Day);
        let coarse = self.coarse.map(|coarse| coarse.0).unwrap_or_default();
        let mut asked = self.take_asked();
        let is_dated = [asked.from, asked.to, asked.as_of].iter().any(Option::is_some) || asked.updated_since.is_some();
        asked.from = asked.from.or((!is_dated).then_some(SHOWN));
        Ok(Whole { coarse, ..asked.whole(app, Sort::default())? })
    }
}

impl SheetParams {
    /// Returns the complete selection.
    pub(super) fn whole(mut self, app: &App) -> Result<Whole, Problem> {
        let has_bom = self.bom.is_some_and(|bom| bom.0);
        Ok(Whole { has_bom, ..self.take_asked().whole(app, Sort::default())? })
    }
}

impl StreamParams {
    /// Returns the filter of the changes, and where they start.
    pub(super) fn changes(mut self, app: &App) -> Result<(EventFilter, Option<Since>), Problem> {
        let asked = self.take_asked();
        if asked.as_of.is_some() {
            return Err(Problem::of_field("as_of", "as_of cannot be combined with a stream of changes; omit it"));
        }
        let since = asked.since((app.now)())?;
        since.map(|since| told_since(since, (app.now)())).transpose()?;
        Ok((asked.filter(app)?, since))
    }
}

impl DigestParams {
    /// Returns the language of the digest.
    pub(super) fn language(&self) -> Language {
        self.lang.as_ref().map(|lang| lang.0).unwrap_or_default()
    }

    /// Returns the format of the digest, its dates, the filter, and since when the dates have their
    /// present values.
    pub(super) fn digest(
        mut self,
        app: &App,
    ) -> Result<(DigestFormat, Date, Date, EventFilter, Option<Timestamp>), Problem> {
        let period = self.period.map(|period| period.0).unwrap_or_default();
        let format = self.format.map(|format| format.0).unwrap_or_default();
        let from = Some(self.from.unwrap_or(Day::Relative(0, Unit::Day)));
        let asked = Asked { from, to: None, ..self.take_asked() };
        let first = resolve("from", from, app.today())?.unwrap_or(app.today());
        let last = period.last(first);
        let Whole { filter, window_since, .. } = asked.whole(app, Sort::default())?;
        Ok((format, first, last, EventFilter { to: Some(last), ..filter }, window_since))
    }
}

impl CalendarParams {
    /// Returns the complete selection.
    pub(super) fn whole(mut self, app: &App) -> Result<Whole, Problem> {
        let start = self.start.map(Moment::first_day);
        let end = self.end.and_then(Moment::last_day_before);
        if start.zip(end).is_some_and(|(start, end)| start > end) {
            return Err(Problem::of_field("end", "end must be after start"));
        }
        let mut whole = self.take_asked().whole(app, Sort::default())?;
        whole.filter.from = whole.filter.from.max(start);
        whole.filter.to = whole.filter.to.into_iter().chain(end).min();
        Ok(whole)
    }
}

impl Asked {
    /// Returns the complete selection.
    fn whole(self, app: &App, sort: Sort) -> Result<Whole, Problem> {
        let now = (app.now)();
        let since = self.since(now)?;
        if let Some(since) = since {
            told_since(since, now)?;
        }
        let sort = self.sort.map_or(sort, |sort| sort.0);
        Ok(Whole {
            sort,
            after: after(self.cursor, sort)?,
            limit: self.limit.map(|limit| limit.0),
            coarse: Coarse::default(),
            has_bom: false,
            window_since: self.window_since(now),
            filter: EventFilter { updated_since: since.map(Since::instant), ..self.filter(app)? },
        })
    }

    /// Returns since when the dates have their present values; `None` if none of them moves with
    /// time.
    fn window_since(&self, now: Timestamp) -> Option<Timestamp> {
        let moves = [self.from, self.to, self.as_of].into_iter().flatten().any(Day::moves);
        self.zone().to_timestamp(self.today(now).into()).ok().filter(|_| moves)
    }

    fn zone(&self) -> TimeZone {
        self.timezone.as_ref().map_or(TimeZone::UTC, |zone| zone.0.clone())
    }

    /// Returns today in the requested time zone.
    fn today(&self, now: Timestamp) -> Date {
        self.zone().to_datetime(now).date()
    }

    /// Returns where the changes start.
    fn since(&self, now: Timestamp) -> Result<Option<Since>, Problem> {
        let outside = || Problem::of_field("updated_since", "updated_since must be in the years 1 to 9999");
        let since = self.updated_since.map(|since| since.resolve(self.today(now), &self.zone()).ok_or_else(outside));
        since.transpose()
    }

    /// Returns the names as they were typed.
    fn typed(&self) -> Typed {
        let all = |names: &Option<Names>| names.iter().flat_map(|names| names.0.clone()).collect();
        Typed {
            participants: self.participant.iter().flat_map(|names| names.0.clone()).collect(),
            places: all(&self.place),
            sources: all(&self.source),
        }
    }

    /// Returns the page of a list.
    fn pages(&self, now: Timestamp) -> Result<Pages, Problem> {
        let since = match (self.cursor, self.updated_since) {
            (cursor, None) if !matches!(cursor, Some(EventsAfter::Changes(_))) => {
                let sort = self.sort.map(|sort| sort.0).unwrap_or_default();
                return Ok(Pages::Rows(sort, after(cursor, sort)?));
            }
            (Some(EventsAfter::Row(_)), _) => {
                return Err(Problem::of_field(
                    "cursor",
                    "cursor belongs to a list without updated_since; omit updated_since or the cursor",
                ));
            }
            // A page of changes starts where the previous one ended.
            (Some(EventsAfter::Changes(position)), _) => Since::Position(position),
            (None, _) => self.since(now)?.unwrap_or(Since::Instant(now)),
        };
        if self.as_of.is_some() {
            let detail = "updated_since cannot be combined with as_of; omit one of them";
            return Err(Problem::of_field("updated_since", detail));
        }
        if self.sort.is_some_and(|sort| sort.0 != Sort::UpdatedAt) {
            let detail = "sort must be updated_at or omitted with updated_since, which sorts by change";
            return Err(Problem::of_field("sort", detail));
        }
        told_since(since, now)?;
        Ok(Pages::Changes(since))
    }

    fn filter(self, app: &App) -> Result<EventFilter, Problem> {
        let today = self.today((app.now)());
        let from = resolve("from", self.from, today)?;
        let to = resolve_last("to", self.to, today)?;
        // A range with a date that moves may become empty without being a mistake.
        let moves = |day: Option<Day>| day.is_some_and(Day::moves);
        if moves(self.from) == moves(self.to) && from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::of_field("to", "to must not be before from"));
        }
        let words = self.q.iter().flat_map(|q| store::words(&q.0)).collect::<Vec<_>>();
        if self.q.is_some() && words.is_empty() {
            return Err(Problem::of_field("q", "q must contain a word of letters or digits"));
        }
        if self.as_of.is_some() && self.status_since.is_some() {
            let detail = "status_since cannot be combined with as_of; omit one of them";
            return Err(Problem::of_field("status_since", detail));
        }
        Ok(EventFilter {
            from,
            to,
            participants: self.participant.iter().map(|names| parties(names, &app.directory)).collect(),
            countries: self.country.map(|names| countries(&names, &app.directory)).transpose()?.unwrap_or_default(),
            places: self.place.map(|place| places(&place, &app.directory)).unwrap_or_default(),
            kinds: self.kind.map(|kinds| kinds.0).unwrap_or_default(),
            statuses: self.status.map(|statuses| statuses.0).unwrap_or_default(),
            precisions: self.precision.map(|precisions| precisions.0).unwrap_or_default(),
            sources: self.source.map(|names| names.0).unwrap_or_default(),
            article: self.article.map(|article| article.0),
            status_since: self.status_since.map(|since| since.0),
            updated_since: None,
            min_confidence: self.min_confidence.map(|least| least.0),
            words,
            as_of: resolve_last("as_of", self.as_of, today)?,
        })
    }
}

/// Returns the keys of the participants that names and codes stand for.
fn parties(Names(names): &Names, directory: &Directory) -> Vec<String> {
    names.iter().flat_map(|name| participant_keys(name, directory)).collect()
}

/// Returns the codes of countries, given by code or name.
fn countries(Names(names): &Names, directory: &Directory) -> Result<Vec<String>, Problem> {
    let codes = names.iter().map(|name| {
        country_codes(name, directory).ok_or_else(|| {
            let name: String = name.chars().take(40).collect();
            let detail = format!("country: `{name}` is not a country; give a two-letter code such as CH, or a name");
            Problem::of_field("country", detail)
        })
    });
    Ok(codes.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// Returns the names as they were typed, and the usual names of what they stand for. A name may
/// contain a comma.
fn places(Names(names): &Names, directory: &Directory) -> Vec<String> {
    let whole = names.join(", ");
    let is_one = directory.places_named(&whole).next().is_some();
    let names = if is_one { vec![whole] } else { names.clone() };
    let usual: Vec<String> =
        names.iter().flat_map(|name| directory.places_named(name)).map(|place| place.name.clone()).collect();
    names.into_iter().chain(usual).collect()
}

/// Returns the start of a page of rows.
fn after(cursor: Option<EventsAfter>, sort: Sort) -> Result<Option<store::Cursor>, Problem> {
    match cursor {
        None => Ok(None),
        Some(EventsAfter::Row(cursor)) if sort.fits(cursor.key) => Ok(Some(cursor)),
        Some(_) => Err(Problem::of_field("cursor", "cursor belongs to a list in another order; use the same sort")),
    }
}

/// The response to a list of changes that reaches too far back.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer; it is made from `Problem`")]
pub(super) enum TooLongAgo {
    /// `updated_since`, or the cursor of such a list, is more than 90 days old or was issued before
    /// the database was restored or failed over: fetch the list again
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(Problem),
}

/// Rejects a start that the feed of changes no longer reaches.
pub(super) fn told_since(since: Since, now: Timestamp) -> Result<(), Problem> {
    if since.instant().checked_add((24 * FEED_DAYS).hours()).is_ok_and(|last| last < now) {
        let detail = format!(
            "updated_since is limited to the last {FEED_DAYS} days; fetch the complete list and continue from there"
        );
        return Err(Problem::new(StatusCode::GONE, detail).because_of("updated_since"));
    }
    Ok(())
}

/// Returns the date of a parameter; of a month or a year, the first day.
pub(super) fn resolve(name: &str, day: Option<Day>, today: Date) -> Result<Option<Date>, Problem> {
    day.map(|day| day.first(today).ok_or_else(|| outside(name))).transpose()
}

/// Returns the date of a parameter; of a month or a year, the last day.
pub(super) fn resolve_last(name: &str, day: Option<Day>, today: Date) -> Result<Option<Date>, Problem> {
    day.map(|day| day.last(today).ok_or_else(|| outside(name))).transpose()
}

fn outside(name: &str) -> Problem {
    Problem::of_field(name, format!("{name} must be in the years 1 to 9999"))
}
