//! Named days: the date of Christmas, Ramadan or Thanksgiving in a year.
//!
//! The rules are in `data/lang/en/feasts.tsv`, which documents their syntax. A rule counts in its own calendar, whose
//! years need not begin in January; so the occurrences in a Gregorian year are searched in all years of that calendar
//! that overlap it.

use super::calendar::Period;
use crate::extract::data::{DataFile, data_file, list};
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri, Julian, KoreanTraditional, Persian};
use icu_calendar::types::Month;
use icu_calendar::{AnyCalendar, AsCalendar, Date as CalendarDate, Gregorian, Iso, Ref};
use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, fmt::strtime};
use strum::EnumString;

const FEASTS: DataFile = data_file!("lang/en/feasts.tsv");

/// The index of a feast in [`Feasts`], which assigns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FeastId(pub u16);

/// All feasts of `data/lang/en/feasts.tsv`.
#[derive(Debug)]
pub struct Feasts(Vec<Feast>);

/// A named day or range of days.
#[derive(Debug)]
struct Feast {
    /// The names, as in the cell of the data file.
    names: &'static str,
    first: Rule,
    /// The last day, if there is more than one; in the same year of the same calendar.
    last: Option<Rule>,
}

/// A day of every year: a base day and the steps from it.
#[derive(Debug)]
struct Rule {
    base: Base,
    steps: Vec<Step>,
}

/// The base day of a rule.
#[derive(Debug)]
enum Base {
    /// A day of a month of a calendar.
    Date { calendar: AnyCalendar, month: Month, day: u8 },
    /// The `nth` weekday of a month, counted from its end if negative.
    Weekday { nth: i8, weekday: Weekday, month: i8 },
    /// Easter Sunday of the Western churches.
    Easter,
    /// Easter Sunday of the Orthodox churches.
    OrthodoxEaster,
}

/// A number of days forward or back, optionally only from a certain weekday.
#[derive(Debug)]
struct Step {
    only_from: Option<Weekday>,
    days: i8,
}

impl Feasts {
    /// Loads the list.
    pub fn read() -> Self {
        let rule = |row: &[&str], cell| Rule::parse(cell).unwrap_or_else(|| FEASTS.fault(row, "no such rule"));
        let feasts = FEASTS.rows::<4>().map(|row @ [_, names, first, last]| Feast {
            names,
            first: rule(&row, first),
            last: (!last.is_empty()).then(|| rule(&row, last)),
        });
        Self(feasts.collect())
    }

    /// Every name of every feast, in lower case.
    pub fn names(&self) -> impl Iterator<Item = (&'static str, FeastId)> {
        let feasts = self.0.iter().zip((0..).map(FeastId));
        feasts.flat_map(|(feast, id)| list(feast.names).map(move |name| (name, id)))
    }

    /// The occurrences of a feast that begin in a year: usually one period. The Islamic year is shorter than the
    /// Gregorian one, so its feasts can fall in a year twice.
    pub fn occurrences(&self, feast: FeastId, year: i16) -> impl Iterator<Item = Period> {
        let Feast { first, last, .. } = &self.0[usize::from(feast.0)];
        // Steps can lead into neighbouring years, and two Islamic years can begin in one Gregorian year.
        let years = first.base.own_year(year).into_iter().flat_map(|own| own - 1..=own + 2);
        years.filter_map(move |own| {
            let first = first.day(own).filter(|day| day.year() == year)?;
            let last = last.as_ref().map_or(Some(first), |last| last.day(own))?;
            Some(Period::days(first, last))
        })
    }
}

impl Rule {
    /// Parses a rule in the syntax of `data/lang/en/feasts.tsv`.
    fn parse(rule: &str) -> Option<Self> {
        let words: Vec<_> = rule.split(' ').collect();
        let keywords: Vec<Option<Keyword>> = words.iter().map(|word| word.parse().ok()).collect();
        let (base, steps) = match (keywords.as_slice(), words.as_slice()) {
            ([Some(Keyword::Easter), ..], [_, steps @ ..]) => (Base::Easter, steps),
            ([Some(Keyword::Orthodox), Some(Keyword::Easter), ..], [_, _, steps @ ..]) => (Base::OrthodoxEaster, steps),
            (_, [nth, day, month, steps @ ..]) if let Some(weekday) = weekday(day) => {
                (Base::Weekday { nth: nth.parse().ok()?, weekday, month: month.parse().ok()? }, steps)
            }
            (_, [name, date, steps @ ..]) if let Ok(calendar) = name.parse::<Calendar>() => {
                (Base::date(calendar.reckoning(), date)?, steps)
            }
            (_, [date, steps @ ..]) => (Base::date(AnyCalendar::Gregorian(Gregorian), date)?, steps),
            (_, []) => return None,
        };
        Some(Self { base, steps: Step::parse(steps)? })
    }

