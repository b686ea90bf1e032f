//! The table `states`: every state of an event, on two time axes: publication, and display by this
//! service.

use super::{
    Error, FEED_DAYS,
    entries::Sought,
    search,
    time::{Day, Instant},
};
use crate::{
    event::{EventState, Mention, PartyCode},
    timeline::{Change, Entry, EntryId, Neighbour, Order, Reach, Revision, is_ambiguous, is_open},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A stored state.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) id: i64,
    /// Its revision, and until when it was known; `None` if it is no longer part of the history.
    pub(super) history: Option<(Revision, Option<Date>)>,
    pub(super) state: EventState,
    /// Whether it is shown.
    pub(super) is_shown: bool,
}

struct Row {
    id: i64,
    event_id: Uuid,
    by_mention: Option<i64>,
    by_correction: Option<Uuid>,
    since: Option<Json<Order>>,
    known_to: Option<Day>,
    changes: Json<Vec<Change>>,
    state: Json<EventState>,
    is_shown: bool,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let by = row.by_mention.map(EntryId::Mention).or(row.by_correction.map(EntryId::Correction));
        let state = row.state.0;
        let revision = by.zip(row.since).map(|(by, since)| Revision {
            by,
            since: since.0,
            changes: row.changes.0,
            state: state.clone(),
        });
        let history = revision.map(|revision| (revision, row.known_to.map(|day| day.0)));
        Self { id: row.id, history, state, is_shown: row.is_shown }
    }
}

/// Returns the states of events that are part of the history or shown, in order.
pub(super) async fn of_events(
    tx: &mut PgConnection,
    events: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Vec<Stored>>, Error> {
    let events: Vec<Uuid> = events.iter().copied().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select id, event_id, by_mention, by_correction, since as "since: _", known_to as "known_to: _",
                  changes as "changes: _", state as "state: _",
                  shown_from is not null and shown_to is null as "is_shown!"
           from states
           where event_id = any ($1) and number is not null
           order by event_id, number"#,
        &events
    );
    let mut states: HashMap<Uuid, Vec<Stored>> = HashMap::new();
    for row in rows.fetch_all(tx).await? {
        states.entry(row.event_id).or_default().push(row.into());
    }
    Ok(states)
}

/// An event that an entry may refer to, and whether it was merged with another.
pub(super) struct Near {
    pub(super) event: Uuid,
    pub(super) neighbour: Neighbour,
    pub(super) is_entangled: bool,
}

/// The number of events that are looked up first for an open mention: two matches suffice to make
/// it ambiguous.
const FEW: i64 = 12;

/// Returns the events, other than `known`, that the mentions among `entries` may refer to, each
/// with its whole history. For an open mention that is ambiguous, only as many events are returned
/// as prove it.
pub(super) async fn near(
    tx: &mut PgConnection,
    entries: &[&Entry],
    known: &BTreeSet<Uuid>,
) -> Result<Vec<Near>, Error> {
    let known: Vec<Uuid> = known.iter().copied().collect();
    let sought = |entry: &Entry, reach: &Reach| Sought::new(reach, entry.order.published_on);
    let said: Vec<(&Entry, &Mention)> = entries.iter().filter_map(|entry| Some((*entry, entry.mention()?))).collect();
    let stated: BTreeSet<Sought> =
        said.iter().filter_map(|(entry, said)| Some(sought(entry, &Reach::of_stated_dates(said)?))).collect();
    let reach = |(entry, said): &(&Entry, &Mention)| Reach::of_mention(said, entry.order.published_on);
    let around = |open: &(&Entry, &Mention)| sought(open.0, &reach(open).in_weeks_around(open.0.order.published_on));
    let whole = |open: &(&Entry, &Mention)| sought(open.0, &reach(open));
    let mut open: Vec<(&Entry, &Mention)> = said.iter().copied().filter(|(_, said)| is_open(said)).collect();

    let mut ids = within_reach(tx, &stated, &known).await?;
    ids.extend(some_within_reach(tx, &open.iter().map(around).collect(), &known).await?);
    let mut near = histories(tx, entries, &ids).await?;
    open.retain(|(entry, said)| !is_ambiguous(entry, said, near.values().map(|near| &near.neighbour)));
    let mut more = within_reach(tx, &open.iter().map(whole).collect(), &known).await?;
    more.retain(|id| !near.contains_key(id));
    near.extend(histories(tx, entries, &more).await?);
    Ok(near.into_values().collect())
}

