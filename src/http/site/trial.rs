//! `/try`: what a text or the page at a URL makes, before anything is stored; and the button that stores it.

use super::{
    super::{
        App, body, fetching,
        problem::{Problem, Shown},
        submission,
        web_page::lacking,
    },
    failure::{Failure, in_place_of, of_page},
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
    http::{Extensions, StatusCode, header},
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

/// Shows what the text or the fetched page makes.
pub(super) async fn attempt(
    State(app): State<App>,
    Reader(locale): Reader,
    request: Request,
) -> Result<Response, Response> {
    let client = request.extensions().clone();
    let typed = typed(request).await?;
    let shown = match read(&app, &typed, &client).await {
        Ok((article, extraction)) => outcome(&typed, &article, &extraction, &locale),
        Err(refused) => beside_field(&typed, refused, &locale),
    };
    shown.map_err(IntoResponse::into_response)
}

fn outcome(typed: &Typed, article: &Article, extraction: &Extraction, locale: &Locale) -> Result<Response, Failure> {
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
    let shown = TryPage { typed, outcome: Some(outcome), ..TryPage::default() };
    Ok(page(html::trial(&shown, locale)?, locale))
}

/// Shows the form again, with what is wrong beside its field. What is wrong with fetching concerns the URL.
fn beside_field(typed: &Typed, refused: Response, locale: &Locale) -> Result<Response, Failure> {
    let (mut parts, _) = refused.into_parts();
    let Shown { title, detail, field } = parts.extensions.remove().unwrap_or_default();
    let detail = if detail.is_empty() { title.to_owned() } else { detail };
    let fetched = is_fetched(typed).then(|| "url".to_owned());
    let error = FieldError { field: field.or(fetched), detail };
    let needs_key = matches!(parts.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    let shown = html::trial(&TryPage { typed, error: Some(&error), needs_key, outcome: None }, locale)?;
    Ok(in_place_of(parts, page(shown, locale)))
}

/// Stores the text, and leads to the page of the article.
pub(super) async fn store(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let client = request.extensions().clone();
    let typed = typed(request).await?;
    let (article, extraction) = read(&app, &typed, &client).await.map_err(of_page)?;
    stored(app, &article, &extraction).await.map_err(IntoResponse::into_response)
}

async fn stored(app: App, article: &Article, extraction: &Extraction) -> Result<Response, Failure> {
    let ingested = app.store.ingest(article, extraction, (app.now)()).await?;
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

fn value(typed: &Typed, name: &str) -> Option<String> {
    typed.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

/// Whether the article is the page at the URL, as no text was pasted.
fn is_fetched(typed: &Typed) -> bool {
    value(typed, "text").is_none() && value(typed, "url").is_some()
}

/// The article that was typed or fetched, and what it says.
async fn read(app: &App, typed: &Typed, client: &Extensions) -> Result<(Article, Extraction), Response> {
    let known = known(typed).map_err(IntoResponse::into_response)?;
    let article = if is_fetched(typed) {
        let known = known.checked().map_err(|error| Problem::from(error).into_response())?;
        fetching::article(app, client, known).await?
    } else {
        pasted(app, typed, known).await.map_err(IntoResponse::into_response)?
    };
    Ok(submission::extract(app.clone(), article).await)
}

fn known(typed: &Typed) -> Result<Known, Problem> {
    let published_on = value(typed, "published_on").map(|day| day.trim().parse::<Date>()).transpose();
    let wrong = |_| Problem::of_field("published_on", "published_on: must be a day, written as 2023-02-14");
    Ok(Known {
        title: value(typed, "title"),
        source: value(typed, "source"),
        url: value(typed, "url"),
        published_on: published_on.map_err(wrong)?,
        ..Known::default()
    })
}

/// The article in the text.
async fn pasted(app: &App, typed: &Typed, known: Known) -> Result<Article, Problem> {
    let missing = || Problem::of_field("text", "text: is empty; paste an article, or enter the URL of one");
    let text = value(typed, "text").ok_or_else(missing)?;
    if is_web_page(&text) {
        let page = move |_: &_| Article::from_web_page(text.as_bytes(), Some("text/html; charset=utf-8"), &known);
        return app.workers.run(page).await.map_err(|error| lacking(&error));
    }
    let is_bare = known.title.is_none() && known.published_on.is_none();
    let as_form = Article::from_plain_text(&text).ok().filter(|_| is_bare);
    let as_typed = || Article {
        title: known.title,
        text,
        published_on: known.published_on.unwrap_or(app.today()),
        published_at: None,
        url: known.url,
        source: known.source,
        language: None,
        external_id: None,
    };
    Ok(as_form.map_or_else(|| as_typed().checked(), Ok)?)
}

fn is_web_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
