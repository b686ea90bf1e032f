//! `/v1/articles`

use crate::support::{Api, article, asean, at, australia, day, japan, mention, now, on};
use axum::http::{StatusCode, header};
use daybook::{
    article::Article,
    event::{Kind, Role, Status},
    extract::Extraction,
    store::Outcome,
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinSet;

fn sent() -> Value {
    json!({"title": "Talks", "text": " Talks open\r\non Monday. \n", "published_on": "2023-03-02", "url": "https://news.example/a"})
}

#[sqlx::test]
async fn a_posted_article_can_be_fetched_as_it_was_sent(pool: PgPool) {
    let api = Api::new(pool);
    let posted = api.post_json("/v1/articles", &sent()).await;
    assert_eq!(posted.status, StatusCode::CREATED);
    let body = posted.json();
    assert_eq!(body["warnings"], json!(["1 date made no event: no_participant 1"]));
    assert_eq!(body["article"]["source"], "news.example");
    let location = posted.header(header::LOCATION);
    assert_eq!(location, format!("/v1/articles/{}", body["article"]["id"].as_str().unwrap()));
    let got = api.get(location).await;
    let mut expected = body["article"].clone();
    expected["events"] = json!([]);
    assert_eq!(got.json(), expected);
    assert_eq!(got.json()["text"], sent()["text"]);
}

#[sqlx::test]
async fn plain_text_is_the_same_article(pool: PgPool) {
    let api = Api::new(pool);
    let first = api.post("/v1/articles", "text/plain", "Talks\n20230302\nhttps://news.example/a\nTalks open.").await;
    assert_eq!(first.status, StatusCode::CREATED);
    let json =
        json!({"title": "Talks", "text": "Talks open.", "published_on": "2023-03-02", "url": "https://news.example/a"});
    let second = api.post("/v1/articles", "application/json; charset=UTF-8", json.to_string()).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_eq!(second.json(), first.json());
}

#[sqlx::test]
async fn sixteen_posts_at_once_store_one_article(pool: PgPool) {
    for article in [sent(), json!({"text": "Talks open.", "published_on": "2023-03-02"})] {
        let mut posts = JoinSet::new();
        for _ in 0..16 {
            let (api, article) = (Api::new(pool.clone()), article.clone());
            posts.spawn(async move { api.post_json("/v1/articles", &article).await });
        }
        let answers = posts.join_all().await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!((count(StatusCode::CREATED), count(StatusCode::OK)), (1, 15));
        assert!(answers.iter().all(|answer| answer.json() == answers[0].json()));
    }
    let listed = Api::new(pool).get("/v1/articles").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[sqlx::test]
async fn an_article_without_address_is_told_by_source_day_and_text(pool: PgPool) {
    let api = Api::new(pool);
    let known = api.ingest(&at("https://news.example/a", "Talks open."), &[]).await;
    let nameless = Article { source: Some("news.example".into()), ..article("Talks open.") };
    let again = api.ingest(&nameless, &[]).await;
    assert_eq!((again.outcome, again.article.id), (Outcome::Unchanged, known.article.id));
    let others = [
        Article { source: None, ..nameless.clone() },
        Article { published_on: day("2023-03-03"), ..nameless.clone() },
        Article { text: "Talks close.".into(), ..nameless },
        at("https://news.example/b", "Talks open."),
    ];
    for other in others {
        assert_eq!(api.ingest(&other, &[]).await.outcome, Outcome::Created, "{other:?}");
    }
}

#[sqlx::test]
async fn another_text_under_a_known_address_replaces_the_one_before(pool: PgPool) {
    let api = Api::new(pool);
    let parties = [japan(), australia()];
    let (first, second) =
        (at("https://news.example/a", "On 10 January."), at("https://news.example/a", "On 11 January."));
    let old = api
        .ingest(&first, &[mention(Kind::Talks, "2023-03-07", &parties), mention(Kind::Visit, "2023-03-17", &parties)])
        .await;
    let mut kept = mention(Kind::Visit, "2023-03-17", &parties);
    kept.status = Status::Tentative;
    let new = api.ingest(&second, &[mention(Kind::Talks, "2023-03-08", &parties), kept]).await;
    assert_eq!((new.outcome, new.article.id), (Outcome::Replaced, old.article.id));
    assert_eq!(new.article.text.as_deref(), Some("On 11 January."));
    assert_eq!(new.article.created_at, old.article.created_at);

    let days: Vec<_> = new.events.iter().map(|event| event.state.when.edtf.as_str()).collect();
    assert_eq!(days, ["2023-03-08", "2023-03-17"]);
    assert_eq!(new.events[1].id, old.events[1].id, "an event that the new version keeps stays the same");
    assert_eq!(new.events[1].state.status, Status::Tentative);
    assert_eq!(new.events[1].revision, 2);
    assert_eq!(new.events[0].id, old.events[0].id, "so does one that it dates otherwise");
    assert_eq!((new.events[0].revision, &*new.events[0].state.previous_dates), (2, &[][..]));
    assert_eq!(api.titles("").await.len(), 2);

    let back = api.ingest(&first, &[mention(Kind::Talks, "2023-03-07", &parties)]).await;
    assert_eq!((back.outcome, back.article.id), (Outcome::Replaced, old.article.id));
    assert_eq!(back.events[0].state.when.edtf, "2023-03-07");
    let gone = api.get(&format!("/v1/events/{}", old.events[1].id)).await;
    gone.problem(StatusCode::GONE);
    assert_eq!(api.titles("").await.len(), 1);
}

#[sqlx::test]
async fn the_same_again_changes_nothing(pool: PgPool) {
    let api = Api::new(pool);
    let talks = [mention(Kind::Talks, "2023-03-07", &[japan(), australia()])];
    let article = at("https://news.example/a", "Talks.");
    let first = api.ingest(&article, &talks).await;
    let again = api.ingest(&article, &talks).await;
    assert_eq!((again.article, again.events), (first.article, first.events));
    assert_eq!(again.outcome, Outcome::Unchanged);
}

#[sqlx::test]
async fn two_articles_on_one_event_make_one_event(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let first = api.ingest(&article("One."), std::slice::from_ref(&talks)).await;
    let second = api.ingest(&on("2023-03-03", "Two."), &[crate::support::in_place(talks, "Lugano", "CH")]).await;
    assert_eq!(first.events[0].id, second.events[0].id);
    let event = &second.events[0];
    assert_eq!((event.article_count, event.revision), (2, 2));
    assert_eq!(event.state.title, "Japan–Australia talks in Lugano");
    let evidence = event.evidence.as_ref().unwrap();
    let articles: Vec<_> = evidence.iter().map(|evidence| evidence.article.id).collect();
    assert_eq!(articles, [first.article.id, second.article.id]);
}

#[sqlx::test]
async fn articles_that_come_at_once_share_their_event(pool: PgPool) {
    let mut posts = JoinSet::new();
    for n in 0..16 {
        let api = Api::new(pool.clone());
        posts.spawn(async move {
            let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
            api.ingest(&article(&format!("Article {n}.")), &[talks]).await
        });
    }
    posts.join_all().await;
    let events = Api::new(pool).get("/v1/events").await.json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1);
    assert_eq!(events["items"][0]["article_count"], 16);
    assert_eq!(events["items"][0]["revision"], 1);
}

#[sqlx::test]
async fn what_one_article_tells_apart_stays_apart(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let ingested = api.ingest(&article("Two rounds."), &[talks.clone(), talks]).await;
    assert_eq!(ingested.events.len(), 2);
}

#[sqlx::test]
async fn a_party_that_is_named_twice_takes_part_once(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), asean(), japan()]);
    let ingested = api.ingest(&article("Twice."), &[talks]).await;
    assert_eq!(ingested.events[0].state.participants, [japan(), asean()]);
}

