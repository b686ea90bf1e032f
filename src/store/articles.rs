//! The table `articles`: each article in its current version.

use super::{
    Cursor, Error, Store,
    identity::Identity,
    time::{Day, Instant},
};
use crate::{
    article::Article,
    extract::{Extraction, RULES_VERSION},
    timeline::Order,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use sqlx::{FromRow, PgConnection, PgExecutor};
use utoipa::ToSchema;
use uuid::Uuid;

/// A stored article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoredArticle {
    /// The id, which a new version of the text keeps.
    pub id: Uuid,
    /// The headline.
    pub title: Option<String>,
    /// The body, exactly as sent; omitted in lists unless requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The publication date.
    #[schema(value_type = String, format = Date, example = "2023-02-14")]
    pub published_on: Date,
    /// The publication time.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// The URL of the article.
    pub url: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The language as an ISO 639-1 code; absent if it was not recognized.
    #[schema(example = "en")]
    pub language: Option<String>,
    /// The client's own identifier.
    pub external_id: Option<String>,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When its current version was stored.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    title: Option<String>,
    text: Option<String>,
    published_on: Day,
    published_at: Option<Instant>,
    url: Option<String>,
    source: Option<String>,
    language: Option<String>,
    external_id: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for StoredArticle {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            title: row.title,
            text: row.text,
            published_on: row.published_on.0,
            published_at: row.published_at.map(|at| at.0),
            url: row.url,
            source: row.source,
            language: row.language,
            external_id: row.external_id,
            created_at: row.created_at.0,
            updated_at: row.updated_at.0,
        }
    }
}

impl From<StoredArticle> for Article {
    /// The article as it was sent, with the source and the language that were determined since.
    fn from(stored: StoredArticle) -> Self {
        Self {
            title: stored.title,
            text: stored.text.unwrap_or_default(),
            published_on: stored.published_on,
            published_at: stored.published_at,
            url: stored.url,
            source: stored.source,
            language: stored.language,
            external_id: stored.external_id,
        }
    }
}

impl Store {
    /// Returns an article with its text.
    pub async fn article(&self, id: Uuid) -> Result<Option<StoredArticle>, Error> {
        Ok(of_ids(&self.pool, &[id]).await?.pop())
    }
}

impl Store {
    /// Returns up to `limit` articles with their texts, published on or after `since`, that another
    /// version of the rules has read; the earliest first.
    pub async fn outdated_articles(&self, since: Option<Date>, limit: u32) -> Result<Vec<StoredArticle>, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select id, title, text, published_on as "published_on: _", published_at as "published_at: _", url, source,
                      language, external_id, created_at as "created_at: _", updated_at as "updated_at: _"
               from articles
               where rules_version <> $1 and ($2::date is null or published_on >= $2)
               order by published_on, id
               limit $3"#,
            RULES_VERSION,
            since.map(Day) as _,
            i64::from(limit),
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(StoredArticle::from).collect())
    }

    /// Returns the number of those articles.
    pub async fn count_outdated_articles(&self, since: Option<Date>) -> Result<u64, Error> {
        let count = sqlx::query_scalar!(
            r#"select count(*) as "count!" from articles
               where rules_version <> $1 and ($2::date is null or published_on >= $2)"#,
            RULES_VERSION,
            since.map(Day) as _,
        );
        Ok(count.fetch_one(&self.pool).await?.unsigned_abs())
    }
}

/// Returns up to `limit` articles with their texts, the earliest published first.
pub(super) async fn earliest(
    db: impl PgExecutor<'_>,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<StoredArticle>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, title, text, published_on as "published_on: _", published_at as "published_at: _", url, source,
                  language, external_id, created_at as "created_at: _", updated_at as "updated_at: _"
           from articles
           where $1::date is null or (published_on, id) > ($1, $2::uuid)
           order by published_on, id
           limit $3"#,
        after.and_then(Cursor::day).map(Day) as _,
        after.map(|cursor| cursor.id),
        limit,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(StoredArticle::from).collect())
}

