//! The evidence of events, and its summaries for lists.

use super::{Error, time::Day};
use crate::event::{Evidence, EvidenceArticle, Mention, Role, Statement};
use jiff::civil::Date;
use sqlx::{PgConnection, types::Json};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};
use uuid::Uuid;

/// A summary of the evidence of an event, for lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Brief {
    /// The number of articles that are evidence.
    pub(super) article_count: usize,
    /// The evidence sentence with the highest confidence.
    pub(super) headline: Option<String>,
}

impl Brief {
    /// Returns the summary of this evidence.
    pub(super) fn of(evidence: &[Evidence]) -> Self {
        let articles: HashSet<Uuid> = evidence.iter().map(|evidence| evidence.article.id).collect();
        let announcing = evidence.iter().filter(|evidence| evidence.statement.role == Role::Announces);
        let best = announcing.max_by_key(|evidence| {
            let Statement { confidence, sentence, .. } = &evidence.statement;
            (*confidence, Reverse(evidence.article.published_on), Reverse(&sentence.text))
        });
        let headline = best.map(|evidence| evidence.statement.sentence.text.clone());
        Self { article_count: articles.len(), headline }
    }
}

/// Returns the summary of each event's evidence, of that published by a date or of all. `roots`
/// maps each merged event, and the event itself, to the event.
pub(super) async fn briefs_of(
    tx: &mut PgConnection,
    roots: &HashMap<Uuid, Uuid>,
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, Brief>, Error> {
    let (parts, roots): (Vec<Uuid>, Vec<Uuid>) = roots.iter().unzip();
    let rows = sqlx::query!(
        r#"select tree.root as "root!", count(distinct m.article_id) as "articles!",
                  (array_agg(best.sentence order by best.confidence desc nulls last, m.published_on,
                                                      best.sentence collate "C")
                       filter (where best.sentence is not null))[1] as headline
           from unnest($1::uuid[], $2::uuid[]) tree (part, root) join mentions m on m.event_id = tree.part
               left join lateral (
                   select s.statement #>> '{sentence,text}' as sentence,
                          (s.statement ->> 'confidence')::double precision as confidence
                   from jsonb_array_elements(m.said -> 'statements') s (statement)
                   where s.statement ->> 'role' = 'announces'
                   order by (s.statement ->> 'confidence')::double precision desc nulls last,
                            (s.statement #>> '{sentence,text}') collate "C"
                   limit 1) best on true
           where not m.is_rejected and ($3::date is null or m.published_on <= $3)
           group by tree.root"#,
        &parts,
        &roots,
        as_of.map(Day) as _,
    );
    let rows = rows.fetch_all(tx).await?.into_iter().map(|row| {
        let article_count = usize::try_from(row.articles).unwrap_or_default();
        (row.root, Brief { article_count, headline: row.headline })
    });
    Ok(rows.collect())
}

/// Returns the evidence of each event, published by a date or all: the earliest published first,
/// then in the order of the text. `roots` is as in [`briefs_of`].
pub(super) async fn of_events(
    tx: &mut PgConnection,
    roots: &HashMap<Uuid, Uuid>,
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, Vec<Evidence>>, Error> {
    let parts: Vec<Uuid> = roots.keys().copied().collect();
    let rows = sqlx::query!(
        r#"select m.event_id as "event_id!", a.id, a.published_on as "published_on: Day", a.title, a.source, a.url,
                  m.said as "said: Json<Mention>", m.matched as "matched!"
           from mentions m join articles a on a.id = m.article_id
           where m.event_id = any ($1) and not m.is_rejected and ($2::date is null or m.published_on <= $2)
           order by a.published_on, a.published_at nulls first, a.source collate "C" nulls first, a.text_hash,
                    a.url collate "C" nulls first, m.position"#,
        &parts,
        as_of.map(Day) as _,
    );
    let mut evidence: HashMap<Uuid, Vec<Evidence>> = HashMap::new();
    for row in rows.fetch_all(tx).await? {
        let root = roots.get(&row.event_id).copied().unwrap_or(row.event_id);
        let of_event = evidence.entry(root).or_default();
        of_event.extend(row.said.0.statements.into_iter().map(|statement| Evidence {
            article: EvidenceArticle {
                id: row.id,
                title: row.title.clone(),
                url: row.url.clone(),
                source: row.source.clone(),
                published_on: row.published_on.0,
            },
            matched: row.matched.clone(),
            statement,
        }));
    }
    Ok(evidence)
}