#[sqlx::test]
async fn dates_that_made_no_event_are_counted_and_listed_on_request(pool: PgPool) {
    let api = Api::new(pool);
    let text = "Japan and Australia will hold talks in Lugano on 7 March. Prices rose on 7 January.";
    let body = json!({"text": text, "published_on": "2023-03-01"});
    for path in ["/v1/extract", "/v1/articles"] {
        let plain = api.post_json(path, &body).await.json();
        assert_eq!(plain["warnings"], json!(["1 date made no event: past 1"]), "{path}");
        assert!(plain.get("unused_dates").is_none());
        let listed = api.post_json(&format!("{path}?include=unused_dates"), &body).await.json();
        let unused = json!([{"start": 73, "end": 82, "text": "7 January", "reason": "past"}]);
        assert_eq!(listed["unused_dates"], unused, "{path}");
        let problem = api.post_json(&format!("{path}?include=all"), &body).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "include");
    }
}

#[sqlx::test]
async fn a_report_or_an_undated_change_makes_no_event(pool: PgPool) {
    let api = Api::new(pool);
    let mut report = mention(Kind::Talks, "2023-03-07", &[japan()]);
    report.role = Role::Reports;
    let mut change = mention(Kind::Summit, "2023-03-07", &[japan()]);
    change.role = Role::Changes;
    change.when = None;
    assert!(api.ingest(&article("Held."), &[report.clone(), change]).await.events.is_empty());

    let announced = api.ingest(&article("Ahead."), &[mention(Kind::Talks, "2023-03-07", &[japan()])]).await;
    let held = api.ingest(&on("2023-03-08", "Held again."), &[report]).await;
    assert_eq!(held.events[0].id, announced.events[0].id);
    assert_eq!(held.events[0].state.status, Status::Held);
}

