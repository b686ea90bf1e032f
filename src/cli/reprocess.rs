//! `daybook reprocess`: reads the stored articles anew that older rules have read, while the service serves. What it has
//! done is kept article by article, so that it goes on where it stopped.

use super::postgresql::PostgreSql;
use crate::config::{DataDir, Database};
use daybook::{
    article::Article,
    extract::Extractor,
    store::{Store, StoredArticle},
};
use jiff::civil::Date;
use std::{error::Error, sync::Arc};
use tokio::task::JoinSet;

/// How many articles are read at once: enough to keep the database busy, few enough to leave room for those it serves.
const BATCH: u32 = 8;

/// Which articles to read anew.
#[derive(clap::Args, Debug)]
pub struct Reprocess {
    /// Only articles published on this day or later, as 2022-01-31
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Reads them, and says how many there were and how many say something else now.
pub async fn run(command: &Reprocess) -> Result<(), Box<dyn Error>> {
    let database = PostgreSql::start_or_join(&command.database, &command.data_dir).await?;
    let outcome = read_anew(&database.store, command.since).await;
    database.stop().await;
    outcome
}

async fn read_anew(store: &Store, since: Option<Date>) -> Result<(), Box<dyn Error>> {
    store.migrate().await?;
    let extractor = Arc::new(Extractor::new());
    let (mut read, mut changed) = (0_u64, 0_u64);
    loop {
        let batch = store.articles_to_read_anew(since, BATCH).await?;
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
            tracing::info!(read, changed, "reading anew");
        }
    }
    println!("articles read anew: {read}; that say something else now: {changed}");
    Ok(())
}

/// Reads one article anew; true where it says something else.
async fn one(store: &Store, extractor: &Extractor, stored: StoredArticle) -> Result<bool, daybook::store::Error> {
    let article = Article::from(stored.clone());
    let extraction = extractor.extract(&article);
    store.read_anew(&stored, &extraction, daybook::http::system_time()).await
}
