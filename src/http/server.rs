//! Connections: how many there may be, and how long each may keep the service waiting. axum's own server limits neither.

use axum::{Router, extract::ConnectInfo, http::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{net::TcpListener, select, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;
use tracing::debug;

/// The longest header of a request with its first line, in bytes: room for long filters.
const LONGEST_HEADER: usize = 32 * 1024;

/// What connections may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// How many may be open. More wait until one is closed.
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
    let graceful = GracefulShutdown::new();
    let mut ended = pin!(ended);
    loop {
        let next = async {
            // Taken before the connection is: those without a place stay in the system's queue.
            let place = places.clone().acquire_owned().await;
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, address)) = select! {
            next = next => next,
            () = &mut ended => break,
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(connections.pause));
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            router.call(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}