    /// The day of the rule in a year of its own calendar.
    fn day(&self, year: i32) -> Option<Date> {
        self.steps.iter().try_fold(self.base.day(year)?, |day, step| match step.only_from {
            Some(weekday) if weekday != day.weekday() => Some(day),
            _ => day.checked_add(i64::from(step.days).days()).ok(),
        })
    }
}

impl Step {
    /// Parses a sequence of steps: `+1`, `if sun +1`.
    fn parse(mut words: &[&str]) -> Option<Vec<Self>> {
        let mut steps = Vec::new();
        loop {
            let (only_from, days, rest) = match words {
                [] => return Some(steps),
                [word, day, days, rest @ ..] if matches!(word.parse(), Ok(Keyword::If)) => {
                    (Some(weekday(day)?), days, rest)
                }
                [days, rest @ ..] => (None, days, rest),
            };
            steps.push(Self { only_from, days: days.parse().ok()? });
            words = rest;
        }
    }
}

impl Base {
    /// Parses a day in the form `month-day`.
    fn date(calendar: AnyCalendar, date: &str) -> Option<Self> {
        let (month, day) = date.split_once('-')?;
        Some(Self::Date { calendar, month: Month::new(month.parse().ok()?), day: day.parse().ok()? })
    }

    /// The year of the base's own calendar in which a Gregorian year begins.
    fn own_year(&self, year: i16) -> Option<i32> {
        let Self::Date { calendar, .. } = self else { return Some(year.into()) };
        let new_year = CalendarDate::try_new_iso(year.into(), 1, 1).ok()?;
        Some(new_year.to_calendar(Ref(calendar)).year().extended_year())
    }

    /// The base day in a year of its own calendar.
    fn day(&self, year: i32) -> Option<Date> {
        match self {
            Self::Date { calendar, month, day } => {
                civil(&CalendarDate::try_new(year.into(), *month, *day, Ref(calendar)).ok()?)
            }
            Self::Weekday { nth, weekday, month } => {
                let month = Date::new(year.try_into().ok()?, *month, 1).ok()?;
                month.nth_weekday_of_month(*nth, *weekday).ok()
            }
            Self::Easter => civil(&Gregorian::easter(year)),
            Self::OrthodoxEaster => civil(&Julian::easter(year)),
        }
    }
}

/// A keyword of the rules: not a number, a weekday or a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Keyword {
    /// Easter Sunday.
    Easter,
    /// Before `easter`: of the Orthodox churches.
    Orthodox,
    /// Condition of the next step: only from a weekday.
    If,
}

/// The calendars of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Calendar {
    Chinese,
    Hebrew,
    Hijri,
    Julian,
    Korean,
    Persian,
}

impl Calendar {
    /// The calendar system. `hijri` is the Umm al-Qura calendar of Mecca, which is known in advance; where the new
    /// moon must be sighted, a day can be one later.
    fn reckoning(self) -> AnyCalendar {
        match self {
            Self::Chinese => AnyCalendar::Chinese(ChineseTraditional::new()),
            Self::Hebrew => AnyCalendar::Hebrew(Hebrew),
            Self::Hijri => AnyCalendar::HijriUmmAlQura(Hijri::new_umm_al_qura()),
            Self::Julian => AnyCalendar::Julian(Julian),
            Self::Korean => AnyCalendar::Dangi(KoreanTraditional::new()),
            Self::Persian => AnyCalendar::Persian(Persian),
        }
    }
}

/// Parses a weekday from its first three letters.
fn weekday(name: &str) -> Option<Weekday> {
    strtime::parse("%a", name).ok()?.weekday()
}

