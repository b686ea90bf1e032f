//! `daybook watch`, against a server of the tests. Tests advance the clock.

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
