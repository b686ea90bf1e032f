//! Writes what is stored before a measurement, as storing the same articles would leave it;
//! `is_consistent` checks that.

use super::News;
use daybook::{
    event::{EventState, Kind, PartyCode},
    extract::RULES_VERSION,
    store::{Store, Verified, words},
    timeline::{Content, Entry, EntryId, History, Order, Reach, build_histories, root},
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgConnection};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write,
};
use uuid::Uuid;

/// The number of bytes that are sent at a time.
const PIECE: usize = 4 << 20;

/// The years between two eras: their dates do not overlap, and they have the same leap years.
const ERA: u32 = 4;

/// The indexes that no constraint needs, created after the rows.
const INDEXES: &str = "
    select indexname::text, indexdef from pg_indexes
    where schemaname = 'public' and tablename in ('articles', 'events', 'mentions', 'states')
      and not exists (select from pg_constraint where conindid = indexname::regclass)";

/// Stores all articles of `news` and their events, repeated once for each era, each four years
/// before the next; returns the number of events.
pub async fn fill(db: &mut PgConnection, news: News, eras: u32) -> usize {
    // Triggers would check and report consistent data.
    let prepare = "set session_replication_role = replica; set maintenance_work_mem = '512MB'";
    sqlx::raw_sql(prepare).execute(&mut *db).await.unwrap();
    let indexes: Vec<(String, String)> = sqlx::query_as(INDEXES).fetch_all(&mut *db).await.unwrap();
    for (name, _) in &indexes {
        sqlx::raw_sql(AssertSqlSafe(format!("drop index {name}"))).execute(&mut *db).await.unwrap();
    }
    let said = Said::of(news);
    for era in 0..eras {
        let rows = Era { number: era, said: &said };
        copy(
            db,
            "articles (id, text, published_on, url, source, language, text_hash, url_hash, created_at, updated_at, \
                  rules_version)",
            rows.articles(),
        )
        .await;
        copy(
            db,
            "events (id, revision, created_at, updated_at, touched_at, changed_in, gone, merged_into, merged_on, \
                  confidence, articles, sources, words)",
            rows.events(),
        )
        .await;
        copy(
            db,
            "mentions (id, article_id, position, event_id, matched, published_on, rules_version, said, confidence, \
                  search, reach_first, reach_last, reach_keys)",
            rows.mentions(),
        )
        .await;
        copy(db, "states (event_id, number, by_mention, since, known_from, known_to, recorded_at, shown_from, changes, \
                  state, kind, status, starts_on, ends_on, \"precision\", place_country, place_key, party_keys, search, \
                  reach_first, reach_last, reach_keys)", rows.states()).await;
    }
    for (_, definition) in indexes {
        sqlx::raw_sql(AssertSqlSafe(definition)).execute(&mut *db).await.unwrap();
    }
    let end = "select setval('mentions_id_seq', (select max(id) from mentions)); reset session_replication_role; \
               select count_anew()";
    sqlx::raw_sql(end).execute(&mut *db).await.unwrap();
    sqlx::raw_sql("vacuum analyze").execute(db).await.unwrap();
    said.events.len() * eras as usize
}

/// Returns whether the first events are stored as folding their articles yields them.
pub async fn is_consistent(store: &Store, events: u32) -> bool {
    let verified = store.verify(Verified::default(), events, Timestamp::UNIX_EPOCH).await.unwrap();
    let differences = verified.map(|(_, _, differences)| differences).unwrap_or_default();
    for difference in differences.iter().take(3) {
        eprintln!("{difference:?}");
    }
    differences.is_empty()
}

async fn copy(db: &mut PgConnection, table: &str, rows: impl Iterator<Item = String>) {
    let mut copy = db.copy_in_raw(&format!("copy {table} from stdin")).await.unwrap();
    let mut piece = String::new();
    for row in rows {
        piece.push_str(&row);
        piece.push('\n');
        if piece.len() > PIECE {
            copy.send(std::mem::take(&mut piece).into_bytes()).await.unwrap();
        }
    }
    copy.send(piece.into_bytes()).await.unwrap();
    copy.finish().await.unwrap();
}

/// Returns the fold of the articles of the last era.
struct Said {
    articles: Vec<(Uuid, daybook::article::Article)>,
    entries: Vec<Entry>,
    histories: Vec<History>,
    /// Maps each history to the index of its event.
    roots: Vec<usize>,
    events: Vec<Derived>,
    homes: HashMap<EntryId, (usize, String)>,
}

