//! `/v1/timelines`: saved timelines, which publish a selection of events. Private ones require a
//! token.

use super::{
    App,
    body::Body,
    filter::{CalendarParams, EventParams, FilterParams, TooLongAgo},
    forms::Form,
    page::Listing,
    params::{NoParams, Params},
    problem::{Problem, Problems},
    saved_address::{Address, BareSlug, FOLDER, token},
    saved_filters::{OF_A_REQUEST, SavedFilters},
    submission::Refusals,
    timeline::Day,
    view::{View, query},
};
use crate::{
    key::Scope,
    saved::{ShareToken, Slug},
    store::SavedTimeline,
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use utoipa::{
    IntoParams, ToSchema,
    openapi::path::{Parameter, ParameterIn},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Parameters that are not filters either: those of JSON lists and of single formats.
const BESIDES: [&str; 6] = ["bom", "coarse", "end", "include", "start", "timeZone"];

/// The maximum lengths of title and description, in characters.
const LONGEST_TITLE: usize = 200;
const LONGEST_DESCRIPTION: usize = 2_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_timelines))
        .routes(routes!(get_saved, put_timeline, delete_timeline))
        .routes(routes!(change_token))
}

/// A timeline to save.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SavedTimelineInput)]
struct Wanted {
    /// The title.
    #[schema(pattern = r"\S", max_length = 200, example = "Talks in Asia")]
    title: String,
    /// The description.
    #[schema(pattern = r"\S", max_length = 2000)]
    description: Option<String>,
    /// The filters; all events by default.
    filters: Option<SavedFilters>,
    /// Whether it requires a token; public by default.
    private: Option<bool>,
}

/// A saved timeline.
#[derive(Serialize, ToSchema)]
#[schema(as = SavedTimeline)]
struct Saved {
    /// The name in the URL.
    #[schema(example = "asia-talks")]
    slug: String,
    /// The title.
    title: String,
    /// The description.
    description: Option<String>,
    /// The filters.
    filters: SavedFilters,
    /// Whether it requires its token.
    private: bool,
    /// Of a private timeline: the token, sent as `?token=…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// When it was created.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the timeline itself was last changed, not its events.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<SavedTimeline> for Saved {
    fn from(timeline: SavedTimeline) -> Self {
        Self {
            slug: timeline.slug.to_string(),
            title: timeline.title,
            description: timeline.description,
            filters: timeline.filters.into(),
            private: timeline.token.is_some(),
            token: timeline.token.map(|token| token.as_ref().to_owned()),
            created_at: timeline.created_at,
            updated_at: timeline.updated_at,
        }
    }
}

fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no timeline has this slug, or the token is missing or wrong")
        .because_of("slug")
}

/// The parameters of a request for a saved timeline that are not filters.
struct OfOneRequest<T>(PhantomData<T>);

impl<T: IntoParams> IntoParams for OfOneRequest<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let known = T::into_params(|| None).into_iter();
        known.filter(|parameter| is_of_a_request(&parameter.name)).collect()
    }
}

fn is_of_a_request(name: &str) -> bool {
    OF_A_REQUEST.contains(&name) || BESIDES.contains(&name)
}

