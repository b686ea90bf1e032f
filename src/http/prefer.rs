//! The header `Prefer` (RFC 7240): whether a list states the total number.

use super::{App, problem::Problem};
use crate::store::EventFilter;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use strum::{EnumString, IntoStaticStr};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// How to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
pub(super) enum Count {
    #[strum(serialize = "count=exact")]
    Exact,
    #[strum(serialize = "count=estimated")]
    Estimated,
}

impl Count {
    /// Returns the preference of a client, if any. Unknown preferences are ignored, as the RFC
    /// requires.
    pub(super) fn preferred(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split([',', ';'])).find_map(|preference| preference.replace(' ', "").parse().ok())
    }

    /// Returns the number of events.
    pub(super) async fn of(self, app: &App, filter: &EventFilter) -> Result<u64, Problem> {
        Ok(match self {
            Self::Exact => app.store.count(filter).await?,
            Self::Estimated => app.store.estimate(filter).await?,
        })
    }

    /// Returns the header that confirms the preference.
    pub(super) fn applied(self) -> [(HeaderName, HeaderValue); 1] {
        [(PREFERENCE_APPLIED, HeaderValue::from_static(self.into()))]
    }
}
