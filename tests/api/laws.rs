//! The law of the timeline: it is a function of the stored articles, independent of the order, the
//! number of times and the batches in which they arrived. The store is compared with a fold over
//! all generated articles.
//!
//! `PROPTEST_CASES` sets the number of cases.

use crate::support::{asean, australia, day, japan, mention};
use daybook::{
    article::Article,
    event::{EventState, Kind, Mention, Participant, Place, Precision, PreviousDate, Role, Status, When},
    extract::Extraction,
    store::{EventFilter, Sort, Store},
    timeline::{Content, Entry, EntryId, History, Order, build_histories},
};
use jiff::{ToSpan, civil::Date};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use tokio::{runtime::Handle, task::JoinSet};
use uuid::Uuid;

/// The first date of publication; everything happens in the following weeks.
const FIRST: &str = "2023-03-01";

/// An article with its own URL; another version of it has another text.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) address: u8,
    version: u8,
    published: i64,
    pub(super) mentions: Vec<Mention>,
}

/// Short, so that a failing case fits on a screen.
impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, version, published, mentions } = self;
        write!(f, "{address} version {version} on {}", after(*published))?;
        mentions.iter().try_for_each(|mention| write_mention(f, mention))
    }
}

/// Writes a mention briefly.
pub(super) fn write_mention(f: &mut fmt::Formatter<'_>, mention: &Mention) -> fmt::Result {
    let Mention { role, kind, status, when, date_pending, previous_dates, place, participants, .. } = mention;
    let parties: Vec<_> = participants.iter().filter_map(|party| party.code.as_deref()).collect();
    let (when, place) = (when.as_ref().map(|when| &when.edtf), place.as_ref().map(|place| &place.name));
    write!(f, "; {role} {status} {kind} of {parties:?} {when:?} in {place:?}")?;
    if *date_pending {
        write!(f, " pending")?;
    }
    previous_dates.iter().try_for_each(|previous| write!(f, " was {}", previous.edtf))
}

#[derive(Clone, Debug)]
enum Step {
    Post(Version),
    /// Posts an earlier version again.
    Again(usize),
    Delete(u8),
}

pub(super) fn after(days: i64) -> Date {
    day(FIRST).checked_add(days.days()).unwrap()
}

pub(super) fn parties() -> impl Strategy<Value = Vec<Participant>> {
    prop::sample::subsequence(vec![japan(), australia(), asean()], 1..=3)
}

fn place() -> impl Strategy<Value = Option<Place>> {
    let place = |name: &str, country: &str, point: Option<f64>| {
        Some(Place { name: name.into(), country: Some(country.into()), latitude: point, longitude: point })
    };
    prop_oneof![
        3 => Just(None),
        2 => Just(place("Lugano", "CH", Some(46.0))),
        1 => Just(place("Perth", "AU", Some(-31.9))),
        1 => Just(place("Switzerland", "CH", None)),
    ]
}

pub(super) fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        4 => (0i64..24, 0i64..3).prop_map(|(first, more)| {
            let (starts_on, ends_on) = (after(first), after(first + more / 2));
            let edtf = if more < 2 { starts_on.to_string() } else { format!("{starts_on}/{ends_on}") };
            When { starts_on, ends_on, precision: Precision::Day, edtf, starts_at: None }
        }),
        1 => Just(When {
            starts_on: day("2023-03-01"),
            ends_on: day("2023-03-31"),
            precision: Precision::Month,
            edtf: "2023-03".into(),
            starts_at: None,
        }),
        1 => (0i64..3).prop_map(|week| {
            let (starts_on, ends_on) = (after(5 + 7 * week), after(11 + 7 * week));
            let edtf = format!("{starts_on}/{ends_on}");
            When { starts_on, ends_on, precision: Precision::Week, edtf, starts_at: None }
        }),
    ]
}

