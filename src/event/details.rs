//! Details that an article may state about an event; a field is `null` if it states none.

use super::vocabulary::{Format, Level};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The details of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = EventDetails)]
pub struct Details {
    /// The proper name, such as "Munich Security Conference". It is the title unless an editor has given another.
    #[schema(example = "Oslo Fisheries Forum")]
    pub name: Option<String>,
    /// The topic, as the article phrases it.
    #[schema(example = "fishing quotas in the Barents Sea")]
    pub topic: Option<String>,
    /// The clock time at which it starts, where the time zone is unknown; with a known one, see `starts_at`.
    #[schema(value_type = Option<String>, format = "time", example = "09:30:00")]
    pub local_time: Option<Time>,
    /// How the participants meet.
    pub format: Option<Format>,
    /// Who represents the participants.
    pub level: Option<Level>,
}
