//! What people made, as lines of an export: corrections and dismissals, saved timelines, feeds and webhooks. An entry is named by
//! its article, because its number is another in each database.

use super::{
    Error, Restored, Store,
    correct::said_of,
    corrections,
    entries::Touched,
    locks::Locks,
    refold::refold,
    review::{self, Dismissed, ReviewReason},
    time::{Day, Instant},
};
use crate::timeline::{Correction, EntryId, Reach};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;
use uuid::Uuid;

/// A line of an export that is neither an article nor an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schema(as = ExportRecord)]
pub enum Record {
    /// A correction.
    Correction {
        /// The id.
        id: Uuid,
        /// The author.
        author: String,
        /// The reason.
        reason: String,
        /// When it was made.
        #[schema(value_type = String, format = DateTime)]
        made_at: Timestamp,
        /// What it changes, with the entries of the event by their articles.
        #[schema(value_type = Value)]
        action: Value,
    },
    /// A dismissal in the review queue.
    Dismissal {
        /// The author.
        author: String,
        /// The reason for the dismissal.
        reason: String,
        /// When it was dismissed.
        #[schema(value_type = String, format = DateTime)]
        dismissed_at: Timestamp,
        /// Why the item was listed.
        item: ReviewReason,
        /// The first entry of each event that the item is about.
        #[schema(value_type = Vec<Value>)]
        events: Vec<Value>,
        /// The article that the item is about.
        #[schema(value_type = Option<Value>)]
        article: Option<Value>,
        /// The disputed fields.
        fields: Vec<String>,
    },
    /// A saved timeline. A private one gets a new token when it is loaded.
    Timeline {
        /// The name in the URL.
        slug: String,
        /// The title.
        title: String,
        /// The description.
        description: Option<String>,
        /// Whether it is private.
        private: bool,
        /// The parameters of the selection.
        #[schema(value_type = Value)]
        filters: Map<String, Value>,
    },
    /// A feed.
    Feed {
        /// The URL.
        url: String,
        /// The publisher of its articles.
        source: Option<String>,
        /// The seconds between two requests.
        every: Option<u32>,
        /// Whether it is polled.
        enabled: bool,
    },
    /// A webhook. It gets a new secret when it is loaded.
    Webhook {
        /// The URL of the receiver.
        url: String,
        /// The description.
        description: Option<String>,
        /// The parameters of the selection.
        #[schema(value_type = Value)]
        filters: Map<String, Value>,
        /// Whether changes are delivered.
        enabled: bool,
    },
}

/// An article by its content, with the position of a mention in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    url: Option<String>,
    source: Option<String>,
    published_on: Date,
    /// The SHA-256 of the text.
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<i32>,
}

impl Store {
    /// All corrections, the oldest first, and the dismissals that hold.
    pub async fn every_correction(&self, today: Date) -> Result<Vec<Record>, Error> {
        let mut tx = self.heavy.begin_with("begin isolation level repeatable read read only").await?;
        let rows = sqlx::query!(
            r#"select id, author, reason, made_at as "made_at: Instant", action as "action: Json<Value>"
               from corrections order by made_at, id"#
        );
        let rows = rows.fetch_all(&mut *tx).await?;
        let mut mentions = Vec::new();
        for row in &rows {
            collect(&row.action.0, &mut mentions);
        }
        let places = places(&mut tx, &mentions).await?;
        let portable = |value: Value| mapped(value, &|id: &Value| Some(json!(places.get(&id.as_i64()?)?)));
        let mut records: Vec<Record> = Vec::new();
        for row in rows {
            // One whose entries were all deleted corrects nothing.
            let Some(action) = portable(row.action.0) else { continue };
            let (id, author, reason, made_at) = (row.id, row.author, row.reason, row.made_at.0);
            records.push(Record::Correction { id, author, reason, made_at, action });
        }
        records.extend(dismissals(&mut tx, today).await?);
        Ok(records)
    }

