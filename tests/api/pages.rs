//! The pages for readers: `/`, `/week`, `/changes`, `/try`, `/status`, `/events/{id}`, `/articles/{id}` and the files that they load.

use crate::{
    fetching,
    support::{Answer, Api, article, asean, australia, country, day, in_place, japan, mention, now, on},
};
use axum::http::{Request, StatusCode, header};
use daybook::{
    article::Article,
    event::{Kind, Mention, Precision, PreviousDate, Role, Status, When},
    extract::Extractor,
    http::{self, Access, App, Limits},
    key::{Scope, Token},
};
use sqlx::PgPool;

const BROWSER: [(&str, &str); 1] = [("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")];

fn talks(on: &str) -> Mention {
    in_place(mention(Kind::Talks, on, &[japan(), australia()]), "Lugano", "CH")
}

/// A page, which an answer must be.
fn page(answer: &Answer, status: StatusCode) -> String {
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!(answer.status, status, "{text}");
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8", "{text}");
    text
}

async fn get(api: &Api, uri: &str) -> String {
    page(&api.get(uri).await, StatusCode::OK)
}

/// Where each of these stands in a text, which must hold all of them in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let found = rest.find(part);
        assert!(found.is_some(), "{part} is missing, or out of order: {text}");
        rest = &rest[found.unwrap_or_default()..];
    }
}

/// Announced for the 7th, moved to the 20th, called off: by two sources.
async fn moved_and_cancelled(pool: PgPool) -> (Api, String) {
    let api = Api::new(pool);
    let by = |source: &str, on: Article| Article {
        source: Some(source.into()),
        title: Some(format!("{source} on the talks")),
        url: Some(format!("https://{source}.example/{}", on.published_on)),
        ..on
    };
    let first = api
        .ingest(&by("gazette", on("2023-02-10", "The talks will be held on 2023-03-07.")), &[talks("2023-03-07")])
        .await;
    let old = PreviousDate { starts_on: day("2023-03-07"), ends_on: day("2023-03-07"), edtf: "2023-03-07".into() };
    let moved =
        Mention { role: Role::Changes, status: Status::Postponed, previous_dates: vec![old], ..talks("2023-03-20") };
    api.ingest(&by("herald", on("2023-02-20", "Moved.")), &[moved]).await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, when: None, ..talks("2023-03-20") };
    api.ingest(&by("gazette", on("2023-02-25", "Off.")), &[off]).await;
    (api, first.events[0].id.to_string())
}

#[sqlx::test]
async fn the_timeline_starts_today_and_the_past_is_a_link_away(pool: PgPool) {
    let api = Api::new(pool);
    let days = ["2023-02-20", "2023-03-05", "2023-03-07", "2023-05-09"];
    for (n, on_day) in days.into_iter().enumerate() {
        let place = ["Bern", "Chur", "Davos", "Evian"][n];
        api.ingest(&article(place), &[in_place(mention(Kind::Talks, on_day, &[japan()]), place, "CH")]).await;
    }
    let upcoming = get(&api, "/").await;
    in_order(&upcoming, &["March 2023", "Today", "in Chur", "in Davos", "8 weeks without an event", "in Evian"]);
    assert!(!upcoming.contains("in Bern"), "{upcoming}");

    let past = get(&api, "/?range=past").await;
    assert!(past.contains("in Bern") && !past.contains("in Chur"), "{past}");
    let week = get(&api, "/?range=week").await;
    assert!(week.contains("in Chur") && !week.contains("in Davos"), "{week}");
    in_order(&get(&api, "/?range=all").await, &["in Bern", "id=\"today\"", "in Chur", "in Evian"]);
    assert!(get(&api, "/?from=2023-05-01").await.contains("in Evian"));
    // Where nothing is on, today has its line all the same.
    in_order(&get(&api, "/?place=Davos").await, &["Sunday 5 March, nothing scheduled", "in Davos"]);
}

#[sqlx::test]
async fn an_event_says_what_became_of_it_and_how_precise_its_day_is(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let march = When {
        starts_on: day("2023-03-01"),
        ends_on: day("2023-03-31"),
        precision: Precision::Month,
        edtf: "2023-03".into(),
        starts_at: None,
    };
    let coarse = Mention { when: Some(march), ..mention(Kind::Summit, "2023-03-01", &[asean()]) };
    api.ingest(&article("ASEAN."), &[coarse]).await;
    let timeline = get(&api, "/").await;
    in_order(
        &timeline,
        &[
            "Under way",
            "ASEAN summit",
            "in March 2023, day not set",
            "is-cancelled",
            &format!("href=\"/events/{id}\""),
            "cancelled",
            "was 7 March 2023",
            "Lugano, Switzerland",
            "\u{1f1ef}\u{1f1f5}",
            "Japan",
            "2 sources",
            "<mark>2023-03-07</mark>",
        ],
    );
}

