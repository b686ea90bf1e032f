//! The tables `events`, `participants` and `revisions`, written: an event's state is folded anew from all its mentions
//! whenever one comes or goes.

use super::{
    Error, events,
    mentions::{self, StoredMention},
    search,
    time::{Day, Instant},
};
use crate::{
    event::{Event, EventState},
    timeline::{Told, fold},
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// A field that differs between two revisions.
#[derive(Debug, PartialEq, Serialize)]
struct Change {
    field: String,
    from: Value,
    to: Value,
}

/// Brings the event up to what its mentions say: makes it, changes it, or withdraws it where none of them makes one.
pub(super) async fn refold(tx: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<(), Error> {
    let mentions = mentions::of_event(&mut *tx, id).await?;
    let known = events::live(&mut *tx, &[id]).await?.pop().map(|(_, event)| event);
    let Some(state) = fold(&mentions.iter().map(StoredMention::told).collect::<Vec<_>>()) else {
        mentions::detach(tx, id).await?;
        return withdraw(tx, id, now).await;
    };
    let changed = known.as_ref().is_none_or(|known| known.state != state);
    let revision = known.as_ref().map_or(0, |known| known.revision) + u32::from(changed);
    let updated_at = known.as_ref().filter(|_| !changed).and_then(|known| known.updated_at).unwrap_or(now);
    upsert(tx, id, &state, &mentions, revision, updated_at).await?;
    if changed {
        write_participants(tx, id, &state).await?;
        write_revision(tx, id, revision, known.as_ref(), &state, &mentions, now).await?;
    }
    Ok(())
}

impl StoredMention {
    fn told(&self) -> Told<'_> {
        Told { published_on: self.published_on, published_at: self.published_at, mention: &self.mention }
    }
}

async fn withdraw(tx: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<(), Error> {
    // `greatest`, here and below: no clock that was set back makes an event's times run backwards.
    sqlx::query!(
        "update events
         set withdrawn_at = greatest(updated_at, $2), updated_at = greatest(updated_at, $2), articles = 0
         where id = $1",
        id,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn upsert(
    tx: &mut PgConnection,
    id: Uuid,
    state: &EventState,
    mentions: &[StoredMention],
    revision: u32,
    updated_at: Timestamp,
) -> Result<(), Error> {
    let articles = mentions.iter().map(|m| m.article_id).collect::<HashSet<_>>().len();
    let place = state.place.as_ref();
    sqlx::query!(
        r#"insert into events (id, title, kind, status, starts_on, ends_on, "precision", edtf, starts_at, date_pending,
                               previous_dates, place_name, place_country, place_latitude, place_longitude, articles,
                               revision, place_key, party_keys, search, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::bigint::integer,
                   $17::bigint::integer, $18, $19, $20, $21, $21)
           on conflict (id) do update
           set title = excluded.title, kind = excluded.kind, status = excluded.status, starts_on = excluded.starts_on,
               ends_on = excluded.ends_on, "precision" = excluded."precision", edtf = excluded.edtf,
               starts_at = excluded.starts_at, date_pending = excluded.date_pending,
               previous_dates = excluded.previous_dates, place_name = excluded.place_name,
               place_country = excluded.place_country, place_latitude = excluded.place_latitude,
               place_longitude = excluded.place_longitude, articles = excluded.articles, revision = excluded.revision,
               place_key = excluded.place_key, party_keys = excluded.party_keys, search = excluded.search,
               updated_at = greatest(events.updated_at, excluded.updated_at)"#,
        id,
        state.title,
        state.kind.to_string(),
        state.status.to_string(),
        Day(state.when.starts_on) as _,
        Day(state.when.ends_on) as _,
        state.when.precision.to_string(),
        state.when.edtf,
        state.when.starts_at.map(Instant) as _,
        state.date_pending,
        Json(&state.previous_dates) as _,
        place.map(|place| &*place.name),
        place.and_then(|place| place.country.as_deref()),
        place.and_then(|place| place.latitude),
        place.and_then(|place| place.longitude),
        i64::try_from(articles).unwrap_or(i64::MAX),
        i64::from(revision),
        place.map(|place| search::key(&place.name)),
        &party_keys(state),
        haystack(state, mentions),
        Instant(updated_at) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn party_keys(state: &EventState) -> Vec<String> {
    let names = state.participants.iter().flat_map(|party| party.code.iter().chain([&party.name]));
    names.map(|name| search::key(name)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn haystack(state: &EventState, mentions: &[StoredMention]) -> String {
    let parties = state.participants.iter().flat_map(|party| party.code.iter().chain([&party.name]));
    let place = state.place.iter().map(|place| &place.name);
    let sentences = mentions.iter().flat_map(|m| &m.mention.statements).map(|statement| &statement.sentence.text);
    search::haystack([&state.title].into_iter().chain(parties).chain(place).chain(sentences).map(String::as_str))
}

async fn write_participants(tx: &mut PgConnection, id: Uuid, state: &EventState) -> Result<(), Error> {
    sqlx::query!("delete from participants where event_id = $1", id).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into participants (event_id, position, kind, name, code, represents)
         select $1, n - 1, p ->> 'kind', p ->> 'name', p ->> 'code', p ->> 'represents'
         from jsonb_array_elements($2::jsonb) with ordinality as party (p, n)",
        id,
        Json(&state.participants) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_revision(
    tx: &mut PgConnection,
    id: Uuid,
    number: u32,
    known: Option<&Event>,
    state: &EventState,
    mentions: &[StoredMention],
    now: Timestamp,
) -> Result<(), Error> {
    let changes = known.map(|known| changes(&known.state, state)).unwrap_or_default();
    let known_from = mentions.iter().map(|m| m.published_on).max();
    sqlx::query!(
        "insert into revisions (event_id, number, known_from, recorded_at, changes, state)
         values ($1, $2::bigint::integer, $3, $4, $5, $6)",
        id,
        i64::from(number),
        known_from.map(Day) as _,
        Instant(now) as _,
        Json(changes) as _,
        Json(state) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn changes(from: &EventState, to: &EventState) -> Vec<Change> {
    let mut from = fields(from);
    let differing = fields(to).into_iter().filter_map(|(field, to)| {
        let from = from.remove(&field).unwrap_or_default();
        (from != to).then_some(Change { field, from, to })
    });
    differing.collect()
}

/// The state's fields as the API writes them; it is a plain struct, which always makes an object.
fn fields(state: &EventState) -> Map<String, Value> {
    match serde_json::to_value(state) {
        Ok(Value::Object(fields)) => fields,
        other => unreachable!("an event's state is a JSON object, not {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Kind, Precision, Status, When};
    use jiff::civil::date;
    use serde_json::json;

    #[test]
    fn a_revision_tells_each_field_that_changed() {
        let day = date(2023, 3, 7);
        let before = EventState {
            title: "Talks".into(),
            kind: Kind::Talks,
            status: Status::Tentative,
            when: When {
                starts_on: day,
                ends_on: day,
                precision: Precision::Day,
                edtf: "2023-03-07".into(),
                starts_at: None,
            },
            place: None,
            participants: vec![],
            date_pending: false,
            previous_dates: vec![],
        };
        let mut after = EventState { status: Status::Confirmed, ..before.clone() };
        after.when.ends_on = date(2023, 3, 8);
        let told = serde_json::to_value(changes(&before, &after)).unwrap();
        let expected = json!([
            {"field": "ends_on", "from": "2023-03-07", "to": "2023-03-08"},
            {"field": "status", "from": "tentative", "to": "confirmed"},
        ]);
        assert_eq!(told, expected);
        assert_eq!(changes(&before, &before), []);
    }
}
