//! The classes of words that date expressions are made of: which tokens belong to one, and their value.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{Document, Shape};
use crate::extract::words::{WordId, Words};
use strum::EnumString;

const WORDS: DataFile = data_file!("time/words.tsv");

/// What a pattern can ask of a token. The first group stands in `data/time/words.tsv`, the second is made of digits,
/// the third of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Class {
    /// A month: 1–12.
    Month,
    /// A month whose name is no other word.
    SafeMonth,
    /// A weekday: 1 (Monday) – 7.
    Weekday,
    /// A number in words.
    Number,
    /// "a", "an".
    One,
    /// An ordinal in words.
    Ordinal,
    /// `st`, `nd`, `rd`, `th` after digits.
    Suffix,
    /// A unit of time, as [`super::meaning::Unit`] numbers them.
    Unit,
    /// A season: 1 (spring) – 4.
    Season,
    /// Early, mid, late, as [`super::calendar::Edge`] numbers them.
    Edge,
    /// Beginning, middle, end, numbered likewise.
    Point,
    /// Next (1), this (0), last (−1).
    Shift,
    /// Following (1), previous (−1).
    Following,
    /// A part of the day: 1 (morning) – 5 (night).
    Part,
    /// Today (0), tomorrow (1), yesterday (−1).
    Near,
    /// Tonight.
    NearNight,
    /// Weekend.
    Weekend,
    /// Later (1), earlier (−1), before the day that it is told of.
    Later,
    /// Later (1), earlier (−1), after a number of units.
    Since,
    /// After (1), before (−1).
    After,
    /// Units of time in the plural.
    Units,
    /// "several", "few": a number that is not told.
    Vague,
    /// "daily", "annually", by their units.
    Regular,
    /// Future.
    Future,
    /// 1–31 in digits, perhaps with a suffix.
    Day,
    /// 1–31 in digits with a suffix.
    OrdinalDay,
    /// Four digits, 1000–2199.
    Year,
    /// Four digits that are hardly anything but a year of our time, 1900–2049.
    ModernYear,
    /// Two digits, 01–12.
    Mon,
    /// Two digits or one, 1–31.
    Dd,
    /// A number in digits or in words.
    Num,
    /// A time of the day: minutes since midnight.
    Clock,
    /// Before noon (1) or after (2): "a.m.", "pm".
    HalfDay,
    /// What stands before a number that is no year: "$".
    NotYearAfter,
    /// What stands after a number that is no year: "troops".
    NotYearBefore,
}

/// What the classes of a pattern captured, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Captures(Vec<(Class, i32)>);

impl Captures {
    /// Adds a value at the end.
    pub fn push(&mut self, class: Class, value: i32) {
        self.0.push((class, value));
    }

    /// Takes the last value away.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// The first value of a class.
    pub fn get(&self, class: Class) -> Option<i32> {
        self.nth(class, 0)
    }

    /// The value of a class where it stands for the `n`th time, from 0.
    pub fn nth(&self, class: Class, n: usize) -> Option<i32> {
        self.0.iter().filter(|(c, _)| *c == class).nth(n).map(|(_, value)| *value)
    }
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
    hyphen: [WordId; 2],
    colon: WordId,
    full_stop: WordId,
}