/// Returns what an event stores about its evidence.
#[derive(Default)]
struct Derived {
    articles: BTreeSet<Uuid>,
    announced_by: BTreeSet<String>,
    sources: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Said {
    fn of(news: News) -> Self {
        let (mut articles, mut entries) = (Vec::new(), Vec::new());
        for number in 0..news.events {
            let (article, extraction) = news.article(number);
            let id = Uuid::from_u128(u128::from(number) + 1);
            let order = |position| Order {
                published_on: article.published_on,
                published_at: None,
                source: article.source.clone(),
                text_hash: hex(&article.text),
                url: article.url.clone(),
                position,
            };
            for (position, mention) in (0..).zip(extraction.mentions) {
                let entry = EntryId::Mention(i64::try_from(entries.len()).unwrap() + 1);
                let content = Content::Mention { article: id, mention };
                entries.push(Entry { id: entry, order: order(position), content });
            }
            articles.push((id, article));
        }
        let mut groups: BTreeMap<(Kind, BTreeSet<&str>), Vec<&Entry>> = BTreeMap::new();
        for entry in &entries {
            let mention = entry.mention().unwrap();
            let codes = mention.participants.iter().filter_map(|party| party.code.as_deref()).collect();
            groups.entry((mention.kind.family(), codes)).or_default().push(entry);
        }
        let (mut histories, mut roots) = (Vec::new(), Vec::new());
        for group in groups.into_values() {
            let built = build_histories(group, &BTreeSet::new(), &[]).unwrap();
            roots.extend((0..built.len()).map(|at| histories.len() + root(&built, at)));
            histories.extend(built);
        }
        let mut said = Self { articles, entries, histories, roots, events: Vec::new(), homes: HashMap::new() };
        said.derive();
        said
    }

    fn derive(&mut self) {
        for (at, history) in self.histories.iter().enumerate() {
            self.homes.extend(history.entries.iter().map(|(entry, rule)| (*entry, (at, rule.to_string()))));
        }
        self.events.resize_with(self.histories.len(), Derived::default);
        for entry in &self.entries {
            let Some((at, _)) = self.homes.get(&entry.id) else { continue };
            let mention = entry.mention().unwrap();
            for event in BTreeSet::from([*at, self.roots[*at]]) {
                let derived = &mut self.events[event];
                let source = entry.order.source.as_ref().unwrap().to_lowercase();
                derived.articles.insert(entry.article().unwrap());
                derived.words.extend(mention.statements.iter().flat_map(|said| words(&said.sentence.text)));
                derived.announced_by.extend(mention.confidence().map(|_| source.clone()));
                derived.sources.insert(source);
            }
        }
        for (at, history) in self.histories.iter().enumerate().filter(|(_, history)| history.merge.is_none()) {
            self.events[at].words.extend(names(&history.revisions.last().unwrap().state));
        }
    }
}

/// Returns it in another era.
struct Era<'a> {
    number: u32,
    said: &'a Said,
}