/// Returns articles with their texts, in any order.
pub(super) async fn of_ids(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<StoredArticle>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, title, text, published_on as "published_on: _", published_at as "published_at: _", url, source,
                  language, external_id, created_at as "created_at: _", updated_at as "updated_at: _"
           from articles where id = any ($1)"#,
        ids,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(StoredArticle::from).collect())
}

/// Inserts an article with its language, or replaces the one with this id by a new version.
pub(super) async fn write(
    tx: &mut PgConnection,
    id: Uuid,
    article: &Article,
    identity: &Identity<'_>,
    extraction: &Extraction,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into articles (id, title, text, published_on, published_at, url, source, language, external_id,
                               text_hash, url_hash, created_at, updated_at, rules_version, unused_dates)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, least($14::bigint, 1000000)::integer)
         on conflict (id) do update
         set title = excluded.title, text = excluded.text, published_on = excluded.published_on,
             published_at = excluded.published_at, source = excluded.source, language = excluded.language,
             external_id = excluded.external_id, text_hash = excluded.text_hash, rules_version = excluded.rules_version,
             unused_dates = excluded.unused_dates,
             updated_at = greatest(articles.updated_at, excluded.updated_at)",
        id,
        article.title,
        article.text,
        Day(article.published_on) as _,
        article.published_at.map(Instant) as _,
        article.url,
        article.source,
        extraction.language,
        article.external_id,
        identity.text_hash.as_slice(),
        identity.url_hash.as_ref().map(<[u8; 32]>::as_slice),
        Instant(now) as _,
        RULES_VERSION,
        count(&extraction.unused_dates),
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn count<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

/// Stores how many dates of an article produced no event.
pub(super) async fn set_unused_dates(tx: &mut PgConnection, id: Uuid, extraction: &Extraction) -> Result<(), Error> {
    sqlx::query!(
        "update articles set unused_dates = least($2::bigint, 1000000)::integer where id = $1",
        id,
        count(&extraction.unused_dates),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Stores that the present rules have read an article, and its language. Returns false if its text
/// has changed since.
pub(super) async fn mark_read(
    tx: &mut PgConnection,
    article: &StoredArticle,
    language: Option<&str>,
) -> Result<bool, Error> {
    let updated = sqlx::query!(
        "update articles set rules_version = $3, language = $4 where id = $1 and updated_at = $2",
        article.id,
        Instant(article.updated_at) as _,
        RULES_VERSION,
        language,
    );
    Ok(updated.execute(tx).await?.rows_affected() == 1)
}

/// Returns the position of an article's first mention in the order of publication; `None` if the
/// article does not exist.
pub(super) async fn order(tx: &mut PgConnection, id: Uuid) -> Result<Option<Order>, Error> {
    let row = sqlx::query!(
        r#"select published_on as "published_on: Day", published_at as "published_at: Instant", source, url,
                  encode(text_hash, 'hex') as "text_hash!"
           from articles where id = $1"#,
        id
    );
    let order = row.fetch_optional(tx).await?.map(|row| Order {
        published_on: row.published_on.0,
        published_at: row.published_at.map(|at| at.0),
        source: row.source,
        text_hash: row.text_hash,
        url: row.url,
        position: 0,
    });
    Ok(order)
}

/// Locks an article against other changes. Returns false if it does not exist.
pub(super) async fn lock(tx: &mut PgConnection, id: Uuid) -> Result<bool, Error> {
    let found = sqlx::query_scalar!("select id from articles where id = $1 for update", id);
    Ok(found.fetch_optional(tx).await?.is_some())
}

pub(super) async fn delete(tx: &mut PgConnection, id: Uuid) -> Result<(), Error> {
    sqlx::query!("delete from articles where id = $1", id).execute(tx).await?;
    Ok(())
}