pub(super) fn said() -> impl Strategy<Value = Mention> {
    let kind = prop_oneof![3 => Just(Kind::Talks), 2 => Just(Kind::Meeting), 1 => Just(Kind::Visit)];
    let status = prop_oneof![3 => Just(Status::Confirmed), 1 => Just(Status::Tentative)];
    let announced = (kind, status, when(), place(), parties()).prop_map(|(kind, status, when, place, parties)| {
        Mention { status, when: Some(when), place, ..mention(kind, FIRST, &parties) }
    });
    let change = prop_oneof![
        6 => Just((Role::Announces, Status::Confirmed, false)),
        1 => Just((Role::Changes, Status::Postponed, false)),
        1 => Just((Role::Changes, Status::Postponed, true)),
        1 => Just((Role::Changes, Status::Cancelled, false)),
        1 => Just((Role::Changes, Status::Confirmed, false)),
        1 => Just((Role::Reports, Status::Held, false)),
    ];
    (announced, change, prop::bool::weighted(0.4), prop::option::weighted(0.3, when())).prop_map(
        |(mut mention, (role, status, date_pending), undated, old)| {
            if role != Role::Announces {
                (mention.role, mention.status, mention.date_pending) = (role, status, date_pending);
                let previous = old.filter(|_| role == Role::Changes && !date_pending && !undated);
                mention.previous_dates = previous
                    .into_iter()
                    .map(|old| PreviousDate { starts_on: old.starts_on, ends_on: old.ends_on, edtf: old.edtf })
                    .collect();
                mention.when = mention.when.filter(|_| !undated);
            }
            mention
        },
    )
}

pub(super) fn version() -> impl Strategy<Value = Version> {
    (0u8..8, 0u8..3, 0i64..20, prop::collection::vec(said(), 1..4))
        .prop_map(|(address, version, published, mentions)| Version { address, version, published, mentions })
}

