//! The timeline as a page.

use super::{
    super::{Error, Selection},
    Frame,
    outline::{Row, Settings, outline},
};
use askama::Template;

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page<'a> {
    title: &'a str,
    description: Option<&'a str>,
    next: Option<&'a str>,
    frame: &'a Frame<'a>,
    today: String,
    rows: Vec<Row<'a>>,
}

impl Page<'_> {
    /// How the same selection was known some days ago.
    fn past_days(&self) -> Vec<(&'static str, String)> {
        let asked = self.frame.filters.as_ref().map(|filters| filters.asked.without(&["as_of", "cursor"]));
        let asked = asked.unwrap_or_default();
        let days = [("yesterday", "-1d"), ("a week ago", "-7d"), ("a month ago", "-30d")];
        days.map(|(label, day)| (label, asked.clone().with("as_of", day).url("/"))).into()
    }

    /// For a past timeline: the days around its own, and today.
    fn other_days(&self) -> Vec<(&'static str, String)> {
        let asked = self.frame.filters.as_ref().map(|filters| filters.asked.without(&["as_of", "cursor"]));
        let asked = asked.unwrap_or_default();
        let day = self.frame.today;
        let others = [("a day earlier", day.yesterday()), ("a day later", day.tomorrow())];
        let others = others.into_iter().filter_map(|(label, day)| Some((label, day.ok()?)));
        let others = others.map(|(label, day)| (label, asked.clone().with("as_of", &day).url("/")));
        others.chain([("back to today", asked.url("/"))]).collect()
    }
}

/// A page of events under months, weeks and days, each with its evidence.
///
/// # Errors
/// Where the template cannot be written.
pub fn html(selection: &Selection<'_>, frame: &Frame<'_>) -> Result<String, Error> {
    let Selection { title, description, base, next, events, .. } = *selection;
    let settings = Settings {
        today: frame.today,
        from: frame.from,
        as_of: frame.as_of,
        with_today: frame.is_chronological,
        has_more: next.is_some(),
    };
    // The reader of the page has used the right URL of the service.
    let next = next.map(|next| next.strip_prefix(base).unwrap_or(next));
    let today = frame.today.strftime("%A %-d %B %Y").to_string();
    Ok(Page { title, description, next, frame, today, rows: outline(events, settings) }.render()?)
}
