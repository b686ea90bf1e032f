//! The review queue: items for editors, found among what is stored, except those dismissed.

use super::{
    Cursor, Error, EventSummary, Page, Store,
    time::{Day, Instant},
};
use crate::event::EventState;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgExecutor, types::Json};
use std::collections::{BTreeSet, HashMap};
use strum::{Display, EnumString, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// The reason of an item in the review queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Display, EnumString, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReviewReason {
    /// A future event with a confidence below 0.5.
    LowConfidence,
    /// An event about which sources disagree; `fields` lists the disputed fields.
    DisputedFields,
    /// Two events of one family of kinds with common participants on the same or adjacent days.
    ProbableDuplicate,
    /// An article that changes an unknown or ambiguous event.
    UnlinkedChange,
    /// Future talks, a meeting, a summit or a call with only one known participant.
    SingleParticipant,
    /// An article with dates, none of which produced an event.
    NoEvent,
}

impl ReviewReason {
    /// Returns what an editor can do.
    fn remedy(self) -> &'static str {
        match self {
            Self::LowConfidence => "Read the evidence; correct the event (PATCH) or reject it (POST /reject).",
            Self::DisputedFields => "Correct the disputed fields (PATCH), or reject the wrong evidence.",
            Self::ProbableDuplicate => "Merge the two events (POST /merge), or dismiss the item.",
            Self::UnlinkedChange => "Read the article; correct the event that it changes (PATCH).",
            Self::SingleParticipant => "Add the other participants (PATCH with add_participants).",
            Self::NoEvent => {
                "Read the article; create the event that it announces (POST /v1/events), or dismiss the item."
            }
        }
    }
}

/// An item of the review queue.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReviewItem {
    /// The id, stable while the item is listed.
    pub id: Uuid,
    /// The reason.
    pub reason: ReviewReason,
    /// What to do.
    pub remedy: &'static str,
    /// The start date of the event, or the publication date of the article.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The event, or both events of a probable duplicate; empty if the item is about an article.
    pub events: Vec<EventSummary>,
    /// The article; `null` if the item is about events.
    pub article: Option<Uuid>,
    /// The disputed fields.
    pub fields: Vec<String>,
}

struct Row {
    id: Uuid,
    reason: String,
    date: Day,
    events: Vec<Uuid>,
    article: Option<Uuid>,
    fields: Vec<String>,
}

impl Store {
    /// Returns a page of the review queue for these reasons, or for all if empty: the latest date
    /// first.
    pub async fn review(
        &self,
        reasons: &[ReviewReason],
        today: Date,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<ReviewItem>, Error> {
        let rows = items(&self.heavy, reasons, today, false, None, after, i64::from(limit) + 1).await?;
        let ids: BTreeSet<Uuid> = rows.iter().flat_map(|row| row.events.iter().copied()).collect();
        let summaries = self.summaries(&ids.into_iter().collect::<Vec<_>>()).await?;
        let item = |row: Row| {
            let reason: ReviewReason = row.reason.parse().map_err(|_| Error::Inconsistent {
                table: "review",
                column: "reason",
                row: row.id.to_string(),
            })?;
            let events = row.events.iter().filter_map(|id| summaries.get(id).cloned()).collect();
            let Row { id, date, article, fields, .. } = row;
            Ok(ReviewItem { id, reason, remedy: reason.remedy(), date: date.0, events, article, fields })
        };
        let items = rows.into_iter().map(item).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::cut(items, limit, |item: &ReviewItem| Cursor::by_day(item.date, item.id)))
    }

    /// Dismisses an item of the review queue until its subject changes. Returns false if the item
    /// does not exist.
    pub async fn dismiss(
        &self,
        id: Uuid,
        author: &str,
        reason: &str,
        today: Date,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(item) = items(&self.heavy, &[], today, false, Some(id), None, 1).await?.pop() else {
            return Ok(false);
        };
        sqlx::query!(
            "insert into review_dismissals (id, author, reason, dismissed_at, subject)
             values ($1, $2, $3, $4, review_subject($5, $6, $7))
             on conflict (id) do update
             set author = excluded.author, reason = excluded.reason, dismissed_at = excluded.dismissed_at,
                 subject = excluded.subject",
            id,
            author,
            reason,
            Instant(now) as _,
            &item.events,
            item.article,
            &item.fields,
        )
        .execute(&self.heavy)
        .await?;
        Ok(true)
    }

    async fn summaries(&self, events: &[Uuid]) -> Result<HashMap<Uuid, EventSummary>, Error> {
        let rows = sqlx::query!(
            r#"select event_id, state as "state: Json<EventState>" from states
               where event_id = any ($1) and shown_from is not null and shown_to is null"#,
            events,
        );
        let summary = |id, state| (id, EventSummary::of(id, state));
        Ok(rows.fetch_all(&self.heavy).await?.into_iter().map(|row| summary(row.event_id, row.state.0)).collect())
    }
}

