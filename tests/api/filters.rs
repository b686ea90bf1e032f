//! The filters that lists of events share.

use crate::support::{Api, article, asean, australia, country, in_place, japan, mention};
use axum::http::StatusCode;
use daybook::{
    article::Article,
    event::{Kind, Mention, Precision, Role, Status},
};
use serde_json::Value;
use sqlx::PgPool;

const TALKS: &str = "Japan–Australia talks in Lugano";
const MEETING: &str = "Japan–ASEAN meeting in Évian";
const VOTE: &str = "Côte d'Ivoire vote";

/// Stores talks on one day, a tentative meeting of two days, and a vote with a coarse date.
async fn three_events(pool: PgPool) -> Api {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    let mut meeting = in_place(mention(Kind::Meeting, "2023-03-09", &[japan(), asean()]), "Évian", "FR");
    meeting.status = Status::Tentative;
    let when = meeting.when.as_mut().unwrap();
    when.ends_on = crate::support::day("2023-03-10");
    when.edtf = "2023-03-09/2023-03-10".into();
    let mut vote = mention(Kind::Vote, "2023-04-01", &[country("CI", "Côte d'Ivoire")]);
    let when = vote.when.as_mut().unwrap();
    when.ends_on = crate::support::day("2023-04-30");
    when.precision = Precision::Month;
    when.edtf = "2023-04".into();
    let article = Article { source: Some("The Wire".into()), ..article("Three.") };
    api.ingest(&article, &[talks, meeting, vote]).await;
    api
}

#[sqlx::test]
async fn each_filter_selects_what_it_says(pool: PgPool) {
    let api = three_events(pool).await;
    let cases: &[(&str, &[&str])] = &[
        ("", &[TALKS, MEETING, VOTE]),
        // Dates: inclusive at both ends; events that overlap them match.
        ("from=2023-03-07&to=2023-03-07", &[TALKS]),
        ("from=2023-03-10", &[MEETING, VOTE]),
        ("from=2023-03-11&to=2023-04-01", &[VOTE]),
        ("from=2023-04-30", &[VOTE]),
        ("from=2023-05-01", &[]),
        ("to=2023-03-06", &[]),
        ("to=2023-03-09", &[TALKS, MEETING]),
        ("from=today&to=%2B7d", &[TALKS, MEETING]),
        ("from=today&to=+7d", &[TALKS, MEETING]),
        ("from=-7d&to=+3d", &[TALKS]),
        // Participants: code or name in any case; repeated = all, comma = any.
        ("participant=JP", &[TALKS, MEETING]),
        ("participant=japan", &[TALKS, MEETING]),
        ("participant=jp&participant=ASEAN", &[MEETING]),
        ("participant=AU,asean", &[TALKS, MEETING]),
        ("participant=jp&participant=ci,au", &[TALKS]),
        ("participant=C%C3%94TE%20D'IVOIRE", &[VOTE]),
        ("participant=Jap", &[]),
        // By any name that the gazetteer knows, accents folded.
        ("participant=Japanese", &[TALKS, MEETING]),
        ("participant=tokyo&participant=Canberra", &[TALKS]),
        ("participant=cote%20d'ivoire", &[VOTE]),
        ("participant=Ivory%20Coast,Atlantis", &[VOTE]),
        ("country=CH", &[TALKS]),
        ("country=fr", &[MEETING]),
        ("country=DE", &[]),
        ("place=lugano", &[TALKS]),
        ("place=%C3%89VIAN", &[MEETING]),
        ("place=luga", &[]),
        ("precision=day", &[TALKS, MEETING]),
        ("precision=month,week", &[VOTE]),
        ("source=the%20wire", &[TALKS, MEETING, VOTE]),
        ("source=Wire", &[]),
        ("article=00000000-0000-7000-8000-000000000000", &[]),
        // In another order.
        ("sort=-starts_on", &[VOTE, MEETING, TALKS]),
        ("sort=-starts_on&kind=talks,vote", &[VOTE, TALKS]),
        ("kind=talks", &[TALKS]),
        ("kind=talks,vote", &[TALKS, VOTE]),
        ("status=tentative", &[MEETING]),
        ("status=tentative,confirmed", &[TALKS, MEETING, VOTE]),
        // Words: all of them, whole, in any case; in title, participants, place and sentences.
        ("q=TALKS", &[TALKS]),
        ("q=lugano+japan", &[TALKS]),
        ("q=lugano+asean", &[]),
        ("q=%22southeast%22+association", &[MEETING]),
        ("q=will+be+held", &[TALKS, MEETING, VOTE]),
        ("q=talk", &[]),
        ("q=100%25", &[]),
        // Combined.
        ("participant=jp&kind=meeting&from=2023-03-01&to=2023-03-31&country=FR&status=tentative&q=asean", &[MEETING]),
    ];
    for (query, titles) in cases {
        assert_eq!(api.titles(query).await, *titles, "{query}");
        // The timeline selects the same.
        let timeline = api.get(&format!("/v1/timeline?{query}")).await.json();
        let days = timeline["items"].as_array().unwrap();
        let shown: Vec<&Value> = days.iter().flat_map(|day| day["events"].as_array().unwrap()).collect();
        assert_eq!(shown.iter().map(|event| event["title"].as_str().unwrap()).collect::<Vec<_>>(), *titles, "{query}");
        let calendar = api.get(&format!("/v1/timeline.fullcalendar.json?{query}")).await.json();
        let shown = calendar.as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap());
        assert_eq!(shown.collect::<Vec<_>>(), *titles, "{query}");
        let facets = api.get(&format!("/v1/facets?{query}")).await.json();
        assert_eq!(facets["total"], titles.len(), "{query}");
    }
}

