//! Runs extractions, which may take seconds, on blocking threads, as many at a time as there are
//! cores. Cancels those whose client has disconnected.

use std::{num::NonZero, panic::resume_unwind, sync::Arc, thread};
use tokio::{sync::Semaphore, task::spawn_blocking};
use tokio_util::sync::CancellationToken;

/// Limits the number of concurrent extractions.
#[derive(Clone, Debug)]
pub struct Workers(Arc<Semaphore>);

impl Default for Workers {
    /// One place for each core.
    fn default() -> Self {
        Self::new(thread::available_parallelism().map_or(1, NonZero::get))
    }
}

impl Workers {
    /// Creates the limit.
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// Runs `work` once a place is available. If the request is dropped before, the work never
    /// starts; if it is dropped later, the token of `work` is cancelled.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&CancellationToken) -> T + Send + 'static,
    ) -> T {
        let place = self.0.clone().acquire_owned().await;
        let token = CancellationToken::new();
        let abandoned = token.clone();
        let _guard = token.drop_guard();
        let work = spawn_blocking(move || {
            let done = work(&abandoned);
            drop(place);
            done
        });
        // The task is never aborted, so the only failure is a panic, which is resumed here.
        work.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::sync::mpsc;

    #[tokio::test]
    async fn work_waits_for_a_place_and_is_given_up_with_its_request() {
        let workers = Workers::new(1);
        let (tell_begun, begun) = tokio::sync::oneshot::channel();
        let (tell_cancelled, cancelled) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let held = workers.clone();
        let request = tokio::spawn(async move {
            let work = move |token: &CancellationToken| {
                tell_begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                tell_cancelled.send(token.is_cancelled()).unwrap();
            };
            held.run(work).await;
        });
        begun.await.unwrap();
        let mut waiting = Box::pin(workers.run(|_| "done"));
        assert!((&mut waiting).now_or_never().is_none(), "the only place is taken");
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        go_on.send(()).unwrap();
        assert_eq!(waiting.await, "done");
        assert!(cancelled.recv().unwrap());
    }
}
