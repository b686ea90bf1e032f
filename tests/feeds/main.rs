//! Feeds as `daybook watch` follows them, against a server that the tests run. Time passes only where a test says so.

mod faults;
mod items;
mod politeness;
#[path = "../program/mod.rs"]
mod program;
mod programs;
mod reading;
mod server;
mod sharing;
mod world;