#[sqlx::test]
async fn pages_stay_what_they_are_while_articles_arrive(pool: PgPool) {
    let api = three_events(pool).await;
    let first = api.get("/v1/events?limit=2").await.json();
    // Stored before and after the pages already read, and among those not read.
    for (on, text) in [("2023-03-06", "Early."), ("2023-03-20", "Between."), ("2023-05-30", "Late.")] {
        api.ingest(&article(text), &[mention(Kind::Call, on, &[japan(), country("PE", "Peru")])]).await;
    }
    let query = format!("limit=100&cursor={}", first["next_cursor"].as_str().unwrap());
    let rest = api.titles(&query).await;
    assert_eq!(rest, ["Japan–Peru call", VOTE, "Japan–Peru call"]);
}

#[sqlx::test]
async fn a_wrong_parameter_is_named_with_what_is_allowed(pool: PgPool) {
    let api = three_events(pool).await;
    let cases = [
        ("from=2023-02-30", "from", "offset"),
        ("from=99999999999d", "from", "offset"),
        ("to=+99999999d", "to", "9999"),
        ("from=2023-03-02&to=2023-03-01", "to", "before"),
        ("from=", "from", "today"),
        ("kind=party", "kind", "talks, meeting, summit"),
        ("kind=talks,", "kind", "talks"),
        ("status=Confirmed", "status", "tentative, confirmed"),
        ("country=CHE", "country", "two-letter"),
        ("country=1%25", "country", "two-letter"),
        ("participant=", "participant", "empty"),
        ("participant=jp&participant=au,,", "participant", "empty"),
        ("place=%20", "place", "empty"),
        ("place=a%00b", "place", "NUL"),
        ("q=%FF", "q", "UTF-8"),
        ("q=%2C", "q", "word"),
        ("limit=0", "limit", "1000"),
        ("limit=1001", "limit", "1000"),
        ("limit=-1", "limit", "1000"),
        ("limit=ten", "limit", "1000"),
        ("cursor=abc", "cursor", "next_cursor"),
        ("cursor=20220110%C3%A9", "cursor", "next_cursor"),
        ("precision=hour", "precision", "day, week, month"),
        ("source=", "source", "empty"),
        ("article=7", "article", "id of an article"),
        ("status_since=yesterday", "status_since", "2022-01-05T09:00:00Z"),
        ("status_since=2023-03-01T00:00:00Z&as_of=2023-03-01", "status_since", "as_of"),
        ("sort=title", "sort", "starts_on, -starts_on, updated_at, -updated_at"),
        ("updated_since=2023-03-01T00:00:00Z&sort=-starts_on", "sort", "updated_at"),
        ("cursor=2023030700000000000070008000000000000000&sort=updated_at", "cursor", "order"),
        ("start=2023-03-01", "start", "expected one of from, to"),
        ("include=everything", "include", "evidence"),
        ("kind=talks&kind=vote", "kind", "more than once"),
        ("colour=red", "colour", "participant"),
    ];
    for address in ["/v1/events", "/v1/timeline"] {
        for (query, field, allowed) in cases {
            let problem = api.get(&format!("{address}?{query}")).await.problem(StatusCode::BAD_REQUEST);
            assert_eq!(problem["field"], field, "{query}");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(allowed), "{query}: {detail}");
        }
    }
}

