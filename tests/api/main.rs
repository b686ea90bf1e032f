//! The API as its clients see it: one module per address.

mod access;
mod articles;
mod bad_input;
mod changes;
mod corrections;
mod end_to_end;
mod events;
mod facets;
mod filters;
mod health;
mod history;
mod identity;
mod laws;
mod matching;
mod openapi;
mod reprocess;
mod support;
mod timeline;
