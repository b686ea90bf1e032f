//! The timeline as a page.

use super::{Error, Selection, words};
use crate::event::{Event, Kind, Precision, Status};
use askama::Template;
use jiff::civil::Date;
use strum::VariantArray;

/// What a page shows beside the events.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// A form to ask for another selection; none where it is what it is.
    pub filters: Option<Filters<'a>>,
    /// The same selection in other formats.
    pub links: &'a [Link],
}

/// The form, filled in with what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Filters<'a> {
    /// The path that the page has without its query.
    pub action: &'a str,
    /// What was asked for, by the names of the parameters.
    pub asked: &'a [(String, String)],
}

/// An address of the same selection in another format.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is called.
    pub label: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The address.
    pub href: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    description: Option<&'a str>,
    next: Option<&'a str>,
    links: &'a [Link],
    filters: Option<Filters<'a>>,
    days: Vec<Day<'a>>,
}

struct Day<'a> {
    date: Date,
    heading: String,
    events: Vec<Shown<'a>>,
}

struct Shown<'a> {
    id: String,
    href: String,
    title: &'a str,
    status: Status,
    kind: Kind,
    when: String,
    place: Option<String>,
    parties: String,
    articles: u32,
    confidence: String,
    evidence: Vec<Quoted<'a>>,
}

struct Quoted<'a> {
    sentence: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    published_on: Date,
}

struct Choice {
    label: &'static str,
    name: &'static str,
    options: Vec<Choosable>,
}

struct Choosable {
    name: String,
    chosen: bool,
}

impl<'a> Filters<'a> {
    fn value(&self, name: &str) -> &'a str {
        self.asked.iter().find(|(known, _)| known == name).map(|(_, value)| &**value).unwrap_or_default()
    }

    fn is_set(&self) -> bool {
        !self.asked.is_empty()
    }

    fn choices(&self) -> [Choice; 4] {
        [
            self.choice("Kind", "kind", names(Kind::VARIANTS)),
            self.choice("Status", "status", names(Status::VARIANTS)),
            self.choice("Date known to the", "precision", names(Precision::VARIANTS)),
            self.choice(
                "Order",
                "sort",
                vec!["starts_on".into(), "-starts_on".into(), "updated_at".into(), "-updated_at".into()],
            ),
        ]
    }

    fn choice(&self, label: &'static str, name: &'static str, names: Vec<String>) -> Choice {
        let value = self.value(name);
        let options = names.into_iter().map(|name| Choosable { chosen: name == value, name }).collect();
        Choice { label, name, options }
    }
}

fn names<T: ToString>(variants: &[T]) -> Vec<String> {
    variants.iter().map(T::to_string).collect()
}

/// A page of events, day by day, each with what it stands on.
///
/// # Errors
/// Where the template cannot be written.
pub fn html(selection: &Selection<'_>, frame: &Frame<'_>) -> Result<String, Error> {
    let mut days: Vec<Day<'_>> = Vec::new();
    for event in selection.events {
        let date = event.state.when.starts_on;
        let shown = shown(event);
        match days.last_mut() {
            Some(day) if day.date == date => day.events.push(shown),
            _ => days.push(Day { date, heading: date.strftime("%A %-d %B %Y").to_string(), events: vec![shown] }),
        }
    }
    let Selection { title, description, base, .. } = *selection;
    // Whoever reads the page has come by the right address of the service.
    let next = selection.next.map(|next| next.strip_prefix(base).unwrap_or(next));
    let Frame { filters, links } = *frame;
    let page = Page { title, description, next, links, filters, days };
    Ok(page.render()?)
}

fn shown(event: &Event) -> Shown<'_> {
    let state = &event.state;
    let id = event.id.map(|id| id.to_string()).unwrap_or_default();
    let quoted = event.evidence.iter().flatten().map(|evidence| Quoted {
        sentence: &evidence.statement.sentence.text,
        source: evidence.source.as_deref().or(evidence.title.as_deref()).unwrap_or("an article"),
        url: evidence.url.as_deref(),
        published_on: evidence.published_on,
    });
    Shown {
        href: format!("/v1/events/{id}"),
        id,
        title: &state.title,
        status: state.status,
        kind: state.kind,
        when: words::when(state),
        place: state.place.as_ref().map(words::place),
        parties: words::parties(state),
        articles: event.articles,
        confidence: words::percent(event.confidence),
        evidence: quoted.collect(),
    }
}