async fn items(
    db: impl PgExecutor<'_>,
    reasons: &[ReviewReason],
    today: Date,
    is_dismissed: bool,
    id: Option<Uuid>,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"with shown as (
               select s.*, e.confidence from states s join events e on e.id = s.event_id
               where s.shown_from is not null and s.shown_to is null),
           found (reason, date, events, article, fields) as (
               select 'low_confidence', starts_on, array[event_id], null::uuid, '{}'::text[] from shown
               where confidence < 0.5 and ends_on >= $1
               union all
               select 'disputed_fields', s.starts_on, array[s.event_id], null,
                      array_agg(distinct change ->> 'field' order by change ->> 'field')
               from shown s join states h on h.event_id = s.event_id and h.number is not null
                   cross join jsonb_array_elements(h.changes) change
               where change @> '{"disputed": true}'
               group by s.event_id, s.starts_on
               union all
               select 'probable_duplicate', least(a.starts_on, b.starts_on), array[a.event_id, b.event_id], null, '{}'
               from shown a join shown b
                   on a.event_id < b.event_id and a.reach_keys && b.reach_keys
                      and a.starts_on <= b.ends_on + 1 and b.starts_on <= a.ends_on + 1
               where (a.place_country = b.place_country) is not false
                 and case (select count(*) from unnest(a.party_keys) key
                           where key = any (b.party_keys) and key ~ '^(country|organization):')
                         when 0 then false
                         when 1 then a.starts_on = b.starts_on and a.place_key = b.place_key
                         else true end
                 and not exists (select from corrections c
                                 where c.events @> array[a.event_id, b.event_id] and c.action ->> 'action' = 'split')
               union all
               select 'unlinked_change', m.published_on, '{}', m.article_id, '{}' from mentions m
               where m.event_id is null and m.said ->> 'role' = 'changes'
               group by m.article_id, m.published_on
               union all
               select 'single_participant', starts_on, array[event_id], null, '{}' from shown
               where ends_on >= $1 and kind in ('talks', 'meeting', 'summit', 'call')
                 and jsonb_array_length(state -> 'participants') = 1
                 and state #>> '{participants,0,kind}' <> 'organization'
               union all
               select 'no_event', a.published_on, '{}', a.id, '{}' from articles a
               where a.unused_dates > 0
                 and not exists (select from mentions m where m.article_id = a.id and m.event_id is not null)),
           named as (
               select md5(reason || array_to_string(events, ',') || coalesce(article::text, ''))::uuid as id, * from found)
           select id as "id!", reason as "reason!", date as "date!: _", events as "events!", article, fields as "fields!"
           from named
           where (cardinality($2::text[]) = 0 or reason = any ($2)) and ($3::uuid is null or id = $3)
             and ($4::date is null or (date, id) < ($4, $5::uuid))
             and exists (select from review_dismissals d
                         where d.id = named.id and d.subject = review_subject(events, article, fields)) = $7
           order by date desc, id desc
           limit $6"#,
        Day(today) as _,
        &reasons,
        id,
        after.and_then(Cursor::day).map(Day) as _,
        after.map(|cursor| cursor.id),
        limit,
        is_dismissed,
    );
    Ok(rows.fetch_all(db).await?)
}

/// An item that is dismissed.
pub(super) struct Dismissed {
    pub(super) item: ReviewReason,
    pub(super) events: Vec<Uuid>,
    pub(super) article: Option<Uuid>,
    pub(super) fields: Vec<String>,
    pub(super) author: String,
    pub(super) reason: String,
    pub(super) at: Timestamp,
}

/// All items that are dismissed, the earliest dismissed first. What an item is about may have changed since: then it is listed again.
pub(super) async fn dismissed(tx: &mut PgConnection, today: Date) -> Result<Vec<Dismissed>, Error> {
    let items = items(&mut *tx, &[], today, true, None, None, i64::MAX).await?;
    let mut items: HashMap<Uuid, Row> = items.into_iter().map(|row| (row.id, row)).collect();
    let rows = sqlx::query!(
        r#"select id, author, reason, dismissed_at as "dismissed_at: Instant" from review_dismissals order by dismissed_at, id"#
    );
    let mut dismissed = Vec::new();
    for row in rows.fetch_all(tx).await? {
        let Some(item) = items.remove(&row.id) else { continue };
        let inconsistent = |_| Error::Inconsistent { table: "review", column: "reason", row: row.id.to_string() };
        dismissed.push(Dismissed {
            item: item.reason.parse().map_err(inconsistent)?,
            events: item.events,
            article: item.article,
            fields: item.fields,
            author: row.author,
            reason: row.reason,
            at: row.dismissed_at.0,
        });
    }
    Ok(dismissed)
}

/// Dismisses an item as it stands. False if it is dismissed already. The events are in the order of their ids, as in the queue.
pub(super) async fn dismiss_again(tx: &mut PgConnection, dismissed: &Dismissed) -> Result<bool, Error> {
    let inserted = sqlx::query!(
        "insert into review_dismissals (id, author, reason, dismissed_at, subject)
         values (md5($1 || array_to_string($2::uuid[], ',') || coalesce($3::uuid::text, ''))::uuid, $4, $5, $6,
                 review_subject($2, $3, $7))
         on conflict (id) do nothing",
        dismissed.item.to_string(),
        &dismissed.events,
        dismissed.article,
        dismissed.author,
        dismissed.reason,
        Instant(dismissed.at) as _,
        &dismissed.fields,
    );
    Ok(inserted.execute(tx).await?.rows_affected() == 1)
}
