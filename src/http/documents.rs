//! The timeline in the formats that calendars, sheets, feed readers, maps and front ends take: by suffix, and by `Accept`
//! at `/v1/timeline`.

use super::{
    App,
    conditional::last_modified,
    filter::{CalendarParams, FilterParams, TooLongAgo, Whole},
    page::{next_address, next_link},
    params::Params,
    problem::{Problem, Problems},
};
use crate::{
    event::Event,
    formats::{self, Selection},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use headers::HeaderMapExt;
use headers_accept::Accept;
use mediatype::{MediaType, names};
use utoipa_axum::{router::OpenApiRouter, routes};

/// What a calendar or a feed is called.
pub(super) const TITLE: &str = "Diplomatic events";

/// A form of the timeline that is a document of its own.
pub(super) struct Format {
    media_type: &'static str,
    /// As what kind of file it is kept.
    file: Option<&'static str>,
    /// Whether it comes in pages.
    is_paged: bool,
    /// Whether it tells of what is gone.
    tells_gone: bool,
    write: fn(&Selection<'_>) -> Result<String, formats::Error>,
}

const fn whole(media_type: &'static str, write: fn(&Selection<'_>) -> Result<String, formats::Error>) -> Format {
    Format { media_type, file: None, is_paged: false, tells_gone: false, write }
}

const ICS: Format = Format {
    file: Some("inline; filename=\"daybook.ics\""),
    tells_gone: true,
    ..whole("text/calendar; charset=utf-8", formats::ics)
};
const CSV: Format =
    Format { file: Some("attachment; filename=\"daybook.csv\""), ..whole("text/csv; charset=utf-8", formats::csv) };
const ATOM: Format = Format { is_paged: true, ..whole("application/atom+xml; charset=utf-8", formats::atom) };
const GEOJSON: Format =
    Format { file: Some("inline; filename=\"daybook.geojson\""), ..whole("application/geo+json", formats::geojson) };
const JSONLD: Format = whole("application/ld+json", formats::jsonld);
const TIMELINEJS: Format = whole("application/json", formats::timelinejs);
const FULLCALENDAR: Format = whole("application/json", formats::fullcalendar);

/// What a client takes the timeline as.
pub(super) enum Accepted {
    Json,
    Page,
    Document(&'static Format),
}

impl Accepted {
    /// By the header `Accept`; JSON where that is as good as any. The forms that share JSON's type have suffixes only.
    pub(super) fn by(headers: &HeaderMap) -> Result<Self, Problem> {
        static TYPES: [MediaType<'_>; 7] = [
            MediaType::new(names::APPLICATION, names::JSON),
            MediaType::new(names::TEXT, names::HTML),
            MediaType::new(names::TEXT, names::CALENDAR),
            MediaType::new(names::TEXT, names::CSV),
            MediaType::from_parts(names::APPLICATION, names::ATOM, Some(names::XML), &[]),
            MediaType::from_parts(names::APPLICATION, names::GEO, Some(names::JSON), &[]),
            MediaType::from_parts(names::APPLICATION, names::LD, Some(names::JSON), &[]),
        ];
        if !headers.contains_key(header::ACCEPT) {
            return Ok(Self::Json);
        }
        let accept: Option<Accept> = headers.typed_get();
        let chosen = accept.as_ref().and_then(|accept| accept.negotiate(&TYPES));
        Ok(match chosen.and_then(|chosen| TYPES.iter().position(|offered| offered == chosen)) {
            Some(0) => Self::Json,
            Some(1) => Self::Page,
            Some(2) => Self::Document(&ICS),
            Some(3) => Self::Document(&CSV),
            Some(4) => Self::Document(&ATOM),
            Some(5) => Self::Document(&GEOJSON),
            Some(6) => Self::Document(&JSONLD),
            _ => {
                let types: Vec<String> = TYPES.iter().map(ToString::to_string).collect();
                let detail = format!("the timeline comes as {}", types.join(", "));
                return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, detail).because_of("Accept"));
            }
        })
    }
}

