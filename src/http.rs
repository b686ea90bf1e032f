//! Seam until the branch `store` is merged.
use crate::{extract::Extractor, store::Store};
use axum::{Router, http::StatusCode, routing::get};

/// Seam.
pub fn router(store: Store, _: Extractor, _: usize) -> Router {
    Router::new().route("/healthz", get(|| async { StatusCode::OK })).route(
        "/readyz",
        get(|| async move {
            match store.ping().await {
                Ok(()) => StatusCode::OK,
                Err(_) => StatusCode::SERVICE_UNAVAILABLE,
            }
        }),
    )
}

/// Seam.
///
/// # Errors
/// Never.
pub fn openapi_yaml() -> Result<String, std::fmt::Error> {
    Ok(String::new())
}
