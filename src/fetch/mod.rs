//! Fetches pages that others choose, by the rules of robots.txt, for the watcher of feeds and for clients who send a URL.

mod answer;
mod page;
mod robots;

pub use answer::{Clock, Heard, Refusal};
pub use page::{Failure, page, text_in_feed};
pub use robots::{FoundRobots, robots};
