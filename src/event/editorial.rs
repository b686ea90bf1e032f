//! What editors add to an event. No article sets these fields.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An editor's own fields of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Editorial {
    /// The organiser's page.
    #[serde(default)]
    #[schema(example = "https://talks.example/2023")]
    pub official_url: Option<String>,
    /// Notes of the desk.
    #[serde(default)]
    pub notes: Option<String>,
    /// Keywords of the desk.
    #[serde(default)]
    #[schema(example = json!(["pacific"]))]
    pub tags: Vec<String>,
}
