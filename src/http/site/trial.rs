//! `/try`: what a text makes, before anything is stored; and the button that stores it.

use super::{
    super::{App, body, problem::Problem, submission, web_page::lacking},
    failure::Failure,
    locale::Reader,
    page, unused,
};
use crate::{
    article::{Article, Known},
    extract::Extraction,
    formats::{
        Locale,
        html::{self, FieldError, Outcome, TryPage},
    },
    timeline::events_of_article,
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use url::form_urlencoded;

/// The fields of a form.
type Typed = Vec<(String, String)>;

/// Shows the form.
pub(super) async fn form(Reader(locale): Reader) -> Result<Response, Failure> {
    Ok(page(html::trial(&TryPage::default(), &locale)?, &locale))
}

/// Shows what the text makes.
pub(super) async fn attempt(
    State(app): State<App>,
    Reader(locale): Reader,
    request: Request,
) -> Result<Response, Response> {
    let typed = typed(request).await?;
    attempted(app, &typed, &locale).await.map_err(IntoResponse::into_response)
}

async fn attempted(app: App, typed: &Typed, locale: &Locale) -> Result<Response, Failure> {
    let (article, extraction) = match read(&app, typed).await {
        Ok(read) => read,
        Err(problem) => {
            let error = FieldError { field: problem.field().map(str::to_owned), detail: problem.message() };
            let shown = page(html::trial(&TryPage { typed, error: Some(&error), outcome: None }, locale)?, locale);
            return Ok((problem.status(), shown).into_response());
        }
    };
    let events = events_of_article(&extraction.mentions);
    let outcome = Outcome {
        title: article.title.as_deref(),
        text: &article.text,
        published_on: article.published_on,
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        events: &events,
        unused: &unused::marks(&extraction.unused_dates),
        warnings: &extraction.warnings,
    };
    Ok(page(html::trial(&TryPage { typed, error: None, outcome: Some(outcome) }, locale)?, locale))
}

/// Stores the text, and leads to the page of the article.
pub(super) async fn store(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let typed = typed(request).await?;
    stored(app, &typed).await.map_err(IntoResponse::into_response)
}

async fn stored(app: App, typed: &Typed) -> Result<Response, Failure> {
    let (article, extraction) = read(&app, typed).await?;
    let ingested = app.store.ingest(&article, &extraction, (app.now)()).await?;
    app.metrics.article_stored(ingested.outcome);
    let location = [(header::LOCATION, format!("/articles/{}", ingested.article.id))];
    Ok((StatusCode::SEE_OTHER, location).into_response())
}

/// What was typed, without what was left empty. Forms send the ends of lines as CR LF, whatever was pasted.
async fn typed(request: Request) -> Result<Typed, Response> {
    let body = body::whole(request).await?;
    let fields = form_urlencoded::parse(&body).into_owned();
    let fields = fields.map(|(name, value)| (name, value.replace("\r\n", "\n")));
    Ok(fields.filter(|(_, value)| !value.trim().is_empty()).collect())
}

/// The article that was typed, and what it says.
async fn read(app: &App, typed: &Typed) -> Result<(Article, Extraction), Problem> {
    let value = |name: &str| typed.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let given = value("published_on").map(|day| day.trim().parse::<Date>()).transpose();
    let given =
        given.map_err(|_| Problem::of_field("published_on", "published_on: must be a day, written as 2023-02-14"))?;
    let text = value("text").ok_or_else(|| Problem::of_field("text", "text: is empty; paste an article"))?;
    let known = Known {
        title: value("title"),
        source: value("source"),
        url: value("url"),
        published_on: given,
        ..Known::default()
    };
    let article = if is_web_page(&text) {
        let page = move |_: &_| Article::from_web_page(text.as_bytes(), Some("text/html; charset=utf-8"), &known);
        app.workers.run(page).await.map_err(|error| lacking(&error))?
    } else {
        let as_form = Article::from_plain_text(&text).ok().filter(|_| known.title.is_none() && given.is_none());
        let as_typed = || Article {
            title: known.title,
            text,
            published_on: given.unwrap_or(app.today()),
            published_at: None,
            url: known.url,
            source: known.source,
            language: None,
            external_id: None,
        };
        as_form.map_or_else(|| as_typed().checked(), Ok)?
    };
    Ok(submission::extract(app.clone(), article).await)
}

fn is_web_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
