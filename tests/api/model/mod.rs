//! A model test of the whole service. Random operations of writers, editors and followers are
//! carried out one after another; then the timeline is compared with a fold in memory over what was
//! sent, and every follower's copy with the timeline.
//!
//! A run is a sequence of episodes, each of which starts with an empty service. `SEED` chooses a run,
//! `FIRST` its first episode, `OPERATIONS` sets the number of operations. A failure prints the
//! variables that repeat its episode alone, and a minimal list of operations that fails. With
//! `STANDBY`, the directory of a standby's socket, pages and streams are read from that standby, as in
//! `script/test-standby`.

mod followers;
mod operation;
mod world;

use crate::{laws, support::now, webhooks::Receiver};
use daybook::{
    extract::Extractor,
    http::{App, Streams},
    outbound::{self, Outbound},
    store::Store,
};
use operation::operation;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sqlx::PgPool;
use std::{
    env,
    ops::RangeInclusive,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{runtime::Handle, task::spawn_blocking};
use world::{World, connect};

/// The number of operations of an episode.
const LENGTH: RangeInclusive<usize> = 40..=80;

#[sqlx::test]
async fn the_service_shows_what_it_was_sent(pool: PgPool) {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (seed, first) = (number("SEED").unwrap_or(1), number("FIRST").unwrap_or(0));
    let operations = usize::try_from(number("OPERATIONS").unwrap_or(180)).unwrap();

    let outbound = Outbound::new(&["127.0.0.0/8".parse().unwrap()], outbound::TIME).unwrap();
    let app = App { now, outbound, ..App::new(Store::new(pool.clone()), Extractor::new()) };
    let receivers = [Receiver::default(), Receiver::default()];
    let urls = [receivers[0].serve().await, receivers[1].serve().await];
    let (handle, done) = (Handle::current(), Arc::new(AtomicUsize::new(0)));
    // An episode uses the connections of the previous one, unless that failed.
    let idle: Arc<Mutex<Option<Store>>> = Arc::default();
    let (last, counted) = (Arc::clone(&idle), Arc::clone(&done));
    let perform = move |operations: Vec<_>| {
        handle.block_on(async {
            laws::clear(&pool).await;
            let number = operations.len();
            let store = idle.lock().unwrap().take().unwrap_or_else(|| connect(&pool));
            let app = App { store, streams: Streams::default(), ..app.clone() };
            let mut world = World::new(&pool, app, &receivers, &urls).await;
            for operation in operations {
                world.perform(operation).await?;
            }
            *idle.lock().unwrap() = Some(world.settle().await?);
            let all = counted.fetch_add(number, Ordering::Relaxed) + number;
            println!("{all} operations");
            Ok(())
        })
    };
    let run = move || {
        (first..).take_while(|_| done.load(Ordering::Relaxed) < operations).try_for_each(|episode| {
            let strategy = prop::collection::vec(operation(), LENGTH);
            runner(seed, episode).run(&strategy, &perform).map_err(|error| (episode, error))
        })
    };
    let result = spawn_blocking(run).await.unwrap();
    let last = last.lock().unwrap().take();
    if let Some(store) = last {
        store.close().await;
    }
    result.unwrap_or_else(|(episode, error)| panic!("SEED={seed} FIRST={episode} OPERATIONS=1: {error}"));
}

/// Generates an episode, which depends on the seed and its number only.
fn runner(seed: u64, episode: u64) -> TestRunner {
    let config = Config {
        cases: 1,
        max_shrink_time: 60_000,
        max_shrink_iters: 10_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&episode.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
