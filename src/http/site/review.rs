//! `/review`: the review queue, and decisions on its items. Without JavaScript they are made by a form; a key, where one is
//! needed, only a script can send.

use super::{
    super::{
        App, body,
        corrections::{make_correction, signed},
        page::next_address,
        problem::Problem,
        values::After,
    },
    asked, cursor,
    failure::Failure,
    locale::Reader,
    page,
};
use crate::{
    event::Status,
    formats::{
        Locale,
        html::{self, Asked, ReviewPage, ReviewedItem},
    },
    store::{Found, ReviewItem, Wish},
    timeline::Amendment,
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use url::form_urlencoded;
use uuid::Uuid;

/// How many items a page shows.
const PAGE: u32 = 25;

/// Shows the queue.
pub(super) async fn review(State(app): State<App>, Reader(locale): Reader, uri: Uri) -> Result<Response, Failure> {
    let asked = asked(&uri);
    let after = cursor::<After>(&asked)?.map(|after| after.0);
    let found = app.store.review(&[], app.today(), after, PAGE).await?;
    let next = found.next.map(|cursor| next_address(&uri, &cursor.to_string()));
    let mut items = Vec::new();
    for item in found.items {
        items.push(shown(&app, item).await?);
    }
    let author = asked.get("author").unwrap_or_default();
    let shown = ReviewPage { items: &items, author, next: next.as_deref() };
    Ok(page(html::review(&shown, &locale)?, &locale))
}

/// An item with all that is known of its events.
async fn shown(app: &App, item: ReviewItem) -> Result<ReviewedItem, Problem> {
    let mut events = Vec::new();
    for event in &item.events {
        if let Some(Found::Live(event)) = app.store.event(event.id, None).await? {
            events.push(*event);
        }
    }
    let article = match item.article {
        Some(id) => app.store.article(id).await?.map(|article| (id.to_string(), article.title)),
        None => None,
    };
    let (id, reason) = (item.id.to_string(), item.reason.to_string());
    Ok(ReviewedItem { id, reason, events, article, fields: item.fields })
}

/// Carries a decision out, and leads back to the queue.
pub(super) async fn decide(
    State(app): State<App>,
    Reader(locale): Reader,
    request: Request,
) -> Result<Response, Response> {
    let body = body::whole(request).await?;
    let form = Asked(form_urlencoded::parse(&body).into_owned().collect());
    decided(&app, &form, &locale).await.map_err(|problem| Failure::from(problem).into_response())?;
    let author = form.get("author").unwrap_or_default();
    let back = Asked::default().with("author", author);
    let back = if locale.is_asked { back.with("lang", &locale.language) } else { back };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back.url("/review"))]).into_response())
}

async fn decided(app: &App, form: &Asked, locale: &Locale) -> Result<(), Problem> {
    let decision = form.get("decision").unwrap_or_default();
    let wrong = || {
        let detail = "decision: must be `confirm`, `reject`, `merge` or `dismiss`, with the ids that the page gives it";
        Problem::of_field("decision", detail)
    };
    let mut parts = decision.split_whitespace();
    let action = parts.next().ok_or_else(wrong)?;
    let ids: Vec<Uuid> = parts.map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let wish = match (action, &*ids) {
        ("confirm", [_, event]) => {
            let confirmed = Amendment { status: Some(Status::Confirmed), ..Amendment::default() };
            Some(Wish::Amend(*event, Box::new(confirmed)))
        }
        ("reject", [_, event]) => Some(Wish::Reject(*event)),
        ("merge", [_, one, other]) => Some(Wish::Merge(*one, *other)),
        ("dismiss", [_]) => None,
        _ => return Err(wrong()),
    };
    let author = form.get("author").unwrap_or_default();
    let reason = form.get("reason").map(str::trim).filter(|reason| !reason.is_empty());
    let reason = reason.map_or_else(|| locale.language.text("review-reason"), str::to_owned);
    let (is_dismissal, item) = (wish.is_none(), ids[0]);
    if let Some(wish) = wish {
        make_correction(app, &wish, author, &reason, None).await?;
    } else {
        signed(author, &reason)?;
    }
    // What is corrected may still be listed, for a reason that the editor has seen.
    let was_there = app.store.dismiss(item, author.trim(), &reason, app.today(), (app.now)()).await?;
    if is_dismissal && !was_there { Err(Problem::not_found("item")) } else { Ok(()) }
}
