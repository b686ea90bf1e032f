//! The metadata of a page in JSON-LD with schema.org terms (`application/ld+json`). Invalid JSON is ignored, as pages
//! state most metadata in other ways too.

use super::names::{ARTICLE_TYPES, PAGE_TYPES};
use dom_query::Document;
use serde_json::Value;

/// The maximum length of a headline or publisher, in bytes.
const LONGEST_NAME: usize = 2_000;

/// The metadata of the article.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    /// `datePublished`, of the article and then of the page.
    pub(super) published: Vec<String>,
}

/// The metadata of the article with the URL `address`, else of the first article.
pub(super) fn of(page: &Document, address: Option<&str>) -> Told {
    let scripts = page.select("script[type^='application/ld+json' i]");
    let documents: Vec<Value> = scripts.iter().filter_map(|script| serde_json::from_str(&script.text()).ok()).collect();
    let mut things = Vec::new();
    for document in &documents {
        collect(document, &mut things);
    }

    let articles = || things.iter().copied().filter(|thing| is_one_of(thing, &ARTICLE_TYPES));
    let is_here = |thing: &&Value| {
        let addresses = ["url", "mainEntityOfPage", "@id"].map(|name| text(&thing[name]));
        address.is_some_and(|address| addresses.into_iter().flatten().any(|told| told == address))
    };
    let article = articles().find(is_here).or_else(|| articles().next());
    let page = things.iter().copied().find(|thing| is_one_of(thing, &PAGE_TYPES));
    let published = [article, page].into_iter().flatten().filter_map(|thing| text(&thing["datePublished"]));
    Told {
        headline: article
            .and_then(|article| text(&article["headline"]).or_else(|| text(&article["name"])))
            .map(unescape),
        publisher: article.and_then(|article| text(&article["publisher"])).map(unescape),
        published: published.map(str::to_owned).collect(),
    }
}

/// Collects the things in a document: the document itself, the items of its lists and graphs, and the main entities of
/// pages.
fn collect<'a>(document: &'a Value, things: &mut Vec<&'a Value>) {
    match document {
        Value::Array(all) => all.iter().for_each(|thing| collect(thing, things)),
        Value::Object(thing) => {
            things.push(document);
            ["@graph", "mainEntity"].iter().filter_map(|name| thing.get(*name)).for_each(|part| collect(part, things));
        }
        _ => {}
    }
}

/// Whether the thing is of one of the types, whose names can be URLs.
fn is_one_of(thing: &Value, types: &[&str]) -> bool {
    let is_known = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        types.contains(&name.rsplit(['/', '#', ':']).next().unwrap_or_default())
    };
    match &thing["@type"] {
        Value::Array(names) => names.iter().any(is_known),
        name => is_known(name),
    }
}

/// A text, the first of several, or the name or id of a thing.
fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Value::Array(all) => all.iter().find_map(text),
        Value::Object(thing) => ["name", "@value", "@id"].iter().find_map(|name| text(thing.get(*name)?)),
        _ => None,
    }
}

/// Decodes HTML entities, which many sites use in JSON-LD. Overlong text is left unchanged.
fn unescape(text: &str) -> String {
    let is_escaped = text.contains('&') && text.len() <= LONGEST_NAME;
    if is_escaped { Document::fragment(text).text().to_string() } else { text.to_owned() }
}
