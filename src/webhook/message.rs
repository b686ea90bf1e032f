//! A message: its body, its signatures, and how it is sent.

use super::Secret;
use crate::outbound::{Answer, Error, HeaderMap, Outbound};
use jiff::Timestamp;
use serde::Serialize;
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};
use url::Url;
use uuid::Uuid;

/// The type of a message that only asks whether the receiver is there.
pub const PING: &str = "ping";

/// What is sent to a webhook.
#[derive(Clone, Debug)]
pub struct Message {
    /// The same each time that it is sent, so that a receiver knows one that it has already.
    pub id: Uuid,
    /// Its body: `{"type", "timestamp", "data"}`.
    pub body: Vec<u8>,
}

#[derive(Serialize)]
struct Body<'a, T> {
    r#type: &'a str,
    timestamp: Timestamp,
    data: &'a T,
}

impl Message {
    /// That something came about at a time.
    ///
    /// # Errors
    /// When `data` cannot be written as JSON.
    pub fn new(id: Uuid, name: &str, at: Timestamp, data: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self { id, body: serde_json::to_vec(&Body { r#type: name, timestamp: at, data })? })
    }

    /// The headers that show whom it is from, signed now by each of the secrets.
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

/// Sends a message, signed by each of the secrets. `Ok` is an answer, whatever its status.
///
/// # Errors
/// When there is none, or the address may not be called.
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
