//! From what a pattern captured to what it means.

use super::calendar::{Edge, Period};
use super::classes::{Capture, Class};
use super::feasts::FeastId;
use super::meaning::{Clock, From, Length, Meaning, OfYear, TimeOfDay, Unit, What, WhichWeekday, Yearly};
use strum::EnumString;

/// The constructors of meanings, by the names that `data/time/rules.tsv` gives them. What a pattern does not capture is
/// left open, so that one constructor serves every form: "May", "early May 2024", "last May".
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Maker {
    Day,
    Slashed,
    DayOfMonth,
    Month,
    NthWeekday,
    NthWeek,
    NthWeekend,
    LastDay,
    HalfOfMonth,
    Fortnight,
    DaysOfMonth,
    Quarter,
    Half,
    Season,
    SeasonOfPassage,
    Week,
    Feast,
    YearEnd,
    Year,
    TwoYears,
    Decade,
    Century,
    Weekday,
    WeekdayInWeek,
    WeekdayOfThatWeek,
    WeekdayOn,
    WeekdayFortnight,
    Weekend,
    WeekendAfterNext,
    WeekOf,
    WeekendOf,
    Near,
    Unit,
    FollowingUnit,
    FollowingPart,
    UnitAfterNext,
    LastYear,
    ThisDay,
    NthDay,
    FromEvent,
    Ahead,
    Ago,
    Offset,
    FromDay,
    FromFeast,
    FromNear,
    LatestQuarter,
    QuarterOfShiftedYear,
    YearBefore,
    NewYear,
    Time,
    Present,
    Past,
    Future,
    Duration,
    Within,
    Unclear,
    Set,
    /// What looks like a date and is none, so that no part of it is read as one.
    Nothing,
}

/// What a pattern captured, or one end of a span.
#[derive(Clone, Copy, Debug)]
pub struct Captures<'a>(pub &'a [Capture]);

