//! jiff's dates and timestamps as PostgreSQL's `date` and `timestamptz`, whose binary forms count
//! days and microseconds from 2000-01-01. (The crate jiff-sqlx supports an older jiff only.)

use jiff::{SignedDuration, Timestamp, civil};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef, types::Oid},
};

/// A `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) civil::Date);

/// A `timestamptz`, with a resolution of microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant(pub(super) Timestamp);

const FIRST_DAY: civil::Date = civil::date(2000, 1, 1);
const FIRST_INSTANT: Timestamp = Timestamp::constant(946_684_800, 0);

/// Returns a timestamp rounded to PostgreSQL's resolution.
pub(super) fn as_stored(at: Timestamp) -> Timestamp {
    let micros = at.duration_since(FIRST_INSTANT).as_micros();
    let since = i64::try_from(micros).map(SignedDuration::from_micros).ok();
    since.and_then(|since| FIRST_INSTANT.checked_add(since).ok()).unwrap_or(at)
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(1082))
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = self.0.duration_since(FIRST_DAY).as_secs() / 86_400;
        Encode::<Postgres>::encode(i32::try_from(days)?, buf)
    }
}

impl Decode<'_, Postgres> for Day {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let days: i32 = Decode::<Postgres>::decode(value)?;
        Ok(Self(FIRST_DAY.checked_add(SignedDuration::from_secs(i64::from(days) * 86_400))?))
    }
}

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(1184))
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let micros = self.0.duration_since(FIRST_INSTANT).as_micros();
        Encode::<Postgres>::encode(i64::try_from(micros)?, buf)
    }
}

impl Decode<'_, Postgres> for Instant {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let micros: i64 = Decode::<Postgres>::decode(value)?;
        Ok(Self(FIRST_INSTANT.checked_add(SignedDuration::from_micros(micros))?))
    }
}
