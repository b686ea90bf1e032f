//! Web pages for readers: the timeline, one event, a week to print, an article, and errors. Each is a function of what it
//! shows; `templates/` holds the markup, `assets/` the style sheet and the script.

mod article;
mod asked;
mod assets;
mod axis;
mod countries;
mod entry;
mod error;
mod event;
mod frame;
mod history;
mod map;
mod month;
mod outline;
mod quote;
mod subscribe;
mod timeline;
mod view;
mod week;

pub use self::{
    article::{ArticlePage, article},
    asked::{Asked, FieldError},
    assets::{ASSETS, Asset},
    countries::country,
    entry::acronym,
    error::error,
    event::{EventPage, event},
    frame::{Chip, ChipGroup, Filters, Frame, Layout, Link, Tab},
    history::Revision,
    outline::monday,
    subscribe::Subscribe,
    timeline::html,
    view::{OF_LAYOUT, View},
    week::{WeekPage, week},
};
