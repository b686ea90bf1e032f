//! The API as its clients see it: one module per address.

mod access;
mod articles;
mod bad_input;
mod bulk;
mod changes;
mod corrections;
mod documents;
mod end_to_end;
mod events;
mod facets;
mod filters;
mod health;
mod history;
mod identity;
mod laws;
mod lookup;
mod matching;
mod metrics;
mod openapi;
mod reprocess;
mod request_ids;
mod stream;
mod support;
mod timeline;
mod web_pages;
