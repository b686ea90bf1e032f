//! `/v1/webhooks`, with a receiver that records its deliveries.

use crate::support::{Api, asean, japan, mention, now, on};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use daybook::{
    deliver,
    event::{Kind, Mention, Role, Status},
    extract::Extractor,
    http::{self, Access, App, Limits},
    outbound::{self, Outbound},
    store::Store,
};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use sqlx::PgPool;
use standardwebhooks::Webhook;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{Notify, oneshot},
};

/// A delivery to a receiver.
#[derive(Clone, Debug)]
pub(super) struct Message {
    headers: HeaderMap,
    bytes: Bytes,
}

impl Message {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// Its type and the kind of its event.
    fn told(&self) -> (String, String) {
        let body = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&body["type"]), text(&body["data"]["kind"]))
    }

    /// The signature that it must contain if it was signed with `secret`.
    fn signature(&self, secret: &str) -> String {
        let at = self.header("webhook-timestamp").parse().unwrap();
        Webhook::new(secret).unwrap().sign(self.id(), at, &self.bytes).unwrap()
    }
}

/// The response of a receiver.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
    Status(u16),
    RetryAfter(&'static str),
    /// No response until released.
    Hang,
}

/// A receiver. It responds as specified, then with 204.
#[derive(Clone, Default)]
pub(super) struct Receiver {
    taken: Arc<Mutex<Vec<Message>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    go_on: Arc<Notify>,
}

impl Receiver {
    /// Returns its URL.
    pub(super) async fn serve(&self) -> String {
        let receiver = self.clone();
        let take = async move |headers: HeaderMap, bytes: Bytes| -> Response {
            receiver.taken.lock().unwrap().push(Message { headers, bytes });
            let reply = receiver.replies.lock().unwrap().pop_front();
            match reply {
                None => StatusCode::NO_CONTENT.into_response(),
                Some(Reply::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
                Some(Reply::RetryAfter(value)) => {
                    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, value)]).into_response()
                }
                Some(Reply::Hang) => {
                    receiver.go_on.notified().await;
                    StatusCode::NO_CONTENT.into_response()
                }
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", axum::routing::post(take));
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        address
    }

    pub(super) fn replies(&self, replies: &[Reply]) {
        *self.replies.lock().unwrap() = replies.iter().copied().collect();
    }

    pub(super) fn taken(&self) -> Vec<Message> {
        self.taken.lock().unwrap().clone()
    }

    /// Clears the recorded deliveries and the specified responses.
    pub(super) fn forget(&self) {
        self.taken.lock().unwrap().clear();
        self.replies.lock().unwrap().clear();
    }

    fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    fn told(&self) -> Vec<(String, String)> {
        self.taken().iter().map(Message::told).collect()
    }
}

/// A replica that may connect to this machine, and its API.
struct Replica {
    app: App,
    api: Api,
}

impl Replica {
    fn new(pool: &PgPool) -> Self {
        let outbound = Outbound::new(&["127.0.0.0/8".parse().unwrap()], outbound::TIME).unwrap();
        Self::with(App { now, outbound, ..App::new(Store::new(pool.clone()), Extractor::new()) })
    }

    fn with(app: App) -> Self {
        let router = http::router(app.clone(), Access::default(), Limits::default());
        Self { api: Api::over(app.store.clone(), router), app }
    }