/// Returns the events, other than `known`, that had a state within one of the reaches on its date.
/// Rejected events keep their last state.
async fn within_reach(
    tx: &mut PgConnection,
    reaches: &BTreeSet<Sought>,
    known: &[Uuid],
) -> Result<BTreeSet<Uuid>, Error> {
    if reaches.is_empty() {
        return Ok(BTreeSet::new());
    }
    // A lateral join per reach makes the planner use the index, whatever it estimates.
    let ids = sqlx::query_scalar!(
        r#"select near.event_id as "id!"
           from jsonb_to_recordset($1) reach (keys bigint[], first date, last date, day date)
           cross join lateral (
               select n.event_id from states n
               where n.reach_keys && reach.keys and n.reach_first <= reach.last and n.reach_last >= reach.first
                 and n.number is not null and n.known_from <= reach.day and n.event_id <> all ($2)
                 and (n.known_to is null or n.known_to >= reach.day
                      or exists (select from events e where e.id = n.event_id and e.gone = 'rejected'))
               offset 0) near"#,
        Json(reaches) as _,
        known,
    );
    Ok(ids.fetch_all(tx).await?.into_iter().collect())
}

/// Returns only a few events of each reach, none of which was merged with another.
async fn some_within_reach(
    tx: &mut PgConnection,
    reaches: &BTreeSet<Sought>,
    known: &[Uuid],
) -> Result<BTreeSet<Uuid>, Error> {
    if reaches.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids = sqlx::query_scalar!(
        r#"select near.event_id as "id!"
           from jsonb_to_recordset($1) reach (keys bigint[], first date, last date, day date)
           cross join lateral (
               select n.event_id from states n join events e on e.id = n.event_id
               where n.reach_keys && reach.keys and n.reach_first <= reach.last and n.reach_last >= reach.first
                 and n.number is not null and n.known_from <= reach.day and n.event_id <> all ($2)
                 and (n.known_to is null or n.known_to >= reach.day)
                 and e.gone is null and not exists (select from events part where part.merged_into = e.id)
               limit $3) near"#,
        Json(reaches) as _,
        known,
        FEW,
    );
    Ok(ids.fetch_all(tx).await?.into_iter().collect())
}

