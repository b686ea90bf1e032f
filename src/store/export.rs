//! Exports: consistent snapshots of all articles or events, read page by page.

use super::{
    Cursor, Error, EventFilter, Page, Sort, Store, StoredArticle, articles, corrections, events,
    selection::{complete, list},
};
use crate::event::Event;
use futures_util::{Stream, TryStreamExt, stream};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

/// The number of rows that are fetched at a time.
const PAGE: u32 = 200;

impl Store {
    /// Returns a snapshot of all articles with their texts, the earliest published first. The
    /// stream holds a connection of the pool until it is dropped.
    pub async fn every_article(
        &self,
    ) -> Result<impl Stream<Item = Result<StoredArticle, Error>> + Send + use<>, Error> {
        let pages = stream::try_unfold(self.snapshot().await?, Snapshot::articles);
        Ok(pages.map_ok(each).try_flatten())
    }

    /// Returns a snapshot of all shown events by start date, with their evidence and corrections.
    /// The stream holds a connection of the pool until it is dropped.
    pub async fn every_event(&self) -> Result<impl Stream<Item = Result<Event, Error>> + Send + use<>, Error> {
        let pages = stream::try_unfold(self.snapshot().await?, Snapshot::events);
        Ok(pages.map_ok(each).try_flatten())
    }

    async fn snapshot(&self) -> Result<Snapshot, Error> {
        let tx = self.heavy.begin_with("begin isolation level repeatable read read only").await?;
        Ok(Snapshot { tx, after: None, has_ended: false })
    }
}

fn each<T>(page: Vec<T>) -> impl Stream<Item = Result<T, Error>> {
    stream::iter(page.into_iter().map(Ok))
}

/// A snapshot of the database.
struct Snapshot {
    tx: Transaction<'static, Postgres>,
    after: Option<Cursor>,
    has_ended: bool,
}

/// A page and the rest; `None` at the end.
type Turned<T> = Option<(Vec<T>, Snapshot)>;

impl Snapshot {
    async fn articles(mut self) -> Result<Turned<StoredArticle>, Error> {
        if self.has_ended {
            return Ok(None);
        }
        let rows = articles::earliest(&mut *self.tx, self.after, i64::from(PAGE) + 1).await?;
        let page = self.turn(Page::cut(rows, PAGE, |article| Cursor::by_day(article.published_on, article.id)));
        Ok(Some((page, self)))
    }

    async fn events(mut self) -> Result<Turned<Event>, Error> {
        if self.has_ended {
            return Ok(None);
        }
        let sort = Sort::StartsOn;
        let rows = list(&mut self.tx, &EventFilter::default(), sort, self.after, i64::from(PAGE) + 1).await?;
        let page = self.turn(Page::cut(rows, PAGE, |row| sort.cursor(row)));
        let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
        let roots = events::trees(&mut self.tx, &ids, None).await?;
        let mut corrected = corrections::of_events(&mut self.tx, &roots).await?;
        let mut events = complete(&mut self.tx, page, None, true).await?;
        for event in &mut events {
            event.corrections = Some(corrected.remove(&event.id).unwrap_or_default());
        }
        Ok(Some((events, self)))
    }

    fn turn<T>(&mut self, page: Page<T>) -> Vec<T> {
        self.has_ended = page.next.is_none();
        self.after = page.next;
        page.items
    }
}
