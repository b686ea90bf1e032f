//! The timeline of a request, of all events or a saved one, and its format.

use super::{
    App,
    documents::{document, lines, page},
    filter::{CalendarParams, FilterParams, IcsParams, SheetParams, Whole},
    forms::{Form, Parameters, Writer},
    params::{Pairs, Params},
    problem::Problem,
    timeline::json,
};
use crate::{
    extract::fold,
    store::{SavedTimeline, words},
};
use axum::{
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// The title of the timeline of all events.
pub(super) const TITLE: &str = "Diplomatic events";

/// A requested timeline.
pub(super) struct View<'a> {
    pub(super) app: &'a App,
    /// The URL of the request.
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    /// The filters: those of the query and those of the saved timeline.
    pub(super) params: Pairs<'a>,
    /// The saved timeline; `None` for all events.
    pub(super) saved: Option<&'a SavedTimeline>,
}

impl<'a> View<'a> {
    /// Returns the view of all events with the filters of the query.
    pub(super) fn of_all(app: &'a App, uri: &'a Uri, headers: &'a HeaderMap) -> Self {
        Self { app, uri, headers, params: query(uri), saved: None }
    }

    /// Responds in the format that `Accept` prefers.
    pub(super) async fn negotiated(self) -> Result<Response, Problem> {
        let form = Form::accepted(self.headers)?;
        let response = self.in_form(form).await?;
        Ok(([(header::VARY, "Accept")], response).into_response())
    }

    /// Responds in a format.
    pub(super) async fn in_form(mut self, form: &Form) -> Result<Response, Problem> {
        match form.writer {
            Writer::Json => json(&self).await,
            Writer::Page => {
                // The form of the page sends empty fields as well.
                self.params.retain(|(_, value)| !value.trim().is_empty());
                let whole = self.whole(form)?;
                document(&self, form, |selection| Ok(page(&self, selection, &whole)?.into_bytes())).await
            }
            Writer::Document(write) => document(&self, form, |selection| Ok(write(selection)?.into_bytes())).await,
            Writer::File(write) => document(&self, form, |selection| Ok(write(selection)?)).await,
            Writer::Lines => document(&self, form, lines).await,
        }
    }

    /// Parses the parameters as a `T`, which knows all of them.
    pub(super) fn params<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        Params::parse(self.params.iter().cloned()).map(|Params(params)| params)
    }

    /// Returns the complete selection of a document.
    pub(super) fn whole(&self, form: &Form) -> Result<Whole, Problem> {
        match form.params {
            Parameters::Filters => self.params::<FilterParams>()?.whole_by(self.app, form.sort),
            Parameters::Calendar => self.params::<IcsParams>()?.whole(self.app),
            Parameters::Sheet => self.params::<SheetParams>()?.whole(self.app),
            Parameters::Window => self.params::<CalendarParams>()?.whole(self.app),
        }
    }

    /// Returns when its content last changed: an event, the range of dates, or the timeline itself.
    pub(super) async fn modified(&self, window_since: Option<Timestamp>) -> Result<Option<Timestamp>, Problem> {
        let itself = self.saved.map(|saved| saved.updated_at);
        Ok(self.app.store.touched_at().await?.max(window_since).max(itself))
    }

    /// Returns the title; of a selection, with the values of its filters.
    pub(super) fn title(&self) -> String {
        let selected = self.selected();
        match self.saved {
            Some(saved) => saved.title.clone(),
            None if selected.is_empty() => TITLE.to_owned(),
            None => format!("{TITLE}: {}", selected.join(", ")),
        }
    }

    /// Returns the values of the filters that describe the selection.
    fn selected(&self) -> Vec<String> {
        const TELLING: [&str; 7] = ["participant", "kind", "status", "country", "place", "source", "q"];
        let told = self.params.iter().filter(|(name, value)| TELLING.contains(&&**name) && !value.trim().is_empty());
        told.map(|(_, value)| value.replace(',', ", ")).collect()
    }

    pub(super) fn description(&self) -> Option<&'a str> {
        self.saved.and_then(|saved| saved.description.as_deref())
    }

    /// Returns the file name without suffix.
    pub(super) fn name(&self) -> String {
        const LONGEST: usize = 80;
        if let Some(saved) = self.saved {
            return saved.slug.as_ref().to_owned();
        }
        let words = self.selected().iter().flat_map(|value| words(&fold(value))).collect::<Vec<_>>();
        let mut name = std::iter::once("daybook".to_owned()).chain(words).collect::<Vec<_>>().join("-");
        name.retain(|c| c.is_ascii_alphanumeric() || c == '-');
        name.truncate(LONGEST);
        name
    }

    /// Returns the path without suffix.
    pub(super) fn path(&self) -> String {
        self.saved.map_or_else(|| "/v1/timeline".to_owned(), |saved| format!("/v1/timelines/{}", saved.slug))
    }
}

/// Returns the parameters of a query.
pub(super) fn query(uri: &Uri) -> Pairs<'_> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect()
}
