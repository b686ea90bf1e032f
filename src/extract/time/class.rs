//! The classes of words that date expressions are made of, sets of them, and what they capture.

use std::ops::Range;
use strum::EnumString;

/// What a pattern can ask of a token. The first group stands in `data/lang/en/lexicon.tsv`, the second is made of digits,
/// the third of both, the fourth tells how a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Class {
    /// A month: 1–12.
    Month,
    /// A month whose name is no other word.
    SafeMonth,
    /// A weekday: 1 (Monday) – 7.
    Weekday,
    /// A weekday cut short, which is a date only beside a day: "Sun 12 May".
    ShortDay,
    /// A weekday in the plural.
    Weekdays,
    /// A number in words.
    Number,
    /// "half".
    Half,
    /// "a", "an": 1.
    One,
    /// An ordinal in words.
    Ordinal,
    /// `st`, `nd`, `rd`, `th` after digits.
    Suffix,
    /// A unit of time, as [`super::meaning::Unit`] numbers them.
    Unit,
    /// Units of time in the plural.
    Units,
    /// A unit of a week or longer.
    LongUnit,
    /// A season: 1 (spring) – 4.
    Season,
    /// Early, mid, late, as [`super::calendar::Edge`] numbers them.
    Edge,
    /// Beginning, middle, end, numbered likewise.
    Point,
    /// Next (1), this (0), last (−1).
    Shift,
    /// Following (1), previous (−1): after or before the date spoken of.
    Following,
    /// "that": of the date spoken of.
    That,
    /// A part of the day: 1 (morning) – 4 (night).
    Part,
    /// Parts of the day in the plural: they recur.
    Parts,
    /// "ended", "ending": between a period of results and its last day.
    Ended,
    /// "tonight": the part of the day, and that it is today's.
    Tonight,
    /// Today (0), tomorrow (1), yesterday (−1).
    Near,
    /// Weekend.
    Weekend,
    /// Later (1), earlier (−1).
    Later,
    /// After (1), before (−1).
    After,
    /// "several", "few": a number that is not told.
    Vague,
    /// "couple": 2.
    Couple,
    /// "daily", "annually", by their units.
    Regular,
    /// A decade by its name: "nineties" is 90.
    Decade,
    /// Of two ends: a span (1), or only two of a list (0).
    Sep,
    /// "between": makes a span of what "and" links.
    Opens,
    /// "about" (1), "at least" (0): before what is not exact.
    About,
    /// "circa", "around": before a year that is not exact.
    Circa,
    /// A zone: minutes ahead of UTC.
    Zone,
    /// Before (−1) or after (1) the birth of Christ.
    Era,
    /// "$", "No": before a number that is no year.
    NotYearAfter,
    /// Things that are counted: after a number that is no year.
    Counted,
    /// "the", "a", "its": what follows is an attribute or a noun.
    Determiner,
    /// A preposition that dates follow.
    Prep,
    /// "President", "Mr": a name follows.
    Title,
    /// "'s".
    Possessive,
    /// What was done once it is spoken of, "ruling": after the possessive of a day that is over.
    Over,
    /// A word whose date is past (−2), future (2) or probably future (1), or is independent of the verb's tense (0): "since",
    /// "effective", "until", "of".
    Lean,
    /// "than": what stands before it never was.
    Compared,
    /// "in": the date after it stands by itself and is not an attribute of a noun.
    Within,
    /// Opens what someone says.
    Quote,
    /// Stands before what someone says: a colon, a comma.
    Introduces,
    /// "could": what it takes, not when it is.
    Able,
    /// "built", "finished": how long it took.
    Accomplished,
    /// What has an age of which news tells: "truce", "war".
    Ageing,
    /// What is of an age and not of a day: "today's world".
    Generic,
    /// "century".
    Century,
    /// "and" within a number.
    Joint,
    /// The "s" of decades.
    Ending,
    /// Gives more time: "extended".
    Prolonged,
    /// Gives a new date in place of the one after "from": "moved".
    Moved,
    /// 1–31 in digits, perhaps with a suffix.
    Day,
    /// 1–31 in digits with a suffix.
    OrdinalDay,
    /// Four digits, 1000–2199.
    Year,
    /// Four digits that are hardly anything but a year of our time, 1900–2049.
    ModernYear,
    /// One digit to four, 1–2199.
    AnyYear,
    /// Two digits: the last of a year.
    Yy,
    /// Two digits: the last of the year after the one before it.
    NextYy,
    /// Two digits or one, 1–12.
    Mon,
    /// Two digits or one, 1–31.
    Dd,
    /// Two digits or one, 1–53.
    Ww,
    /// One digit, 1–4.
    Quarter,
    /// An hour, 1–12, in digits or in words.
    Hour,
    /// A number in digits or in words.
    Num,
    /// A year in words: "nineteen ninety-six".
    YearWords,
    /// A time of the day: minutes since midnight.
    Clock,
    /// "a.m." (1), "pm" (2).
    HalfDay,
    /// A named day, as [`super::feasts::Feasts`] numbers them.
    Feast,
    /// A word with a capital first letter.
    Capital,
    /// A word in lower case.
    Lower,
    /// A word in lower case that ends as plurals do.
    Plural,
    /// A number.
    Digits,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassSet(u128);

impl ClassSet {
    /// The set of these classes.
    pub fn of(classes: &[Class]) -> Self {
        Self(classes.iter().fold(0, |set, class| set | 1 << *class as u8))
    }

    /// Whether it holds a class.
    pub fn has(self, class: Class) -> bool {
        self.meets(Self::of(&[class]))
    }

    /// Whether it holds one that another set holds.
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

/// What a class of a pattern captured.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The class.
    pub class: Class,
    /// Its value.
    pub value: i32,
    /// The tokens.
    pub tokens: Range<usize>,
}
