//! The defaults for calendars, feed readers and spreadsheets.

use crate::support::{Api, article, australia, country, day, japan, mention, now, on};
use axum::http::header;
use daybook::{
    event::{Kind, Mention, Precision, When},
    extract::Extractor,
    http::{self, Access, App, Limits},
    store::Store,
};
use jiff::ToSpan;
use sqlx::PgPool;

fn talks(on: &str) -> Mention {
    mention(Kind::Talks, on, &[japan(), australia()])
}

fn in_march() -> Mention {
    Mention {
        when: When::of_days(day("2023-03-01"), day("2023-03-31"), Precision::Month),
        ..mention(Kind::Visit, "2023-03-01", &[country("PE", "Peru")])
    }
}

async fn text(api: &Api, uri: &str) -> String {
    let answer = api.get(uri).await;
    String::from_utf8(answer.body).unwrap().replace("\r\n ", "")
}

#[sqlx::test]
async fn a_feed_begins_with_what_changed_last(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest_at(&on("2023-03-01", "One."), &[talks("2023-03-20")], now() + 2.hours()).await;
    api.ingest_at(&on("2023-03-02", "Two."), &[mention(Kind::Vote, "2023-03-30", &[japan()])], now() + 1.hour()).await;
    let order = async |query: &str| {
        let feed = text(&api, &format!("/v1/timeline.atom{query}")).await;
        feed.find("Japan vote").unwrap() > feed.find("Japan–Australia talks").unwrap()
    };
    assert!(order("").await);
    assert!(!order("?sort=updated_at").await);
}

#[sqlx::test]
async fn a_calendar_begins_thirty_days_ago_unless_dates_are_given(pool: PgPool) {
    let api = Api::new(pool);
    let old = talks("2023-01-20");
    api.ingest(&on("2023-01-10", "One."), &[old, mention(Kind::Vote, "2023-02-10", &[japan()])]).await;
    let count =
        async |query: &str| text(&api, &format!("/v1/timeline.ics{query}")).await.matches("BEGIN:VEVENT").count();
    assert_eq!(count("").await, 1);
    assert_eq!(count("?from=2023-01-01").await, 2);
    assert_eq!(count("?to=2023-01-31").await, 1);
    assert_eq!(count("?as_of=2023-01-15").await, 2);
}

#[sqlx::test]
async fn a_calendar_shows_a_month_on_its_first_day_or_as_is_asked(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("One."), &[in_march()]).await;
    let first_day = text(&api, "/v1/timeline.ics").await;
    assert!(first_day.contains("DTSTART;VALUE=DATE:20230301\r\nDTEND;VALUE=DATE:20230302"), "{first_day}");
    assert!(first_day.contains("day not set"), "the title says so: {first_day}");
    let span = text(&api, "/v1/timeline.ics?coarse=span").await;
    assert!(span.contains("DTEND;VALUE=DATE:20230401"), "{span}");
    assert!(!text(&api, "/v1/timeline.ics?coarse=omit").await.contains("VEVENT"));
}

#[sqlx::test]
async fn a_calendar_and_its_file_are_named_after_the_selection(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("One."), &[talks("2023-03-20")]).await;
    let uri = "/v1/timeline.ics?participant=C%C3%B4te%20d'Ivoire,Japan&kind=talks";
    let calendar = text(&api, uri).await;
    assert!(calendar.contains("X-WR-CALNAME:Diplomatic events: Côte d'Ivoire\\, Japan\\, talks"), "{calendar}");
    assert!(calendar.contains("X-WR-CALDESC:") && calendar.contains("COLOR:steelblue"), "{calendar}");
    let file = api.get(uri).await.header(header::CONTENT_DISPOSITION).to_owned();
    assert_eq!(file, "inline; filename=\"daybook-cote-d-ivoire-japan-talks.ics\"");
    // The sentence comes first, since calendars truncate long descriptions.
    assert!(calendar.contains("DESCRIPTION:“The talks will be held on 2023-03-20.”"), "{calendar}");
}

