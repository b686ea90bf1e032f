//! Positions in the feed of changes. A change is told once no transaction that began before it can still tell of an
//! earlier one, so that a client which goes on from a position misses nothing.

use super::Error;
use jiff::Timestamp;
use sqlx::PgConnection;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A position: all changes before it have been told. Written with letters, digits and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The first transaction whose changes may not have been told.
    pub(super) transaction: u64,
    /// The last event of that transaction that was told.
    pub(super) event: Option<Uuid>,
    /// When it was given, in seconds since 1970: one that is too old is no longer good.
    pub(super) given: i64,
}

/// Since when changes are told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Since {
    /// By the time of this service.
    Instant(Timestamp),
    /// From where an earlier answer ended.
    Position(Position),
}

impl Since {
    /// About when that was.
    pub fn instant(self) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            Self::Position(position) => Timestamp::from_second(position.given).unwrap_or(Timestamp::MIN),
        }
    }
}

impl Position {
    /// The position up to which all is told now.
    pub(super) async fn now(db: &mut PgConnection) -> Result<Self, Error> {
        let row = sqlx::query!(
            r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "transaction!",
                      extract(epoch from clock_timestamp())::bigint as "given!""#
        );
        let row = row.fetch_one(db).await?;
        Ok(Self { transaction: row.transaction.unsigned_abs(), event: None, given: row.given })
    }
}

impl Position {
    /// What the change at this position is called towards a webhook: the same whenever the position was given.
    pub fn message(&self, webhook: Uuid) -> Uuid {
        Uuid::new_v5(&webhook, format!("{}-{}", self.transaction, self.event.unwrap_or_default()).as_bytes())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.transaction, self.given)?;
        self.event.map_or(Ok(()), |event| write!(f, "-{}", event.simple()))
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        fn number<T: FromStr>(part: Option<&str>) -> Result<T, ()> {
            let part = part.filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
            part.ok_or(())?.parse().map_err(drop)
        }
        let mut parts = text.split('-');
        let (transaction, given) = (number(parts.next())?, number(parts.next())?);
        let event = parts.next().map(|id| Uuid::try_parse(id).map_err(drop)).transpose()?;
        if parts.next().is_some() { Err(()) } else { Ok(Self { transaction, event, given }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_survives_being_written() {
        for event in [None, Some(Uuid::from_u128(7))] {
            let position = Position { transaction: 12, event, given: 1_700_000_000 };
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for text in ["", "1", "1-", "-1-2", "1-2-3", "1-2-00000000000000000000000000000007-4", "+1-2"] {
            assert_eq!(text.parse::<Position>(), Err(()), "{text}");
        }
    }
}
