//! Ranges of days that the page of the timeline offers, counted from today, or from the day of a past timeline.

use crate::formats::html::{Asked, Tab, monday};
use jiff::{ToSpan, civil::Date};
use strum::{Display, EnumString, VariantArray};

/// A range of days.
#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Range {
    Upcoming,
    Past,
    Week,
    #[strum(serialize = "30-days")]
    Days,
    Month,
    All,
}

impl Range {
    fn label(self) -> &'static str {
        match self {
            Self::Upcoming => "range-upcoming",
            Self::Past => "range-past",
            Self::Week => "range-week",
            Self::Days => "range-30-days",
            Self::Month => "range-month",
            Self::All => "range-all",
        }
    }

    /// The first and the last day. Where it is `of` no past day, they move with time as far as they can.
    pub(super) fn bounds(self, today: Date, of: Option<Date>) -> (Option<String>, Option<String>) {
        let day = |date: Date| Some(date.to_string());
        let or_moving = |moving: &str, date: Date| Some(of.map_or_else(|| moving.to_owned(), |_| date.to_string()));
        let monday = monday(today);
        match self {
            Self::Upcoming => (or_moving("today", today), None),
            Self::Past => (None, or_moving("-1d", today.saturating_sub(1.day()))),
            Self::Week => (day(monday), day(monday.saturating_add(6.days()))),
            Self::Days => (or_moving("today", today), or_moving("+30d", today.saturating_add(30.days()))),
            Self::Month => (day(today.first_of_month()), day(today.last_of_month())),
            Self::All => (None, None),
        }
    }
}

/// The ranges to choose from.
pub(super) fn tabs(asked: &Asked, current: Option<Range>) -> Vec<Tab> {
    let others = asked.without(&["range", "from", "to", "cursor"]);
    let tab = |range: Range| {
        let asked = match range {
            Range::Upcoming => others.clone(),
            _ => others.clone().with("range", &range),
        };
        Tab { label: range.label(), href: asked.url("/"), is_current: current == Some(range) }
    };
    let order = [Range::Past, Range::Upcoming, Range::Week, Range::Days, Range::Month, Range::All];
    order.map(tab).into()
}
