//! Articles in the body of a request: one as JSON, plain text or a web page, or many as NDJSON.

use super::{
    App, body, fetching,
    lines::{Lines, NDJSON},
    problem::Problem,
    web_page::{self, HTML},
};
use crate::{
    SPANS,
    article::{Article, InvalidArticle, Known, Sent},
    extract::{ExplainedSentence, Extraction},
};
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use strum::{Display, EnumString, VariantArray};
use tokio_util::sync::CancellationToken;
use tracing::instrument;
use utoipa::{IntoResponses, ToSchema};

/// The responses that reject a body.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made from `Problem`")]
pub(super) enum Refusals {
    /// The body did not arrive in time
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(Problem),
    /// The body is too large
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The media type of the body is not supported
    #[response(status = 415, content_type = "application/problem+json")]
    OfAnotherType(Problem),
}

/// The JSON form of what is submitted.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes a body; it is read as `Sent`")]
pub(super) enum ArticleInput {
    /// An article.
    Article(Article),
    /// A web page to fetch.
    Page(Known),
}

/// What a response can include.
#[derive(Clone, Copy, Debug, Display, EnumString, PartialEq, ToSchema, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[schema(rename_all = "snake_case")]
pub(super) enum Included {
    UnusedDates,
}

/// The articles in a body.
pub(super) enum Submission {
    /// A validated article.
    One(Article),
    /// Many, each with its own response.
    Many(Lines),
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    PlainText,
    WebPage,
    Lines,
}

impl Submission {
    /// Reads the body of a request. `known` are metadata in the query. A page given by its URL is
    /// fetched.
    pub(super) async fn of(request: Request, known: Known, app: &App) -> Result<Self, Response> {
        let form = form(request.headers()).map_err(Problem::into_response)?;
        let is_bare_text = matches!(form, Form::PlainText) && known != Known::default();
        if !is_bare_text && !matches!(form, Form::WebPage) {
            web_page::refuse(&known).map_err(Problem::into_response)?;
        }
        let parse = |text: &str| match form {
            Form::PlainText if is_bare_text => Article::from_bare_text(text, &known).map(Sent::Article),
            Form::PlainText => Article::from_plain_text(text).map(Sent::Article),
            _ => Sent::from_json(text),
        };
        match form {
            Form::WebPage => return web_page::article(request, known, &app.workers).await.map(Self::One),
            Form::Lines => return Lines::of(request).map(Self::Many).map_err(Problem::into_response),
            Form::Json | Form::PlainText => {}
        }
        let client = request.extensions().clone();
        let body = body::whole(request).await?;
        match read(&body, parse).map_err(Problem::into_response)? {
            Sent::Article(article) => Ok(Self::One(article)),
            Sent::Page(known) => fetching::article(app, &client, known).await.map(Self::One),
        }
    }
}

/// Returns the format that `Content-Type` states.
fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = given.split(';').map(|part| part.trim().to_ascii_lowercase());
    let form = match parts.next().as_deref() {
        Some("application/json") => Some(Form::Json),
        Some("text/plain") => Some(Form::PlainText),
        Some(NDJSON) => Some(Form::Lines),
        // Pages may have any encoding.
        Some(HTML) => return Ok(Form::WebPage),
        _ => None,
    };
    let is_utf8 = parts
        .filter_map(|parameter| parameter.strip_prefix("charset=").map(|name| name.trim_matches('"').to_owned()))
        .all(|charset| matches!(&*charset, "utf-8" | "utf8" | "us-ascii"));
    form.filter(|_| is_utf8).ok_or_else(|| {
        let given: String = if given.is_empty() { "missing".into() } else { given.chars().take(80).collect() };
        let detail = format!(
            "Content-Type is {given}; accepted are application/json, text/plain and {NDJSON} in UTF-8, and {HTML}"
        );
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    })
}

fn read(body: &[u8], parse: impl FnOnce(&str) -> Result<Sent, InvalidArticle>) -> Result<Sent, Problem> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Problem::malformed(format!("the body is not UTF-8 at byte {}", error.valid_up_to())))?;
    if text.trim().is_empty() {
        return Err(Problem::bad_request("the body is empty; send an article"));
    }
    parse(text).map_err(Problem::from)
}

/// Extracts an article on a blocking thread. Most take a millisecond, but one of a megabyte would
/// delay all other requests of the thread.
#[instrument(name = "extract article", target = SPANS, skip_all, fields(bytes = article.text.len()))]
pub(super) async fn extract(app: App, article: Article) -> (Article, Extraction) {
    let App { extractor, metrics, workers, .. } = app;
    let work = move |abandoned: &CancellationToken| {
        let mut stopwatch = metrics.stopwatch();
        let mut goes_on = |stage| {
            stopwatch(stage);
            !abandoned.is_cancelled()
        };
        // The result of a cancelled extraction is not used.
        let extraction = extractor.extract_while(&article, &mut goes_on);
        (article, extraction)
    };
    workers.run(work).await
}

/// Returns the explanation of an extraction.
pub(super) async fn explain(app: &App, article: Article) -> Vec<ExplainedSentence> {
    let extractor = app.extractor.clone();
    app.workers.run(move |_| extractor.explain(&article)).await
}