#[sqlx::test]
async fn a_calendar_of_too_many_events_shows_the_nearest_and_says_so(pool: PgPool) {
    let store = Store::new(pool);
    let app = App { now, ceiling: 2, ..App::new(store.clone(), Extractor::new()) };
    let api = Api::over(store, http::router(app, Access::default(), Limits::default()));
    for (number, on) in ["2023-02-20", "2023-03-04", "2023-03-06", "2023-06-01"].into_iter().enumerate() {
        api.ingest(&article(&format!("Article {number}.")), &[talks(on)]).await;
    }
    let calendar = text(&api, "/v1/timeline.ics").await;
    assert!(calendar.contains("Only the 2 events nearest to today are shown"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
    assert!(calendar.contains("20230306") && calendar.contains("20230601"), "{calendar}");
    let past = text(&api, "/v1/timeline.ics?to=2023-03-06&from=2023-01-01").await;
    assert!(past.contains("20230306") && past.contains("20230304") && !past.contains("DATE:20230220"), "{past}");
}

#[sqlx::test]
async fn a_spreadsheet_may_begin_with_a_byte_order_mark(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("One."), &[talks("2023-03-20"), in_march()]).await;
    assert!(text(&api, "/v1/timeline.csv?bom=true").await.starts_with("\u{feff}id,"));
    let sheet = text(&api, "/v1/timeline.csv").await;
    assert!(sheet.starts_with("id,"));
    assert!(!sheet.contains("an article"), "a source is one that is known: {sheet}");
    assert_eq!(text(&api, "/v1/timeline.csv?limit=1").await.lines().count(), 2, "`limit` is obeyed");
}

#[sqlx::test]
async fn a_feed_has_a_hundred_entries_and_leads_to_the_rest(pool: PgPool) {
    let api = Api::new(pool);
    for number in 0..103 {
        let on = day("2023-04-01").checked_add(number.days()).unwrap().to_string();
        api.ingest(&article(&format!("Article {number}.")), &[talks(&on)]).await;
    }
    let feed = text(&api, "/v1/timeline.atom").await;
    assert_eq!(feed.matches("<entry>").count(), 100);
    let next = feed.split("<link ").find(|link| link.contains("rel=\"next\"")).unwrap();
    let next = next.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let rest = text(&api, &next[next.find("/v1/").unwrap()..]).await;
    assert_eq!(rest.matches("<entry>").count(), 3);
}

#[sqlx::test]
async fn limit_is_obeyed_or_refused_everywhere(pool: PgPool) {
    let api = Api::new(pool);
    for number in 0..3 {
        let on = day("2023-04-01").checked_add(number.days()).unwrap().to_string();
        api.ingest(&article(&format!("Article {number}.")), &[talks(&on)]).await;
    }
    let description = serde_json::to_value(http::openapi()).unwrap();
    let mut obeyed = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        if item.get("get").is_none() || path.contains('{') || path == "/v1/stream" {
            continue;
        }
        let parameters = item["get"]["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let takes = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
        let required = if takes("q") && !takes("source") { "&q=a" } else { "" };
        let answer = api.get(&format!("{path}?limit=1{required}")).await;
        if !takes("limit") {
            // Probes and Prometheus may be configured to send parameters of their own.
            let is_probe = ["/healthz", "/readyz", "/metrics"].contains(&path.as_str());
            assert!(is_probe || answer.status == 400, "{path} ignores limit: {}", answer.status);
            continue;
        }
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        let json = serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap_or_default();
        let lists = ["items", "features", "@graph"].iter().find_map(|list| json[*list].as_array());
        let count = match path.rsplit('.').next().unwrap() {
            "ics" => body.matches("BEGIN:VEVENT").count(),
            "csv" => body.lines().count() - 1,
            "ndjson" => body.lines().count(),
            "atom" => body.matches("<entry>").count(),
            "html" => body.matches("data-event=").count().min(1),
            "xlsx" => 1,
            _ => lists.or(json.as_array()).map_or(1, Vec::len),
        };
        assert!(count <= 1, "{path} has {count} with limit=1: {body}");
        obeyed.push(path.as_str());
    }
    for path in ["/v1/events", "/v1/timeline", "/v1/timeline.ics", "/v1/timeline.csv", "/v1/articles", "/v1/review"] {
        assert!(obeyed.contains(&path), "{path} takes no limit");
    }
}

#[sqlx::test]
async fn codes_in_a_spreadsheet_are_those_of_one_kind(pool: PgPool) {
    let api = Api::new(pool);
    let union = daybook::event::Participant {
        kind: daybook::event::ParticipantKind::Organization,
        name: "African Union".into(),
        code: Some("AU".into()),
        represents: None,
    };
    let both = [australia(), union];
    api.ingest(&article("One."), &[mention(Kind::Summit, "2023-03-20", &both)]).await;
    let sheet = text(&api, "/v1/timeline.csv").await;
    assert!(sheet.contains("country:AU; organization:AU") || sheet.contains("AU; organization:AU"), "{sheet}");
}