/// List saved timelines
///
/// The public ones; with the scope `write`, the private ones as well, with their tokens.
#[utoipa::path(
    get,
    operation_id = "list_saved_timelines",
    path = "/v1/timelines",
    tag = "Timelines",
    responses((status = 200, description = "All saved timelines, by slug", body = Listing<Saved>), Problems),
)]
async fn list_timelines(
    State(app): State<App>,
    uri: Uri,
    Extension(scope): Extension<Scope>,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Response, Problem> {
    let all = app.store.timelines().await?.into_iter();
    let shown = all.filter(|timeline| scope >= Scope::Write || timeline.token.is_none());
    Ok(Listing::new(shown.map(Saved::from).collect(), None).answer(&uri))
}

/// Get a saved timeline
///
/// As `/v1/timeline` with the saved filters, title and description.
#[utoipa::path(
    get,
    operation_id = "get_saved_timeline",
    path = "/v1/timelines/{slug}",
    tag = "Timelines",
    params(
        ("slug" = String, Path, description = "The slug", pattern = "^[a-z0-9][a-z0-9-]{0,63}$"),
        ("token" = Option<String>, Query, description = "The token of a private timeline"),
        OfOneRequest<EventParams>,
    ),
    responses(
        (status = 200, description = "A page of dates", body = Listing<Day>,
         headers(("Link" = String, description = "Link to the next page, with `rel=\"next\"`"),
                 ("Preference-Applied" = String, description = "Set if `Prefer: count=exact` or `count=estimated` was applied"))),
        (status = 404, description = "Not found; or private, and the token is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        (status = 406, description = "No format is acceptable according to `Accept`", body = Problem,
         content_type = "application/problem+json"),
        TooLongAgo,
        Problems,
    ),
)]
async fn get_saved(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    Address { slug, suffix }: Address,
) -> Result<Response, Problem> {
    let saved = app.store.timeline(&slug).await?.filter(|saved| saved.opens_to(token(&uri).as_deref()));
    let saved = saved.ok_or_else(not_found)?;
    let filters = SavedFilters::from(saved.filters.clone());
    let mut params = filters.pairs()?;
    for (name, value) in query(&uri).into_iter().filter(|(name, _)| name != "token") {
        if !is_of_a_request(&name) {
            let taken = OF_A_REQUEST.join(", ");
            let detail =
                format!("unknown parameter `{name}`: a saved timeline has its own filters and accepts {taken}");
            return Err(Problem::of_field(name, detail));
        }
        params.push((name, value));
    }
    let view = View { app: &app, uri: &uri, headers: &headers, params, saved: Some(&saved) };
    if suffix.is_empty() {
        return view.negotiated().await;
    }
    let no_form = || {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("the format {suffix} does not exist; /docs/integrations lists all formats"),
        )
    };
    view.in_form(Form::with_suffix(&suffix).ok_or_else(no_form)?).await
}

/// Get a saved timeline in another format
///
/// As `/v1/timeline` in this format, with the saved filters. Title and description are included where the format
/// permits.
#[utoipa::path(
    get,
    operation_id = "get_saved_timeline_document",
    path = "/v1/timelines/{slug}.{format}",
    tag = "Timelines",
    params(
        ("slug" = String, Path, description = "The slug", pattern = "^[a-z0-9][a-z0-9-]{0,63}$"),
        ("format" = String, Path, description = "`ics`, `csv`, `xlsx`, `ndjson`, `atom`, `geojson`, `jsonld`, `html`, `timelinejs.json` or \
                                                 `fullcalendar.json`",
         pattern = r"^(ics|csv|xlsx|ndjson|atom|geojson|jsonld|html|(timelinejs|fullcalendar)\.json)$"),
        ("token" = Option<String>, Query, description = "The token of a private timeline"),
        OfOneRequest<CalendarParams>,
        ("coarse" = Option<String>, Query, description = "Calendar: `first_day`, `span` or `omit`"),
        ("bom" = Option<bool>, Query, description = "Spreadsheet: whether it begins with a byte order mark"),
    ),
    responses(
        (status = 200, description = "The document", content(
            (String = "text/calendar"), (String = "text/csv"), (String = "application/atom+xml"), (String = "text/html"),
            (serde_json::Value = "application/geo+json"), (serde_json::Value = "application/ld+json"),
            (serde_json::Value = "application/json"),
        )),
        (status = 404, description = "Not found; or private, and the token is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        TooLongAgo,
        Problems,
    ),
)]
#[expect(dead_code, reason = "describes what `get_saved` does: the router knows no suffix of a parameter")]
pub(super) fn get_saved_document() {}

