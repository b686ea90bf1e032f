//! The classes of words that date expressions are made of: which tokens belong to one, and their value.
//!
//! Words stand in `data/time/words.tsv`; what is made of digits, or of several words, is read by `numbers`.

use super::feasts::{FeastId, Feasts};
use super::numbers;
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document, Shape, Token};
use crate::extract::words::{Phrases, WordId, Words};
use std::ops::Range;
use strum::EnumString;

const WORDS: DataFile = data_file!("time/words.tsv");

/// What a pattern can ask of a token. The first group stands in `data/time/words.tsv`, the second is made of digits,
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
    /// What tells of the date behind it that it is over (−2) or ahead (2), that it may well be ahead (1), or nothing of
    /// the verb's tense (0): "since", "effective", "until", "of".
    Lean,
    /// "than": what stands before it never was.
    Compared,
    /// "in": the date behind it is told by itself, as no mere attribute.
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
    /// A named day, as [`Feasts`] numbers them.
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

/// A class that a word has: its value, and how the word must be written.
#[derive(Clone, Copy, Debug)]
struct Entry {
    class: Class,
    value: i32,
    capital: bool,
    takes_full_stop: bool,
}

/// The words of time by their ids.
#[derive(Debug)]
pub struct Classes {
    entries: Vec<Vec<Entry>>,
    of_words: Vec<ClassSet>,
    feast_names: Phrases<FeastId>,
    full_stop: WordId,
    pub(super) hyphen: WordId,
    pub(super) colon: WordId,
    /// How plurals end (1), and what only looks so (0).
    plural_endings: Vec<(&'static str, bool)>,
}

impl Classes {
    /// Reads the list, making its words known, and those of the named days.
    pub fn new(words: &mut Words, feasts: &Feasts) -> Self {
        let mut entries: Vec<Vec<Entry>> = Vec::new();
        let mut plural_endings = Vec::new();
        for row @ [word, class, value, case] in WORDS.rows::<4>() {
            if let (Some(ending), "PLURAL") = (word.strip_prefix('-'), class) {
                plural_endings.push((ending, value != "0"));
                continue;
            }
            let id = words.intern(word).0 as usize;
            let (name, takes_full_stop) = class.strip_suffix('+').map_or((class, false), |name| (name, true));
            let class = name.parse().unwrap_or_else(|_| WORDS.fault(&row, "no such class"));
            let value = value.parse().unwrap_or_else(|_| WORDS.fault(&row, "no number"));
            entries.resize_with(entries.len().max(id + 1), Vec::new);
            entries[id].push(Entry { class, value, capital: case == "T", takes_full_stop });
        }
        let mut feast_names = Phrases::default();
        for (name, feast) in feasts.names() {
            feast_names.insert(&text::phrase(words, name), feast);
        }
        let [full_stop, hyphen, colon] = [".", "-", ":"].map(|mark| words.intern(mark));
        // The longest ending tells.
        plural_endings.sort_by_key(|(ending, _): &(&str, bool)| std::cmp::Reverse(ending.len()));
        let mut classes = Self { entries, of_words: vec![], feast_names, full_stop, hyphen, colon, plural_endings };
        classes.of_words = (0..words.count()).map(|word| classes.of_word(WordId(word))).collect();
        classes
    }

    fn of(&self, word: WordId) -> &[Entry] {
        self.entries.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The value that a word has in a class, however it is written.
    pub(super) fn value(&self, word: WordId, class: Class) -> Option<i32> {
        self.of(word).iter().find(|entry| entry.class == class).map(|entry| entry.value)
    }

    /// The classes that may begin with each token of `doc`; those of digits and of how it is written are all given where
    /// they are possible, so that only what may be has to be read.
    pub(super) fn possible(&self, doc: &Document<'_>) -> Vec<ClassSet> {
        let possible = |token: &Token| match token.shape {
            Shape::Number => numbers::possible(token.len()),
            Shape::Decimal => ClassSet::of(&[Class::Clock, Class::Digits]),
            shape => {
                let written = match shape {
                    Shape::Title | Shape::Upper => ClassSet::of(&[Class::Capital]),
                    Shape::Lower => ClassSet::of(&[Class::Lower, Class::Plural]),
                    _ => ClassSet::default(),
                };
                written | self.of_words.get(token.word.0 as usize).copied().unwrap_or_default()
            }
        };
        doc.tokens.iter().map(possible).collect()
    }

    /// The classes that may begin with a word, however it is written.
    fn of_word(&self, word: WordId) -> ClassSet {
        let listed = self.of(word).iter().fold(ClassSet::default(), |set, entry| set | ClassSet::of(&[entry.class]));
        let number = ClassSet::of(&[Class::Num, Class::Hour, Class::YearWords, Class::Ordinal]);
        let feast = ClassSet::of(&[Class::Feast]);
        listed
            | if self.value(word, Class::Number).is_some() { number } else { ClassSet::default() }
            | if self.feast_names.begin_with(word) { feast } else { ClassSet::default() }
    }

    /// Whether a rule that begins with one of `classes` may begin with this word.
    pub(super) fn begin_with(&self, word: WordId, classes: ClassSet) -> bool {
        self.of_words.get(word.0 as usize).is_some_and(|of_word| of_word.meets(classes))
    }

    /// The value of the tokens from `at` that make up a `class`, and how many they are.
    pub fn read(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        let written = |holds: bool| holds.then_some((0, 1));
        match class {
            Class::Capital => written(token.is_capitalised()),
            Class::Lower => written(token.is_word() && !token.is_capitalised()),
            Class::Plural => written(token.is_word() && !token.is_capitalised() && self.is_plural(doc.token_text(at))),
            Class::Digits => written(token.is_number()),
            Class::Feast => self.feast(doc, at, limit),
            class => match numbers::read(self, class, doc, at, limit) {
                numbers::Reading::NotOfDigits => self.word(class, doc, at, limit),
                numbers::Reading::Of(reading) => reading,
            },
        }
    }

    pub(super) fn word(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        let fits = |entry: &&Entry| entry.class == class && (!entry.capital || token.is_capitalised());
        let entry = self.of(token.word).iter().find(fits)?;
        let next = doc.tokens[..limit].get(at + 1);
        let full_stop = entry.takes_full_stop && next.is_some_and(|next| self.is_full_stop(next));
        Some((entry.value, 1 + usize::from(full_stop)))
    }

    fn is_full_stop(&self, token: &Token) -> bool {
        token.glued && token.word == self.full_stop
    }

    /// A named day, all of whose words but the small ones are written with a capital.
    fn feast(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let (length, feasts) = self.feast_names.longest(doc.words_from(at, limit))?;
        let last = &doc.tokens[at + length - 1];
        let named = doc.tokens[at].is_capitalised() || last.is_capitalised();
        named.then_some((i32::from(feasts[0].0), length))
    }

    /// Whether a word ends as plurals do.
    fn is_plural(&self, word: &str) -> bool {
        let ending = self.plural_endings.iter().find(|(ending, _)| word.ends_with(ending));
        word.len() > SHORTEST_PLURAL && ending.is_some_and(|(_, is_plural)| *is_plural)
    }
}

/// A word of so many letters is too short to be told a plural by its ending.
const SHORTEST_PLURAL: usize = 4;
