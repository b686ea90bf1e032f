//! Atom feeds (RFC 4287), paginated (RFC 5005).

use super::{
    Error, Selection, description,
    language::Language,
    words::{self, printable},
};
use crate::event::Event;
use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, TextType};
use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

/// Returns the events as a feed. All pages of a selection have the same feed id.
///
/// # Errors
/// Fails if XML or HTML cannot be written.
pub fn atom(selection: &Selection<'_>) -> Result<String, Error> {
    let first_page = without(&["cursor"], selection.own);
    // The id does not contain the token of a private timeline, which can be replaced.
    let id = without(&["cursor", "token"], selection.own);
    let mut links = vec![
        link("self", selection.own, "application/atom+xml"),
        link("alternate", &page_of(&first_page), "text/html"),
    ];
    links.extend(selection.next.map(|next| link("next", next, "application/atom+xml")));
    let feed = Feed {
        title: text(selection.title),
        subtitle: selection.description.map(text),
        id: Uuid::new_v5(&Uuid::NAMESPACE_URL, id.as_bytes()).urn().to_string(),
        updated: instant(selection.updated_at)?,
        authors: vec![Person { name: "daybook".to_owned(), ..Person::default() }],
        generator: Some(Generator {
            value: "daybook".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            uri: None,
        }),
        links,
        entries: selection.events.iter().map(|event| entry(selection, event)).collect::<Result<_, Error>>()?,
        ..Feed::default()
    };
    Ok(String::from_utf8(feed.write_to(Vec::new())?)?)
}

fn entry(selection: &Selection<'_>, event: &Event) -> Result<Entry, Error> {
    let state = &event.state;
    let names: [&str; 2] = [state.kind.into(), state.status.into()];
    let language = Language::English;
    let place = state.place.as_ref().map(words::place);
    let topic = state.details.topic.clone().unwrap_or_default();
    let place = place.unwrap_or_default();
    let summary = [words::standing(state, language), words::when(state, language), place, words::parties(state), topic];
    let summary = words::joined(summary.iter().filter(|part| !part.is_empty()), " · ");
    Ok(Entry {
        title: text(&words::dated_headline(state, language)),
        id: event.id.urn().to_string(),
        updated: instant(Some(event.updated_at))?,
        published: Some(instant(Some(event.created_at))?),
        categories: names.map(|name| Category { term: name.to_owned(), ..Category::default() }).into(),
        // Without a type: readers ignore an alternate link whose type is not HTML.
        links: vec![Link { href: selection.address_of(event), ..Link::default() }],
        summary: Some(text(&summary)),
        content: Some(Content {
            value: Some(printable(&description::html(selection, event)?)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    })
}

/// Returns the URL of the same selection as a page.
fn page_of(feed: &str) -> String {
    let (path, query) = feed.split_once('?').map_or((feed, None), |(path, query)| (path, Some(query)));
    let path = path.strip_suffix(".atom").unwrap_or(path);
    query.map_or_else(|| format!("{path}.html"), |query| format!("{path}.html?{query}"))
}

/// Returns a URL without some of its parameters.
fn without(names: &[&str], own: &str) -> String {
    let Ok(mut url) = Url::parse(own) else { return own.to_owned() };
    let kept: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(name, _)| !names.contains(&&**name)).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    url.into()
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn text(value: &str) -> Text {
    Text { value: printable(value), r#type: TextType::Text, ..Text::default() }
}

/// Returns a timestamp in the form that Atom requires; the earliest possible one for an empty
/// selection.
fn instant(instant: Option<Timestamp>) -> Result<FixedDateTime, Error> {
    let written = instant.unwrap_or_default().to_string();
    Ok(written.parse().map_err(|_| atom_syndication::Error::WrongDatetime(written))?)
}
