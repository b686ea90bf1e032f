//! Corrections: `PATCH /v1/events/{id}`, `POST /v1/events`, `/merge`, `/split`, and `DELETE /v1/corrections/{id}`.

use crate::{
    laws,
    support::{Answer, Api, asean, australia, in_place, japan, mention, now, on},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use daybook::{
    event::{Kind, Mention},
    store::Verified,
};
use serde_json::{Value, json};
use sqlx::PgPool;

fn talks() -> Mention {
    in_place(mention(Kind::Talks, "2023-03-07", &[japan(), australia()]), "Lugano", "CH")
}

/// Adds author and reason.
fn signed(fields: &Value) -> Value {
    let mut body = json!({"author": "Desk", "reason": "Told by telephone"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

async fn patch(api: &Api, uri: &str, body: &Value) -> Answer {
    let request =
        Request::patch(uri).header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string()));
    api.send(request.unwrap()).await
}

#[sqlx::test]
async fn what_a_person_put_right_outranks_the_articles_until_it_is_withdrawn(pool: PgPool) {
    let api = Api::new(pool);
    let event = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let uri = format!("/v1/events/{event}");
    let place = json!({"name": "Locarno", "country": "CH", "latitude": 46.17, "longitude": 8.8});
    let done =
        patch(&api, &uri, &signed(&json!({"starts_on": "2023-03-08", "status": "tentative", "place": place}))).await;
    assert_eq!(done.status, StatusCode::OK, "{}", String::from_utf8_lossy(&done.body));
    let correction = done.json()["correction"].as_str().unwrap().to_owned();
    let shown = |event: &Value| json!([event["title"], event["edtf"], event["status"], event["revision"]]);
    let expected = json!(["Japan–Australia talks in Locarno", "2023-03-08", "tentative", 2]);
    assert_eq!(shown(&done.json()["events"][0]), expected);

    // A later article that contradicts the correction is linked, and does not change corrected
    // fields.
    let later = mention(Kind::Talks, "2023-03-08", &[japan(), australia(), asean()]);
    api.ingest(&on("2023-03-06", "Two."), &[later]).await;
    let now = api.get(&uri).await.json();
    assert_eq!((&now["status"], &now["article_count"], &now["revision"]), (&json!("tentative"), &json!(2), &json!(3)));
    assert_eq!(now["corrections"][0]["reason"], "Told by telephone");
    let history = api.get(&format!("{uri}/history")).await.json();
    assert_eq!(history["items"][1]["correction"]["author"], "Desk");
    assert_eq!(history["items"][1]["known_from"], "2023-03-05");
    assert_eq!(history["items"][1]["evidence"], json!([]));
    assert_eq!(api.get(&format!("{uri}?as_of=2023-03-04")).await.json()["status"], "confirmed");

    assert_eq!(api.delete(&format!("/v1/corrections/{correction}")).await.status, StatusCode::NO_CONTENT);
    let now = api.get(&uri).await.json();
    assert_eq!((&now["status"], &now["edtf"]), (&json!("confirmed"), &json!("2023-03-07")));
    assert!(now["corrections"] == json!([]));
    api.delete(&format!("/v1/corrections/{correction}")).await.problem(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_correction_survives_a_new_version_and_the_loss_of_its_first_article(pool: PgPool) {
    let api = Api::new(pool);
    let first = crate::support::at("https://news.example/a", "Old.");
    let one = api.ingest(&first, &[talks()]).await;
    api.ingest(&on("2023-03-03", "Two."), &[talks()]).await;
    let uri = format!("/v1/events/{}", one.events[0].id);
    patch(&api, &uri, &signed(&json!({"title": "The lake talks"}))).await;
    let new = daybook::article::Article { text: "New.".into(), ..first };
    api.ingest(&new, &[mention(Kind::Talks, "2023-03-07", &[japan(), australia()])]).await;
    assert_eq!(api.get(&uri).await.json()["title"], "The lake talks");
    api.delete(&format!("/v1/articles/{}", one.article.id)).await;
    assert_eq!(api.get(&uri).await.json()["title"], "The lake talks");
}

#[sqlx::test]
async fn an_event_that_no_article_announced_is_entered_and_articles_join_it(pool: PgPool) {
    let api = Api::new(pool);
    let body = signed(&json!({
        "kind": "talks", "starts_on": "2023-03-20", "ends_on": "2023-03-21",
        "participants": [{"kind": "country", "name": "Japan", "code": "JP"}],
    }));
    let made = api.post_json("/v1/events", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&made.body));
    let uri = made.header(header::LOCATION).to_owned();
    let event = api.get(&uri).await.json();
    assert_eq!(
        json!([event["title"], event["edtf"], event["article_count"]]),
        json!(["Japan talks", "2023-03-20/2023-03-21", 0])
    );
    assert_eq!(event["corrections"][0]["action"], "create");

    let joined =
        api.ingest(&on("2023-03-06", "One."), &[mention(Kind::Talks, "2023-03-20", &[japan(), asean()])]).await;
    assert_eq!(format!("/v1/events/{}", joined.events[0].id), uri);
    assert_eq!(api.get(&uri).await.json()["article_count"], 1);

    let correction = made.json()["correction"].as_str().unwrap().to_owned();
    api.delete(&format!("/v1/corrections/{correction}")).await;
    let left = api.get(&uri).await.json();
    assert_eq!(
        json!([left["edtf"], left["article_count"]]),
        json!(["2023-03-20", 1]),
        "the article alone makes it now"
    );
}

#[sqlx::test]
async fn a_title_that_a_person_gave_stays_whatever_else_is_put_right(pool: PgPool) {
    let api = Api::new(pool);
    let body = signed(&json!({
        "title": "The lake talks", "kind": "talks", "starts_on": "2023-03-20",
        "participants": [{"kind": "country", "name": "Japan", "code": "JP"}],
    }));
    let made = api.post_json("/v1/events", &body).await;
    let uri = made.header(header::LOCATION).to_owned();
    assert_eq!(api.get(&uri).await.json()["title"], "The lake talks");

    patch(&api, &uri, &signed(&json!({"title": "The tuna talks"}))).await;
    patch(&api, &uri, &signed(&json!({"starts_on": "2023-03-21"}))).await;
    let event = api.get(&uri).await.json();
    assert_eq!(json!([event["title"], event["starts_on"]]), json!(["The tuna talks", "2023-03-21"]));
}

#[sqlx::test]
async fn two_events_are_merged_and_one_is_split_by_hand(pool: PgPool) {
    let api = Api::new(pool);
    let one = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let visit = mention(Kind::Visit, "2023-03-07", &[japan()]);
    let two = api.ingest(&on("2023-02-11", "Two."), &[visit]).await.events[0].id;
    let merged = api.post_json(&format!("/v1/events/{two}/merge"), &signed(&json!({"other": one}))).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", String::from_utf8_lossy(&merged.body));
    assert_eq!(merged.json()["events"][0]["id"], json!(one), "the id made first stays");
    assert_eq!(merged.json()["events"][0]["article_count"], 2);
    assert_eq!(api.get(&format!("/v1/events/{two}")).await.status, StatusCode::PERMANENT_REDIRECT);

    let correction = merged.json()["correction"].as_str().unwrap().to_owned();
    api.delete(&format!("/v1/corrections/{correction}")).await;
    assert_eq!(api.titles("").await.len(), 2);

    let three = api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
    let other =
        api.post_json(&format!("/v1/events/{one}/split"), &signed(&json!({"articles": [three.article.id]}))).await;
    assert_eq!(other.status, StatusCode::OK, "{}", String::from_utf8_lossy(&other.body));
    assert_eq!(other.json()["events"].as_array().unwrap().len(), 2);
    assert_eq!(api.titles("kind=talks").await.len(), 2);
    // Split events are never merged again.
    api.ingest(&on("2023-03-06", "Four."), &[talks()]).await;
    assert_eq!(api.titles("kind=talks").await.len(), 2);
    assert_eq!(api.titles("kind=talks&as_of=2023-03-04").await.len(), 1, "that was not known before");
}

#[sqlx::test]
async fn an_article_that_mentions_a_merged_event_twice_is_split_from_it(pool: PgPool) {
    let api = Api::new(pool);
    let one = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
    let again = mention(Kind::Talks, "2023-03-09", &[japan(), australia()]);
    let twice = api.ingest(&on("2023-02-11", "Two."), &[talks(), again]).await;
    let other = twice.events.iter().map(|event| event.id).find(|id| *id != one).unwrap();
    let merged = api.post_json(&format!("/v1/events/{one}/merge"), &signed(&json!({"other": other}))).await;
    assert_eq!(merged.json()["events"][0]["article_count"], 2);
    let uri = format!("/v1/events/{one}");
    let split = api.post_json(&format!("{uri}/split"), &signed(&json!({"articles": [twice.article.id]}))).await;
    assert_eq!(split.status, StatusCode::OK, "{}", String::from_utf8_lossy(&split.body));
    let counts: Vec<Value> =
        split.json()["events"].as_array().unwrap().iter().map(|event| event["article_count"].clone()).collect();
    assert_eq!(counts, [1, 1]);

    let correction = split.json()["correction"].as_str().unwrap().to_owned();
    assert_eq!(api.delete(&format!("/v1/corrections/{correction}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&uri).await.json()["article_count"], 2);
}

#[sqlx::test]
async fn events_keep_their_ids_after_a_merge_and_a_split(pool: PgPool) {
    let api = Api::new(pool.clone());
    let visit = || mention(Kind::Visit, "2023-03-09", &[japan()]);
    // The second article announces another event, or both.
    for mentions in [vec![visit()], vec![talks(), visit()]] {
        laws::clear(&pool).await;
        let one = api.ingest(&on("2023-02-10", "One."), &[talks()]).await.events[0].id;
        let second = api.ingest(&on("2023-02-11", "Two."), &mentions).await;
        let other = second.events.iter().map(|event| event.id).find(|id| *id != one).unwrap();
        let uri = format!("/v1/events/{one}");
        let merged = api.post_json(&format!("{uri}/merge"), &signed(&json!({"other": other}))).await;
        assert_eq!(merged.status, StatusCode::OK);

        let split =
            api.post_json(&format!("{uri}/split"), &signed(&json!({"articles": [second.article.id]}))).await.json();
        let ids: Vec<Value> = split["events"].as_array().unwrap().iter().map(|event| event["id"].clone()).collect();
        assert_eq!(ids, [json!(one), json!(other)]);
        verifies(&api).await;
        let known = api.get("/v1/events?as_of=2023-02-12").await.json();

        // Whatever recomputes the events, what was known before keeps its id.
        api.ingest(&on("2023-02-12", "Three."), &[talks()]).await;
        verifies(&api).await;
        assert_eq!(api.get("/v1/events?as_of=2023-02-11").await.json()["items"], known["items"]);

        let correction = split["correction"].as_str().unwrap();
        assert_eq!(api.delete(&format!("/v1/corrections/{correction}")).await.status, StatusCode::NO_CONTENT);
        verifies(&api).await;
        assert_eq!(api.get(&format!("/v1/events/{other}")).await.status, StatusCode::PERMANENT_REDIRECT);
    }
}

/// Checks that events equal what their articles and corrections yield.
async fn verifies(api: &Api) {
    assert_eq!(api.store.verify(Verified::default(), 100, now()).await.unwrap().unwrap().2, []);
}

#[sqlx::test]
async fn corrections_hold_that_are_made_before_the_articles_are_published(pool: PgPool) {
    let api = Api::new(pool);
    // Tomorrow's papers, of which the desk has the proofs.
    let visit = mention(Kind::Visit, "2023-03-20", &[asean()]);
    let one = api.ingest(&on("2023-03-06", "One."), &[talks()]).await.events[0].id;
    let two = api.ingest(&on("2023-03-07", "Two."), std::slice::from_ref(&visit)).await.events[0].id;
    let (uri, other) = (format!("/v1/events/{one}"), format!("/v1/events/{two}"));
    let undo = async |done: Answer| {
        assert_eq!(done.status, StatusCode::OK, "{}", String::from_utf8_lossy(&done.body));
        let correction = done.json()["correction"].as_str().unwrap().to_owned();
        assert_eq!(api.delete(&format!("/v1/corrections/{correction}")).await.status, StatusCode::NO_CONTENT);
    };

    let amended = patch(&api, &uri, &signed(&json!({"status": "tentative"}))).await;
    assert_eq!(amended.json()["events"][0]["status"], "tentative");
    undo(amended).await;
    assert_eq!(api.get(&uri).await.json()["status"], "confirmed");

    let merged = api.post_json(&format!("{uri}/merge"), &signed(&json!({"other": two}))).await;
    assert_eq!(merged.json()["events"].as_array().map(Vec::len), Some(1), "{}", merged.json());
    assert_eq!(api.get(&uri).await.json()["article_count"], 2);
    assert_eq!(api.get(&other).await.status, StatusCode::PERMANENT_REDIRECT);
    // It holds when articles before and after are stored, and each event is as it was known on its day.
    api.ingest(&on("2023-03-06", "Three."), &[talks()]).await;
    api.ingest(&on("2023-02-10", "Four."), &[mention(Kind::Vote, "2023-03-07", &[japan()])]).await;
    assert_eq!(api.get(&uri).await.json()["article_count"], 3);
    assert_eq!(api.get(&format!("{uri}?as_of=2023-03-06")).await.json()["article_count"], 2);
    let verified = api.store.verify(Verified::default(), 100, now()).await.unwrap();
    assert_eq!(verified.map(|(.., differences)| differences), Some(vec![]));
    undo(merged).await;
    assert_eq!(api.get(&other).await.status, StatusCode::OK);

    let rejected = api.post_json(&format!("{other}/reject"), &signed(&json!({}))).await;
    api.get(&other).await.problem(StatusCode::GONE);
    api.ingest(&on("2023-03-09", "Five."), &[visit]).await;
    api.get(&other).await.problem(StatusCode::GONE);
    let verified = api.store.verify(Verified::default(), 100, now()).await.unwrap();
    assert_eq!(verified.map(|(.., differences)| differences), Some(vec![]));
    undo(rejected).await;
    assert_eq!(api.get(&other).await.json()["article_count"], 2);

    let shown = api.get(&uri).await.json();
    let article = shown["evidence"][1]["article"]["id"].clone();
    let split = api.post_json(&format!("{uri}/split"), &signed(&json!({"articles": [article]}))).await;
    assert_eq!(split.json()["events"].as_array().map(Vec::len), Some(2), "{}", split.json());
    let verified = api.store.verify(Verified::default(), 100, now()).await.unwrap();
    assert_eq!(verified.map(|(.., differences)| differences), Some(vec![]));
    undo(split).await;
    assert_eq!(api.get(&uri).await.json()["article_count"], 2);
}

#[sqlx::test]
async fn a_wrong_correction_is_refused_with_its_field(pool: PgPool) {
    let api = Api::new(pool);
    let ingested = api.ingest(&on("2023-02-10", "One."), &[talks()]).await;
    let uri = format!("/v1/events/{}", ingested.events[0].id);
    let cases = [
        (json!({"author": "", "reason": "x", "title": "T"}), "author"),
        (json!({"author": "x", "title": "T"}), "reason"),
        (signed(&json!({"ends_on": "2023-03-06"})), "ends_on"),
        (signed(&json!({"starts_on": "2023-03-08", "ends_on": "2023-03-07"})), "ends_on"),
        (signed(&json!({"starts_on": "8 March"})), "starts_on"),
        (signed(&json!({"status": "maybe"})), "status"),
        (signed(&json!({"title": " "})), "title"),
        (signed(&json!({"date_pending": true, "status": "held"})), "date_pending"),
        (signed(&json!({"place": {"name": "Lugano", "country": "Switzerland"}})), "place"),
        (signed(&json!({"participants": [{"kind": "country", "name": "Japan"}]})), "participants"),
        (signed(&json!({"colour": "red"})), "colour"),
    ];
    for (body, field) in cases {
        let problem = patch(&api, &uri, &body).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field, "{body}: {problem}");
    }
    patch(&api, &uri, &signed(&json!({}))).await.problem(StatusCode::BAD_REQUEST);
    let unknown = "/v1/events/01941f29-7c00-7a11-8a3e-2f0c6c1b9d10";
    patch(&api, unknown, &signed(&json!({"title": "T"}))).await.problem(StatusCode::NOT_FOUND);
    let alone = api.post_json(&format!("{uri}/split"), &signed(&json!({"articles": [ingested.article.id]}))).await;
    assert_eq!(alone.problem(StatusCode::BAD_REQUEST)["field"], "articles");
    let itself = api.post_json(&format!("{uri}/merge"), &signed(&json!({"other": ingested.events[0].id}))).await;
    assert_eq!(itself.problem(StatusCode::BAD_REQUEST)["field"], "other");
    assert_eq!(api.get(&uri).await.json()["revision"], 1);
}

#[sqlx::test]
async fn an_event_that_is_sent_again_is_entered_once(pool: PgPool) {
    let api = Api::new(pool);
    let event = json!({"author": "Desk", "reason": "Told", "kind": "talks", "starts_on": "2023-03-07",
                       "participants": [{"kind": "country", "name": "Japan", "code": "JP"}]});
    let send = async |key: &str, event: &Value| {
        let request = Request::post("/v1/events").header(header::CONTENT_TYPE, "application/json");
        api.send(request.header("idempotency-key", key).body(event.to_string().into()).unwrap()).await
    };
    let first = send("one", &event).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = send("one", &event).await;
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    assert_eq!(api.titles("").await.len(), 1);
    let mut other = event.clone();
    other["starts_on"] = json!("2023-03-08");
    assert_eq!(send("one", &other).await.problem(StatusCode::UNPROCESSABLE_ENTITY)["field"], "Idempotency-Key");
    assert_eq!(send("", &event).await.problem(StatusCode::BAD_REQUEST)["field"], "Idempotency-Key");
    assert_eq!(send("two", &other).await.status, StatusCode::CREATED);
    assert_eq!(api.titles("").await.len(), 2);
}
