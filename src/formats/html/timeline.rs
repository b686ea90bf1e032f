//! The timeline as a page.

use super::{
    super::{Error, Locale, Selection, locale::filters},
    Asked, Frame, View,
    axis::{Axis, axis},
    map::{Map, map},
    month::{Month, month},
    outline::{Row, Settings, outline},
};
use askama::Template;

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page<'a> {
    /// The name of a saved timeline; none of the usual one.
    name: Option<&'a str>,
    /// What a timeline without a name is called.
    usual: String,
    description: Option<&'a str>,
    next: Option<&'a str>,
    frame: &'a Frame<'a>,
    today: String,
    body: Body<'a>,
}

/// The events, as one of the views lays them out.
enum Body<'a> {
    List(Vec<Row<'a>>),
    Month(Month<'a>),
    Axis(Axis),
    Map(Map<'a>),
}

impl Page<'_> {
    /// What the timeline is called.
    fn title(&self) -> &str {
        self.name.unwrap_or(&self.usual)
    }

    /// The parameters that other days keep.
    fn kept(&self) -> Asked {
        let asked = self.frame.filters.as_ref().map(|filters| filters.asked.without(&["as_of", "cursor"]));
        asked.unwrap_or_default()
    }

    /// How the same selection was known some days ago.
    fn past_days(&self) -> Vec<(&'static str, String)> {
        let days = [("day-yesterday", "-1d"), ("day-week-ago", "-7d"), ("day-month-ago", "-30d")];
        days.map(|(label, day)| (label, self.kept().with("as_of", day).url("/"))).into()
    }

    /// For a past timeline: the days around its own, and today.
    fn other_days(&self) -> Vec<(&'static str, String)> {
        let day = self.frame.today;
        let others = [("day-earlier", day.yesterday()), ("day-later", day.tomorrow())];
        let others = others.into_iter().filter_map(|(label, day)| Some((label, day.ok()?)));
        let others = others.map(|(label, day)| (label, self.kept().with("as_of", &day).url("/")));
        others.chain([("back-to-today", self.kept().url("/"))]).collect()
    }

    /// The week of today, or of the first day that was asked for.
    fn week(&self) -> String {
        let asked = self.kept().without(&["range", "from", "to", "sort", "limit", "view", "month", "density"]);
        let asked = match self.frame.as_of {
            Some(day) => asked.with("as_of", &day),
            None => asked,
        };
        match self.frame.from.filter(|from| *from > self.frame.today) {
            Some(from) => asked.with("date", &from).url("/week"),
            None => asked.url("/week"),
        }
    }
}

/// A page of events in one of the views, each with its evidence where that is a list.
///
/// # Errors
/// Where the template cannot be written.
pub fn html(selection: &Selection<'_>, frame: &Frame<'_>, locale: &Locale) -> Result<String, Error> {
    let language = locale.language;
    let Selection { title, description, base, next, events, .. } = *selection;
    let settings = Settings {
        today: frame.today,
        from: frame.from,
        as_of: frame.as_of,
        with_today: frame.is_chronological,
        has_more: next.is_some(),
        language,
    };
    // The reader of the page has used the right URL of the service.
    let next = next.map(|next| next.strip_prefix(base).unwrap_or(next));
    let today = language.date("date-full", frame.today);
    let nothing = Asked::default();
    let asked = frame.filters.as_ref().map_or(&nothing, |filters| filters.asked);
    let (of, as_of) = (frame.today, frame.as_of);
    let body = match frame.layout.view {
        View::List => Body::List(outline(events, settings)),
        View::Month => {
            let first = frame.layout.month.unwrap_or(of.first_of_month());
            Body::Month(month(events, first, of, as_of, asked, language))
        }
        View::Timeline => Body::Axis(axis(events, (frame.from, frame.to), of, as_of, language)),
        View::Map => Body::Map(map(events, as_of, asked, language)),
    };
    // The page of the service is called in its language; a timeline that somebody saved, as they called it.
    let name = frame.filters.is_none().then_some(title);
    let usual = language.text("timeline-title");
    Ok(Page { name, usual, description, next, frame, today, body }.render_with_values(locale)?)
}
