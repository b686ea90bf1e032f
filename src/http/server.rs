//! The server: limits the number of connections and how long each may be idle, which axum's own
//! server does not.

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

/// The maximum size of the request line and headers in bytes, with room for long filters.
const LONGEST_HEADER: usize = 32 * 1024;

/// The number of connections beyond the limit that are reserved for health checks. Other requests
/// on them wait for a regular place.
const SPARE: usize = 16;

/// The limits of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// The maximum number of open connections, of which one client may have three quarters. Further
    /// ones wait.
    pub most: u16,
    /// The time limit for the headers of a request, counted from the start of the connection or the
    /// last response: also the maximum idle time of a connection.
    pub header_time: Duration,
    /// How long a client may read nothing of its response.
    pub pause: Duration,
}

impl Default for Connections {
    /// 1024 connections, 10 seconds for headers, 30 seconds without reading.
    fn default() -> Self {
        Self { most: 1024, header_time: Duration::from_secs(10), pause: Duration::from_secs(30) }
    }
}

/// Serves until `ended`, then accepts no more connections and waits for running requests. Each
/// request has its client's address as the extension `ConnectInfo<SocketAddr>`.
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
            // The place is acquired before the connection is accepted: further connections stay in
            // the system's queue.
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

/// The place of a connection: regular or spare.
struct Place {
    own: Option<OwnedSemaphorePermit>,
    spare: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// Waits for a regular place and releases the spare one.
    async fn make_own(&mut self, places: Arc<Semaphore>) {
        if self.own.is_none() {
            self.own = places.acquire_owned().await.ok();
            self.spare = None;
        }
    }
}
