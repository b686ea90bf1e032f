//! The timeline that a request asks for, of all events or a saved one, and in which form.

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

/// What the timeline of all events is called.
pub(super) const TITLE: &str = "Diplomatic events";

/// A timeline that somebody asks for.
pub(super) struct View<'a> {
    pub(super) app: &'a App,
    /// The address that was asked for.
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    /// The parameters that say what it shows: those of the query, and those that are kept.
    pub(super) params: Pairs<'a>,
    /// What it is, where it is not the timeline of all events.
    pub(super) saved: Option<&'a SavedTimeline>,
}

impl<'a> View<'a> {
    /// The timeline of all events, as the query wants it.
    pub(super) fn of_all(app: &'a App, uri: &'a Uri, headers: &'a HeaderMap) -> Self {
        Self { app, uri, headers, params: query(uri), saved: None }
    }

    /// The timeline in the form that `Accept` asks for.
    pub(super) async fn negotiated(self) -> Result<Response, Problem> {
        let form = Form::accepted(self.headers)?;
        let response = self.in_form(form).await?;
        Ok(([(header::VARY, "Accept")], response).into_response())
    }

    /// The timeline in a form.
    pub(super) async fn in_form(mut self, form: &Form) -> Result<Response, Problem> {
        match form.writer {
            Writer::Json => json(&self).await,
            Writer::Page => {
                // The page's form sends what is left empty as well.
                self.params.retain(|(_, value)| !value.trim().is_empty());
                let whole = self.whole(form)?;
                document(&self, form, |selection| Ok(page(&self, selection, &whole)?.into_bytes())).await
            }
            Writer::Document(write) => document(&self, form, |selection| Ok(write(selection)?.into_bytes())).await,
            Writer::File(write) => document(&self, form, |selection| Ok(write(selection)?)).await,
            Writer::Lines => document(&self, form, lines).await,
        }
    }

    /// The parameters as a `T`, which knows all of them.
    pub(super) fn params<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        Params::parse(self.params.iter().cloned()).map(|Params(params)| params)
    }

    /// What a document shows.
    pub(super) fn whole(&self, form: &Form) -> Result<Whole, Problem> {
        match form.params {
            Parameters::Filters => self.params::<FilterParams>()?.whole_by(self.app, form.sort),
            Parameters::Calendar => self.params::<IcsParams>()?.whole(self.app),
            Parameters::Sheet => self.params::<SheetParams>()?.whole(self.app),
            Parameters::Window => self.params::<CalendarParams>()?.whole(self.app),
        }
    }

    /// When anything that it tells last changed: of an event, of which days it shows, of itself.
    pub(super) async fn modified(&self, window_since: Option<Timestamp>) -> Result<Option<Timestamp>, Problem> {
        let itself = self.saved.map(|saved| saved.updated_at);
        Ok(self.app.store.touched_at().await?.max(window_since).max(itself))
    }

    /// What people call it: of a selection, with the values of its filters.
    pub(super) fn title(&self) -> String {
        let selected = self.selected();
        match self.saved {
            Some(saved) => saved.title.clone(),
            None if selected.is_empty() => TITLE.to_owned(),
            None => format!("{TITLE}: {}", selected.join(", ")),
        }
    }

    /// The values of the filters that say what it is about.
    fn selected(&self) -> Vec<String> {
        const TELLING: [&str; 7] = ["participant", "kind", "status", "country", "place", "source", "q"];
        let told = self.params.iter().filter(|(name, value)| TELLING.contains(&&**name) && !value.trim().is_empty());
        told.map(|(_, value)| value.replace(',', ", ")).collect()
    }

    pub(super) fn description(&self) -> Option<&'a str> {
        self.saved.and_then(|saved| saved.description.as_deref())
    }

    /// What a file of it is called, but for the suffix.
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

    /// Its path, but for the suffix.
    pub(super) fn path(&self) -> String {
        self.saved.map_or_else(|| "/v1/timeline".to_owned(), |saved| format!("/v1/timelines/{}", saved.slug))
    }
}

/// The parameters of a query.
pub(super) fn query(uri: &Uri) -> Pairs<'_> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect()
}