    /// Makes a correction that was exported, as if it had been made here at its time.
    pub(super) async fn make_again(
        &self,
        id: Uuid,
        (author, reason): (&str, &str),
        made_at: Timestamp,
        action: Value,
        now: Timestamp,
    ) -> Result<Restored, Error> {
        let mut locks = Locks::default();
        loop {
            let mut tx = self.begin_writing().await?;
            let Some((action, touched)) = resolved(&mut tx, &action).await? else {
                return Ok(Restored::WithoutArticles);
            };
            let Ok(correction) = serde_json::from_value::<Correction>(action) else { return Ok(Restored::Unknown) };
            if let Correction::Create { state } = &correction {
                locks.add(Reach::of_state(state).shared_keys());
            }
            locks.take(&mut tx).await?;
            if corrections::is_made(&mut tx, id, &correction, author, reason).await?.is_some() {
                return Ok(Restored::Unchanged);
            }
            let events: Vec<Uuid> = touched.events.iter().copied().collect();
            corrections::insert(&mut tx, id, &correction, &events, author, reason, made_at).await?;
            let touched = Touched { corrections: [id].into(), ..touched };
            let since = corrections::order(id, made_at, author.to_owned());
            if refold(&mut tx, touched, &since, &mut locks, now).await? {
                tx.commit().await?;
                return Ok(Restored::Corrected);
            }
            tx.rollback().await?;
        }
    }

    /// Dismisses an item that was dismissed where it was exported, whether or not it would be listed today.
    pub(super) async fn dismiss_again(
        &self,
        (author, reason): (&str, &str),
        (item, events, article, fields): (ReviewReason, Vec<Value>, Option<Value>, Vec<String>),
        dismissed_at: Timestamp,
    ) -> Result<Restored, Error> {
        let mut tx = self.begin_writing().await?;
        let mut about = BTreeSet::new();
        for event in &events {
            let Some((_, touched)) = resolved(&mut tx, event).await? else { return Ok(Restored::WithoutArticles) };
            about.extend(touched.events);
        }
        let article = match article {
            Some(place) => match article_at(&mut tx, &place).await? {
                Some(id) => Some(id),
                None => return Ok(Restored::WithoutArticles),
            },
            None => None,
        };
        let events = about.into_iter().collect();
        let (author, reason) = (author.to_owned(), reason.to_owned());
        let dismissed = Dismissed { item, events, article, fields, author, reason, at: dismissed_at };
        let is_new = review::dismiss_again(&mut tx, &dismissed).await?;
        tx.commit().await?;
        Ok(if is_new { Restored::Corrected } else { Restored::Unchanged })
    }
}

async fn dismissals(tx: &mut PgConnection, today: Date) -> Result<Vec<Record>, Error> {
    let mut records = Vec::new();
    for dismissed in review::dismissed(&mut *tx, today).await? {
        let mut events = Vec::new();
        for event in dismissed.events {
            let first = said_of(&mut *tx, event).await?.first().map(|entry| entry.id);
            events.extend(match first {
                Some(EntryId::Mention(id)) => {
                    places(&mut *tx, &[id]).await?.remove(&id).map(|place| json!({ "mention": place }))
                }
                Some(EntryId::Correction(id)) => Some(json!({ "correction": id })),
                None => None,
            });
        }
        let article = match dismissed.article {
            Some(article) => Some(json!(place_of(&mut *tx, article).await?)),
            None => None,
        };
        let Dismissed { item, fields, author, reason, at: dismissed_at, .. } = dismissed;
        records.push(Record::Dismissal { author, reason, dismissed_at, item, events, article, fields });
    }
    // Ids differ between databases, so those of one moment are in the order of their content.
    records.sort_by_cached_key(|record| json!(record).to_string());
    Ok(records)
}

