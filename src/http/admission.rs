//! Admission control: limits the number of concurrent requests, separately for requests that may
//! read many events. Further requests are rejected immediately, so that admitted ones are answered
//! in time.

use super::problem::Problem;
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The maximum number of concurrent light requests, most of which wait for a database connection.
const LIGHT: usize = 256;
const HEAVY: usize = 32;

/// The prefixes of the paths of requests that may read all events of a filter.
const HEAVY_PATHS: [&str; 9] = [
    "/v1/export",
    "/v1/facets",
    "/v1/pairs",
    "/v1/review",
    "/v1/statistics",
    "/v1/timeline.",
    "/v1/timelines/",
    "/review",
    "/timelines/",
];

/// The permits of each class.
pub(super) struct Admission {
    light: Semaphore,
    heavy: Semaphore,
}

impl Default for Admission {
    fn default() -> Self {
        Self::of(LIGHT, HEAVY)
    }
}

impl Admission {
    fn of(light: usize, heavy: usize) -> Self {
        Self { light: Semaphore::new(light), heavy: Semaphore::new(heavy) }
    }

    /// Returns the permits for a request; `None` if it uses no shared resource.
    fn places(&self, method: &Method, path: &str) -> Option<&Semaphore> {
        let is_free = matches!(path, "/healthz" | "/readyz" | "/metrics" | "/openapi.yaml")
            || path.starts_with("/assets/")
            || path.starts_with("/docs");
        let is_heavy = *method == Method::GET && HEAVY_PATHS.iter().any(|heavy| path.starts_with(heavy));
        (!is_free).then_some(if is_heavy { &self.heavy } else { &self.light })
    }
}

/// Admits a request if a permit is available, else rejects it.
pub(super) async fn admit(State(admission): State<Arc<Admission>>, request: Request, next: Next) -> Response {
    let Some(places) = admission.places(request.method(), request.uri().path()) else { return next.run(request).await };
    let Ok(_place) = places.try_acquire() else {
        let detail = "too many requests of this kind are in progress; retry after the seconds in `Retry-After`";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response();
    };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware, routing::get};
    use tokio::sync::Notify;
    use tower::ServiceExt;

    #[tokio::test]
    async fn requests_beyond_the_places_are_refused_and_others_are_not() {
        let (begun, ended) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (told, awaited) = (begun.clone(), ended.clone());
        let slow = move || async move {
            told.notify_one();
            awaited.notified().await;
        };
        let app = Router::new()
            .route("/v1/facets", get(slow))
            .route("/v1/events", get(async || {}))
            .route("/healthz", get(async || {}))
            .layer(middleware::from_fn_with_state(Arc::new(Admission::of(1, 1)), admit));
        let status = async |path: &str| {
            let response = app.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            (response.status(), response.headers().contains_key("retry-after"))
        };
        let first = tokio::spawn(app.clone().oneshot(Request::get("/v1/facets").body(Body::empty()).unwrap()));
        begun.notified().await;
        assert_eq!(status("/v1/facets").await, (StatusCode::SERVICE_UNAVAILABLE, true));
        assert_eq!(status("/v1/events").await, (StatusCode::OK, false));
        assert_eq!(status("/healthz").await, (StatusCode::OK, false));
        ended.notify_one();
        assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::OK);
        ended.notify_one();
        assert_eq!(status("/v1/facets").await, (StatusCode::OK, false), "a permit is available again");
    }
}
