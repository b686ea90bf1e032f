//! `/v1/events/{id}/history`, and `as_of`: the timeline as of a past date.

use crate::support::{Api, article, asean, australia, in_place, japan, mention, on};
use axum::http::StatusCode;
use daybook::{
    article::Article,
    event::{Kind, Mention, PreviousDate, Role, Status},
};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks(day: &str) -> Mention {
    mention(Kind::Talks, day, &[japan(), australia()])
}

fn says(status: Status, mention: Mention) -> Mention {
    let role = if status.is_off() { Role::Changes } else { Role::Announces };
    Mention { role, status, ..mention }
}

fn moved_from(old: &str, mention: Mention) -> Mention {
    let day = crate::support::day(old);
    let previous = PreviousDate { starts_on: day, ends_on: day, edtf: old.to_owned() };
    Mention { previous_dates: vec![previous], ..says(Status::Postponed, mention) }
}

fn by(source: &str, article: Article) -> Article {
    Article { source: Some(source.to_owned()), ..article }
}

/// Stores articles that announce an event for the 7th, state its place, postpone it to the 20th,
/// and cancel it.
async fn four_articles(pool: PgPool) -> (Api, String) {
    let api = Api::new(pool);
    let first = api.ingest(&on("2023-02-10", "One."), &[says(Status::Tentative, talks("2023-03-07"))]).await;
    api.ingest(&on("2023-02-12", "Two."), &[in_place(talks("2023-03-07"), "Lugano", "CH")]).await;
    api.ingest(&on("2023-02-20", "Three."), &[moved_from("2023-03-07", talks("2023-03-20"))]).await;
    let off = Mention { when: None, ..says(Status::Cancelled, talks("2023-03-20")) };
    api.ingest(&on("2023-02-25", "Four."), &[off]).await;
    (api, format!("/v1/events/{}", first.events[0].id))
}

/// `day: field from → to, …` of each state.
fn told(history: &Value) -> Vec<String> {
    let change = |change: &Value| {
        let disputed = if change["disputed"] == true { " (disputed)" } else { "" };
        format!("{} {} → {}{disputed}", change["field"].as_str().unwrap(), change["from"], change["to"])
    };
    let item = |item: &Value| {
        let changes: Vec<_> = item["changes"].as_array().unwrap().iter().map(change).collect();
        format!("{}: {}", item["known_from"].as_str().unwrap(), changes.join(", "))
    };
    history["items"].as_array().unwrap().iter().map(item).collect()
}

#[sqlx::test]
async fn every_state_tells_what_changed_and_which_sentence_brought_it(pool: PgPool) {
    let (api, event) = four_articles(pool).await;
    let history = api.get(&format!("{event}/history")).await.json();
    let items = history["items"].as_array().unwrap();
    let fields: Vec<Vec<&str>> = items
        .iter()
        .map(|item| {
            item["changes"].as_array().unwrap().iter().map(|change| change["field"].as_str().unwrap()).collect()
        })
        .collect();
    assert_eq!(
        fields,
        [
            vec![],
            vec!["place", "status", "title"],
            vec!["edtf", "ends_on", "previous_dates", "starts_on", "status"],
            vec!["status"]
        ]
    );
    let days: Vec<_> = items.iter().map(|item| item["known_from"].as_str().unwrap()).collect();
    assert_eq!(days, ["2023-02-10", "2023-02-12", "2023-02-20", "2023-02-25"]);
    assert_eq!(items[1]["number"], 2);
    assert_eq!(items[1]["recorded_at"], "2023-03-05T12:00:00Z");
    assert_eq!(items[1]["evidence"][0]["article"]["published_on"], "2023-02-12");
    assert_eq!(items[1]["evidence"][0]["matched"], "same_dates");
    assert_eq!(items[2]["evidence"][0]["matched"], "names_previous_date");
    assert_eq!(items[3]["evidence"][0]["matched"], "undated");
    let now = api.get(&event).await.json();
    for field in ["title", "status", "edtf", "previous_dates", "participants", "place"] {
        assert_eq!(items[3]["event"][field], now[field], "{field}");
    }
    assert_eq!(
        now["previous_dates"],
        json!([{"starts_on": "2023-03-07", "ends_on": "2023-03-07", "edtf": "2023-03-07"}])
    );
}

#[sqlx::test]
async fn as_of_a_day_nothing_published_later_is_known(pool: PgPool) {
    let (api, event) = four_articles(pool).await;
    let cases = [
        ("2023-02-10", "2023-03-07", "tentative", Value::Null, 1),
        ("2023-02-11", "2023-03-07", "tentative", Value::Null, 1),
        ("2023-02-12", "2023-03-07", "confirmed", json!("Lugano"), 2),
        ("2023-02-20", "2023-03-20", "postponed", json!("Lugano"), 3),
        ("today", "2023-03-20", "cancelled", json!("Lugano"), 4),
    ];
    for (day, edtf, status, place, articles) in cases {
        let one = api.get(&format!("{event}?as_of={day}")).await.json();
        let shown = json!([one["edtf"], one["status"], one["place"]["name"], one["article_count"]]);
        assert_eq!(shown, json!([edtf, status, place, articles]), "{day}");
        assert_eq!(one["evidence"].as_array().unwrap().len(), articles, "{day}");
        let listed = api.get(&format!("/v1/events?as_of={day}&include=evidence")).await.json();
        assert_eq!(listed["items"][0], one, "{day}");
        let timeline = api.get(&format!("/v1/timeline?as_of={day}")).await.json();
        assert_eq!(timeline["items"][0]["date"], edtf, "{day}");
    }
    assert_eq!(api.get("/v1/events?as_of=2023-02-09").await.json()["items"], json!([]));
    let not_yet = api.get(&format!("{event}?as_of=2023-02-09")).await.problem(StatusCode::NOT_FOUND);
    assert_eq!(not_yet["field"], "as_of");
}

