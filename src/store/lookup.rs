//! The participants and places of shown events, for autocompletion, and whether a name is known.

use super::{Error, Store, search};
use crate::event::ParticipantKind;
use serde::Serialize;
use utoipa::ToSchema;

/// A participant with the number of its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParticipantSuggestion)]
pub struct KnownParty {
    /// Country, organization or person.
    pub kind: ParticipantKind,
    /// The usual English name.
    #[schema(example = "Japan")]
    pub name: String,
    /// The ISO 3166-1 alpha-2 code of a country or the usual acronym of an organization; absent for
    /// a person.
    #[schema(example = "JP")]
    pub code: Option<String>,
    /// The number of events.
    #[schema(example = 2)]
    pub count: u64,
}

/// A place with the number of its events.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PlaceSuggestion)]
pub struct KnownPlace {
    /// The usual English name.
    #[schema(example = "Lugano")]
    pub name: String,
    /// The ISO 3166-1 alpha-2 code.
    #[schema(example = "CH")]
    pub country: Option<String>,
    /// Latitude in degrees north.
    #[schema(example = 46.0101)]
    pub latitude: Option<f64>,
    /// Longitude in degrees east.
    #[schema(example = 8.96)]
    pub longitude: Option<f64>,
    /// The number of events.
    #[schema(example = 2)]
    pub count: u64,
}

impl Store {
    /// Returns the participants of shown events, most frequent first.
    pub async fn parties(&self) -> Result<Vec<KnownParty>, Error> {
        let rows = sqlx::query!(
            r#"select key ->> 0 as "kind!", key ->> 1 as "name!", key ->> 2 as code, sum(events)::bigint as "count!"
               from (select key, events from tallies where facet = 'participant'
                     union all select key, change from tally_changes where facet = 'participant') tally
               group by key
               having sum(events) > 0
               order by 4 desc, 2, 3"#
        );
        let party = |kind: &str, name: String, code, count: i64| {
            let kind = kind.parse().map_err(|_| Error::Inconsistent {
                table: "states",
                column: "state",
                row: name.clone(),
            })?;
            Ok(KnownParty { kind, name, code, count: count.unsigned_abs() })
        };
        rows.fetch_all(&self.pool)
            .await?
            .into_iter()
            .map(|row| party(&row.kind, row.name, row.code, row.count))
            .collect()
    }

    /// Returns whether a participant of a shown event has one of these keys, in the form of
    /// [`super::EventFilter`].
    pub async fn has_participant(&self, keys: &[String]) -> Result<bool, Error> {
        let keys: Vec<String> = keys.iter().map(|key| search::key(key)).collect();
        let found = sqlx::query_scalar!(
            r#"select exists (select from states
                              where shown_from is not null and shown_to is null and party_keys && $1) as "found!""#,
            &keys,
        );
        Ok(found.fetch_one(&self.pool).await?)
    }

    /// Returns whether a shown event takes place at a place of this name.
    pub async fn has_place(&self, name: &str) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(
            r#"select exists (select from states
                              where shown_from is not null and shown_to is null and place_key = $1) as "found!""#,
            search::key(name),
        );
        Ok(found.fetch_one(&self.pool).await?)
    }

    /// Returns whether an article has this source.
    pub async fn has_source(&self, name: &str) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(
            r#"select exists (select from articles where source is not null and lower(source) = any ($1)) as "found!""#,
            &search::source_keys(name),
        );
        Ok(found.fetch_one(&self.pool).await?)
    }

    /// Returns the sources of all articles.
    pub async fn sources(&self) -> Result<Vec<String>, Error> {
        let sources = sqlx::query_scalar!(
            // A loose index scan: there are few sources among many articles.
            r#"with recursive sources (source) as (
                   (select source from articles where source is not null order by source limit 1)
                   union all
                   select (select a.source from articles a where a.source > s.source order by a.source limit 1)
                   from sources s where s.source is not null)
               select source as "source!" from sources where source is not null"#
        );
        Ok(sources.fetch_all(&self.pool).await?)
    }

    /// Returns the places of shown events, most frequent first.
    pub async fn places(&self) -> Result<Vec<KnownPlace>, Error> {
        let rows = sqlx::query!(
            r#"select key ->> 0 as "name!", key ->> 1 as country, (key ->> 2)::double precision as latitude,
                      (key ->> 3)::double precision as longitude, sum(events)::bigint as "count!"
               from (select key, events from tallies where facet = 'place'
                     union all select key, change from tally_changes where facet = 'place') tally
               group by key
               having sum(events) > 0
               order by 5 desc, 1, 2"#
        );
        let places = rows.fetch_all(&self.pool).await?.into_iter().map(|row| KnownPlace {
            name: row.name,
            country: row.country,
            latitude: row.latitude,
            longitude: row.longitude,
            count: row.count.unsigned_abs(),
        });
        Ok(places.collect())
    }
}
