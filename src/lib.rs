//! daybook reads the scheduled diplomatic events that news articles announce and serves them as a timeline.
//!
//! Dependencies point one way: `http → store, formats, timeline, extract → event, article, key, saved`, and
//! beside it `deliver → http, store, webhook → outbound` and `watch → store, outbound, extract, feed → article`.

/// What was sent: an article and its checks.
pub mod article;
/// Tells webhooks of what changes.
pub mod deliver;
/// The private PostgreSQL that `daybook serve` starts where it is given none.
pub mod embedded;
/// What everything else speaks of: events, mentions, evidence.
pub mod event;
/// Pure: an article in, what it says of events out.
pub mod extract;
/// Pure: the bytes of a feed in, its items out.
pub mod feed;
/// Pure: events in, documents for calendars, sheets, feed readers, maps and front ends out.
pub mod formats;
/// Every line of axum: the API.
pub mod http;
/// What clients show of themselves: a key's form, and what it allows.
pub mod key;
/// Requests to addresses that others chose, to public ones only.
pub mod outbound;
/// The addresses of saved timelines: their slugs, and the tokens that open private ones.
pub mod saved;
/// Every line of SQL: articles and events in PostgreSQL.
pub mod store;
/// Pure: what articles say of one event, folded into its state.
pub mod timeline;
/// What `daybook watch` does: asks feeds and their pages when they are due, and stores what comes.
pub mod watch;
/// What webhooks are sent, and when it is sent again.
pub mod webhook;
