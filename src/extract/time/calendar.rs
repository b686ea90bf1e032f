//! Periods of the calendar: their days, TIMEX3 values and EDTF.

use crate::event::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A period of the calendar, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day, inclusive.
    pub last: Date,
    /// What sort of period it is.
    pub precision: Precision,
    /// The TIMEX3 value.
    pub value: String,
    /// The same in Extended Date/Time Format.
    pub edtf: String,
}

/// Early, mid or late in a period; its beginning, middle or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first third.
    Early,
    /// Its second third.
    Mid,
    /// Its last third.
    Late,
}

impl Period {
    /// One day.
    pub fn day(day: Date) -> Self {
        let value = day.to_string();
        Self { first: day, last: day, precision: Precision::Day, edtf: value.clone(), value }
    }

    /// Named days, both inclusive; one day where they are equal.
    pub fn days(first: Date, last: Date) -> Self {
        if first == last {
            return Self::day(first);
        }
        let value = format!("{first}/{last}");
        Self { first, last, precision: Precision::Day, edtf: value.clone(), value }
    }

    /// From the first day of one period to the last of another.
    pub fn between(first: &Self, last: &Self) -> Option<Self> {
        let precision = first.precision.max(last.precision);
        (first.first <= last.last).then(|| match precision {
            Precision::Day => Self::days(first.first, last.last),
            _ => Self {
                first: first.first,
                last: last.last,
                precision,
                value: format!("{}/{}", first.value, last.value),
                edtf: match precision {
                    Precision::Month | Precision::Year if first.is_whole() && last.is_whole() => {
                        format!("{}/{}", first.edtf, last.edtf)
                    }
                    _ => format!("{}/{}", first.first, last.last),
                },
            },
        })
    }

    /// Whether its EDTF is not an interval.
    fn is_whole(&self) -> bool {
        !self.edtf.contains('/')
    }

