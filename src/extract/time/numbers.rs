//! Classes made of digits or of several words: days, years, counts, clock times.

use super::class::{Class, ClassSet};
use super::words::TimeWords;
use crate::extract::text::{Document, Shape};
use std::ops::RangeInclusive;

/// The result of reading a class at a token.
pub(super) enum Reading {
    /// The class is not made of digits.
    NotOfDigits,
    /// The value and the number of tokens; `None` if the tokens do not belong to the class.
    Of(Option<(i32, usize)>),
}

/// The classes to which a number of `length` digits can belong.
pub(super) fn possible(length: usize) -> ClassSet {
    use Class::{
        AnyYear, Clock, Day, Dd, Digits, Hour, ModernYear, Mon, NextYy, Num, OrdinalDay, Quarter, Ww, Year, Yy,
    };
    match length {
        1 | 2 => ClassSet::of(&[AnyYear, Clock, Day, Dd, Digits, Hour, Mon, NextYy, Num, OrdinalDay, Quarter, Ww, Yy]),
        3 => ClassSet::of(&[AnyYear, Digits, Num]),
        4 => ClassSet::of(&[AnyYear, Clock, Digits, ModernYear, Num, Year]),
        _ => ClassSet::of(&[Digits, Num]),
    }
}

/// Reads a class made of digits or of several words.
pub(super) fn read(words: &TimeWords, class: Class, doc: &Document<'_>, at: usize, limit: usize) -> Reading {
    let reader = Reader { words, doc, limit };
    Reading::Of(match class {
        Class::Day => reader.digits(at, 1..=2, 1..=31).or_else(|| reader.suffixed(at)),
        Class::OrdinalDay => reader.suffixed(at),
        Class::Year => reader.digits(at, 4..=4, 1000..=2199),
        Class::ModernYear => reader.digits(at, 4..=4, 1900..=2049),
        Class::AnyYear => reader.digits(at, 1..=4, 1..=2199),
        Class::Yy => reader.digits(at, 2..=2, 0..=99),
        Class::NextYy => reader.digits(at, 2..=2, 0..=99).filter(|(yy, _)| reader.is_year_after(at, *yy)),
        Class::Mon => reader.digits(at, 1..=2, 1..=12),
        Class::Dd => reader.digits(at, 1..=2, 1..=31),
        Class::Ww => reader.digits(at, 1..=2, 1..=53),
        Class::Quarter => reader.digits(at, 1..=1, 1..=4),
        Class::Hour => reader.digits(at, 1..=2, 1..=12).or_else(|| reader.number(at).filter(|(n, _)| *n <= 12)),
        Class::Num => reader.number(at),
        Class::Ordinal => words.word(Class::Ordinal, doc, at, limit).or_else(|| reader.ordinal(at)),
        Class::YearWords => reader.year_in_words(at),
        Class::Clock => words.word(Class::Clock, doc, at, limit).or_else(|| reader.clock(at)),
        _ => return Reading::NotOfDigits,
    })
}

struct Reader<'a, 't> {
    words: &'a TimeWords,
    doc: &'a Document<'t>,
    limit: usize,
}

impl Reader<'_, '_> {
    /// Reads a number with a number of digits and a value in the given ranges. No letters may be glued to it except
    /// the `s` of a decade and a.m. or p.m. ("5pm").
    fn digits(&self, at: usize, length: RangeInclusive<usize>, range: RangeInclusive<u32>) -> Option<(i32, usize)> {
        let token = &self.doc.tokens[at];
        let value = token.number.filter(|n| length.contains(&token.len()) && range.contains(n))?;
        let next = self.doc.tokens[..self.limit].get(at + 1).filter(|next| next.glued && next.is_word());
        let is_ending = next.is_none_or(|next| {
            let endings = [Class::Ending, Class::HalfDay, Class::Possessive];
            endings.iter().any(|class| self.words.value(next.word, *class).is_some())
        });
        is_ending.then_some((i32::try_from(value).ok()?, 1))
    }

    /// Whether two digits are the last two of the year after the preceding year: `2006-07`.
    fn is_year_after(&self, at: usize, yy: i32) -> bool {
        let year = at.checked_sub(2).map(|first| &self.doc.tokens[first]).filter(|token| token.len() == 4);
        let year = year.and_then(|token| i32::try_from(token.number?).ok());
        year.is_some_and(|year| (year + 1) % 100 == yy)
    }

    /// Reads `12th`: the number and its suffix.
    fn suffixed(&self, at: usize) -> Option<(i32, usize)> {
        let value = self.doc.tokens[at].number.filter(|n| (1..=31).contains(n))?;
        let suffix = self.doc.tokens[..self.limit].get(at + 1).filter(|next| next.glued)?;
        self.words.value(suffix.word, Class::Suffix)?;
        Some((i32::try_from(value).ok()?, 2))
    }

