//! The input for the layout of a text: its words, names and dates.

use super::triggers::Triggers;
use crate::event::Precision;
use crate::extract::entities::Named;
use crate::extract::lexicon::Class;
use crate::extract::text::Document;
use crate::extract::time::{Timex, TimexType};
use enumset::EnumSet;
use jiff::civil::Date;

/// The input for the layout.
#[derive(Clone, Copy)]
pub(super) struct Source<'a, 't> {
    pub text: &'a Document<'t>,
    pub classes: &'a [EnumSet<Class>],
    pub dates: &'a [Timex],
    pub named: &'a Named,
    pub published: Date,
    pub triggers: &'a Triggers,
}

/// Whether a date is a day on or after the date of publication.
pub(super) fn is_day_to_come(timex: &Timex, published: Date) -> bool {
    let day = timex.days().is_some_and(|days| days.precision == Precision::Day && days.first >= published);
    matches!(timex.timex_type, TimexType::Date | TimexType::Time) && day
}

/// Whether a date is a day after the date of publication, as the date of publication itself heads letters.
pub(super) fn is_day_ahead(timex: &Timex, published: Date) -> bool {
    let day = timex.days().is_some_and(|days| days.precision == Precision::Day && days.first > published);
    timex.timex_type == TimexType::Date && day
}
