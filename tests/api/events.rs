//! `/v1/events` and `/v1/events/{id}`

use crate::support::{Api, article, at, australia, in_place, japan, mention};
use axum::http::{StatusCode, header};
use daybook::event::Kind;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeSet;

#[sqlx::test]
async fn an_event_is_shown_with_its_evidence(pool: PgPool) {
    let api = Api::new(pool);
    let talks = in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH");
    let ingested = api.ingest(&at("https://news.example/a", "Talks."), &[talks]).await;
    let id = ingested.events[0].id;
    let expected = json!({
        "id": id,
        "title": "Japan–Australia talks in Lugano",
        "kind": "talks",
        "status": "confirmed",
        "starts_on": "2023-03-07", "ends_on": "2023-03-07", "precision": "day", "edtf": "2023-03-07", "starts_at": null,
        "place": {"name": "Lugano", "country": "CH", "latitude": 46.0101, "longitude": 8.96},
        "participants": [
            {"kind": "country", "name": "Japan", "code": "JP", "represents": null},
            {"kind": "country", "name": "Australia", "code": "AU", "represents": null},
        ],
        "date_pending": false, "previous_dates": [],
        "name": null, "topic": null, "local_time": null, "format": null, "level": null, "official_url": null, "notes": null, "tags": [],
        "headline": "The talks will be held on 2023-03-07.",
        "article_count": 1,
        "confidence": 0.8,
        "revision": 1,
        "created_at": "2023-03-05T12:00:00Z", "updated_at": "2023-03-05T12:00:00Z",
        "evidence": [{
            "article": {
                "id": ingested.article.id, "title": null, "url": "https://news.example/a", "source": "news.example",
                "published_on": "2023-03-02",
            },
            "matched": "created", "role": "announces", "rule": ["by-hand"],
            "sentence": {"start": 0, "end": 37, "text": "The talks will be held on 2023-03-07."},
            "date": {"start": 26, "end": 36, "text": "2023-03-07", "value": "2023-03-07"},
            "confidence": 0.8,
        }],
        "corrections": [],
        "html_url": format!("http://localhost/events/{id}"), "country_name": "Switzerland",
        "occur_status": "eocstat:eos5",
    });
    assert_eq!(api.get(&format!("/v1/events/{id}")).await.json(), expected);
    let with = |of: &[(&str, Value)]| {
        let mut event = expected.clone();
        for (field, value) in of {
            event[*field] = value.clone();
        }
        event
    };
    let listed = with(&[("corrections", Value::Null)]);
    assert_eq!(api.get("/v1/events?include=evidence").await.json()["items"], json!([listed]));
    // What a list leaves out is `null`, not absent.
    let brief = with(&[("corrections", Value::Null), ("evidence", Value::Null)]);
    assert_eq!(api.get("/v1/events").await.json()["items"], json!([brief]));
}

#[sqlx::test]
async fn an_event_has_the_same_etag_until_anything_told_of_it_changes(pool: PgPool) {
    let api = Api::new(pool);
    let talks = mention(Kind::Talks, "2023-03-07", &[japan(), australia()]);
    let id = api.ingest(&at("https://news.example/a", "Talks."), std::slice::from_ref(&talks)).await.events[0].id;
    let uri = format!("/v1/events/{id}");
    let mut tag = api.get(&uri).await.header(header::ETAG).to_owned();
    let is_unchanged = async |tag: &str| {
        let answer = api.get_with(&uri, &[("if-none-match", tag)]).await;
        assert!(matches!(answer.status, StatusCode::OK | StatusCode::NOT_MODIFIED));
        (answer.status == StatusCode::NOT_MODIFIED, answer.header(header::ETAG).to_owned())
    };
    assert_eq!(is_unchanged(&tag).await, (true, tag.clone()));
    api.ingest(&at("https://news.example/b", "Others."), &[mention(Kind::Vote, "2023-03-09", &[japan()])]).await;
    assert_eq!(is_unchanged(&tag).await, (true, tag.clone()), "other events change nothing");

    // The clock of the test does not advance, and the state of the event stays the same.
    let other = api.ingest(&at("https://other.example/c", "The same."), &[talks]).await.article.id;
    let (same, changed) = is_unchanged(&tag).await;
    assert!(!same && changed != tag, "more evidence is a change");
    tag = changed;
    api.delete(&format!("/v1/articles/{other}")).await;
    let (same, changed) = is_unchanged(&tag).await;
    assert!(!same && changed != tag, "and so is less");
    assert_ne!(api.get(&format!("{uri}?as_of=2023-03-02")).await.header(header::ETAG), changed, "another answer");
}

#[sqlx::test]
async fn an_event_that_never_was_is_not_found(pool: PgPool) {
    let unknown = Api::new(pool).get("/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10").await;
    unknown.problem(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn pages_of_one_reach_each_event_once(pool: PgPool) {
    let api = Api::new(pool);
    let days = ["2023-03-07", "2023-03-09", "2023-03-07", "2023-03-06", "2023-03-07"];
    let kinds = [Kind::Talks, Kind::Visit, Kind::Vote, Kind::Hearing, Kind::Address];
    let mentions: Vec<_> = days.iter().zip(kinds).map(|(day, kind)| mention(kind, day, &[japan()])).collect();
    api.ingest(&article("Five."), &mentions).await;

    let (mut seen, mut dates) = (BTreeSet::new(), Vec::new());
    let mut uri = "/v1/events?limit=1&participant=jp&from=2023-03-01".to_owned();
    for _ in 0..5 {
        let page = api.get(&uri).await;
        let body = page.json();
        let items = body["items"].as_array().unwrap();
        assert_eq!(items.len(), 1);
        seen.insert(items[0]["id"].to_string());
        dates.push(items[0]["starts_on"].as_str().unwrap().to_owned());
        match &body["next_cursor"] {
            Value::String(cursor) => {
                assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)));
                let link = page.header(header::LINK);
                assert!(link.ends_with(">; rel=\"next\""), "{link}");
                assert!(link.contains("participant=jp") && link.contains(&**cursor), "{link}");
                link.trim_start_matches('<').split('>').next().unwrap().clone_into(&mut uri);
            }
            end => {
                assert_eq!(*end, Value::Null);
                assert!(page.headers.get(header::LINK).is_none());
                uri.clear();
            }
        }
    }
    assert!(uri.is_empty(), "the fifth page is the last");
    assert_eq!(seen.len(), 5);
    assert!(dates.is_sorted());
}
