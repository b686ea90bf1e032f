//! Writes what is stored before a measurement, as ingesting the same articles would leave it.

use super::News;
use daybook::{
    event::Kind,
    extract::RULES_VERSION,
    store::words,
    timeline::{Content, Entry, EntryId, History, Order, Reach, Revision, build_histories, root},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Rows that one statement writes.
const BATCH: usize = 2_000;

/// Stores all articles of `news` and the events that they make; returns the number of events.
pub async fn fill(db: &mut PgConnection, news: News) -> usize {
    let (mut articles, mut entries) = (Vec::new(), Vec::new());
    for number in 0..news.events {
        let (article, extraction) = news.article(number);
        let id = Uuid::from_u128(u128::from(number) + 1);
        let hash = hex(&article.text);
        let order = |position| Order {
            published_on: article.published_on,
            published_at: None,
            source: article.source.clone(),
            text_hash: hash.clone(),
            url: article.url.clone(),
            position,
        };
        for (position, mention) in (0..).zip(extraction.mentions) {
            let entry = EntryId::Mention(i64::try_from(entries.len()).unwrap() + 1);
            let content = Content::Mention { article: id, mention };
            entries.push(Entry { id: entry, order: order(position), content });
        }
        articles.push(json!({
            "id": id, "text": article.text, "published_on": article.published_on, "url": article.url,
            "source": article.source, "text_hash": hash, "url_hash": hex(article.url.as_deref().unwrap()),
        }));
    }
    write(
        db,
        &articles,
        "insert into articles (id, text, published_on, url, source, language, text_hash, url_hash, created_at,
                               updated_at, rules_version)
         select id, text, published_on, url, source, 'en', decode(text_hash, 'hex'), decode(url_hash, 'hex'),
                now(), now(), $2
         from jsonb_to_recordset($1) row (id uuid, text text, published_on date, url text, source text,
                                          text_hash text, url_hash text)",
    )
    .await;

    let mut groups: BTreeMap<(Kind, BTreeSet<&str>), Vec<&Entry>> = BTreeMap::new();
    for entry in &entries {
        let mention = entry.mention().unwrap();
        let codes = mention.participants.iter().filter_map(|party| party.code.as_deref()).collect();
        groups.entry((mention.kind.family(), codes)).or_default().push(entry);
    }
    let mut rows = Rows::default();
    for group in groups.into_values() {
        rows.add(&build_histories(group, &BTreeSet::new(), &[]).unwrap());
    }
    write(
        db,
        &rows.events,
        "insert into events (id, revision, created_at, updated_at, touched_at, changed_in, gone, merged_into, merged_on,
                             confidence)
         select id, revision, now(), now(), now(), pg_current_xact_id(), gone, merged_into, merged_on, 0
         from jsonb_to_recordset($1) row (id uuid, revision integer, gone text, merged_into uuid, merged_on date)
         where $2 <> ''",
    )
    .await;
    let mentions: Vec<Value> = entries.iter().map(|entry| rows.mention(entry)).collect();
    write(
        db,
        &mentions,
        "insert into mentions (id, article_id, position, event_id, matched, published_on, rules_version, said, confidence,
                               search, reach_first, reach_last, reach_keys)
         overriding system value
         select id, article_id, position, event_id, matched, published_on, $2, said, 0.8, search, first, last, keys
         from jsonb_to_recordset($1) row (id bigint, article_id uuid, position integer, event_id uuid, matched text,
             published_on date, said jsonb, search text, first date, last date, keys bigint[])",
    )
    .await;
    write(
        db,
        &rows.states,
        "insert into states (event_id, number, by_mention, since, known_from, known_to, recorded_at, shown_from, changes,
                             state, kind, status, starts_on, ends_on, \"precision\", place_country, place_key,
                             party_keys, search, reach_first, reach_last, reach_keys)
         select event_id, number, by_mention, since, known_from, known_to, now(), case when shown then now() end, changes,
                state, state ->> 'kind', state ->> 'status', (state ->> 'starts_on')::date, (state ->> 'ends_on')::date,
                state ->> 'precision', state #>> '{place,country}', lower(state #>> '{place,name}'), parties, search,
                first, last, keys
         from jsonb_to_recordset($1) row (event_id uuid, number integer, by_mention bigint, since jsonb, known_from date,
             known_to date, shown boolean, changes jsonb, state jsonb, parties text[], search text, first date,
             last date, keys bigint[])
         where $2 <> ''",
    )
    .await;
    sqlx::raw_sql("select setval('mentions_id_seq', (select max(id) from mentions))").execute(&mut *db).await.unwrap();
    let confidence = "update events set confidence = event_confidence(id, null)";
    sqlx::raw_sql(confidence).execute(&mut *db).await.unwrap();
    sqlx::raw_sql("vacuum analyze").execute(db).await.unwrap();
    rows.events.len()
}

