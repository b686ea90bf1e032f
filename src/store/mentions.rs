//! The tables `mentions` and `statements`: what each article says of events, and the sentences it says it in.

use super::{
    Error,
    columns::{WhenColumns, parsed, place},
    time::{Day, Instant},
};
use crate::{
    event::{Evidence, Mention, Participant, PreviousDate, Statement},
    extract::RULES_VERSION,
};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, PgExecutor, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// A mention with the article that makes it.
pub(super) struct StoredMention {
    pub(super) article_id: Uuid,
    pub(super) published_on: Date,
    pub(super) published_at: Option<Timestamp>,
    pub(super) mention: Mention,
}

/// Writes one mention of an article.
pub(super) async fn insert(
    tx: &mut PgConnection,
    article_id: Uuid,
    position: i64,
    event_id: Option<Uuid>,
    mention: &Mention,
) -> Result<(), Error> {
    let when = mention.when.as_ref();
    let place = mention.place.as_ref();
    sqlx::query!(
        r#"with mention as (
               insert into mentions (article_id, position, event_id, rules_version, role, kind, status, starts_on,
                                     ends_on, "precision", edtf, starts_at, date_pending, previous_dates, place_name,
                                     place_country, place_latitude, place_longitude, participants)
               values ($1, $2::bigint::integer, $3, $4::bigint::integer, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                       $15, $16, $17, $18, $19)
               returning id)
           insert into statements (mention_id, position, role, rule, sentence_start, sentence_end, sentence_text,
                                   date_start, date_end, date_text, date_value)
           select mention.id, n - 1, s ->> 'role', s ->> 'rule', (s #>> '{sentence,start}')::integer,
                  (s #>> '{sentence,end}')::integer, s #>> '{sentence,text}', (s #>> '{date,start}')::integer,
                  (s #>> '{date,end}')::integer, s #>> '{date,text}', s #>> '{date,value}'
           from mention, jsonb_array_elements($20::jsonb) with ordinality as statement (s, n)"#,
        article_id,
        position,
        event_id,
        i64::from(RULES_VERSION),
        mention.role.to_string(),
        mention.kind.to_string(),
        mention.status.to_string(),
        when.map(|when| Day(when.starts_on)) as _,
        when.map(|when| Day(when.ends_on)) as _,
        when.map(|when| when.precision.to_string()),
        when.map(|when| &*when.edtf),
        when.and_then(|when| when.starts_at).map(Instant) as _,
        mention.date_pending,
        Json(&mention.previous_dates) as _,
        place.map(|place| &*place.name),
        place.and_then(|place| place.country.as_deref()),
        place.and_then(|place| place.latitude),
        place.and_then(|place| place.longitude),
        Json(&mention.participants) as _,
        Json(&mention.statements) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes back all that an article says; gives the events that it spoke of.
pub(super) async fn remove(tx: &mut PgConnection, article_id: Uuid) -> Result<Vec<Uuid>, Error> {
    let events = sqlx::query_scalar!("delete from mentions where article_id = $1 returning event_id", article_id);
    Ok(events.fetch_all(tx).await?.into_iter().flatten().collect())
}

/// Lets go of an event that is withdrawn, as what is left fits none and makes none.
pub(super) async fn detach(tx: &mut PgConnection, event_id: Uuid) -> Result<(), Error> {
    sqlx::query!("update mentions set event_id = null where event_id = $1", event_id).execute(tx).await?;
    Ok(())
}

/// The events that an article speaks of.
pub(super) async fn events_of(db: impl PgExecutor<'_>, article_id: Uuid) -> Result<Vec<Uuid>, Error> {
    let ids = sqlx::query_scalar!(
        r#"select event_id as "event_id!" from mentions where article_id = $1 and event_id is not null"#,
        article_id
    );
    Ok(ids.fetch_all(db).await?)
}

/// All that is said of an event.
pub(super) async fn of_event(db: impl PgExecutor<'_>, event_id: Uuid) -> Result<Vec<StoredMention>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, a.id as article_id, a.published_on as "published_on: _", a.published_at as "published_at: _",
                  m.role, m.kind, m.status, m.starts_on as "starts_on: _", m.ends_on as "ends_on: _", m."precision",
                  m.edtf, m.starts_at as "starts_at: _", m.date_pending, m.previous_dates as "previous_dates: _",
                  m.place_name, m.place_country, m.place_latitude, m.place_longitude,
                  m.participants as "participants: _",
                  (select coalesce(jsonb_agg(statement_json(s) order by s.position), '[]')
                   from statements s where s.mention_id = m.id) as "statements!: _"
           from mentions m join articles a on a.id = m.article_id
           where m.event_id = $1
           order by a.published_on, a.published_at, a.id, m.position"#,
        event_id
    );
    rows.fetch_all(db).await?.into_iter().map(Row::into_mention).collect()
}

/// The evidence of each of `events`: the earliest published first, then in the order of the text.
pub(super) async fn evidence(db: &mut PgConnection, events: &[Uuid]) -> Result<HashMap<Uuid, Vec<Evidence>>, Error> {
    let rows = sqlx::query!(
        r#"select m.event_id as "event_id!", a.id, a.published_on as "published_on: Day", a.title, a.source,
                  a.url, statement_json(s) as "statement!: Json<Statement>"
           from mentions m join articles a on a.id = m.article_id join statements s on s.mention_id = m.id
           where m.event_id = any ($1)
           order by a.published_on, a.published_at, a.id, s.sentence_start, s.position"#,
        events
    );
    let mut evidence: HashMap<Uuid, Vec<Evidence>> = HashMap::new();
    for row in rows.fetch_all(db).await? {
        evidence.entry(row.event_id).or_default().push(Evidence {
            article: Some(row.id),
            published_on: row.published_on.0,
            title: row.title,
            source: row.source,
            url: row.url,
            statement: row.statement.0,
        });
    }
    Ok(evidence)
}

struct Row {
    id: i64,
    article_id: Uuid,
    published_on: Day,
    published_at: Option<Instant>,
    role: String,
    kind: String,
    status: String,
    starts_on: Option<Day>,
    ends_on: Option<Day>,
    precision: Option<String>,
    edtf: Option<String>,
    starts_at: Option<Instant>,
    date_pending: bool,
    previous_dates: Json<Vec<PreviousDate>>,
    place_name: Option<String>,
    place_country: Option<String>,
    place_latitude: Option<f64>,
    place_longitude: Option<f64>,
    participants: Json<Vec<Participant>>,
    statements: Json<Vec<Statement>>,
}

impl Row {
    fn into_mention(self) -> Result<StoredMention, Error> {
        let id = self.id;
        let when = match (self.starts_on, self.ends_on, self.precision, self.edtf) {
            (Some(starts_on), Some(ends_on), Some(precision), Some(edtf)) => {
                let precision = parsed(&precision, "mentions", "precision", id)?;
                Some(WhenColumns { starts_on, ends_on, edtf, starts_at: self.starts_at }.with_precision(precision))
            }
            // The table lets a date be there in whole or not at all.
            _ => None,
        };
        Ok(StoredMention {
            article_id: self.article_id,
            published_on: self.published_on.0,
            published_at: self.published_at.map(|at| at.0),
            mention: Mention {
                role: parsed(&self.role, "mentions", "role", id)?,
                kind: parsed(&self.kind, "mentions", "kind", id)?,
                status: parsed(&self.status, "mentions", "status", id)?,
                when,
                date_pending: self.date_pending,
                previous_dates: self.previous_dates.0,
                place: place(self.place_name, self.place_country, self.place_latitude, self.place_longitude),
                participants: self.participants.0,
                statements: self.statements.0,
            },
        })
    }
}
