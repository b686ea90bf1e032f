//! The metadata of a page: from JSON-LD, from `meta` and `link`, and from `time` elements.

use super::{
    dates::Published,
    json_ld,
    names::{ADDRESS, PUBLISHED, SITE, TITLE},
};
use dom_query::{Document, NodeRef};
use std::collections::HashMap;

/// A `time` element in a longer line of text, in bytes, does not date the page.
const LONGEST_LINE: usize = 160;

/// The maximum number of `time` elements considered: that of the page is among the first, and each requires reading
/// its surroundings.
const MOST_TIMES: usize = 100;

#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    /// The canonical URL, possibly relative.
    pub(super) address: Option<String>,
    /// An ISO 639-1 code.
    pub(super) language: Option<String>,
    pub(super) published: Option<Published>,
}

impl Metadata {
    pub(super) fn of(page: &Document) -> Self {
        let metas = metas(page);
        let first = |names: &[&str]| names.iter().find_map(|name| metas.get(*name)?.first().cloned());
        let address = link(page).or_else(|| first(&ADDRESS));
        let article = json_ld::of(page, address.as_deref());
        let of_metas = PUBLISHED.iter().flat_map(|name| metas.get(*name).into_iter().flatten());
        let mut dates: Vec<Published> = article.published.iter().filter_map(|text| Published::parse(text)).collect();
        dates.extend(of_metas.filter_map(|text| Published::parse(text)));
        dates.extend(times(page).iter().filter_map(|text| Published::parse(text)));
        Self {
            title: article.headline.or_else(|| first(&TITLE)),
            source: first(&SITE).or(article.publisher),
            address,
            language: language(page),
            published: Published::of_all(&dates),
        }
    }
}

/// The contents of all `meta` elements, by lower-case name.
fn metas(page: &Document) -> HashMap<String, Vec<String>> {
    let mut metas: HashMap<String, Vec<String>> = HashMap::new();
    for meta in page.select("meta[content]").nodes() {
        let content = meta.attr_or("content", "").trim().to_owned();
        for name in
            ["property", "name", "itemprop"].iter().filter_map(|key| meta.attr(key)).filter(|_| !content.is_empty())
        {
            metas.entry(name.trim().to_ascii_lowercase()).or_default().push(content.clone());
        }
    }
    metas
}

/// The canonical URL in `link`.
fn link(page: &Document) -> Option<String> {
    let links = page.select("link[rel~='canonical' i][href]");
    links.iter().filter_map(|link| link.attr("href")).map(|href| href.trim().to_owned()).find(|href| !href.is_empty())
}

/// The primary subtag of the language, if it is an ISO 639-1 code.
fn language(page: &Document) -> Option<String> {
    let tag = page.select_single("html").attr("lang")?;
    let code = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// The `time` elements that can state the publication date, those explicitly marked as such first.
fn times(page: &Document) -> Vec<String> {
    let mut times: Vec<(Rank, String)> = Vec::new();
    for time in page.select("time[datetime]").nodes().iter().take(MOST_TIMES) {
        if let Some(rank) = rank(time) {
            times.push((rank, time.attr_or("datetime", "").to_string()));
        }
    }
    times.sort_by_key(|(rank, _)| *rank);
    times.into_iter().map(|(_, text)| text).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    SaysSo,
    InTheArticle,
    Elsewhere,
}

/// How reliably a `time` element dates the page; `None` if it dates an update, another article or an event in the
/// text.
fn rank(time: &NodeRef<'_>) -> Option<Rank> {
    let class = time.attr_or("class", "").to_ascii_lowercase();
    let property = time.attr_or("itemprop", "").to_ascii_lowercase();
    if property.contains("datepublished") || time.has_attr("pubdate") || class.contains("publish") {
        return Some(Rank::SaysSo);
    }
    let tells_an_update = [&class, &property].iter().any(|name| name.contains("update") || name.contains("modif"));
    let in_a_text = time.parent().is_some_and(|line| line.text().trim().len() > LONGEST_LINE);
    let within = |names: &[&str]| time.ancestors_it(None).any(|around| names.iter().any(|name| around.has_name(name)));
    if tells_an_update || in_a_text || within(&["a", "aside", "nav", "footer", "li"]) {
        return None;
    }
    Some(if within(&["article", "main"]) { Rank::InTheArticle } else { Rank::Elsewhere })
}
