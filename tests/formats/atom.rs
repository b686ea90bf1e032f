//! The feed, read back by an Atom parser.

use super::{event, events, selection};
use atom_syndication::{Entry, Feed};
use daybook::{
    event::Event,
    formats::{Selection, atom},
};
use proptest::prelude::*;
use serde_json::json;

fn feed(selection: &Selection<'_>) -> Feed {
    atom(selection).unwrap().parse().unwrap()
}

fn entry(event: Event) -> Entry {
    feed(&selection(&[event])).entries.remove(0)
}

/// Returns the URL of a link by its relation.
fn link<'f>(feed: &'f Feed, rel: &str) -> Option<&'f str> {
    feed.links.iter().find(|link| link.rel == rel).map(|link| &*link.href)
}

#[test]
fn a_feed() {
    let document = atom(&selection(&events())).unwrap().replace("<entry>", "\n<entry>");
    insta::assert_snapshot!(document.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn it_says_what_it_is_and_where_more_is() {
    let events = events();
    let feed =
        feed(&Selection { next: Some("https://daybook.example/v1/timeline.atom?cursor=x"), ..selection(&events) });
    assert_eq!(feed.title.value, "Diplomatic events");
    assert_eq!(feed.updated.to_rfc3339(), "2023-04-11T10:00:00+00:00");
    assert_eq!(feed.authors[0].name, "daybook");
    assert_eq!(link(&feed, "self"), Some(selection(&events).own));
    assert_eq!(link(&feed, "next"), Some("https://daybook.example/v1/timeline.atom?cursor=x"));
    assert_eq!(link(&feed, "alternate"), Some("https://daybook.example/v1/timeline.html?from=2023-01-01&q=a+b"));
    assert_eq!(link(&super::atom::feed(&selection(&events)), "next"), None);
}

#[test]
fn the_pages_of_one_selection_are_one_feed_and_other_selections_others() {
    let id = |own| feed(&Selection { own, ..selection(&[]) }).id;
    let first = id("https://daybook.example/v1/timeline.atom?kind=talks");
    assert!(first.starts_with("urn:uuid:"));
    assert_eq!(first, id("https://daybook.example/v1/timeline.atom?kind=talks&cursor=abc"));
    assert_ne!(first, id("https://daybook.example/v1/timeline.atom?kind=visit"));
}

#[test]
fn a_saved_timeline_says_what_it_is_for_and_stays_the_same_feed_with_another_token() {
    let feed = |token| {
        let own = format!("https://daybook.example/v1/timelines/desk.atom?token={token}");
        feed(&Selection { description: Some("For <us>"), own: &own, ..selection(&[]) })
    };
    assert_eq!(feed("a").subtitle.as_ref().map(|text| &*text.value), Some("For <us>"));
    assert_eq!(link(&feed("a"), "alternate"), Some("https://daybook.example/v1/timelines/desk.html?token=a"));
    assert_eq!(feed("a").id, feed("b").id);
}

#[test]
fn an_entry_is_an_event() {
    let entry = entry(events()[0].clone());
    assert_eq!(entry.id, "urn:uuid:01941f29-7c00-7a11-8a3e-000000000001");
    assert_eq!(entry.title.value, "Japan–Australia talks in Lugano");
    assert_eq!(entry.updated.to_rfc3339(), "2023-02-14T09:00:00.250+00:00");
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2023-02-14T09:00:00+00:00");
    assert_eq!(entry.links[0].href, "https://daybook.example/events/01941f29-7c00-7a11-8a3e-000000000001");
    assert_eq!(entry.summary.unwrap().value, "confirmed · 7 March 2023 · Lugano, CH · Japan, Australia");
    let terms: Vec<&str> = entry.categories.iter().map(|category| &*category.term).collect();
    assert_eq!(terms, ["talks", "confirmed"]);
}

#[test]
fn what_articles_say_is_no_markup() {
    let entry = entry(events()[6].clone());
    let content = entry.content.unwrap();
    assert_eq!(content.content_type.as_deref(), Some("html"));
    let html = content.value.unwrap();
    assert!(html.contains("&#60;script&#62;alert(") && !html.contains("<script"), "{html}");
    assert!(html.contains("&#38;amp; 🕊️"), "{html}");
    assert!(html.contains(r#"<a href="https://wire.example/?q=&#34;&#62;&#60;i&#62;">"#), "{html}");
    assert!(entry.title.value.ends_with("<script>alert(1)</script> (in early May 2023, day not set)"));
}

proptest! {
    /// XML cannot represent most control characters.
    #[test]
    fn every_title_can_be_read(title in super::any_text()) {
        let entry = entry(event(0, &json!({"title": title})));
        let kept: String = entry.title.value.chars().filter(|c| !c.is_whitespace()).collect();
        let said = title.chars().filter(|c| !c.is_whitespace() && !c.is_control());
        prop_assert_eq!(kept, said.filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect::<String>());
    }
}
