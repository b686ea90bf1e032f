//! The API as clients see it: one module per resource.

// `json!` of an event has many fields.
#![recursion_limit = "256"]

mod access;
mod access_matrix;
mod addresses;
mod articles;
mod bad_input;
mod bulk;
mod changes;
mod codes;
mod confidence;
mod corrections;
mod defaults;
mod details;
mod documents;
mod end_to_end;
mod events;
mod examples;
mod export;
mod facets;
mod feeds;
mod fetching;
mod filters;
mod followers;
mod health;
mod history;
mod identity;
mod laws;
mod linking;
mod lookup;
mod metrics;
mod model;
mod monitoring;
mod names;
mod openapi;
mod pages;
mod patch;
mod plans;
mod problems;
mod rejections;
mod reprocess;
mod request_ids;
mod review;
mod saved;
mod stream;
mod support;
mod timeline;
mod web_pages;
mod webhooks;
