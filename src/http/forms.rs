//! The forms that a timeline comes in, all in one table: by suffix, and by `Accept` where there is none.

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

/// A form that a timeline comes in.
pub(super) struct Form {
    /// What its address ends with: `.ics`.
    pub(super) suffix: &'static str,
    /// Its media type, with a charset where that has a say.
    pub(super) content_type: &'static str,
    /// What people call it; none where it shares the media type of another, so that `Accept` cannot ask for it.
    pub(super) label: Option<&'static str>,
    /// How it is kept as a file.
    pub(super) disposition: Option<&'static str>,
    /// Whether it is paginated.
    pub(super) is_paged: bool,
    /// Whether it includes tombstones.
    pub(super) tells_gone: bool,
    /// What its address takes beside the filters.
    pub(super) params: Parameters,
    /// The order, unless `sort` says otherwise.
    pub(super) sort: Sort,
    /// How it is written.
    pub(super) writer: Writer,
}

/// What the address of a form takes beside the filters.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parameters {
    /// Nothing.
    Filters,
    /// How a calendar shows coarse dates.
    Calendar,
    /// How a spreadsheet is encoded.
    Sheet,
    /// FullCalendar's `start` and `end`.
    Window,
}

/// How a form is written.
pub(super) enum Writer {
    /// As the API's own JSON.
    Json,
    /// As a page, with a form and with links to the other forms.
    Page,
    /// As a document for another program.
    Document(fn(&Selection<'_>) -> Result<String, formats::Error>),
    /// As a file that is no text.
    File(fn(&Selection<'_>) -> Result<Vec<u8>, formats::Error>),
    /// As the API's own JSON, an event on each line.
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

/// All of them; what is first is given where any is as good.
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
    /// The one whose addresses end so.
    pub(super) fn with_suffix(suffix: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.suffix == suffix)
    }

    /// The one that a client takes best; JSON where it does not say.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<&'static Self, Problem> {
        /// Those that `Accept` can ask for, and their media types.
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

    /// Its media type alone.
    pub(super) fn media_type(&self) -> &'static str {
        self.content_type.split(';').next().unwrap_or_default()
    }
}
