//! Messages to webhooks: body, signatures and sending.

use super::Secret;
use crate::outbound::{Answer, Error, HeaderMap, Outbound};
use jiff::Timestamp;
use serde::Serialize;
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};
use url::Url;
use uuid::Uuid;

/// The type of a message that only tests whether the receiver responds.
pub const PING: &str = "ping";

/// A message to a webhook.
#[derive(Clone, Debug)]
pub struct Message {
    /// The id, equal in all attempts, by which a receiver recognizes duplicates.
    pub id: Uuid,
    /// The body: `{"type", "timestamp", "data"}`.
    pub body: Vec<u8>,
}

#[derive(Serialize)]
struct Body<'a, T> {
    r#type: &'a str,
    timestamp: Timestamp,
    data: &'a T,
}

impl Message {
    /// Creates a message of the type `name` about `data`, which changed at `at`.
    ///
    /// # Errors
    /// Fails if `data` cannot be serialized as JSON.
    pub fn new(id: Uuid, name: &str, at: Timestamp, data: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self { id, body: serde_json::to_vec(&Body { r#type: name, timestamp: at, data })? })
    }

    /// Returns the headers, with one signature for each of the secrets.
    fn headers(&self, secrets: &[&Secret], now: Timestamp) -> Result<HeaderMap, String> {
        let (id, seconds) = (self.id.to_string(), now.as_second());
        let sign = |secret: &&Secret| Webhook::new(secret.expose())?.sign(&id, seconds, &self.body);
        let signatures = secrets.iter().map(sign).collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("content-type", "application/json".to_owned()),
            (HEADER_WEBHOOK_ID, id),
            (HEADER_WEBHOOK_TIMESTAMP, seconds.to_string()),
            (HEADER_WEBHOOK_SIGNATURE, signatures.join(" ")),
        ] {
            headers.insert(name, value.parse().map_err(|_| format!("{name} is not a valid header"))?);
        }
        Ok(headers)
    }
}

/// Sends a message, signed with each of the secrets, and returns the response, whatever its status.
///
/// # Errors
/// Fails if the receiver does not respond, or if the URL must not be requested.
pub async fn send(
    outbound: &Outbound,
    url: &str,
    message: &Message,
    secrets: &[&Secret],
    now: Timestamp,
) -> Result<Answer, Error> {
    let url: Url = url.parse().map_err(|error| Error::SetUp(format!("{error}")))?;
    let headers = message.headers(secrets, now).map_err(Error::SetUp)?;
    outbound.post(&url, &headers, message.body.clone()).await
}
