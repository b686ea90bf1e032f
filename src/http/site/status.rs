//! `/status`: what is stored, how feeds and webhooks stand, and which rules read the articles. Addresses of feeds and webhooks
//! are for administrators, so this page counts them only.

use super::{super::App, failure::Failure, locale::Reader, moment, page};
use crate::{
    extract::RULES_VERSION,
    formats::html::{self, StatusPage},
};
use axum::{extract::State, response::Response};
use jiff::Timestamp;

/// Shows how the service stands.
pub(super) async fn status(State(app): State<App>, Reader(locale): Reader) -> Result<Response, Failure> {
    let summary = app.store.summary((app.now)()).await?;
    let old = app.store.count_outdated_articles(None).await?;
    let connections = app.store.connections();
    let language = locale.language;
    let at = |instant: Timestamp| moment(instant, language);
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let feeds = summary.feeds.iter().map(|(state, count)| fact(&format!("feed-{state}"), count.to_string()));
    let webhooks = summary.webhooks;
    let failing = (webhooks.failing > 0).then(|| fact("status-failing", webhooks.failing.to_string()));
    let webhooks = [
        Some(fact("status-enabled", webhooks.enabled.to_string())),
        failing,
        Some(fact("status-disabled", webhooks.disabled.to_string())),
    ];
    let replicas = summary.replicas;
    let lag = replicas.lag_ms.map_or_else(|| language.text("no-lag"), |lag| language.with("lag", [("ms", lag.into())]));
    let replicas =
        (replicas.count > 0).then(|| [fact("status-replicas", replicas.count.to_string()), fact("status-lag", lag)]);
    let groups = [
        (
            "status-articles-events",
            vec![
                fact("status-articles", summary.articles.to_string()),
                fact("status-of-a-day", summary.articles_of_a_day.to_string()),
                fact("status-events", summary.events.to_string()),
                fact("status-last-change", app.store.touched_at().await?.map_or_else(|| language.text("none-yet"), at)),
            ],
        ),
        ("status-feeds", feeds.collect()),
        ("status-webhooks", webhooks.into_iter().flatten().collect()),
        ("status-database", replicas.into_iter().flatten().collect()),
        (
            "status-service",
            vec![
                fact("status-version", env!("CARGO_PKG_VERSION").to_owned()),
                fact("status-rules", RULES_VERSION.to_owned()),
                fact("status-older-rules", old.to_string()),
                fact(
                    "status-connections",
                    language.with(
                        "connections",
                        [
                            ("open", connections.open.into()),
                            ("idle", connections.idle.into()),
                            ("most", connections.most.into()),
                        ],
                    ),
                ),
            ],
        ),
    ];
    let groups: Vec<_> = groups.into_iter().filter(|(_, facts): &(_, Vec<_>)| !facts.is_empty()).collect();
    let sources = summary.sources.into_iter().map(|source| (source.name, source.articles, at(source.last_at)));
    Ok(page(html::status(&StatusPage { groups: &groups, sources: &sources.collect::<Vec<_>>() }, &locale)?, &locale))
}