/// Save a timeline
///
/// Creates or replaces the timeline with this slug; omitted fields are reset. A private timeline gets a token, which it
/// keeps while it stays private.
#[utoipa::path(
    put,
    operation_id = "save_timeline",
    path = "/v1/timelines/{slug}",
    tag = "Timelines",
    params(("slug" = String, Path, description = "The slug", pattern = "^[a-z0-9][a-z0-9-]{0,63}$")),
    request_body = Wanted,
    responses(
        (status = 201, description = "Created", body = Saved,
         headers(("Location" = String, description = "The URL, with the token if it is private"))),
        (status = 200, description = "Replaced", body = Saved),
        Refusals,
        Problems,
    ),
)]
async fn put_timeline(
    State(app): State<App>,
    BareSlug(slug): BareSlug,
    Params(NoParams {}): Params<NoParams>,
    Body(wanted): Body<Wanted>,
) -> Result<Response, Problem> {
    let (saved, is_new) = app.store.save_timeline(&wanted.checked(slug, &app)?).await?;
    if !is_new {
        return Ok(Json(Saved::from(saved)).into_response());
    }
    let query = saved.token.as_ref().map(|token| format!("?token={}", token.as_ref())).unwrap_or_default();
    let location = [(header::LOCATION, format!("{FOLDER}{}{query}", saved.slug))];
    Ok((StatusCode::CREATED, location, Json(Saved::from(saved))).into_response())
}

impl Wanted {
    /// Validates the timeline.
    fn checked(self, slug: Slug, app: &App) -> Result<SavedTimeline, Problem> {
        let filters = self.filters.unwrap_or_default();
        filters.read(app, FilterParams::whole)?;
        let now = (app.now)();
        Ok(SavedTimeline {
            slug,
            title: text("title", &self.title, LONGEST_TITLE)?,
            description: self.description.map(|said| text("description", &said, LONGEST_DESCRIPTION)).transpose()?,
            filters: filters.into(),
            token: if self.private == Some(true) { Some(new_token()?) } else { None },
            created_at: now,
            updated_at: now,
        })
    }
}

/// Validates a text and removes surrounding white space.
fn text(field: &str, text: &str, longest: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > longest {
        return Err(Problem::of_field(field, format!("{field} must have 1 to {longest} characters")));
    }
    Ok(text.to_owned())
}

fn new_token() -> Result<ShareToken, Problem> {
    ShareToken::random().map_err(|error| Problem::unwritable(&error))
}

/// Replace the token of a private timeline
///
/// The old token is invalid from now on.
#[utoipa::path(
    post,
    operation_id = "replace_timeline_token",
    path = "/v1/timelines/{slug}/token",
    tag = "Timelines",
    params(("slug" = String, Path, description = "The slug", pattern = "^[a-z0-9][a-z0-9-]{0,63}$")),
    responses(
        (status = 200, description = "The new token", body = Saved),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The timeline is public and has no token", body = Problem,
         content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn change_token(
    State(app): State<App>,
    BareSlug(slug): BareSlug,
    Params(NoParams {}): Params<NoParams>,
) -> Result<Json<Saved>, Problem> {
    if let Some(saved) = app.store.change_token(&slug, &new_token()?, (app.now)()).await? {
        return Ok(Json(saved.into()));
    }
    app.store.timeline(&slug).await?.ok_or_else(not_found)?;
    let detail = "the timeline is public and has no token; PUT it with `\"private\": true` to create one";
    Err(Problem::new(StatusCode::CONFLICT, detail).because_of("private"))
}

/// Delete a saved timeline
#[utoipa::path(
    delete,
    operation_id = "delete_saved_timeline",
    path = "/v1/timelines/{slug}",
    tag = "Timelines",
    params(("slug" = String, Path, description = "The slug", pattern = "^[a-z0-9][a-z0-9-]{0,63}$")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        Problems,
    ),
)]
async fn delete_timeline(
    State(app): State<App>,
    BareSlug(slug): BareSlug,
    Params(NoParams {}): Params<NoParams>,
) -> Result<StatusCode, Problem> {
    app.store.delete_timeline(&slug).await?.then_some(StatusCode::NO_CONTENT).ok_or_else(not_found)
}
