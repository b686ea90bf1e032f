//! One event as a page: what, when, where and who, its evidence, and its history.

use super::{
    super::{Coarse, Error, Language, Locale, Selection, description, jsonld, locale::filters, words},
    Revision,
    countries::place_in_full,
    entry::{Entry, Party, address, doubt, entry, parties},
    history::{Step, steps},
    map::{Around, around},
    quote::{Quoted, quoted},
};
use crate::event::{CorrectionEvidence, Event, EventState, Evidence, Kind, Status};
use askama::Template;
use jiff::{civil::Date, tz::TimeZone};
use strum::VariantArray;

/// What the page of an event shows.
#[derive(Clone, Debug)]
pub struct EventPage<'a> {
    /// The address of the service, with no slash at its end.
    pub base: &'a str,
    /// The event, with its evidence.
    pub event: &'a Event,
    /// Its history, the oldest state first.
    pub history: &'a [Revision<'a>],
    /// Events of the same participants.
    pub related: &'a [Event],
    /// The day as of which it is shown, where that is not today.
    pub as_of: Option<Date>,
}

#[derive(Template)]
#[template(path = "event_page.html")]
struct Page<'a> {
    id: String,
    own: String,
    title: &'a str,
    kind: Kind,
    status: Status,
    is_off: bool,
    standing: String,
    summary: String,
    when: String,
    datetime: String,
    was: Option<String>,
    place: Option<String>,
    point: Option<String>,
    around: Option<Around>,
    parties: Vec<Party<'a>>,
    topic: Option<&'a str>,
    /// How the participants meet and who represents them: "in person, ministers".
    form: String,
    sources: String,
    doubt: Option<String>,
    quotes: Vec<Quoted<'a>>,
    corrections: &'a [CorrectionEvidence],
    steps: Vec<Step<'a>>,
    related: Vec<Entry<'a>>,
    edit: Edit,
    as_of: Option<String>,
    latest: String,
    week: String,
    language: Language,
    linked_data: String,
}

/// What the form for corrections begins with.
struct Edit {
    kinds: Vec<(String, bool)>,
    statuses: Vec<(String, bool)>,
    starts_on: String,
    ends_on: String,
    /// The articles, each once, with their sources.
    articles: Vec<(String, String)>,
}

impl Page<'_> {
    /// The day of a correction.
    fn made_on(&self, correction: &CorrectionEvidence) -> String {
        words::day(TimeZone::UTC.to_datetime(correction.made_at).date(), self.language)
    }
}

fn edit(event: &Event, language: Language) -> Edit {
    let state = &event.state;
    let mut articles: Vec<(String, String)> = Vec::new();
    for Evidence { article, .. } in event.evidence.iter().flatten() {
        let id = article.id.to_string();
        if articles.iter().all(|(known, _)| *known != id) {
            let source = description::source(article.source.as_deref(), article.title.as_deref(), language);
            let told = format!("{source}, {}", words::day(article.published_on, language));
            articles.push((id, told));
        }
    }
    Edit {
        kinds: Kind::VARIANTS.iter().map(|kind| (kind.to_string(), *kind == state.kind)).collect(),
        statuses: Status::VARIANTS.iter().map(|status| (status.to_string(), *status == state.status)).collect(),
        starts_on: state.when.starts_on.to_string(),
        ends_on: state.when.ends_on.to_string(),
        articles,
    }
}

/// The page of an event.
///
/// # Errors
/// Where the template, or the linked data in it, cannot be written.
pub fn event(page: &EventPage<'_>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let EventPage { base, event, history, related, as_of } = *page;
    let state = &event.state;
    let id = event.id.to_string();
    let latest = address(&id, None);
    let own = format!("{base}{latest}");
    let place = state.place.as_ref();
    let evidence = event.evidence.as_deref().unwrap_or_default();
    let in_place = place.map(|place| format!(", {}", place_in_full(place))).unwrap_or_default();
    let page = Page {
        title: &state.title,
        kind: state.kind,
        status: state.status,
        is_off: state.is_off(),
        standing: words::standing(state, language),
        summary: format!("{}{in_place}", words::summary(state, language)),
        when: words::when(state, language),
        datetime: state.when.starts_on.to_string(),
        was: words::was(state, language),
        place: place.map(place_in_full),
        point: place.and_then(|place| place.latitude.zip(place.longitude)).map(|at| point(at, language)),
        around: place.and_then(around),
        parties: parties(state),
        topic: state.details.topic.as_deref(),
        form: form(state, language),
        sources: sources(event, language),
        doubt: doubt(event.confidence, language),
        quotes: evidence.iter().map(|evidence| quoted(evidence, language)).collect(),
        corrections: event.corrections.as_deref().unwrap_or_default(),
        steps: steps(&id, history, language),
        related: related.iter().map(|event| entry(event, as_of, language)).collect(),
        edit: edit(event, language),
        as_of: as_of.map(|day| words::day(day, language)),
        linked_data: linked_data(base, &own, event)?,
        id,
        own,
        latest,
        week: format!("/week?date={}", state.when.starts_on),
        language,
    };
    Ok(page.render_with_values(locale)?)
}

fn sources(event: &Event, language: Language) -> String {
    let articles = language.count("articles", event.article_count as usize);
    let percent = words::percent(event.confidence, language);
    language.with("sources-and-confidence", [("articles", articles.into()), ("percent", percent.into())])
}

fn form(state: &EventState, language: Language) -> String {
    let format = state.details.format.map(|format| words::format(format, language));
    let level = state.details.level.map(|level| language.name("level", level));
    words::joined(format.into_iter().chain(level), ", ")
}

/// A point on the map: "46.20° N, 6.15° E".
fn point((latitude, longitude): (f64, f64), language: Language) -> String {
    let degrees = |value: f64| format!("{:.2}", value.abs()).replace('.', &language.text("decimal-mark"));
    language.with(
        "point",
        [
            ("latitude", degrees(latitude).into()),
            ("north", if latitude < 0.0 { "south" } else { "north" }.into()),
            ("longitude", degrees(longitude).into()),
            ("east", if longitude < 0.0 { "west" } else { "east" }.into()),
        ],
    )
}

/// The event as JSON-LD that may stand in a page: no text of an article can end the element that holds it.
fn linked_data(base: &str, own: &str, event: &Event) -> Result<String, Error> {
    let events = std::slice::from_ref(event);
    let selection = Selection {
        title: "",
        description: None,
        base,
        own,
        next: None,
        events,
        gone: &[],
        updated_at: None,
        coarse: Coarse::default(),
        note: None,
    };
    let escaped = |json: String| json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    jsonld(&selection).map(escaped)
}
