//! The formats of the timeline: by suffix and by `Accept`, with their HTTP headers.

use crate::support::{Api, article, australia, country, day, in_place, japan, mention, now, on};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::{
    event::{Kind, Mention, Role},
    extract::Extractor,
    http::{self, Access, App, Limits},
    store::Store,
};
use jiff::ToSpan;
use sqlx::PgPool;

/// Each suffix, its media type, and a text that a document of two events contains.
const FORMATS: [(&str, &str, &str); 8] = [
    ("ics", "text/calendar; charset=utf-8", "BEGIN:VEVENT"),
    ("csv", "text/csv; charset=utf-8", "starts_on,"),
    ("atom", "application/atom+xml; charset=utf-8", "<entry>"),
    ("geojson", "application/geo+json", "\"FeatureCollection\""),
    ("jsonld", "application/ld+json", "https://schema.org"),
    ("html", "text/html; charset=utf-8", "Diplomatic events</h1>"),
    ("timelinejs.json", "application/json", "\"start_date\""),
    ("fullcalendar.json", "application/json", "\"allDay\":true"),
];

async fn two_events(pool: PgPool) -> Api {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    api.ingest(&article("Two."), &[talks, mention(Kind::Vote, "2023-04-01", &[country("CI", "Côte d'Ivoire")])]).await;
    api
}

#[sqlx::test]
async fn a_selection_is_a_workbook_and_lines(pool: PgPool) {
    let api = two_events(pool).await;
    let workbook = api.get("/v1/timeline.xlsx?kind=talks").await;
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert_eq!((workbook.status, workbook.header(header::CONTENT_TYPE)), (StatusCode::OK, media_type));
    assert_eq!(workbook.header(header::CONTENT_DISPOSITION), "attachment; filename=\"daybook-talks.xlsx\"");
    assert!(workbook.body.starts_with(b"PK"), "a ZIP archive");
    let again = api.get_with("/v1/timeline.xlsx?kind=talks", &[("if-none-match", workbook.header(header::ETAG))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED, "the same selection is the same file");
    let lines = api.get("/v1/timeline.ndjson?sort=-starts_on").await;
    assert_eq!(lines.header(header::CONTENT_TYPE), "application/x-ndjson");
    let text = String::from_utf8(lines.body).unwrap();
    let events: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let days: Vec<_> = events.iter().map(|event| event["starts_on"].as_str().unwrap()).collect();
    assert_eq!(days, ["2023-04-01", "2023-03-07"]);
    assert!(events.iter().all(|event| event["evidence"].is_array() && event["html_url"].is_string()), "{text}");
}

#[sqlx::test]
async fn each_format_has_its_suffix_its_type_and_the_filters(pool: PgPool) {
    let api = two_events(pool).await;
    for (suffix, media_type, part) in FORMATS {
        let answer = api.get(&format!("/v1/timeline.{suffix}?from=2023-03-01")).await;
        let body = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, StatusCode::OK, "{suffix}: {body}");
        assert_eq!(answer.header(header::CONTENT_TYPE), media_type);
        assert!(body.contains(part) && body.contains("Lugano") && body.contains("Ivoire"), "{suffix}: {body}");

        let answer = api.get(&format!("/v1/timeline.{suffix}?kind=talks")).await;
        let body = String::from_utf8_lossy(&answer.body);
        assert!(body.contains("Lugano") && !body.contains("Ivoire"), "{suffix}: {body}");

        let problem = api.get(&format!("/v1/timeline.{suffix}?colour=red")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "colour", "{suffix}");
    }
}

#[sqlx::test]
async fn the_timeline_comes_as_accept_asks(pool: PgPool) {
    let api = two_events(pool).await;
    let cases = [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/calendar", "text/calendar; charset=utf-8"),
        ("text/*;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("application/atom+xml, application/json;q=0.9", "application/atom+xml; charset=utf-8"),
        ("application/geo+json;q=0.2, application/ld+json;q=0.3", "application/ld+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
    ];
    for (accept, media_type) in cases {
        let answer = api.get_with("/v1/timeline?from=2023-03-01", &[("accept", accept)]).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), media_type, "{accept}");
        assert!(
            answer
                .headers
                .get_all(header::VARY)
                .iter()
                .any(|vary| vary.to_str().unwrap().eq_ignore_ascii_case("accept"))
        );
    }
    for accept in ["image/png", "application/json;q=0"] {
        let problem = api.get_with("/v1/timeline", &[("accept", accept)]).await.problem(StatusCode::NOT_ACCEPTABLE);
        assert!(problem["detail"].as_str().unwrap().contains("text/calendar"));
    }
}

