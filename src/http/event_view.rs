//! An event as the API returns it, with the URL of its page and the name of its country.

use super::App;
use crate::{
    event::Event,
    formats::html::country,
    store::{Changed, Tombstone},
};
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// An event.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventView {
    #[serde(flatten)]
    event: Event,
    /// The page of the event.
    #[schema(example = "https://daybook.example/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10")]
    html_url: String,
    /// The English name of the country of the place.
    #[schema(example = "Switzerland")]
    country_name: Option<&'static str>,
    /// The certainty that the event takes place, as in `occurStatus` of ninjs and `NewsML-G2` (IPTC
    /// vocabulary `eventoccurstatus`).
    #[schema(example = "eocstat:eos5")]
    occur_status: &'static str,
}

impl EventView {
    /// Returns the view of an event; `base` is the base URL of the service.
    pub(super) fn new(event: Event, base: &str) -> Self {
        let code = event.state.place.as_ref().and_then(|place| place.country.as_deref());
        Self {
            html_url: format!("{base}/events/{}", event.id),
            country_name: code.and_then(country),
            occur_status: event.state.occur_status(),
            event,
        }
    }

    /// Returns the views of several events.
    pub(super) fn all(events: Vec<Event>, base: &str) -> Vec<Self> {
        events.into_iter().map(|event| Self::new(event, base)).collect()
    }
}

/// A change: the current event, or the fact that it was removed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Changed)]
pub(crate) enum ChangeView {
    /// The event was created or has changed.
    Event(Box<EventView>),
    /// The event was removed.
    Gone(Tombstone),
}

impl ChangeView {
    /// Returns the view of a change; `base` is the base URL of the service.
    pub(super) fn new(change: Changed, base: &str) -> Self {
        match change {
            Changed::Event(event) => Self::Event(Box::new(EventView::new(*event, base))),
            Changed::Gone(tombstone) => Self::Gone(tombstone),
        }
    }
}

impl App {
    /// Returns the view of a change for webhooks, which have no request that shows the base URL.
    pub(crate) fn view(&self, change: Changed) -> ChangeView {
        ChangeView::new(change, &self.base(&HeaderMap::new()))
    }
}
