//! The conditions of a filter in SQL. Only those that are set are added, so that each query gets a
//! plan of its own.

use super::{
    EventFilter, search,
    time::{Day, Instant},
};
use crate::event::Confidence;
use sqlx::{Postgres, QueryBuilder};

/// The condition that a state is shown now.
pub(super) const SHOWN: &str = "s.shown_from is not null and s.shown_to is null";

/// Appends ` where` with the conditions that states `s` are shown now, or were known on the
/// filter's date, and match the filter.
pub(super) fn push_known(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    query.push(" where ");
    push_clock(query, filter);
    push_all(query, filter, filter.as_of.is_none());
}

/// Appends the condition that states `s` are shown now, or were known on the filter's date.
fn push_clock(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    match filter.as_of.map(Day) {
        None => query.push(SHOWN),
        Some(day) => {
            query.push("s.number is not null and s.known_from <= ").push_bind(day);
            query.push(" and (s.known_to is null or s.known_to > ").push_bind(day).push(")")
        }
    };
}

/// Appends the conditions of a filter on states `s`, each preceded by ` and`.
pub(super) fn push(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    push_all(query, filter, false);
}

/// Appends them; `is_shown` if the states are those that are shown now, whose words are stored with
/// the event.
fn push_all(query: &mut QueryBuilder<Postgres>, filter: &EventFilter, is_shown: bool) {
    if let Some(from) = filter.from {
        query.push(" and s.ends_on >= ").push_bind(Day(from));
        // Redundant, but both parts use an index: events that start later, and those that started
        // before and last longer.
        query.push(" and (s.starts_on >= ").push_bind(Day(from));
        query.push(" or s.starts_on < s.ends_on and daterange(s.starts_on, s.ends_on, '[]') @> ").push_bind(Day(from));
        query.push(")");
    }
    if let Some(to) = filter.to {
        query.push(" and s.starts_on <= ").push_bind(Day(to));
    }
    for any in &filter.participants {
        let any: Vec<String> = any.iter().map(|name| search::key(name)).collect();
        query.push(" and s.party_keys && ").push_bind(any);
    }
    push_any(query, "s.place_country", &filter.countries);
    push_any(query, "s.place_key", filter.places.iter().map(|name| search::key(name)));
    push_any(query, "s.kind", &filter.kinds);
    push_any(query, "s.status", &filter.statuses);
    push_any(query, r#"s."precision""#, &filter.precisions);
    push_words(query, filter, is_shown);
    push_articles(query, filter);
    if let Some(since) = filter.status_since.map(Instant) {
        query.push(
            " and (exists (select from states other
                           where other.event_id = s.event_id and other.status <> s.status and other.shown_to >= ",
        );
        query.push_bind(since);
        query.push(") or not exists (select from states old where old.event_id = s.event_id and old.shown_from < ");
        query.push_bind(since).push("))");
        // Redundant, but uses an index.
        query.push(" and exists (select from events of where of.id = s.event_id and of.updated_at >= ");
        query.push_bind(since).push(")");
    }
    if let Some(since) = filter.updated_since.map(Instant) {
        // The first condition is redundant, but uses an index.
        query.push(" and exists (select from events of where of.id = s.event_id and of.touched_at >= ");
        query.push_bind(since).push(" and coalesce(of.changed_at, of.updated_at) >= ").push_bind(since).push(")");
    }
    if let Some(least) = filter.min_confidence.map(Confidence::value) {
        query
            .push(" and exists (select from events of where of.id = s.event_id and of.confidence >= ")
            .push_bind(least);
        if let Some(day) = filter.as_of.map(Day) {
            // With all evidence, the confidence is at least as high as on any date.
            query.push(" and event_confidence(of.id, ").push_bind(day).push(") >= ").push_bind(least);
        }
        query.push(")");
    }
}

/// Appends the condition that all words occur in the states or their evidence.
fn push_words(query: &mut QueryBuilder<Postgres>, filter: &EventFilter, is_shown: bool) {
    const KEPT: &str = " exists (select from events of where of.id = s.event_id and of.words @> ";
    if is_shown && !filter.words.is_empty() {
        query.push(" and").push(KEPT).push_bind(filter.words.iter().map(|word| search::cut(word)).collect::<Vec<_>>());
        query.push(")");
        return;
    }
    for word in &filter.words {
        query.push(" and (s.search like ").push_bind(search::pattern(word)).push(" or");
        query.push(KEPT).push_bind(vec![search::cut(word)]);
        if filter.as_of.is_some() {
            // Whether evidence was published by then is not stored with the event.
            query.push(" and exists (select from mentions m where");
            push_of_event(query, filter);
            query.push(" and m.search like ").push_bind(search::pattern(word)).push(")");
        }
        query.push("))");
    }
}

/// Appends the condition that an article of a source, or a certain article, is evidence.
fn push_articles(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    let sources: Vec<String> = filter.sources.iter().flat_map(|source| search::source_keys(source)).collect();
    if !sources.is_empty() {
        query.push(" and exists (select from events of where of.id = s.event_id and of.sources && ");
        query.push_bind(sources.clone()).push(")");
    }
    if let Some(article) = filter.article {
        query.push(" and s.event_id in (select wholes_of(m.event_id) from mentions m where m.article_id = ");
        query.push_bind(article).push(" and not m.is_rejected and m.event_id is not null)");
    }
    // A date, or both conditions on one article, require the evidence itself.
    if filter.as_of.is_some() && !sources.is_empty() || filter.article.is_some() {
        query.push(" and exists (select from mentions m join articles a on a.id = m.article_id where");
        push_of_event(query, filter);
        if !sources.is_empty() {
            query.push(" and lower(a.source) = any (").push_bind(sources).push(")");
        }
        if let Some(article) = filter.article {
            query.push(" and a.id = ").push_bind(article);
        }
        query.push(")");
    }
}

/// Appends the column `confidence` of events `e`, now or on the filter's date.
pub(super) fn push_confidence(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    match filter.as_of.map(Day) {
        None => query.push("e.confidence"),
        Some(day) => query.push("event_confidence(e.id, ").push_bind(day).push(") as confidence"),
    };
}

/// Appends the condition that mentions `m` are evidence of the event of states `s`, published by
/// the filter's date.
fn push_of_event(query: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    query.push(" not m.is_rejected and");
    match filter.as_of.map(Day) {
        None => query.push(" m.event_id in (select event_tree(s.event_id, null))"),
        Some(day) => {
            query.push(" m.event_id in (select event_tree(s.event_id, ").push_bind(day);
            query.push(")) and m.published_on <= ").push_bind(day)
        }
    };
}

/// Appends the condition that a column has one of some values, if there are any. For a single
/// value, an index on the column keeps its order.
fn push_any<T: ToString>(query: &mut QueryBuilder<Postgres>, column: &str, values: impl IntoIterator<Item = T>) {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    match values.as_slice() {
        [] => {}
        [value] => drop(query.push(" and ").push(column).push(" = ").push_bind(value.clone())),
        _ => drop(query.push(" and ").push(column).push(" = any (").push_bind(values).push(")")),
    }
}
