//! `/corrections`: who corrected what.

use super::{
    super::{App, page::next_address, values::AfterInstant},
    asked, cursor,
    failure::Failure,
    locale::Reader,
    moment, page,
};
use crate::{
    formats::html::{self, CorrectionsPage, ShownCorrection},
    store::{CorrectionFilter, Found},
};
use axum::{extract::State, http::Uri, response::Response};

/// How many corrections a page shows.
const PAGE: u32 = 50;

/// Shows the corrections, or those of an author.
pub(super) async fn corrections(State(app): State<App>, Reader(locale): Reader, uri: Uri) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let after = cursor::<AfterInstant>(&asked)?.map(|after| after.0);
    let author = asked.get("author");
    let filter = CorrectionFilter { author: author.map(str::to_owned), ..CorrectionFilter::default() };
    let found = app.store.corrections(&filter, after, PAGE).await?;
    let next = found.next.map(|cursor| next_address(&uri, &cursor.to_string()));
    let mut corrections = Vec::new();
    for correction in found.items {
        let mut events = Vec::new();
        for id in correction.events {
            let title = match app.store.event(id, None).await? {
                Some(Found::Live(event)) => Some(event.state.title),
                _ => None,
            };
            events.push((id, title));
        }
        corrections.push(ShownCorrection {
            id: correction.id,
            action: correction.action,
            author: correction.author,
            reason: correction.reason,
            made: moment(correction.made_at, locale.language),
            events,
            changes: correction.changes.into_iter().map(|change| (change.field, change.from, change.to)).collect(),
        });
    }
    let shown = CorrectionsPage { corrections: &corrections, author, next: next.as_deref() };
    Ok(page(html::corrections(&shown, &locale)?, &locale))
}
