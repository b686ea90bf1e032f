//! Digests: the events of a period as Markdown, and as HTML with inline styles for e-mail.

use super::{
    Error, Selection,
    language::Language,
    locale::{Locale, filters},
    words::{self, days},
};
use crate::event::{Event, Precision};
use askama::Template;
use jiff::civil::Date;
use std::fmt::Write;

/// A digest.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a> {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
    /// The language of its words; titles stay as they are.
    pub language: Language,
    /// The events, by start date.
    pub selection: &'a Selection<'a>,
}

#[derive(Template)]
#[template(path = "digest.html")]
struct Page<'a> {
    title: String,
    days: String,
    groups: Vec<Group<'a>>,
    timeline: String,
}

/// The events of one date, or those without one.
struct Group<'a> {
    heading: String,
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    title: &'a str,
    href: String,
    facts: String,
    is_off: bool,
}

/// Returns the digest as HTML.
pub fn html(digest: &Digest<'_>) -> Result<String, Error> {
    let Digest { from, to, language, selection } = *digest;
    let page = Page {
        title: language.text("timeline-title"),
        days: days(from, to, language),
        groups: groups(digest),
        timeline: format!("{}/?from={from}&to={to}", selection.base),
    };
    Ok(page.render_with_values(&Locale { language, ..Locale::default() })?)
}

/// Returns the digest as Markdown.
pub fn markdown(digest: &Digest<'_>) -> String {
    let Digest { from, to, language, .. } = *digest;
    let mut text = format!("# {}, {}\n", escaped(&language.text("timeline-title")), days(from, to, language));
    let groups = groups(digest);
    if groups.is_empty() {
        let _ = writeln!(text, "\n{}", language.text("digest-none"));
    }
    for group in groups {
        let _ = write!(text, "\n## {}\n\n", group.heading);
        for line in group.lines {
            let title = escaped(line.title);
            let title = if line.is_off { format!("~~{title}~~") } else { title };
            let _ = writeln!(text, "- [{title}]({}): {}", line.href, escaped(&line.facts));
        }
    }
    text
}

/// Returns the dates with their events, then the events with a coarse date or an earlier start.
fn groups<'a>(digest: &Digest<'a>) -> Vec<Group<'a>> {
    let Digest { from, language, selection, .. } = *digest;
    let mut groups: Vec<Group<'a>> = Vec::new();
    let has_day = |event: &&Event| event.state.when.precision == Precision::Day && event.state.when.starts_on >= from;
    let (dated, open): (Vec<&Event>, Vec<&Event>) = selection.events.iter().partition(has_day);
    for event in dated {
        let heading = language.date("date-of-year", event.state.when.starts_on);
        let line = line(selection, event, language);
        match groups.last_mut() {
            Some(group) if group.heading == heading => group.lines.push(line),
            _ => groups.push(Group { heading, lines: vec![line] }),
        }
    }
    if !open.is_empty() {
        let lines = open.into_iter().map(|event| line(selection, event, language)).collect();
        groups.push(Group { heading: language.text("under-way"), lines });
    }
    groups
}

fn line<'a>(selection: &Selection<'_>, event: &'a Event, language: Language) -> Line<'a> {
    let state = &event.state;
    let was = state.previous_dates.last().map(|date| words::was_on(date, language));
    let parties = words::parties(state);
    let facts = [
        Some(words::standing(state, language)),
        Some(words::when(state, language)),
        was,
        state.place.as_ref().map(words::place),
        Some(parties).filter(|parties| !parties.is_empty()),
    ];
    Line {
        title: &state.title,
        href: selection.address_of(event),
        facts: words::joined(facts.into_iter().flatten(), " · "),
        is_off: state.is_off(),
    }
}

/// Escapes text for Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '!' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
