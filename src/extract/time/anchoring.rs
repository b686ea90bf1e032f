//! What an expression counts from, kept so that its days can be recomputed from another anchor: an event just
//! mentioned.

use super::calendar::Period;
use super::count::{last_on_or_before, next_of_month, next_on_or_after, nth_day, offset_from, unit_from};
use super::in_year::next_from;
use super::meaning::{From, OfYear, Unit, What, WhichWeekday, Yearly};

/// What an expression counts from. The reference date is the date mentioned last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchoring {
    /// Nothing: a complete date ("12 March 2024", "1998"), or an expression without days, such as a duration or a set.
    Fixed,
    /// The publication date: "tomorrow", "next week", "two days ago".
    FromPublication,
    /// A yearly name whose year comes from the context: "12 March", "May".
    Yearly(Yearly),
    /// A weekday: "Saturday", "the Saturday" (0, chosen by the context), or the one after (1) or before (−1) the
    /// reference date.
    Weekday {
        /// 1 (Monday) – 7.
        weekday: i8,
        /// 0, 1 or −1.
        side: i8,
    },
    /// A day of a month that comes from the context: "the 23rd".
    DayOfMonth(i8),
    /// A number of units after or before the reference date: "two days later", "the day before it".
    Offset {
        /// The number of units; negative for before.
        count: i32,
        /// The unit.
        unit: Unit,
    },
    /// The calendar unit at a distance from that of the reference date: "the next day", "the same week".
    Unit {
        /// 0, 1 or −1.
        shift: i8,
        /// The unit.
        unit: Unit,
    },
    /// The reference date itself: a bare clock time or part of the day.
    SameDay,
    /// The nth day of the days mentioned last: "the second day" (2), "the last day" (−1).
    NthDay(i8),
}

impl Anchoring {
    pub(super) fn of(what: &What) -> Self {
        match what {
            What::Yearly { name, year: OfYear::Bare, .. } => Self::Yearly(*name),
            What::DayOfMonth { day, month: None, .. } => Self::DayOfMonth(*day),
            What::Weekday { weekday, which } => match which {
                WhichWeekday::Bare | WhichWeekday::InThatWeek => Self::Weekday { weekday: *weekday, side: 0 },
                WhichWeekday::After(side) => Self::Weekday { weekday: *weekday, side: *side },
                _ => Self::FromPublication,
            },
            What::Unit { unit, shift, from: From::Reference, .. } => Self::Unit { shift: *shift, unit: *unit },
            What::Offset { count, unit, from: From::Reference } | What::FromEvent { count, unit } => {
                Self::Offset { count: *count, unit: *unit }
            }
            What::Yearly { year: OfYear::Shifted(_) | OfYear::Beside(_), .. }
            | What::DayOfMonth { .. }
            | What::Weekend { .. }
            | What::Near { .. }
            | What::NewYear
            | What::Unit { .. }
            | What::Offset { .. } => Self::FromPublication,
            What::SpokenDay => Self::SameDay,
            What::NthDay(nth) => Self::NthDay(*nth),
            _ => Self::Fixed,
        }
    }

    /// Returns the days of the expression if it counts from `anchor`, an event just mentioned: for offsets, weekdays,
    /// days of the month or the year and times of the day. Returns `None` for expressions that count from nothing or
    /// from the publication date.
    pub(super) fn counted_from(self, anchor: Period) -> Option<Period> {
        match self {
            Self::Fixed | Self::FromPublication => None,
            Self::Yearly(name) => next_from(name, anchor.first),
            Self::Weekday { weekday, side } => match side {
                0 => next_on_or_after(anchor.first, weekday),
                1 => next_on_or_after(anchor.last.tomorrow().ok()?, weekday),
                _ => last_on_or_before(anchor.first.yesterday().ok()?, weekday),
            }
            .map(Period::day),
            Self::DayOfMonth(day) => next_of_month(anchor.first, day).map(Period::day),
            Self::Offset { count, unit } => offset_from(&anchor, count, unit),
            Self::Unit { shift, unit } => unit_from(&anchor, shift, unit),
            Self::SameDay => Some(Period::day(anchor.first)),
            Self::NthDay(nth) => nth_day(&anchor, nth).map(Period::day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tense::TenseWords;
    use crate::extract::text::{Document, Marks};
    use crate::extract::time::{Form, Time};
    use crate::extract::words::Words;
    use jiff::civil::{Date, date};
    use std::iter;

    /// Returns a function from a text to the form of its last expression and its days counted from 21–23 May 2024.
    fn reader() -> impl Fn(&str) -> (Form, Option<(Date, Date)>) {
        let mut words = Words::default();
        let marks = Marks::new(&mut words, iter::empty(), iter::empty());
        let (tense_words, time) = (TenseWords::new(&mut words), Time::new(&mut words));
        move |text| {
            let text = format!("Talks will open on 7 May. {text}");
            let doc = Document::read(&text, &words, &marks);
            let timexes = time.find(&doc, &tense_words.read(&doc), date(2024, 5, 3));
            let last = timexes.last().unwrap();
            let anchor = Period::days(date(2024, 5, 21), date(2024, 5, 23));
            (last.form, last.counted_from(anchor).map(|days| (days.first, days.last)))
        }
    }

    #[test]
    fn what_counts_from_an_event_can_be_counted_from_another() {
        let counted = reader();
        let day = |day| Some((date(2024, 5, day), date(2024, 5, day)));
        for (text, form, days) in [
            ("They will part two days later.", Form::Offset, day(25)),
            ("The day before it they will dine.", Form::Offset, day(20)),
            ("Three days on from there they will fly home.", Form::Offset, day(26)),
            ("They will fly home the next day.", Form::Unit, day(24)),
            ("They will confer until the Friday.", Form::Weekday, day(24)),
            ("They will confer until Saturday.", Form::Weekday, day(25)),
            ("They will meet the following Monday.", Form::ShiftedWeekday, day(27)),
            ("They will stay until the 30th.", Form::DayOfMonth, day(30)),
            ("They will sign on the last day.", Form::NthDay, day(23)),
            ("They will sign on the second day.", Form::NthDay, day(22)),
            ("They will sign on the fifth day.", Form::NthDay, None),
            ("In the evening they will dine.", Form::PartOfDay, day(21)),
            ("They will dine at 8 p.m.", Form::Clock, day(21)),
            ("They will meet in the same week.", Form::Unit, Some((date(2024, 5, 20), date(2024, 5, 26)))),
            ("They will meet on 30 May.", Form::DayMonth, day(30)),
            ("They will meet tomorrow.", Form::Near, None),
            ("They will meet next Tuesday.", Form::ShiftedWeekday, None),
            ("They will meet on 12 March 2025.", Form::DayMonth, None),
            ("They will confer for two weeks.", Form::Length, None),
        ] {
            assert_eq!(counted(text), (form, days), "{text}");
        }
    }
}
