//! The API as its clients see it: one module per address.

mod articles;
mod bad_input;
mod end_to_end;
mod events;
mod filters;
mod health;
mod laws;
mod openapi;
mod support;
mod timeline;
