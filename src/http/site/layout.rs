//! How the page of the timeline lays its events out: the view, the month of a grid, the density.

use super::super::problem::Problem;
use crate::formats::html::{Asked, Layout, Tab, View};
use jiff::civil::Date;
use strum::VariantArray;

/// What was asked for.
pub(super) fn layout(asked: &Asked) -> Result<Layout, Problem> {
    let view = match asked.get("view").map(str::parse) {
        Some(Ok(view)) => view,
        Some(Err(_)) => {
            let names: Vec<String> = View::VARIANTS.iter().map(ToString::to_string).collect();
            return Err(Problem::of_field("view", format!("view: must be one of {}", names.join(", "))));
        }
        None => View::default(),
    };
    let month = asked.get("month").filter(|_| view == View::Month).map(|month| {
        let first: Option<Date> = format!("{month}-01").parse().ok();
        first.ok_or_else(|| Problem::of_field("month", "month: must be written as 2023-03"))
    });
    Ok(Layout { month: month.transpose()?, view, ..of_frame(asked) })
}

/// What holds whatever is wrong with the rest.
pub(super) fn of_frame(asked: &Asked) -> Layout {
    Layout {
        is_compact: asked.get("density") == Some("compact"),
        is_embedded: asked.get("embed").is_some(),
        ..Layout::default()
    }
}

/// The same selection in each view.
pub(super) fn views(asked: &Asked, current: View) -> Vec<Tab> {
    let others = asked.without(&["view", "month", "cursor"]);
    let tab = |view: &View| {
        let asked = if *view == View::List { others.clone() } else { others.clone().with("view", view) };
        Tab { label: view.label(), href: asked.url("/"), is_current: *view == current }
    };
    View::VARIANTS.iter().map(tab).collect()
}

/// The same in the other density.
pub(super) fn density(asked: &Asked, layout: Layout) -> Tab {
    let others = asked.without(&["density"]);
    let asked = if layout.is_compact { others } else { others.with("density", "compact") };
    Tab { label: "density-compact", href: asked.url("/"), is_current: layout.is_compact }
}
