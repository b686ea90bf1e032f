//! Web pages for readers: the timeline in several views, one event, a week to print, an article, a text that is tried, changes,
//! the status of the service, and errors. Each is a function of what it
//! shows; `templates/` holds the markup, `assets/` the style sheet and the script.

mod article;
mod asked;
mod assets;
mod axis;
mod changes;
mod corrections;
mod countries;
mod entry;
mod error;
mod event;
mod frame;
mod guide;
mod history;
mod map;
mod marked;
mod month;
mod outline;
mod quote;
mod review;
mod status;
mod subscribe;
mod timeline;
mod view;
mod week;

/// The pages that the header of each leads to: the path, and the message that names it.
const PAGES: [(&str, &str); 5] = [
    ("/", "page-timeline"),
    ("/week", "page-week"),
    ("/changes", "page-changes"),
    ("/review", "page-review"),
    ("/try", "page-try"),
];

pub use self::{
    article::{ArticlePage, Outcome, TryPage, article, trial},
    asked::{Asked, FieldError},
    assets::{ASSETS, Asset},
    changes::{ChangedEvent, ChangesPage, changes},
    corrections::{CorrectionsPage, ShownCorrection, corrections},
    countries::country,
    entry::{acronym, flag},
    error::error,
    event::{EventPage, event},
    frame::{Chip, ChipGroup, Filters, Frame, Layout, Link, Tab},
    guide::guide,
    history::Revision,
    marked::UnusedMark,
    outline::monday,
    review::{ReviewPage, ReviewedItem, review},
    status::{StatusPage, status},
    subscribe::Subscribe,
    timeline::html,
    view::{OF_LAYOUT, View},
    week::{WeekPage, week},
};
