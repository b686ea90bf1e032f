//! Converts the captures of a pattern into a meaning.

use super::calendar::{Edge, Period};
use super::captures::Captures;
use super::class::Class;
use super::feasts::FeastId;
use super::meaning::{From, Length, Meaning, OfYear, Unit, What, WhichWeekday, Yearly};
use strum::EnumString;

/// The constructors of meanings, by their names in `data/lang/en/date_rules.tsv`. A constructor leaves open what a
/// pattern does not capture, so that it serves every form: "May", "early May 2024", "last May".
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
    /// An expression that looks like a date but is none; no part of it is matched as a date.
    Nothing,
}

impl Maker {
    /// Constructs the meaning from the captures; `None` if they do not form a date.
    pub fn make(self, captures: Captures<'_>) -> Option<Meaning> {
        let approximate = captures.first_of(&[Class::About, Class::Circa]) == Some(1);
        let what = self.yearly(captures).or_else(|| self.of_calendar(captures)).or_else(|| self.counted(captures))?;
        Some(Meaning { what, time: captures.time(), approximate })
    }

    /// Yearly names.
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

    /// Periods fixed by the calendar.
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
                // "the '30s" are of the previous century.
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

    /// Expressions relative to another date, or not on the calendar.
    fn counted(self, c: Captures<'_>) -> Option<What> {
        let shift = c.small(Class::Shift);
        let weekday = || c.weekday();
        let beside = |base: Maker| {
            let sign = c.get(Class::After).unwrap_or(1);
            let count = c.count().unwrap_or(1).checked_mul(sign)?;
            // The capture that counts the units is not part of the base date.
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
            // The weekend after the coming one.
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

/// The TIMEX3 value of a recurrence.
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