    /// Creates a webhook; returns its URL in the API and its secret.
    async fn create(&self, body: Value) -> (String, String) {
        let answer = self.api.post_json("/v1/webhooks", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        (answer.header(header::LOCATION).to_owned(), answer.json()["secret"].as_str().unwrap().to_owned())
    }

    async fn get(&self, uri: &str) -> Value {
        self.api.get(uri).await.json()
    }

    async fn patch(&self, uri: &str, body: Value) -> Value {
        let request = Request::patch(uri).header(header::CONTENT_TYPE, "application/json");
        self.api.send(request.body(Body::from(body.to_string())).unwrap()).await.json()
    }

    /// Delivers what is due at a time until `done`: a change is due once no older transaction on
    /// this server is running.
    async fn delivers(&self, at: Timestamp, done: impl AsyncFn() -> bool) {
        until(async || {
            deliver::due(&self.app, at).await.unwrap();
            done().await
        })
        .await;
    }

    /// Delivers what is due now until the receiver has this number of deliveries.
    async fn brings(&self, receiver: &Receiver, count: usize) {
        self.delivers(now(), async || receiver.count() >= count).await;
    }

    /// A mention of an event of this kind.
    async fn announces(&self, mention: &Mention, text: &str) {
        self.api.ingest(&on("2023-03-01", text), std::slice::from_ref(mention)).await;
    }
}

/// Waits for a condition.
async fn until(condition: impl AsyncFn() -> bool) {
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    let asked = async {
        while !condition().await {
            tick.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.expect("20 seconds suffice");
}

fn talks() -> Mention {
    mention(Kind::Talks, "2023-03-07", &[japan()])
}

fn vote() -> Mention {
    mention(Kind::Vote, "2023-04-01", &[asean()])
}

fn pairs(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect()
}

#[sqlx::test]
async fn changes_are_sent_in_their_order_filtered_and_signed(pool: PgPool) {
    let (replica, all, votes) = (Replica::new(&pool), Receiver::default(), Receiver::default());
    let (_, secret) = replica.create(json!({"url": all.serve().await})).await;
    replica.create(json!({"url": votes.serve().await, "filters": {"kind": "vote", "participant": ["ASEAN"]}})).await;
    replica.announces(&talks(), "One.").await;
    replica.brings(&all, 1).await;
    replica.announces(&vote(), "Two.").await;
    let off = Mention { role: Role::Changes, status: Status::Cancelled, ..talks() };
    replica.announces(&off, "Off.").await;
    replica.brings(&all, 3).await;
    replica.brings(&votes, 1).await;
    let created = ("event.created", "vote");
    assert_eq!(all.told(), pairs(&[("event.created", "talks"), created, ("event.updated", "talks")]));
    assert_eq!(votes.told(), pairs(&[created]));

    let message = &all.taken()[2];
    let body = message.json();
    assert_eq!((&body["data"]["status"], &body["timestamp"]), (&json!("cancelled"), &json!("2023-03-05T12:00:00Z")));
    assert_eq!(message.header("content-type"), "application/json");
    assert_eq!(message.header("webhook-timestamp"), now().as_second().to_string());
    assert_eq!(message.header("webhook-signature"), message.signature(&secret));
    let webhook = &replica.get("/v1/webhooks").await["items"][0];
    assert_eq!((&webhook["failures"], &webhook["last_problem"]), (&json!(0), &Value::Null));
    assert!(webhook["last_delivered_at"].is_string() && webhook["secret"].is_null(), "{webhook}");
}

#[sqlx::test]
async fn what_is_not_taken_is_sent_again_though_the_service_restarts(pool: PgPool) {
    let (replica, receiver) = (Replica::new(&pool), Receiver::default());
    let (uri, _) = replica.create(json!({"url": receiver.serve().await})).await;
    receiver.replies(&[Reply::Status(500), Reply::Status(302)]);
    replica.announces(&talks(), "One.").await;
    replica.announces(&vote(), "Two.").await;
    replica.brings(&receiver, 1).await;
    // While it waits, neither this change nor a later one is sent.
    replica.delivers(now(), async || replica.get(&uri).await["failures"] == 1).await;
    deliver::due(&replica.app, now() + 4.seconds()).await.unwrap();
    let webhook = replica.get(&uri).await;
    assert_eq!((receiver.count(), &webhook["last_problem"]), (1, &json!("it answered 500")));
    assert!(webhook["next_try_at"].as_str().unwrap().starts_with("2023-03-05T12:00:05"), "{webhook}");

    let restarted = Replica::new(&pool);
    deliver::due(&restarted.app, now() + 6.seconds()).await.unwrap();
    // A redirect is a failure, and is not followed.
    assert_eq!(restarted.get(&uri).await["last_problem"], "it answered 302");
    let later = now() + 10.minutes();
    restarted.delivers(later, async || receiver.count() >= 4).await;
    let told = receiver.told();
    assert_eq!((&told[..3], &*told[3].1), (&*pairs(&[("event.created", "talks"); 3]), "vote"));
    let ids: Vec<_> = receiver.taken().iter().map(|message| message.id().to_owned()).collect();
    assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3], "{ids:?}");
}

#[sqlx::test]
async fn another_takes_over_from_a_replica_that_dies(pool: PgPool) {
    let (dying, other, receiver) = (Replica::new(&pool), Replica::new(&pool), Receiver::default());
    dying.create(json!({"url": receiver.serve().await})).await;
    receiver.replies(&[Reply::Hang]);
    dying.announces(&talks(), "One.").await;
    tokio::select! {
        () = dying.delivers(now(), async || false) => {}
        () = until(async || receiver.count() == 1) => {}
    }
    // The first process might still be delivering until its lease expires.
    deliver::due(&other.app, now()).await.unwrap();
    assert_eq!(receiver.count(), 1);
    other.delivers(now() + 3.minutes(), async || receiver.count() == 2).await;
    let taken = receiver.taken();
    assert_eq!(taken[0].id(), taken[1].id());
}

#[sqlx::test]
async fn of_several_replicas_one_delivers(pool: PgPool) {
    let replicas = [Replica::new(&pool), Replica::new(&pool)];
    let receivers = [Receiver::default(), Receiver::default()];
    for receiver in &receivers {
        replicas[0].create(json!({"url": receiver.serve().await})).await;
    }
    for day in 1..=9 {
        let mention = mention(Kind::Talks, &format!("2023-05-0{day}"), &[japan()]);
        replicas[0].announces(&mention, &format!("{day}.")).await;
        tokio::join!(replicas[0].brings(&receivers[0], day), replicas[1].brings(&receivers[1], day));
    }
    for receiver in receivers {
        let days: Vec<_> = receiver.taken().iter().map(|message| message.json()["data"]["starts_on"].clone()).collect();
        assert_eq!(days, (1..=9).map(|day| json!(format!("2023-05-0{day}"))).collect::<Vec<_>>());
    }
}

#[sqlx::test]
async fn a_receiver_that_hangs_slows_no_other(pool: PgPool) {
    let (replica, hanging, quick) = (Replica::new(&pool), Receiver::default(), Receiver::default());
    replica.create(json!({"url": hanging.serve().await})).await;
    replica.create(json!({"url": quick.serve().await})).await;
    hanging.replies(&[Reply::Hang]);
    let (end, ended) = oneshot::channel();
    let running = tokio::spawn(deliver::run(replica.app.clone(), async { ended.await.unwrap() }));
    for (at, mention) in [talks(), vote()].iter().enumerate() {
        replica.announces(mention, &format!("{at}.")).await;
        until(async || quick.count() > at).await;
    }
    until(async || hanging.count() == 1).await;
    // A delivery that is under way is completed at shutdown.
    end.send(()).unwrap();
    hanging.go_on.notify_one();
    running.await.unwrap();
    let webhooks = replica.get("/v1/webhooks").await;
    assert!(webhooks["items"][0]["last_delivered_at"].is_string(), "{webhooks}");
}

#[sqlx::test]
async fn after_a_week_of_failure_it_is_disabled_and_goes_on_when_enabled(pool: PgPool) {
    let (replica, receiver) = (Replica::new(&pool), Receiver::default());
    let (uri, _) = replica.create(json!({"url": receiver.serve().await})).await;
    receiver.replies(&[Reply::Status(500); 100]);
    replica.announces(&talks(), "One.").await;
    replica.delivers(now(), async || replica.get(&uri).await["failures"] == 1).await;
    let mut webhook = replica.get(&uri).await;
    let mut at = now();
    while webhook["enabled"] == true {
        at = webhook["next_try_at"].as_str().unwrap().parse().unwrap();
        deliver::due(&replica.app, at).await.unwrap();
        webhook = replica.get(&uri).await;
    }
    // The clock advances while the first message is sent.
    assert_eq!(at.duration_since(now()).as_secs() / 60, 7 * 24 * 60, "{at}");
    assert!(webhook["disabled_reason"].as_str().unwrap().ends_with(": it answered 500"), "{webhook}");
    assert_eq!(receiver.count(), 14);
    replica.announces(&vote(), "Two.").await;
    deliver::due(&replica.app, at + 48.hours()).await.unwrap();
    assert_eq!(receiver.count(), 14);

    receiver.replies(&[]);
    let webhook = replica.patch(&uri, json!({"enabled": true})).await;
    assert_eq!((&webhook["enabled"], &webhook["disabled_reason"]), (&json!(true), &Value::Null));
    replica.brings(&receiver, 16).await;
    let taken = receiver.taken();
    assert_eq!(taken[0].id(), taken[14].id());
    assert_eq!(taken[15].told().1, "vote");
}

#[sqlx::test]
async fn what_is_too_long_ago_is_told_no_more_and_that_is_said(pool: PgPool) {
    let (replica, receiver) = (Replica::new(&pool), Receiver::default());
    let (uri, _) = replica.create(json!({"url": receiver.serve().await})).await;
    replica.patch(&uri, json!({"enabled": false})).await;
    let listed = replica.get("/v1/events").await;
    replica.announces(&talks(), "One.").await;
    // A new webhook receives changes from the time when no older transaction on this server is
    // running.
    let since = format!("/v1/events?updated_since={}", listed["next_updated_since"].as_str().unwrap());
    until(async || replica.get(&since).await["items"] != json!([])).await;
    let far = App { now: || "2099-01-01T00:00:00Z".parse().unwrap(), ..replica.app.clone() };
    let webhook = Replica::with(far).patch(&uri, json!({"enabled": true})).await;
    assert!(webhook["last_problem"].as_str().unwrap().contains("90 days"), "{webhook}");
    replica.announces(&vote(), "Two.").await;
    replica.brings(&receiver, 1).await;
    assert_eq!(receiver.told()[0].1, "vote");
}

#[sqlx::test]
async fn a_receiver_may_say_when_and_that_it_wants_no_more(pool: PgPool) {
    let (replica, receiver) = (Replica::new(&pool), Receiver::default());
    let (uri, _) = replica.create(json!({"url": receiver.serve().await})).await;
    receiver.replies(&[Reply::RetryAfter("3600"), Reply::Status(410)]);
    replica.announces(&talks(), "One.").await;
    replica.delivers(now(), async || replica.get(&uri).await["failures"] == 1).await;
    deliver::due(&replica.app, now() + 59.minutes()).await.unwrap();
    assert_eq!(receiver.count(), 1);
    deliver::due(&replica.app, now() + 61.minutes()).await.unwrap();
    let webhook = replica.get(&uri).await;
    assert_eq!((&webhook["enabled"], receiver.count()), (&json!(false), 2));
    assert_eq!(webhook["disabled_reason"], "it answered 410: the receiver is permanently gone");
}

#[sqlx::test]
async fn private_addresses_are_not_called(pool: PgPool) {
    let (allowed, receiver) = (Replica::new(&pool), Receiver::default());
    let replica = Replica::with(App { now, ..App::new(Store::new(pool.clone()), Extractor::new()) });
    for url in [
        "http://127.0.0.1/",
        "https://[::1]/",
        "http://10.0.0.1:8080/",
        "ftp://example.org/",
        "hook",
        "http://a:b@example.org/",
    ] {
        let problem =
            replica.api.post_json("/v1/webhooks", &json!({"url": url})).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], "url", "{url}");
    }
    // A name that resolves to loopback when it is used.
    let named = receiver.serve().await.replace("127.0.0.1", "localhost");
    let (uri, _) = replica.create(json!({"url": named})).await;
    replica.announces(&talks(), "One.").await;
    replica.delivers(now(), async || replica.get(&uri).await["failures"] == 1).await;
    let problem = replica.get(&uri).await["last_problem"].as_str().unwrap().to_owned();
    assert!(problem.contains("not a public address"), "{problem}");
    let pinged = replica.api.post(&format!("{uri}/test"), "", "").await.json();
    assert!(pinged["delivered"] == false && pinged["problem"] == problem, "{pinged}");
    assert_eq!(receiver.count(), 0);
    // The network is permitted, so the receiver is reached.
    let changed = allowed.patch(&uri, json!({"url": receiver.serve().await})).await;
    assert_eq!((&changed["failures"], &changed["next_try_at"]), (&json!(0), &Value::Null));
    allowed.brings(&receiver, 1).await;
}

