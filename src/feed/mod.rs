//! Pure: the bytes of a feed in, its items out; what robots.txt lets us read; when to ask again.

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

/// The longest address of a feed or an item, in characters; an article's may be as long.
pub const LONGEST_ADDRESS: usize = 2_000;

/// The address that `text` is, without a fragment, as a feed may have it.
///
/// # Errors
/// When it is no absolute http or https address, is too long, or holds a user name or a password.
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
