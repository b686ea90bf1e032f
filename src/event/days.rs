//! Dates as a person enters them: start, end and precision.

use super::{Precision, When};
use jiff::{ToSpan, civil::Date};

impl When {
    /// Returns a date with its Extended Date/Time Format: the name of the period if the days make
    /// up a whole one, else the interval. Both days are inclusive. Returns `None` if the last day
    /// precedes the first.
    ///
    /// ```
    /// use daybook::event::{Precision, When};
    /// use jiff::civil::date;
    /// let when = When::of_days(date(2023, 3, 1), date(2023, 3, 31), Precision::Month).unwrap();
    /// assert_eq!(when.edtf, "2023-03");
    /// ```
    pub fn of_days(starts_on: Date, ends_on: Date, precision: Precision) -> Option<Self> {
        let (year, month) = (starts_on.year(), starts_on.month());
        let months =
            |count: i32| starts_on.day() == 1 && starts_on.checked_add(count.months()).ok() == ends_on.tomorrow().ok();
        let edtf = match precision {
            Precision::Month if months(1) => format!("{year:04}-{month:02}"),
            // Sub-year groupings of ISO 8601-2: 33–36 are quarters, 21–24 are seasons; winter
            // begins in December.
            Precision::Quarter if months(3) && month % 3 == 1 => format!("{year:04}-{}", 33 + (month - 1) / 3),
            Precision::Season if months(3) && month % 3 == 0 => format!("{year:04}-{}", 20 + month / 3),
            Precision::Year if months(12) && month == 1 => format!("{year:04}"),
            _ if starts_on == ends_on => starts_on.to_string(),
            _ => format!("{starts_on}/{ends_on}"),
        };
        (starts_on <= ends_on).then_some(Self { starts_on, ends_on, precision, edtf, starts_at: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn whole_periods_go_by_their_names_and_others_by_their_days() {
        let edtf = |first, last, precision| When::of_days(first, last, precision).map(|when| when.edtf);
        let (new_year, march) = (date(2023, 1, 1), date(2023, 3, 31));
        assert_eq!(edtf(new_year, new_year, Precision::Day).unwrap(), "2023-01-01");
        assert_eq!(edtf(new_year, march, Precision::Day).unwrap(), "2023-01-01/2023-03-31");
        assert_eq!(edtf(new_year, march, Precision::Quarter).unwrap(), "2023-33");
        assert_eq!(edtf(new_year, date(2023, 12, 31), Precision::Year).unwrap(), "2023");
        assert_eq!(edtf(date(2023, 12, 1), date(2024, 2, 29), Precision::Season).unwrap(), "2023-24");
        assert_eq!(edtf(date(2023, 3, 1), date(2023, 3, 10), Precision::Month).unwrap(), "2023-03-01/2023-03-10");
        assert_eq!(edtf(march, new_year, Precision::Day), None);
    }
}
