//! What may be read without a key.

use strum::{Display, EnumString, VariantArray};

/// How much may be read without a key; each includes the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Public {
    /// Events with their evidence, timelines and counts.
    #[default]
    Events,
    /// The texts of articles and the exports as well: publishers may object.
    Articles,
    /// The metrics as well.
    All,
}

impl Public {
    /// Whether this includes what is read at a path.
    pub(super) fn includes(self, path: &str) -> bool {
        let is_within =
            |folder: &str| path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let needed = match () {
            () if path == "/metrics" => Self::All,
            () if ["/v1/articles", "/v1/export", "/articles"].into_iter().any(is_within) => Self::Articles,
            () => Self::Events,
        };
        self >= needed
    }
}