impl Era<'_> {
    fn articles(&self) -> impl Iterator<Item = String> {
        self.said.articles.iter().map(|(id, article)| {
            let url = self.moved(article.url.as_deref().unwrap());
            row(&[
                &self.id(*id),
                &article.text,
                &self.day(article.published_on),
                &url,
                article.source.as_ref().unwrap(),
                "en",
                &format!("\\x{}", hex(&article.text)),
                &format!("\\x{}", hex(&url)),
                "now",
                "now",
                RULES_VERSION,
            ])
        })
    }

    fn events(&self) -> impl Iterator<Item = String> {
        self.said.histories.iter().enumerate().map(|(at, history)| {
            let Derived { articles, announced_by, sources, words } = &self.said.events[at];
            let missed = (0..announced_by.len()).fold(1.0, |missed, _| missed * 0.2);
            let confidence = if announced_by.is_empty() { 0.0 } else { f64::min(1.0 - missed, 0.99) };
            let merge = history.merge.as_ref();
            row(&[
                &self.event(at),
                &history.revisions.len().to_string(),
                "now",
                "now",
                "now",
                "3",
                merge.map_or("\\N", |_| "merged"),
                &merge.map_or("\\N".into(), |_| self.event(self.said.roots[at])),
                &merge.map_or("\\N".into(), |merge| self.day(merge.since.published_on)),
                &format!("{confidence:.2}"),
                &articles.len().to_string(),
                &array(sources),
                &array(words),
            ])
        })
    }

    fn mentions(&self) -> impl Iterator<Item = String> {
        self.said.entries.iter().map(|entry| {
            let said = self.moved(&serde_json::to_string(entry.mention().unwrap()).unwrap());
            let mention = serde_json::from_str(&said).unwrap();
            let published_on = self.day(entry.order.published_on);
            let reach = Reach::of_mention(&mention, published_on.parse().unwrap());
            let home = self.said.homes.get(&entry.id);
            row(&[
                &self.mention(entry.id),
                &self.id(entry.article().unwrap()),
                &entry.order.position.to_string(),
                &home.map_or("\\N".into(), |(at, _)| self.event(*at)),
                home.map_or("\\N", |(_, rule)| rule),
                &published_on,
                RULES_VERSION,
                &said,
                &mention.confidence().map_or("\\N".into(), |confidence| confidence.value().to_string()),
                &haystack(mention.statements.iter().flat_map(|said| words(&said.sentence.text)).collect()),
                &reach.first.to_string(),
                &reach.last.to_string(),
                &array(reach.keys()),
            ])
        })
    }

    fn states(&self) -> impl Iterator<Item = String> {
        self.said.histories.iter().enumerate().flat_map(move |(at, history)| {
            let merge = history.merge.as_ref().map(|merge| &merge.since);
            history.revisions.iter().enumerate().map(move |(number, revision)| {
                let next = history.revisions.get(number + 1).map(|next| &next.since);
                let until = next.or(merge).map(|since| self.day(since.published_on));
                let state = self.moved(&serde_json::to_string(&revision.state).unwrap());
                let parsed: EventState = serde_json::from_str(&state).unwrap();
                let reach = Reach::of_state(&parsed);
                let place = parsed.place.as_ref();
                row(&[
                    &self.event(at),
                    &(number + 1).to_string(),
                    &self.mention(revision.by),
                    &self.moved(&serde_json::to_string(&revision.since).unwrap()),
                    &self.day(revision.since.published_on),
                    until.as_deref().unwrap_or("\\N"),
                    "now",
                    if next.is_none() && merge.is_none() { "now" } else { "\\N" },
                    &self.moved(&serde_json::to_string(&revision.changes).unwrap()),
                    &state,
                    &parsed.kind.to_string(),
                    &parsed.status.to_string(),
                    &parsed.when.starts_on.to_string(),
                    &parsed.when.ends_on.to_string(),
                    &parsed.when.precision.to_string(),
                    place.and_then(|place| place.country.as_deref()).unwrap_or("\\N"),
                    &place.map_or("\\N".into(), |place| place.name.to_lowercase()),
                    &array(party_keys(&parsed)),
                    &haystack(names(&parsed)),
                    &reach.first.to_string(),
                    &reach.last.to_string(),
                    &array(reach.keys()),
                ])
            })
        })
    }

    fn id(&self, id: Uuid) -> String {
        Uuid::from_u128(id.as_u128() + (u128::from(self.number) << 64)).to_string()
    }

    fn event(&self, at: usize) -> String {
        self.id(Uuid::from_u128((1 << 100) + u128::try_from(at).unwrap()))
    }

    fn mention(&self, id: EntryId) -> String {
        let of_an_era = i64::try_from(self.said.entries.len()).unwrap();
        (id.mention().unwrap() + i64::from(self.number) * of_an_era).to_string()
    }

    fn day(&self, day: Date) -> String {
        self.moved(&format!("\"{day}")).split_off(1)
    }

    /// Returns a text with the years and URLs of this era.
    fn moved(&self, text: &str) -> String {
        let mut moved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("202") {
            let is_date = rest[..at].ends_with(['"', '/']) && rest.as_bytes().get(at + 4) == Some(&b'-');
            moved.push_str(&rest[..at]);
            if is_date {
                let year: u32 = rest[at..at + 4].parse().unwrap();
                write!(moved, "{}", year - ERA * self.number).unwrap();
                rest = &rest[at + 4..];
            } else {
                moved.push_str("202");
                rest = &rest[at + 3..];
            }
        }
        moved.push_str(rest);
        moved.replace("news.example", &format!("news-{}.example", self.number))
    }
}

/// A row in the format of `copy`; `\N` is null, and `\x` starts bytes.
fn row(values: &[&str]) -> String {
    let escaped = |value: &&str| {
        if *value == "\\N" {
            (*value).to_owned()
        } else {
            value.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n")
        }
    };
    values.iter().map(escaped).collect::<Vec<_>>().join("\t")
}

fn array<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<String> = values.into_iter().map(|value| Value::from(value.to_string()).to_string()).collect();
    format!("{{{}}}", quoted.join(","))
}

fn party_keys(state: &EventState) -> BTreeSet<String> {
    let codes = state.participants.iter().filter_map(|party| {
        party.code.as_deref().map(|code| PartyCode { kind: party.kind, code }.key().to_lowercase())
    });
    codes.chain(state.participants.iter().map(|party| party.name.to_lowercase())).collect()
}

/// Returns the words of title, participants and place.
fn names(state: &EventState) -> BTreeSet<String> {
    let parties = state.participants.iter().flat_map(|party| party.code.iter().chain([&party.name]));
    let place = state.place.iter().map(|place| &place.name);
    [&state.title].into_iter().chain(parties).chain(place).flat_map(|name| words(name)).collect()
}

/// Returns the words as the filter `q` compares them.
fn haystack(words: BTreeSet<String>) -> String {
    words.into_iter().fold(" ".into(), |haystack, word| haystack + &word + " ")
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