#[sqlx::test]
async fn a_wrong_filter_is_explained_beside_its_field(pool: PgPool) {
    let api = Api::new(pool);
    let wrong = page(&api.get("/?kind=tals&from=today&q=lake").await, StatusCode::BAD_REQUEST);
    in_order(
        &wrong,
        &[
            "value=\"lake\"",
            "value=\"today\"",
            "<select name=\"kind\" aria-invalid=\"true\"",
            "id=\"error-kind\"",
            "is not one of talks",
        ],
    );
    for (query, field) in
        [("from=soon", "from"), ("country=Nowhere", "country"), ("q=%2B%2B", "q"), ("as_of=then", "as_of")]
    {
        let wrong = page(&api.get(&format!("/?{query}")).await, StatusCode::BAD_REQUEST);
        assert!(wrong.contains(&format!("id=\"error-{field}\"")), "{query}: {wrong}");
    }
    for query in ["range=sometimes", "colour=red", "cursor=1", "view=globe", "view=month&month=May"] {
        let wrong = page(&api.get(&format!("/?{query}")).await, StatusCode::BAD_REQUEST);
        assert!(wrong.contains("role=\"alert\""), "{query}: {wrong}");
    }
}

#[sqlx::test]
async fn chips_add_filters_with_their_counts_and_take_them_out(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("Two."), &[talks("2023-03-07"), mention(Kind::Vote, "2023-04-01", &[japan()])]).await;
    let all = get(&api, "/").await;
    for chip in ["/?participant=JP", "/?participant=AU", "/?kind=vote", "/?status=confirmed", "/?country=CH"] {
        assert!(all.contains(&format!("href=\"{chip}\" class=\"chip\"")), "{chip}: {all}");
    }
    in_order(&all, &["/?participant=JP", "Japan", "<span class=\"count\">2</span>", "/?participant=AU", "Switzerland"]);
    let votes = get(&api, "/?kind=vote&participant=JP").await;
    assert!(votes.contains("href=\"/?participant=JP\" class=\"chip on\"") && !votes.contains("Lugano"), "{votes}");
    assert!(votes.contains("href=\"/v1/timeline.ics?kind=vote&#38;participant=JP&#38;from=today\""), "{votes}");
}

