//! Problem documents (RFC 9457): every error of the API becomes one here.

use super::{Limits, codes};
use crate::{
    article::InvalidArticle,
    faults::{Fault, FaultCode},
    formats, store,
};
use axum::{
    Extension, Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{any::Any, fmt::Display};
use tracing::error;
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// When a client should retry while the database is unavailable, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// An error (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// The documentation of `code`, relative to the URL of the request.
    #[schema(example = "/docs/errors#invalid_value")]
    #[schema(value_type = String)]
    r#type: &'static str,
    /// What went wrong, as a stable code.
    #[schema(value_type = String, example = "invalid_value")]
    code: &'static str,
    /// The reason phrase of the status.
    #[schema(value_type = String, example = "Bad Request")]
    title: &'static str,
    /// The HTTP status.
    #[schema(value_type = u16, example = 400)]
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// What is wrong and what is expected.
    #[schema(example = "to must not be before from")]
    #[schema(value_type = String)]
    detail: Box<str>,
    /// The invalid field or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "to")]
    #[schema(value_type = Option<String>)]
    field: Option<Box<str>>,
    /// All faults of a body or of the parameters, if fields are at fault.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<FieldFault>, required = false)]
    errors: Box<[FieldFault]>,
    /// The id of an internal error in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
}

/// A fault of a field or parameter.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Fault)]
struct FieldFault {
    /// The field or parameter.
    #[schema(example = "to")]
    field: String,
    /// What is wrong with it, as a stable code.
    #[schema(value_type = String, example = "invalid_value")]
    code: &'static str,
    /// What is wrong and what is expected.
    #[schema(example = "to must not be before from")]
    detail: String,
}

/// The part of a problem that a page shows; an extension of the response.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The reason phrase of the status.
    pub(super) title: &'static str,
    /// The detail.
    pub(super) detail: String,
    /// The invalid field.
    pub(super) field: Option<String>,
}

/// The error responses of every route.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum Problems {
    /// The request is invalid; `field` names the invalid field or parameter.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
    /// An internal error; the log has its `id`.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// The database is unavailable; retry after the seconds in `Retry-After`.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let problem = Self {
            r#type: "",
            code: "",
            title,
            status,
            detail: detail.into().into(),
            field: None,
            errors: Box::default(),
            id: None,
        };
        problem.coded(codes::of_status(status))
    }

    /// Returns the problem with another code than that of its status.
    pub(super) fn coded(self, url: &'static str) -> Self {
        Self { code: url.split_once('#').map_or(url, |(_, code)| code), r#type: url, ..self }
    }

    /// Returns the problem of a body that cannot be parsed.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::bad_request(detail).coded(codes::MALFORMED_BODY)
    }

    /// Returns the problem of a body with these faults.
    pub(super) fn of_faults(faults: Vec<Fault>) -> Self {
        Self::all(faults.into_iter().map(Self::from).collect())
    }

    /// Combines several problems of one body; the first one determines the field.
    pub(super) fn all(problems: Vec<Self>) -> Self {
        let detail = problems.iter().map(|problem| &*problem.detail).collect::<Vec<_>>().join("; ");
        let errors = problems.iter().flat_map(|problem| problem.errors.iter().cloned()).collect();
        let first = problems.into_iter().next().unwrap_or_else(|| Self::bad_request("the body is invalid"));
        Self { detail: detail.into(), errors, ..first }
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn of_field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::bad_request(detail).coded(codes::INVALID_VALUE).at(field.into())
    }

    fn at(self, field: String) -> Self {
        let fault = FieldFault { field: field.clone(), code: self.code, detail: self.detail.to_string() };
        Self { field: Some(field.into()), errors: Box::new([fault]), ..self }
    }

    /// Sets the invalid field.
    pub(super) fn because_of(self, field: &str) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// Prefixes the invalid field with the object that contains it.
    pub(super) fn within(self, whole: &str) -> Self {
        let field = self.field.map_or_else(|| whole.to_owned(), |field| format!("{whole}.{field}"));
        let within = |fault: FieldFault| FieldFault { field: format!("{whole}.{}", fault.field), ..fault };
        Self { field: Some(field.into()), errors: self.errors.into_iter().map(within).collect(), ..self }
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// The invalid field or parameter.
    pub(super) fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns the detail, with the id by which the log identifies a server error.
    pub(super) fn message(&self) -> String {
        self.id.map_or_else(|| self.detail.to_string(), |id| format!("{} ({id})", self.detail))
    }

    /// Returns the detail.
    pub(super) fn into_detail(self) -> String {
        self.detail.into()
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("no {what} has this id"))
    }

    /// Returns the problem of a response that cannot be serialized.
    pub(super) fn unwritable(cause: &dyn Display) -> Self {
        Self::failure(StatusCode::INTERNAL_SERVER_ERROR, "internal error; the log of the server has this id", cause)
    }

    /// Returns the problem of a server error: the client gets an id, under which the log has the
    /// cause.
    fn failure(status: StatusCode, detail: &str, cause: &dyn Display) -> Self {
        let id = Uuid::now_v7();
        error!(%id, status = status.as_u16(), %cause, "request failed");
        Self { id: Some(id), ..Self::new(status, detail) }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unavailable(_) | store::Error::ReadOnly => {
                Self::failure(StatusCode::SERVICE_UNAVAILABLE, "the database is unavailable; retry later", &error)
            }
            store::Error::ForeignPosition => {
                let detail = "this position is from before the database was restored or failed over; fetch the list \
                              again and continue from there";
                Self::new(StatusCode::GONE, detail).because_of("updated_since")
            }
            _ => Self::failure(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal error; the log of the server has this id",
                &error,
            ),
        }
    }
}

