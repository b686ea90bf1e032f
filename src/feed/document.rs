//! Parses a feed: RSS, Atom or JSON.

use super::{
    LONGEST_ADDRESS, address,
    date::{self, Published},
};
use dom_query::Document as Html;
use feed_rs::{
    model::{Entry, Link},
    parser::{self, ParseFeedError},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use url::Url;

/// The maximum number of items read from a document, from its beginning, where the newest are.
const MOST_ITEMS: usize = 500;

/// The maximum length of a title, in characters; the same as for articles.
const LONGEST_TITLE: usize = 2_000;

/// The maximum length of the text of an item, in bytes; longer texts are fetched from the page.
const LONGEST_CONTENT: usize = 256 * 1024;

/// A parsed feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The title of the feed.
    pub title: Option<String>,
    /// The polling interval that the feed suggests, in minutes.
    pub minutes: Option<u32>,
    /// The items that have a URL, in document order, usually the newest first.
    pub items: Vec<Item>,
}

/// An item of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The identifier of the item within its feed: its own id, else its URL.
    pub key: String,
    /// The URL of its page.
    pub url: String,
    /// The headline, without markup.
    pub title: Option<String>,
    /// The publication date; `None` if the feed states it in UTC only.
    pub published_on: Option<Date>,
    /// The publication time.
    pub published_at: Option<Timestamp>,
    /// The text as HTML, if the feed contains it in full.
    pub content: Option<String>,
}

/// The document is not a feed; the message describes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a feed: {0}")]
pub struct NoFeed(String);

/// Parses a feed fetched from `base`.
///
/// # Errors
/// Fails if `bytes` are not a feed, or are truncated.
pub fn read(bytes: &[u8], base: &Url) -> Result<Document, NoFeed> {
    let dates: Dates = Arc::default();
    let noted = dates.clone();
    let feed = parser::Builder::new()
        .base_uri(Some(base))
        // An item without an id is identified by its URL.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let published = date::read(text)?;
            let read = published.at.to_string().parse().ok()?;
            noted.lock().unwrap_or_else(PoisonError::into_inner).insert(published.at.as_second(), published);
            Some(read)
        })
        .build()
        .parse(bytes)
        .map_err(|error| NoFeed(looks_like(bytes, &error)))?;
    let dates = dates.lock().unwrap_or_else(PoisonError::into_inner);
    let items = feed.entries.into_iter().take(MOST_ITEMS).filter_map(|entry| item(entry, base, &dates)).collect();
    Ok(Document { title: feed.title.and_then(|title| plain(&title.content)), minutes: feed.ttl, items })
}

/// The parsed dates by their seconds: feed-rs keeps only the timestamp, but the date depends on the offset.
type Dates = Arc<Mutex<HashMap<i64, Published>>>;

fn item(entry: Entry, base: &Url, dates: &HashMap<i64, Published>) -> Option<Item> {
    let url = page(&entry.links, base).or_else(|| address(&entry.id).ok())?;
    let published = entry.published.or(entry.updated).and_then(|at| dates.get(&at.timestamp()));
    let id = without_nul(entry.id);
    let content = entry.content.and_then(|content| {
        let is_html = content.content_type.subty() != "plain";
        content.body.map(|body| if is_html { body } else { as_html(&body) })
    });
    Some(Item {
        key: if id.is_empty() { url.to_string() } else { id },
        url: url.into(),
        title: entry.title.and_then(|title| plain(&title.content)),
        published_on: published.and_then(|published| published.on),
        published_at: published.filter(|published| published.has_time).map(|published| published.at),
        content: content.map(without_nul).filter(|text| !text.trim().is_empty() && text.len() <= LONGEST_CONTENT),
    })
}

/// The URL of the page among the links of an item.
fn page(links: &[Link], base: &Url) -> Option<Url> {
    let is_page = |link: &&Link| link.target.is_none() && matches!(link.rel.as_deref(), None | Some("alternate"));
    let resolved = |link: &Link| base.join(&link.href).ok().filter(|url| url.as_str().len() <= LONGEST_ADDRESS);
    links.iter().filter(is_page).filter_map(resolved).find_map(|url| address(url.as_str()).ok())
}

/// A title without markup; `None` if blank.
fn plain(text: &str) -> Option<String> {
    let text = if text.contains(['<', '&']) { Html::from(text).text().to_string() } else { text.to_owned() };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = without_nul(words).chars().take(LONGEST_TITLE).collect();
    (!title.is_empty()).then_some(title)
}

fn as_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<p>{}</p>", escaped.replace("\n\n", "</p><p>"))
}