#[sqlx::test]
async fn a_secret_is_shown_and_can_be_changed(pool: PgPool) {
    let (replica, receiver) = (Replica::new(&pool), Receiver::default());
    let (uri, first) = replica.create(json!({"url": receiver.serve().await})).await;
    let (secret_uri, test_uri) = (format!("{uri}/secret"), format!("{uri}/test"));
    assert_eq!(replica.get(&secret_uri).await, json!({"secret": first, "previous_until": null}));
    let rotated = replica.api.post(&secret_uri, "", "").await.json();
    let second = rotated["secret"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(rotated["previous_until"], "2023-03-06T12:00:00Z");
    let pinged = replica.api.post(&test_uri, "", "").await.json();
    assert_eq!((&pinged["delivered"], &pinged["status"]), (&json!(true), &json!(204)));
    let ping = &receiver.taken()[0];
    assert_eq!(ping.json()["type"], "ping");
    assert_eq!(ping.header("webhook-signature"), format!("{} {}", ping.signature(second), ping.signature(&first)));
    // A day later, only the new secret is used.
    let later = App { now: || now() + 24.hours(), ..replica.app.clone() };
    Replica::with(later).api.post(&test_uri, "", "").await;
    let ping = &receiver.taken()[1];
    assert_eq!(ping.header("webhook-signature"), ping.signature(second));
}

#[sqlx::test]
async fn webhooks_are_kept_changed_and_deleted(pool: PgPool) {
    let replica = Replica::new(&pool);
    let filters = json!({"kind": "vote", "from": "today"});
    let body = json!({"url": "https://example.org/a", "description": " For the desk ", "filters": filters});
    let (uri, _) = replica.create(body).await;
    let webhook = replica.get(&uri).await;
    assert_eq!((&webhook["description"], &webhook["filters"]), (&json!("For the desk"), &filters));
    let changed = replica.patch(&uri, json!({"description": "", "filters": {}, "enabled": false})).await;
    assert_eq!((&changed["description"], &changed["filters"]), (&Value::Null, &json!({})));
    assert_eq!((&changed["enabled"], &changed["disabled_reason"]), (&json!(false), &Value::Null));
    assert_eq!(replica.patch(&uri, json!({"filters": {"kind": "tals"}})).await["field"], "filters.kind");
    for (filters, field) in [
        (json!({"colour": "red"}), "filters.colour"),
        (json!({"as_of": "2023-01-01"}), "filters.as_of"),
        (json!({"updated_since": "2023-01-01T00:00:00Z"}), "filters.updated_since"),
    ] {
        let body = json!({"url": "https://example.org/a", "filters": filters});
        let problem = replica.api.post_json("/v1/webhooks", &body).await.problem(StatusCode::BAD_REQUEST);
        assert_eq!(problem["field"], field);
    }
    assert_eq!(replica.api.delete(&uri).await.status, StatusCode::NO_CONTENT);
    assert_eq!(replica.get("/v1/webhooks").await["items"], json!([]));
    for answer in [
        replica.api.get(&uri).await,
        replica.api.get(&format!("{uri}/secret")).await,
        replica.api.delete(&uri).await,
        replica.api.post(&format!("{uri}/test"), "", "").await,
        replica.api.post(&format!("{uri}/secret"), "", "").await,
    ] {
        answer.problem(StatusCode::NOT_FOUND);
    }
}

#[sqlx::test]
async fn an_address_is_kept_in_its_one_form(pool: PgPool) {
    let api = Api::new(pool);
    let made = api.post_json("/v1/webhooks", &json!({"url": "HTTPS://Hook.EXAMPLE:443"})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&made.body));
    assert_eq!(made.json()["url"], "https://hook.example/");
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let request = Request::patch(format!("/v1/webhooks/{id}")).header(header::CONTENT_TYPE, "application/json");
    let change = json!({"url": "HTTP://Hook.EXAMPLE/a"}).to_string();
    let changed = api.send(request.body(change.into()).unwrap()).await;
    assert_eq!((changed.status, &changed.json()["url"]), (StatusCode::OK, &json!("http://hook.example/a")));
}
