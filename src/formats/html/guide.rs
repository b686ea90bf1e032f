//! The documentation in `docs/` as pages.

use super::super::{Error, Locale, locale::filters};
use askama::Template;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The pages: name in the URL, and Markdown.
const PAGES: [(&str, &str); 16] = [
    ("concepts", include_str!("../../../docs/concepts.md")),
    ("articles", include_str!("../../../docs/articles.md")),
    ("editing", include_str!("../../../docs/editing.md")),
    ("integrations", include_str!("../../../docs/integrations.md")),
    ("changes", include_str!("../../../docs/changes.md")),
    ("api", include_str!("../../../docs/api.md")),
    ("errors", include_str!("../../../docs/errors.md")),
    ("cli", include_str!("../../../docs/cli.md")),
    ("configuration", include_str!("../../../docs/configuration.md")),
    ("operations", include_str!("../../../docs/operations.md")),
    ("backup", include_str!("../../../docs/backup.md")),
    ("upgrade", include_str!("../../../docs/upgrade.md")),
    ("security", include_str!("../../../docs/security.md")),
    ("score", include_str!("../../../docs/score.md")),
    ("performance", include_str!("../../../docs/performance.md")),
    ("reliability", include_str!("../../../docs/reliability.md")),
];

/// The page at `/docs`.
const INDEX: &str = include_str!("../../../docs/README.md");

#[derive(Template)]
#[template(path = "guide.html")]
struct Page<'a> {
    title: &'a str,
    body: &'a str,
    pages: Vec<(&'a str, &'a str)>,
    current: &'a str,
}

/// The page of that name, the index for an empty name; `None` if there is no such page.
///
/// # Errors
/// Fails if the template cannot be rendered.
pub fn guide(name: &str) -> Result<Option<String>, Error> {
    let found =
        if name.is_empty() { Some(INDEX) } else { PAGES.iter().find(|(of, _)| *of == name).map(|(_, text)| *text) };
    let Some(text) = found else { return Ok(None) };
    let pages = PAGES.iter().map(|(name, text)| (*name, title(text))).collect();
    Ok(Some(
        Page { title: title(text), body: &render(text), pages, current: name }.render_with_values(&Locale::default())?,
    ))
}

/// The first heading.
fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Documentation")
}

fn render(text: &str) -> String {
    let mut is_outside = false;
    let all: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let names: Vec<String> =
        all.split(|event| matches!(event, Event::Start(Tag::Heading { .. }))).skip(1).map(anchor).collect();
    let mut names = names.into_iter();
    let events = all.into_iter().filter_map(move |event| match event {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = names.next().map(CowStr::from);
            Some(Event::Start(Tag::Heading { level, id, classes, attrs }))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let target = target(&dest_url);
            is_outside = target.is_none();
            target.map(|dest_url| Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) if is_outside => None,
        event => Some(event),
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// By what a heading is linked to: its words in lower case, joined by hyphens.
fn anchor(from: &[Event<'_>]) -> String {
    let heading = from.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = heading.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_lowercase()),
        _ => None,
    });
    let mut anchor = words.collect::<String>().replace(' ', "-");
    anchor.retain(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    anchor
}

/// The URL of a link: `articles.md#feeds` is `/docs/articles#feeds`. Files outside `docs/` are not served.
fn target(link: &str) -> Option<CowStr<'static>> {
    if link.contains("://") || link.starts_with(['#', '/']) {
        return Some(link.to_owned().into());
    }
    let (file, fragment) = link.split_once('#').map_or((link, String::new()), |(file, of)| (file, format!("#{of}")));
    let name = file.strip_suffix(".md").filter(|name| PAGES.iter().any(|(page, _)| page == name))?;
    Some(format!("/docs/{name}{fragment}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_pages_lead_to_pages() {
        let page = render("[a](articles.md) [b](cli.md#load) [c](../README.md) [d](https://example.org/)");
        assert!(page.contains(r#"<a href="/docs/articles">a</a> <a href="/docs/cli#load">b</a> c "#), "{page}");
        assert!(page.contains(r#"<a href="https://example.org/">d</a>"#), "{page}");
    }
}