/// Articles about many events of the same two participants, so that a change without a date may
/// refer to more of them than are looked up first.
fn crowd() -> impl Strategy<Value = Vec<Version>> {
    let said = (said(), 0i64..60, prop::bool::weighted(0.7)).prop_map(|(mut mention, day, is_announcement)| {
        mention.participants = vec![japan(), australia()];
        mention.place = None;
        if is_announcement {
            (mention.role, mention.status) = (Role::Announces, Status::Confirmed);
            (mention.date_pending, mention.previous_dates) = (false, Vec::new());
            mention.when = When::of_days(after(day), after(day), Precision::Day);
        }
        mention
    });
    prop::collection::vec((0i64..30, said), 24..40).prop_map(|said| {
        let version =
            |(address, (published, mention))| Version { address, version: 0, published, mentions: vec![mention] };
        (0..).zip(said).map(version).collect()
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => version().prop_map(Step::Post),
        1 => (0usize..20).prop_map(Step::Again),
        1 => (0u8..8).prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 1..14)
}

impl Version {
    pub(super) fn article(&self) -> Article {
        let mut article = crate::support::at(
            &format!("https://news-{}.example/{}", self.address % 3, self.address),
            &format!("Version {} of {}, {}.", self.version, self.address, self.published),
        );
        article.published_on = after(self.published);
        article
    }

    pub(super) fn extraction(&self) -> Extraction {
        Extraction {
            language: Some("en".into()),
            mentions: self.mentions.clone(),
            dates: vec![],
            unused_dates: vec![],
            warnings: vec![],
        }
    }

    /// The same article with other mentions.
    pub(super) fn saying(&self, mentions: Vec<Mention>) -> Self {
        Self { mentions, ..self.clone() }
    }

    /// Returns its mentions as entries with these numbers.
    pub(super) fn entries(&self, numbers: impl IntoIterator<Item = i64>) -> Vec<Entry> {
        let article = self.article();
        let digest = Sha256::digest(&article.text);
        let text_hash = digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let order = |position| Order {
            published_on: article.published_on,
            published_at: None,
            source: article.source.clone(),
            text_hash: text_hash.clone(),
            url: article.url.clone(),
            position,
        };
        let entry = |(position, (number, mention)): (u32, (i64, &Mention))| {
            let content = Content::Mention { article: Uuid::from_u128(self.address.into()), mention: mention.clone() };
            Entry { id: EntryId::Mention(number), order: order(position), content }
        };
        (0..).zip(numbers.into_iter().zip(&self.mentions)).map(entry).collect()
    }
}

/// Returns the current versions after the steps, by URL.
fn current(steps: &[Step]) -> BTreeMap<u8, Version> {
    let mut held = BTreeMap::new();
    for step in steps {
        match step {
            Step::Post(version) => drop(replace(&mut held, version)),
            Step::Again(at) => {
                if let Some(Step::Post(version)) = steps.get(*at) {
                    drop(replace(&mut held, version));
                }
            }
            Step::Delete(address) => drop(held.remove(address)),
        }
    }
    held
}

/// Posting the same text under the same URL changes nothing.
fn replace(held: &mut BTreeMap<u8, Version>, version: &Version) -> Option<Version> {
    let same = held.get(&version.address).is_some_and(|known| known.article().text == version.article().text);
    if same { None } else { held.insert(version.address, version.clone()) }
}

/// A timeline as of a date: each event's state and the number of its articles.
type Seen = Vec<(String, u32)>;

fn seen(states: impl IntoIterator<Item = (EventState, u32)>) -> Seen {
    let mut seen: Seen =
        states.into_iter().map(|(state, articles)| (serde_json::to_string(&state).unwrap(), articles)).collect();
    seen.sort();
    seen
}

/// Returns the timeline of a fold over all entries, as of a date or now.
fn folded(entries: &[Entry], histories: &[History], as_of: Option<Date>) -> Seen {
    let until = |order: &Order| as_of.is_none_or(|day| order.published_on <= day);
    let root = |mut at: usize| {
        while let Some(merge) = histories[at].merge.as_ref().filter(|merge| until(&merge.since)) {
            at = merge.into;
        }
        at
    };
    let mut articles: BTreeMap<usize, BTreeSet<Uuid>> = BTreeMap::new();
    for (at, history) in histories.iter().enumerate() {
        for (id, _) in &history.entries {
            let entry = entries.iter().find(|entry| entry.id == *id).unwrap();
            if until(&entry.order) && !histories[root(at)].rejected.contains(id) {
                articles.entry(root(at)).or_default().extend(entry.article());
            }
        }
    }
    let is_shown = |at: usize| root(at) == at && !histories[at].rejection.as_ref().is_some_and(until);
    let shown = histories.iter().enumerate().filter(|(at, _)| is_shown(*at)).filter_map(|(at, history)| {
        let last = history.revisions.iter().rev().find(|revision| until(&revision.since))?;
        Some((last.state.clone(), u32::try_from(articles.get(&at).map_or(0, BTreeSet::len)).unwrap()))
    });
    seen(shown)
}

async fn stored(store: &Store, as_of: Option<Date>) -> Seen {
    let filter = EventFilter { as_of, ..EventFilter::default() };
    let (page, _) = store.events(&filter, Sort::StartsOn, None, 1000, false).await.unwrap();
    seen(page.items.into_iter().map(|event| (event.state, event.article_count)))
}

/// Compares the timeline of the store with the fold over the stored articles.
async fn holds(store: &Store, held: &BTreeMap<u8, Version>) -> Result<(), TestCaseError> {
    let mut number = 0;
    let mut next = || {
        number += 1;
        number
    };
    let entries = held.values().flat_map(|version| version.entries(std::iter::repeat_with(&mut next))).collect();
    equals_fold(store, entries).await
}

/// Compares the timeline of the store, now and as of every date, and every history with the fold
/// over entries.
pub(super) async fn equals_fold(store: &Store, entries: Vec<Entry>) -> Result<(), TestCaseError> {
    let built = build_histories(entries.iter().collect(), &BTreeSet::new(), &[]).unwrap();
    // Between two dates of publication nothing changes; before the first, nothing is known.
    let days: BTreeSet<Date> = entries.iter().map(|entry| entry.order.published_on).chain([after(-1)]).collect();
    for as_of in days.into_iter().map(Some).chain([None]) {
        prop_assert_eq!(stored(store, as_of).await, folded(&entries, &built, as_of), "as of {:?}", as_of);
    }
    let mut expected: Vec<String> = Vec::new();
    for history in built.iter().filter(|history| history.merge.is_none() && history.rejection.is_none()) {
        let items =
            history.revisions.iter().map(|revision| (revision.since.published_on, &revision.changes, &revision.state));
        expected.push(serde_json::to_string(&items.collect::<Vec<_>>()).unwrap());
    }
    let mut histories: Vec<String> = Vec::new();
    for event in store.events(&EventFilter::default(), Sort::StartsOn, None, 1000, true).await.unwrap().0.items {
        let history = store.history(event.id).await.unwrap();
        prop_assert_eq!(history.last().map(|item| &item.event), Some(&event.state), "history ends in the event");
        prop_assert_eq!(event.evidence.is_some_and(|evidence| !evidence.is_empty()), event.article_count > 0);
        let items: Vec<_> = history.iter().map(|item| (item.known_from, &item.changes, &item.event)).collect();
        histories.push(serde_json::to_string(&items).unwrap());
    }
    expected.sort();
    histories.sort();
    prop_assert_eq!(histories, expected);
    Ok(())
}

async fn take(store: &Store, step: &Step, steps: &[Step], ids: &mut BTreeMap<u8, Uuid>) {
    let now = crate::support::now();
    match step {
        Step::Post(version) => {
            let ingested = store.ingest(&version.article(), &version.extraction(), now).await.unwrap();
            ids.insert(version.address, ingested.article.id);
        }
        Step::Again(at) => {
            if let Some(step @ Step::Post(_)) = steps.get(*at) {
                Box::pin(take(store, step, steps, ids)).await;
            }
        }
        Step::Delete(address) => {
            if let Some(id) = ids.remove(address) {
                store.delete_article(id, now).await.unwrap();
            }
        }
    }
}

pub(super) async fn clear(pool: &PgPool) {
    // Faster than `truncate` for a few rows.
    let all = "begin; delete from states; delete from corrections; delete from mentions; delete from events;
               delete from articles; delete from webhooks; delete from timelines; commit";
    sqlx::raw_sql(all).execute(pool).await.unwrap();
}

/// Runs a property that uses the database, which requires an async runtime.
async fn check<T: std::fmt::Debug + Send + 'static>(
    strategy: impl Strategy<Value = T> + Send + 'static,
    property: impl AsyncFn(T) -> Result<(), TestCaseError> + Send + 'static,
) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    let config = Config { cases, max_shrink_iters: 400, failure_persistence: None, ..Config::default() };
    let handle = Handle::current();
    let run = move || TestRunner::new(config).run(&strategy, |value| handle.block_on(property(value)));
    tokio::task::spawn_blocking(run).await.unwrap().unwrap_or_else(|error| panic!("{error}"));
}

