//! `/changes`: what changed since a day or a timestamp.

use super::{
    super::{
        App,
        day::Day,
        filter::{FilterParams, Whole},
        params::Params,
        problem::Problem,
        values::Instant,
    },
    asked,
    failure::Failure,
    locale::Reader,
    moment, page, pairs,
};
use crate::{
    formats::{
        Language,
        html::{self, ChangedEvent, ChangesPage, OF_LAYOUT, Revision},
    },
    store::{Changed, EventFilter, HistoryItem, Since, Sort},
};
use axum::{extract::State, http::Uri, response::Response};
use jiff::{Timestamp, tz::TimeZone};

/// How many events are shown.
const MOST: u32 = 50;

/// How many changes are looked through for what was removed.
const LOOKED_THROUGH: u32 = 1000;

/// Shows the changes since `since`, or since yesterday, with the filters of the timeline.
pub(super) async fn changes(State(app): State<App>, Reader(locale): Reader, uri: Uri) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let (since, words) = since(&app, asked.get("since").unwrap_or("-1d"), locale.language)?;
    let filters = asked.without(&["since", "range", "sort", "cursor", "limit", "as_of"]).without(&OF_LAYOUT);
    let filters = filters.with("updated_since", &since);
    let Params(filters) = Params::<FilterParams>::parse(pairs(&filters).into_iter())?;
    let Whole { filter, .. } = filters.whole(&app)?;
    let (found, _) = app.store.events(&filter, Sort::UpdatedAtDescending, None, MOST, true).await?;
    let mut histories: Vec<Vec<HistoryItem>> = Vec::new();
    for event in &found.items {
        histories.push(app.store.history(event.id).await?);
    }
    let changed: Vec<ChangedEvent<'_>> = found
        .items
        .iter()
        .zip(&histories)
        .map(|(event, history)| ChangedEvent {
            event,
            known: history.iter().take_while(|item| item.recorded_at < since).count(),
            history: history.iter().map(revision).collect(),
        })
        .collect();
    let filter = EventFilter { updated_since: None, ..filter };
    let all = app.store.changes(&filter, Since::Instant(since), LOOKED_THROUGH, false).await?;
    let removed = all.items.iter().filter(|change| matches!(change.what, Changed::Gone(_))).count();
    let shown = ChangesPage { since: &words, changed: &changed, removed, has_more: found.next.is_some() };
    Ok(page(html::changes(&shown, &locale)?, &locale))
}

/// The instant, and how a person says it.
fn since(app: &App, text: &str, language: Language) -> Result<(Timestamp, String), Problem> {
    let wrong = |detail: String| Problem::of_field("since", format!("since: {detail}"));
    if let Ok(Instant(at)) = Instant::try_from(text.to_owned()) {
        return Ok((at, moment(at, language)));
    }
    let day = Day::try_from(text.to_owned()).map_err(wrong)?;
    let outside = || wrong("lies outside the years 1 to 9999".to_owned());
    let day = day.first(app.today()).ok_or_else(outside)?;
    let at = TimeZone::UTC.to_timestamp(day.into()).map_err(|_| outside())?;
    Ok((at, language.date("date-full", day)))
}

/// A state of an event as pages show it.
pub(super) fn revision(item: &HistoryItem) -> Revision<'_> {
    Revision {
        known_from: item.known_from,
        state: &item.event,
        evidence: &item.evidence,
        correction: item.correction.as_ref(),
        is_disputed: item.changes.iter().any(|change| change.disputed),
    }
}
