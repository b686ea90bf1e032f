//! Feeds, as pure functions: parses feeds and robots.txt, and computes polling intervals.

mod date;
mod document;
mod pace;
mod robots;
mod state;

pub use document::{Document, Item, NoFeed, read};
pub use pace::{DAY, PAUSE, Usual, after_failure, next_try};
pub use robots::Robots;
pub use state::{FeedState, ItemState};

use url::Url;

/// The maximum length of the URL of a feed or an item, in characters; the same as for articles.
pub const LONGEST_ADDRESS: usize = 2_000;

/// Parses the URL of a feed, and removes its fragment.
///
/// # Errors
/// Fails if it is not an absolute http or https URL, is too long, or contains a user name or a password.
pub fn address(text: &str) -> Result<Url, &'static str> {
    let mut url = Url::parse(text.trim()).map_err(|_| "must be an absolute URL such as https://news.example/feed")?;
    url.set_fragment(None);
    if !matches!(url.scheme(), "http" | "https") {
        return Err("must be an http or https URL");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user name or password, because URLs are displayed");
    }
    if url.as_str().len() > LONGEST_ADDRESS {
        return Err("must have at most 2000 characters");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn what_can_be_asked_is_an_address() {
        assert_eq!(address(" HTTPS://News.example/feed#top ").unwrap().as_str(), "https://news.example/feed");
        for text in ["", "news.example/feed", "ftp://news.example/feed", "https://me@news.example/", "https://"] {
            assert!(address(text).is_err(), "{text}");
        }
        assert!(address(&format!("https://news.example/{}", "a".repeat(2_000))).is_err());
    }
}
