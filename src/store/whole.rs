//! Complete selections, for documents that are not paginated, and events that have left a selection
//! recently.

use super::{
    Error, EventFilter, Sort, Store, conditions,
    evidence::Brief,
    selection::{Row, complete, list},
    time::Instant,
};
use crate::event::{Event, EventState};
use jiff::{Timestamp, ToSpan, civil::Date};
use sqlx::{FromRow, PgConnection, QueryBuilder, types::Json};
use std::collections::HashSet;
use uuid::Uuid;

/// The number of days for which a calendar keeps removed events, as cancelled.
const GONE_DAYS: i64 = 30;

impl Store {
    /// Returns all events that `filter` selects, with their evidence; `None` if there are more than
    /// `ceiling`.
    pub async fn whole(&self, filter: &EventFilter, sort: Sort, ceiling: u32) -> Result<Option<Vec<Event>>, Error> {
        let mut db = self.heavy.acquire().await?;
        let rows = list(&mut db, filter, sort, None, i64::from(ceiling) + 1).await?;
        if rows.len() > ceiling as usize {
            return Ok(None);
        }
        complete(&mut db, rows, filter.as_of, true).await.map(Some)
    }

    /// Returns the `most` selected events nearest to a date, with their evidence: later ones first,
    /// then earlier ones.
    pub async fn nearest(&self, filter: &EventFilter, today: Date, most: u32) -> Result<Vec<Event>, Error> {
        let mut db = self.heavy.acquire().await?;
        let ahead = EventFilter { from: filter.from.max(Some(today)), ..filter.clone() };
        let mut rows = list(&mut db, &ahead, Sort::StartsOn, None, i64::from(most)).await?;
        let room = most as usize - rows.len();
        let yesterday = today.yesterday().unwrap_or(today);
        let behind = EventFilter { to: filter.to.into_iter().chain([yesterday]).min(), ..filter.clone() };
        let known: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut past = list(&mut db, &behind, Sort::StartsOnDescending, None, i64::from(most)).await?;
        past.retain(|row| !known.contains(&row.id));
        past.truncate(room);
        rows.splice(0..0, past.into_iter().rev());
        complete(&mut db, rows, filter.as_of, true).await
    }

    /// Returns events that `filter` selected within 30 days before `now` but no longer does,
    /// because they were withdrawn, merged or moved to other dates; by id, in their last selected
    /// state. Their removal counts as a revision. Without them, a subscribed calendar would not
    /// learn of the removal.
    pub async fn gone(&self, filter: &EventFilter, now: Timestamp) -> Result<Vec<Event>, Error> {
        if filter.as_of.is_some() {
            return Ok(Vec::new());
        }
        let mut db = self.heavy.acquire().await?;
        let former = former(&mut db, filter, now).await?;
        let moved: Vec<Uuid> = former.iter().filter(|former| !former.is_gone).map(|former| former.id).collect();
        let on_any_day = EventFilter { from: None, to: None, ..filter.clone() };
        let mut moved_out: HashSet<Uuid> = current(&mut db, &on_any_day, &moved).await?.into_iter().collect();
        for stays in current(&mut db, filter, &moved).await? {
            moved_out.remove(&stays);
        }
        let gone = former.into_iter().filter(|former| former.is_gone || moved_out.contains(&former.id));
        gone.map(|former| {
            let FormerRow { id, state, revision, created_at, updated_at, is_gone, confidence } = former;
            let row = Row { id, state, revision: revision + i32::from(is_gone), created_at, updated_at, confidence };
            row.into_event(Brief::default(), Some(Vec::new()))
        })
        .collect()
    }
}

#[derive(FromRow)]
struct FormerRow {
    id: Uuid,
    state: Json<EventState>,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
    is_gone: bool,
    confidence: f64,
}

/// Returns the last state of each event that a filter selected and that was shown until recently.
async fn former(db: &mut PgConnection, filter: &EventFilter, now: Timestamp) -> Result<Vec<FormerRow>, Error> {
    let since = now.checked_sub((24 * GONE_DAYS).hours()).unwrap_or(Timestamp::MIN);
    let mut query = QueryBuilder::new(
        "select distinct on (e.id) e.id, s.state, e.revision, e.created_at, e.updated_at, e.gone is not null as is_gone,
                e.confidence
         from states s join events e on e.id = s.event_id
         where s.shown_from is not null and s.shown_to >= ",
    );
    query.push_bind(Instant(since));
    conditions::push(&mut query, filter);
    query.push(" order by e.id, s.shown_to desc");
    Ok(query.build_query_as().fetch_all(db).await?)
}

/// Returns which of the events a filter selects now.
async fn current(db: &mut PgConnection, filter: &EventFilter, among: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let mut query = QueryBuilder::new("select s.event_id from states s where ");
    query.push(conditions::SHOWN).push(" and s.event_id = any (").push_bind(among.to_vec()).push(")");
    conditions::push(&mut query, filter);
    Ok(query.build_query_scalar().fetch_all(db).await?)
}