impl From<formats::Error> for Problem {
    fn from(error: formats::Error) -> Self {
        Self::unwritable(&error)
    }
}

impl From<InvalidArticle> for Problem {
    fn from(error: InvalidArticle) -> Self {
        let others = error.others.iter().cloned().map(Self::from);
        let detail = error.to_string();
        let first = match error.field {
            Some(field) => Self::bad_request(detail).coded(code_of(error.code)).at(field),
            None => Self::malformed(detail),
        };
        Self::all([first].into_iter().chain(others).collect())
    }
}

impl From<Fault> for Problem {
    fn from(Fault { field, code, problem }: Fault) -> Self {
        match field {
            Some(field) => Self::bad_request(problem).coded(code_of(code)).at(field),
            None => Self::malformed(problem),
        }
    }
}

fn code_of(code: FaultCode) -> &'static str {
    match code {
        FaultCode::Missing => codes::MISSING_FIELD,
        FaultCode::Unknown => codes::UNKNOWN_FIELD,
        FaultCode::Invalid => codes::INVALID_VALUE,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let shown = Shown { title: self.title, detail: self.message(), field: self.field().map(str::to_owned) };
        let mut response = (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], Extension(shown)).into_response();
        // `Json` sets its own media type, so only its body is used.
        *response.body_mut() = Json(self).into_response().into_body();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

/// Turns the errors of axum and its layers into problem documents.
pub(super) fn dress(response: Response, limits: Limits) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let is_page = content_type.is_some_and(|of| of.as_bytes().starts_with(b"text/html"));
    if !is_error || is_page || content_type == Some(&CONTENT_TYPE) {
        return response;
    }
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::new(status, "this URL does not exist; /docs/reference/ lists all endpoints"),
        StatusCode::METHOD_NOT_ALLOWED => {
            Problem::new(status, "this URL does not support the method; `Allow` lists the supported methods")
        }
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, format!("the body is larger than {} bytes", limits.body)),
        StatusCode::REQUEST_TIMEOUT => {
            let detail = format!("the body did not arrive within {} seconds; retry", limits.body_time.as_secs_f64());
            Problem::new(status, detail)
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            Problem::failure(status, "the response took too long; retry later", &"timeout")
        }
        status if status.is_server_error() => {
            Problem::failure(status, "internal error; the log of the server has this id", &status)
        }
        status => Problem::new(status, "the request is malformed"),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut dressed = problem.into_response();
    // Keeps the headers of inner layers: permitted methods, rate limit.
    parts.headers.extend(std::mem::take(dressed.headers_mut()));
    parts.extensions.extend(std::mem::take(dressed.extensions_mut()));
    *dressed.extensions_mut() = parts.extensions;
    *dressed.headers_mut() = parts.headers;
    dressed
}

/// Responds to a panic, which is a defect; the process continues. Its message is not logged here,
/// as it may quote an article.
pub(super) fn of_panic(_: Box<dyn Any + Send>) -> Response {
    let detail = "internal error; the log of the server has this id";
    Problem::failure(StatusCode::INTERNAL_SERVER_ERROR, detail, &"panic").into_response()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}
