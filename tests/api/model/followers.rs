//! Followers of changes, by `updated_since`, a stream or a webhook. Each keeps a copy of what its
//! filter selects.

use crate::{support::Api, webhooks::Message};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::FutureExt;
use http_body_util::BodyExt;
use proptest::{prelude::*, test_runner::TestCaseError};
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// The number of attempts after which no other transaction on this server can still hold changes
/// back.
const TURNS: usize = 5000;
const PATIENCE: Duration = Duration::from_secs(5);

/// A copy of what a filter selects.
pub(super) struct Copy {
    filter: String,
    events: BTreeMap<String, Value>,
}

impl Copy {
    /// Returns the timeline, and the position from which changes follow it.
    pub(super) async fn new(api: &Api, filter: &str) -> (Self, String) {
        let list = api.get(&format!("/v1/events?limit=1000&{filter}")).await;
        assert_eq!(list.status, StatusCode::OK, "{filter}: {}", String::from_utf8_lossy(&list.body));
        let list = list.json();
        let since = list["next_updated_since"].as_str().unwrap().to_owned();
        (Self { filter: filter.to_owned(), events: shown(&list) }, since)
    }

    fn apply(&mut self, change: &Value) {
        let id = change["id"].as_str().unwrap().to_owned();
        if change["removed"] == true {
            self.events.remove(&id);
        } else {
            self.events.insert(id, without_evidence(change));
        }
    }

    async fn is_true(&self, api: &Api) -> bool {
        self.events == self.present(api).await
    }

    async fn present(&self, api: &Api) -> BTreeMap<String, Value> {
        shown(&api.get(&format!("/v1/events?limit=1000&{}", self.filter)).await.json())
    }

    async fn differs(&self, api: &Api, who: &str) -> TestCaseError {
        let present = self.present(api).await;
        let ids = present.keys().chain(self.events.keys());
        let differing: BTreeMap<_, _> = ids
            .map(|id| (id, (present.get(id), self.events.get(id))))
            .filter(|(_, (shown, copied))| shown != copied)
            .collect();
        TestCaseError::fail(format!("the copy of {who} of `{}` is not what is shown: {differing:#?}", self.filter))
    }
}

fn shown(list: &Value) -> BTreeMap<String, Value> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), without_evidence(item))).collect()
}

fn without_evidence(event: &Value) -> Value {
    let mut event = event.clone();
    event.as_object_mut().unwrap().retain(|field, _| field != "evidence" && field != "corrections");
    event
}

/// A client that fetches the changes page by page.
pub(super) struct Pages {
    copy: Copy,
    size: usize,
    since: String,
}

impl Pages {
    pub(super) async fn new(api: &Api, size: usize, filter: &str) -> Self {
        let (copy, since) = Copy::new(api, filter).await;
        Self { copy, size, since }
    }

    pub(super) async fn turn(&mut self, api: &Api) -> Result<(), TestCaseError> {
        let Self { copy, size, since } = self;
        let answer = api.get(&format!("/v1/events?limit={size}&updated_since={since}&{}", copy.filter)).await;
        prop_assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        let page = answer.json();
        page["items"].as_array().unwrap().iter().for_each(|item| copy.apply(item));
        page["next_updated_since"].as_str().unwrap().clone_into(since);
        Ok(())
    }

    /// Fetches the changes until the copy equals what another service shows.
    pub(super) async fn settle(&mut self, api: &Api, shown: &Api) -> Result<(), TestCaseError> {
        for _ in 0..TURNS {
            self.turn(api).await?;
            if self.copy.is_true(shown).await {
                return Ok(());
            }
        }
        Err(self.copy.differs(shown, &format!("pages of {}", self.size)).await)
    }
}

/// A client that follows a stream.
pub(super) struct Streamed {
    copy: Copy,
    body: Body,
    id: String,
}

impl Streamed {
    pub(super) async fn new(api: &Api, filter: &str) -> Self {
        let (copy, since) = Copy::new(api, filter).await;
        Self { body: open(api, filter, &since).await, copy, id: since }
    }

    /// Breaks the connection; the client resumes after the last change it has read.
    pub(super) async fn resume(&mut self, api: &Api) {
        self.body = Body::empty();
        self.body = open(api, &self.copy.filter, &self.id).await;
    }

    /// Reads what is available.
    pub(super) async fn read(&mut self) {
        for _ in 0..20 {
            tokio::task::yield_now().await;
            if let Some(frame) = self.body.frame().now_or_never() {
                self.take(&frame.expect("a stream goes on").unwrap().into_data().unwrap());
            }
        }
    }

    fn take(&mut self, frame: &[u8]) {
        let text = str::from_utf8(frame).unwrap();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let Some(data) = field("data:") {
            self.copy.apply(&serde_json::from_str(data).unwrap());
        }
        if let Some(id) = field("id:") {
            id.clone_into(&mut self.id);
        }
    }

    pub(super) async fn settle(&mut self, api: &Api) -> Result<(), TestCaseError> {
        while !self.copy.is_true(api).await {
            match tokio::time::timeout(PATIENCE, self.body.frame()).await {
                Ok(frame) => self.take(&frame.expect("a stream goes on").unwrap().into_data().unwrap()),
                Err(_) => return Err(self.copy.differs(api, "a stream").await),
            }
        }
        Ok(())
    }
}

async fn open(api: &Api, filter: &str, since: &str) -> Body {
    let request = Request::get(format!("/v1/stream?{filter}")).header("last-event-id", since);
    let response = api.open(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body()
}

/// A receiver of a webhook.
pub(super) struct Hooked {
    copy: Copy,
}

impl Hooked {
    pub(super) fn new(copy: Copy) -> Self {
        Self { copy }
    }

    /// Applies all deliveries from the beginning: duplicates are harmless.
    pub(super) async fn is_true(&mut self, api: &Api, messages: &[Message]) -> bool {
        for message in messages {
            self.copy.apply(&message.json()["data"]);
        }
        self.copy.is_true(api).await
    }

    pub(super) async fn differs(&self, api: &Api) -> TestCaseError {
        self.copy.differs(api, "a webhook").await
    }
}