#[sqlx::test]
async fn any_order_of_posts_versions_and_deletions_ends_in_the_same_timeline(pool: PgPool) {
    check(steps(), async move |steps| {
        clear(&pool).await;
        let store = Store::new(pool.clone());
        let mut ids = BTreeMap::new();
        for step in &steps {
            take(&store, step, &steps, &mut ids).await;
        }
        holds(&store, &current(&steps)).await
    })
    .await;
}

#[sqlx::test]
async fn many_events_of_the_same_two_end_in_the_same_timeline(pool: PgPool) {
    check((crowd(), any::<prop::sample::Index>()), async move |(versions, deleted)| {
        clear(&pool).await;
        let store = Store::new(pool.clone());
        let mut held = BTreeMap::new();
        let mut ids = BTreeMap::new();
        let deleted = deleted.get(&versions).address;
        let posts = versions.iter().cloned().map(Step::Post);
        for step in posts.chain([Step::Delete(deleted)]) {
            take(&store, &step, &[], &mut ids).await;
        }
        held.extend(versions.into_iter().map(|version| (version.address, version)));
        held.remove(&deleted);
        holds(&store, &held).await
    })
    .await;
}

#[sqlx::test]
async fn any_number_of_writers_at_once_end_in_the_same_timeline(pool: PgPool) {
    let articles = prop::collection::btree_map(0u8..12, version(), 2..9);
    check(articles, async move |articles| {
        clear(&pool).await;
        let held: BTreeMap<u8, Version> =
            articles.into_iter().map(|(address, version)| (address, Version { address, ..version })).collect();
        let mut writers = JoinSet::new();
        for version in held.values() {
            let (version, store) = (version.clone(), Store::new(pool.clone()));
            writers.spawn(async move {
                store.ingest(&version.article(), &version.extraction(), crate::support::now()).await.unwrap();
            });
        }
        writers.join_all().await;
        holds(&Store::new(pool.clone()), &held).await
    })
    .await;
}

#[sqlx::test]
async fn batches_of_any_size_end_in_the_same_timeline(pool: PgPool) {
    // Among them versions of one article in one batch, and articles in any order of publication.
    let versions = prop_oneof![prop::collection::vec(version(), 1..20), crowd()];
    check((versions, 1usize..24), async move |(versions, size)| {
        clear(&pool).await;
        let store = Store::new(pool.clone());
        for batch in versions.chunks(size) {
            let read: Vec<_> = batch.iter().map(|version| (version.article(), version.extraction())).collect();
            let read: Vec<_> = read.iter().map(|(article, extraction)| (article, extraction)).collect();
            store.load(&read, crate::support::now()).await.unwrap();
        }
        holds(&store, &current(&versions.into_iter().map(Step::Post).collect::<Vec<_>>())).await
    })
    .await;
}