/// The numbers of the mentions in an action.
fn collect(value: &Value, found: &mut Vec<i64>) {
    match value {
        Value::Object(object) => match object.get("mention").and_then(Value::as_i64) {
            Some(id) => found.push(id),
            None => object.values().for_each(|value| collect(value, found)),
        },
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// An action with its mentions replaced. What cannot be replaced is omitted from arrays; elsewhere nothing is left of the action.
fn mapped(value: Value, replace: &impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    Some(match value {
        Value::Object(object) => {
            if let Some(mention) = object.get("mention").filter(|_| object.len() == 1) {
                return Some(json!({ "mention": replace(mention)? }));
            }
            let fields = object.into_iter().map(|(name, value)| Some((name, mapped(value, replace)?)));
            Value::Object(fields.collect::<Option<Map<String, Value>>>()?)
        }
        Value::Array(values) => values.into_iter().filter_map(|value| mapped(value, replace)).collect(),
        other => other,
    })
}

/// Where mentions are.
async fn places(tx: &mut PgConnection, mentions: &[i64]) -> Result<HashMap<i64, Place>, Error> {
    let rows = sqlx::query!(
        r#"select m.id, a.url, a.source, a.published_on as "published_on: Day", encode(a.text_hash, 'hex') as "text!", m.position
           from mentions m join articles a on a.id = m.article_id where m.id = any ($1)"#,
        mentions,
    );
    let place = |url, source, on: Day, text, position| Place { url, source, published_on: on.0, text, position };
    let rows = rows.fetch_all(tx).await?.into_iter();
    Ok(rows.map(|row| (row.id, place(row.url, row.source, row.published_on, row.text, Some(row.position)))).collect())
}

async fn place_of(tx: &mut PgConnection, article: Uuid) -> Result<Place, Error> {
    let row = sqlx::query!(
        r#"select url, source, published_on as "published_on: Day", encode(text_hash, 'hex') as "text!"
           from articles where id = $1"#,
        article,
    );
    let row = row.fetch_one(tx).await?;
    let published_on = row.published_on.0;
    Ok(Place { url: row.url, source: row.source, published_on, text: row.text, position: None })
}

async fn article_at(tx: &mut PgConnection, place: &Value) -> Result<Option<Uuid>, Error> {
    let Ok(place) = Place::deserialize(place) else { return Ok(None) };
    let found = sqlx::query_scalar!(
        "select id from articles
         where text_hash = decode($1, 'hex') and published_on = $2 and source is not distinct from $3
           and url is not distinct from $4",
        place.text,
        Day(place.published_on) as _,
        place.source,
        place.url,
    );
    Ok(found.fetch_optional(tx).await?)
}

/// An action with the mentions as they are numbered here, and the events that these belong to; none where one is not here.
async fn resolved(tx: &mut PgConnection, action: &Value) -> Result<Option<(Value, Touched)>, Error> {
    let (mut wanted, mut made) = (Vec::new(), Vec::new());
    named(action, &mut wanted, &mut made);
    let (mut here, mut touched) = (Vec::new(), Touched::default());
    for place in wanted {
        let Some(article) = article_at(&mut *tx, &place).await? else { return Ok(None) };
        let position = place["position"].as_i64().and_then(|position| i32::try_from(position).ok());
        let row = sqlx::query!(
            r#"select id, root_of(event_id) as event from mentions where article_id = $1 and position = $2"#,
            article,
            position,
        );
        let Some(row) = row.fetch_optional(&mut *tx).await? else { return Ok(None) };
        touched.add(row.id, row.event);
        here.push((place, row.id));
    }
    let events = sqlx::query_scalar!(
        r#"select distinct root_of(event_id) as "event!" from corrections where id = any ($1) and event_id is not null"#,
        &made,
    );
    touched.events.extend(events.fetch_all(tx).await?);
    let number = |place: &Value| here.iter().find(|(known, _)| known == place).map(|(_, id)| json!(id));
    Ok(mapped(action.clone(), &number).map(|action| (action, touched)))
}

/// The places of mentions in an exported action, and the ids of corrections.
fn named(value: &Value, mentions: &mut Vec<Value>, corrections: &mut Vec<Uuid>) {
    match value {
        Value::Object(object) if object.len() == 1 && object.contains_key("mention") => {
            mentions.push(object["mention"].clone());
        }
        Value::Object(object) if object.len() == 1 && object.contains_key("correction") => {
            corrections.extend(object["correction"].as_str().and_then(|id| id.parse::<Uuid>().ok()));
        }
        Value::Object(object) => object.values().for_each(|value| named(value, mentions, corrections)),
        Value::Array(values) => values.iter().for_each(|value| named(value, mentions, corrections)),
        _ => {}
    }
}
