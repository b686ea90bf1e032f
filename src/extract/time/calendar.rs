//! Periods of the calendar: their days, TIMEX3 values and EDTF.

use crate::event::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A period of the calendar, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day, inclusive.
    pub last: Date,
    /// The kind of period.
    pub precision: Precision,
    form: Form,
    /// Whether the days are only the named part of the period.
    is_part: bool,
    is_approximate: bool,
    is_uncertain: bool,
}

/// How a period is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Days,
    Week,
    Weekend,
    Month,
    Months,
    Quarter,
    Half,
    Season,
    Year,
    Years,
    Decade,
    Century,
}

/// A third of a period: early, mid or late; beginning, middle or end.
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
    fn new(first: Date, last: Date, precision: Precision, form: Form) -> Self {
        Self { first, last, precision, form, is_part: false, is_approximate: false, is_uncertain: false }
    }

    /// One day.
    pub fn day(day: Date) -> Self {
        Self::days(day, day)
    }

    /// A range of days, both inclusive; a single day if they are equal.
    pub fn days(first: Date, last: Date) -> Self {
        Self::new(first, last, Precision::Day, Form::Days)
    }

    /// The days from the first day of one period to the last day of another; `None` if that is earlier.
    pub fn between(first: &Self, last: &Self) -> Option<Self> {
        let form = match (first.form, last.form) {
            (Form::Month, Form::Month) if !first.is_part && !last.is_part => Form::Months,
            (Form::Year, Form::Year) if !first.is_part && !last.is_part => Form::Years,
            _ => Form::Days,
        };
        let precision = first.precision.max(last.precision);
        (first.first <= last.last).then(|| Self::new(first.first, last.last, precision, form))
    }

    /// An ISO week, 1–53.
    pub fn iso_week(year: i16, week: i8) -> Option<Self> {
        Self::week(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
    }

    /// The week, from Monday, that contains `day`.
    pub fn week(day: Date) -> Option<Self> {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let first = day.checked_sub(back.days()).ok()?;
        Some(Self::new(first, first.checked_add(6.days()).ok()?, Precision::Week, Form::Week))
    }

    /// The weekend at the end of the week of `day`.
    pub fn weekend(day: Date) -> Option<Self> {
        let week = Self::week(day)?;
        let first = week.first.checked_add(5.days()).ok()?;
        Some(Self::new(first, week.last, Precision::Day, Form::Weekend))
    }

    /// A month, 1–12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self::new(first, first.last_of_month(), Precision::Month, Form::Month))
    }

    /// A quarter, 1–4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let first = Date::new(year, (quarter - 1).checked_mul(3)? + 1, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Some(Self::new(first, last, Precision::Quarter, Form::Quarter))
    }

    /// A half of a year, 1 or 2.
    pub fn half(year: i16, half: i8) -> Option<Self> {
        let (from, to) = if half == 1 { (1, 6) } else { (7, 12) };
        let (first, last) = (Date::new(year, from, 1).ok()?, Date::new(year, to, 1).ok()?.last_of_month());
        Some(Self::new(first, last, Precision::Year, Form::Half))
    }

    /// A season of the northern hemisphere, 1 (spring) to 4 (winter, which runs into the next year).
    pub fn season(year: i16, season: i8) -> Option<Self> {
        let first = Date::new(year, season.checked_mul(3)?, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Some(Self::new(first, last, Precision::Season, Form::Season))
    }

    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        Self::years(year, 1, Form::Year)
    }

    /// A year and the next, as for seasons and budgets: 2021/22.
    pub fn two_years(year: i16) -> Option<Self> {
        Self::years(year, 2, Form::Years)
    }

    /// The ten years from `year`, which ends in 0.
    pub fn decade(year: i16) -> Option<Self> {
        Self::years(year, 10, Form::Decade)
    }

    /// A century by number: the 20th is the hundred years from 1900.
    pub fn century(number: i16) -> Option<Self> {
        Self::years(number.checked_sub(1)?.checked_mul(100)?, 100, Form::Century)
    }

    fn years(first: i16, count: i16, form: Form) -> Option<Self> {
        let last = first.checked_add(count - 1)?;
        let (first, last) = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
        Some(Self::new(first, last, Precision::Year, form))
    }

    /// Whether the days are only part of the period that is named: "late 1812".
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// Whether the period is longer than a year: a decade or a century.
    pub fn is_era(&self) -> bool {
        matches!(self.form, Form::Decade | Form::Century)
    }

    /// The first (1) half of a month, up to the 15th, or the second.
    pub fn half_of_month(self, half: i8) -> Option<Self> {
        let middle = Date::new(self.first.year(), self.first.month(), 15).ok()?;
        let (first, last) = if half == 1 { (self.first, middle) } else { (middle.tomorrow().ok()?, self.last) };
        Some(Self { first, last, is_part: true, ..self })
    }

    /// The first fortnight of a month, up to the 14th, or the second; −1 for the second.
    pub fn fortnight(self, nth: i8) -> Option<Self> {
        let middle = Date::new(self.first.year(), self.first.month(), 14).ok()?;
        let (first, last) = match nth {
            1 => (self.first, middle),
            2 | -1 => (middle.tomorrow().ok()?, self.last),
            _ => return None,
        };
        Some(Self { first, last, is_part: true, ..self })
    }

    /// The nth week, Monday to Sunday, with most of its days in the month; −1 for the last.
    pub fn nth_week(self, nth: i8) -> Option<Self> {
        // Such a week contains the nth Thursday.
        let thursday = self.first.nth_weekday_of_month(nth, Weekday::Thursday).ok()?;
        Self::week(thursday)
    }

    /// The named part of the period. Thirds of a month are the days 1–10, 11–20 and the rest, thirds of a year four
    /// months each; other periods keep all their days.
    #[must_use]
    pub fn part(self, edge: Edge) -> Self {
        let third = match edge {
            Edge::Early => 0,
            Edge::Mid => 1,
            Edge::Late => 2,
        };
        let (year, month) = (self.first.year(), self.first.month());
        let days = match self.form {
            Form::Month => {
                let from = [1, 11, 21][third];
                let last = if third == 2 { Ok(self.last) } else { Date::new(year, month, from + 9) };
                Date::new(year, month, from).ok().zip(last.ok())
            }
            Form::Year => {
                let from = [1, 5, 9][third];
                let last = Date::new(year, from + 3, 1).map(Date::last_of_month);
                Date::new(year, from, 1).ok().zip(last.ok())
            }
            _ => None,
        };
        days.map_or(self, |(first, last)| Self { first, last, is_part: true, ..self })
    }

    /// The same period, marked as approximate, as ambiguous, or both.
    #[must_use]
    pub fn qualified(self, is_approximate: bool, is_uncertain: bool) -> Self {
        Self { is_approximate, is_uncertain, ..self }
    }

    /// The TIMEX3 value; for a part of a period, that of the whole period.
    pub fn value(&self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        match self.form {
            Form::Days if self.first == self.last => self.first.to_string(),
            Form::Days => format!("{}/{}", self.first, self.last),
            Form::Week => iso_week_value(self.first),
            Form::Weekend => format!("{}-WE", iso_week_value(self.first)),
            Form::Month => month_value(self.first),
            Form::Months => format!("{}/{}", month_value(self.first), month_value(self.last)),
            Form::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Form::Half => format!("{year:04}-H{}", (month - 1) / 6 + 1),
            Form::Season => format!("{year:04}-{}", season_name(month)),
            Form::Year => format!("{year:04}"),
            Form::Years => format!("{year:04}/{:04}", self.last.year()),
            Form::Decade => format!("{:03}X", year / 10),
            Form::Century => format!("{:02}XX", year / 100),
        }
    }

    /// The period in Extended Date/Time Format: an interval of days or months for a part, a half, a week or a weekend;
    /// marked as approximate (`~`), uncertain (`?`) or both (`%`).
    pub fn edtf(&self) -> String {
        let mark = match (self.is_approximate, self.is_uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        let months = || format!("{}{mark}/{}{mark}", month_value(self.first), month_value(self.last));
        match self.form {
            Form::Year if self.is_part => months(),
            Form::Years => format!("{:04}{mark}/{:04}{mark}", self.first.year(), self.last.year()),
            Form::Half | Form::Months => months(),
            Form::Quarter => format!("{:04}-{}{mark}", self.first.year(), 33 + (self.first.month() - 1) / 3),
            Form::Season => format!("{:04}-{}{mark}", self.first.year(), 20 + self.first.month() / 3),
            Form::Month | Form::Year | Form::Decade | Form::Century if !self.is_part => {
                format!("{}{mark}", self.value())
            }
            _ if self.first == self.last => format!("{}{mark}", self.first),
            _ => format!("{}{mark}/{}{mark}", self.first, self.last),
        }
    }
}

