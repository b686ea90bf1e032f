//! Turns pages and texts in feeds into articles, on blocking threads.

use crate::article::{Article, Known};

/// The media types of web pages.
const WEB_PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];

/// Returns the article on a page.
pub(super) async fn article(html: Vec<u8>, content_type: Option<String>, known: Known) -> Result<Article, String> {
    let media_type = content_type.as_deref().and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    if !media_type.is_empty() && !WEB_PAGES.iter().any(|name| name.eq_ignore_ascii_case(media_type)) {
        return Err(format!("it is not a web page, but {}", media_type.chars().take(80).collect::<String>()));
    }
    let read =
        tokio::task::spawn_blocking(move || Article::from_web_page(&html, content_type.as_deref(), &known)).await;
    read.map_err(|_| "processing it failed")?.map_err(|error| error.to_string())
}

/// Returns the article whose full text a feed contains.
pub(super) async fn text_in_feed(content: String, known: Known) -> Result<Article, String> {
    let page = format!("<!DOCTYPE html><body><article>{content}</article>");
    article(page.into_bytes(), Some("text/html; charset=utf-8".into()), known).await
}
