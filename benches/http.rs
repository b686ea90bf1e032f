//! Measures requests per second and their durations with many concurrent clients.
//!
//!     script/with-postgres cargo bench --bench http
//!
//! Fills a database with generated news (`dense`) and serves it in this process, which also runs
//! the clients: each sends its next request after the last response. Prints requests per second,
//! their ratio to `/healthz`, the median, the 99th percentile, and the number of rejected requests.
//! `SIZE=10000` sets the number of articles (default 100,000), `SECONDS=1` the time per row
//! (default 5), `CLIENTS=8` the number of clients (default 64).

mod dense;

use daybook::{
    extract::Extractor,
    http::{self, Access, App, Connections, Limits},
};
use dense::{News, create_database, drop_database, fill, index, is_consistent, percentiles, shown};
use sqlx::Connection;
use std::{
    env,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use uuid::Uuid;

/// Pages of twenty events by the filters that a page of the timeline offers.
const LISTS: [&str; 12] = [
    "",
    "from=2024-06-12",
    "from=2024-06-12&to=2024-07-12",
    "participant=Land+AA",
    "participant=Land+HH",
    "participant=Land+AA&from=2024-06-12",
    "country=CX",
    "place=City+17",
    "kind=hearing",
    "status=cancelled",
    "q=talks+aa",
    "source=Source+7",
];

fn main() {
    // `cargo test --benches` runs it as well, without a database to fill.
    if env::args().any(|argument| argument == "--bench") {
        tokio::runtime::Runtime::new().unwrap().block_on(run());
    }
}

async fn run() {
    let number = |name: &str, default: u64| env::var(name).map_or(default, |number| number.parse().unwrap());
    let (size, seconds, clients) = (number("SIZE", 100_000), number("SECONDS", 5), number("CLIENTS", 64));
    let (store, mut db) = create_database().await;
    let events = fill(&mut db, News { events: size }, 1).await;
    let event = sqlx::query_scalar("select id from events where gone is null order by id limit 1");
    let event: Uuid = event.fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    assert!(is_consistent(&store, 20).await, "what is stored is what its articles make");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = http::router(App::new(store.clone(), Extractor::new()), Access::default(), Limits::default());
    let serving = tokio::spawn(http::serve(listener, router, Connections::default(), std::future::pending()));
    let path = format!("/v1/events/{event}");
    let mut client = Client::connect(address).await;
    let tag = client.ask(&request(&path, "")).await.tag;
    println!("{events} events, {clients} clients");
    println!("request                           per second   ratio      median         p99  refused");
    let rows = [
        ("/healthz", vec![request("/healthz", "")]),
        ("event, 304", vec![request(&path, &format!("If-None-Match: {tag}\r\n"))]),
        ("event with its evidence", vec![request(&path, "")]),
        ("first page of twenty", vec![request("/v1/events?limit=20", "")]),
        ("twelve filtered lists in turn", lists()),
    ];
    let mut healthz = None;
    for (name, requests) in rows {
        let (times, refused) = load(address, &requests, clients, Duration::from_secs(seconds)).await;
        let per_second = times.len() as u64 / seconds;
        let answered = f64::from(u32::try_from(times.len()).unwrap());
        let ratio = answered / *healthz.get_or_insert(answered);
        let [median, p99] = percentiles(times, [50, 99]).map(shown);
        println!("{name:<32}  {per_second:>10}  {ratio:>6.2}  {median:>10}  {p99:>10}  {refused:>7}");
    }
    serving.abort();
    store.close().await;
    drop_database().await;
}

fn lists() -> Vec<String> {
    LISTS.iter().map(|filter| request(&format!("/v1/events?limit=20&{filter}"), "")).collect()
}

fn request(path: &str, header: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n")
}

/// Returns the times of the responses, and the number of rejected requests.
async fn load(address: SocketAddr, requests: &[String], clients: u64, time: Duration) -> (Vec<Duration>, usize) {
    let end = Instant::now() + time;
    let mut all = JoinSet::new();
    for first in 0..clients {
        let requests = requests.to_vec();
        all.spawn(async move {
            let mut client = Client::connect(address).await;
            let (mut times, mut refused) = (Vec::new(), 0);
            for nth in index(first).. {
                let begun = Instant::now();
                if begun > end {
                    break;
                }
                let answer = client.ask(&requests[nth % requests.len()]).await;
                times.push(begun.elapsed());
                refused += usize::from(answer.status >= 400);
            }
            (times, refused)
        });
    }
    let (mut times, mut refused) = (Vec::new(), 0);
    for (more, also) in all.join_all().await {
        times.extend(more);
        refused += also;
    }
    (times, refused)
}

struct Client(BufReader<TcpStream>);

struct Answer {
    status: u16,
    tag: String,
}

impl Client {
    async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    async fn ask(&mut self, request: &str) -> Answer {
        self.0.get_mut().write_all(request.as_bytes()).await.unwrap();
        let (mut answer, mut length) = (Answer { status: 0, tag: String::new() }, 0);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).await.unwrap(), 0, "the connection was closed");
            match line.trim_end().split_once(' ') {
                Some(("HTTP/1.1", status)) => answer.status = status[..3].parse().unwrap(),
                Some(("content-length:", bytes)) => length = bytes.parse().unwrap(),
                Some(("etag:", tag)) => tag.clone_into(&mut answer.tag),
                _ => {}
            }
        }
        self.0.read_exact(&mut vec![0; length]).await.unwrap();
        answer
    }
}
