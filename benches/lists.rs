//! How long a page of a list takes, by filter, among many events.
//!
//!     script/with-postgres cargo bench --bench lists
//!
//! Fills a database with made-up news (`dense`) and asks for the first twenty events that each filter selects, again and
//! again on one connection; prints the median and the 99th percentile. `SIZE=10000` asks for another number of events than
//! 100,000, `MEASURED=20` for another number of requests than 50 each.

mod dense;

use daybook::{
    event::{Confidence, Kind, Status},
    store::{EventFilter, Sort, Store},
};
use dense::{News, TODAY, fill, percentiles, shown};
use jiff::ToSpan;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{env, time::Instant};

fn main() {
    // `cargo test --benches` runs it as well, without a database to fill.
    if env::args().any(|argument| argument == "--bench") {
        tokio::runtime::Runtime::new().unwrap().block_on(run());
    }
}

async fn run() {
    let number = |name: &str, default: u64| env::var(name).map_or(default, |number| number.parse().unwrap());
    let (size, measured) = (number("SIZE", 100_000), number("MEASURED", 50));
    let options: PgConnectOptions =
        env::var("DATABASE_URL").expect("run it with script/with-postgres").parse().unwrap();
    let mut server = PgConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("drop database if exists daybook_bench").execute(&mut server).await.unwrap();
    sqlx::raw_sql("create database daybook_bench").execute(&mut server).await.unwrap();
    let options = options.database("daybook_bench");
    let store = Store::connect(options.clone());
    store.migrate().await.unwrap();
    let mut db = PgConnection::connect_with(&options).await.unwrap();
    let events = fill(&mut db, News { events: size }).await;
    db.close().await.unwrap();
    println!("{events} events");
    println!("filter                                        median         p99");
    for (name, filter, sort) in filters() {
        let mut times = Vec::new();
        for _ in 0..measured {
            let start = Instant::now();
            store.events(&filter, sort, None, 20, false).await.unwrap();
            times.push(start.elapsed());
        }
        let [median, p99] = percentiles(times, [50, 99]).map(shown);
        println!("{name:<40}  {median:>10}  {p99:>10}");
    }
    store.close().await;
    sqlx::raw_sql("drop database if exists daybook_bench").execute(&mut server).await.unwrap();
}

fn filters() -> Vec<(&'static str, EventFilter, Sort)> {
    let all = EventFilter::default;
    let day = |days: i64| Some(TODAY + days.days());
    let party = |names: &[&str]| names.iter().map(|name| vec![(*name).to_owned()]).collect::<Vec<_>>();
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
        ("country", EventFilter { countries: vec!["CX".into()], ..all() }),
        ("place", EventFilter { places: vec!["City 17".into()], ..all() }),
        ("kind", EventFilter { kinds: vec![Kind::Hearing], ..all() }),
        ("status", EventFilter { statuses: vec![Status::Cancelled], ..all() }),
        ("status, from, to", EventFilter { statuses: vec![Status::Cancelled], ..dates() }),
        ("min_confidence", EventFilter { min_confidence: Confidence::new(0.97), ..all() }),
        ("as_of", EventFilter { as_of: day(-60), ..all() }),
        ("as_of, from, to", EventFilter { as_of: day(-60), ..dates() }),
    ];
    let ascending = ascending.map(|(name, filter)| (name, filter, Sort::StartsOn));
    let descending = [
        ("none, the last day first", all(), Sort::StartsOnDescending),
        ("from, to, the last day first", dates(), Sort::StartsOnDescending),
        ("none, the last changed first", all(), Sort::UpdatedAtDescending),
    ];
    ascending.into_iter().chain(descending).collect()
}