fn month_value(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn iso_week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The TIMEX3 name of the season that begins in a month.
fn season_name(month: i8) -> &'static str {
    match month {
        3 => "SP",
        6 => "SU",
        9 => "FA",
        _ => "WI",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn parts_of_months_and_years() {
        let part = |period: Period, edge| {
            let part = period.part(edge);
            (part.first, part.last, part.edtf())
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
        assert_eq!((week.first, week.value().as_str()), (date(2021, 12, 27), "2021-W52"));
        let winter = Period::season(2023, 4).unwrap();
        assert_eq!(
            (winter.first, winter.last, winter.edtf().as_str()),
            (date(2023, 12, 1), date(2024, 2, 29), "2023-24")
        );
    }

    #[test]
    fn each_form_has_its_value_and_edtf() {
        let written = |period: Option<Period>| period.map(|p| (p.value(), p.edtf())).unwrap();
        for (period, value, edtf) in [
            (Period::quarter(2024, 3), "2024-Q3", "2024-35"),
            (Period::half(2024, 2), "2024-H2", "2024-07/2024-12"),
            (Period::season(2024, 1), "2024-SP", "2024-21"),
            (Period::decade(1990), "199X", "199X"),
            (Period::century(20), "19XX", "19XX"),
            (Period::two_years(2021), "2021/2022", "2021/2022"),
            (Period::weekend(date(2024, 3, 6)), "2024-W10-WE", "2024-03-09/2024-03-10"),
            (Period::month(2024, 4).and_then(|month| month.half_of_month(2)), "2024-04", "2024-04-16/2024-04-30"),
            (Period::month(2024, 4).map(|month| month.qualified(true, false)), "2024-04", "2024-04~"),
        ] {
            assert_eq!(written(period), (value.to_owned(), edtf.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn periods_hold_the_days_that_they_are_made_around(year in 1i16..9998, month in 1i8..=12, day in 1i8..=28) {
            let day = date(year, month, day);
            let week = Period::week(day).unwrap();
            prop_assert!(week.first <= day && day <= week.last);
            prop_assert_eq!(week.first.weekday(), Weekday::Monday);
            let (iso, weekend) = (day.iso_week_date(), Period::weekend(day).unwrap());
            prop_assert_eq!(Period::iso_week(iso.year(), iso.week()), Some(week));
            prop_assert_eq!(weekend.last, week.last);
            let month = Period::month(year, month).unwrap();
            let parts = [Edge::Early, Edge::Mid, Edge::Late].map(|edge| month.part(edge));
            prop_assert_eq!((parts[0].first, parts[2].last), (month.first, month.last));
            prop_assert!(parts.windows(2).all(|two| two[0].last.tomorrow().unwrap() == two[1].first));
        }
    }
}
