//! Counts the events that a filter selects by their properties. The values of a filter are counted
//! without that filter, so that a form can offer the others.

use super::{Error, EventFilter, Store, conditions};
use crate::event::ParticipantKind;
use serde::Serialize;
use sqlx::{FromRow, Postgres, QueryBuilder};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;

/// A property that events are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Facet {
    /// The kind.
    Kind,
    /// The status.
    Status,
    /// The precision of the date.
    Precision,
    /// The participants.
    Participant,
    /// The country of the place.
    Country,
    /// The place.
    Place,
    /// The publisher of an article that is evidence.
    Source,
    /// The month of the start date.
    Month,
    /// The year of the start date.
    Year,
    /// The confidence, in tenths.
    Confidence,
}

/// Counts of events. Zero counts are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facets {
    /// The number of events.
    #[schema(example = 4)]
    pub total: u64,
    /// By kind.
    pub kind: Vec<ValueCount>,
    /// By status.
    pub status: Vec<ValueCount>,
    /// By precision of the date.
    pub precision: Vec<ValueCount>,
    /// By participating countries and organizations.
    pub participant: Vec<PartyCount>,
    /// By country of the place, as an ISO 3166-1 alpha-2 code.
    pub country: Vec<ValueCount>,
    /// By place.
    pub place: Vec<ValueCount>,
    /// By publisher of an article that is evidence.
    pub source: Vec<ValueCount>,
    /// By month of the start date, such as `2023-03`.
    pub month: Vec<ValueCount>,
    /// By year of the start date.
    pub year: Vec<ValueCount>,
    /// By confidence: `0.9` counts events from 0.9 on, `0.8` those from 0.8 and below 0.9.
    pub confidence: Vec<ValueCount>,
}

/// The number of events with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueCount {
    /// The value, as the filter accepts it.
    #[schema(example = "talks")]
    pub value: String,
    /// The number of events.
    #[schema(example = 3)]
    pub count: u64,
}

/// The number of events with a participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParticipantCount)]
pub struct PartyCount {
    /// Country or organization.
    pub kind: ParticipantKind,
    /// The ISO 3166-1 alpha-2 code of a country or the usual acronym of an organization.
    #[schema(example = "JP")]
    pub code: String,
    /// The usual English name.
    #[schema(example = "Japan")]
    pub name: String,
    /// The number of events.
    #[schema(example = 2)]
    pub count: u64,
}

#[derive(FromRow)]
struct Row {
    value: String,
    kind: Option<String>,
    name: Option<String>,
    facet: String,
    count: i64,
}

impl Store {
    /// Counts the events that `filter` selects, by each of `by`.
    pub async fn facets(&self, filter: &EventFilter, by: &[Facet]) -> Result<Facets, Error> {
        let (alone, together): (Vec<Facet>, Vec<Facet>) = by.iter().partition(|facet| facet.without(filter).is_some());
        let mut rows: Vec<Row> = query(filter, &together, true).build_query_as().fetch_all(&self.heavy).await?;
        for facet in alone {
            if let Some(others) = facet.without(filter) {
                rows.extend(query(&others, &[facet], false).build_query_as::<Row>().fetch_all(&self.heavy).await?);
            }
        }
        let mut facets = Facets::default();
        rows.into_iter().try_for_each(|row| facets.add(row))?;
        Ok(facets)
    }
}

impl Facets {
    fn add(&mut self, Row { facet, value, kind, name, count }: Row) -> Result<(), Error> {
        let count = count.unsigned_abs();
        let counts = match facet.parse() {
            Ok(Facet::Kind) => &mut self.kind,
            Ok(Facet::Status) => &mut self.status,
            Ok(Facet::Precision) => &mut self.precision,
            Ok(Facet::Country) => &mut self.country,
            Ok(Facet::Place) => &mut self.place,
            Ok(Facet::Source) => &mut self.source,
            Ok(Facet::Month) => &mut self.month,
            Ok(Facet::Year) => &mut self.year,
            Ok(Facet::Confidence) => &mut self.confidence,
            Ok(Facet::Participant) => {
                let inconsistent = || Error::Inconsistent { table: "states", column: "state", row: value.clone() };
                let kind = kind.and_then(|kind| kind.parse().ok()).ok_or_else(inconsistent)?;
                self.participant.push(PartyCount { kind, code: value, name: name.unwrap_or_default(), count });
                return Ok(());
            }
            Err(_) => {
                self.total = count;
                return Ok(());
            }
        };
        counts.push(ValueCount { value, count });
        Ok(())
    }
}

impl Facet {
    /// Returns the filter without the condition on this property; `None` if it has none. Conditions
    /// that require all of several participants are kept, and so are dates.
    fn without(self, filter: &EventFilter) -> Option<EventFilter> {
        let mut others = filter.clone();
        match self {
            Self::Kind => others.kinds.clear(),
            Self::Status => others.statuses.clear(),
            Self::Precision => others.precisions.clear(),
            Self::Country => others.countries.clear(),
            Self::Place => others.places.clear(),
            Self::Source => others.sources.clear(),
            Self::Confidence => others.min_confidence = None,
            Self::Participant | Self::Month | Self::Year => {}
        }
        (others != *filter).then_some(others)
    }

    /// Appends a query of the counts among `selected`.
    fn push(self, query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
        let (value, condition) = match self {
            Self::Kind => ("s.kind", ""),
            Self::Status => ("s.status", ""),
            Self::Precision => (r#"s."precision""#, ""),
            Self::Country => ("s.place_country", " where s.place_country is not null"),
            Self::Place => ("s.state #>> '{place,name}'", " where s.place_key is not null"),
            Self::Month => ("to_char(s.starts_on, 'YYYY-MM')", ""),
            Self::Year => ("to_char(s.starts_on, 'YYYY')", ""),
            Self::Confidence => ("(least(floor(s.confidence * 10 + 1e-9), 9) / 10)::numeric(2, 1)::text", ""),
            Self::Participant => {
                query.push(
                    "select 'participant', party ->> 'code', party ->> 'kind', min(party ->> 'name'), count(*)
                     from selected s, jsonb_array_elements(s.state -> 'participants') party
                     where party ->> 'code' is not null group by 2, 3",
                );
                return;
            }
            Self::Source => {
                query.push(
                    "select 'source', a.source, null, null, count(distinct s.event_id)
                     from selected s join mentions m on",
                );
                conditions::push_of_event(query, filter);
                query.push(" join articles a on a.id = m.article_id where a.source is not null group by a.source");
                return;
            }
        };
        query.push(format!(
            "select '{self}', {value}, null, null, count(*) from selected s{condition} group by {value}"
        ));
    }
}

fn query(filter: &EventFilter, by: &[Facet], with_total: bool) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "with selected as (select s.event_id, s.kind, s.status, s.\"precision\", s.place_country, s.place_key, s.starts_on, s.state",
    );
    if by.contains(&Facet::Confidence) {
        query.push(", ");
        conditions::push_confidence(&mut query, filter);
        query.push(" from states s join events e on e.id = s.event_id");
    } else {
        query.push(" from states s");
    }
    conditions::push_known(&mut query, filter);
    query.push(") select * from (select 'total' as facet, '' as value, null as kind, null as name, count(*) as count from selected");
    for facet in by {
        query.push(" union all ");
        facet.push(&mut query, filter);
    }
    query.push(") counts");
    if !with_total {
        query.push(" where facet <> 'total'");
    }
    query.push(" order by count desc, value, kind");
    query
}
