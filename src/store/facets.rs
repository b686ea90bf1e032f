//! How many events a filter selects, by what they are.

use super::{Error, EventFilter, Store, conditions};
use crate::event::ParticipantKind;
use serde::Serialize;
use sqlx::{FromRow, QueryBuilder};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Counts of events. Zero counts are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facets {
    /// The number of events.
    #[schema(example = 4)]
    pub total: u64,
    /// By kind.
    #[schema(example = json!({"talks": 3, "vote": 1}))]
    pub kind: BTreeMap<String, u64>,
    /// By status.
    #[schema(example = json!({"confirmed": 4}))]
    pub status: BTreeMap<String, u64>,
    /// By participating countries and organizations, most frequent first.
    pub participant: Vec<PartyCount>,
    /// By country of the place, as an ISO 3166-1 alpha-2 code.
    #[schema(example = json!({"CH": 2}))]
    pub country: BTreeMap<String, u64>,
    /// By month of the start date.
    #[schema(example = json!({"2023-03": 4}))]
    pub month: BTreeMap<String, u64>,
}

/// The number of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParticipantCount)]
pub struct PartyCount {
    /// Country or organization.
    pub kind: ParticipantKind,
    /// ISO 3166-1 alpha-2 for a country, the usual acronym for an organization.
    #[schema(example = "JP")]
    pub code: String,
    /// The usual English name.
    #[schema(example = "Japan")]
    pub name: String,
    /// The events.
    #[schema(example = 2)]
    pub count: u64,
}

#[derive(FromRow)]
struct Row {
    facet: String,
    value: Option<String>,
    kind: Option<String>,
    name: Option<String>,
    count: i64,
}

impl Store {
    /// Counts the events that `filter` selects.
    pub async fn facets(&self, filter: &EventFilter) -> Result<Facets, Error> {
        let mut query = QueryBuilder::new(
            "with selected as (
                 select s.kind, s.status, s.place_country, s.starts_on, s.state -> 'participants' as participants
                 from states s",
        );
        conditions::push_known(&mut query, filter);
        query.push(
            "), parties as (
                 select party ->> 'kind' as kind, party ->> 'code' as code, party ->> 'name' as name
                 from selected, jsonb_array_elements(participants) party
                 where party ->> 'code' is not null)
             select 'total' as facet, null as value, null as kind, null as name, count(*) as count from selected
             union all select 'kind', kind, null, null, count(*) from selected group by kind
             union all select 'status', status, null, null, count(*) from selected group by status
             union all select 'country', place_country, null, null, count(*) from selected
                       where place_country is not null group by place_country
             union all select 'month', to_char(starts_on, 'YYYY-MM'), null, null, count(*) from selected group by 2
             union all select 'participant', code, kind, min(name), count(*) from parties group by kind, code
             order by 5 desc, 2, 3",
        );
        let rows: Vec<Row> = query.build_query_as().fetch_all(&self.heavy).await?;
        let mut facets = Facets::default();
        for Row { facet, value, kind, name, count } in rows {
            let (value, count) = (value.unwrap_or_default(), count.unsigned_abs());
            let counts = match &*facet {
                "kind" => &mut facets.kind,
                "status" => &mut facets.status,
                "country" => &mut facets.country,
                "month" => &mut facets.month,
                "participant" => {
                    let inconsistent = || Error::Inconsistent { table: "states", column: "state", row: value.clone() };
                    let kind = kind.and_then(|kind| kind.parse().ok()).ok_or_else(inconsistent)?;
                    facets.participant.push(PartyCount { kind, code: value, name: name.unwrap_or_default(), count });
                    continue;
                }
                _ => {
                    facets.total = count;
                    continue;
                }
            };
            counts.insert(value, count);
        }
        Ok(facets)
    }
}