/// Returns the whole histories of events, and which of the articles of `entries` mention them.
async fn histories(
    tx: &mut PgConnection,
    entries: &[&Entry],
    events: &BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, Near>, Error> {
    if events.is_empty() {
        return Ok(BTreeMap::new());
    }
    let events: Vec<Uuid> = events.iter().copied().collect();
    let rows = sqlx::query!(
        r#"select s.event_id, s.since as "since!: Json<Order>", s.state as "state: Json<EventState>",
                  e.gone is not null or exists (select from events part where part.merged_into = e.id)
                      as "is_entangled!"
           from states s join events e on e.id = s.event_id
           where s.number is not null and s.event_id = any ($1)
           order by s.event_id, s.number"#,
        &events,
    );
    let mut near: BTreeMap<Uuid, Near> = BTreeMap::new();
    for row in rows.fetch_all(&mut *tx).await? {
        let new = || Near { event: row.event_id, neighbour: Neighbour::default(), is_entangled: row.is_entangled };
        near.entry(row.event_id).or_insert_with(new).neighbour.states.push((row.since.0, row.state.0));
    }
    let orders: BTreeMap<Uuid, &Order> =
        entries.iter().filter_map(|entry| Some((entry.article()?, &entry.order))).collect();
    let articles: Vec<Uuid> = orders.keys().copied().collect();
    let speak = sqlx::query!(
        r#"select event_id as "event_id!", article_id, position from mentions
           where event_id = any ($1) and article_id = any ($2)"#,
        &events,
        &articles,
    );
    for row in speak.fetch_all(tx).await? {
        if let (Some(near), Some(order)) = (near.get_mut(&row.event_id), orders.get(&row.article_id)) {
            let order = Order { position: row.position.unsigned_abs(), ..(*order).clone() };
            near.neighbour.articles.insert(row.article_id, order);
        }
    }
    Ok(near)
}

/// Removes states from the history of an event. Those that were shown are kept for as long as the
/// feed of changes reaches back.
pub(super) async fn discard(tx: &mut PgConnection, event: Uuid, ids: &[i64], now: Timestamp) -> Result<(), Error> {
    let past = now.checked_sub((24 * FEED_DAYS).hours()).unwrap_or(Timestamp::MIN);
    sqlx::query!(
        "delete from states
         where id = any ($1) and shown_from is null or event_id = $2 and number is null and shown_to < $3",
        ids,
        event,
        Instant(past) as _,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update states
         set number = null, by_mention = null, by_correction = null, since = null, known_from = null, known_to = null,
             shown_to = coalesce(shown_to, greatest(shown_from, $2)),
             closed_in = coalesce(closed_in, feed_position())
         where id = any ($1)",
        ids,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Stores until when a state of the history was known.
pub(super) async fn set_known_to(tx: &mut PgConnection, id: i64, day: Option<Date>) -> Result<(), Error> {
    sqlx::query!("update states set known_to = $2 where id = $1", id, day.map(Day) as _).execute(tx).await?;
    Ok(())
}

/// Hides the shown state of an event.
pub(super) async fn hide(tx: &mut PgConnection, event: Uuid, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update states set shown_to = greatest(shown_from, $2), closed_in = feed_position()
         where event_id = $1 and shown_from is not null and shown_to is null",
        event,
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Shows the state with this number in the history of an event.
pub(super) async fn show(tx: &mut PgConnection, event: Uuid, number: usize, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update states set shown_from = $3, shown_to = null, closed_in = null
         where event_id = $1 and number = $2::bigint::integer",
        event,
        i64::try_from(number).unwrap_or(i64::MAX),
        Instant(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Inserts the `number`th state of the history of an event.
pub(super) async fn insert(
    tx: &mut PgConnection,
    event: Uuid,
    number: usize,
    revision: &Revision,
    known_to: Option<Date>,
    now: Timestamp,
) -> Result<(), Error> {
    let state = &revision.state;
    let reach = Reach::of_state(state);
    let (by_mention, by_correction) = match revision.by {
        EntryId::Mention(id) => (Some(id), None),
        EntryId::Correction(id) => (None, Some(id)),
    };
    sqlx::query!(
        r#"insert into states (event_id, number, by_mention, by_correction, since, known_from, known_to, recorded_at,
                               changes, state, kind, status, starts_on, ends_on, "precision", place_country, place_key,
                               party_keys, search, reach_first, reach_last, reach_keys)
           values ($1, $2::bigint::integer, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                   $20, $21, $22)"#,
        event,
        i64::try_from(number).unwrap_or(i64::MAX),
        by_mention,
        by_correction,
        Json(&revision.since) as _,
        Day(revision.since.published_on) as _,
        known_to.map(Day) as _,
        Instant(now) as _,
        Json(&revision.changes) as _,
        Json(state) as _,
        state.kind.to_string(),
        state.status.to_string(),
        Day(state.when.starts_on) as _,
        Day(state.when.ends_on) as _,
        state.when.precision.to_string(),
        state.place.as_ref().and_then(|place| place.country.as_deref()),
        state.place.as_ref().map(|place| search::key(&place.name)),
        &party_keys(state),
        haystack(state),
        Day(reach.first) as _,
        Day(reach.last) as _,
        &reach.keys(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn party_keys(state: &EventState) -> Vec<String> {
    let codes = state.participants.iter().filter_map(|participant| {
        let code = participant.code.as_deref()?;
        Some(PartyCode { kind: participant.kind, code }.key())
    });
    let names = state.participants.iter().map(|participant| participant.name.clone());
    codes.chain(names).map(|key| search::key(&key)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn haystack(state: &EventState) -> String {
    let place = state.place.iter().map(|place| &place.name);
    let details = state.details.name.iter().chain(&state.details.topic);
    search::haystack(
        [&state.title].into_iter().chain(party_names(state)).chain(place).chain(details).map(String::as_str),
    )
}

fn party_names(state: &EventState) -> impl Iterator<Item = &String> {
    state.participants.iter().flat_map(|party| party.code.iter().chain([&party.name]))
}
