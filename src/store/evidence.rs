//! Evidence: the sentences that events stand on, and how many articles speak of each.

use super::{Error, time::Day};
use crate::event::{Evidence, Mention};
use jiff::civil::Date;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// How many articles published by a day, or of all, speak of each event. `roots` names for each of its parts, and for the
/// event itself, the event.
pub(super) async fn articles_of(
    tx: &mut PgConnection,
    roots: &HashMap<Uuid, Uuid>,
    as_of: Option<Date>,
) -> Result<HashMap<Uuid, usize>, Error> {
    let (parts, roots): (Vec<Uuid>, Vec<Uuid>) = roots.iter().unzip();
    let rows = sqlx::query!(
        r#"select tree.root as "root!", count(distinct m.article_id) as "articles!"
           from unnest($1::uuid[], $2::uuid[]) tree (part, root) join mentions m on m.event_id = tree.part
           where not m.is_rejected and ($3::date is null or m.published_on <= $3)
           group by tree.root"#,
        &parts,
        &roots,
        as_of.map(Day) as _,
    );
    let count = |articles: i64| usize::try_from(articles).unwrap_or_default();
    Ok(rows.fetch_all(tx).await?.into_iter().map(|row| (row.root, count(row.articles))).collect())
}

/// The evidence of each event that was published by a day, or all: the earliest published first, then in the order of the
/// text. `roots` as in `articles_of`.
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
            article: Some(row.id),
            published_on: row.published_on.0,
            title: row.title.clone(),
            source: row.source.clone(),
            url: row.url.clone(),
            matched: Some(row.matched.clone()),
            statement,
        }));
    }
    Ok(evidence)
}
