//! Messages to webhooks according to the Standard Webhooks specification
//! (<https://www.standardwebhooks.com>), and the schedule of retries. `deliver` decides which
//! changes are sent.

mod message;
mod retry;
mod secret;

pub use message::{Message, PING, send};
pub use retry::again;
pub use secret::Secret;
