//! The table `feed_items`: the items that feeds list, and their outcomes.

use super::{
    Cursor, Error, Page, Store,
    time::{Day, Instant},
};
use crate::feed::{Item, ItemState};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use url::Url;
use utoipa::ToSchema;
use uuid::Uuid;

/// An item of a feed with its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeedItem {
    /// The id.
    pub id: Uuid,
    /// The identifier in the feed, truncated to 500 characters.
    pub key: String,
    /// The URL of its page.
    pub url: String,
    /// The headline in the feed.
    pub title: Option<String>,
    /// The publication date in the feed.
    #[schema(value_type = Option<String>, format = Date)]
    pub published_on: Option<Date>,
    /// The publication time in the feed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// The state.
    pub state: ItemState,
    /// The article; absent if it was deleted.
    pub article: Option<Uuid>,
    /// Why it is not an article; while it is waiting, the last error.
    pub problem: Option<String>,
    /// The number of requests for its page.
    pub tries: u32,
    /// While it is waiting: when it is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// When the feed first listed it.
    #[schema(value_type = String, format = DateTime)]
    pub found_at: Timestamp,
}

struct Row {
    id: Uuid,
    key: String,
    url: String,
    title: Option<String>,
    published_on: Option<Day>,
    published_at: Option<Instant>,
    state: String,
    article_id: Option<Uuid>,
    problem: Option<String>,
    tries: i32,
    next_at: Option<Instant>,
    found_at: Instant,
}

impl TryFrom<Row> for FeedItem {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let Ok(state) = row.state.parse() else {
            return Err(Error::Inconsistent { table: "feed_items", column: "state", row: row.id.to_string() });
        };
        Ok(Self {
            id: row.id,
            key: row.key,
            url: row.url,
            title: row.title,
            published_on: row.published_on.map(|day| day.0),
            published_at: row.published_at.map(|at| at.0),
            state,
            article: row.article_id,
            problem: row.problem,
            tries: row.tries.unsigned_abs(),
            next_at: row.next_at.map(|at| at.0),
            found_at: row.found_at.0,
        })
    }
}

impl Store {
    /// Returns a page of a feed's items in one of `states`, or of all if empty; the latest found
    /// first.
    pub async fn feed_items(
        &self,
        feed: Uuid,
        states: &[ItemState],
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<FeedItem>, Error> {
        let states: Vec<String> = states.iter().map(ToString::to_string).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"select id, key, url, title, published_on as "published_on: _", published_at as "published_at: _", state,
                      article_id, problem, tries, next_at as "next_at: _", found_at as "found_at: _"
               from feed_items
               where feed_id = $1
                 and (cardinality($2::text[]) = 0 or state = any($2))
                 and ($3::timestamptz is null or (found_at, id) < ($3, $4::uuid))
               order by found_at desc, id desc
               limit $5"#,
            feed,
            &states,
            after.and_then(Cursor::instant).map(Instant) as _,
            after.map(|cursor| cursor.id),
            i64::from(limit) + 1,
        );
        let items = rows.fetch_all(&self.pool).await?.into_iter().map(FeedItem::try_from).collect::<Result<_, _>>()?;
        Ok(Page::cut(items, limit, |item: &FeedItem| Cursor::by_instant(item.found_at, item.id)))
    }
}

/// Inserts the items that are new, due now, with the hosts of their pages. Returns their number.
pub(super) async fn insert_new(
    tx: &mut PgConnection,
    feed: Uuid,
    items: &[Item],
    now: Timestamp,
) -> Result<u64, Error> {
    // Feeds list the newest item first, and ids must increase from the oldest on.
    let rows = Value::Array(items.iter().rev().filter_map(row).collect());
    sqlx::query!(
        "insert into hosts (origin, free_at)
         select distinct origin, $2::timestamptz from jsonb_to_recordset($1::jsonb) as item (origin text) order by origin
         on conflict do nothing",
        rows,
        Instant(now) as _,
    )
    .execute(&mut *tx)
    .await?;
    let inserted = sqlx::query!(
        "insert into feed_items (id, feed_id, key_hash, key, url, origin, title, published_on, published_at, content,
                                 next_at, found_at)
         select id, $2, sha256(convert_to(key, 'UTF8')), left(key, 500), url, origin, title, published_on, published_at, content, $3, $3
         from jsonb_to_recordset($1::jsonb) as item (id uuid, key text, url text, origin text, title text,
                                                     published_on date, published_at timestamptz, content text)
         on conflict (feed_id, key_hash) do nothing",
        rows,
        feed,
        Instant(now) as _,
    );
    Ok(inserted.execute(tx).await?.rows_affected())
}

/// Returns an item as a row; `None` if its URL has no host.
fn row(item: &Item) -> Option<Value> {
    let origin = Url::parse(&item.url).ok().filter(Url::has_host)?.origin().ascii_serialization();
    Some(json!({
        "id": Uuid::now_v7(),
        "key": item.key,
        "url": item.url,
        "origin": origin,
        "title": item.title,
        "published_on": item.published_on,
        "published_at": item.published_at,
        "content": item.content,
    }))
}