/// The same day in the Gregorian calendar.
fn civil<C: AsCalendar>(day: &CalendarDate<C>) -> Option<Date> {
    let day = day.to_calendar(Iso);
    let year = day.year().extended_year().try_into().ok()?;
    Date::new(year, day.month().ordinal.try_into().ok()?, day.day_of_month().0.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn days(name: &str, year: i16) -> Vec<String> {
        let feasts = Feasts::read();
        let (_, feast) = feasts.names().find(|(known, _)| *known == name).unwrap();
        feasts.occurrences(feast, year).map(|period| period.value()).collect()
    }

    #[test]
    fn feasts_fall_on_their_days() {
        for (name, day) in [
            ("christmas eve", "2023-12-24"),
            ("fourth of july", "2024-07-04"),
            ("easter", "2024-03-31"),
            ("easter", "2038-04-25"),
            ("good friday", "2023-04-07"),
            ("easter monday", "2023-04-10"),
            ("ash wednesday", "2024-02-14"),
            ("ascension day", "2024-05-09"),
            ("whit monday", "2024-05-20"),
            ("orthodox easter", "2024-05-05"),
            ("orthodox good friday", "2023-04-14"),
            ("orthodox christmas", "2024-01-07"),
            ("orthodox christmas", "2101-01-08"),
            ("thanksgiving", "2023-11-23"),
            ("black friday", "2023-11-24"),
            ("canadian thanksgiving", "2023-10-09"),
            ("memorial day", "2024-05-27"),
            ("labor day", "2024-09-02"),
            ("martin luther king day", "2024-01-15"),
            ("presidents' day", "2024-02-19"),
            ("eid al-fitr", "2024-04-10"),
            ("eid al-adha", "2023-06-28"),
            ("islamic new year", "2024-07-07"),
            ("rosh hashanah", "2023-09-16/2023-09-17"),
            ("yom kippur", "2023-09-25"),
            ("purim", "2023-03-07"),
            ("shavuot", "2024-06-12/2024-06-13"),
            ("chinese new year", "2024-02-10"),
            ("lunar new year's eve", "2024-02-09"),
            ("mid-autumn festival", "2023-09-29"),
            ("dragon boat festival", "2024-06-10"),
            ("chuseok", "2024-09-17"),
            ("nowruz", "2024-03-20"),
            ("nowruz", "2023-03-21"),
        ] {
            let year = day[..4].parse().unwrap();
            assert_eq!(days(name, year), [day], "{name}");
        }
    }

    #[test]
    fn a_feast_of_several_days_is_a_span() {
        assert_eq!(days("ramadan", 2024), ["2024-03-11/2024-04-09"]);
        assert_eq!(days("passover", 2024), ["2024-04-23/2024-04-30"]);
        assert_eq!(days("hanukkah", 2023), ["2023-12-08/2023-12-15"]);
        assert_eq!(days("holy week", 2024), ["2024-03-24/2024-03-30"]);
        assert_eq!(days("hanukkah", 2024), ["2024-12-26/2025-01-02"], "it may end in the next year");
    }

    #[test]
    fn the_islamic_year_is_shorter_than_ours() {
        assert_eq!(days("eid al-fitr", 2000), ["2000-01-08", "2000-12-27"]);
        assert_eq!(days("islamic new year", 2008), ["2008-01-10", "2008-12-29"]);
        assert_eq!(days("ramadan", 2030).len(), 2);
    }

    #[test]
    fn leap_months_do_not_move_a_feast() {
        assert_eq!(days("purim", 2024), ["2024-03-24"], "in the second Adar");
        assert_eq!(days("mid-autumn festival", 2025), ["2025-10-06"], "after a second sixth month");
    }

    #[test]
    fn some_feasts_avoid_a_weekday() {
        assert_eq!(days("tisha b'av", 2022), ["2022-08-07"], "the 9th of Av was a Saturday");
        assert_eq!(days("tisha b'av", 2023), ["2023-07-27"]);
        assert_eq!(days("yom hashoah", 2024), ["2024-05-06"], "not on the Sunday");
        assert_eq!(days("yom haatzmaut", 2024), ["2024-05-14"], "not on the Monday");
        assert_eq!(days("yom haatzmaut", 2021), ["2021-04-15"], "two days before the Saturday");
    }

    #[test]
    fn every_feast_falls_in_every_year() {
        let feasts = Feasts::read();
        for (feast, id) in feasts.0.iter().zip((0..).map(FeastId)) {
            let islamic = matches!(feast.first.base, Base::Date { calendar: AnyCalendar::HijriUmmAlQura(_), .. });
            for year in 1000..2200 {
                let periods: Vec<_> = feasts.occurrences(id, year).collect();
                // Before the Gregorian reform, Julian days and new moons drift across the New Year.
                let expected = match year {
                    _ if islamic => 1..=2,
                    ..1600 => 0..=2,
                    _ => 1..=1,
                };
                assert!(expected.contains(&periods.len()), "{year}: {feast:?}");
                for Period { first, last, .. } in periods {
                    let days = first.until(last).unwrap().get_days() + 1;
                    assert!(first.year() == year && (1..=30).contains(&days), "{first} to {last}: {feast:?}");
                }
            }
            for year in [i16::MIN, -9999, 0, 9999, i16::MAX] {
                assert!(feasts.occurrences(id, year).count() <= 2);
            }
        }
    }

    #[test]
    fn names_are_folded_and_stand_once() {
        let mut seen = HashSet::new();
        for (name, _) in Feasts::read().names() {
            assert!(seen.insert(name), "{name} stands twice");
            assert!(name == name.to_lowercase() && !name.contains('’'), "{name} is not folded");
        }
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for rule in
            ["", "12", "12-x", "mayan 1-1", "4 thursday 11", "x thu 11", "easter 2-", "12-25 if", "12-25 if x +1"]
        {
            assert!(Rule::parse(rule).is_none(), "{rule}");
        }
    }
}
