//! `/v1/timelines`: saved timelines in every format, private ones and their tokens.

use crate::support::{Answer, Api, article, australia, country, in_place, japan, mention, now};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::{
    event::Kind,
    extract::Extractor,
    http::{self, Access, App, Limits},
    key::{Scope, Token},
    store::Store,
};
use jiff::ToSpan;
use serde_json::{Value, json};
use sqlx::PgPool;

const SUFFIXES: [&str; 8] =
    [".ics", ".csv", ".atom", ".geojson", ".jsonld", ".html", ".timelinejs.json", ".fullcalendar.json"];

/// Talks in Lugano on 7 March and a vote on 1 April 2023.
async fn two_events(api: &Api) {
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    api.ingest(&article("Two."), &[talks, mention(Kind::Vote, "2023-04-01", &[country("CI", "Côte d'Ivoire")])]).await;
}

fn talks() -> Value {
    json!({"title": "Talks & <more>", "description": "For the desk;\nby hand", "filters": {"kind": "talks"}})
}

fn private(mut timeline: Value) -> Value {
    timeline["private"] = true.into();
    timeline
}

async fn saved(pool: PgPool) -> Api {
    let api = Api::new(pool);
    two_events(&api).await;
    assert_eq!(api.put_json("/v1/timelines/talks", &talks()).await.status, StatusCode::CREATED);
    api
}

fn text(answer: Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    String::from_utf8(answer.body).unwrap()
}

async fn send(api: &Api, method: &str, uri: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
    let mut request = Request::builder().method(method).uri(uri).header(header::CONTENT_TYPE, "application/json");
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    api.send(request.body(body.map_or_else(Body::empty, |body| body.to_string().into())).unwrap()).await
}