    /// The ISO week of a number, 1–53, in a year.
    pub fn iso_week(year: i16, week: i8) -> Option<Self> {
        Self::week(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
    }

    /// The week, from Monday, that holds `day`.
    pub fn week(day: Date) -> Option<Self> {
        let week = day.iso_week_date();
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let first = day.checked_sub(back.days()).ok()?;
        let last = first.checked_add(6.days()).ok()?;
        let value = format!("{:04}-W{:02}", week.year(), week.week());
        Some(Self { first, last, precision: Precision::Week, value, edtf: format!("{first}/{last}") })
    }

    /// A month, 1–12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        let value = format!("{year:04}-{month:02}");
        Some(Self { first, last: first.last_of_month(), precision: Precision::Month, edtf: value.clone(), value })
    }

    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        let value = format!("{year:04}");
        let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(Self { first, last, precision: Precision::Year, edtf: value.clone(), value })
    }

    /// A year and the next, as seasons and budgets count them: 2021/22.
    pub fn two_years(year: i16) -> Option<Self> {
        Self::between(&Self::year(year)?, &Self::year(year.checked_add(1)?)?)
    }

    /// Ten years from `year`, which ends in 0.
    pub fn decade(year: i16) -> Option<Self> {
        let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(9)?, 12, 31).ok()?);
        let value = format!("{:03}X", year / 10);
        Some(Self { first, last, precision: Precision::Year, edtf: value.clone(), value })
    }

    /// A century by its number: the 20th is the years from 1900.
    pub fn century(number: i16) -> Option<Self> {
        let year = number.checked_sub(1)?.checked_mul(100)?;
        let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(99)?, 12, 31).ok()?);
        let value = format!("{:02}XX", number - 1);
        Some(Self { first, last, precision: Precision::Year, edtf: value.clone(), value })
    }

    /// A quarter, 1–4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let first = Date::new(year, (quarter - 1).checked_mul(3)? + 1, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        let edtf = format!("{year:04}-{}", 32 + quarter);
        Some(Self { first, last, precision: Precision::Quarter, value: format!("{year:04}-Q{quarter}"), edtf })
    }

    /// A half of a year, 1 or 2.
    pub fn half(year: i16, half: i8) -> Option<Self> {
        let (from, to) = if half == 1 { (1, 6) } else { (7, 12) };
        let (first, last) = (Date::new(year, from, 1).ok()?, Date::new(year, to, 1).ok()?.last_of_month());
        let edtf = format!("{year:04}-{from:02}/{year:04}-{to:02}");
        Some(Self { first, last, precision: Precision::Year, value: format!("{year:04}-H{half}"), edtf })
    }

    /// A northern season, 1 (spring) to 4 (winter, which runs into the next year).
    pub fn season(year: i16, season: i8) -> Option<Self> {
        let first = Date::new(year, season.checked_mul(3)?, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        let name = ["SP", "SU", "FA", "WI"].get(usize::try_from(season - 1).ok()?)?;
        let edtf = format!("{year:04}-{}", 20 + season);
        Some(Self { first, last, precision: Precision::Season, value: format!("{year:04}-{name}"), edtf })
    }

    /// The weekend that ends the week of `day`.
    pub fn weekend(day: Date) -> Option<Self> {
        let week = Self::week(day)?;
        let first = week.first.checked_add(5.days()).ok()?;
        let value = format!("{}-WE", week.value);
        Some(Self { value, ..Self::days(first, week.last) })
    }

    /// The first (1) or second half of a month, which the 15th ends.
    pub fn half_of_month(self, half: i8) -> Option<Self> {
        let middle = Date::new(self.first.year(), self.first.month(), 15).ok()?;
        let (first, last) = if half == 1 { (self.first, middle) } else { (middle.tomorrow().ok()?, self.last) };
        Some(Self { first, last, edtf: format!("{first}/{last}"), ..self })
    }

    /// The nth seven days of a month; the last seven for −1.
    pub fn nth_week(self, nth: i8) -> Option<Self> {
        let first = match nth {
            1..=5 => self.first.checked_add((i64::from(nth - 1) * 7).days()).ok()?,
            _ => self.last.checked_sub(6.days()).ok()?,
        };
        let last = first.checked_add(6.days()).ok()?.min(self.last);
        let precision = Precision::Week;
        (first <= last).then(|| Self { first, last, precision, edtf: format!("{first}/{last}"), ..self })
    }

    /// Marks the EDTF as approximate (`~`), uncertain (`?`) or both (`%`); of an interval, both its ends.
    pub fn qualify(&mut self, approximate: bool, uncertain: bool) {
        let mark = match (approximate, uncertain) {
            (false, false) => return,
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        self.edtf = self.edtf.split('/').map(|end| format!("{end}{mark}")).collect::<Vec<_>>().join("/");
    }

    /// The named part of the period: thirds of a month are the days 1–10, 11–20 and the rest, thirds of a year four
    /// months each; of other periods the part has no days of its own.
    #[must_use]
    pub fn part(self, edge: Edge) -> Self {
        let third = match edge {
            Edge::Early => 0,
            Edge::Mid => 1,
            Edge::Late => 2,
        };
        let (year, month) = (self.first.year(), self.first.month());
        let days = match self.precision {
            Precision::Month => {
                let from = [1, 11, 21][third];
                let last = if third == 2 { Ok(self.last) } else { Date::new(year, month, from + 9) };
                Date::new(year, month, from).ok().zip(last.ok())
            }
            Precision::Year if self.last.year() == year => {
                let from = [1, 5, 9][third];
                let last = Date::new(year, from + 3, 1).map(Date::last_of_month);
                Date::new(year, from, 1).ok().zip(last.ok())
            }
            _ => None,
        };
        let Some((first, last)) = days else { return self };
        let edtf = match self.precision {
            Precision::Year => format!("{:04}-{:02}/{:04}-{:02}", year, first.month(), year, last.month()),
            _ => format!("{first}/{last}"),
        };
        Self { first, last, edtf, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn parts_of_months_and_years() {
        let part = |period: Period, edge| {
            let part = period.part(edge);
            (part.first, part.last, part.edtf)
        };
        let january = || Period::month(2022, 1).unwrap();
        assert_eq!(part(january(), Edge::Early), (date(2022, 1, 1), date(2022, 1, 10), "2022-01-01/2022-01-10".into()));
        assert_eq!(part(january(), Edge::Late).1, date(2022, 1, 31));
        let late = part(Period::year(2022).unwrap(), Edge::Late);
        assert_eq!(late, (date(2022, 9, 1), date(2022, 12, 31), "2022-09/2022-12".into()));
    }

    #[test]
    fn weeks_begin_on_monday_and_winter_ends_in_the_next_year() {
        let week = Period::week(date(2022, 1, 2)).unwrap();
        assert_eq!((week.first, week.value.as_str()), (date(2021, 12, 27), "2021-W52"));
        let winter = Period::season(2023, 4).unwrap();
        assert_eq!(
            (winter.first, winter.last, winter.edtf.as_str()),
            (date(2023, 12, 1), date(2024, 2, 29), "2023-24")
        );
    }
}
