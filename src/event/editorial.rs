//! Fields that only editors set; no article does.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The fields of an event that only editors set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Editorial {
    /// The organiser's page.
    #[serde(default)]
    #[schema(example = "https://talks.example/2023")]
    pub official_url: Option<String>,
    /// Notes of the editors.
    #[serde(default)]
    pub notes: Option<String>,
    /// Keywords of the editors.
    #[serde(default)]
    #[schema(example = json!(["pacific"]))]
    pub tags: Vec<String>,
}
