//! The token classes of date patterns, sets of classes, and captures.

use std::ops::Range;
use strum::EnumString;

/// A condition that a pattern puts on a token. The first group is listed in `data/lang/en/lexicon.tsv`, the second is
/// made of digits, the third of both, and the fourth depends on how the token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Class {
    /// A month: 1–12.
    Month,
    /// A month whose name is not also another word: "September", not "March".
    SafeMonth,
    /// A weekday: 1 (Monday) – 7.
    Weekday,
    /// An abbreviated weekday, which is a date only next to a day: "Sun 12 May".
    ShortDay,
    /// A plural weekday.
    Weekdays,
    /// A number word.
    Number,
    /// The word "half".
    Half,
    /// The articles "a" and "an": 1.
    One,
    /// An ordinal word.
    Ordinal,
    /// An ordinal suffix after digits: `st`, `nd`, `rd`, `th`.
    Suffix,
    /// A unit of time, numbered as in [`super::meaning::Unit`].
    Unit,
    /// A plural unit of time.
    Units,
    /// A unit of a week or longer.
    LongUnit,
    /// A season: 1 (spring) – 4.
    Season,
    /// Early, mid or late, numbered as in [`super::calendar::Edge`].
    Edge,
    /// Beginning, middle or end, numbered as in [`super::calendar::Edge`].
    Point,
    /// Next (1), this (0), last (−1).
    Shift,
    /// Following (1), previous (−1): relative to the reference date.
    Following,
    /// "that": refers to the reference date.
    That,
    /// A part of the day: 1 (morning) – 4 (night).
    Part,
    /// A plural part of the day, which recurs.
    Parts,
    /// "ended", "ending": between a reporting period and its last day.
    Ended,
    /// "tonight": the part of the day, on the publication date.
    Tonight,
    /// Today (0), tomorrow (1), yesterday (−1).
    Near,
    /// Weekend.
    Weekend,
    /// Later (1), earlier (−1).
    Later,
    /// After (1), before (−1).
    After,
    /// "several", "few": an unspecified number.
    Vague,
    /// The word "couple": 2.
    Couple,
    /// "daily", "annually": the unit of recurrence.
    Regular,
    /// A named decade: "nineties" is 90.
    Decade,
    /// A separator of two expressions: of a span (1) or of a list (0).
    Sep,
    /// "between": turns a list joined by "and" into a span.
    Opens,
    /// "about" (1), "at least" (0): marks an approximate number.
    About,
    /// "circa", "around": marks an approximate year.
    Circa,
    /// A zone: minutes ahead of UTC.
    Zone,
    /// Before (−1) or after (1) the common era.
    Era,
    /// "$", "No": the number that follows is not a year.
    NotYearAfter,
    /// A noun for things that are counted: the number before it is not a year.
    Counted,
    /// A determiner ("the", "a", "its"): an attribute or a noun follows.
    Determiner,
    /// A preposition that precedes dates.
    Prep,
    /// A title ("President", "Mr"): a name follows.
    Title,
    /// The possessive "'s".
    Possessive,
    /// A noun for a completed act ("ruling"): after the possessive of a past day.
    Over,
    /// A word whose date is past (−2), future (2), probably future (1) or independent of the tense of the verb (0):
    /// "since", "effective", "until", "of".
    Lean,
    /// "than": the date before it is counterfactual.
    Compared,
    /// "in": the date after it is not an attribute of a noun.
    Within,
    /// An opening quotation mark.
    Quote,
    /// A colon or comma that introduces direct speech.
    Introduces,
    /// "could": the period after it is a required duration, not a date.
    Able,
    /// "built", "finished": the period after it is an elapsed duration.
    Accomplished,
    /// A noun whose age is news: "truce", "war".
    Ageing,
    /// A noun that an era describes, not a day: "today's world".
    Generic,
    /// The word "century".
    Century,
    /// The word "and" within a number.
    Joint,
    /// The "s" of decades: "1990s".
    Ending,
    /// A verb that extends a period: "extended".
    Prolonged,
    /// A verb that replaces the date after "from" with another: "moved".
    Moved,
    /// 1–31 in digits, with or without a suffix.
    Day,
    /// 1–31 in digits with a suffix.
    OrdinalDay,
    /// Four digits, 1000–2199.
    Year,
    /// Four digits that are almost certainly a recent year, 1900–2049.
    ModernYear,
    /// One to four digits, 1–2199.
    AnyYear,
    /// Two digits: the last two of a year.
    Yy,
    /// Two digits: the last two of the year after the preceding year ("1998-99").
    NextYy,
    /// One or two digits, 1–12.
    Mon,
    /// One or two digits, 1–31.
    Dd,
    /// One or two digits, 1–53.
    Ww,
    /// One digit, 1–4.
    Quarter,
    /// An hour, 1–12, in digits or words.
    Hour,
    /// A number in digits or words.
    Num,
    /// A year in words: "nineteen ninety-six".
    YearWords,
    /// A time of day, in minutes since midnight.
    Clock,
    /// "a.m." (1), "pm" (2).
    HalfDay,
    /// A named day, numbered as in [`super::feasts::Feasts`].
    Feast,
    /// A capitalised word.
    Capital,
    /// A lower-case word.
    Lower,
    /// A lower-case word with a plural ending.
    Plural,
    /// A number.
    Digits,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassSet(u128);

impl ClassSet {
    /// The set of the given classes.
    pub fn of(classes: &[Class]) -> Self {
        Self(classes.iter().fold(0, |set, class| set | 1 << *class as u8))
    }

    /// Whether the set contains a class.
    pub fn has(self, class: Class) -> bool {
        self.meets(Self::of(&[class]))
    }

    /// Whether the two sets have a class in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for ClassSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A captured class of a pattern.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The class.
    pub class: Class,
    /// Its value.
    pub value: i32,
    /// The tokens.
    pub tokens: Range<usize>,
}