#[sqlx::test]
async fn a_timeline_is_saved_replaced_and_deleted(pool: PgPool) {
    let api = Api::new(pool);
    let made = api.put_json("/v1/timelines/talks", &talks()).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!(made.header(header::LOCATION), "/v1/timelines/talks");
    let expected = json!({
        "slug": "talks", "title": "Talks & <more>", "description": "For the desk;\nby hand", "filters": {"kind": "talks"},
        "private": false, "created_at": "2023-03-05T12:00:00Z", "updated_at": "2023-03-05T12:00:00Z",
    });
    assert_eq!(made.json(), expected);

    // Omitted fields are reset.
    let replaced = api.later(1).put_json("/v1/timelines/talks", &json!({"title": " All ", "filters": null})).await;
    assert_eq!((replaced.status, replaced.header(header::LOCATION)), (StatusCode::OK, ""));
    let expected = json!({
        "slug": "talks", "title": "All", "description": null, "filters": {}, "private": false,
        "created_at": "2023-03-05T12:00:00Z", "updated_at": "2023-03-06T12:00:00Z",
    });
    assert_eq!(replaced.json(), expected);
    assert_eq!(api.get("/v1/timelines").await.json()["items"], json!([expected]));

    assert_eq!(api.delete("/v1/timelines/talks").await.status, StatusCode::NO_CONTENT);
    for uri in ["/v1/timelines/talks", "/v1/timelines/talks.ics"] {
        api.get(uri).await.problem(StatusCode::NOT_FOUND);
    }
    api.delete("/v1/timelines/talks").await.problem(StatusCode::NOT_FOUND);
    assert_eq!(api.get("/v1/timelines").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn it_answers_as_the_timeline_does_in_every_form(pool: PgPool) {
    let api = saved(pool).await;
    let body = api.get("/v1/timelines/talks").await.json();
    let whole = api.get("/v1/timeline?kind=talks").await.json();
    assert_eq!((&body["title"], &body["items"]), (&json!("Talks & <more>"), &whole["items"]));
    assert!(whole.get("title").is_none() && body["next_updated_since"].is_string());
    for suffix in SUFFIXES {
        let answer = api.get(&format!("/v1/timelines/talks{suffix}")).await;
        let plain = api.get(&format!("/v1/timeline{suffix}?kind=talks")).await;
        let media_type = answer.header(header::CONTENT_TYPE).to_owned();
        assert_eq!(media_type, plain.header(header::CONTENT_TYPE), "{suffix}");
        let file = plain.header(header::CONTENT_DISPOSITION).replace("daybook-talks", "talks");
        assert_eq!(answer.header(header::CONTENT_DISPOSITION), file, "{suffix}");
        let body = text(answer);
        assert!(body.contains("Lugano") && !body.contains("Ivoire"), "{suffix}: {body}");
        if [".csv", ".geojson", ".jsonld", ".fullcalendar.json"].contains(&suffix) {
            assert_eq!(body, text(plain), "{suffix}: it has no place for a title");
        }
        if suffix.matches('.').count() == 1 {
            let accept = media_type.split(';').next().unwrap();
            let accepted = api.get_with("/v1/timelines/talks", &[("accept", accept)]).await;
            assert_eq!(accepted.header(header::CONTENT_TYPE), media_type);
            assert!(accepted.headers.get_all(header::VARY).iter().any(|vary| vary == "Accept"));
        }
    }
    api.get("/v1/timelines/talks.pdf").await.problem(StatusCode::NOT_FOUND);
    let image = [("accept", "image/png")];
    api.get_with("/v1/timelines/talks", &image).await.problem(StatusCode::NOT_ACCEPTABLE);
}

#[sqlx::test]
async fn title_and_description_stand_where_a_form_has_a_place(pool: PgPool) {
    let api = saved(pool).await;
    let calendar = text(api.get("/v1/timelines/talks.ics").await);
    for line in [
        "NAME:Talks & <more>",
        "X-WR-CALNAME:Talks & <more>",
        "DESCRIPTION:For the desk\\;\\nby hand",
        "X-WR-CALDESC:For the desk\\;\\nby hand",
        "SOURCE;VALUE=URI:http://localhost/v1/timelines/talks.ics",
    ] {
        assert!(calendar.contains(&format!("\r\n{line}\r\n")), "{line}: {calendar}");
    }
    let feed = text(api.get("/v1/timelines/talks.atom").await);
    for part in [
        "<title>Talks &amp; &lt;more&gt;</title>",
        "<subtitle>For the desk;\nby hand</subtitle>",
        "href=\"http://localhost/v1/timelines/talks.atom\" rel=\"self\"",
        "href=\"http://localhost/v1/timelines/talks.html\" rel=\"alternate\"",
    ] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
    let slides = api.get("/v1/timelines/talks.timelinejs.json").await.json();
    let title = json!({"headline": "Talks &#38; &#60;more&#62;", "text": "<p>For the desk;\nby hand</p>"});
    assert_eq!(slides["title"]["text"], title);

    let page = text(api.get("/v1/timelines/talks.html").await);
    for part in ["Talks &#38; &#60;more&#62;</h1>", "by hand</p>", "href=\"/v1/timelines/talks.ics\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<form") && !page.contains("<input"), "its filters are its own: {page}");
}

#[sqlx::test]
async fn it_comes_in_pages(pool: PgPool) {
    let api = Api::new(pool);
    two_events(&api).await;
    let made = api.put_json("/v1/timelines/all", &private(json!({"title": "All"}))).await;
    let token = made.json()["token"].as_str().unwrap().to_owned();
    for suffix in ["", ".atom", ".html"] {
        let first = api.get(&format!("/v1/timelines/all{suffix}?token={token}&limit=1")).await;
        let next = first.header(header::LINK).split(['<', '>']).nth(1).unwrap().to_owned();
        assert!(next.contains(&format!("token={token}")), "{suffix}: {next}");
        let first = text(first);
        // A feed starts with the latest change.
        let (one, other) = if suffix == ".atom" { ("Ivoire", "Lugano") } else { ("Lugano", "Ivoire") };
        assert!(first.contains(one) && !first.contains(other), "{suffix}");
        let links = first.replace("&amp;", "&").replace("&#38;", "&");
        assert!(suffix.is_empty() || links.contains(&next), "{suffix}: {first}");
        let second = text(api.get(&next).await);
        assert!(second.contains(other) && !second.contains(one), "{suffix}");
    }
    // Changes are followed from the response on.
    let since = api.get(&format!("/v1/timelines/all?token={token}")).await.json()["next_updated_since"].clone();
    let uri = format!("/v1/timelines/all?token={token}&include=evidence&updated_since={}", since.as_str().unwrap());
    assert_eq!(api.get(&uri).await.json()["items"], json!([]));
}

#[sqlx::test]
async fn its_filters_are_checked_as_those_of_a_query(pool: PgPool) {
    let api = Api::new(pool);
    let put = async |body: Value| api.put_json("/v1/timelines/x", &body).await;
    for (filters, field) in [
        (json!({"kind": "tals"}), "filters.kind"),
        (json!({"kind": 3}), "filters.kind"),
        (json!({"kind": ["talks"]}), "filters.kind"),
        (json!({"participant": ["RU", 7]}), "filters.participant"),
        (json!({"from": "soon"}), "filters.from"),
        (json!({"from": "2023-03-02", "to": "2023-03-01"}), "filters.to"),
        (json!({"q": "?!"}), "filters.q"),
        (json!({"colour": "red"}), "filters.colour"),
        (json!({"limit": "3"}), "filters.limit"),
        (json!({"cursor": "x"}), "filters.cursor"),
        (json!({"updated_since": "2023-03-01T00:00:00Z"}), "filters.updated_since"),
        (json!({"token": "x"}), "filters.token"),
        (json!([]), "filters"),
    ] {
        let problem = put(json!({"title": "X", "filters": filters})).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field, "{problem}");
    }
    for (body, field) in [
        (json!({}), "title"),
        (json!({"title": " "}), "title"),
        (json!({"title": "é".repeat(201)}), "title"),
        (json!({"title": "X", "description": ""}), "description"),
        (json!({"title": "X", "description": "é".repeat(2001)}), "description"),
        (json!({"title": "X", "private": "yes"}), "private"),
        (json!({"title": "X", "slug": "y"}), "slug"),
    ] {
        assert_eq!(put(body).await.problem(StatusCode::BAD_REQUEST)["field"], field);
    }
    for slug in ["X", "-x", "x.ics", "x_y", "%20", &"x".repeat(65)] {
        let problem = api.put_json(&format!("/v1/timelines/{slug}"), &talks()).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "slug");
    }
    api.get("/v1/timelines/x").await.problem(StatusCode::NOT_FOUND);
    let longest = json!({"title": "é".repeat(200), "description": "é".repeat(2000)});
    assert_eq!(put(longest).await.status, StatusCode::CREATED);
}

