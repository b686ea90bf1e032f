//! The service under test, and the record of what it was sent.

use super::{
    followers::{Copy, Hooked, Pages, Streamed},
    operation::{FILTERS, Operation, Pick, Wanted},
};
use crate::{
    laws::{Version, equals_fold},
    support::{Api, interrupt, now},
    webhooks::{Receiver, Reply},
};
use axum::http::StatusCode;
use daybook::{
    deliver,
    event::{Event, Mention},
    http::{self, Access, App, Limits, Streams},
    store::{Corrected, EventFilter, Outcome, Sort, Store, Verified, Wish},
    timeline::{Content, Correction, Entry, EntryId, Order},
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use proptest::{prelude::*, test_runner::TestCaseError};
use serde_json::{Value, json};
use sqlx::{PgPool, types::Json};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ffi::OsStr,
};
use uuid::Uuid;

const AUTHOR: &str = "The desk";

/// The filters of the two webhooks.
const HOOKED: [usize; 2] = [0, 5];

pub(super) struct World {
    pool: PgPool,
    app: App,
    api: Api,
    /// Where pages and streams are read, unless from the primary.
    standby: Option<Api>,
    now: Timestamp,
    /// The stored articles by URL.
    held: BTreeMap<u8, (Version, Uuid)>,
    corrections: BTreeMap<Uuid, Entry>,
    timelines: BTreeMap<String, &'static str>,
    /// All events that were ever shown.
    known: BTreeSet<Uuid>,
    pages: Vec<Pages>,
    streams: Vec<Streamed>,
    hooks: Vec<Hooked>,
    receivers: [Receiver; 2],
    /// The number of corrections made, from which their ids are derived.
    made: u128,
}

/// A store with connections of its own, as in another process.
pub(super) fn connect(pool: &PgPool) -> Store {
    Store::connect((*pool.connect_options()).clone())
}

/// The service on the standby whose socket is in a directory, once it has replayed what the primary has
/// written by now.
async fn standby(pool: &PgPool, app: &App, folder: &OsStr) -> Api {
    let options = (*pool.connect_options()).clone().socket(folder);
    let there = PgPool::connect_lazy_with(options.clone());
    let position = sqlx::query_scalar("select pg_current_wal_lsn()::text").fetch_one(pool);
    let position: String = position.await.unwrap();
    let is_there = "select pg_last_wal_replay_lsn() >= $1::text::pg_lsn";
    while !sqlx::query_scalar::<_, bool>(is_there).bind(&position).fetch_one(&there).await.unwrap() {
        tokio::task::yield_now().await;
    }
    there.close().await;
    let app = App { store: Store::connect(options), streams: Streams::default(), ..app.clone() };
    Api::over(app.store.clone(), http::router(app, Access::default(), Limits::default()))
}

fn nth<T>(all: impl ExactSizeIterator<Item = T>, pick: Pick) -> Option<T> {
    let mut all = all;
    let at = usize::from(pick).checked_rem(all.len())?;
    all.nth(at)
}