/// Declares the route of a format: its suffix, the handler's name, the media type, what a body of that is to whoever
/// parses it, and what it is for.
macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident($params:ty): $path:literal, $media:literal, $body:ty, $format:ident;)*) => {
        pub(super) fn router() -> OpenApiRouter<App> {
            OpenApiRouter::new()$(.routes(routes!($name)))*
        }

        $(
            $(#[$doc])*
            #[utoipa::path(
                get,
                path = $path,
                tag = "formats",
                params($params),
                responses(
                    (status = 200, description = "The document", body = $body, content_type = $media,
                     headers(("Last-Modified" = String, description = "When anything told of an event last changed"))),
                    TooLongAgo,
                    Problems,
                ),
            )]
            async fn $name(
                State(app): State<App>,
                uri: Uri,
                headers: HeaderMap,
                Params(params): Params<$params>,
            ) -> Result<Response, Problem> {
                let whole = params.whole(&app)?;
                document(&app, &uri, &headers, &$format, whole).await
            }
        )*
    };
}

documents! {
    /// The timeline as a calendar
    ///
    /// To subscribe to (RFC 5545). What is withdrawn, or moved out of the selection, stays in it as cancelled for 30 days.
    timeline_ics(FilterParams): "/v1/timeline.ics", "text/calendar", String, ICS;
    /// The timeline as a sheet
    ///
    /// RFC 4180, with a row of names. A text that a sheet would take for a formula begins with `'`.
    timeline_csv(FilterParams): "/v1/timeline.csv", "text/csv", String, CSV;
    /// The timeline as a feed
    ///
    /// Atom (RFC 4287), in pages: `limit`, `cursor` and the link `next`.
    timeline_atom(FilterParams): "/v1/timeline.atom", "application/atom+xml", String, ATOM;
    /// The timeline as a map
    ///
    /// GeoJSON (RFC 7946). An event without a point on the map has no geometry.
    timeline_geojson(FilterParams): "/v1/timeline.geojson", "application/geo+json", serde_json::Value, GEOJSON;
    /// The timeline as linked data
    ///
    /// JSON-LD in the vocabulary of schema.org.
    timeline_jsonld(FilterParams): "/v1/timeline.jsonld", "application/ld+json", serde_json::Value, JSONLD;
    /// The timeline for TimelineJS 3
    timeline_timelinejs(FilterParams): "/v1/timeline.timelinejs.json", "application/json", serde_json::Value, TIMELINEJS;
    /// The timeline for FullCalendar 6
    ///
    /// A bare array, the whole of `start` to `end`.
    timeline_fullcalendar(CalendarParams): "/v1/timeline.fullcalendar.json", "application/json", Vec<serde_json::Value>, FULLCALENDAR;
}

/// A selection as a document.
pub(super) async fn document(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    format: &Format,
    whole: Whole,
) -> Result<Response, Problem> {
    let modified = app.store.touched_at().await?.max(whole.window_since);
    let Whole { filter, sort, after, limit, .. } = whole;
    let (events, next) = if format.is_paged {
        let (page, _) = app.store.events(&filter, sort, after, limit, true).await?;
        (page.items, page.next)
    } else {
        let all = app.store.whole(&filter, sort, app.ceiling).await?;
        (all.ok_or_else(|| too_many(app.ceiling))?, None)
    };
    let gone = if format.tells_gone { app.store.gone(&filter, (app.now)()).await? } else { Vec::new() };
    let next = next.map(|cursor| next_address(uri, &cursor.to_string()));
    let link = next.as_deref().map(next_link);
    let response = written(app, uri, headers, format, next.as_deref(), &events, &gone)?;
    Ok((last_modified(modified), link, response).into_response())
}

/// One event as a calendar.
pub(super) fn calendar_of(app: &App, headers: &HeaderMap, uri: &Uri, event: Event) -> Result<Response, Problem> {
    let modified = last_modified(event.updated_at);
    Ok((modified, written(app, uri, headers, &ICS, None, &[event], &[])?).into_response())
}

fn written(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    format: &Format,
    next: Option<&str>,
    events: &[Event],
    gone: &[Event],
) -> Result<Response, Problem> {
    let base = app.base(headers);
    let own = format!("{base}{uri}");
    let next = next.map(|next| format!("{base}{next}"));
    let updated_at = events.iter().chain(gone).filter_map(|event| event.updated_at).max();
    let selection = Selection { title: TITLE, base: &base, own: &own, next: next.as_deref(), events, gone, updated_at };
    let body = (format.write)(&selection)?;
    let file = format.file.map(|file| [(header::CONTENT_DISPOSITION, file)]);
    Ok((file, [(header::CONTENT_TYPE, format.media_type)], body).into_response())
}

fn too_many(ceiling: u32) -> Problem {
    let detail = format!(
        "this format gives the whole selection, and more than {ceiling} events are selected: narrow it by from and to, \
         participant or kind, or page through /v1/events"
    );
    Problem::of_field("from", detail)
}
