//! What the page of a timeline shows beside the events: ranges of days, filters, and the same selection in other formats.

use super::{Asked, FieldError, Subscribe, View};
use crate::event::{Kind, Precision, Status};
use jiff::civil::Date;
use strum::VariantArray;

/// What a page shows beside the events.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Today; for a past timeline, its day.
    pub today: Date,
    /// Today, whatever day's timeline is shown.
    pub this_day: Date,
    /// The first day that was asked for. What began before stands in a section of its own.
    pub from: Option<Date>,
    /// The last day that was asked for.
    pub to: Option<Date>,
    /// Whether the view shows fewer events than are selected, and leads to no other page.
    pub is_cut: bool,
    /// Whether the events are in the order of their days, so that today has a place among them.
    pub is_chronological: bool,
    /// The day of a past timeline.
    pub as_of: Option<Date>,
    /// How they are laid out.
    pub layout: Layout,
    /// How many events there are on all pages, where that is known.
    pub total: Option<u64>,
    /// Ranges of days, and the filters; none where the timeline has its own.
    pub filters: Option<Filters<'a>>,
    /// The same selection in other formats.
    pub links: &'a [Link],
}

/// How a page lays events out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layout {
    /// As a list, or another view.
    pub view: View,
    /// The first day of the month that a grid shows.
    pub month: Option<Date>,
    /// Whether a line is given to each event.
    pub is_compact: bool,
    /// Whether another site shows the page within its own.
    pub is_embedded: bool,
}

/// The filters of a page.
#[derive(Clone, Debug)]
pub struct Filters<'a> {
    /// What was asked for.
    pub asked: &'a Asked,
    /// What was wrong with it.
    pub error: Option<&'a FieldError>,
    /// Ranges of days to choose from.
    pub tabs: Vec<Tab>,
    /// The same selection in other layouts.
    pub views: Vec<Tab>,
    /// The same in the other density.
    pub density: Tab,
    /// Filters to add and to take out.
    pub chips: Vec<ChipGroup>,
    /// Where the selection can be subscribed to.
    pub subscribe: Subscribe,
}

/// A range of days to choose.
#[derive(Clone, Debug)]
pub struct Tab {
    /// The message that names it.
    pub label: &'static str,
    /// Its URL.
    pub href: String,
    /// Whether it is shown.
    pub is_current: bool,
}

/// Values of one filter.
#[derive(Clone, Debug)]
pub struct ChipGroup {
    /// The message that names what they are values of.
    pub label: &'static str,
    /// The values.
    pub chips: Vec<Chip>,
}

/// A value of a filter, to add or to take out.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The title, or the value itself where it is one of a vocabulary.
    pub label: String,
    /// The vocabulary that it is of.
    pub vocabulary: Option<&'static str>,
    /// The flag of the party that it is.
    pub flag: Option<String>,
    /// How many events it leaves.
    pub count: Option<u64>,
    /// The page with it, or without it where it is on.
    pub href: String,
    /// Whether the page is filtered by it.
    pub is_on: bool,
}

/// The URL of the same selection in another format.
#[derive(Clone, Debug)]
pub struct Link {
    /// The title.
    pub label: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The URL.
    pub href: String,
}

/// A field of the form in which one of several values is chosen.
pub(super) struct Choice {
    pub(super) label: &'static str,
    pub(super) name: &'static str,
    pub(super) options: Vec<(String, bool)>,
    /// What was asked for, where it is none of the vocabulary.
    unknown: Option<String>,
}

impl Choice {
    /// Whether a value is one of the vocabulary.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.unknown.as_deref() != Some(name)
    }
}

impl Filters<'_> {
    /// The value of a parameter.
    pub(super) fn value(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    /// What is wrong with a parameter.
    pub(super) fn error_of(&self, name: &str) -> Option<&str> {
        self.error.filter(|error| error.field.as_deref() == Some(name)).map(|error| &*error.detail)
    }

    /// The field of the form that is at fault.
    pub(super) fn wrong_field(&self) -> Option<&str> {
        const FIELDS: [&str; 11] =
            ["as_of", "country", "from", "kind", "participant", "place", "precision", "q", "source", "status", "to"];
        self.error?.field.as_deref().filter(|field| FIELDS.contains(field))
    }

    /// Who takes part: each that was asked for, and room for one more.
    pub(super) fn participants(&self) -> Vec<&str> {
        self.asked.all("participant").chain([""]).collect()
    }

    /// The parameters that a form of some fields keeps.
    pub(super) fn kept(&self, fields: &[&str]) -> Vec<(String, String)> {
        self.asked.without(&[fields, &["cursor"]].concat()).0
    }

    /// The fields in which one of several values is chosen.
    pub(super) fn choices(&self) -> [Choice; 3] {
        [
            self.choice("filter-kind", "kind", names(Kind::VARIANTS)),
            self.choice("filter-status", "status", names(Status::VARIANTS)),
            self.choice("filter-precision", "precision", names(Precision::VARIANTS)),
        ]
    }

    fn choice(&self, label: &'static str, name: &'static str, mut names: Vec<String>) -> Choice {
        let value = self.value(name);
        // Several values, or a wrong one, stay as they are.
        let unknown = (!value.is_empty() && !names.iter().any(|name| name == value)).then(|| value.to_owned());
        names.extend(unknown.clone());
        let options = names
            .into_iter()
            .map(|name| {
                let chosen = name == value;
                (name, chosen)
            })
            .collect();
        Choice { label, name, options, unknown }
    }
}

fn names<T: ToString>(variants: &[T]) -> Vec<String> {
    variants.iter().map(T::to_string).collect()
}
