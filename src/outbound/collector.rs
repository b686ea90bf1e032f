//! The HTTP client of traces. An operator chooses the collector, usually in a private network, so
//! any address is permitted.

use super::{Error, client::tls};
use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use reqwest::Client;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// The time limit of an export.
const TIME: Duration = Duration::from_secs(10);

/// Sends traces to an OpenTelemetry collector.
///
/// Exports run on a thread of the OpenTelemetry SDK, outside of tokio, so this has a runtime of its
/// own.
#[derive(Debug)]
pub struct Collector {
    client: Client,
    runtime: Runtime,
}

impl Collector {
    /// Creates the client.
    ///
    /// # Errors
    /// Fails if TLS or the runtime cannot be set up.
    pub fn new() -> Result<Self, Error> {
        let set_up = |error: &dyn std::error::Error| Error::SetUp(error.to_string());
        let client = Client::builder().tls_backend_preconfigured(tls()?).timeout(TIME).build();
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self { client: client.map_err(|error| set_up(&error))?, runtime: runtime.map_err(|error| set_up(&error))? })
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        self.runtime.block_on(async {
            let response = self.client.execute(request.try_into()?).await?;
            let mut answer = Response::builder().status(response.status());
            if let Some(headers) = answer.headers_mut() {
                headers.clone_from(response.headers());
            }
            Ok(answer.body(response.bytes().await?)?)
        })
    }
}