#[sqlx::test]
async fn a_change_without_a_day_calls_off_the_one_event_that_it_fits(pool: PgPool) {
    let api = Api::new(pool);
    let mut off = mention(Kind::Meeting, "2023-03-07", &[japan()]);
    (off.role, off.status, off.when) = (Role::Changes, Status::Cancelled, None);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), asean()]);
    api.ingest(&article("Ahead."), std::slice::from_ref(&talks)).await;

    let called_off = api.ingest(&on("2023-03-03", "Off."), std::slice::from_ref(&off)).await;
    assert_eq!(called_off.events[0].state.status, Status::Cancelled);
    assert_eq!(called_off.events[0].article_count, 2);

    // A change that matches two events changes neither.
    let later = mention(Kind::Talks, "2023-03-20", &[japan(), asean()]);
    api.ingest(&on("2023-03-03", "Later."), &[later]).await;
    assert!(api.ingest(&on("2023-03-04", "Off again."), &[off]).await.events.is_empty());
}

#[sqlx::test]
async fn deleting_an_article_takes_its_evidence_away(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), asean()]);
    let one = api.ingest(&article("One."), std::slice::from_ref(&talks)).await;
    let two = api.ingest(&article("Two."), &[talks, mention(Kind::Visit, "2023-03-08", &[japan()])]).await;
    let event = |n: usize| format!("/v1/events/{}", two.events[n].id);
    let address = format!("/v1/articles/{}", two.article.id);

    assert_eq!(api.delete(&address).await.status, StatusCode::NO_CONTENT);
    let left = api.get(&event(0)).await.json();
    assert_eq!(left["article_count"], 1);
    assert_eq!(left["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(left["evidence"][0]["article"]["id"], json!(one.article.id));
    let gone = api.get(&event(1)).await.problem(StatusCode::GONE);
    assert!(gone["detail"].as_str().unwrap().contains("withdrawn"), "{gone}");
    assert_eq!(api.titles("").await.len(), 1);

    api.delete(&address).await.problem(StatusCode::NOT_FOUND);
    api.get(&address).await.problem(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_report_alone_does_not_keep_an_event(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan()]);
    let announced = api.ingest(&article("Ahead."), std::slice::from_ref(&talks)).await;
    let mut report = talks.clone();
    report.role = Role::Reports;
    api.ingest(&article("Held."), &[report]).await;
    api.delete(&format!("/v1/articles/{}", announced.article.id)).await;
    assert!(api.titles("").await.is_empty());
    let again = api.ingest(&article("Ahead again."), &[talks]).await;
    assert_eq!(again.events.len(), 1);
}

#[sqlx::test]
async fn the_list_is_newest_first_and_leaves_out_the_text(pool: PgPool) {
    let api = Api::new(pool);
    for date in ["2023-03-03", "2023-03-01", "2023-03-02"] {
        api.ingest(&Article { published_on: day(date), ..article(date) }, &[]).await;
    }
    let mut dates = Vec::new();
    let mut uri = "/v1/articles?limit=1".to_owned();
    loop {
        let page = api.get(&uri).await;
        let body = page.json();
        assert!(body["items"][0].get("text").is_none());
        dates.extend(body["items"].as_array().unwrap().iter().map(|article| article["published_on"].clone()));
        if body["next_cursor"].is_null() {
            break;
        }
        page.header(header::LINK).trim_start_matches('<').split('>').next().unwrap().clone_into(&mut uri);
    }
    assert_eq!(dates, ["2023-03-03", "2023-03-02", "2023-03-01"]);
    assert_eq!(api.get("/v1/articles?include=text").await.json()["items"][2]["text"], "2023-03-01");
}

#[sqlx::test]
async fn a_mention_that_cannot_be_stored_leaves_nothing_behind(pool: PgPool) {
    let api = Api::new(pool);
    let mut impossible = mention(Kind::Talks, "2023-03-07", &[japan()]);
    impossible.statements.clear();
    let mentions = vec![mention(Kind::Talks, "2023-03-06", &[japan()]), impossible];
    let extraction = Extraction { language: None, mentions, dates: vec![], unused_dates: vec![], warnings: vec![] };
    assert!(api.store.ingest(&article("Half."), &extraction, now()).await.is_err());
    assert!(api.titles("").await.is_empty());
    assert_eq!(api.get("/v1/articles").await.json()["items"], json!([]));
}

#[sqlx::test]
async fn articles_are_filtered_and_list_their_events(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let rte = Article { published_on: day("2023-02-10"), ..at("https://www.rte.ie/a", "Trawlers in the strait.") };
    let event = api.ingest(&rte, &[talks]).await.events[0].id;
    let wire = Article { source: Some("The Wire".into()), title: Some("Quiet day".into()), ..article("Nothing.") };
    api.ingest(&wire, &[]).await;
    let titles = async |query: &str| {
        let list = api.get(&format!("/v1/articles?{query}")).await;
        assert_eq!(list.status, StatusCode::OK, "{query}: {}", String::from_utf8_lossy(&list.body));
        let items = list.json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["source"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, expected) in [
        ("source=rte.ie", &["www.rte.ie"][..]),
        ("source=rte.ie,the%20wire", &["The Wire", "www.rte.ie"]),
        ("q=trawlers", &["www.rte.ie"]),
        ("q=Strait+trawlers", &["www.rte.ie"]),
        ("q=trawler", &[]),
        ("q=quiet", &["The Wire"]),
        ("published_from=2023-03", &["The Wire"]),
        ("published_to=2023-02", &["www.rte.ie"]),
        ("has_events=true", &["www.rte.ie"]),
        ("has_events=false", &["The Wire"]),
        ("language=EN", &["The Wire", "www.rte.ie"]),
        ("language=fr", &[]),
    ] {
        assert_eq!(titles(query).await, expected, "{query}");
    }
    let listed = api.get("/v1/articles?has_events=true").await.json()["items"][0].clone();
    let expected = json!([{
        "id": event, "title": "Japan–Australia talks", "kind": "talks", "status": "confirmed",
        "starts_on": "2023-03-07", "ends_on": "2023-03-07",
    }]);
    assert_eq!(listed["events"], expected);
    let one = api.get(&format!("/v1/articles/{}", listed["id"].as_str().unwrap())).await.json();
    assert_eq!(one["events"], expected);
    for (query, field) in [
        ("has_events=perhaps", "has_events"),
        ("published_from=2023-03-02&published_to=2023-03-01", "published_to"),
        ("q=%2C", "q"),
        ("published_from=soon", "published_from"),
    ] {
        let refused = api.get(&format!("/v1/articles?{query}")).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(refused["field"], field, "{query}");
    }
}
