//! The timeline as a page, and in the formats of calendars, spreadsheets, feed readers, maps and
//! front ends, each under its own URL.

use super::{
    App,
    conditional::last_modified,
    event_view::EventView,
    filter::{CalendarParams, FilterParams, IcsParams, SheetParams, TooLongAgo, Whole},
    forms::{self, FORMS, Form, Parameters, Writer},
    page::{next_address, next_link},
    problem::{Problem, Problems},
    view::{View, query},
};
use crate::store::Sort;
use crate::{
    event::Event,
    formats::{
        Coarse, Locale, Selection,
        html::{Frame, Layout, Link, html},
        ics,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use url::form_urlencoded;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The number of events on a page of a document, unless `limit` is given.
const PAGE: u32 = 100;

/// Declares the route of a format: the name of the handler, the URL, the media type, the schema of
/// the body, and its `Form`.
macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident($params:ty): $path:literal, $media:literal, $body:ty, $form:ident;)*) => {
        pub(super) fn router() -> OpenApiRouter<App> {
            OpenApiRouter::new()$(.routes(routes!($name)))*
        }

        $(
            $(#[$doc])*
            #[utoipa::path(
                get,
                path = $path,
                tag = "Timelines",
                params($params),
                responses(
                    (status = 200, description = "The document", body = $body, content_type = $media,
                     headers(("Last-Modified" = String, description = "The last change of the evidence of any event"))),
                    TooLongAgo,
                    Problems,
                ),
            )]
            async fn $name(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
                View::of_all(&app, &uri, &headers).in_form(&forms::$form).await
            }
        )*
    };
}

documents! {
    /// Get the timeline as HTML
    ///
    /// The selection only; the page at `/` adds filters.
    get_timeline_html(FilterParams): "/v1/timeline.html", "text/html", String, HTML;
    /// Get the timeline as iCalendar
    ///
    /// For subscriptions (RFC 5545): events of the last 30 days and later, unless `from`, `to` or `as_of` is given. Events that are
    /// withdrawn or leave the selection remain as cancelled for 30 days. If the selection is too large, the calendar has the
    /// events nearest to today and a note.
    get_timeline_ics(IcsParams): "/v1/timeline.ics", "text/calendar", String, ICS;
    /// Get the timeline as CSV
    ///
    /// RFC 4180, with a header row. Text that a spreadsheet would execute as a formula is prefixed with `'`.
    get_timeline_csv(SheetParams): "/v1/timeline.csv", "text/csv", String, CSV;
    /// Get the timeline as an Excel workbook
    ///
    /// The columns of the CSV, with numbers as numbers.
    get_timeline_xlsx(FilterParams): "/v1/timeline.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Vec<u8>, XLSX;
    /// Get the timeline as NDJSON
    ///
    /// One event per line, with its evidence.
    get_timeline_ndjson(FilterParams): "/v1/timeline.ndjson", "application/x-ndjson", EventView, NDJSON;
    /// Get the timeline as Atom
    ///
    /// Atom (RFC 4287), latest change first, paginated by `limit`, `cursor` and the link `next`.
    get_timeline_atom(FilterParams): "/v1/timeline.atom", "application/atom+xml", String, ATOM;
    /// Get the timeline as GeoJSON
    ///
    /// RFC 7946. An event without coordinates has no geometry.
    get_timeline_geojson(FilterParams): "/v1/timeline.geojson", "application/geo+json", serde_json::Value, GEOJSON;
    /// Get the timeline as JSON-LD
    ///
    /// In the schema.org vocabulary.
    get_timeline_jsonld(FilterParams): "/v1/timeline.jsonld", "application/ld+json", serde_json::Value, JSONLD;
    /// Get the timeline for TimelineJS 3
    get_timeline_timelinejs(FilterParams): "/v1/timeline.timelinejs.json", "application/json", serde_json::Value, TIMELINEJS;
    /// Get the timeline for FullCalendar 6
    ///
    /// A plain array of all events from `start` to `end`.
    get_timeline_fullcalendar(CalendarParams): "/v1/timeline.fullcalendar.json", "application/json", Vec<serde_json::Value>, FULLCALENDAR;
}

