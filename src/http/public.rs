//! What can be read without a key.

use strum::{Display, EnumString, VariantArray};

/// The extent of public reading; each variant includes the previous one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Public {
    /// Events with their evidence, timelines and counts.
    #[default]
    Events,
    /// Also the texts of articles, to which publishers may object, and exports.
    Articles,
    /// Also the metrics.
    All,
}

impl Public {
    /// Returns whether this includes a path.
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