async fn write(db: &mut PgConnection, rows: &[Value], statement: &'static str) {
    for rows in rows.chunks(BATCH) {
        sqlx::query(statement).bind(Json(rows)).bind(RULES_VERSION).execute(&mut *db).await.unwrap();
    }
}

/// Rows as the statements take them.
#[derive(Default)]
struct Rows {
    events: Vec<Value>,
    states: Vec<Value>,
    /// The event that each mention joined, and the rule.
    homes: HashMap<EntryId, (Uuid, String)>,
}

impl Rows {
    fn add(&mut self, histories: &[History]) {
        let first = self.events.len();
        let id = |at: usize| Uuid::from_u128((1 << 100) + u128::try_from(first + at).unwrap());
        for (at, history) in histories.iter().enumerate() {
            for (entry, rule) in &history.entries {
                self.homes.insert(*entry, (id(at), rule.to_string()));
            }
            let merged = history.merge.as_ref();
            self.events.push(json!({
                "id": id(at), "revision": history.revisions.len(), "gone": merged.map(|_| "merged"),
                "merged_into": merged.map(|_| id(root(histories, at))),
                "merged_on": merged.map(|merge| merge.since.published_on),
            }));
            for (number, revision) in history.revisions.iter().enumerate() {
                let next = history.revisions.get(number + 1).map(|next| &next.since);
                let until = next.or(merged.map(|merge| &merge.since)).map(|since| since.published_on);
                self.states.push(state(id(at), number, revision, until, next.is_none() && merged.is_none()));
            }
        }
    }

    fn mention(&self, entry: &Entry) -> Value {
        let said = entry.mention().unwrap();
        let (event, matched) = self.homes.get(&entry.id).cloned().unzip();
        let reach = Reach::of_mention(said, entry.order.published_on);
        json!({
            "id": entry.id.mention(), "article_id": entry.article(), "position": entry.order.position,
            "event_id": event, "matched": matched, "published_on": entry.order.published_on, "said": said,
            "search": haystack(said.statements.iter().map(|statement| &*statement.sentence.text)),
            "first": reach.first, "last": reach.last, "keys": reach.keys(),
        })
    }
}

fn state(event: Uuid, number: usize, revision: &Revision, known_to: Option<Date>, is_shown: bool) -> Value {
    let state = &revision.state;
    let reach = Reach::of_state(state);
    let parties = || state.participants.iter().flat_map(|party| party.code.iter().chain([&party.name]));
    let names = [&state.title].into_iter().chain(parties()).chain(state.place.iter().map(|place| &place.name));
    json!({
        "event_id": event, "number": number + 1, "by_mention": revision.by.mention(), "since": revision.since,
        "known_from": revision.since.published_on, "known_to": known_to, "shown": is_shown,
        "changes": revision.changes, "state": state, "search": haystack(names.map(|name| &**name)),
        "parties": parties().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>(),
        "first": reach.first, "last": reach.last, "keys": reach.keys(),
    })
}

/// The words as the filter `q` compares them.
fn haystack<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let words: BTreeSet<String> = texts.flat_map(words).collect();
    words.into_iter().fold(" ".into(), |haystack, word| haystack + &word + " ")
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