#[sqlx::test]
async fn what_articles_say_is_never_markup_and_never_runs(pool: PgPool) {
    let api = Api::new(pool);
    let evil = "<script>alert(1)</script>\" onload='x' </script><b>";
    let mut named = talks("2023-03-07");
    named.participants[0].name = evil.into();
    named.statements[0].sentence.text = format!("{evil} will be held on 2023-03-07.");
    named.statements[0].date = None;
    let told = Article {
        title: Some(evil.into()),
        source: Some(evil.into()),
        url: Some("javascript:alert(1)".into()),
        ..article(evil)
    };
    let stored = api.ingest(&told, &[named]).await;
    let (event, id) = (stored.events[0].id, stored.article.id);
    let pages = ["/".into(), format!("/events/{event}"), format!("/articles/{id}"), "/week?date=2023-03-07".into()];
    for uri in pages {
        let answer = api.get(&uri).await;
        let text = page(&answer, StatusCode::OK);
        for part in ["<script>", "<b>", "=\"javascript:", " style="] {
            assert!(!text.contains(part), "{uri}: {part}: {text}");
        }
        assert!(text.contains("&#60;script&#62;"), "{uri}: {text}");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{uri}: {policy}");
    }
    // A page that a browser holds already keeps its policy.
    let etag = api.get("/").await.header(header::ETAG).to_owned();
    let unchanged = api.get_with("/", &[("if-none-match", &etag)]).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    assert!(!unchanged.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    let searched = get(&api, "/?q=%22%3E%3Cb%3E+lugano").await;
    assert!(!searched.contains("<b>"), "{searched}");
}

#[sqlx::test]
async fn an_event_has_a_page_with_its_evidence_and_history(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let shown = get(&api, &format!("/events/{id}")).await;
    in_order(
        &shown,
        &[
            "property=\"og:title\" content=\"Japan–Australia talks in Lugano\"",
            "<h1 lang=\"en\">Japan–Australia talks in Lugano</h1>",
            "20 March 2023",
            "was 7 March 2023",
            "46.01° N, 8.96° E",
            &format!("/v1/events/{id}.ics"),
            "Evidence",
            "The talks will be held on <mark>2023-03-07</mark>.",
            "href=\"https://gazette.example/2023-02-10\" rel=\"noopener noreferrer external\" lang=\"en\">gazette on the talks</a>",
            "10 February 2023",
            "confidence 80 %",
            "History",
            "First known",
            "20 February 2023",
            "Moved",
            "<del>7 March 2023</del>",
            "<ins>20 March 2023</ins>",
            "herald",
            "25 February 2023",
            "<ins>cancelled</ins>",
        ],
    );
    let (_, rest) = shown.split_once("<script type=\"application/ld+json\">").unwrap();
    let linked: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    assert_eq!(linked["@graph"][0]["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(linked["@graph"][0]["url"], format!("http://localhost/events/{id}"));
}

#[sqlx::test]
async fn the_past_can_be_seen_as_it_was_known(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let then = get(&api, "/?as_of=2023-02-15").await;
    in_order(
        &then,
        &[
            "As of Wednesday 15 February 2023.",
            "/?as_of=2023-02-14",
            "/?as_of=2023-02-16",
            "back to today",
            "talks in Lugano",
        ],
    );
    assert!(then.contains(&format!("href=\"/events/{id}?as_of=2023-02-15\"")), "{then}");
    assert!(!then.contains("was 7 March") && !then.contains("is-cancelled"), "{then}");
    assert!(!get(&api, "/").await.contains("class=\"banner\""));

    let event = get(&api, &format!("/events/{id}?as_of=2023-02-15")).await;
    assert!(event.contains("As of 15 February 2023.") && !event.contains("20 March"), "{event}");
    let early = page(&api.get(&format!("/events/{id}?as_of=2023-02-09")).await, StatusCode::NOT_FOUND);
    assert!(early.contains("No article had announced this event by that day."), "{early}");
    // The history leads there.
    assert!(get(&api, &format!("/events/{id}")).await.contains(&format!("href=\"/events/{id}?as_of=2023-02-20\"")));
}

#[sqlx::test]
async fn a_browser_is_led_from_the_api_to_the_page(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let first = api.get("/v1/articles").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [format!("events/{id}"), format!("articles/{first}"), format!("events/{id}?as_of=2023-02-15")] {
        let led = api.get_with(&format!("/v1/{path}"), &BROWSER).await;
        assert_eq!((led.status, led.header(header::LOCATION)), (StatusCode::SEE_OTHER, &*format!("/{path}")));
        page(&api.get(&format!("/{path}")).await, StatusCode::OK);
        for accept in ["*/*", "application/json", "text/html;q=0.5, application/json"] {
            let answer = api.get_with(&format!("/v1/{path}"), &[("accept", accept)]).await;
            assert_eq!(answer.header(header::CONTENT_TYPE), "application/json", "{path} {accept}");
        }
    }
    assert_eq!(api.get_with(&format!("/v1/events/{id}.ics"), &BROWSER).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn what_is_not_there_is_a_page_too(pool: PgPool) {
    let api = Api::new(pool);
    let unknown = "01941f29-7c00-7a11-8a3e-2f0c6c1b9d10";
    for (uri, status) in [
        (format!("/events/{unknown}"), StatusCode::NOT_FOUND),
        (format!("/articles/{unknown}"), StatusCode::NOT_FOUND),
        ("/events/7".into(), StatusCode::BAD_REQUEST),
        ("/week?date=soon".into(), StatusCode::BAD_REQUEST),
    ] {
        assert!(page(&api.get(&uri).await, status).contains("To the timeline"), "{uri}");
    }
    let stored = api.ingest(&article("One."), &[talks("2023-03-07")]).await;
    api.delete(&format!("/v1/articles/{}", stored.article.id)).await;
    let gone = api.get(&format!("/events/{}", stored.events[0].id)).await;
    assert!(page(&gone, StatusCode::GONE).contains("withdrawn"));
    assert!(get(&api, "/").await.contains("No event fits this selection."));
}

#[sqlx::test]
async fn a_week_stands_on_one_page(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("Two."), &[talks("2023-03-07"), mention(Kind::Vote, "2023-03-14", &[japan()])]).await;
    let week = get(&api, "/week?date=2023-03-08&participant=AU").await;
    in_order(
        &week,
        &[
            "Week 10 <small>6–12 March 2023</small>",
            "/week?participant=AU&#38;date=2023-02-27",
            "/week?participant=AU&#38;date=2023-03-13",
            "Monday <span>6 March",
            "Tuesday <span>7 March",
            "talks in Lugano",
            "Sunday <span>12 March",
        ],
    );
    assert!(!week.contains("vote</a>"), "{week}");
    assert!(get(&api, "/week").await.contains("27 February – 5 March 2023"));

    let mut long = mention(Kind::Exercise, "2023-03-08", &[japan()]);
    long.when.as_mut().unwrap().ends_on = day("2023-03-09");
    api.ingest(&article("Long."), &[long]).await;
    let week = get(&api, "/week?date=2023-03-08&kind=exercise").await;
    in_order(
        &week,
        &["8 March", "exercise</a>", "9 March", "goes on: <a", "exercise</a>", "10 March", "Nothing scheduled"],
    );
}

#[sqlx::test]
async fn a_week_is_shown_as_it_was_known(pool: PgPool) {
    let (api, _) = moved_and_cancelled(pool).await;
    let then = get(&api, "/week?date=2023-03-07&as_of=2023-02-15").await;
    in_order(
        &then,
        &["As of 15 February 2023.", "as_of=2023-02-15&#38;date=2023-02-27", "?as_of=2023-02-15", "talks in Lugano"],
    );
    assert!(!get(&api, "/week?date=2023-03-07").await.contains("talks in Lugano"));
}

#[sqlx::test]
async fn the_same_selection_has_several_views(pool: PgPool) {
    let api = Api::new(pool);
    let march = When {
        starts_on: day("2023-03-01"),
        ends_on: day("2023-03-31"),
        precision: Precision::Month,
        edtf: "2023-03".into(),
        starts_at: None,
    };
    let coarse = Mention { when: Some(march), ..mention(Kind::Summit, "2023-03-01", &[asean()]) };
    api.ingest(&article("Two."), &[talks("2023-03-07"), mention(Kind::Vote, "2023-04-20", &[japan()]), coarse]).await;

    let month = get(&api, "/?view=month").await;
    in_order(
        &month,
        &[
            "aria-current=\"page\">Month",
            "<h2 id=\"month-heading\">March 2023",
            "/?view=month&#38;month=2023-02",
            "/?view=month&#38;month=2023-04",
            "datetime=\"2023-03-05\" id=\"today\"",
            "Tuesday 7 March",
            "talks in Lugano",
            "Day open",
            "ASEAN summit",
        ],
    );
    assert!(!month.contains("Japan vote"), "{month}");
    in_order(&get(&api, "/?view=month&month=2023-04").await, &["April 2023", "Thursday 20 April", "vote"]);

    let axis = get(&api, "/?view=timeline").await;
    in_order(&axis, &["class=\"bar is-confirmed open\"", "ASEAN summit", "talks in Lugano", "vote"]);

    let map = get(&api, "/?view=map").await;
    in_order(&map, &["world.svg#land", "Lugano, Switzerland: 1 event", "<circle", "Not on the map", "ASEAN summit"]);
    // A filter holds in each of them, and each leads to the others with it.
    for view in ["month", "timeline", "map"] {
        let filtered = get(&api, &format!("/?kind=summit&view={view}")).await;
        assert!(filtered.contains("ASEAN summit") && !filtered.contains("talks in Lugano"), "{view}: {filtered}");
        assert!(filtered.contains("href=\"/?kind=summit\""), "{view}: {filtered}");
    }
}

#[sqlx::test]
async fn a_selection_can_be_subscribed_to_and_embedded_where_that_is_allowed(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("Two."), &[talks("2023-03-07")]).await;
    let page = get(&api, "/?kind=talks").await;
    in_order(
        &page,
        &[
            "webcal://localhost/v1/timeline.ics?kind=talks&#38;from=today",
            "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Fv1%2Ftimeline.ics%3Fkind%3Dtalks",
            "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost",
            "/v1/timeline.atom?kind=talks",
        ],
    );
    assert!(!page.contains("&#60;iframe"), "{page}");
    let policy = |answer: &Answer| answer.header(header::CONTENT_SECURITY_POLICY).to_owned();
    assert!(policy(&api.get("/?embed=1").await).ends_with("frame-ancestors 'none'"));
    let frame_ancestors = vec!["https://news.example".parse().unwrap()];
    let app = App { now, frame_ancestors, ..App::new(api.store.clone(), Extractor::new()) };
    let api = Api::over(api.store.clone(), http::router(app, Access::default(), Limits::default()));
    assert!(policy(&api.get("/?embed=1").await).ends_with("frame-ancestors https://news.example"));
    assert!(policy(&api.get("/").await).ends_with("frame-ancestors 'none'"));
    assert!(get(&api, "/").await.contains("&#60;iframe src=&#34;http://localhost/?embed=1&#34;"));
    assert!(get(&api, "/?embed=1").await.contains("<base target=\"_blank\">"));
}

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

#[sqlx::test]
async fn a_text_is_tried_before_it_is_stored(pool: PgPool) {
    let api = Api::new(pool);
    let typed =
        |fields: &[(&str, &str)]| url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    assert!(get(&api, "/try").await.contains("<textarea name=\"text\""));
    let text = "Japan and Australia will hold talks in Lugano on 7 March.\r\nThe pier was opened on 3 January.";
    let fields = typed(&[("text", text), ("published_on", "2023-02-14"), ("title", "<b>Envoys</b>"), ("url", "")]);
    let tried = page(&api.post("/try", FORM, fields.clone()).await, StatusCode::OK);
    in_order(
        &tried,
        &[
            "1 event in “&#60;b&#62;Envoys&#60;/b&#62;”, 14 February 2023",
            "class=\"date\" href=\"#e-0\" data-event=\"0\" title=\"Japan–Australia talks in Lugano\">7 March</a>",
            "<span class=\"unused\" title=\"No event: It lies before the day of publication.\">3 January</span>",
            "id=\"e-0\"",
            "Store it",
            " %</dt>",
            "trigger:",
            "Dates that made no event",
        ],
    );
    assert!(get(&api, "/").await.contains("No event fits this selection."));

    let stored = api.post("/try/store", FORM, fields.clone()).await;
    assert_eq!(stored.status, StatusCode::SEE_OTHER);
    let article = stored.header(header::LOCATION).to_owned();
    in_order(
        &get(&api, &article).await,
        &["&#60;b&#62;Envoys", "7 March</a>", "3 January</span>", "talks in Lugano", "It lies before"],
    );
    assert!(get(&api, "/").await.contains("talks in Lugano"));

    // The plain-text form and a web page are known as such; what is wrong stands beside its field.
    let form = typed(&[("text", "Envoys\n20230214\n\nJapan and Australia will hold talks in Lugano on 7 March.")]);
    assert!(page(&api.post("/try", FORM, form).await, StatusCode::OK).contains("“Envoys”, 14 February 2023"));
    let undated = typed(&[("text", "<html><body><p>No date, and nearly no text.</p></body></html>")]);
    let undated = page(&api.post("/try", FORM, undated).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(undated.contains("id=\"error-"), "{undated}");
    let wrong =
        page(&api.post("/try", FORM, typed(&[("text", "a"), ("published_on", "soon")])).await, StatusCode::BAD_REQUEST);
    assert!(wrong.contains("id=\"error-published_on\""), "{wrong}");
}

#[sqlx::test]
async fn a_page_is_tried_by_its_url(pool: PgPool) {
    let (host, api) = fetching::start(pool, Access::default()).await;
    let typed = |fields: &[(&str, &str)]| {
        let fields = fields.iter().chain(&[("text", ""), ("title", "")]);
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    };
    let tried = async |path: &str, status: u16| {
        let form = typed(&[("url", &format!("{host}{path}"))]);
        page(&api.post("/try", FORM, form).await, StatusCode::from_u16(status).unwrap())
    };
    in_order(
        &tried("/dated", 200).await,
        &[
            "2 events in “Envoys of Chile &#38; Peru to meet in Quito”, 15 February 2023",
            "class=\"date\" href=\"#e-0\"",
            "name=\"text\" value=\"",
            &format!("name=\"url\" value=\"{host}/world/envoys-to-meet-in-quito\""),
            "Store it",
            " %</dt>",
            "trigger:",
        ],
    );
    for (path, status, field, detail) in [
        ("/missing", 502, "url", "404 Not Found"),
        ("/private/dated", 502, "url", "robots.txt"),
        ("/elsewhere", 400, "url", "not a public address"),
        ("/front-page", 422, "url", "no main text"),
        ("/undated", 422, "published_on", "states no publication date"),
    ] {
        let shown = tried(path, status).await;
        in_order(&shown, &[&format!("value=\"{host}{path}\""), &format!("id=\"error-{field}\">"), detail]);
    }
    let soon = typed(&[("url", &format!("{host}/dated")), ("published_on", "soon")]);
    assert!(page(&api.post("/try", FORM, soon).await, StatusCode::BAD_REQUEST).contains("id=\"error-published_on\""));
    let nothing = page(&api.post("/try", FORM, typed(&[])).await, StatusCode::BAD_REQUEST);
    assert!(nothing.contains("id=\"error-text\">text: is empty; paste an article, or enter the URL of one"));
    assert!(get(&api, "/").await.contains("No event fits this selection."), "nothing is stored before one says so");
    assert_eq!(
        api.post("/try/store", FORM, typed(&[("url", &format!("{host}/dated"))])).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(get(&api, "/").await.contains("talks in Quito"));
}

#[sqlx::test]
async fn fetching_a_page_to_try_needs_a_key(pool: PgPool) {
    let (host, api) = fetching::start(pool, Access { loopback: false, ..Access::default() }).await;
    let token = Token::random().unwrap();
    assert!(api.store.create_key(&token, "editor", Scope::Write, now()).await.unwrap());
    let form =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("url", &format!("{host}/dated")).finish();
    let try_url = async |key: Option<&str>| {
        let request =
            Request::post("/try?lang=de").header(header::CONTENT_TYPE, FORM).header(header::ACCEPT, "text/html");
        let request =
            key.iter().fold(request, |request, key| request.header(header::AUTHORIZATION, format!("Bearer {key}")));
        api.send(request.body(form.clone().into()).unwrap()).await
    };
    let refused = try_url(None).await;
    assert!(refused.header(header::WWW_AUTHENTICATE).starts_with("Bearer"));
    in_order(
        &page(&refused, StatusCode::UNAUTHORIZED),
        &["/dated", "id=\"error-url\">an API key is required", "der das Schreiben erlaubt"],
    );
    assert!(page(&try_url(Some(&token.to_string())).await, StatusCode::OK).contains("talks in Quito"));
}

#[sqlx::test]
async fn what_changed_is_a_page(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let changes = get(&api, "/changes?since=-1d").await;
    in_order(
        &changes,
        &["Changes since", &format!("/events/{id}"), "New", "herald", "<ins>cancelled</ins>", "gazette"],
    );
    let later = get(&api, "/changes?since=2023-03-06T00:00:00Z").await;
    assert!(later.contains("Nothing changed."), "{later}");
    assert!(!get(&api, "/changes?kind=vote").await.contains("talks in Lugano"));
    assert!(page(&api.get("/changes?since=then").await, StatusCode::BAD_REQUEST).contains("since:"));
}

#[sqlx::test]
async fn an_event_leads_to_others_of_its_participants(pool: PgPool) {
    let api = Api::new(pool);
    let mentions = [talks("2023-03-07"), talks("2023-05-07"), mention(Kind::Vote, "2023-03-09", &[japan()])];
    let far = mention(Kind::Summit, "2023-08-09", &[japan()]);
    let stored = api.ingest(&article("Three."), &mentions).await;
    api.ingest(&article("Far."), &[far]).await;
    let shown = get(&api, &format!("/events/{}", stored.events[0].id)).await;
    in_order(&shown, &["world.svg#land", "Related events", "vote</a>", "talks in Lugano</a>", "Correct this event"]);
    assert!(!shown.contains("summit</a>"), "{shown}");
}

#[sqlx::test]
async fn a_page_is_in_the_language_of_its_reader(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let in_language = async |uri: &str, accepted: &str| {
        let answer = api.get_with(uri, &[("accept-language", accepted)]).await;
        let text = page(&answer, StatusCode::OK);
        assert_eq!(answer.header(header::VARY), "Accept-Language", "{uri}");
        let language = answer.header(header::CONTENT_LANGUAGE).to_owned();
        assert!(text.contains(&format!("<html lang=\"{language}\">")), "{text}");
        (language, text)
    };
    let uri = format!("/events/{id}");
    for (accepted, language, date, status) in [
        ("de-CH, en;q=0.9", "de", "20. März 2023", "abgesagt"),
        ("en;q=0.5, fr;q=0.8, de;q=0.1", "fr", "20 mars 2023", "annulé"),
        ("es, *;q=0.1", "en", "20 March 2023", "cancelled"),
        ("de;q=0", "en", "20 March 2023", "cancelled"),
    ] {
        let (spoken, text) = in_language(&uri, accepted).await;
        assert_eq!(spoken, language);
        in_order(&text, &[status, "<h1 lang=\"en\">", date]);
    }
    // What the URL names outranks what the browser prefers, and the links of the page keep it.
    for uri in [
        &*uri,
        "/?range=all",
        "/?range=all&view=month&month=2023-03",
        "/?range=all&view=map",
        "/week?date=2023-03-20",
        "/changes",
        "/review",
        "/corrections",
        "/try",
        "/status",
    ] {
        let mark = if uri.contains('?') { '&' } else { '?' };
        let (language, text) = in_language(&format!("{uri}{mark}lang=fr"), "de").await;
        assert_eq!(language, "fr", "{uri}");
        let links = text.split("<a ").skip(1).filter_map(|link| link.split("href=\"").nth(1)?.split('"').next());
        let pages = links.filter(|href| href.starts_with('/'));
        for href in pages.filter(|href| !["/v1/", "/docs"].iter().any(|start| href.starts_with(start))) {
            assert!(href.contains("lang="), "{uri}: {href}");
        }
    }
    // Plurals, and errors.
    assert!(in_language("/?range=all", "de").await.1.contains("1 diplomatischer Termin"));
    let missing = api.get_with("/events/7?lang=de", &BROWSER).await;
    assert!(page(&missing, StatusCode::BAD_REQUEST).contains("Zur Zeitleiste"));
}

#[sqlx::test]
async fn the_review_queue_is_decided_in_the_page(pool: PgPool) {
    let api = Api::new(pool);
    let alone = |on: &str| in_place(mention(Kind::Talks, on, &[japan()]), "Lugano", "CH");
    for day in ["2023-03-07", "2023-04-07", "2023-05-07"] {
        api.ingest(&on("2023-02-10", &format!("Talks will be held on {day}.")), &[alone(day)]).await;
    }
    let first = |page: &str, action: &str| {
        let value = page.split("value=\"").find(|value| value.starts_with(action));
        value.and_then(|value| value.split('"').next()).unwrap_or_default().to_owned()
    };
    let send = async |author: &str, decision: &str| {
        let form = [("author", author), ("reason", ""), ("decision", decision)];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        api.post("/review", FORM, body).await
    };
    let items = |page: &str| page.matches("class=\"item\"").count();
    assert_eq!(items(&get(&api, "/review").await), 3);
    for (left, action) in [(2, "confirm"), (1, "reject"), (0, "dismiss")] {
        let chosen = first(&get(&api, "/review").await, action);
        page(&send("", &chosen).await, StatusCode::BAD_REQUEST);
        let answer = send("Foreign desk", &chosen).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}");
        assert_eq!(answer.header(header::LOCATION), "/review?author=Foreign+desk");
        assert_eq!(items(&get(&api, "/review").await), left, "{action}");
    }
    page(&send("Foreign desk", "praise").await, StatusCode::BAD_REQUEST);
    in_order(&get(&api, "/corrections").await, &["Rejected", "Foreign desk", "Corrected", "Foreign desk"]);
    assert!(get(&api, "/corrections?author=Sports").await.contains("No corrections yet."));
}

#[sqlx::test]
async fn the_status_is_a_page(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&Article { source: Some("<Gazette>".into()), ..article("Two.") }, &[talks("2023-03-07")]).await;
    let status = get(&api, "/status").await;
    in_order(&status, &["<dt>Articles</dt><dd>1</dd>", "<dt>Events</dt><dd>1</dd>", "Rules", "&#60;Gazette&#62;"]);
}

#[sqlx::test]
async fn a_browser_is_told_of_errors_as_pages(pool: PgPool) {
    let api = Api::new(pool);
    let unknown = page(&api.get_with("/nothing", &BROWSER).await, StatusCode::NOT_FOUND);
    assert!(unknown.contains("this URL does not exist"), "{unknown}");
    api.get("/nothing").await.problem(StatusCode::NOT_FOUND);
    api.get_with("/v1/nothing", &BROWSER).await.problem(StatusCode::NOT_FOUND);
    let foreign = api.get_with("/", &[BROWSER[0], ("host", "evil.example")]).await;
    assert!(page(&foreign, StatusCode::MISDIRECTED_REQUEST).contains("evil.example"));
}

#[sqlx::test]
async fn a_digest_is_sent_around(pool: PgPool) {
    let (api, id) = moved_and_cancelled(pool).await;
    let named = Mention { ..mention(Kind::Vote, "2023-03-09", &[country("XX", "*Land* [of] <b>")]) };
    api.ingest(&article("Vote."), &[named]).await;
    let text = |answer: &Answer| String::from_utf8(answer.body.clone()).unwrap();
    let week = api.get("/v1/digest?period=week&format=md").await;
    assert_eq!(week.header(header::CONTENT_TYPE), "text/markdown; charset=utf-8");
    in_order(&text(&week), &["5–11 March 2023", "## Thursday 9 March", "\\*Land\\* \\[of\\] \\<b\\>", "confirmed"]);
    assert!(!text(&week).contains("Lugano"));
    let month = api.get("/v1/digest?period=month&format=html").await;
    assert!(month.header(header::CONTENT_SECURITY_POLICY).contains("style-src 'unsafe-inline'"));
    in_order(
        &text(&month),
        &["&#60;b&#62;", &format!("/events/{id}"), "line-through", "Japan–Australia talks in Lugano", "cancelled"],
    );
    assert!(text(&api.get("/v1/digest?from=2024-01-01").await).contains("No event is announced"));
    api.get("/v1/digest?period=year").await.problem(StatusCode::BAD_REQUEST);
    let german = text(&api.get("/v1/digest?lang=de").await);
    in_order(&german, &["5.–11. März 2023", "## Donnerstag, 9. März", "bestätigt"]);
    let french = text(&api.get("/v1/digest?lang=fr&period=month&format=html").await);
    in_order(&french, &["<html lang=\"fr\">", "Japan–Australia talks in Lugano", "annulé"]);
    let unknown = api.get("/v1/digest?lang=tlh").await.problem(StatusCode::BAD_REQUEST);
    assert_eq!((&unknown["field"], &unknown["code"]), (&"lang".into(), &"invalid_value".into()), "{unknown}");
}

#[sqlx::test]
async fn an_article_shows_which_of_its_words_made_an_event(pool: PgPool) {
    let api = Api::new(pool);
    let text = "The talks will be held on 2023-03-07. Nobody else came.";
    let stored =
        api.ingest(&Article { title: Some("By the lake".into()), ..article(text) }, &[talks("2023-03-07")]).await;
    let shown = get(&api, &format!("/articles/{}", stored.article.id)).await;
    let event = stored.events[0].id;
    let link = |class: &str, text: &str| {
        format!(
            "<a class=\"{class}\" href=\"/events/{event}\" data-event=\"{event}\" title=\"Japan–Australia talks in Lugano\">{text}</a>"
        )
    };
    let marked = format!(
        "{}{}{} Nobody else came.",
        link("sentence", "The talks will be held on "),
        link("date", "2023-03-07"),
        link("sentence", ".")
    );
    in_order(&shown, &["<h1 lang=\"en\">By the lake</h1>", &marked, "Events in it", "talks in Lugano"]);
}

#[sqlx::test]
async fn a_page_is_light_and_its_files_are_kept_for_good(pool: PgPool) {
    let api = Api::new(pool);
    for n in 0..100_u8 {
        let code = String::from_utf8(vec![b'A' + n / 26, b'A' + n % 26]).unwrap();
        let land = country(&code, &format!("The land of {n}"));
        let told =
            Article { url: Some(format!("https://news.example/{n}")), source: Some("news".into()), ..article(&code) };
        api.ingest(
            &told,
            &[in_place(mention(Kind::Talks, "2023-03-07", &[land, asean()]), &format!("Town {n}"), "CH")],
        )
        .await;
    }
    let text = get(&api, "/").await;
    assert_eq!(text.matches("<article class=\"event").count(), 100);
    let files = text.split('"').filter(|part| part.starts_with("/assets/"));
    let mut sent = 0;
    for uri in files.chain(["/"]) {
        let answer = api.get_with(uri, &[("accept-encoding", "gzip")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{uri}");
        sent += answer.body.len();
        if uri != "/" {
            assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        }
    }
    assert!(sent <= 60_000, "{sent} bytes");
    api.get("/assets/000000000000/daybook.css").await.problem(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn what_is_left_empty_in_the_form_counts_as_not_given(pool: PgPool) {
    let api = Api::new(pool);
    api.ingest(&article("Two."), &[talks("2023-03-07"), mention(Kind::Vote, "2023-04-01", &[japan()])]).await;
    let shown = get(&api, "/?from=&kind=talks&q=&participant=&participant=AU").await;
    assert!(shown.contains("talks in Lugano") && !shown.contains("vote</a>"), "{shown}");
    assert!(shown.contains("<option value=\"talks\" selected>talks</option>"), "{shown}");
    assert!(shown.contains("name=\"participant\" value=\"AU\""), "{shown}");
}
