//! Web pages for readers: the timeline, one event, a week to print, an article, and errors. Each is a function of what it
//! shows; `templates/` holds the markup, `assets/` the style sheet and the script.

mod article;
mod asked;
mod assets;
mod entry;
mod error;
mod event;
mod frame;
mod history;
mod outline;
mod quote;
mod timeline;
mod week;

pub use self::{
    article::{ArticlePage, article},
    asked::{Asked, FieldError},
    assets::{ASSETS, Asset},
    entry::{acronym, flag},
    error::error,
    event::{EventPage, event},
    frame::{Chip, ChipGroup, Filters, Frame, Link, Tab},
    history::Revision,
    outline::monday,
    timeline::html,
    week::{WeekPage, week},
};
