//! What a webhook is sent, after the Standard Webhooks specification (<https://www.standardwebhooks.com>), and when it is tried
//! again. Whom to tell of what is the caller's.

mod message;
mod retry;
mod secret;

pub use message::{Message, PING, send};
pub use retry::again;
pub use secret::Secret;
