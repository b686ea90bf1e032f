//! How a selection is laid out: as a list, as the grid of a month, along an axis, or on a map.

use strum::{Display, EnumString, VariantArray};

/// A layout of the same events.
#[derive(Clone, Copy, Debug, Default, Display, EnumString, PartialEq, Eq, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum View {
    /// Days under months and weeks.
    #[default]
    List,
    /// The grid of one month.
    Month,
    /// Bars along a horizontal axis.
    Timeline,
    /// Places on a map of the world.
    Map,
}

impl View {
    /// The message that names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::List => "view-list",
            Self::Month => "view-month",
            Self::Timeline => "view-timeline",
            Self::Map => "view-map",
        }
    }
}

/// Parameters of a page that say how it is laid out, and in which language. They select nothing, and the API has none of them.
pub const OF_LAYOUT: [&str; 5] = ["view", "month", "density", "embed", "lang"];
