//! Connections: how many there may be, and how long each may keep the service waiting. axum's own server limits neither.

use super::shares::Shares;
use axum::{Router, extract::ConnectInfo, http::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    select,
    sync::{Mutex, OwnedSemaphorePermit, Semaphore},
};
use tokio_io_timeout::TimeoutStream;
use tracing::debug;

/// The longest header of a request with its first line, in bytes: room for long filters.
const LONGEST_HEADER: usize = 32 * 1024;

/// How many connections are taken beyond those that there may be, to say how the service is. What else is asked for on them
/// waits for a place.
const SPARE: usize = 16;

/// What connections may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// How many may be open, three quarters of them by one client. More wait until one is closed.
    pub most: u16,
    /// How long the header of a request may take, counted from when the connection is made or its last answer was
    /// sent. So it is also how long a connection may be idle.
    pub header_time: Duration,
    /// How long a client may take nothing of its answer.
    pub pause: Duration,
}

impl Default for Connections {
    /// 1024, of which each is idle for 10 seconds and stuck for half a minute.
    fn default() -> Self {
        Self { most: 1024, header_time: Duration::from_secs(10), pause: Duration::from_secs(30) }
    }
}

/// Serves until `ended`, then takes no more connections and waits until the requests that run are answered. Each request
/// has the address of its client, as `ConnectInfo<SocketAddr>`.
pub async fn serve(
    mut listener: TcpListener,
    router: Router,
    connections: Connections,
    ended: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(connections.header_time).max_header_size(LONGEST_HEADER);
    let router = TowerToHyperService::new(router);
    let places = Arc::new(Semaphore::new(connections.most.into()));
    let extra = Arc::new(Semaphore::new(SPARE));
    let shares = Shares::new(usize::from(connections.most) * 3 / 4 + SPARE / 4);
    let graceful = GracefulShutdown::new();
    let mut ended = pin!(ended);
    loop {
        let next = async {
            // Taken before the connection is: those without a place stay in the system's queue.
            let place = select! {
                biased;
                place = places.clone().acquire_owned() => Place { own: place.ok(), spare: None },
                spare = extra.clone().acquire_owned() => Place { own: None, spare: spare.ok() },
            };
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, address)) = select! {
            next = next => next,
            () = &mut ended => break,
        };
        let Some(share) = shares.take(&address.ip().to_canonical()) else { continue };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(connections.pause));
        let (router, places, place) = (router.clone(), places.clone(), Arc::new(Mutex::new(place)));
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            let (router, places, place) = (router.clone(), places.clone(), place.clone());
            async move {
                if !matches!(request.uri().path(), "/healthz" | "/readyz") {
                    place.lock().await.make_own(places).await;
                }
                router.call(request).await
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "connection ended");
            }
            drop(share);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// What a connection holds: a place of its own, or a spare one.
struct Place {
    own: Option<OwnedSemaphorePermit>,
    spare: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// Waits for a place of its own, and gives the spare one back.
    async fn make_own(&mut self, places: Arc<Semaphore>) {
        if self.own.is_none() {
            self.own = places.acquire_owned().await.ok();
            self.spare = None;
        }
    }
}
