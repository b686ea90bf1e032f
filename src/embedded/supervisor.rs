//! Supervises the server process: restarts it when it exits, and stops it on request.

use super::server::Server;
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;
use tokio::{
    process::Child,
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

/// The pause before a restart, doubled from the first to the last while the server keeps exiting.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// A server that has run this long counts as started.
const STAYED_UP: Duration = Duration::from_secs(30);

/// The signals that stop the server, in order, and how long each may take: a fast shutdown, and an
/// immediate one, from which the next start recovers.
const STOPS: [(Signal, Duration); 2] = [(Signal::INT, Duration::from_secs(15)), (Signal::QUIT, Duration::from_secs(5))];

/// The supervising task. Dropping it stops the server as well, without waiting.
#[derive(Debug)]
pub(super) struct Supervisor {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Supervisor {
    /// Supervises `process`, which was started from `server`.
    pub(super) fn watch(server: Server, process: Child) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self { stop, task: tokio::spawn(supervise(server, process, stopped)) }
    }

    /// Stops the server and waits until it has ended.
    pub(super) async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the supervisor of the embedded PostgreSQL failed");
        }
    }
}

async fn supervise(server: Server, mut process: Child, mut stopped: oneshot::Receiver<()>) {
    let mut pause = PAUSES.0;
    loop {
        let started = Instant::now();
        tokio::select! {
            _ = &mut stopped => return shut_down(&mut process).await,
            status = process.wait() => {
                let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                tracing::error!(%status, log = %server.log.path.display(), "PostgreSQL exited; restarting it");
            }
        }
        if started.elapsed() > STAYED_UP {
            pause = PAUSES.0;
        }
        process = loop {
            tokio::select! {
                _ = &mut stopped => return,
                () = sleep(pause) => {}
            }
            pause = (pause * 2).min(PAUSES.1);
            match server.spawn() {
                Ok(process) => break process,
                Err(error) => tracing::error!(%error, "PostgreSQL cannot be restarted"),
            }
        };
    }
}

/// Stops the server, by force if it does not react, and waits until it has ended.
pub(super) async fn shut_down(process: &mut Child) {
    for (signal, patience) in STOPS {
        let Some(pid) = process.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)) else { return };
        // An error means that the process has ended, which the wait detects as well.
        let _ = kill_process(pid, signal);
        if timeout(patience, process.wait()).await.is_ok() {
            return;
        }
    }
    if let Err(error) = process.kill().await {
        tracing::error!(%error, "PostgreSQL does not stop");
    }
}
