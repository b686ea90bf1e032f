//! `/status`: what is stored, how feeds and webhooks stand, and which rules read the articles. Addresses of feeds and webhooks
//! are for administrators, so this page counts them only.

use super::{super::App, failure::Failure, page};
use crate::{
    extract::RULES_VERSION,
    formats::html::{self, StatusPage},
};
use axum::{extract::State, response::Response};
use jiff::{Timestamp, tz::TimeZone};

/// Shows how the service stands.
pub(super) async fn status(State(app): State<App>) -> Result<Response, Failure> {
    let summary = app.store.summary((app.now)()).await?;
    let old = app.store.count_outdated_articles(None).await?;
    let connections = app.store.connections();
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let feeds = summary.feeds.iter().map(|(state, count)| fact(state, count.to_string()));
    let (enabled, disabled) = summary.webhooks;
    let groups = [
        (
            "Articles and events",
            vec![
                fact("Articles", summary.articles.to_string()),
                fact("In the last 24 hours", summary.articles_of_a_day.to_string()),
                fact("Events", summary.events.to_string()),
                fact("Last change", app.store.touched_at().await?.map_or_else(|| "none yet".to_owned(), at)),
            ],
        ),
        ("Feeds", feeds.collect()),
        ("Webhooks", vec![fact("Enabled", enabled.to_string()), fact("Disabled", disabled.to_string())]),
        (
            "Service",
            vec![
                fact("Version", env!("CARGO_PKG_VERSION").to_owned()),
                fact("Rules", RULES_VERSION.to_owned()),
                fact("Articles read by older rules", old.to_string()),
                fact(
                    "Database connections",
                    format!("{} open, {} idle, {} at most", connections.open, connections.idle, connections.most),
                ),
            ],
        ),
    ];
    let groups: Vec<_> = groups.into_iter().filter(|(_, facts): &(_, Vec<_>)| !facts.is_empty()).collect();
    let sources = summary.sources.into_iter().map(|source| (source.name, source.articles, at(source.last_at)));
    Ok(page(html::status(&StatusPage { groups: &groups, sources: &sources.collect::<Vec<_>>() })?))
}

fn at(instant: Timestamp) -> String {
    TimeZone::UTC.to_datetime(instant).strftime("%-d %B %Y, %H:%M UTC").to_string()
}
