//! Properties of any input, shared by the fuzz targets and `tests/fuzz.rs`. Each panics if it does
//! not hold.

use daybook::{
    article::{Article, Known},
    event::Event,
    extract::Extractor,
    feed::{self, Robots},
    formats::{self, Coarse, Selection},
    http::{self, Access, App, Limits},
    key::Token,
    outbound::Network,
    saved::Slug,
    store::{Cursor, Position, Store},
};
use jiff::civil::{Date, date};
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use std::{fmt::Display, str::FromStr, sync::LazyLock};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use url::Url;

/// A property of any bytes.
type Property = fn(&[u8]);

/// The properties by the names of the targets and of the directories of their seeds.
pub const PROPERTIES: [(&str, Property); 10] = [
    ("extract", extract),
    ("plain_text", plain_text),
    ("json_line", json_line),
    ("web_page", web_page),
    ("feed", feed),
    ("robots", robots),
    ("tokens", tokens),
    ("calendar", calendar),
    ("sheet", sheet),
    ("query", query),
];

/// Checks one of the properties.
pub fn hold(name: &str, bytes: &[u8]) {
    let (_, property) = PROPERTIES.iter().find(|(known, _)| *known == name).expect("a property has this name");
    property(bytes);
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

const PUBLISHED: Date = date(2023, 2, 14);

fn text(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok()
}

/// Any text, published on any date, can be extracted: quotes are within the text, no range ends
/// before it starts, and dates in EDTF match those in days.
fn extract(bytes: &[u8]) {
    let Some((day, rest)) = bytes.split_first_chunk::<2>() else { return };
    let (Some(text), [year, day]) = (text(rest), *day) else { return };
    let published_on = date(1900 + i16::from(year), 1 + (day % 12).cast_signed(), 1 + (day % 28).cast_signed());
    let article = serde_json::json!({"text": text, "published_on": published_on, "language": "en"});
    let Ok(article) = Article::from_json(&article.to_string()) else { return };
    let extraction = EXTRACTOR.extract(&article);
    let quoted = |start: u32, end: u32| -> String {
        article.text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    for date in &extraction.dates {
        assert!(date.start < date.end, "{date:?}");
        assert_eq!(quoted(date.start, date.end), date.text);
        assert!(date.starts_on <= date.ends_on, "{date:?}");
        if let (Some(edtf), Some(first), Some(last)) = (&date.edtf, date.starts_on, date.ends_on) {
            assert_edtf(edtf, first, last);
        }
    }
    for mention in &extraction.mentions {
        assert!(!mention.statements.is_empty());
        for statement in &mention.statements {
            assert_eq!(quoted(statement.sentence.start, statement.sentence.end), statement.sentence.text);
        }
        if let Some(when) = &mention.when {
            assert_edtf(&when.edtf, when.starts_on, when.ends_on);
        }
    }
}

/// An EDTF date or interval stands for these days, unless it is a season.
fn assert_edtf(edtf: &str, first: Date, last: Date) {
    let plain = edtf.trim_end_matches(['~', '?', '%']);
    let (from, to) = plain.split_once('/').unwrap_or((plain, plain));
    let day = |part: &str, is_last: bool| -> Option<Date> {
        let part = part.trim_end_matches(['~', '?', '%']);
        let mut numbers = part.split('-').map(str::parse::<i16>);
        let year = numbers.next()?.ok()?;
        let month = numbers.next().transpose().ok()?;
        let day = numbers.next().transpose().ok()?;
        match (month, day) {
            (None, _) => Some(if is_last { date(year, 12, 31) } else { date(year, 1, 1) }),
            (Some(month @ 1..=12), None) => {
                let first = date(year, i8::try_from(month).ok()?, 1);
                Some(if is_last { first.last_of_month() } else { first })
            }
            (Some(month @ 1..=12), Some(day)) => {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            }
            _ => None,
        }
    };
    if let (Some(from), Some(to)) = (day(from, false), day(to, true)) {
        assert_eq!((from, to), (first, last), "{edtf}");
    }
}

/// A valid article passes validation again, unchanged.
fn assert_same_again(article: &Article) {
    let again = serde_json::to_string(article).unwrap();
    assert_eq!(Article::from_json(&again).as_ref(), Ok(article), "{again}");
}

fn plain_text(bytes: &[u8]) {
    if let Some(article) = text(bytes).and_then(|text| Article::from_plain_text(text).ok()) {
        assert_same_again(&article);
    }
}

fn json_line(bytes: &[u8]) {
    if let Some(article) = text(bytes).and_then(|text| Article::from_json(text).ok()) {
        assert_same_again(&article);
    }
}

fn web_page(bytes: &[u8]) {
    let known = Known { published_on: Some(PUBLISHED), ..Known::default() };
    for content_type in [None, Some("text/html; charset=utf-8"), Some("text/html; charset=windows-1252")] {
        if let Ok(article) = Article::from_web_page(bytes, content_type, &known) {
            assert_same_again(&article);
        }
    }
}

/// The links of a feed are HTTP(S) URLs.
fn feed(bytes: &[u8]) {
    let base: Url = "https://news.example/feed".parse().unwrap();
    if let Ok(document) = feed::read(bytes, &base) {
        for item in document.items {
            let url: Url = item.url.parse().unwrap();
            assert!(["http", "https"].contains(&url.scheme()), "{url}");
        }
    }
}

fn robots(bytes: &[u8]) {
    let robots = Robots::new(&Robots::kept(bytes));
    let url: Url = "https://news.example/a".parse().unwrap();
    let allowed = robots.allow(&url);
    assert_eq!(allowed, robots.allow(&url));
    assert!(!robots.delay().is_negative());
}

/// What clients send back is serialized as it was, or equivalently.
fn tokens(bytes: &[u8]) {
    fn assert_same<T: FromStr + Display + PartialEq + std::fmt::Debug>(text: &str) {
        if let Ok(read) = text.parse::<T>() {
            assert_eq!(read.to_string().parse::<T>().ok(), Some(read), "{text}");
        }
    }
    let Some(text) = text(bytes) else { return };
    assert_same::<Cursor>(text);
    assert_same::<Position>(text);
    assert_same::<Network>(text);
    if let Ok(slug) = text.parse::<Slug>() {
        assert_eq!(slug.to_string(), text);
    }
    if let Some(token) = Token::parse(text) {
        assert_eq!(token.to_string(), text);
    }
}

/// Returns an event of the fixture with a hostile text in every field.
fn event(text: &str) -> Event {
    let fixture = include_str!("../tests/formats/events.json");
    let mut event = serde_json::from_str::<Vec<Value>>(fixture).unwrap().swap_remove(0);
    for field in ["title", "topic", "notes"] {
        event[field] = text.into();
    }
    event["tags"] = vec![text].into();
    event["place"]["name"] = text.into();
    for (list, fields) in [("participants", ["name", "code"]), ("evidence", ["title", "source"])] {
        for item in event[list].as_array_mut().unwrap() {
            for field in fields {
                item[field] = text.into();
            }
        }
    }
    serde_json::from_value(event).unwrap()
}

fn selection(events: &[Event]) -> Selection<'_> {
    Selection {
        title: events.first().map_or("", |event| &event.state.title),
        description: events.first().map(|event| &*event.state.title),
        base: "https://daybook.example",
        own: "https://daybook.example/v1/timeline",
        next: None,
        events,
        gone: &[],
        updated_at: None,
        coarse: Coarse::Span,
        note: None,
    }
}

/// A calendar can be parsed line by line, and its components are nested correctly.
fn calendar(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let events = [event(text)];
    let document = formats::ics(&selection(&events)).unwrap();
    assert!(document.ends_with("\r\n"));
    assert!(document.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{document:?}");
    let mut open = Vec::new();
    let mut summaries = 0;
    for line in document.replace("\r\n ", "").split_terminator("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line:?}"));
        let name = name.split(';').next().unwrap();
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{line:?}");
        match name {
            "BEGIN" => open.push(value.to_owned()),
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            "SUMMARY" => summaries += 1,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(summaries, 1);
}

/// A spreadsheet has as many rows as there are events, each with every column, and no cell is a
/// formula.
fn sheet(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let events = [event(text), event("plain")];
    let document = formats::csv(&selection(&events)).unwrap();
    let mut reader = csv::Reader::from_reader(document.as_bytes());
    let columns = reader.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row.len(), columns);
        let is_formula = |cell: &str| cell.trim_start_matches('\n').starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(row.iter().all(|cell| !is_formula(cell)), "{row:?}");
    }
}

/// The routes whose queries are parsed; the first byte chooses one.
const ROUTES: [&str; 8] = [
    "/v1/events",
    "/v1/timeline",
    "/v1/timeline.ics",
    "/v1/timeline.fullcalendar.json",
    "/v1/facets",
    "/v1/articles",
    "/v1/review",
    "/",
];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Returns a service without a database.
static ROUTER: LazyLock<axum::Router> = LazyLock::new(|| {
    let nowhere = PgConnectOptions::new_without_pgpass().socket("/nowhere").username("nobody");
    http::router(App::new(Store::connect(nowhere), Extractor::new()), Access::default(), Limits::default())
});

/// Any query is rejected by parameter, or valid.
fn query(bytes: &[u8]) {
    let Some((route, query)) = bytes.split_first() else { return };
    let route = ROUTES[usize::from(*route) % ROUTES.len()];
    let Ok(uri) = axum::http::Uri::try_from([route.as_bytes(), query].join(&b'?')) else { return };
    let request = axum::http::Request::get(uri).body(axum::body::Body::empty()).unwrap();
    let status = RUNTIME.block_on(async { ROUTER.clone().oneshot(request).await.unwrap().status() });
    assert!([400, 503].contains(&status.as_u16()), "{status}");
}