#[sqlx::test]
async fn what_one_article_speaks_of(pool: PgPool) {
    let api = three_events(pool).await;
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let article = api.ingest(&crate::support::on("2023-03-03", "Again."), &[talks]).await.article;
    assert_eq!(api.titles(&format!("article={}", article.id)).await, [TALKS]);
    // As of a day on which it was not published yet.
    assert_eq!(api.titles(&format!("article={}&as_of=2023-03-02", article.id)).await, [""; 0]);
    assert_eq!(api.titles("source=the%20wire&as_of=2023-03-01").await, [""; 0]);
}

#[sqlx::test]
async fn what_was_called_off_since(pool: PgPool) {
    let api = three_events(pool).await;
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let called_off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks };
    let later = "2023-03-08T12:00:00Z".parse().unwrap();
    api.ingest_at(&crate::support::on("2023-03-05", "Off."), &[called_off], later).await;
    assert_eq!(api.titles("status=cancelled&status_since=2023-03-08T00:00:00Z").await, [TALKS]);
    assert_eq!(api.titles("status_since=2023-03-08T12:00:00Z").await, [TALKS]);
    assert_eq!(api.titles("status_since=2023-03-08T12:00:01Z").await, [""; 0]);
    // All are new since that time.
    assert_eq!(api.titles("status_since=2023-03-05T11:00:00Z").await, [TALKS, MEETING, VOTE]);
    assert_eq!(api.titles("sort=-updated_at").await[0], TALKS);
    assert_eq!(api.titles("sort=updated_at").await[2], TALKS);
}

#[sqlx::test]
async fn each_order_can_be_paged_through(pool: PgPool) {
    let api = three_events(pool).await;
    for sort in ["starts_on", "-starts_on", "updated_at", "-updated_at"] {
        let all = api.titles(&format!("sort={sort}")).await;
        let (mut paged, mut query) = (Vec::new(), format!("sort={sort}&limit=1"));
        loop {
            let page = api.get(&format!("/v1/events?{query}")).await.json();
            paged.extend(
                page["items"].as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap().to_owned()),
            );
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            query = format!("sort={sort}&limit=1&cursor={cursor}");
        }
        assert_eq!(paged, all, "{sort}");
    }
}

#[sqlx::test]
async fn a_list_tells_how_many_there_are_where_that_is_preferred(pool: PgPool) {
    let api = three_events(pool).await;
    for how in ["count=exact", "count=estimated"] {
        let answer =
            api.get_with("/v1/events?participant=jp&limit=1", &[("prefer", &format!("respond-async, {how}"))]).await;
        assert_eq!(answer.headers["preference-applied"], how);
        assert_eq!(answer.json()["total"], 2);
        let answer = api.get_with("/v1/timeline?participant=jp&limit=1", &[("prefer", how)]).await;
        assert_eq!(answer.json()["total"], 2);
    }
    let answer = api.get("/v1/events").await;
    assert!(answer.json().get("total").is_none() && !answer.headers.contains_key("preference-applied"));
}

#[sqlx::test]
async fn a_word_is_found_however_long_it_is(pool: PgPool) {
    let api = Api::new(pool);
    let (long, other) = ("a".repeat(5_000), "b".repeat(5_000));
    let mut talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    talks.statements[0].sentence.text = format!("Talks about {long}.");
    api.ingest(&article("One."), &[talks]).await;
    assert_eq!(api.titles(&format!("q=about+{long}")).await.len(), 1);
    assert_eq!(api.titles(&format!("q={other}")).await.len(), 0);
}
