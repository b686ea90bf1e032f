//! The table `timelines`: saved timelines.

use super::{Error, Store, time::Instant};
use crate::saved::{ShareToken, Slug};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::types::Json;

/// A saved timeline: a selection of events under a slug.
#[derive(Clone, Debug)]
pub struct SavedTimeline {
    /// The name in the URL.
    pub slug: Slug,
    /// The title.
    pub title: String,
    /// The description.
    pub description: Option<String>,
    /// The filters: query parameters by name, each a string or a list of strings.
    pub filters: Map<String, Value>,
    /// The token; `None` if it is public.
    pub token: Option<ShareToken>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the timeline itself was last changed, not its events.
    pub updated_at: Timestamp,
}

impl SavedTimeline {
    /// Returns whether a client with this token, or without one, may read it.
    pub fn opens_to(&self, sent: Option<&str>) -> bool {
        self.token.as_ref().is_none_or(|token| sent.is_some_and(|sent| token.is(sent)))
    }
}

struct Row {
    slug: String,
    title: String,
    description: Option<String>,
    filters: Json<Map<String, Value>>,
    token: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl TryFrom<Row> for SavedTimeline {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let Ok(slug) = row.slug.parse() else {
            return Err(Error::Inconsistent { table: "timelines", column: "slug", row: row.slug });
        };
        Ok(Self {
            slug,
            title: row.title,
            description: row.description,
            filters: row.filters.0,
            token: row.token.map(ShareToken::stored),
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        })
    }
}

impl Store {
    /// Saves a timeline, replacing the one with its slug, and returns whether it is new. A private
    /// timeline that stays private keeps its token.
    pub async fn save_timeline(&self, timeline: &SavedTimeline) -> Result<(SavedTimeline, bool), Error> {
        // `xmax` is 0 in a row that was inserted, not updated.
        let row = sqlx::query!(
            r#"insert into timelines (slug, title, description, filters, token, created_at, updated_at)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (slug) do update
               set title = excluded.title, description = excluded.description, filters = excluded.filters,
                   token = case when excluded.token is not null then coalesce(timelines.token, excluded.token) end,
                   updated_at = greatest(timelines.updated_at, excluded.updated_at)
               returning slug, title, description, filters as "filters: Json<Map<String, Value>>", token,
                         created_at as "created_at: Instant", updated_at as "updated_at: Instant", xmax = 0 as "is_new!""#,
            timeline.slug.as_ref(),
            timeline.title,
            timeline.description,
            Json(&timeline.filters) as _,
            timeline.token.as_ref().map(AsRef::as_ref),
            Instant(timeline.created_at) as _,
            Instant(timeline.updated_at) as _,
        );
        let row = row.fetch_one(&self.pool).await?;
        let saved = Row {
            slug: row.slug,
            title: row.title,
            description: row.description,
            filters: row.filters,
            token: row.token,
            created_at: row.created_at,
            updated_at: row.updated_at,
        };
        Ok((saved.try_into()?, row.is_new))
    }

    /// Returns all saved timelines, by slug.
    pub async fn timelines(&self) -> Result<Vec<SavedTimeline>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select slug, title, description, filters as "filters: _", token, created_at as "created_at: _",
                      updated_at as "updated_at: _"
               from timelines order by slug"#
        );
        rows.fetch_all(&self.pool).await?.into_iter().map(SavedTimeline::try_from).collect()
    }

    /// Returns the timeline with a slug.
    pub async fn timeline(&self, slug: &Slug) -> Result<Option<SavedTimeline>, Error> {
        let row = sqlx::query_as!(
            Row,
            r#"select slug, title, description, filters as "filters: _", token, created_at as "created_at: _",
                      updated_at as "updated_at: _"
               from timelines where slug = $1"#,
            slug.as_ref()
        );
        row.fetch_optional(&self.pool).await?.map(SavedTimeline::try_from).transpose()
    }

    /// Replaces the token of a private timeline; returns `None` if the timeline does not exist or
    /// is public.
    pub async fn change_token(
        &self,
        slug: &Slug,
        token: &ShareToken,
        now: Timestamp,
    ) -> Result<Option<SavedTimeline>, Error> {
        let row = sqlx::query_as!(
            Row,
            r#"update timelines set token = $2, updated_at = greatest(updated_at, $3)
               where slug = $1 and token is not null
               returning slug, title, description, filters as "filters: _", token, created_at as "created_at: _",
                         updated_at as "updated_at: _""#,
            slug.as_ref(),
            token.as_ref(),
            Instant(now) as _
        );
        row.fetch_optional(&self.pool).await?.map(SavedTimeline::try_from).transpose()
    }

    /// Deletes the timeline with a slug. Returns false if it does not exist.
    pub async fn delete_timeline(&self, slug: &Slug) -> Result<bool, Error> {
        let deleted = sqlx::query!("delete from timelines where slug = $1", slug.as_ref());
        Ok(deleted.execute(&self.pool).await?.rows_affected() == 1)
    }
}
