//! A web page as the body of a request. What its sender knows of it comes as parameters of the query, named as the fields of an article.

use super::{body, problem::Problem};
use crate::article::{Article, InvalidArticle, Known};
use axum::{
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use std::panic::resume_unwind;
use utoipa::IntoResponses;

/// The media type.
pub(super) const HTML: &str = "text/html";

/// How a page is refused once it is read.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum Shortcomings {
    /// A web page lacks what `field` names, its main text or its date of publication, or is nested beyond all bounds
    #[response(status = 422, content_type = "application/problem+json")]
    Lacking(Problem),
}

/// Parameters that tell of a web page, with those that an address has besides; see `filter_params`.
macro_rules! page_params {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $name {
            /// Of a web page: its address. Where the page names a canonical one on the same site, that is taken.
            #[param(example = "https://news.example/a")]
            url: Option<String>,
            /// Of a web page: its headline, instead of the one that it tells.
            title: Option<String>,
            /// Of a web page: who published it, instead of whom it tells.
            source: Option<String>,
            /// Of a web page: the day of publication, instead of the one that it tells.
            #[param(value_type = Option<String>, format = Date, example = "2023-02-14")]
            published_on: Option<$crate::http::values::CalendarDay>,
            /// Of a web page: the instant of publication, instead of the one that it tells.
            #[param(value_type = Option<String>, format = DateTime, example = "2023-02-14T09:00:00Z")]
            published_at: Option<$crate::http::values::Instant>,
            /// Of a web page: its language as an ISO 639-1 code, instead of the one that it tells.
            #[param(example = "en")]
            language: Option<String>,
            /// Of a web page: the client's own name for it.
            external_id: Option<String>,
            /// `unused_dates` adds the dates that made no event, and why.
            #[param(value_type = Option<String>, example = "unused_dates")]
            include: Option<$crate::http::values::AnyOf<$crate::http::submission::Included>>,
            $($(#[$about])* $field: $type,)*
        }

        impl $name {
            /// What the shared parameters tell.
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

/// The article on a page. Off the threads that serve requests: some pages take a second.
pub(super) async fn article(request: Request, known: Known) -> Result<Article, Response> {
    let known = known.checked().map_err(|error| Problem::from(error).into_response())?;
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.map(str::to_owned);
    let body = body::whole(request).await?;
    let work = tokio::task::spawn_blocking(move || Article::from_web_page(&body, content_type.as_deref(), &known));
    // It is never cancelled, so the only failure is a panic, which goes on in here.
    let read = work.await.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    read.map_err(|error| lacking(&error).into_response())
}

/// Refuses what is told of a web page where none was sent.
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
            format!("the parameter {name} tells of a body of {HTML}; here, write it into the article"),
        ))
    })
}

/// The page came as it should; what it holds is not enough.
pub(super) fn lacking(error: &InvalidArticle) -> Problem {
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string());
    match &error.field {
        Some(field) => problem.because_of(field),
        None => problem,
    }
}
