//! A web page in the body of a request. Its sender can state metadata in the query, named as the
//! fields of an article.

use super::{body, codes, problem::Problem, workers::Workers};
use crate::article::{Article, InvalidArticle, Known};
use axum::{
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use utoipa::IntoResponses;

/// The media type.
pub(super) const HTML: &str = "text/html";

/// The response that rejects a page.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum Shortcomings {
    /// The web page lacks `field`, its main text or publication date, or is nested too deeply
    #[response(status = 422, content_type = "application/problem+json")]
    Lacking(Problem),
}

/// Declares the parameters with metadata of a web page, together with those of a single endpoint;
/// see `filter_params`.
macro_rules! page_params {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $name {
            /// URL of a web page or of text without header lines. A canonical URL that the page states on the same site takes precedence.
            #[param(example = "https://news.example/a")]
            url: Option<String>,
            /// Headline; overrides that of the web page.
            title: Option<String>,
            /// Publisher; overrides that of the web page.
            source: Option<String>,
            /// Publication date; overrides that of the web page. With `text/plain`, the body is text without header lines.
            #[param(value_type = Option<String>, format = Date, example = "2023-02-14")]
            published_on: Option<$crate::http::values::CalendarDay>,
            /// Publication time; overrides that of the web page.
            #[param(value_type = Option<String>, format = DateTime, example = "2023-02-14T09:00:00Z")]
            published_at: Option<$crate::http::values::Instant>,
            /// Language as an ISO 639-1 code; overrides that of the web page.
            #[param(example = "en")]
            language: Option<String>,
            /// The client's own identifier.
            external_id: Option<String>,
            /// `unused_dates` adds the dates that produced no event, with the reason.
            #[param(value_type = Vec<$crate::http::submission::Included>, inline, required = false, explode = false, style = Form, example = json!(["unused_dates"]))]
            include: Option<$crate::http::values::AnyOf<$crate::http::submission::Included>>,
            $($(#[$about])* $field: $type,)*
        }

        impl $name {
            /// Takes the shared parameters.
            fn take_known(&mut self) -> $crate::article::Known {
                $crate::article::Known {
                    url: self.url.take(),
                    title: self.title.take(),
                    source: self.source.take(),
                    published_on: self.published_on.take().map(|day| day.0),
                    published_at: self.published_at.take().map(|instant| instant.0),
                    language: self.language.take(),
                    external_id: self.external_id.take(),
                }
            }
        }
    };
}
pub(super) use page_params;

/// Returns the article on a page.
pub(super) async fn article(request: Request, known: Known, workers: &Workers) -> Result<Article, Response> {
    let known = known.checked().map_err(|error| Problem::from(error).into_response())?;
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.map(str::to_owned);
    let body = body::whole(request).await?;
    let read = workers.run(move |_| Article::from_web_page(&body, content_type.as_deref(), &known)).await;
    read.map_err(|error| lacking(&error).into_response())
}

/// Rejects metadata parameters with a body that carries its own metadata.
pub(super) fn refuse(known: &Known) -> Result<(), Problem> {
    let given = [
        ("url", known.url.is_some()),
        ("title", known.title.is_some()),
        ("source", known.source.is_some()),
        ("published_on", known.published_on.is_some()),
        ("published_at", known.published_at.is_some()),
        ("language", known.language.is_some()),
        ("external_id", known.external_id.is_some()),
    ];
    given.into_iter().find(|(_, is_given)| *is_given).map_or(Ok(()), |(name, _)| {
        Err(Problem::of_field(
            name,
            format!(
                "the parameter `{name}` is accepted with {HTML} and text/plain; in JSON, make it a field of the article"
            ),
        ))
    })
}

/// Returns the problem of a page that lacks something, in a request that is otherwise valid.
pub(super) fn lacking(error: &InvalidArticle) -> Problem {
    let detail = error.to_string();
    match &error.field {
        Some(field) => incomplete(field, &detail),
        None => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).coded(codes::INCOMPLETE_PAGE),
    }
}

/// The page is at fault, as far as this field is concerned.
pub(super) fn incomplete(field: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).coded(codes::INCOMPLETE_PAGE).because_of(field)
}