    /// Reads `10 p.m.`, `14:30`, `5.30 pm`, `1430`, in minutes since midnight.
    fn clock(&self, at: usize) -> Option<(i32, usize)> {
        let tokens = &self.doc.tokens[..self.limit];
        let (hour, minute, length) = match tokens[at].shape {
            Shape::Number => self.hour_and_minute(at)?,
            Shape::Decimal => {
                let (hour, minute) = self.doc.token_text(at).split_once('.')?;
                (hour.parse().ok()?, (minute.len() == 2).then(|| minute.parse().ok()).flatten(), 1)
            }
            _ => return None,
        };
        let half = tokens.get(at + length).and_then(|token| self.words.value(token.word, Class::HalfDay));
        let hour = match half {
            Some(_) if hour > 12 || hour == 0 => return None,
            Some(half) => hour % 12 + if half == 2 { 12 } else { 0 },
            None if minute.is_none() || tokens[at].shape == Shape::Decimal => return None,
            None => hour,
        };
        let minutes = i32::try_from(hour * 60 + minute.unwrap_or(0)).ok().filter(|minutes| *minutes <= 1440)?;
        Some((minutes, length + usize::from(half.is_some())))
    }

    /// Reads `14:30`, `1430` before a zone, `10`: the hour, the minute if given, and the number of tokens.
    fn hour_and_minute(&self, at: usize) -> Option<(u32, Option<u32>, usize)> {
        let tokens = &self.doc.tokens[..self.limit];
        let number = tokens[at].number?;
        let zoned = tokens.get(at + 1).is_some_and(|next| self.words.value(next.word, Class::Zone).is_some());
        if tokens[at].len() == 4 && zoned {
            return Some((number / 100, Some(number % 100).filter(|minute| *minute < 60), 1));
        }
        let hour = Some(number).filter(|hour| *hour <= 24 && tokens[at].len() <= 2)?;
        let colon = tokens.get(at + 1).is_some_and(|t| t.glued && t.word == self.words.colon);
        let minute = tokens.get(at + 2).filter(|t| colon && t.glued && t.len() == 2).and_then(|t| t.number);
        let minute = minute.filter(|minute| *minute < 60);
        Some((hour, minute, if minute.is_some() { 3 } else { 1 }))
    }

    /// Reads a number in digits, or in words with an optional hyphen: `12`, `twelve`, `twenty-one`.
    fn number(&self, at: usize) -> Option<(i32, usize)> {
        let token = &self.doc.tokens[at];
        if token.shape == Shape::Number {
            return Some((i32::try_from(token.number?).ok()?, 1));
        }
        let tens = self.words.value(token.word, Class::Number)?;
        // "twenty four"
        if let Some(ones @ 1..10) = self.small_number(at + 1).filter(|_| (20..100).contains(&tens)) {
            return Some((tens + ones, 2));
        }
        let hyphenated = (20..100).contains(&tens) && self.word_at(at + 1) == Some(self.words.hyphen);
        if let Some(hundreds @ (100 | 1000)) = self.small_number(at + 1).filter(|_| tens < 100) {
            return Some((tens * hundreds, 2));
        }
        let ones = hyphenated.then(|| self.small_number(at + 2)).flatten();
        Some(ones.filter(|ones| *ones < 10).map_or((tens, 1), |ones| (tens + ones, 3)))
    }

    /// Reads `twenty-first`.
    fn ordinal(&self, at: usize) -> Option<(i32, usize)> {
        let tens = self.small_number(at).filter(|tens| (20..100).contains(tens))?;
        let ones = self.word_at(at + 2).filter(|_| self.word_at(at + 1) == Some(self.words.hyphen))?;
        let ones = self.words.value(ones, Class::Ordinal).filter(|ones| *ones < 10)?;
        Some((tens + ones, 3))
    }

    fn word_at(&self, at: usize) -> Option<crate::extract::words::WordId> {
        self.doc.tokens[..self.limit].get(at).map(|token| token.word)
    }

    fn small_number(&self, at: usize) -> Option<i32> {
        self.words.value(self.word_at(at)?, Class::Number)
    }

    /// Reads `nineteen ninety-six`, `two thousand (and) five`, `twenty twenty-one`, `nineteen hundred`.
    fn year_in_words(&self, at: usize) -> Option<(i32, usize)> {
        let first = self.small_number(at)?;
        if (first, self.small_number(at + 1)) == (2, Some(1000)) {
            let and = self.word_at(at + 2).and_then(|word| self.words.value(word, Class::Joint));
            let and = usize::from(and.is_some());
            let rest = (at + 2 + and < self.limit).then(|| self.number(at + 2 + and)).flatten();
            let rest = rest.filter(|(n, _)| *n < 100 && self.doc.tokens[at + 2 + and].is_word());
            return Some(rest.map_or((2000, 2), |(n, length)| (2000 + n, 2 + and + length)));
        }
        let century = Some(first).filter(|n| (17..=20).contains(n))?;
        let (rest, length) = (at + 1 < self.limit).then(|| self.number(at + 1)).flatten()?;
        let in_words = self.doc.tokens[at + 1].is_word();
        let rest = if rest == 100 { 0 } else { Some(rest).filter(|n| in_words && (10..100).contains(n))? };
        Some((century * 100 + rest, 1 + length))
    }
}