/// Responds with a timeline in a format.
pub(super) async fn document(
    view: &View<'_>,
    form: &Form,
    write: impl FnOnce(&Selection<'_>) -> Result<Vec<u8>, Problem>,
) -> Result<Response, Problem> {
    let app = view.app;
    let Whole { filter, sort, after, limit, window_since, coarse, has_bom } = view.whole(form)?;
    // A page marks today.
    let window_since = if matches!(form.writer, Writer::Page) { app.midnight() } else { window_since };
    let modified = last_modified(view.modified(window_since).await?);
    let mut note = None;
    let (events, next) = if form.is_paged || limit.is_some() {
        let (page, _) = app.store.events(&filter, sort, after, limit.unwrap_or(PAGE), true).await?;
        (page.items, page.next)
    } else {
        match app.store.whole(&filter, sort, app.ceiling).await? {
            Some(all) => (all, None),
            // A calendar program would not show an error, but keep its old content.
            None if form.params == Parameters::Calendar => {
                note = Some(format!(
                    "Only the {} events nearest to today are shown. Narrow this calendar, for example by participant or kind.",
                    app.ceiling
                ));
                (app.store.nearest(&filter, app.today(), app.ceiling).await?, None)
            }
            None => return Err(too_many(app.ceiling)),
        }
    };
    let gone = if form.tells_gone { app.store.gone(&filter, (app.now)()).await? } else { Vec::new() };
    let next = next.map(|cursor| next_address(view.uri, &cursor.to_string()));
    let link = next.as_deref().map(next_link);
    let contents = Contents {
        next: next.as_deref(),
        events: &events,
        gone: &gone,
        coarse,
        note: note.as_deref().map(|note| (app.today(), note)),
        has_bom,
    };
    let response = written(view, form, write, &contents)?;
    Ok((modified, link, response).into_response())
}

/// The content of a document.
#[derive(Default)]
struct Contents<'a> {
    next: Option<&'a str>,
    events: &'a [Event],
    gone: &'a [Event],
    coarse: Coarse,
    note: Option<(Date, &'a str)>,
    has_bom: bool,
}

/// Responds with one event as a calendar.
pub(super) fn calendar_of(app: &App, headers: &HeaderMap, uri: &Uri, event: Event) -> Result<Response, Problem> {
    let modified = last_modified(Some(event.updated_at));
    let view = View::of_all(app, uri, headers);
    let contents = Contents { events: &[event], coarse: Coarse::Span, ..Contents::default() };
    Ok((modified, written(&view, &forms::ICS, |event| Ok(ics(event)?.into_bytes()), &contents)?).into_response())
}

fn written(
    view: &View<'_>,
    form: &Form,
    write: impl FnOnce(&Selection<'_>) -> Result<Vec<u8>, Problem>,
    contents: &Contents<'_>,
) -> Result<Response, Problem> {
    let base = view.app.base(view.headers);
    let Contents { next, events, gone, coarse, note, has_bom } = *contents;
    let next = next.map(|next| format!("{base}{next}"));
    let selection = Selection {
        title: &view.title(),
        description: view.description(),
        base: &base,
        own: &format!("{base}{}", view.uri),
        next: next.as_deref(),
        events,
        gone,
        updated_at: events.iter().chain(gone).map(|event| event.updated_at).max(),
        coarse,
        note,
    };
    let mut body = write(&selection)?;
    if has_bom {
        body.splice(0..0, "\u{feff}".bytes());
    }
    let disposition = form.disposition.map(|how| {
        let value = format!("{how}; filename=\"{}{}\"", view.name(), form.suffix);
        [(header::CONTENT_DISPOSITION, value)]
    });
    Ok((disposition, [(header::CONTENT_TYPE, form.content_type)], body).into_response())
}

/// Writes one event per line.
pub(super) fn lines(selection: &Selection<'_>) -> Result<Vec<u8>, Problem> {
    let mut lines = Vec::new();
    for event in selection.events {
        let event = EventView::new(event.clone(), selection.base);
        serde_json::to_writer(&mut lines, &event).map_err(|error| Problem::unwritable(&error))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Writes the page, with links to the same selection in other formats.
pub(super) fn page(view: &View<'_>, selection: &Selection<'_>, whole: &Whole) -> Result<String, Problem> {
    let mut kept = query(view.uri);
    kept.retain(|(name, value)| name != "cursor" && name != "limit" && !value.trim().is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    let frame = Frame {
        today: whole.filter.as_of.unwrap_or(view.app.today()),
        this_day: view.app.today(),
        from: whole.filter.from,
        to: whole.filter.to,
        is_cut: false,
        layout: Layout::default(),
        is_chronological: whole.sort == Sort::StartsOn,
        as_of: whole.filter.as_of.filter(|day| *day != view.app.today()),
        total: None,
        filters: None,
        links: &links(&view.path(), &query),
    };
    Ok(html(selection, &frame, &Locale::default())?)
}

/// Returns links to the same selection in other formats.
pub(super) fn links(path: &str, query: &str) -> Vec<Link> {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let others = FORMS.iter().filter(|form| !matches!(form.writer, Writer::Page));
    let link = |form: &Form| {
        let href = format!("{path}{}{query}", form.suffix);
        Some(Link { label: form.label?, media_type: form.media_type(), href })
    };
    others.filter_map(link).collect()
}

fn too_many(ceiling: u32) -> Problem {
    let detail = format!(
        "this format is returned in full, and the selection has more than {ceiling} events: narrow it by from and to, \
         participant or kind, or page through /v1/events"
    );
    Problem::of_field("from", detail)
}