/// PostgreSQL's `text` cannot contain the character U+0000, but JSON can.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// Describes bytes that are not a feed.
fn looks_like(bytes: &[u8], error: &ParseFeedError) -> String {
    let start = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).trim_start().to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}');
    match error {
        _ if start.is_empty() => "it is empty".into(),
        _ if start.contains("<!doctype html") || start.contains("<html") => {
            "it is a web page; look in it for the URL of the feed".into()
        }
        ParseFeedError::ParseError(parser::ParseErrorKind::NoFeedRoot) if start.starts_with('<') => {
            "it is XML, but neither RSS nor Atom, or incomplete".into()
        }
        _ if start.starts_with('<') => "it is XML that is incomplete or not well formed".into(),
        _ if start.starts_with('{') => "it is JSON, but not a JSON Feed".into(),
        _ => "it is neither XML nor JSON".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        super::read(text.as_bytes(), &"https://news.example/feeds/all.xml".parse().unwrap()).unwrap()
    }

    const RSS: &str = r#"<?xml version="1.0"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
          <title>Lake &amp;amp; Harbour News</title><ttl>45</ttl>
          <item>
            <title>Envoys meet &amp;#8211; &lt;b&gt;again&lt;/b&gt;</title><link>/2023/envoys#top</link>
            <guid isPermaLink="false">n-1</guid><pubDate>Sun, 05 Mar 2023 08:30:00 +0900</pubDate>
            <description>In short.</description><content:encoded>&lt;p&gt;In full.&lt;/p&gt;</content:encoded>
          </item>
          <item><title>Told by its address</title><link>https://news.example/b</link><description>Short</description></item>
          <item><title>Its id is its address</title><guid>https://news.example/c</guid></item>
          <item><title>Leads nowhere</title></item>
          <item><title>Leads to no page</title><link>javascript:alert(1)</link></item>
        </channel></rss>"#;

    #[test]
    fn rss_is_read() {
        let feed = read(RSS);
        assert_eq!((feed.title.as_deref(), feed.minutes), (Some("Lake & Harbour News"), Some(45)));
        let first = Item {
            key: "n-1".into(),
            url: "https://news.example/2023/envoys".into(),
            title: Some("Envoys meet – again".into()),
            published_on: Some("2023-03-05".parse().unwrap()),
            published_at: Some("2023-03-04T23:30:00Z".parse().unwrap()),
            content: Some("<p>In full.</p>".into()),
        };
        assert_eq!(feed.items[0], first);
        let keys: Vec<_> = feed.items.iter().map(|item| (&*item.key, item.content.is_some())).collect();
        assert_eq!(keys[1..], [("https://news.example/b", false), ("https://news.example/c", false)]);
    }

    #[test]
    fn atom_is_read() {
        let feed = read(
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/x/"><title>A</title>
               <entry><id>urn:1</id><title type="html">AT&amp;amp;T &amp;lt;3</title><updated>2023-03-05T08:30:00Z</updated>
                 <link rel="enclosure" href="sound.mp3"/><link rel="self" href="1.xml"/><link href="1.html"/>
                 <content type="text">Fish &amp; chips

Twice</content></entry></feed>"#,
        );
        let item = &feed.items[0];
        assert_eq!((&*item.key, &*item.url), ("urn:1", "https://other.example/x/1.html"));
        assert_eq!(item.title.as_deref(), Some("AT&T <3"));
        assert_eq!((item.published_on, item.published_at), (None, Some("2023-03-05T08:30:00Z".parse().unwrap())));
        assert_eq!(item.content.as_deref(), Some("<p>Fish &amp; chips</p><p>Twice</p>"));
    }

    #[test]
    fn json_is_read_and_no_nul_comes_through() {
        let feed = read(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
                {"id": "1\u0000", "url": "a.html", "title": "T\u0000", "content_html": "<p>x\u0000</p>",
                 "date_published": "2023-03-05T08:30:00+09:00", "attachments": []}]}"#,
        );
        let item = &feed.items[0];
        assert_eq!((&*item.key, &*item.url), ("1", "https://news.example/feeds/a.html"));
        assert_eq!((item.title.as_deref(), item.content.as_deref()), (Some("T"), Some("<p>x</p>")));
    }

    #[test]
    fn no_more_items_are_read_than_a_feed_has_use_for() {
        let item = |n: usize| format!("<item><link>https://news.example/{n}</link></item>");
        let items: String = (0..MOST_ITEMS + 10).map(item).collect();
        let feed = read(&format!(r#"<rss version="2.0"><channel>{items}</channel></rss>"#));
        assert_eq!(feed.items.len(), MOST_ITEMS);
        assert_eq!(feed.items[0].url, "https://news.example/0");
    }

    #[test]
    fn an_error_describes_what_is_not_a_feed() {
        for (text, looks) in [
            ("", "empty"),
            ("  <!DOCTYPE html><html><body>Hello</body></html>", "web page"),
            ("<opml version=\"2.0\"/>", "neither RSS nor Atom"),
            (&RSS[..RSS.len() - 200], "incomplete"),
            (r#"{"items": []}"#, "not a JSON Feed"),
            ("Hello", "neither XML nor JSON"),
        ] {
            let error = super::read(text.as_bytes(), &"https://news.example/".parse().unwrap()).unwrap_err();
            assert!(error.to_string().contains(looks), "{error}");
        }
    }
}
