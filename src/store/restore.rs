//! Applies the corrections of an exported event to this database. The rest of the event is computed
//! from its articles.

use super::{Corrected, Error, Store, Wish};
use crate::{
    event::{CorrectionEvidence, Event, EventState},
    timeline::Amendment,
};
use jiff::Timestamp;
use sqlx::types::Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The result of restoring an exported event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// The event has no corrections, or they were applied before.
    Unchanged,
    /// The event was corrected or created.
    Corrected,
    /// Its articles are not stored.
    WithoutArticles,
    /// This version cannot read it.
    Unknown,
}

impl Store {
    /// Applies the corrections of an exported event. Restoring the same event again changes
    /// nothing.
    pub async fn restore(&self, event: &Event, now: Timestamp) -> Result<Restored, Error> {
        let corrections = event.corrections.as_deref().unwrap_or_default();
        let Some(last) = corrections.last() else { return Ok(Restored::Unchanged) };
        let was = |action: &str| corrections.iter().find(|correction| correction.action == action);
        let mut found = self.with_same_evidence(event).await?;
        let Some(here) = found.pop() else {
            return match was("create") {
                Some(created) if !self.is_created(&event.state).await? => {
                    self.apply_wish(&Wish::Create(Box::new(event.state.clone())), created, now).await
                }
                Some(_) => Ok(Restored::Unchanged),
                None => Ok(Restored::WithoutArticles),
            };
        };
        let mut outcome = Restored::Unchanged;
        for other in found.iter().filter(|_| was("merge").is_some()) {
            outcome = self.apply_wish(&Wish::Merge(here.event, other.event), last, now).await?;
        }
        if let Some(split) = was("split").filter(|_| !here.others.is_empty()) {
            outcome = self.apply_wish(&Wish::Split(here.event, here.others.clone()), split, now).await?;
        }
        let Some(super::Found::Live(now_here)) = self.event(here.event, None).await? else { return Ok(outcome) };
        let amendment = difference(&now_here.state, &event.state);
        if amendment == Amendment::default() {
            return Ok(outcome);
        }
        self.apply_wish(&Wish::Amend(here.event, Box::new(amendment)), last, now).await
    }

    async fn apply_wish(&self, wish: &Wish, by: &CorrectionEvidence, now: Timestamp) -> Result<Restored, Error> {
        Ok(match self.correct(wish, &by.author, &by.reason, None, now).await? {
            Corrected::Done(..) => Restored::Corrected,
            Corrected::NotFound(_)
            | Corrected::NothingToSplit
            | Corrected::MadeOtherwise
            | Corrected::NotEvidence
            | Corrected::Changed => Restored::Unchanged,
        })
    }

    /// Returns the stored events with the same evidence, the one with most of it last.
    async fn with_same_evidence(&self, event: &Event) -> Result<Vec<Counterpart>, Error> {
        let evidence = event.evidence.as_deref().unwrap_or_default();
        let days: Vec<String> = evidence.iter().map(|evidence| evidence.article.published_on.to_string()).collect();
        let sources: Vec<Option<String>> = evidence.iter().map(|evidence| evidence.article.source.clone()).collect();
        let statements: Vec<Json<_>> = evidence.iter().map(|evidence| Json([&evidence.statement])).collect();
        let rows = sqlx::query!(
            r#"with told as (
                   select root_of(m.event_id) as event, m.article_id
                   from unnest($1::text[], $2::text[], $3::jsonb[]) e (published_on, source, statements)
                        join articles a on a.published_on = e.published_on::date and a.source is not distinct from e.source
                        join mentions m on m.article_id = a.id
                   where m.said -> 'statements' @> e.statements and m.event_id is not null)
               select event as "event!",
                      array(select distinct m.article_id from mentions m
                            where m.event_id in (select event_tree(event, null))
                              and m.article_id not in (select article_id from told)) as "others!"
               from told group by event order by count(*), event"#,
            &days,
            &sources as _,
            &statements as _,
        );
        let rows = rows.fetch_all(&self.pool).await?;
        Ok(rows
            .into_iter()
            .map(|row| Counterpart { event: row.event, others: row.others.into_iter().collect() })
            .collect())
    }

    /// Returns whether a person has created an event with this state.
    async fn is_created(&self, state: &EventState) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(
            r#"select exists (
                   select from states s join corrections c on c.event_id = s.event_id and c.action ->> 'action' = 'create'
                   where s.shown_from is not null and s.shown_to is null and s.state = $1) as "found!""#,
            Json(state) as _
        );
        Ok(found.fetch_one(&self.pool).await?)
    }
}

/// A stored event with some evidence of an exported one, and its articles that are not evidence of
/// that.
struct Counterpart {
    event: Uuid,
    others: BTreeSet<Uuid>,
}

/// Returns the amendment that turns `here` into `there`.
fn difference(here: &EventState, there: &EventState) -> Amendment {
    fn changed<T: Clone + PartialEq>(here: &T, there: &T) -> Option<T> {
        (here != there).then(|| there.clone())
    }
    Amendment {
        title: changed(&here.title, &there.title).map(Some),
        kind: changed(&here.kind, &there.kind),
        status: changed(&here.status, &there.status),
        when: changed(&here.when, &there.when),
        date_pending: changed(&here.date_pending, &there.date_pending),
        place: changed(&here.place, &there.place),
        participants: changed(&here.participants, &there.participants),
        add_participants: Vec::new(),
        remove_participants: Vec::new(),
        name: changed(&here.details.name, &there.details.name),
        topic: changed(&here.details.topic, &there.details.topic),
        local_time: changed(&here.details.local_time, &there.details.local_time),
        format: changed(&here.details.format, &there.details.format),
        level: changed(&here.details.level, &there.details.level),
        official_url: changed(&here.editorial.official_url, &there.editorial.official_url),
        notes: changed(&here.editorial.notes, &there.editorial.notes),
        tags: changed(&here.editorial.tags, &there.editorial.tags),
    }
}
