//! The article on a page that a client names by its URL. Fetching makes the service send requests to other hosts, so it needs
//! the scope `write` wherever it is possible.

use super::{App, access, problem::Problem, web_page::incomplete};
use crate::{
    article::{Article, Known},
    feed,
    fetch::{self, Clock, Failure},
    key::Scope,
};
use axum::{
    http::{Extensions, StatusCode},
    response::{IntoResponse, Response},
};
use std::time::Duration;
use tokio::time::timeout;
use utoipa::IntoResponses;

/// How many pages may be fetched at once.
pub(super) const MOST: usize = 4;

/// The timeout for robots.txt and the page together. It is less than a request may take, so that the client gets the reason.
const TIME: Duration = Duration::from_secs(25);

/// How fetching fails.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum FetchFailures {
    /// The page at `url` cannot be fetched
    #[response(status = 502, content_type = "application/problem+json")]
    Failed(Problem),
}

/// Fetches a page for the client of a request, whose extensions tell who it is.
pub(super) async fn article(app: &App, client: &Extensions, known: Known) -> Result<Article, Response> {
    access::require(client, Scope::Write).map_err(IntoResponse::into_response)?;
    fetched(app, known).await.map_err(IntoResponse::into_response)
}

async fn fetched(app: &App, known: Known) -> Result<Article, Problem> {
    let invalid = |problem: &str| Problem::of_field("url", format!("url: {problem}"));
    let url = feed::address(known.url.as_deref().unwrap_or_default()).map_err(invalid)?;
    app.outbound.check(&url).map_err(|error| invalid(&error.to_string()))?;
    let _place = app.fetches.try_acquire().map_err(|_| {
        let detail = format!("{MOST} pages are being fetched already; retry when one has finished");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    })?;
    let clock = Clock::at((app.now)());
    let fetching = async {
        let found = fetch::robots(&app.outbound, &url, &clock).await;
        fetch::page(&app.outbound, url.as_str(), known, &found.robots, &clock).await.0
    };
    let failed = |problem: &str| {
        Problem::new(StatusCode::BAD_GATEWAY, format!("url: the page cannot be fetched: {problem}")).because_of("url")
    };
    let outcome = timeout(TIME, fetching).await.map_err(|_| failed("the response timed out"))?;
    outcome.map_err(|failure| match failure {
        Failure::Forbidden(problem) => invalid(&problem),
        Failure::NotNow(problem, _) | Failure::Refused(problem) => failed(&problem),
        Failure::NotAPage(problem) => incomplete("url", &format!("url: {problem}")),
        Failure::Invalid(error) if error.field.as_deref() == Some("published_on") => {
            let detail = "published_on: is missing: the page states no publication date; send it beside `url`, such as \
                          \"published_on\": \"2023-02-14\"";
            incomplete("published_on", detail)
        }
        // The other fields are those of the page.
        Failure::Invalid(error) => incomplete("url", &format!("url: {error}")),
        Failure::Defect => Problem::unwritable(&failure),
    })
}