#[sqlx::test]
async fn what_a_client_has_is_not_sent_again(pool: PgPool) {
    let api = two_events(pool).await;
    let id = api.get("/v1/events").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let suffixes = FORMATS.iter().map(|(suffix, ..)| format!("/v1/timeline.{suffix}"));
    let others = ["/v1/events", "/v1/timeline", "/v1/facets", "/v1/places"].map(str::to_owned);
    let event = [format!("/v1/events/{id}"), format!("/v1/events/{id}.ics")];
    for uri in suffixes.clone().chain(others).chain(event) {
        let first = api.get(&uri).await;
        let tag = first.header(header::ETAG).to_owned();
        assert!(tag.starts_with("W/\""), "{uri}");
        assert_eq!(first.header(header::CACHE_CONTROL), "no-cache");
        let again = api.get_with(&uri, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, &*again.body), (StatusCode::NOT_MODIFIED, &b""[..]), "{uri}");
        assert_eq!(again.header(header::ETAG), tag);
        assert_eq!(api.get_with(&uri, &[("if-none-match", "W/\"other\"")]).await.status, StatusCode::OK);

        let head = api.send(Request::head(&uri).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, &*head.body), (StatusCode::OK, &b""[..]), "{uri}");
        assert_eq!(head.header(header::ETAG), tag, "{uri}");
        assert_eq!(head.header(header::CONTENT_LENGTH), first.body.len().to_string(), "{uri}");
    }
    for uri in suffixes {
        let modified = api.get(&uri).await.header(header::LAST_MODIFIED).to_owned();
        assert_eq!(modified, "Sun, 05 Mar 2023 12:00:00 GMT", "{uri}");
        assert_eq!(api.get_with(&uri, &[("if-modified-since", &modified)]).await.status, StatusCode::NOT_MODIFIED);
        let old = [("if-modified-since", "Sun, 05 Mar 2023 11:59:59 GMT")];
        assert_eq!(api.get_with(&uri, &old).await.status, StatusCode::OK);
    }
    // Another article about the same event changes the response, though no event has changed.
    let before = api.get("/v1/timeline.csv").await;
    let later = now().checked_add(1.hour()).unwrap();
    api.ingest_at(&on("2023-03-03", "More."), &[mention(Kind::Talks, "2023-03-07", &[japan(), australia()])], later)
        .await;
    let known = [("if-modified-since", before.header(header::LAST_MODIFIED))];
    assert_eq!(api.get_with("/v1/timeline.csv", &known).await.status, StatusCode::OK);
    assert_ne!(api.get("/v1/timeline.csv").await.header(header::ETAG), before.header(header::ETAG));
}

#[sqlx::test]
async fn a_window_that_moves_with_time_is_new_each_day(pool: PgPool) {
    let api = two_events(pool).await;
    let answer = api.get("/v1/timeline.ics?from=-7d").await;
    assert_eq!(answer.header(header::LAST_MODIFIED), "Sun, 05 Mar 2023 12:00:00 GMT");
    let tomorrow = api.later(1).get("/v1/timeline.ics?from=-7d").await;
    assert_eq!(tomorrow.header(header::LAST_MODIFIED), "Mon, 06 Mar 2023 00:00:00 GMT");
}

#[sqlx::test]
async fn answers_travel_compressed(pool: PgPool) {
    let api = two_events(pool).await;
    for encoding in ["gzip", "br", "zstd"] {
        let answer = api.get_with("/v1/timeline.csv", &[("accept-encoding", encoding)]).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), encoding);
        assert!(answer.headers.contains_key(header::ETAG));
    }
}

#[sqlx::test]
async fn no_document_is_cut_short_in_silence(pool: PgPool) {
    let store = Store::new(pool.clone());
    two_events(pool).await;
    let app = App { now, ceiling: 1, ..App::new(store.clone(), Extractor::new()) };
    let api = Api::over(store, http::router(app, Access::default(), Limits::default()));
    for (suffix, ..) in FORMATS.iter().filter(|(suffix, ..)| !matches!(*suffix, "atom" | "html" | "ics")) {
        let problem = api.get(&format!("/v1/timeline.{suffix}")).await.problem(StatusCode::BAD_REQUEST);
        assert!(problem["detail"].as_str().unwrap().contains("narrow"), "{suffix}");
        assert_eq!(api.get(&format!("/v1/timeline.{suffix}?kind=talks")).await.status, StatusCode::OK);
    }
    for suffix in ["atom", "html"] {
        let answer = api.get(&format!("/v1/timeline.{suffix}?limit=1&sort=starts_on")).await;
        let link = answer.header(header::LINK).to_owned();
        assert!(link.ends_with("rel=\"next\""), "{suffix}");
        let next = link.split(['<', '>']).nth(1).unwrap();
        let body = String::from_utf8(api.get(next).await.body).unwrap();
        assert!(body.contains("Ivoire") && !body.contains("Lugano"), "{suffix}");
    }
}

