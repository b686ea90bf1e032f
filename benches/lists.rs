//! Measures queries of the store among many events: pages of lists by filter, counts, look-ups,
//! changes.
//!
//!     script/with-postgres cargo bench --bench lists
//!
//! Fills a database with generated news (`dense`), repeated every four years until there are enough
//! events. Repeats each query on one connection; prints the median and the 99th percentile.
//! `SIZE=100000` sets the number of articles (default 1,000,000), `MEASURED=20` the number of
//! requests of each kind (default 50).

mod dense;

use daybook::{
    event::{Confidence, Kind, Status},
    store::{EventFilter, Facet, Since, Sort, Store},
};
use dense::{News, TODAY, create_database, drop_database, fill, is_consistent, percentiles, shown};
use jiff::{Timestamp, ToSpan};
use sqlx::Connection;
use std::{env, time::Instant};
use strum::VariantArray;
use uuid::Uuid;

/// The number of articles of an era.
const ERA: u64 = 100_000;

/// A query.
enum Question {
    List(EventFilter, Sort),
    Count(EventFilter),
    Facets(EventFilter),
    Changes(EventFilter),
    Left(EventFilter),
    Participants,
    Places,
    Sources,
    Status,
    Version(Uuid),
    Event(Uuid),
}

fn main() {
    // `cargo test --benches` runs it as well, without a database to fill.
    if env::args().any(|argument| argument == "--bench") {
        tokio::runtime::Runtime::new().unwrap().block_on(run());
    }
}

async fn run() {
    let number = |name: &str, default: u64| env::var(name).map_or(default, |number| number.parse().unwrap());
    let (size, measured) = (number("SIZE", 1_000_000), number("MEASURED", 50));
    let (store, mut db) = create_database().await;
    let started = Instant::now();
    let eras = u32::try_from(size.div_ceil(ERA)).unwrap();
    let events = fill(&mut db, News { events: size / u64::from(eras) }, eras).await;
    let event = sqlx::query_scalar("select id from events where gone is null order by id limit 1");
    let event = event.fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    assert!(is_consistent(&store, 20).await, "what is stored is what its articles make");
    println!("{events} events, made in {} s", started.elapsed().as_secs());
    println!("question                                      median         p99");
    for (name, question) in questions(event) {
        let mut times = Vec::new();
        for _ in 0..measured {
            let start = Instant::now();
            ask(&store, &question).await;
            times.push(start.elapsed());
            // Slow queries are repeated less often.
            if start.elapsed().as_secs() > 0 && times.len() > 2 {
                break;
            }
        }
        let [median, p99] = percentiles(times, [50, 99]).map(shown);
        println!("{name:<40}  {median:>10}  {p99:>10}");
    }
    store.close().await;
    drop_database().await;
}

async fn ask(store: &Store, question: &Question) {
    let now = Timestamp::MAX;
    match question {
        Question::List(filter, sort) => drop(store.events(filter, *sort, None, 20, false).await.unwrap()),
        Question::Count(filter) => drop(store.count(filter).await.unwrap()),
        Question::Facets(filter) => drop(store.facets(filter, Facet::VARIANTS).await.unwrap()),
        Question::Changes(filter) => {
            drop(store.changes(filter, Since::Instant(Timestamp::UNIX_EPOCH), 20, false).await.unwrap());
        }
        Question::Left(filter) => drop(store.gone(filter, Timestamp::UNIX_EPOCH).await.unwrap()),
        Question::Participants => drop(store.parties().await.unwrap()),
        Question::Places => drop(store.places().await.unwrap()),
        Question::Sources => drop(store.sources().await.unwrap()),
        Question::Status => drop(store.summary(now).await.unwrap()),
        Question::Version(event) => drop(store.event_version(*event).await.unwrap()),
        Question::Event(event) => drop(store.event(*event, None).await.unwrap()),
    }
}

fn questions(event: Uuid) -> Vec<(&'static str, Question)> {
    let day = |days: i64| Some(TODAY.checked_add(days.days()).unwrap());
    let all = EventFilter::default;
    let party = |names: &[&str]| names.iter().map(|name| vec![(*name).to_owned()]).collect::<Vec<_>>();
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let dates = || EventFilter { from: day(-7), to: day(30), ..all() };
    let ascending = [
        ("none", all()),
        ("from", EventFilter { from: day(0), ..all() }),
        ("from, to", dates()),
        ("to", EventFilter { to: day(-300), ..all() }),
        ("participant, frequent", EventFilter { participants: party(&["country:AA"]), ..all() }),
        ("participant, rare", EventFilter { participants: party(&["Land HH"]), ..all() }),
        ("two participants", EventFilter { participants: party(&["country:AA", "country:BA"]), ..all() }),
        ("participant, from, to", EventFilter { participants: party(&["country:AA"]), ..dates() }),
        ("country", EventFilter { countries: texts(&["CX"]), ..all() }),
        ("place", EventFilter { places: texts(&["City 17"]), ..all() }),
        ("kind", EventFilter { kinds: vec![Kind::Hearing], ..all() }),
        ("status", EventFilter { statuses: vec![Status::Cancelled], ..all() }),
        ("status, from, to", EventFilter { statuses: vec![Status::Cancelled], ..dates() }),
        ("words, frequent", EventFilter { words: texts(&["talks"]), ..all() }),
        ("words, rare", EventFilter { words: texts(&["77777"]), ..all() }),
        ("words, two", EventFilter { words: texts(&["hh", "said"]), ..all() }),
        ("source", EventFilter { sources: texts(&["Source 7"]), ..all() }),
        ("source, from, to", EventFilter { sources: texts(&["Source 7"]), ..dates() }),
        ("article", EventFilter { article: Some(Uuid::from_u128(4711)), ..all() }),
        ("min_confidence", EventFilter { min_confidence: Confidence::new(0.97), ..all() }),
        ("as_of", EventFilter { as_of: day(-60), ..all() }),
        ("as_of, from, to", EventFilter { as_of: day(-60), ..dates() }),
        ("as_of, min_confidence", EventFilter { as_of: day(-60), min_confidence: Confidence::new(0.97), ..all() }),
        ("as_of, source, from", EventFilter { as_of: day(-60), sources: texts(&["Source 7"]), from: day(-7), ..all() }),
        ("status_since", EventFilter { status_since: Some(Timestamp::MAX), ..all() }),
    ];
    let ascending = ascending.map(|(name, filter)| (name, Question::List(filter, Sort::StartsOn)));
    let others = [
        ("none, the last day first", Question::List(all(), Sort::StartsOnDescending)),
        ("from, to, the last day first", Question::List(dates(), Sort::StartsOnDescending)),
        ("none, the last changed first", Question::List(all(), Sort::UpdatedAtDescending)),
        ("updated_since", Question::Changes(all())),
        ("updated_since, participant", Question::Changes(EventFilter { participants: party(&["Land HH"]), ..all() })),
        ("tombstones of a calendar", Question::Left(all())),
        ("count", Question::Count(dates())),
        ("facets of two months", Question::Facets(dates())),
        ("facets of everything", Question::Facets(all())),
        ("participants", Question::Participants),
        ("places", Question::Places),
        ("sources", Question::Sources),
        ("status page", Question::Status),
        ("version of an event", Question::Version(event)),
        ("event with its evidence", Question::Event(event)),
    ];
    ascending.into_iter().chain(others).collect()
}