#[sqlx::test]
async fn what_may_be_kept_is_kept(pool: PgPool) {
    let api = Api::new(pool);
    two_events(&api).await;
    let kept = async |filters: Value| {
        let answer = api.put_json("/v1/timelines/x", &json!({"title": "X", "filters": filters})).await;
        assert!(answer.status.is_success(), "{}", answer.json());
        text(api.get("/v1/timelines/x.csv").await).matches("\r\n").count() - 1
    };
    assert_eq!(kept(json!({"participant": "JP"})).await, 1);
    assert_eq!(kept(json!({"participant": ["JP", "AU,CI"]})).await, 1);
    assert_eq!(kept(json!({"participant": ["JP", "CI"]})).await, 0);
    assert_eq!(kept(json!({"participant": "JP,CI", "kind": null})).await, 2);
    assert_eq!(kept(json!({"from": "+10d"})).await, 1);
    assert_eq!(kept(json!({"sort": "-starts_on"})).await, 2);
    let days = api.get("/v1/timelines/x").await.json();
    assert_eq!(days["items"][0]["date"], "2023-04-01");
}

#[sqlx::test]
async fn nobody_adds_filters_to_it(pool: PgPool) {
    let api = saved(pool).await;
    for (uri, field) in [
        ("/v1/timelines/talks?kind=vote", "kind"),
        ("/v1/timelines/talks.ics?q=a", "q"),
        ("/v1/timelines/talks?sort=updated_at", "sort"),
        ("/v1/timelines/talks.ics?start=2023-03-01", "start"),
        ("/v1/timelines/talks.csv?include=evidence", "include"),
        ("/v1/timelines/talks?limit=0", "limit"),
        ("/v1/timelines?limit=1", "limit"),
    ] {
        assert_eq!(api.get(uri).await.problem(StatusCode::BAD_REQUEST)["field"], field, "{uri}");
    }
}

