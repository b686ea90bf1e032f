//! `/articles/{id}`: an article with its evidence marked.

use super::{
    super::{
        App,
        params::{Id, NoParams, Params},
        problem::Problem,
        submission,
    },
    asked,
    failure::Failure,
    locale::Reader,
    page, pairs, unused,
};
use crate::{
    formats::html::{self, ArticlePage, OF_LAYOUT},
    store::{EventFilter, Sort},
};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};

/// Shows an article. Its events are those of today's timeline.
pub(super) async fn article(
    State(app): State<App>,
    Reader(locale): Reader,
    uri: Uri,
    id: Result<Id, Problem>,
) -> Result<Response, Failure> {
    let Id(id) = id?;
    let asked = asked(&uri).without(&OF_LAYOUT);
    let Params(NoParams {}) = Params::parse(pairs(&asked).into_iter())?;
    let none = || Problem::new(StatusCode::NOT_FOUND, "There is no article at this address.");
    let stored = app.store.article(id).await?.ok_or_else(none)?;
    let filter = EventFilter { article: Some(id), ..EventFilter::default() };
    let events = app.store.whole(&filter, Sort::StartsOn, app.ceiling).await?.unwrap_or_default();
    // Events are kept with the article; which dates made none is read from its text each time, which takes a millisecond.
    let (stored, extraction) = submission::extract(app, stored.into()).await;
    let shown = ArticlePage {
        title: stored.title.as_deref(),
        text: &stored.text,
        published_on: stored.published_on,
        source: stored.source.as_deref(),
        url: stored.url.as_deref(),
        events: &events,
        unused: &unused::marks(&extraction.unused_dates),
        id,
    };
    Ok(page(html::article(&shown, &locale)?, &locale))
}
