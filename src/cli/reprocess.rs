//! `daybook reprocess`: re-extracts the stored articles that an earlier version of the rules or models has read, while the
//! service runs. Progress is stored per article, so that an interrupted run resumes.

use super::{Place, articles::date, postgresql::PostgreSql};
use daybook::{
    article::Article,
    extract::Extractor,
    store::{Store, StoredArticle},
};
use jiff::civil::Date;
use std::{error::Error, sync::Arc};
use tokio::task::JoinSet;

/// How many articles are processed concurrently: enough to keep the database busy, few enough not to slow down requests.
const BATCH: u32 = 8;

/// The articles to re-extract.
#[derive(clap::Args, Debug)]
pub struct Reprocess {
    /// Only articles published on or after this date, such as 2022-01-31
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    #[command(flatten)]
    place: Place,
}

/// Re-extracts them, and prints how many there were and how many changed.
pub async fn run(command: &Reprocess) -> Result<(), Box<dyn Error>> {
    let database = PostgreSql::open(&command.place.database, &command.place.data_dir).await?;
    let outcome = re_extract(&database.store, command.since).await;
    database.stop().await;
    outcome
}

async fn re_extract(store: &Store, since: Option<Date>) -> Result<(), Box<dyn Error>> {
    store.migrate().await?;
    let extractor = Arc::new(Extractor::new());
    let (mut read, mut changed) = (0_u64, 0_u64);
    loop {
        let batch = store.outdated_articles(since, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        let mut readers = JoinSet::new();
        for article in batch {
            let (store, extractor) = (store.clone(), extractor.clone());
            readers.spawn(async move { one(&store, &extractor, article).await });
        }
        while let Some(outcome) = readers.join_next().await {
            read += 1;
            changed += u64::from(outcome??);
        }
        if read % 1000 < u64::from(BATCH) {
            tracing::info!(read, changed, "re-extracting");
        }
    }
    println!("re-extracted: {read}; changed: {changed}");
    Ok(())
}

/// Re-extracts one article; returns whether its mentions changed.
async fn one(store: &Store, extractor: &Extractor, stored: StoredArticle) -> Result<bool, daybook::store::Error> {
    let article = Article::from(stored.clone());
    let extraction = extractor.extract(&article);
    store.reextract(&stored, &extraction, daybook::http::system_time()).await
}
