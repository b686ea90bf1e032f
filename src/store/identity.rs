//! The identity of articles: two are the same if their URLs are, or, if either has no URL, if
//! source, publication date and text are.

use super::{
    Error,
    time::{Day, as_stored},
};
use crate::{article::Article, timeline::Order};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The properties that identify an article.
pub(super) struct Identity<'a> {
    pub(super) url_hash: Option<[u8; 32]>,
    pub(super) text_hash: [u8; 32],
    published_on: Date,
    source: Option<&'a str>,
}

/// An article that is stored.
pub(super) struct Known {
    pub(super) id: Uuid,
    pub(super) same_text: bool,
}

impl<'a> Identity<'a> {
    pub(super) fn of(article: &'a Article) -> Self {
        Self {
            url_hash: article.url.as_ref().map(|url| Sha256::digest(url).into()),
            text_hash: Sha256::digest(&article.text).into(),
            published_on: article.published_on,
            source: article.source.as_deref(),
        }
    }

    /// Returns the position in the order of publication of the first mention of an article with
    /// this identity.
    pub(super) fn order(&self, article: &Article) -> Order {
        Order {
            published_on: article.published_on,
            published_at: article.published_at.map(as_stored),
            source: article.source.clone(),
            text_hash: self.text_hash.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")),
            url: article.url.clone(),
            position: 0,
        }
    }

    fn lock_keys(&self) -> Vec<i64> {
        let by_text = Sha256::new()
            .chain_update(self.text_hash)
            .chain_update(self.published_on.to_string())
            .chain_update(self.source.unwrap_or_default())
            .finalize();
        let by_url = self.url_hash.iter().map(|hash| first_eight(hash));
        by_url.chain([first_eight(&by_text)]).collect()
    }

    /// Returns the same article, the oldest if there are several.
    pub(super) async fn find(&self, tx: &mut PgConnection) -> Result<Option<Known>, Error> {
        let known = sqlx::query_as!(
            Known,
            r#"select id, text_hash = $2 as "same_text!"
               from articles
               where url_hash = $1
                  or text_hash = $2 and published_on = $3 and source is not distinct from $4
                     and (url_hash is null or $1 is null)
               order by (url_hash = $1) is true desc, id
               limit 1
               for update"#,
            self.url_hash.as_ref().map(<[u8; 32]>::as_slice),
            self.text_hash.as_slice(),
            Day(self.published_on) as _,
            self.source,
        );
        Ok(known.fetch_optional(tx).await?)
    }
}

/// Waits for transactions that are storing one of these articles, and makes others wait until this
/// transaction ends. Unique indexes do not suffice: the rule compares articles with a URL to
/// those without.
pub(super) async fn lock(tx: &mut PgConnection, identities: &[Identity<'_>]) -> Result<(), Error> {
    // Locked in order, so that no two transactions wait for each other.
    let keys: BTreeSet<i64> = identities.iter().flat_map(Identity::lock_keys).collect();
    let keys: Vec<i64> = keys.into_iter().collect();
    sqlx::query!("select pg_advisory_xact_lock(key) from unnest($1::bigint[]) key", &keys).execute(tx).await?;
    Ok(())
}

fn first_eight(hash: &[u8]) -> i64 {
    hash.iter().take(8).fold(0, |key, byte| key << 8 | i64::from(*byte))
}
