//! The captures of a pattern: the values of its classes, alone and combined.

use super::calendar::Edge;
use super::class::{Capture, Class};
use super::meaning::{Clock, Length, OfYear, TimeOfDay, Unit, What, Yearly};

/// The captures of a pattern, or of one end of a span.
#[derive(Clone, Copy, Debug)]
pub struct Captures<'a>(pub &'a [Capture]);

impl Captures<'_> {
    pub fn position(self, class: Class) -> Option<usize> {
        self.0.iter().position(|capture| capture.class == class)
    }

    /// The first value of a class.
    pub fn get(self, class: Class) -> Option<i32> {
        self.position(class).map(|at| self.0[at].value)
    }

    pub fn first_of(self, classes: &[Class]) -> Option<i32> {
        self.0.iter().find(|capture| classes.contains(&capture.class)).map(|capture| capture.value)
    }

    pub fn small(self, class: Class) -> Option<i8> {
        self.get(class).and_then(|n| i8::try_from(n).ok())
    }

    pub fn year(self) -> Option<i16> {
        use Class::{AnyYear, ModernYear, Year, YearWords, Yy};
        let two_digits = |yy| if yy < 50 { 2000 + yy } else { 1900 + yy };
        let year = match (self.first_of(&[Year, ModernYear, AnyYear, YearWords]), self.get(Yy)) {
            // "1998-99"
            (Some(first), Some(yy)) => first - first % 100 + yy + if yy < first % 100 { 100 } else { 0 },
            (Some(year), None) => self.get(Class::NextYy).map_or(year, |_| year + 1),
            (None, yy) => two_digits(yy?),
        };
        i16::try_from(year).ok()
    }

    pub fn month(self) -> Option<i8> {
        self.first_of(&[Class::Month, Class::SafeMonth, Class::Mon]).and_then(|n| i8::try_from(n).ok())
    }

    pub fn day(self) -> Option<i8> {
        self.first_of(&[Class::Day, Class::OrdinalDay, Class::Dd]).and_then(|n| i8::try_from(n).ok())
    }

    pub fn unit(self) -> Option<Unit> {
        self.first_of(&[Class::Unit, Class::Units, Class::LongUnit, Class::Regular]).and_then(Unit::from_number)
    }

    pub fn edge(self) -> Option<Edge> {
        self.first_of(&[Class::Edge, Class::Point]).and_then(|n| i8::try_from(n).ok()).and_then(Edge::from_number)
    }

    pub fn count(self) -> Option<i32> {
        self.first_of(&[Class::Num, Class::One, Class::Couple])
    }

    pub fn ordinal(self) -> Option<i8> {
        self.first_of(&[Class::Ordinal, Class::Quarter]).and_then(|n| i8::try_from(n).ok())
    }

    /// The ordinal, at most `of`; "the last" is `of`.
    pub fn counted_from_the_end(self, of: i8) -> Option<i8> {
        self.ordinal().map(|n| if n < 0 { of } else { n }).filter(|n| *n <= of)
    }

    /// The year of a yearly name whose class is one of `name`; it precedes the name in "last March" and follows it in
    /// "March last year".
    pub fn of_year(self, name: &[Class]) -> OfYear {
        if let Some(year) = self.year() {
            return OfYear::Given(year);
        }
        let named = self.0.iter().position(|capture| name.contains(&capture.class)).unwrap_or(0);
        if let Some(shift) = self.small(Class::Shift) {
            let before = self.position(Class::Shift).is_some_and(|at| at < named);
            let with_unit = self.position(Class::Unit).is_some();
            return if before && !with_unit { OfYear::Beside(shift) } else { OfYear::Shifted(shift) };
        }
        match (self.small(Class::Following), self.get(Class::That)) {
            (Some(shift), _) => OfYear::After(shift),
            (_, Some(_)) => OfYear::That,
            _ => OfYear::Bare,
        }
    }

    pub fn yearly(self, name: Yearly, classes: &[Class]) -> What {
        What::Yearly { name, year: self.of_year(classes), edge: self.edge(), weekday: self.weekday() }
    }

    pub fn weekday(self) -> Option<i8> {
        self.first_of(&[Class::Weekday, Class::ShortDay]).and_then(|n| i8::try_from(n).ok())
    }

    /// The time of day: a clock time, an hour with a part of the day that decides a.m. or p.m., or a part of the day
    /// alone.
    pub fn time(self) -> Option<TimeOfDay> {
        let part = self.small(Class::Part).or_else(|| self.small(Class::Tonight));
        let zone = self.get(Class::Zone).filter(|zone| *zone != LOCAL).and_then(|zone| i16::try_from(zone).ok());
        let zone = self.zone_by_other_clock(zone).or(zone);
        let hour = || {
            let hour = self.get(Class::Hour)? % 12;
            Some((hour + if part.is_some_and(|part| part > 1) { 12 } else { 0 }) * 60)
        };
        match self.get(Class::Clock).or_else(hour).and_then(|minutes| i16::try_from(minutes).ok()) {
            Some(minutes) => Some(TimeOfDay::Clock(Clock { minutes, zone })),
            None => part.map(TimeOfDay::Part),
        }
    }

    /// The zone of a clock time, computed from the same time in another zone: "10:35 a.m. (0735 GMT)".
    pub fn zone_by_other_clock(self, other_zone: Option<i16>) -> Option<i16> {
        let mut clocks = self.0.iter().filter(|capture| capture.class == Class::Clock);
        let (first, second) = (clocks.next()?, clocks.next()?);
        let own = self.position(Class::Zone).is_some_and(|at| self.0[at].tokens.start < second.tokens.start);
        let ahead = i16::try_from(first.value - second.value).ok()?.checked_add(other_zone.filter(|_| !own)?)?;
        // Zones range from 12 hours behind to 14 hours ahead of UTC; a larger difference crosses midnight.
        Some(match ahead {
            ..-720 => ahead + 1440,
            841.. => ahead - 1440,
            ahead => ahead,
        })
    }

    pub fn length(self) -> Option<Length> {
        let unit = self.unit()?;
        // "a year and a half": a unit and half of one. A singular unit without a number counts as one.
        let one = self.position(Class::Unit).or(self.position(Class::LongUnit)).map(|_| 1);
        let one = one.filter(|_| self.position(Class::Vague).is_none());
        let halves = self.count().or(one).and_then(|count| count.checked_mul(2));
        let numbers: Vec<i32> = self.0.iter().filter(|c| c.class == Class::Num).map(|c| c.value).collect();
        let half = self.get(Class::Half).is_some() || matches!(numbers[..], [_, 1, 2]);
        let counted = [Class::Num, Class::One].iter().find_map(|class| self.position(*class));
        let halves = match (self.position(Class::Half), counted) {
            // "half a year"
            (Some(half), Some(one)) if half < one => Some(1),
            (Some(_), None) => Some(1),
            _ if half => Some(halves.unwrap_or(0).saturating_add(1)),
            _ => halves,
        };
        Some(Length { halves, unit })
    }
}

/// The value of the class `ZONE` for "local time".
const LOCAL: i32 = 9999;
