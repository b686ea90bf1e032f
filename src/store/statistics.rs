//! Statistics: how often events were moved, how long in advance they were known, how many were
//! held, and which participants meet.

use super::{Error, EventFilter, Store, conditions};
use crate::event::{Kind, ParticipantKind};
use serde::Serialize;
use sqlx::{FromRow, QueryBuilder};
use utoipa::ToSchema;

/// The maximum number of pairs returned.
const MOST: i64 = 1_000;

/// Statistics of events.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Statistics {
    /// All selected events.
    pub all: Fate,
    /// By kind, most frequent first.
    pub kinds: Vec<KindFate>,
    /// By pair of participants, most frequent first; up to 1000.
    pub pairs: Vec<PairFate>,
}

/// Outcomes of events.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Fate {
    /// The number of events.
    #[schema(example = 12)]
    pub count: u64,
    /// The number of events that were moved at least once.
    #[schema(example = 3)]
    pub moved: u64,
    /// The mean number of days by which these were moved, from their first date to their last.
    #[schema(example = 14.5)]
    pub mean_days_moved: Option<f64>,
    /// The mean number of days from the first mention to the start date.
    #[schema(example = 9.2)]
    pub mean_lead_days: Option<f64>,
    /// The share that was reported as held, from 0 to 1.
    #[schema(example = 0.5)]
    pub held: Option<f64>,
    /// The share that was cancelled, from 0 to 1.
    #[schema(example = 0.08)]
    pub cancelled: Option<f64>,
}

/// Outcomes of events of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct KindFate {
    /// The kind.
    pub kind: Kind,
    /// The outcomes.
    #[serde(flatten)]
    pub fate: Fate,
}

/// Outcomes of events of two participants.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PairFate {
    /// The participants.
    #[serde(flatten)]
    pub pair: Pair,
    /// The outcomes.
    #[serde(flatten)]
    pub fate: Fate,
}

/// Two participants, in the order of their codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParticipantPair)]
pub struct Pair {
    /// The kind of the first.
    pub source_kind: ParticipantKind,
    /// The code of the first.
    #[schema(example = "AU")]
    pub source: String,
    /// The name of the first.
    #[schema(example = "Australia")]
    pub source_name: String,
    /// The kind of the second.
    pub target_kind: ParticipantKind,
    /// The code of the second.
    #[schema(example = "JP")]
    pub target: String,
    /// The name of the second.
    #[schema(example = "Japan")]
    pub target_name: String,
}

#[derive(FromRow)]
struct Row {
    kind: Option<String>,
    source_kind: Option<String>,
    source: Option<String>,
    source_name: Option<String>,
    target_kind: Option<String>,
    target: Option<String>,
    target_name: Option<String>,
    count: i64,
    moved: i64,
    mean_days_moved: Option<f64>,
    mean_lead_days: Option<f64>,
    held: Option<f64>,
    cancelled: Option<f64>,
}

/// The common table expressions `counted`, the events, and the pairs of participants that have
/// codes.
const COUNTED: &str = ", counted as (
    select s.event_id, s.kind, s.state -> 'participants' as participants,
           jsonb_array_length(s.state -> 'previous_dates') > 0 as moved,
           s.starts_on - (s.state #>> '{previous_dates,0,starts_on}')::date as days_moved,
           s.starts_on - first.known_from as lead_days,
           (s.status = 'held')::int as held, (s.status = 'cancelled')::int as cancelled
    from selected s left join lateral (
        select min(known_from) as known_from from states where event_id = s.event_id and number = 1) first on true),
pairs as (
    select distinct on (c.event_id, a.kind, a.code, b.kind, b.code)
           c.*, a.kind as source_kind, a.code as source, a.name as source_name, b.kind as target_kind, b.code as target,
           b.name as target_name
    from counted c,
         jsonb_to_recordset(c.participants) a (kind text, code text, name text),
         jsonb_to_recordset(c.participants) b (kind text, code text, name text)
    where a.code is not null and b.code is not null and (a.code, a.kind) < (b.code, b.kind)
    order by c.event_id, a.kind, a.code, b.kind, b.code)";