#[sqlx::test]
async fn filters_compare_what_was_known_on_the_day(pool: PgPool) {
    let (api, _) = four_articles(pool).await;
    let cases = [
        ("status=tentative", 0),
        ("status=tentative&as_of=2023-02-11", 1),
        ("place=lugano&as_of=2023-02-11", 0),
        ("q=lugano", 1),
        ("q=lugano&as_of=2023-02-11", 0),
        ("to=2023-03-10", 0),
        ("to=2023-03-10&as_of=2023-02-19", 1),
    ];
    for (query, expected) in cases {
        assert_eq!(api.titles(query).await.len(), expected, "{query}");
    }
}

#[sqlx::test]
async fn an_article_that_comes_late_changes_history_where_it_belongs(pool: PgPool) {
    let api = Api::new(pool);
    let late = on("2023-02-12", "Late.");
    let first = api.ingest(&on("2023-02-10", "One."), &[talks("2023-03-07")]).await;
    let third = on("2023-02-20", "Three.");
    api.ingest(&third, &[says(Status::Cancelled, talks("2023-03-07"))]).await;
    let event = format!("/v1/events/{}", first.events[0].id);
    let before = api.get(&event).await.json();
    api.ingest(&late, &[in_place(talks("2023-03-07"), "Lugano", "CH")]).await;
    let history = told(&api.get(&format!("{event}/history")).await.json());
    assert_eq!(history.len(), 3, "{history:#?}");
    assert!(history[1].starts_with("2023-02-12: place"), "{history:#?}");
    assert_eq!(history[2], "2023-02-20: status \"confirmed\" → \"cancelled\"");
    let after = api.get(&event).await.json();
    assert_eq!(after["revision"], before["revision"].as_i64().unwrap() + 1);
    assert_eq!(after["status"], "cancelled");
}

#[sqlx::test]
async fn where_sources_disagree_the_later_wins_and_the_other_stays_as_disputed(pool: PgPool) {
    let api = Api::new(pool);
    let said = says(Status::Tentative, in_place(talks("2023-03-07"), "Lugano", "CH"));
    let first =
        api.ingest(&by("A", on("2023-02-10", "One.")), &[in_place(talks("2023-03-07"), "Paradiso", "CH")]).await;
    api.ingest(&by("B", on("2023-02-12", "Two.")), std::slice::from_ref(&said)).await;
    let event = format!("/v1/events/{}", first.events[0].id);
    let history = api.get(&format!("{event}/history")).await.json();
    let disputed: Vec<_> = history["items"][1]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["disputed"] == true)
        .map(|change| change["field"].as_str().unwrap())
        .collect();
    assert_eq!(disputed, ["place", "status"]);
    let now = api.get(&event).await.json();
    assert_eq!((&now["status"], &now["place"]["name"]), (&json!("tentative"), &json!("Lugano")));

    // A source that contradicts itself does not dispute.
    api.ingest(&by("B", on("2023-02-13", "Three.")), &[says(Status::Confirmed, said.clone())]).await;
    api.ingest(&by("B", on("2023-02-14", "Four.")), &[said]).await;
    let history = told(&api.get(&format!("{event}/history")).await.json());
    assert_eq!(history[3], "2023-02-14: status \"confirmed\" → \"tentative\"");
}

#[sqlx::test]
async fn lists_of_parties_that_differ_a_little_are_one_disputed_list(pool: PgPool) {
    let api = Api::new(pool);
    let chile = crate::support::country("CL", "Chile");
    let said = |parties: &[_]| in_place(mention(Kind::Talks, "2023-03-07", parties), "Lugano", "CH");
    api.ingest(&on("2023-02-10", "One."), &[said(&[japan(), australia(), asean()])]).await;
    let event = api.ingest(&on("2023-02-11", "Two."), &[said(&[japan(), australia(), chile.clone()])]).await;
    assert_eq!(event.events[0].state.participants, [japan(), australia(), chile]);
    let history = api.get(&format!("/v1/events/{}/history", event.events[0].id)).await.json();
    let parties = history["items"][1]["changes"].as_array().unwrap().iter().find(|c| c["field"] == "participants");
    assert_eq!(parties.unwrap()["disputed"], true);
}

#[sqlx::test]
async fn the_history_of_what_never_was_or_is_gone(pool: PgPool) {
    let api = Api::new(pool);
    api.get("/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10/history").await.problem(StatusCode::NOT_FOUND);
    let gone = api.ingest(&article("One."), &[talks("2023-03-07")]).await;
    api.delete(&format!("/v1/articles/{}", gone.article.id)).await;
    api.get(&format!("/v1/events/{}/history", gone.events[0].id)).await.problem(StatusCode::GONE);
}
