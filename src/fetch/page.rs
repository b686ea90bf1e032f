//! Pages, and the texts in feeds, as articles. They are parsed off the threads that wait for responses.

use super::{Clock, Heard, Refusal};
use crate::{
    article::{Article, InvalidArticle, Known},
    feed::{self, Robots},
    outbound::{Answer, HeaderMap, Outbound},
};
use headers::{HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use tokio::task::spawn_blocking;
use url::Url;

/// The maximum size of a page, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// The media types of a web page.
const WEB_PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];

const ACCEPT: HeaderValue = HeaderValue::from_static("text/html, application/xhtml+xml;q=0.9, */*;q=0.1");

/// Why a page gives no article.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is unavailable now; a retry may succeed after a while, or after the time that the host states.
    #[error("{0}")]
    NotNow(String, Option<SignedDuration>),
    /// The URL is not one that may be fetched.
    #[error("{0}")]
    Forbidden(String),
    /// The host does not provide the page.
    #[error("{0}")]
    Refused(String),
    /// It is not a web page.
    #[error("{0}")]
    NotAPage(String),
    /// It is a web page without an article, or an article that lacks something.
    #[error(transparent)]
    Invalid(InvalidArticle),
    /// It could not be parsed: a defect of the program.
    #[error("processing it failed")]
    Defect,
}

/// Fetches the page at `url` if the `robots` of its host permit it, as an article. Also returns when the host permits the next
/// request. What is `known` of the article outranks what the page states.
pub async fn page(
    outbound: &Outbound,
    url: &str,
    known: Known,
    robots: &Result<String, String>,
    clock: &Clock,
) -> (Result<Article, Failure>, Timestamp) {
    let (url, robots) = match permitted(url, robots) {
        Ok(permitted) => permitted,
        Err(failure) => return (Err(failure), clock.now()),
    };
    let headers = HeaderMap::from_iter([(HeaderName::from_static("accept"), ACCEPT)]);
    let heard = Heard::of(outbound.get(&url, &headers, LARGEST).await, clock);
    let free_at = heard.host_free_at(Some(&robots), clock);
    let outcome = match heard {
        Heard::Answer(answer) => of_answer(known, &url, *answer).await,
        Heard::NotNow(problem, told) => Err(Failure::NotNow(problem, told)),
        Heard::Never(Refusal::NotOurs, problem) => Err(Failure::Forbidden(problem)),
        Heard::Never(_, problem) => Err(Failure::Refused(problem)),
    };
    (outcome, free_at)
}

/// The URL and the rules of its host, if they permit it.
fn permitted(url: &str, robots: &Result<String, String>) -> Result<(Url, Robots), Failure> {
    let robots = robots
        .as_ref()
        .map_err(|problem| Failure::NotNow(format!("the robots.txt of the host is unavailable: {problem}"), None))?;
    let url = feed::address(url).map_err(|problem| Failure::Forbidden(format!("its URL {problem}")))?;
    let robots = Robots::new(robots);
    if !robots.allow(&url) {
        return Err(Failure::Refused("the robots.txt of the host disallows it".into()));
    }
    Ok((url, robots))
}

async fn of_answer(known: Known, requested: &Url, answer: Answer) -> Result<Article, Failure> {
    if answer.url.path() == "/" && requested.path() != "/" {
        return Err(Failure::Refused("it redirects to the front page".into()));
    }
    let content_type = answer.headers.get("content-type").and_then(|value| value.to_str().ok()).map(str::to_owned);
    article(answer.body, content_type, Known { url: Some(answer.url.into()), ..known }).await
}

/// The article that is on a page.
async fn article(html: Vec<u8>, content_type: Option<String>, known: Known) -> Result<Article, Failure> {
    let media_type = content_type.as_deref().and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    if !media_type.is_empty() && !WEB_PAGES.iter().any(|name| name.eq_ignore_ascii_case(media_type)) {
        let media_type: String = media_type.chars().take(80).collect();
        return Err(Failure::NotAPage(format!("it is not a web page, but {media_type}")));
    }
    let read = spawn_blocking(move || Article::from_web_page(&html, content_type.as_deref(), &known)).await;
    read.map_err(|_| Failure::Defect)?.map_err(Failure::Invalid)
}

/// The article whose full text a feed contains.
///
/// # Errors
/// Fails if the text is not an article.
pub async fn text_in_feed(content: String, known: Known) -> Result<Article, Failure> {
    let page = format!("<!DOCTYPE html><body><article>{content}</article>");
    article(page.into_bytes(), Some("text/html; charset=utf-8".into()), known).await
}