impl Classes {
    /// Reads the list, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut entries: Vec<Vec<Entry>> = Vec::new();
        for row @ [word, class, value, case] in WORDS.rows::<4>() {
            let id = words.intern(word).0 as usize;
            let (name, takes_full_stop) = class.strip_suffix('+').map_or((class, false), |name| (name, true));
            let class = name.parse().unwrap_or_else(|_| WORDS.fault(&row, "no such class"));
            let value = value.parse().unwrap_or_else(|_| WORDS.fault(&row, "no number"));
            entries.resize_with(entries.len().max(id + 1), Vec::new);
            entries[id].push(Entry { class, value, capital: case == "T", takes_full_stop });
        }
        let hyphen = [words.intern("-"), words.intern("‑")];
        Self { entries, hyphen, colon: words.intern(":"), full_stop: words.intern(".") }
    }

    /// Whether some date expression may begin with this token.
    pub fn speaks_of_time(&self, doc: &Document<'_>, at: usize) -> bool {
        let token = &doc.tokens[at];
        token.number.is_some() || !self.of(token.word).is_empty()
    }

    fn of(&self, word: WordId) -> &[Entry] {
        self.entries.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    fn has(&self, word: WordId, class: Class) -> bool {
        self.of(word).iter().any(|entry| entry.class == class)
    }

    /// The value of the tokens from `at` that make up a `class`, and how many they are.
    pub fn read(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        match class {
            Class::Day => self.day(doc, at, limit),
            Class::OrdinalDay => self.suffixed(doc, at, limit),
            Class::Year => digits(doc, at, limit, 4..=4, 1000..=2199),
            Class::ModernYear => self.modern_year(doc, at, limit),
            Class::Clock => self.clock(doc, at, limit),
            Class::Mon => digits(doc, at, limit, 1..=2, 1..=12),
            Class::Dd => digits(doc, at, limit, 1..=2, 1..=31),
            Class::Num => self.number(doc, at, limit),
            class => self.word(class, doc, at, limit),
        }
    }

    fn word(&self, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        let entry = self.of(token.word).iter().find(|e| e.class == class && (!e.capital || token.is_capitalised()))?;
        let next = doc.tokens[..limit].get(at + 1);
        let full_stop = entry.takes_full_stop && next.is_some_and(|t| t.glued && t.word == self.full_stop);
        Some((entry.value, 1 + usize::from(full_stop)))
    }

    fn day(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        digits(doc, at, limit, 1..=2, 1..=31).or_else(|| self.suffixed(doc, at, limit))
    }

    fn suffixed(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let value = doc.tokens[at].number.filter(|n| (1..=31).contains(n))?;
        let suffix = doc.tokens[..limit].get(at + 1).filter(|next| next.glued)?;
        self.has(suffix.word, Class::Suffix).then_some((i32::try_from(value).ok()?, 2))
    }

    /// A year that is neither a price nor a count: no currency before it, no counted things after it.
    fn modern_year(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let year = digits(doc, at, limit, 4..=4, 1900..=2049)?;
        let before = at.checked_sub(1).map(|i| doc.tokens[i].word);
        let after = doc.tokens[..limit].get(at + 1).map(|token| token.word);
        let is = |word: Option<WordId>, class| word.is_some_and(|word| self.has(word, class));
        (!is(before, Class::NotYearAfter) && !is(after, Class::NotYearBefore)).then_some(year)
    }

    /// `10 p.m.`, `14:30`, `5.30 pm`, `1430 GMT`: the minutes since midnight.
    fn clock(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let tokens = &doc.tokens[..limit];
        let hour = tokens[at].number.filter(|hour| *hour <= 24)?;
        let colon = tokens.get(at + 1).is_some_and(|t| t.glued && t.word == self.colon);
        let minute = tokens.get(at + 2).filter(|t| colon && t.glued && t.len() == 2).and_then(|t| t.number);
        let minute = minute.filter(|minute| *minute < 60);
        let length = if minute.is_some() { 3 } else { 1 };
        let half = tokens.get(at + length).map(|t| t.word);
        let half = half.and_then(|word| self.of(word).iter().find(|e| e.class == Class::HalfDay)).map(|e| e.value);
        let hour = match half {
            Some(_) if hour > 12 || hour == 0 => return None,
            Some(half) => hour % 12 + if half == 2 { 12 } else { 0 },
            None if minute.is_none() => return None,
            None => hour,
        };
        let minutes = i32::try_from(hour * 60 + minute.unwrap_or(0)).ok()?;
        Some((minutes, length + usize::from(half.is_some())))
    }

    /// A number in digits, or in words with their hyphen: `12`, `twelve`, `twenty-one`.
    fn number(&self, doc: &Document<'_>, at: usize, limit: usize) -> Option<(i32, usize)> {
        let token = &doc.tokens[at];
        if token.shape == Shape::Number {
            return Some((i32::try_from(token.number?).ok()?, 1));
        }
        let (tens, _) = self.word(Class::Number, doc, at, limit)?;
        let hyphenated = tens >= 20 && at + 2 < limit && self.hyphen.contains(&doc.tokens[at + 1].word);
        let ones = hyphenated.then(|| self.word(Class::Number, doc, at + 2, limit)).flatten();
        match ones {
            Some((ones, _)) if ones < 10 => Some((tens + ones, 3)),
            _ => Some((tens, 1)),
        }
    }
}

/// The value of a number of so many digits in a range, with no letters glued to it but the `s` of a decade.
fn digits(
    doc: &Document<'_>,
    at: usize,
    limit: usize,
    length: std::ops::RangeInclusive<usize>,
    range: std::ops::RangeInclusive<u32>,
) -> Option<(i32, usize)> {
    let token = &doc.tokens[at];
    let value = token.number.filter(|n| length.contains(&token.len()) && range.contains(n))?;
    let glued_letters = doc.tokens[..limit]
        .get(at + 1)
        .is_some_and(|next| next.glued && next.is_word() && !(token.len() == 4 && doc.token_text(at + 1) == "s"));
    (!glued_letters).then_some((i32::try_from(value).ok()?, 1))
}
