//! The formats of a timeline in one table: chosen by suffix or, without one, by `Accept`.

use super::problem::Problem;
use crate::{
    formats::{self, Selection},
    store::Sort,
};
use axum::http::{HeaderMap, StatusCode, header};
use headers::HeaderMapExt;
use headers_accept::Accept;
use mediatype::MediaType;
use std::sync::LazyLock;

/// A format of a timeline.
pub(super) struct Form {
    /// The suffix of its URL, such as `.ics`.
    pub(super) suffix: &'static str,
    /// The media type, with a charset if it matters.
    pub(super) content_type: &'static str,
    /// The name; `None` if the format shares the media type of another one, so that `Accept` cannot
    /// select it.
    pub(super) label: Option<&'static str>,
    /// The header `Content-Disposition`, if any.
    pub(super) disposition: Option<&'static str>,
    /// Whether it is paginated.
    pub(super) is_paged: bool,
    /// Whether it includes tombstones.
    pub(super) tells_gone: bool,
    /// The parameters in addition to the filters.
    pub(super) params: Parameters,
    /// The order, unless `sort` is given.
    pub(super) sort: Sort,
    /// The writer.
    pub(super) writer: Writer,
}

/// The parameters of a format in addition to the filters.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parameters {
    /// None.
    Filters,
    /// How a calendar shows coarse dates.
    Calendar,
    /// How a spreadsheet is encoded.
    Sheet,
    /// FullCalendar's `start` and `end`.
    Window,
}

/// The writer of a format.
pub(super) enum Writer {
    /// The JSON of the API.
    Json,
    /// A page with a form and links to the other formats.
    Page,
    /// A text document.
    Document(fn(&Selection<'_>) -> Result<String, formats::Error>),
    /// A binary file.
    File(fn(&Selection<'_>) -> Result<Vec<u8>, formats::Error>),
    /// The JSON of the API, one event per line.
    Lines,
}

pub(super) const JSON: Form = form("", "application/json", Some("JSON"), Writer::Json);
pub(super) const HTML: Form =
    Form { is_paged: true, ..form(".html", "text/html; charset=utf-8", Some("page"), Writer::Page) };
pub(super) const ICS: Form = Form {
    disposition: Some("inline"),
    tells_gone: true,
    params: Parameters::Calendar,
    ..form(".ics", "text/calendar; charset=utf-8", Some("calendar"), Writer::Document(formats::ics))
};
pub(super) const CSV: Form = Form {
    disposition: Some("attachment"),
    params: Parameters::Sheet,
    ..form(".csv", "text/csv; charset=utf-8", Some("sheet"), Writer::Document(formats::csv))
};
pub(super) const XLSX: Form = Form {
    disposition: Some("attachment"),
    ..form(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("Excel"),
        Writer::File(formats::xlsx),
    )
};
pub(super) const NDJSON: Form =
    Form { disposition: Some("attachment"), ..form(".ndjson", "application/x-ndjson", Some("lines"), Writer::Lines) };
pub(super) const ATOM: Form = Form {
    is_paged: true,
    sort: Sort::UpdatedAtDescending,
    ..form(".atom", "application/atom+xml; charset=utf-8", Some("feed"), Writer::Document(formats::atom))
};
pub(super) const GEOJSON: Form = Form {
    disposition: Some("inline"),
    ..form(".geojson", "application/geo+json", Some("map"), Writer::Document(formats::geojson))
};
pub(super) const JSONLD: Form =
    form(".jsonld", "application/ld+json", Some("linked data"), Writer::Document(formats::jsonld));
pub(super) const TIMELINEJS: Form =
    form(".timelinejs.json", "application/json", None, Writer::Document(formats::timelinejs));
pub(super) const FULLCALENDAR: Form = Form {
    params: Parameters::Window,
    ..form(".fullcalendar.json", "application/json", None, Writer::Document(formats::fullcalendar))
};

/// All formats, in order of preference.
pub(super) static FORMS: [Form; 11] =
    [JSON, HTML, ICS, CSV, XLSX, NDJSON, ATOM, GEOJSON, JSONLD, TIMELINEJS, FULLCALENDAR];

/// A format that is returned in full, without tombstones or a file name.
const fn form(suffix: &'static str, content_type: &'static str, label: Option<&'static str>, writer: Writer) -> Form {
    Form {
        suffix,
        content_type,
        label,
        disposition: None,
        is_paged: false,
        tells_gone: false,
        params: Parameters::Filters,
        sort: Sort::StartsOn,
        writer,
    }
}

impl Form {
    /// Returns the format with this suffix.
    pub(super) fn with_suffix(suffix: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.suffix == suffix)
    }

    /// Returns the format that `Accept` prefers; JSON if it states none.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<&'static Self, Problem> {
        /// The formats that `Accept` can select, and their media types.
        static OFFERED: LazyLock<(Vec<&Form>, Vec<MediaType<'_>>)> = LazyLock::new(|| {
            let named = FORMS.iter().filter(|form| form.label.is_some());
            named.filter_map(|form| Some((form, MediaType::parse(form.media_type()).ok()?))).unzip()
        });
        if !headers.contains_key(header::ACCEPT) {
            return Ok(&FORMS[0]);
        }
        let (forms, types) = &*OFFERED;
        let accept: Option<Accept> = headers.typed_get();
        let chosen = accept.as_ref().and_then(|accept| accept.negotiate(types));
        let form = chosen.and_then(|chosen| forms.iter().zip(types).find(|(_, offered)| *offered == chosen));
        form.map(|(form, _)| *form).ok_or_else(|| {
            let types: Vec<String> = types.iter().map(ToString::to_string).collect();
            let detail = format!("Accept must permit one of {}", types.join(", "));
            Problem::new(StatusCode::NOT_ACCEPTABLE, detail).because_of("Accept")
        })
    }

    /// Returns the media type without parameters.
    pub(super) fn media_type(&self) -> &'static str {
        self.content_type.split(';').next().unwrap_or_default()
    }
}