#[sqlx::test]
async fn what_leaves_a_calendar_stays_in_it_as_cancelled(pool: PgPool) {
    let api = two_events(pool).await;
    let calendar = |days: i64, query: &'static str| {
        let api = api.later(days);
        async move { String::from_utf8(api.get(&format!("/v1/timeline.ics?{query}")).await.body).unwrap() }
    };
    let march = "from=2023-03-01&to=2023-03-31";
    assert_eq!(calendar(0, march).await.matches("STATUS:CONFIRMED").count(), 1);

    // Moved out of March: cancelled in its calendar, shown on the new date in others.
    let moved = Mention {
        role: Role::Changes,
        previous_dates: vec![daybook::event::PreviousDate {
            starts_on: day("2023-03-07"),
            ends_on: day("2023-03-07"),
            edtf: "2023-03-07".into(),
        }],
        ..mention(Kind::Talks, "2023-05-09", &[japan(), australia()])
    };
    let moving = api.ingest(&on("2023-03-04", "Moved."), &[moved]).await;
    let left = calendar(0, march).await;
    assert!(left.contains("STATUS:CANCELLED") && left.contains("DTSTART;VALUE=DATE:20230307"), "{left}");
    assert!(left.contains("SEQUENCE:1"), "{left}");
    let may = calendar(0, "from=2023-05-01").await;
    assert!(may.contains("STATUS:CONFIRMED") && may.contains("DTSTART;VALUE=DATE:20230509"), "{may}");
    // Under another filter it disappears, and after thirty days everywhere.
    assert!(!calendar(0, "status=tentative").await.contains("VEVENT"));
    assert!(!calendar(31, march).await.contains("VEVENT"));

    // Withdrawn: cancelled, one revision later.
    let id = moving.article.id;
    assert_eq!(api.delete(&format!("/v1/articles/{id}")).await.status, StatusCode::NO_CONTENT);
    let first = api.get("/v1/articles").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(api.delete(&format!("/v1/articles/{first}")).await.status, StatusCode::NO_CONTENT);
    let gone = calendar(0, "").await;
    assert_eq!(gone.matches("STATUS:CANCELLED").count(), 2, "{gone}");
    assert!(!gone.contains("STATUS:CONFIRMED"), "{gone}");
    assert_eq!(api.get("/v1/events").await.json()["items"].as_array().unwrap().len(), 0);
    // A spreadsheet shows the present state only, and past states have no cancellations.
    assert!(!String::from_utf8(api.get("/v1/timeline.csv").await.body).unwrap().contains("Lugano"));
    assert!(!calendar(0, "as_of=2023-03-03").await.contains("STATUS:CANCELLED"));
}

#[sqlx::test]
async fn one_event_is_a_calendar_as_well(pool: PgPool) {
    let api = two_events(pool).await;
    let id = api.get("/v1/events").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let answer = api.get(&format!("/v1/events/{id}.ics")).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/calendar; charset=utf-8");
    let body = String::from_utf8(answer.body).unwrap();
    assert_eq!(body.matches("BEGIN:VEVENT").count(), 1);
    assert!(body.contains(&id));
    api.get("/v1/events/00000000-0000-7000-8000-000000000000.ics").await.problem(StatusCode::NOT_FOUND);
    api.get("/v1/events/7.ics").await.problem(StatusCode::BAD_REQUEST);
}

#[sqlx::test]
async fn fullcalendar_asks_in_its_own_words(pool: PgPool) {
    let api = two_events(pool).await;
    let titles = |query: &'static str| {
        let api = &api;
        async move {
            let body = api.get(&format!("/v1/timeline.fullcalendar.json?{query}")).await.json();
            body.as_array().unwrap().len()
        }
    };
    // The end is exclusive.
    assert_eq!(titles("start=2023-03-01T00:00:00%2B01:00&end=2023-03-07T00:00:00%2B01:00").await, 0);
    assert_eq!(titles("start=2023-03-01T00:00:00%2B01:00&end=2023-03-08T00:00:00%2B01:00&timeZone=UTC").await, 1);
    assert_eq!(titles("start=2023-03-08&end=2023-05-01&participant=CI").await, 1);
    assert_eq!(titles("from=2023-03-08").await, 1);
    // FullCalendar adds its range to the given parameters: both apply.
    assert_eq!(titles("from=2023-03-08&start=2023-03-01&end=2023-05-01").await, 1);
    assert_eq!(titles("to=2023-03-31&start=2023-03-01&end=2023-05-01").await, 1);
    assert_eq!(titles("from=2023-03-08&start=2023-03-01&end=2023-03-08").await, 0);
    for (query, field) in [("start=2023-03-02&end=2023-03-02", "end"), ("start=soon", "start")] {
        let problem =
            api.get(&format!("/v1/timeline.fullcalendar.json?{query}")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field);
    }
    api.get("/v1/timeline.ics?start=2023-03-01").await.problem(StatusCode::BAD_REQUEST);
}