impl Captures<'_> {
    fn position(self, class: Class) -> Option<usize> {
        self.0.iter().position(|capture| capture.class == class)
    }

    /// The first value of a class.
    fn get(self, class: Class) -> Option<i32> {
        self.position(class).map(|at| self.0[at].value)
    }

    fn first_of(self, classes: &[Class]) -> Option<i32> {
        self.0.iter().find(|capture| classes.contains(&capture.class)).map(|capture| capture.value)
    }

    fn small(self, class: Class) -> Option<i8> {
        self.get(class).and_then(|n| i8::try_from(n).ok())
    }

    fn year(self) -> Option<i16> {
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

    fn month(self) -> Option<i8> {
        self.first_of(&[Class::Month, Class::SafeMonth, Class::Mon]).and_then(|n| i8::try_from(n).ok())
    }

    fn day(self) -> Option<i8> {
        self.first_of(&[Class::Day, Class::OrdinalDay, Class::Dd]).and_then(|n| i8::try_from(n).ok())
    }

    fn unit(self) -> Option<Unit> {
        self.first_of(&[Class::Unit, Class::Units, Class::LongUnit, Class::Regular]).and_then(Unit::from_number)
    }

    fn edge(self) -> Option<Edge> {
        self.first_of(&[Class::Edge, Class::Point]).and_then(|n| i8::try_from(n).ok()).and_then(Edge::from_number)
    }

    fn count(self) -> Option<i32> {
        self.first_of(&[Class::Num, Class::One, Class::Couple])
    }

    fn ordinal(self) -> Option<i8> {
        self.first_of(&[Class::Ordinal, Class::Quarter]).and_then(|n| i8::try_from(n).ok())
    }

    /// The ordinal, of so many; "the last" is the highest.
    fn counted_from_the_end(self, of: i8) -> Option<i8> {
        self.ordinal().map(|n| if n < 0 { of } else { n }).filter(|n| *n <= of)
    }

    /// The year of a yearly name whose class is one of `name`: "last March" tells it before the name, "March last year"
    /// behind it.
    fn of_year(self, name: &[Class]) -> OfYear {
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

    fn yearly(self, name: Yearly, classes: &[Class]) -> What {
        What::Yearly { name, year: self.of_year(classes), edge: self.edge(), weekday: self.weekday() }
    }

    fn weekday(self) -> Option<i8> {
        self.first_of(&[Class::Weekday, Class::ShortDay]).and_then(|n| i8::try_from(n).ok())
    }

    /// The time of the day: a clock time, an hour that a part of the day tells the half of, or that part.
    fn time(self) -> Option<TimeOfDay> {
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

    /// "10:35 a.m. (0735 GMT)": the zone of a clock time by what it is in another zone.
    fn zone_by_other_clock(self, other_zone: Option<i16>) -> Option<i16> {
        let mut clocks = self.0.iter().filter(|capture| capture.class == Class::Clock);
        let (first, second) = (clocks.next()?, clocks.next()?);
        let own = self.position(Class::Zone).is_some_and(|at| self.0[at].tokens.start < second.tokens.start);
        let ahead = i16::try_from(first.value - second.value).ok()?.checked_add(other_zone.filter(|_| !own)?)?;
        // Zones lie from 12 hours behind to 14 ahead; beyond that it is another day.
        Some(match ahead {
            ..-720 => ahead + 1440,
            841.. => ahead - 1440,
            ahead => ahead,
        })
    }

    fn length(self) -> Option<Length> {
        let unit = self.unit()?;
        // "a year and a half" counts a unit and a half one.
        // A unit in the singular, with nothing that counts it, is one.
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

/// The value of the class ZONE for "local time".
const LOCAL: i32 = 9999;

impl Maker {
    /// The meaning of what a pattern captured; none where it makes no date.
    pub fn make(self, captures: Captures<'_>) -> Option<Meaning> {
        let approximate = captures.first_of(&[Class::About, Class::Circa]) == Some(1);
        let what = self.yearly(captures).or_else(|| self.of_calendar(captures)).or_else(|| self.counted(captures))?;
        Some(Meaning { what, time: captures.time(), approximate })
    }

    /// What comes once a year.
    fn yearly(self, c: Captures<'_>) -> Option<What> {
        use Class::{Mon, Month, SafeMonth};
        let months = [Month, SafeMonth, Mon];
        Some(match self {
            Self::Day => {
                c.yearly(Yearly::Day { month: c.month()?, day: c.day().or_else(|| c.small(Class::Ordinal))? }, &months)
            }
            Self::Month => c.yearly(Yearly::Month(c.month()?), &months),
            Self::NthWeekday => {
                let (nth, weekday, month) = (c.ordinal()?, c.weekday()?, c.month()?);
                let name = Yearly::NthWeekday { nth, weekday, month };
                What::Yearly { name, year: c.of_year(&months), edge: None, weekday: None }
            }
            Self::NthWeek => c.yearly(Yearly::NthWeek { nth: c.ordinal()?, month: c.month()? }, &months),
            Self::NthWeekend => c.yearly(Yearly::NthWeekend { nth: c.ordinal()?, month: c.month()? }, &months),
            Self::LastDay => c.yearly(Yearly::LastDay { month: c.month()? }, &months),
            Self::HalfOfMonth => {
                let half = c.counted_from_the_end(2)?;
                c.yearly(Yearly::HalfOfMonth { month: c.month()?, half }, &months)
            }
            Self::Fortnight => c.yearly(Yearly::Fortnight { nth: c.ordinal()?, month: c.month()? }, &months),
            Self::DaysOfMonth => {
                let edge = match c.ordinal() {
                    Some(1) => Some(Edge::Early),
                    Some(-1) => Some(Edge::Late),
                    Some(_) => return None,
                    None => c.edge(),
                };
                let name = Yearly::Month(c.month()?);
                What::Yearly { name, year: c.of_year(&months), edge, weekday: None }
            }
            Self::Quarter => {
                let quarter = c.counted_from_the_end(4)?;
                c.yearly(Yearly::Quarter(quarter), &[Class::Ordinal, Class::Quarter])
            }
            Self::Half => {
                let half = c.counted_from_the_end(2)?;
                c.yearly(Yearly::Half(half), &[Class::Ordinal, Class::Quarter])
            }
            Self::Season => c.yearly(Yearly::Season(c.small(Class::Season)?), &[Class::Season]),
            Self::SeasonOfPassage => {
                let name = Yearly::Season(c.small(Class::Season)?);
                What::Yearly { name, year: OfYear::Passage, edge: c.edge(), weekday: None }
            }
            Self::Week => c.yearly(Yearly::Week(c.small(Class::Ww)?), &[Class::Ww]),
            Self::Feast => {
                let feast = FeastId(u16::try_from(c.get(Class::Feast)?).ok()?);
                c.yearly(Yearly::Feast(feast), &[Class::Feast])
            }
            Self::YearEnd => c.yearly(Yearly::Day { month: 12, day: 31 }, &[]),
            _ => return None,
        })
    }

    /// What the calendar fixes.
    fn of_calendar(self, c: Captures<'_>) -> Option<What> {
        let part = |period: Period| match c.edge() {
            Some(edge) => period.part(edge),
            None => period,
        };
        Some(match self {
            Self::Slashed => {
                let mut parts = c.0.iter().filter(|capture| capture.class == Class::Dd);
                let mut part = || i8::try_from(parts.next()?.value).ok();
                What::Slashed { first: part()?, second: part()?, year: c.year(), weekday: c.weekday() }
            }
            Self::Year if c.get(Class::Era) == Some(-1) => What::BeforeChrist(c.year()?),
            Self::Year => What::Fixed(part(Period::year(c.year()?)?)),
            Self::TwoYears => {
                let first = c.first_of(&[Class::Year, Class::ModernYear]).and_then(|year| i16::try_from(year).ok())?;
                let second = c.get(Class::Yy).filter(|yy| *yy == i32::from((first + 1) % 100));
                What::Fixed(Period::two_years(second.map(|_| first)?)?)
            }
            Self::Decade => {
                let named = c.get(Class::Decade).and_then(|decade| i16::try_from(1900 + decade).ok());
                // "the '30s" are of the last century.
                let short = c.get(Class::Yy).filter(|yy| *yy > 20).and_then(|yy| i16::try_from(1900 + yy).ok());
                let year = named.or(short).or_else(|| c.year()).filter(|year| year % 10 == 0)?;
                What::Fixed(part(Period::decade(year)?))
            }
            Self::Century => {
                let number = c.first_of(&[Class::Ordinal, Class::OrdinalDay]).filter(|n| (1..=30).contains(n))?;
                let number = i16::try_from(number).ok()?;
                match c.get(Class::Era) {
                    Some(-1) => What::BeforeChrist(number * 100),
                    _ => What::Fixed(Period::century(number)?),
                }
            }
            _ => return None,
        })
    }

    /// What counts from another date, or does not lie on the calendar.
    fn counted(self, c: Captures<'_>) -> Option<What> {
        let shift = c.small(Class::Shift);
        let weekday = || c.weekday();
        let beside = |base: Maker| {
            let sign = c.get(Class::After).unwrap_or(1);
            let count = c.count().unwrap_or(1).checked_mul(sign)?;
            // What counts the units is no part of the date that they are counted from.
            let base = base.yearly(c).or_else(|| base.counted(c)).map(Box::new)?;
            // "tomorrow week"
            Some(What::Beside { base, count, unit: c.unit().unwrap_or(Unit::Week) })
        };
        Some(match self {
            Self::DayOfMonth => What::DayOfMonth { day: c.day()?, weekday: weekday(), month: shift },
            Self::Weekday => {
                let which = match (shift, c.small(Class::Following)) {
                    (Some(shift), _) => WhichWeekday::Beside(shift),
                    (_, Some(shift)) => WhichWeekday::After(shift),
                    _ => WhichWeekday::Bare,
                };
                What::Weekday { weekday: weekday()?, which }
            }
            Self::WeekdayInWeek => What::Weekday { weekday: weekday()?, which: WhichWeekday::InWeek(shift?) },
            Self::WeekdayOfThatWeek => What::Weekday { weekday: weekday()?, which: WhichWeekday::InThatWeek },
            Self::WeekdayOn => {
                let weeks = c.count().map_or(Some(1), |count| i8::try_from(count).ok())?;
                What::Weekday { weekday: weekday()?, which: WhichWeekday::WeeksOn(weeks) }
            }
            Self::WeekdayFortnight => What::Weekday { weekday: weekday()?, which: WhichWeekday::WeeksOn(2) },
            // The one after the next that comes.
            Self::WeekendAfterNext => What::Weekend { shift: 1 },
            Self::Weekend => What::Weekend { shift: shift.unwrap_or(0) },
            Self::WeekOf | Self::WeekendOf => What::Around {
                day: (c.month()?, c.day()?),
                year: c.of_year(&[Class::Month]),
                weekend: self == Self::WeekendOf,
            },
            Self::Near => {
                let days = [Class::Near, Class::After, Class::Shift].map(|class| c.small(class).unwrap_or(0));
                What::Near { days: days.iter().sum() }
            }
            Self::Unit => {
                let from = match (c.get(Class::That), shift) {
                    (Some(_), _) => From::Reference,
                    (None, Some(_)) => From::Publication,
                    (None, None) => From::Passage,
                };
                What::Unit { unit: c.unit()?, shift: shift.unwrap_or(0), edge: c.edge(), from }
            }
            Self::UnitAfterNext => What::Unit { unit: c.unit()?, shift: 2, edge: None, from: From::Publication },
            Self::LastYear => What::Unit { unit: Unit::Year, shift: -1, edge: None, from: From::Publication },
            Self::ThisDay => What::Unit { unit: Unit::Day, shift: 0, edge: None, from: From::Reference },
            Self::NthDay => What::NthDay(c.ordinal()?),
            Self::FromEvent => {
                let count = c.count().unwrap_or(1).checked_mul(c.get(Class::After).unwrap_or(1))?;
                What::FromEvent { count, unit: c.unit()? }
            }
            Self::FollowingUnit => {
                let shift = c.small(Class::Following).or(shift).unwrap_or(0);
                What::Unit { unit: c.unit()?, shift, edge: c.edge(), from: From::Reference }
            }
            Self::FollowingPart => {
                let that = c.get(Class::That).is_some();
                let shift = if that { 0 } else { c.small(Class::Following).unwrap_or(1) };
                What::Unit { unit: Unit::Day, shift, edge: None, from: From::Reference }
            }
            Self::Ahead => What::Offset { count: c.count()?, unit: c.unit()?, from: From::Publication },
            Self::Ago => What::Offset { count: -c.count()?, unit: c.unit()?, from: From::Publication },
            Self::Offset => {
                let sign = c.first_of(&[Class::Later, Class::After]).unwrap_or(1);
                let count = c.count().unwrap_or(1).checked_mul(sign)?;
                What::Offset { count, unit: c.unit().unwrap_or(Unit::Day), from: From::Reference }
            }
            Self::FromDay => beside(Self::Day)?,
            Self::FromFeast => beside(Self::Feast)?,
            Self::FromNear => beside(Self::Near)?,
            Self::LatestQuarter => What::LatestQuarter { year: c.year() },
            Self::QuarterOfShiftedYear => match shift? {
                -1 => What::YearBefore,
                _ => return None,
            },
            Self::YearBefore => What::YearBefore,
            Self::NewYear => What::NewYear,
            Self::Time => What::SpokenDay,
            Self::Present => What::Reference("PRESENT_REF"),
            Self::Past => What::Reference("PAST_REF"),
            Self::Future => What::Reference("FUTURE_REF"),
            Self::Duration => What::Duration { length: c.length()?, within: false },
            Self::Within => What::Duration { length: c.length()?, within: true },
            Self::Unclear => What::Duration { length: Length { halves: None, unit: c.unit()? }, within: false },
            Self::Set => What::Set(set(c)?),
            _ => return None,
        })
    }
}

/// The TIMEX3 value of what recurs.
fn set(c: Captures<'_>) -> Option<String> {
    if let Some(weekday) = c.small(Class::Weekday).or_else(|| c.small(Class::Weekdays)) {
        let part =
            c.small(Class::Part).or(c.small(Class::Parts)).map(|part| format!("T{}", super::resolve::part_name(part)));
        return Some(format!("XXXX-WXX-{weekday}{}", part.unwrap_or_default()));
    }
    if let Some(month) = c.month() {
        return Some(format!("XXXX-{month:02}"));
    }
    if let Some(part) = c.small(Class::Part) {
        return Some(format!("XXXX-XX-XXT{}", super::resolve::part_name(part)));
    }
    if let Some(season) = c.small(Class::Season) {
        return Some(format!("XXXX-{}", Period::season(2000, season)?.value().get(5..)?));
    }
    c.length().map(|length| Length { halves: length.halves.or(Some(2)), ..length }.value())
}
