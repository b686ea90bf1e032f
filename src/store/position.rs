//! Positions in the feed of changes. A change is visible in the feed once no earlier transaction is
//! running, so a client that resumes from a position misses nothing.

use super::Error;
use jiff::Timestamp;
use sqlx::PgConnection;
use std::{fmt, str::FromStr};
use tracing::debug;
use uuid::Uuid;

/// A position: all changes before it were delivered. Serialized with letters, digits and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The first transaction whose changes may be outstanding.
    pub(super) transaction: u64,
    /// The last event of that transaction that was delivered.
    pub(super) event: Option<Uuid>,
    /// When it was issued, in seconds since 1970: positions expire.
    pub(super) given: i64,
    /// Identifies the server that issued it; `None` in positions of earlier versions.
    pub(super) epoch: Option<u32>,
}

/// The state of the feed of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Horizon {
    /// The current end of the feed.
    pub(super) now: Position,
    /// The first transaction that has not begun.
    pub(super) end: u64,
}

/// The start of a list of changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Since {
    /// A timestamp of this service's clock.
    Instant(Timestamp),
    /// The end of an earlier response.
    Position(Position),
}

impl Since {
    /// Returns the approximate time.
    pub fn instant(self) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            Self::Position(position) => Timestamp::from_second(position.given).unwrap_or(Timestamp::MIN),
        }
    }
}

/// Continues the positions of the previous server if the database was restored here or failed over.
pub(super) async fn adopt(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    if sqlx::query_scalar!(r#"select adopt_feed() as "is_other!""#).fetch_one(db).await? {
        debug!("the database was restored or failed over; clients that follow changes must start over");
    }
    Ok(())
}

impl Horizon {
    pub(super) async fn load(db: &mut PgConnection) -> Result<Self, Error> {
        let row = sqlx::query!(
            r#"select pg_snapshot_xmin(snapshot)::text::bigint + ahead as "transaction!",
                      pg_snapshot_xmax(snapshot)::text::bigint + ahead as "end!",
                      extract(epoch from clock_timestamp())::bigint as "given!", epoch
               from feed, pg_current_snapshot() snapshot"#
        );
        let row = row.fetch_one(db).await?;
        let epoch = row.epoch.map(i32::unsigned_abs);
        let now = Position { transaction: row.transaction.unsigned_abs(), event: None, given: row.given, epoch };
        Ok(Self { now, end: row.end.unsigned_abs() })
    }

    /// Rejects a position of another server.
    pub(super) fn check(self, since: Since) -> Result<(), Error> {
        match since {
            Since::Position(position) if position.epoch != self.now.epoch || position.transaction > self.end => {
                Err(Error::ForeignPosition)
            }
            _ => Ok(()),
        }
    }
}

impl Position {
    /// Returns the message id of the change at this position for a webhook: the same in every
    /// attempt.
    pub fn message(&self, webhook: Uuid) -> Uuid {
        Uuid::new_v5(&webhook, format!("{}-{}", self.transaction, self.event.unwrap_or_default()).as_bytes())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.epoch.map_or(Ok(()), |epoch| write!(f, "e{epoch:08x}-"))?;
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
        let mut parts = text.split('-').peekable();
        let epoch = parts.next_if(|part| part.starts_with('e'));
        let epoch = epoch.map(|part| u32::from_str_radix(&part[1..], 16).map_err(drop)).transpose()?;
        let (transaction, given) = (number(parts.next())?, number(parts.next())?);
        let event = parts.next().map(|id| Uuid::try_parse(id).map_err(drop)).transpose()?;
        if parts.next().is_some() { Err(()) } else { Ok(Self { transaction, event, given, epoch }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_survives_being_written() {
        for (event, epoch) in
            [(None, None), (Some(Uuid::from_u128(7)), None), (None, Some(7)), (Some(Uuid::nil()), Some(1))]
        {
            let position = Position { transaction: 12, event, given: 1_700_000_000, epoch };
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for text in
            ["", "1", "1-", "-1-2", "1-2-3", "1-2-00000000000000000000000000000007-4", "+1-2", "e-1-2", "e1", "eg-1-2"]
        {
            assert_eq!(text.parse::<Position>(), Err(()), "{text}");
        }
    }
}
