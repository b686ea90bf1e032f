//! How long one more article takes with few and with many stored: the time must not grow with what is stored.
//!
//!     script/with-postgres cargo bench --bench ingest
//!
//! Fills a database with made-up news of constant density, thirty articles a day on ten events a day, each article on
//! three of them; at each size it adds two hundred articles one by one, and prints the median time and how much of it is
//! more than at the first size. `SIZES=1000,10000` asks for other sizes than 1,000, 10,000 and 100,000.

use daybook::{
    article::Article,
    event::{
        Confidence, Kind, Mention, Participant, ParticipantKind, Place, Precision, Quote, Role, Statement, Status, When,
    },
    extract::Extraction,
    store::Store,
};
use jiff::{Timestamp, ToSpan, civil::Date, civil::date};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    env,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const ARTICLES_A_DAY: u64 = 30;
const EVENTS_A_DAY: u64 = 10;
const MENTIONS: u64 = 3;
const MEASURED: u64 = 200;
const WRITERS: u64 = 4;

fn main() {
    // `cargo test --benches` runs it as well, without a database to fill.
    if env::args().any(|argument| argument == "--bench") {
        tokio::runtime::Runtime::new().unwrap().block_on(run());
    }
}

async fn run() {
    let sizes = env::var("SIZES").unwrap_or_else(|_| "1000,10000,100000".into());
    let sizes = sizes.split(',').map(|size| size.trim().parse::<u64>().unwrap());
    let options: PgConnectOptions =
        env::var("DATABASE_URL").expect("run it with script/with-postgres").parse().unwrap();
    let mut server = PgConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("drop database if exists daybook_bench").execute(&mut server).await.unwrap();
    sqlx::raw_sql("create database daybook_bench").execute(&mut server).await.unwrap();
    let store = Store::connect(options.database("daybook_bench"));
    store.migrate().await.unwrap();

    let (mut stored, mut first) = (0, None);
    println!("{:>10}  {:>10}  {:>10}  {:>6}", "articles", "median", "slowest", "ratio");
    for size in sizes {
        stored = fill(&store, stored, size).await;
        let mut times = Vec::new();
        for number in stored..stored + MEASURED {
            let start = Instant::now();
            ingest(&store, number).await;
            times.push(start.elapsed());
        }
        stored += MEASURED;
        times.sort();
        let median = times[times.len() / 2];
        let ratio = median.as_secs_f64() / first.get_or_insert(median).as_secs_f64();
        println!("{size:>10}  {:>10}  {:>10}  {ratio:>6.2}", shown(median), shown(times[times.len() - 1]));
    }
    store.close().await;
    sqlx::raw_sql("drop database daybook_bench").execute(&mut server).await.unwrap();
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Stores articles up to a size, several writers at once, which meet on the same events.
async fn fill(store: &Store, from: u64, to: u64) -> u64 {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let store = store.clone();
        writers.spawn(async move {
            for number in (from..to).filter(|number| number % WRITERS == writer) {
                ingest(&store, number).await;
            }
        });
    }
    writers.join_all().await;
    to.max(from)
}

async fn ingest(store: &Store, number: u64) {
    let article = Article {
        title: None,
        text: format!("Article {number}."),
        published_on: day(number / ARTICLES_A_DAY),
        published_at: None,
        url: Some(format!("https://news.example/{number}")),
        source: Some(format!("Source {}", number % 7)),
        language: Some("en".into()),
        external_id: None,
    };
    let extraction = Extraction {
        language: Some("en".into()),
        mentions: (0..MENTIONS).map(|nth| mention(number, nth)).collect(),
        dates: vec![],
        unused_dates: vec![],
        warnings: vec![],
    };
    store.ingest(&article, &extraction, Timestamp::UNIX_EPOCH).await.unwrap();
}

fn day(number: u64) -> Date {
    date(2015, 1, 1).checked_add(i64::try_from(number).unwrap().days()).unwrap()
}

/// A number that looks like chance, the same in every run (the finaliser of `SplitMix64`).
fn chance(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What an article says of an event within three weeks: most often its day, now and then only the month, a change or a
/// report without a day.
fn mention(article: u64, nth: u64) -> Mention {
    let dice = chance(article * MENTIONS + nth);
    let event_day = article / ARTICLES_A_DAY + 1 + dice % 20;
    let event = event_day * EVENTS_A_DAY + (dice >> 8) % EVENTS_A_DAY;
    let of_event = chance(event ^ 0x5eed);
    let on = day(event_day);
    let exact = When { starts_on: on, ends_on: on, precision: Precision::Day, edtf: on.to_string(), starts_at: None };
    let (first, last) = (on.first_of_month(), on.last_of_month());
    let edtf = on.strftime("%Y-%m").to_string();
    let month = When { starts_on: first, ends_on: last, precision: Precision::Month, edtf, starts_at: None };
    let (role, status, when) = match (dice >> 16) % 100 {
        0..5 => (Role::Announces, Status::Tentative, Some(month)),
        5..7 => (Role::Changes, Status::Cancelled, None),
        7..10 => (Role::Reports, Status::Held, None),
        _ => (Role::Announces, Status::Confirmed, Some(exact)),
    };
    let kinds = [Kind::Talks, Kind::Meeting, Kind::Visit, Kind::Summit, Kind::Conference, Kind::Vote];
    let text = format!("Sentence {nth} of {article}.");
    let end = u32::try_from(text.chars().count()).unwrap();
    Mention {
        role,
        kind: kinds[usize::try_from(of_event % 6).unwrap()],
        status,
        when,
        date_pending: false,
        previous_dates: vec![],
        place: Some(place((of_event >> 4) % 25)),
        participants: vec![country((of_event >> 12) % 26), country(26 + (of_event >> 20) % 26)],
        statements: vec![Statement {
            role,
            rule: "made up".into(),
            sentence: Quote { start: 0, end, text },
            date: None,
            confidence: Confidence::new(0.8),
        }],
    }
}

fn country(number: u64) -> Participant {
    let letter = |n: u64| char::from(b'A' + u8::try_from(n % 26).unwrap());
    let code: String = [letter(number), letter(number / 26 + 3)].into_iter().collect();
    Participant { kind: ParticipantKind::Country, name: format!("Land {code}"), code: Some(code), represents: None }
}

fn place(number: u64) -> Place {
    let degrees = f64::from(u8::try_from(number).unwrap()) * 3.0;
    Place {
        name: format!("City {number}"),
        country: Some("CH".into()),
        latitude: Some(degrees),
        longitude: Some(degrees),
    }
}
