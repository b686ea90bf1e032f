//! Counts the events that a filter selects by their properties. The values of a filter are counted
//! without that filter, so that a form can offer the others.

use super::{Error, EventFilter, Store, conditions, time::Day};
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

/// The name of the row that counts all events.
const TOTAL: &str = "total";

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
        let mut rows = self.counts(filter, &together, true).await?;
        for facet in alone {
            if let Some(others) = facet.without(filter) {
                rows.extend(self.counts(&others, &[facet], false).await?);
            }
        }
        self.spell_sources(&mut rows).await?;
        let mut facets = Facets::default();
        rows.into_iter().try_for_each(|row| facets.add(row))?;
        Ok(facets)
    }

    async fn counts(&self, filter: &EventFilter, by: &[Facet], with_total: bool) -> Result<Vec<Row>, Error> {
        if *filter == EventFilter::default() {
            return self.tallies(by, with_total).await;
        }
        Ok(query(filter, by, with_total).build_query_as().fetch_all(&self.heavy).await?)
    }

    /// Returns the counts of all events, which are kept.
    async fn tallies(&self, by: &[Facet], with_total: bool) -> Result<Vec<Row>, Error> {
        let mut facets: Vec<String> = by.iter().map(ToString::to_string).collect();
        if with_total {
            facets.push(TOTAL.into());
        }
        let rows = sqlx::query_as!(
            Row,
            r#"with tally as materialized (
                   select facet, key, sum(events)::bigint as count
                   from (select facet, key, events from tallies
                         union all select facet, key, change from tally_changes) tally
                   where facet = any ($1) or facet = 'month' and 'year' = any ($1) or facet = 'kind' and 'total' = any ($1)
                   group by facet, key
                   having sum(events) > 0)
               select facet as "facet!", value as "value!", kind, min(name) as name, sum(count)::bigint as "count!"
               from (select facet, key ->> 2 as value, key ->> 0 as kind, key ->> 1 as name, count
                     from tally where facet = 'participant' and key ->> 2 is not null
                     union all select facet, key ->> 0, null, null, count from tally where facet = 'place'
                     union all select facet, key #>> '{}', null, null, count
                     from tally where facet not in ('participant', 'place')
                     union all select 'year', left(key #>> '{}', 4), null, null, count from tally where facet = 'month'
                     union all select 'total', '', null, null, count from tally where facet = 'kind') counted
               where facet = any ($1)
               group by facet, value, kind
               order by sum(count) desc, value, kind"#,
            &facets,
        );
        Ok(rows.fetch_all(&self.pool).await?)
    }

    /// Replaces each source, which is counted in lower case, by the spelling of one of its articles.
    async fn spell_sources(&self, rows: &mut [Row]) -> Result<(), Error> {
        let source = Facet::Source.to_string();
        let mut sources: Vec<&mut Row> = rows.iter_mut().filter(|row| row.facet == source).collect();
        if sources.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = sources.iter().map(|row| row.value.clone()).collect();
        let spelled = sqlx::query_scalar!(
            r#"select coalesce((select a.source from articles a where a.source is not null and lower(a.source) = key limit 1),
                               key) as "source!"
               from unnest($1::text[]) with ordinality source (key, position)
               order by position"#,
            &keys,
        );
        for (row, source) in sources.iter_mut().zip(spelled.fetch_all(&self.pool).await?) {
            row.value = source;
        }
        Ok(())
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
            Self::Confidence => ("tenth(s.confidence)", ""),
            Self::Participant => {
                query.push(
                    "select 'participant', party ->> 'code', party ->> 'kind', min(party ->> 'name'), count(*)
                     from selected s, jsonb_array_elements(s.state -> 'participants') party
                     where party ->> 'code' is not null group by 2, 3",
                );
                return;
            }
            Self::Source => return push_sources(query, filter),
        };
        query.push(format!(
            "select '{self}', {value}, null, null, count(*) from selected s{condition} group by {value}"
        ));
    }
}

/// Appends a query of the counts by source among `selected`.
fn push_sources(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    let Some(day) = filter.as_of.map(Day) else {
        query.push(
            "select 'source', source, null, null, count(*)
             from selected s join events e on e.id = s.event_id, unnest(e.sources) source group by source",
        );
        return;
    };
    query.push(
        "(with recursive parts (whole, part) as (
              select event_id, event_id from selected
              union all
              select p.whole, e.id from parts p join events e on e.merged_into = p.part
              where e.merged_on is null or e.merged_on <= ",
    );
    query.push_bind(day).push(
        ") select 'source', lower(a.source), null, null, count(distinct p.whole)
           from parts p
           join mentions m on m.event_id = p.part and not m.is_rejected and m.published_on <= ",
    );
    query.push_bind(day).push(
        " join articles a on a.id = m.article_id and a.source is not null
          group by lower(a.source))",
    );
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
