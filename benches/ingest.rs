//! Measures storing one more article with few and with many stored: the time must not grow with
//! their number.
//!
//!     script/with-postgres cargo bench --bench ingest
//!
//! Fills a database with generated news (`dense`), more of it in the same two years at each size;
//! then stores articles one by one: published today, and on any day of the year before, as from an
//! archive. Prints the median, the 99th percentile and the maximum, and the median relative to that
//! of the first size. `SIZES=1000,10000` sets the sizes (default 1,000, 10,000 and 100,000 events),
//! `MEASURED=50` the number of articles of each kind (default 300).

mod dense;

use daybook::{
    event::{Precision, When},
    store::Store,
};
use dense::{News, chance, create_database, drop_database, fill, index, is_consistent, percentiles, shown};
use jiff::{Timestamp, ToSpan};
use sqlx::Connection;
use std::{
    env,
    time::{Duration, Instant},
};

fn main() {
    // `cargo test --benches` runs it as well, without a database to fill.
    if env::args().any(|argument| argument == "--bench") {
        tokio::runtime::Runtime::new().unwrap().block_on(run());
    }
}

async fn run() {
    let numbers = |name: &str, default: &str| -> Vec<u64> {
        let given = env::var(name).unwrap_or_else(|_| default.into());
        given.split(',').map(|number| number.trim().parse().unwrap()).collect()
    };
    let measured = numbers("MEASURED", "300")[0];
    let mut firsts = [None, None];
    println!("    events    sort      median         p99     slowest   ratio");
    for size in numbers("SIZES", "1000,10000,100000") {
        let (store, mut db) = create_database().await;
        let news = News { events: size };
        let events = fill(&mut db, news, 1).await;
        db.close().await.unwrap();
        assert!(is_consistent(&store, 20).await, "what is stored is what its articles make");
        for (sort, first) in ["today", "late"].into_iter().zip(&mut firsts) {
            let mut times = Vec::new();
            for nth in 0..measured {
                let number = if sort == "today" { size + nth } else { chance(nth) % size };
                times.push(ingest(&store, news, number, sort == "late").await);
            }
            let [median, p99, slowest] = percentiles(times, [50, 99, 100]);
            let ratio = median.as_secs_f64() / first.get_or_insert(median).as_secs_f64();
            let [median, p99, slowest] = [median, p99, slowest].map(shown);
            println!("{events:>10}  {sort:>6}  {median:>10}  {p99:>10}  {slowest:>10}  {ratio:>6.2}");
        }
        store.close().await;
    }
    drop_database().await;
}

/// Stores an article. A late one has another source than the others of its date; half of them state
/// the same, half announce another event some days later.
async fn ingest(store: &Store, news: News, number: u64, is_late: bool) -> Duration {
    let (mut article, mut extraction) = news.article(number);
    if is_late {
        article.url = Some(format!("https://archive.example/{number}"));
        article.source = Some("Archive".into());
        article.text.push_str(" Late.");
        let days = [0, 0, 0, 2, 3, 5][index(number % 6)];
        let when = extraction.mentions[0].when.as_ref().map(|when| when.starts_on + days.days());
        extraction.mentions[0].when = when.and_then(|day| When::of_days(day, day, Precision::Day));
    }
    let start = Instant::now();
    store.ingest(&article, &extraction, Timestamp::UNIX_EPOCH).await.unwrap();
    start.elapsed()
}
