//! Which article is the same as one already held: by its address, else (where either has none) by source, day of
//! publication and text.

use super::{
    Error,
    time::{Day, as_stored},
};
use crate::{article::Article, timeline::Order};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// What an article is told by.
pub(super) struct Identity<'a> {
    pub(super) url_hash: Option<[u8; 32]>,
    pub(super) text_hash: [u8; 32],
    published_on: Date,
    source: Option<&'a str>,
}

/// An article that is held already.
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

    /// The place in the order of publication of what an article with this identity says first, as it is stored.
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

    /// Waits for transactions that store the same article now, and keeps others waiting until the transaction ends. Unique
    /// indexes cannot do this alone: the rule compares articles with an address to those without.
    pub(super) async fn lock(&self, tx: &mut PgConnection) -> Result<(), Error> {
        // Taken in order, so that two transactions never wait for each other.
        let mut keys = self.lock_keys();
        keys.sort_unstable();
        sqlx::query!("select pg_advisory_xact_lock(key) from unnest($1::bigint[]) key", &keys).execute(tx).await?;
        Ok(())
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

    /// The article that is the same as this one, the eldest where there are several.
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

fn first_eight(hash: &[u8]) -> i64 {
    hash.iter().take(8).fold(0, |key, byte| key << 8 | i64::from(*byte))
}
