//! A model test of the whole service. Random operations of writers, editors and followers are
//! carried out one after another; then the timeline is compared with a fold in memory over what was
//! sent, and every follower's copy with the timeline.
//!
//! `SEED` chooses a run, `OPERATIONS` sets the number of operations. A failure prints both, and a
//! minimal list of operations that fails.

mod followers;
mod operation;
mod world;

use crate::{laws, support::now, webhooks::Receiver};
use daybook::{
    extract::Extractor,
    http::App,
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
    sync::atomic::{AtomicUsize, Ordering},
};
use tokio::{runtime::Handle, task::spawn_blocking};
use world::World;

/// The number of operations after which the service is emptied.
const LENGTH: RangeInclusive<usize> = 40..=80;

#[sqlx::test]
async fn the_service_shows_what_it_was_sent(pool: PgPool) {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("SEED").unwrap_or(1);
    let operations = number("OPERATIONS").unwrap_or(180);
    let cases = u32::try_from(operations.div_ceil(60)).unwrap();
    let config = Config {
        cases,
        max_shrink_time: 60_000,
        max_shrink_iters: 10_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));

    let outbound = Outbound::new(&["127.0.0.0/8".parse().unwrap()], outbound::TIME).unwrap();
    let app = App { now, outbound, ..App::new(Store::new(pool.clone()), Extractor::new()) };
    let receivers = [Receiver::default(), Receiver::default()];
    let urls = [receivers[0].serve().await, receivers[1].serve().await];
    let (handle, done) = (Handle::current(), AtomicUsize::new(0));
    let episode = move |operations: Vec<_>| {
        handle.block_on(async {
            laws::clear(&pool).await;
            let number = operations.len();
            let mut world = World::new(&pool, &app, &receivers, &urls).await;
            for operation in operations {
                world.perform(operation).await?;
            }
            world.settle().await.inspect(|()| {
                let all = done.fetch_add(number, Ordering::Relaxed) + number;
                println!("{all} operations");
            })
        })
    };
    let run = move || runner.run(&prop::collection::vec(operation(), LENGTH), episode);
    let result = spawn_blocking(run).await.unwrap();
    result.unwrap_or_else(|error| panic!("SEED={seed} OPERATIONS={operations}: {error}"));
}
