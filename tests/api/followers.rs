//! Clients that keep a copy by `updated_since` while others write: in the end, each copy equals the
//! timeline.
//!
//! `SEED` repeats a run; `OPERATIONS` sets the number of operations of each writer.

use crate::support::{Api, asean, australia, in_place, japan, mention, on};
use daybook::{
    article::Article,
    event::{Kind, Mention, PreviousDate, Role, Status},
};
use futures_util::future::join_all;
use serde_json::Value;
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    env,
    sync::atomic::{AtomicUsize, Ordering},
};
use uuid::Uuid;

const WRITERS: usize = 4;

/// The page sizes and filters of the followers.
const FOLLOWERS: [(usize, &str); 7] = [
    (1, ""),
    (2, ""),
    (100, ""),
    (1, "status=confirmed"),
    (2, "min_confidence=0.9"),
    (3, "kind=talks&from=2023-03-08"),
    (1, "participant=JP&country=CH"),
];

/// Random numbers, repeatable by a seed (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn day(&mut self) -> &'static str {
        ["2023-03-07", "2023-03-08", "2023-03-09"][self.below(3)]
    }

    fn mention(&mut self) -> Mention {
        let parties = [vec![japan(), asean()], vec![japan()], vec![asean(), australia()], vec![japan(), australia()]];
        let parties = &parties[self.below(4)];
        let (kind, day) = ([Kind::Talks, Kind::Talks, Kind::Vote][self.below(3)], self.day());
        let said = mention(kind, day, parties);
        let said = if self.below(2) == 0 { in_place(said, "Lugano", "CH") } else { said };
        let old = self.day();
        let previous =
            PreviousDate { starts_on: old.parse().unwrap(), ends_on: old.parse().unwrap(), edtf: old.into() };
        match self.below(8) {
            0 => Mention { role: Role::Changes, status: Status::Cancelled, ..said },
            1 if old != day => Mention { role: Role::Changes, previous_dates: vec![previous], ..said },
            2 => Mention { status: Status::Tentative, ..said },
            _ => said,
        }
    }

    fn article(&mut self, text: &str) -> Article {
        let published = ["2023-02-10", "2023-02-11", "2023-02-12", "2023-02-13"][self.below(4)];
        Article { source: Some(["AFP", "RTÉ", "NHK"][self.below(3)].to_owned()), ..on(published, text) }
    }
}

/// Stores and deletes articles.
async fn write(api: &Api, seed: u64, operations: usize) {
    let mut numbers = Numbers(seed);
    let mut stored: Vec<Uuid> = Vec::new();
    for number in 0..operations {
        if !stored.is_empty() && numbers.below(3) == 0 {
            let article = stored.swap_remove(numbers.below(stored.len()));
            api.delete(&format!("/v1/articles/{article}")).await;
        } else {
            let article = numbers.article(&format!("Article {number} of {seed}."));
            stored.push(api.ingest(&article, &[numbers.mention()]).await.article.id);
        }
    }
}

/// A copy of what a filter selects.
struct Copy<'a> {
    api: &'a Api,
    filter: &'a str,
    size: usize,
    events: BTreeMap<String, Value>,
    since: String,
}

impl<'a> Copy<'a> {
    async fn new(api: &'a Api, size: usize, filter: &'a str) -> Self {
        let list = api.get(&format!("/v1/events?limit=1000&{filter}")).await.json();
        let since = list["next_updated_since"].as_str().unwrap().to_owned();
        Self { api, filter, size, events: shown(&list), since }
    }

    /// Fetches the next page of changes.
    async fn turn(&mut self) {
        let Self { filter, size, since, .. } = self;
        let page = self.api.get(&format!("/v1/events?limit={size}&updated_since={since}&{filter}")).await.json();
        for item in page["items"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap().to_owned();
            if item["removed"] == true {
                self.events.remove(&id);
            } else {
                self.events.insert(id, item.clone());
            }
        }
        page["next_updated_since"].as_str().unwrap().clone_into(&mut self.since);
    }

    /// Returns whether it equals the timeline.
    async fn is_true(&self) -> bool {
        shown(&self.api.get(&format!("/v1/events?limit=1000&{}", self.filter)).await.json()) == self.events
    }
}

fn shown(list: &Value) -> BTreeMap<String, Value> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), item.clone())).collect()
}

#[sqlx::test]
async fn copies_equal_what_is_shown(pool: PgPool) {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("SEED").unwrap_or_else(|| Uuid::now_v7().as_u64_pair().1);
    let operations = usize::try_from(number("OPERATIONS").unwrap_or(10)).unwrap();
    let api = Api::new(pool);
    let writing = AtomicUsize::new(WRITERS);
    let writers = join_all((0..WRITERS).map(async |writer| {
        write(&api, seed.wrapping_add(writer as u64), operations).await;
        writing.fetch_sub(1, Ordering::SeqCst);
    }));
    let followers = join_all(FOLLOWERS.map(async |(size, filter)| {
        let mut copy = Copy::new(&api, size, filter).await;
        while writing.load(Ordering::SeqCst) > 0 {
            copy.turn().await;
        }
        // Repeats until no other transaction on this server can hold changes back.
        for _ in 0..5000 {
            copy.turn().await;
            if copy.is_true().await {
                return;
            }
        }
        panic!("SEED={seed} OPERATIONS={operations}: {} by {} is not what is shown", copy.filter, copy.size);
    }));
    tokio::join!(writers, followers);
}
