//! Columns that several tables share, read back as domain types.

use super::Error;
use super::time::{Day, Instant};
use crate::event::{Place, When};
use std::{fmt::Display, str::FromStr};

/// A name out of a closed list, as the column's constraint holds it.
pub(super) fn parsed<T: FromStr>(
    value: &str,
    table: &'static str,
    column: &'static str,
    row: impl Display,
) -> Result<T, Error> {
    value.parse().map_err(|_| Error::Inconsistent { table, column, row: row.to_string() })
}

/// A place, where it has a name.
pub(super) fn place(
    name: Option<String>,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
) -> Option<Place> {
    name.map(|name| Place { name, country, latitude, longitude })
}

/// A date's columns. `precision` is parsed by the caller, who knows the row.
pub(super) struct WhenColumns {
    pub(super) starts_on: Day,
    pub(super) ends_on: Day,
    pub(super) edtf: String,
    pub(super) starts_at: Option<Instant>,
}

impl WhenColumns {
    pub(super) fn with_precision(self, precision: crate::event::Precision) -> When {
        When {
            starts_on: self.starts_on.0,
            ends_on: self.ends_on.0,
            precision,
            edtf: self.edtf,
            starts_at: self.starts_at.map(|at| at.0),
        }
    }
}
