//! A web page as an article: its main text, and what it says of itself.

mod dates;
mod encoding;
mod json_ld;
mod metadata;
mod names;
mod text;
mod tree;

use super::{Article, InvalidArticle, LIMITS};
use dates::Published;
use jiff::{Timestamp, civil::Date};
use metadata::Metadata;
use url::Url;

/// What is looked at to tell a page from a file of another kind, in bytes; as git does.
const LOOKED_AT: usize = 8_000;

const NO_TEXT: &str = "was not found: the page has no paragraph that is not navigation; send the article as JSON, with its body as `text`";
const NO_DATE: &str = "was not found: the page tells no day of publication in JSON-LD (`datePublished`), in `meta` \
     (`article:published_time`) or in `time`; give it beside the page as `published_on`: over HTTP with the parameter \
     `?published_on=2023-02-14`";

/// What the sender says of a page. It outranks what the page says of itself, but for the address: see [`Article::from_web_page`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The address that the page was got from.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// The instant of publication.
    pub published_at: Option<Timestamp>,
    /// The language as an ISO 639-1 code.
    pub language: Option<String>,
    /// The sender's own name for it.
    pub external_id: Option<String>,
}

impl Article {
    /// Reads a web page as it is: `html` in whatever encoding, `content_type` as it was sent with it, which may name that.
    ///
    /// What is `known` outranks what the page says. The address is the one that the page calls its own (canonical), so that it is
    /// the same article however it was reached; `known.url` where it calls none so, or one that is not to be believed: a site's
    /// front page, which would make one article of all its pages, or, where `known.url` is there, a page of another site, which
    /// could put its text in place of that site's.
    ///
    /// The day of publication is the day in the zone in which the page writes it.
    ///
    /// # Errors
    /// When there is no main text (`text`), no date of publication (`published_on`), the bytes are no page or one beyond all
    /// bounds, or what is known is refused by [`Article::checked`].
    pub fn from_web_page(html: &[u8], content_type: Option<&str>, known: &Known) -> Result<Self, InvalidArticle> {
        let html = encoding::decode(html, content_type);
        if html.bytes().take(LOOKED_AT).any(|byte| byte == 0) {
            return Err(InvalidArticle::as_a_whole("is not a web page: its beginning holds NUL characters"));
        }
        let page = tree::parse(&html)?;
        let told = Metadata::of(&page);
        let title = told.title.or_else(|| text::title(&page));
        let text = text::of(&page).ok_or_else(|| InvalidArticle::new("text", NO_TEXT))?;
        let (published_on, published_at) =
            publication(known, told.published).ok_or_else(|| InvalidArticle::new("published_on", NO_DATE))?;
        let or_told = |known: &Option<String>, name, told| known.clone().or_else(|| acceptable(name, told));
        Article {
            title: or_told(&known.title, "title", title),
            text,
            published_on,
            published_at,
            url: acceptable("url", told.address.and_then(|told| own_address(&told, known.url.as_deref())))
                .or_else(|| known.url.clone()),
            source: or_told(&known.source, "source", told.source),
            language: known.language.clone().or(told.language),
            external_id: known.external_id.clone(),
        }
        .checked()
    }
}

/// What of a page's own words an article can have: a defect of the page is no mistake of who sent it.
fn acceptable(name: &str, told: Option<String>) -> Option<String> {
    let limit = LIMITS.iter().find(|(field, _)| *field == name).map_or(0, |(_, limit)| *limit);
    let told = told?.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    (told.chars().count() <= limit).then_some(told)
}

/// Day and instant of publication. An instant that the page tells belongs only to the day that is known.
fn publication(known: &Known, told: Option<Published>) -> Option<(Date, Option<Timestamp>)> {
    match (known.published_on, known.published_at) {
        (Some(day), Some(at)) => Some((day, Some(at))),
        (Some(day), None) => Some((day, told.filter(|told| told.on == day).and_then(|told| told.at))),
        (None, Some(at)) => Some((Published::day_of(at, told), Some(at))),
        (None, None) => told.map(|told| (told.on, told.at)),
    }
}

/// The address that a page calls its own, if it is to be believed.
fn own_address(told: &str, known: Option<&str>) -> Option<String> {
    let known = known.and_then(|known| Url::parse(known).ok());
    let mut told = Url::options().base_url(known.as_ref()).parse(told).ok()?;
    told.set_fragment(None);
    let is_front_page = told.path() == "/" && told.query().is_none();
    let is_believed = known.is_none_or(|known| is_of_one_site(&told, &known));
    (matches!(told.scheme(), "http" | "https") && !is_front_page && is_believed).then(|| told.into())
}

/// Whether the hosts are the same, or one is below the other: `paper.example`, `www.paper.example`, `m.paper.example`.
fn is_of_one_site(one: &Url, other: &Url) -> bool {
    let name = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let (one, other) = (name(one), name(other));
    let is_below = |low: &str, high: &str| low.strip_suffix(high).is_some_and(|rest| rest.ends_with('.'));
    one == other || is_below(&one, &other) || is_below(&other, &one)
}