impl World {
    pub(super) async fn new(pool: &PgPool, app: App, receivers: &[Receiver; 2], urls: &[String; 2]) -> Self {
        let router = http::router(app.clone(), Access::default(), Limits::default());
        let api = Api::over(app.store.clone(), router);
        let standby = match env::var_os("STANDBY") {
            Some(folder) => Some(standby(pool, &app, &folder).await),
            None => None,
        };
        let mut hooks = Vec::new();
        for ((receiver, url), filter) in receivers.iter().zip(urls).zip(HOOKED) {
            receiver.forget();
            let made = api.post_json("/v1/webhooks", &json!({"url": url, "filters": filters(FILTERS[filter])})).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&made.body));
            hooks.push(Hooked::new(Copy::new(&api, FILTERS[filter]).await.0));
        }
        Self {
            pool: pool.clone(),
            app,
            api,
            standby,
            now: now() - 48.hours(),
            held: BTreeMap::new(),
            corrections: BTreeMap::new(),
            timelines: BTreeMap::new(),
            known: BTreeSet::new(),
            pages: Vec::new(),
            streams: Vec::new(),
            hooks,
            receivers: receivers.clone(),
            made: 0,
        }
    }

    fn store(&self) -> &Store {
        &self.app.store
    }

    fn followed(&self) -> &Api {
        self.standby.as_ref().unwrap_or(&self.api)
    }

    pub(super) async fn perform(&mut self, operation: Operation) -> Result<(), TestCaseError> {
        match operation {
            Operation::Interrupted(polls, operation) => self.write(*operation, Some(polls)).await?,
            Operation::Save(slug, filter) => self.save(slug, filter).await?,
            Operation::Unsave(slug) => {
                if let Some(slug) = nth(self.timelines.keys(), slug).cloned() {
                    let deleted = self.api.delete(&format!("/v1/timelines/{slug}")).await;
                    prop_assert_eq!(deleted.status, StatusCode::NO_CONTENT);
                    self.timelines.remove(&slug);
                }
            }
            Operation::Restart => self.restart().await,
            Operation::Wait(hours) => self.now += hours.hours(),
            Operation::Follow(size, filter) => {
                let filter = FILTERS[usize::from(filter) % FILTERS.len()];
                self.pages.push(Pages::new(self.followed(), size, filter).await);
            }
            Operation::FollowArticle(size, pick) => {
                if let Some((_, article)) = nth(self.held.values(), pick) {
                    let filter = format!("article={article}");
                    self.pages.push(Pages::new(self.followed(), size, &filter).await);
                }
            }
            Operation::Turn(pick) => {
                if let Some(pages) = nth(self.pages.iter_mut(), pick) {
                    pages.turn(self.standby.as_ref().unwrap_or(&self.api)).await?;
                }
            }
            Operation::Stream(filter) => {
                let filter = FILTERS[usize::from(filter) % FILTERS.len()];
                self.streams.push(Streamed::new(self.followed(), filter).await);
            }
            Operation::Read(pick) => {
                if let Some(stream) = nth(self.streams.iter_mut(), pick) {
                    stream.read().await;
                }
            }
            Operation::Break(pick) => {
                if let Some(stream) = nth(self.streams.iter_mut(), pick) {
                    stream.resume(self.standby.as_ref().unwrap_or(&self.api)).await;
                }
            }
            Operation::Deliver(is_refused) => {
                if is_refused {
                    self.receivers[0].replies(&[Reply::Status(503)]);
                }
                self.deliver().await;
            }
            Operation::Check => self.check().await?,
            operation => self.write(operation, None).await?,
        }
        Ok(())
    }

    /// Another process takes over; streams break and reconnect to it.
    async fn restart(&mut self) {
        let (store, streams) = (connect(&self.pool), Streams::default());
        self.store().close().await;
        self.app = App { store: store.clone(), streams, ..self.app.clone() };
        self.api = Api::over(store, http::router(self.app.clone(), Access::default(), Limits::default()));
        for stream in &mut self.streams {
            stream.resume(self.standby.as_ref().unwrap_or(&self.api)).await;
        }
    }

    async fn save(&mut self, slug: Pick, filter: Pick) -> Result<(), TestCaseError> {
        let (slug, filter) = (format!("timeline-{}", slug % 3), FILTERS[usize::from(filter) % FILTERS.len()]);
        let wanted = json!({"title": slug, "filters": filters(filter)});
        let saved = self.api.put_json(&format!("/v1/timelines/{slug}"), &wanted).await;
        let is_new = self.timelines.insert(slug, filter).is_none();
        prop_assert_eq!(saved.status, if is_new { StatusCode::CREATED } else { StatusCode::OK });
        Ok(())
    }

    /// Advances the clock, so that failed deliveries are due again.
    async fn deliver(&mut self) {
        self.now += 1.hours();
        deliver::due(&self.app, self.now).await.unwrap();
    }

    /// Repeats an operation that may have been interrupted.
    async fn write(&mut self, operation: Operation, polls: Option<u8>) -> Result<(), TestCaseError> {
        match operation {
            Operation::Post(version) => self.post(version, polls).await,
            Operation::Again(pick) => {
                let Some((version, _)) = nth(self.held.values(), pick).cloned() else { return Ok(()) };
                self.post(version, polls).await
            }
            Operation::Delete(pick) => {
                let Some((address, (_, id))) = nth(self.held.iter(), pick) else { return Ok(()) };
                let (address, id) = (*address, *id);
                if let Some(polls) = polls {
                    interrupt(polls, self.store().delete_article(id, self.now)).await;
                }
                let was_there = self.store().delete_article(id, self.now).await.unwrap();
                prop_assert!(was_there || polls.is_some());
                self.held.remove(&address);
                Ok(())
            }
            Operation::Reextract(pick, mentions) => {
                let Some((address, (version, id))) = nth(self.held.iter(), pick) else { return Ok(()) };
                let (address, version, id) = (*address, version.saying(mentions), *id);
                let stored = self.store().article(id).await.unwrap().unwrap();
                let extraction = version.extraction();
                if let Some(polls) = polls {
                    interrupt(polls, self.store().reextract(&stored, &extraction, self.now)).await;
                }
                self.store().reextract(&stored, &extraction, self.now).await.unwrap();
                self.held.insert(address, (version, id));
                Ok(())
            }
            Operation::Correct(wanted) => self.correct(wanted, polls).await,
            Operation::Withdraw(pick) => {
                let Some(id) = nth(self.corrections.keys(), pick).copied() else { return Ok(()) };
                prop_assert!(self.store().withdraw(id, self.now).await.unwrap());
                self.corrections.remove(&id);
                Ok(())
            }
            other => Err(TestCaseError::fail(format!("{other:?} does not write"))),
        }
    }

    async fn post(&mut self, version: Version, polls: Option<u8>) -> Result<(), TestCaseError> {
        let (article, extraction) = (version.article(), version.extraction());
        if let Some(polls) = polls {
            interrupt(polls, self.store().ingest(&article, &extraction, self.now)).await;
        }
        let ingested = self.store().ingest(&article, &extraction, self.now).await.unwrap();
        let known = self.held.get(&version.address);
        let outcome = match known {
            None => Outcome::Created,
            Some((known, _)) if known.article().text == article.text => Outcome::Unchanged,
            Some(_) => Outcome::Replaced,
        };
        if polls.is_none() {
            prop_assert_eq!(ingested.outcome, outcome);
        }
        prop_assert!(known.is_none_or(|(_, id)| *id == ingested.article.id), "an article keeps its id");
        if outcome != Outcome::Unchanged {
            self.held.insert(version.address, (version, ingested.article.id));
        }
        Ok(())
    }

    async fn correct(&mut self, wanted: Wanted, polls: Option<u8>) -> Result<(), TestCaseError> {
        let Some(wish) = self.wish(wanted).await else { return Ok(()) };
        self.made += 1;
        let id = Uuid::from_u128(self.made);
        let correct = || self.app.store.correct_once(id, &wish, AUTHOR, "A reason", None, self.now);
        if let Some(polls) = polls {
            interrupt(polls, correct()).await;
        }
        match correct().await.unwrap() {
            Corrected::Done(made, _) => prop_assert_eq!(made, id),
            Corrected::NothingToSplit | Corrected::NotEvidence => return Ok(()),
            other => prop_assert!(false, "{:?} of {:?}", other, wish),
        }
        let action = sqlx::query_scalar("select action from corrections where id = $1").bind(id);
        let Json(action): Json<Correction> = action.fetch_one(&self.pool).await.unwrap();
        let order = Order {
            published_on: TimeZone::UTC.to_datetime(self.now).date(),
            published_at: Some(self.now),
            source: Some(AUTHOR.to_owned()),
            text_hash: id.to_string(),
            url: None,
            position: 0,
        };
        self.corrections.insert(id, Entry { id: EntryId::Correction(id), order, content: Content::Correction(action) });
        Ok(())
    }

    /// A correction of shown events, if there are any.
    async fn wish(&self, wanted: Wanted) -> Option<Wish> {
        let events = self.events().await;
        let event = |pick| nth(events.iter(), pick);
        let id = |pick| event(pick).map(|event| event.id);
        let articles = |event: &Event| -> BTreeSet<Uuid> {
            event.evidence.iter().flatten().map(|evidence| evidence.article.id).collect()
        };
        Some(match wanted {
            Wanted::Create(state) => Wish::Create(state),
            Wanted::Amend(pick, amendment) => Wish::Amend(id(pick)?, amendment),
            Wanted::Merge(pick, other) => Wish::Merge(id(pick)?, id(other).filter(|other| id(pick) != Some(*other))?),
            Wanted::Split(pick, chosen) => {
                let articles = articles(event(pick)?).into_iter().enumerate();
                let is_chosen = |at: usize| chosen.rotate_right(at.try_into().unwrap()) & 1 == 1;
                Wish::Split(id(pick)?, articles.filter(|(at, _)| is_chosen(*at)).map(|(_, id)| id).collect())
            }
            Wanted::Undo(pick) => {
                let merged = nth(self.merged().collect::<Vec<_>>().into_iter(), pick)?;
                let rows = sqlx::query_scalar("select distinct article_id from mentions where id = any ($1)");
                let away: Vec<Uuid> = rows.bind(merged).fetch_all(&self.pool).await.unwrap();
                let from = events.iter().find(|event| away.iter().any(|article| articles(event).contains(article)))?;
                Wish::Split(from.id, articles(from).into_iter().filter(|article| away.contains(article)).collect())
            }
            Wanted::Reject(pick) => Wish::Reject(id(pick)?),
            Wanted::RejectEvidence(pick, article) => Wish::RejectEvidence(
                id(pick)?,
                nth(articles(event(pick)?).into_iter().collect::<Vec<_>>().into_iter(), article)?,
            ),
        })
    }

    /// The mentions of each event that a person merged into another one.
    fn merged(&self) -> impl Iterator<Item = Vec<i64>> {
        self.corrections.values().filter_map(|entry| match &entry.content {
            Content::Correction(Correction::Merge { other, .. }) => {
                Some(other.iter().filter_map(|id| id.mention()).collect())
            }
            _ => None,
        })
    }

    async fn events(&self) -> Vec<Event> {
        let filter = EventFilter::default();
        self.store().events(&filter, Sort::StartsOn, None, 1000, true).await.unwrap().0.items
    }

    /// Checks that the articles are those that were sent, that the timeline equals their fold, and
    /// that saved timelines and ids lead to it.
    async fn check(&mut self) -> Result<(), TestCaseError> {
        equals_fold(self.store(), self.entries().await?).await?;
        let live: BTreeSet<Uuid> = self.events().await.iter().map(|event| event.id).collect();
        self.known.extend(&live);
        for id in &self.known {
            let mut answer = self.api.get(&format!("/v1/events/{id}")).await;
            prop_assert_eq!(answer.status == StatusCode::OK, live.contains(id), "{} answers {}", id, answer.status);
            if answer.status == StatusCode::PERMANENT_REDIRECT {
                answer = self.api.get(answer.headers["location"].to_str().unwrap()).await;
                let is_rejected = || answer.problem(StatusCode::GONE).to_string().contains("rejected");
                prop_assert!(answer.status == StatusCode::OK || is_rejected(), "{} leads nowhere", id);
            }
            prop_assert!(
                [StatusCode::OK, StatusCode::GONE].contains(&answer.status),
                "{} answers {}",
                id,
                answer.status
            );
        }
        for (slug, filter) in &self.timelines {
            let saved = self.api.get(&format!("/v1/timelines/{slug}")).await.json();
            let same = self.api.get(&format!("/v1/timeline?{filter}")).await.json();
            prop_assert_eq!(&saved["items"], &same["items"], "saved as {}", filter);
        }
        // Facets of everything are counted as events change, those of a filter when they are asked.
        let kept = self.api.get("/v1/facets").await.json();
        prop_assert_eq!(kept, self.api.get("/v1/facets?to=9999-12-31").await.json());
        Ok(())
    }

    /// Returns the stored entries after checking that they are those that were sent.
    async fn entries(&self) -> Result<Vec<Entry>, TestCaseError> {
        let rows = sqlx::query_as("select article_id, id, said from mentions order by article_id, position");
        let rows: Vec<(Uuid, i64, Json<Mention>)> = rows.fetch_all(&self.pool).await.unwrap();
        let mut said: BTreeMap<Uuid, (Vec<i64>, Vec<Mention>)> = BTreeMap::new();
        for (article, number, Json(mention)) in rows {
            let (numbers, mentions) = said.entry(article).or_default();
            numbers.push(number);
            mentions.push(mention);
        }
        let mut entries: Vec<Entry> = self.corrections.values().cloned().collect();
        for (version, id) in self.held.values() {
            let (numbers, mentions) = said.remove(id).unwrap_or_default();
            prop_assert_eq!(&mentions, &version.mentions);
            entries.extend(version.entries(numbers));
        }
        prop_assert!(said.is_empty(), "mentions of articles that were deleted: {:?}", said);
        let corrections = sqlx::query_scalar("select id from corrections order by id");
        let corrections: Vec<Uuid> = corrections.fetch_all(&self.pool).await.unwrap();
        prop_assert_eq!(corrections, self.corrections.keys().copied().collect::<Vec<_>>());
        Ok(entries)
    }

    /// Checks the final state: `daybook verify` finds nothing, and every copy equals the timeline.
    /// Returns the store, whose connections the next episode can use.
    pub(super) async fn settle(mut self) -> Result<Store, TestCaseError> {
        self.check().await?;
        let mut after = Verified::default();
        while let Some((next, _, differences)) = self.store().verify(after, 100, self.now).await.unwrap() {
            prop_assert_eq!(differences, vec![]);
            after = next;
        }
        for pages in &mut self.pages {
            pages.settle(self.standby.as_ref().unwrap_or(&self.api), &self.api).await?;
        }
        for stream in &mut self.streams {
            stream.settle(&self.api).await?;
        }
        for at in 0..self.hooks.len() {
            let mut tries = 0;
            while !self.hooks[at].is_true(&self.api, &self.receivers[at].taken()).await {
                if tries == 500 {
                    return Err(self.hooks[at].differs(&self.api).await);
                }
                tries += 1;
                self.deliver().await;
            }
        }
        Ok(self.app.store)
    }
}

/// Returns the filters of a query in the form in which they are saved.
fn filters(query: &str) -> Value {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}