#[sqlx::test]
async fn days_that_pass_each_other_select_nothing_any_more(pool: PgPool) {
    let api = Api::new(pool);
    two_events(&api).await;
    let spring = json!({"title": "Spring", "filters": {"from": "today", "to": "2023-04-02"}});
    assert_eq!(api.put_json("/v1/timelines/spring", &spring).await.status, StatusCode::CREATED);
    let window =
        |from: &str, to: &str| format!("/v1/timelines/spring.fullcalendar.json?start={from}&end={to}&timeZone=UTC");
    let shown = async |uri: String| api.get(&uri).await.json().as_array().unwrap().len();
    assert_eq!(shown(window("2023-03-01", "2023-03-08")).await, 1);
    assert_eq!(shown(window("2023-03-01", "2023-05-01")).await, 2);
    assert_eq!(shown(window("2023-01-01", "2023-02-01")).await, 0, "a month before");
    assert_eq!(shown(window("2023-06-01", "2023-07-01")).await, 0, "a month after");
    let fixed = json!({"title": "Over", "filters": {"from": "today", "to": "2023-03-04"}});
    assert_eq!(api.put_json("/v1/timelines/over", &fixed).await.status, StatusCode::CREATED);
    assert_eq!(api.get("/v1/timelines/over").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn a_private_one_opens_to_its_token_only(pool: PgPool) {
    let api = saved(pool).await;
    let made = api.put_json("/v1/timelines/desk", &private(talks())).await;
    let token = made.json()["token"].as_str().unwrap().to_owned();
    assert!(token.len() >= 32 && token.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{token}");
    assert_eq!(made.header(header::LOCATION), format!("/v1/timelines/desk?token={token}"));
    let nothing = api.get("/v1/timelines/nothing").await.json();
    for suffix in [""].into_iter().chain(SUFFIXES) {
        let uri = format!("/v1/timelines/desk{suffix}");
        for wrong in ["", "?token=", "?token=0123456789abcdef0123456789abcdef", &format!("?token={}", &token[1..])] {
            let answer = api.get(&format!("{uri}{wrong}")).await;
            answer.problem(StatusCode::NOT_FOUND);
            assert_eq!(answer.json(), nothing, "as if there were none");
        }
        let body = text(api.get(&format!("{uri}?token={token}")).await);
        assert!(body.contains("Lugano"), "{suffix}");
    }
    // All links in it include the token.
    let calendar = text(api.get(&format!("/v1/timelines/desk.ics?token={token}")).await).replace("\r\n ", "");
    assert!(calendar.contains(&format!("SOURCE;VALUE=URI:http://localhost/v1/timelines/desk.ics?token={token}")));
    let feed = text(api.get(&format!("/v1/timelines/desk.atom?token={token}")).await);
    assert_eq!(feed.matches(&format!("token={token}")).count(), 2, "self and alternate: {feed}");
    let page = text(api.get(&format!("/v1/timelines/desk.html?token={token}")).await);
    assert!(page.contains(&format!("href=\"/v1/timelines/desk.ics?token={token}\"")), "{page}");
    // It may become public, and URLs with the token still work.
    assert_eq!(api.put_json("/v1/timelines/desk", &talks()).await.json().get("token"), None);
    for uri in ["/v1/timelines/desk".to_owned(), format!("/v1/timelines/desk?token={token}")] {
        assert_eq!(api.get(&uri).await.status, StatusCode::OK);
    }
}

#[sqlx::test]
async fn a_token_stays_until_it_is_changed_and_ends_at_once(pool: PgPool) {
    let api = saved(pool).await;
    let token = |answer: &Answer| answer.json()["token"].as_str().unwrap().to_owned();
    let old = token(&api.put_json("/v1/timelines/desk", &private(talks())).await);
    let at = async |token: &str, suffix: &str| api.get(&format!("/v1/timelines/desk{suffix}?token={token}")).await;
    let kept = api.put_json("/v1/timelines/desk", &private(json!({"title": "Other"}))).await;
    assert_eq!((kept.status, token(&kept)), (StatusCode::OK, old.clone()));
    let feed = text(at(&old, ".atom").await);

    let changed = api.post("/v1/timelines/desk/token", "text/plain", "").await;
    let new = token(&changed);
    assert_eq!((changed.status, new == old), (StatusCode::OK, false));
    at(&old, "").await.problem(StatusCode::NOT_FOUND);
    let id = |feed: &str| feed.split("<id>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(id(&text(at(&new, ".atom").await)), id(&feed), "it is the same feed");

    let public = api.post("/v1/timelines/talks/token", "text/plain", "").await;
    assert_eq!(public.problem(StatusCode::CONFLICT)["field"], "private");
    api.post("/v1/timelines/nothing/token", "text/plain", "").await.problem(StatusCode::NOT_FOUND);
    // Once public, it gets a new token when it is private again.
    api.put_json("/v1/timelines/desk", &talks()).await;
    assert_ne!(token(&api.put_json("/v1/timelines/desk", &private(talks())).await), new);
}

#[sqlx::test]
async fn tokens_are_shown_to_those_who_may_write(pool: PgPool) {
    let api = Api::with(Store::new(pool), Access { loopback: false, ..Access::default() }, Limits::default());
    let mut keys = Vec::new();
    for scope in [Scope::Read, Scope::Write, Scope::Admin] {
        let token = Token::random().unwrap();
        assert!(api.store.create_key(&token, &scope.to_string(), scope, now()).await.unwrap());
        keys.push(token.to_string());
    }
    let [reader, writer, admin] = &keys[..] else { unreachable!() };
    send(&api, "PUT", "/v1/timelines/desk", None, Some(&private(talks()))).await.problem(StatusCode::UNAUTHORIZED);
    for (method, uri) in
        [("PUT", "/v1/timelines/desk"), ("POST", "/v1/timelines/desk/token"), ("DELETE", "/v1/timelines/desk")]
    {
        send(&api, method, uri, Some(reader), Some(&private(talks()))).await.problem(StatusCode::FORBIDDEN);
    }
    for (slug, timeline) in [("desk", private(talks())), ("talks", talks())] {
        let made = send(&api, "PUT", &format!("/v1/timelines/{slug}"), Some(writer), Some(&timeline)).await;
        assert_eq!(made.status, StatusCode::CREATED);
    }
    for key in [None, Some(reader)] {
        let list = send(&api, "GET", "/v1/timelines", key.map(String::as_str), None).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
        assert_eq!(list["items"][0]["slug"], "talks");
    }
    for key in [writer, admin] {
        let list = send(&api, "GET", "/v1/timelines", Some(key), None).await.json();
        assert_eq!((&list["items"][0]["slug"], list["items"].as_array().unwrap().len()), (&json!("desk"), 2));
        let token = list["items"][0]["token"].as_str().unwrap();
        assert_eq!(api.get(&format!("/v1/timelines/desk?token={token}")).await.status, StatusCode::OK);
    }
}

#[sqlx::test]
async fn a_token_stands_for_a_key_at_its_own_timeline_and_nowhere_else(pool: PgPool) {
    let access = Access { key_for_reading: true, ..Access::default() };
    let api = Api::with(Store::new(pool), access, Limits::default());
    two_events(&api).await;
    let writer = Token::random().unwrap();
    assert!(api.store.create_key(&writer, "desk", Scope::Write, now()).await.unwrap());
    let writer = Some(writer.to_string());
    let put = async |slug: &str, timeline: &Value| {
        send(&api, "PUT", &format!("/v1/timelines/{slug}"), writer.as_deref(), Some(timeline)).await.json()
    };
    let token = put("desk", &private(talks())).await["token"].as_str().unwrap().to_owned();
    put("other", &private(talks())).await;
    put("open", &talks()).await;
    for suffix in [""].into_iter().chain(SUFFIXES) {
        let uri = format!("/v1/timelines/desk{suffix}?token={token}");
        assert!(text(api.get(&uri).await).contains("Lugano"), "{suffix}");
        assert_eq!(send(&api, "HEAD", &uri, None, None).await.status, StatusCode::OK, "{suffix}");
        // A wrong key is rejected everywhere.
        send(&api, "GET", &uri, Some("daybook_x"), None).await.problem(StatusCode::UNAUTHORIZED);
    }
    for path in [
        "/v1/timelines/other",
        "/v1/timelines/open",
        "/v1/timelines/nothing",
        "/v1/timelines/desk/token",
        "/v1/timelines/desk%2Fx",
        "/v1/timelines/desk/../other",
        "/v1/timelines",
        "/v1/timelines/",
        "/v1/timeline",
        "/v1/events",
        "/",
    ] {
        api.get(&format!("{path}?token={token}")).await.problem(StatusCode::UNAUTHORIZED);
    }
    for wrong in ["", "?token=", "?token=x", &format!("?token=x&token={token}"), &format!("?Token={token}")] {
        api.get(&format!("/v1/timelines/desk{wrong}")).await.problem(StatusCode::UNAUTHORIZED);
    }
    for (method, path) in [("PUT", ""), ("DELETE", ""), ("POST", "/token"), ("PATCH", ""), ("OPTIONS", "")] {
        let uri = format!("/v1/timelines/desk{path}?token={token}");
        send(&api, method, &uri, None, Some(&talks())).await.problem(StatusCode::UNAUTHORIZED);
    }
    let changed = send(&api, "POST", "/v1/timelines/desk/token", writer.as_deref(), None).await.json();
    api.get(&format!("/v1/timelines/desk?token={token}")).await.problem(StatusCode::UNAUTHORIZED);
    let new = changed["token"].as_str().unwrap();
    assert_eq!(api.get(&format!("/v1/timelines/desk?token={new}")).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn what_a_client_has_is_not_sent_again(pool: PgPool) {
    let api = saved(pool).await;
    for suffix in [""].into_iter().chain(SUFFIXES) {
        let uri = format!("/v1/timelines/talks{suffix}");
        let first = api.get(&uri).await;
        let tag = first.header(header::ETAG).to_owned();
        let again = api.get_with(&uri, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, &*again.body), (StatusCode::NOT_MODIFIED, &b""[..]), "{uri}");
        let head = api.send(Request::head(&uri).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.header(header::ETAG), head.body.len()), (StatusCode::OK, &*tag, 0), "{uri}");
        let modified = [("if-modified-since", first.header(header::LAST_MODIFIED))];
        assert_eq!(modified[0].1, "Sun, 05 Mar 2023 12:00:00 GMT", "{uri}");
        assert_eq!(api.get_with(&uri, &modified).await.status, StatusCode::NOT_MODIFIED, "{uri}");
    }
    // A new title changes the document, though no event has changed.
    let before = api.get("/v1/timelines/talks.ics").await;
    let later = App { now: || now() + 1.hour(), ..App::new(api.store.clone(), Extractor::new()) };
    let later = Api::over(api.store.clone(), http::router(later, Access::default(), Limits::default()));
    later.put_json("/v1/timelines/talks", &json!({"title": "Parleys", "filters": {"kind": "talks"}})).await;
    let modified = [("if-modified-since", before.header(header::LAST_MODIFIED))];
    let after = later.get_with("/v1/timelines/talks.ics", &modified).await;
    assert_eq!(after.header(header::LAST_MODIFIED), "Sun, 05 Mar 2023 13:00:00 GMT");
    assert_ne!(after.header(header::ETAG), before.header(header::ETAG));
    assert!(text(after).contains("X-WR-CALNAME:Parleys"));
}
