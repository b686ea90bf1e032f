//! daybook reads the scheduled diplomatic events that news articles announce and serves them as a timeline.
//!
//! Dependencies point one way: `http → store, formats, timeline, extract → event, article, key, saved`, and
//! beside it `deliver → http, store, webhook → outbound` and `watch → store, extract, fetch → outbound, feed, article`.

/// The target of spans that only traces record, and never the log.
pub const SPANS: &str = "daybook::spans";

/// An article and its checks.
pub mod article;
/// Delivers changes to webhooks.
pub mod deliver;
/// The embedded PostgreSQL that `daybook serve` runs if no database is configured.
pub mod embedded;
/// The domain types: events, mentions, evidence.
pub mod event;
/// Pure: an article in, mentions of events out.
pub mod extract;
/// Pure: what is wrong with a JSON object that a client sent.
pub mod faults;
/// Pure: the bytes of a feed in, its items out.
pub mod feed;
/// Fetches pages that others choose, for the watcher of feeds and for clients who send a URL.
pub mod fetch;
/// Pure: events in, documents for calendars, spreadsheets, feed readers, maps and front ends out.
pub mod formats;
/// Every line of axum: the API.
pub mod http;
/// API keys: their format and scopes.
pub mod key;
/// Requests to URLs that clients choose, to public addresses only.
pub mod outbound;
/// Saved timelines: their slugs, and the tokens of private ones.
pub mod saved;
/// Every line of SQL: articles and events in PostgreSQL.
pub mod store;
/// Pure: mentions and corrections in, the state and history of events out.
pub mod timeline;
/// What `daybook watch` does: polls feeds and fetches their pages when they are due, and stores the articles.
pub mod watch;
/// The deliveries of webhooks: their form, signature and retries.
pub mod webhook;
