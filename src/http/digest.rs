//! `/v1/digest`: the upcoming events as a text for a newsletter.

use super::{
    App,
    conditional::last_modified,
    filter::{DigestParams, TooLongAgo},
    params::Params,
    problem::{Problem, Problems},
    view::{TITLE, View},
};
use crate::{
    formats::{Coarse, Digest, Selection, digest},
    store::Sort,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// E-mail programs support inline styles only; nothing else is permitted.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_digest))
}

/// The period of a digest.
#[derive(Clone, Copy, Debug, Default, Display, EnumString, PartialEq, ToSchema, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[schema(rename_all = "lowercase")]
pub(super) enum Period {
    Day,
    #[default]
    Week,
    Month,
}

/// The format of a digest.
#[derive(Clone, Copy, Debug, Default, Display, EnumString, PartialEq, ToSchema, VariantArray)]
#[strum(serialize_all = "lowercase")]
#[schema(rename_all = "lowercase")]
pub(super) enum DigestFormat {
    #[default]
    Md,
    Html,
}

impl Period {
    /// Returns the last date of the period that starts on `first`.
    pub(super) fn last(self, first: Date) -> Date {
        let days = match self {
            Self::Day => 0,
            Self::Week => 6,
            Self::Month => 29,
        };
        first.saturating_add(days.days())
    }
}

/// Get a digest
///
/// The events of a day, a week or 30 days, starting at `from` or today, as Markdown or as HTML for
/// e-mail. `to`, `sort`, `limit` and `cursor` have no effect.
#[utoipa::path(
    get,
    path = "/v1/digest",
    tag = "Timelines",
    params(DigestParams),
    responses(
        (status = 200, description = "The digest", content((String = "text/markdown"), (String = "text/html"))),
        TooLongAgo,
        Problems,
    ),
)]
async fn get_digest(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Params(params): Params<DigestParams>,
) -> Result<Response, Problem> {
    let language = params.language();
    let (format, from, to, filter, window_since) = params.digest(&app)?;
    let modified = View::of_all(&app, &uri, &headers).modified(window_since).await?;
    let events = app.store.whole(&filter, Sort::StartsOn, app.ceiling).await?;
    let too_many = || {
        let detail =
            format!("more than {} events are selected: narrow them by participant, kind or period", app.ceiling);
        Problem::of_field("period", detail)
    };
    let events = events.ok_or_else(too_many)?;
    let base = app.base(&headers);
    let selection = Selection {
        title: TITLE,
        description: None,
        base: &base,
        own: &format!("{base}{uri}"),
        next: None,
        events: &events,
        gone: &[],
        updated_at: None,
        coarse: Coarse::default(),
        note: None,
    };
    let digest_of = Digest { from, to, language, selection: &selection };
    let modified = last_modified(modified);
    Ok(match format {
        DigestFormat::Md => {
            let content_type = [(header::CONTENT_TYPE, "text/markdown; charset=utf-8")];
            (modified, content_type, digest::markdown(&digest_of)).into_response()
        }
        DigestFormat::Html => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                (header::CONTENT_SECURITY_POLICY, POLICY),
            ];
            (modified, headers, digest::html(&digest_of)?).into_response()
        }
    })
}
