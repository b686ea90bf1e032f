//! The corrections of an exported event, applied to this database. The rest of the event is computed from its articles.

use super::{Corrected, Error, Store, Wish};
use crate::{
    event::{CorrectionEvidence, Event, EventState},
    timeline::Amendment,
};
use jiff::Timestamp;
use sqlx::types::Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What became of an event that was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// There are no corrections, or they are applied already.
    AsItIs,
    /// It is corrected, or created.
    PutRight,
    /// Its articles are not here.
    WithoutArticles,
    /// This version cannot read it.
    Unknown,
}

impl Store {
    /// Makes of an exported event here what people had made of it there. The same event again changes nothing.
    pub async fn restore(&self, event: &Event, now: Timestamp) -> Result<Restored, Error> {
        let corrections = event.corrections.as_deref().unwrap_or_default();
        let Some(last) = corrections.last() else { return Ok(Restored::AsItIs) };
        let was = |action: &str| corrections.iter().find(|correction| correction.action == action);
        let mut found = self.standing_on(event).await?;
        let Some(here) = found.pop() else {
            return match was("create") {
                Some(created) if !self.is_entered(&event.state).await? => {
                    self.as_wished(&Wish::Create(Box::new(event.state.clone())), created, now).await
                }
                Some(_) => Ok(Restored::AsItIs),
                None => Ok(Restored::WithoutArticles),
            };
        };
        let mut outcome = Restored::AsItIs;
        for other in found.iter().filter(|_| was("merge").is_some()) {
            outcome = self.as_wished(&Wish::Merge(here.event, other.event), last, now).await?;
        }
        if let Some(split) = was("split").filter(|_| !here.others.is_empty()) {
            outcome = self.as_wished(&Wish::Split(here.event, here.others.clone()), split, now).await?;
        }
        let Some(super::Found::Live(now_here)) = self.event(here.event, None).await? else { return Ok(outcome) };
        let amendment = difference(&now_here.state, &event.state);
        if amendment == Amendment::default() {
            return Ok(outcome);
        }
        self.as_wished(&Wish::Amend(here.event, Box::new(amendment)), last, now).await
    }

    async fn as_wished(&self, wish: &Wish, by: &CorrectionEvidence, now: Timestamp) -> Result<Restored, Error> {
        Ok(match self.correct(wish, &by.author, &by.reason, None, now).await? {
            Corrected::Done(..) => Restored::PutRight,
            Corrected::NotFound(_)
            | Corrected::NothingToSplit
            | Corrected::MadeOtherwise
            | Corrected::NotEvidence
            | Corrected::Changed => Restored::AsItIs,
        })
    }

    /// The events here that stand on sentences of an event, the one that has the most of them last.
    async fn standing_on(&self, event: &Event) -> Result<Vec<Standing>, Error> {
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
            .map(|row| Standing { event: row.event, others: row.others.into_iter().collect() })
            .collect())
    }

    /// Whether a person entered an event that is just so.
    async fn is_entered(&self, state: &EventState) -> Result<bool, Error> {
        let found = sqlx::query_scalar!(
            r#"select exists (
                   select from states s join corrections c on c.event_id = s.event_id and c.action ->> 'action' = 'create'
                   where s.shown_from is not null and s.shown_to is null and s.state = $1) as "found!""#,
            Json(state) as _
        );
        Ok(found.fetch_one(&self.pool).await?)
    }
}

/// An event that stands on sentences of another, and the articles that speak of it but not of that.
struct Standing {
    event: Uuid,
    others: BTreeSet<Uuid>,
}

/// The corrections that turn `here` into `there`.
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