/// The aggregates of a group.
const FIGURES: &str = "count(*) as count, count(*) filter (where moved) as moved,
    round(avg(abs(days_moved)) filter (where moved), 1)::double precision as mean_days_moved,
    round(avg(lead_days), 1)::double precision as mean_lead_days,
    round(avg(held), 2)::double precision as held, round(avg(cancelled), 2)::double precision as cancelled";

impl Store {
    /// Returns the statistics of the events that `filter` selects.
    pub async fn statistics(&self, filter: &EventFilter) -> Result<Statistics, Error> {
        let none = "null as source_kind, null as source, null as source_name, null as target_kind, null as target,
                    null as target_name";
        let all = self.fates(filter, &format!("select null as kind, {none}, {FIGURES} from counted")).await?;
        let by_kind = format!("select kind, {none}, {FIGURES} from counted group by kind order by count desc, kind");
        let kinds = self.fates(filter, &by_kind).await?;
        let pairs = self.fates(filter, &of_pairs()).await?;
        let fate = all.into_iter().next().map(Row::into_fate);
        let kind = |row: Row| {
            let kind = row.kind.as_deref().and_then(|kind| kind.parse().ok()).ok_or_else(|| row.inconsistent())?;
            Ok(KindFate { kind, fate: row.into_fate() })
        };
        let pair = |row: Row| Ok(PairFate { pair: row.pair()?, fate: row.into_fate() });
        Ok(Statistics {
            all: fate.ok_or(Error::Inconsistent { table: "states", column: "state", row: "statistics".into() })?,
            kinds: kinds.into_iter().map(kind).collect::<Result<_, Error>>()?,
            pairs: pairs.into_iter().map(pair).collect::<Result<_, Error>>()?,
        })
    }

    /// Returns the pairs of participants of the events that `filter` selects, with the number of
    /// events, most frequent first.
    pub async fn pairs(&self, filter: &EventFilter) -> Result<Vec<(Pair, u64)>, Error> {
        let rows = self.fates(filter, &of_pairs()).await?;
        rows.into_iter().map(|row| Ok((row.pair()?, row.count.unsigned_abs()))).collect()
    }

    async fn fates(&self, filter: &EventFilter, figures: &str) -> Result<Vec<Row>, Error> {
        let mut query = QueryBuilder::new("with selected as (select s.* from states s");
        conditions::push_known(&mut query, filter);
        query.push(")").push(COUNTED).push(" ").push(figures);
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }
}

/// Returns the query of the aggregates by pair.
fn of_pairs() -> String {
    format!(
        "select null as kind, source_kind, source, min(source_name) as source_name, target_kind, target,
                min(target_name) as target_name, {FIGURES}
         from pairs group by source_kind, source, target_kind, target
         order by count desc, source, target, source_kind, target_kind limit {MOST}"
    )
}

impl Row {
    fn inconsistent(&self) -> Error {
        let row = self.source.clone().or_else(|| self.kind.clone()).unwrap_or_default();
        Error::Inconsistent { table: "states", column: "state", row }
    }

    fn pair(&self) -> Result<Pair, Error> {
        let kind = |kind: &Option<String>| kind.as_deref().and_then(|kind| kind.parse().ok());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Ok(Pair {
            source_kind: kind(&self.source_kind).ok_or_else(|| self.inconsistent())?,
            source: text(&self.source),
            source_name: text(&self.source_name),
            target_kind: kind(&self.target_kind).ok_or_else(|| self.inconsistent())?,
            target: text(&self.target),
            target_name: text(&self.target_name),
        })
    }

    fn into_fate(self) -> Fate {
        Fate {
            count: self.count.unsigned_abs(),
            moved: self.moved.unsigned_abs(),
            mean_days_moved: self.mean_days_moved,
            mean_lead_days: self.mean_lead_days,
            held: self.held,
            cancelled: self.cancelled,
        }
    }
}
