//! Web pages: extracts the main text and the metadata.

mod dates;
mod encoding;
mod json_ld;
mod metadata;
mod names;
mod text;
mod tree;

use super::{Article, InvalidArticle, host_of, json, short};
use dates::Published;
use jiff::{Timestamp, civil::Date};
use metadata::Metadata;
use names::SAME_SITE;
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

/// The length of the prefix that is checked for binary content, in bytes; the same as in git.
const LOOKED_AT: usize = 8_000;

/// The metadata supplied by the client. It takes precedence over that of the page, except for the URL: see
/// [`Article::from_web_page`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PageInput, description = "A web page to fetch. All fields but `url` override what the page states.",
    example = json!({ "url": "https://news.example/envoys-to-meet" }))]
pub struct Known {
    /// The URL of the page.
    #[schema(value_type = String, max_length = 2000, example = "https://news.example/envoys-to-meet")]
    pub url: Option<String>,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The publisher.
    #[serde(default)]
    pub source: Option<String>,
    /// The publication date; required if the page does not state it.
    #[serde(default, deserialize_with = "json::date")]
    #[schema(value_type = Option<String>, format = Date, example = "2023-02-14")]
    pub published_on: Option<Date>,
    /// The publication time, with a time zone.
    #[serde(default, deserialize_with = "json::timestamp")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// The language as an ISO 639-1 code.
    #[serde(default)]
    #[schema(example = "en")]
    pub language: Option<String>,
    /// The client's own identifier.
    #[serde(default)]
    pub external_id: Option<String>,
}

impl Known {
    /// Validates the values, and removes empty ones.
    ///
    /// # Errors
    /// Fails if a value is invalid for an article, as [`Article::checked`].
    pub fn checked(self) -> Result<Self, InvalidArticle> {
        super::check_time(self.published_on, self.published_at)?;
        let url = short("url", self.url)?;
        url.as_deref().map(host_of).transpose()?;
        Ok(Self {
            url,
            title: short("title", self.title)?,
            source: short("source", self.source)?,
            language: short("language", self.language)?,
            external_id: short("external_id", self.external_id)?,
            ..self
        })
    }
}

pub(super) fn parse(html: &[u8], content_type: Option<&str>, known: Known) -> Result<Article, InvalidArticle> {
    let html = encoding::decode(html, content_type);
    // Text contains no NUL, but most binary files have one near the beginning.
    if html.chars().take(LOOKED_AT).any(|c| c == '\0') {
        return Err(InvalidArticle::as_a_whole("is not a web page: it contains NUL characters, as binary files do"));
    }
    let page = tree::parse(&html)?;
    let told = Metadata::of(&page);
    let title = known.title.or_else(|| storable("title", told.title)).or_else(|| storable("title", text::title(&page)));
    let text = text::of(&page).ok_or_else(|| {
        InvalidArticle::new("text", "is missing: the page has no main text; send the text itself as JSON or text/plain")
    })?;
    let published_on = match (known.published_on, known.published_at) {
        (Some(on), _) => Some(on),
        (None, Some(at)) => Some(Published::day_of(at, told.published)),
        (None, None) => told.published.map(|published| published.on),
    };
    let published_on = published_on.ok_or_else(|| {
        let problem = "is missing: the page states no publication date in JSON-LD (`datePublished`), `meta` \
                       (`article:published_time`) or `time`; pass the parameter published_on=2023-02-14";
        InvalidArticle::new("published_on", problem)
    })?;
    let told_at = told.published.filter(|published| published.on == published_on).and_then(|published| published.at);
    Ok(Article {
        title,
        text,
        published_on,
        published_at: known.published_at.or(told_at),
        url: told.address.and_then(|address| canonical(&address, known.url.as_deref())).or(known.url),
        source: known.source.or_else(|| storable("source", told.source)),
        language: known.language.or(told.language),
        external_id: known.external_id,
    })
}

/// The metadata of a page, unless it is invalid for an article, which is not an error of the client.
fn storable(field: &'static str, told: Option<String>) -> Option<String> {
    short(field, told).ok().flatten()
}

/// The canonical URL of a page, if it is plausible.
fn canonical(told: &str, known: Option<&str>) -> Option<String> {
    let known = known.and_then(|known| Url::parse(known).ok());
    let mut address = Url::options().base_url(known.as_ref()).parse(told).ok()?;
    address.set_fragment(None);
    let site = |url: &Url| {
        url.host_str()
            .map(|host| SAME_SITE.iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host).to_owned())
    };
    let is_here = known.is_none_or(|known| site(&known) == site(&address));
    // Some sites state their front page as the canonical URL of every page, which would identify all their articles.
    let is_front_page = address.path() == "/" && address.query().is_none();
    let address = storable("url", Some(address.into()))?;
    (is_here && !is_front_page && host_of(&address).is_ok()).then_some(address)
}
