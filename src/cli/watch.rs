//! `daybook watch`: asks feeds and the pages that they list, and stores what comes, while the service serves. Any number of
//! them may run on one database.

use super::{log, postgresql::PostgreSql, signals};
use crate::config::{DataDir, Database, Reach};
use daybook::{
    extract::Extractor,
    feed,
    http::system_time,
    outbound::{self, Outbound},
    watch::Watcher,
};
use std::{error::Error, sync::Arc};
use url::Url;

/// What to watch, and where to keep it.
#[derive(clap::Args, Debug)]
pub struct Watch {
    /// A feed to watch from now on, as if it were entered at /v1/feeds; may be repeated, and is separated by commas or blanks in
    /// the environment
    #[arg(long = "feed", env = "DAYBOOK_FEEDS", value_name = "URL")]
    feeds: Vec<String>,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Watches until a signal says to end.
pub async fn run(command: &Watch) -> Result<(), Box<dyn Error>> {
    let mut ended = signals::signals()?;
    let feeds = addresses(&command.feeds)?;
    let outbound = Outbound::new(&command.reach.allowed_networks, outbound::TIME)?;
    log::quote_no_panic();
    let database = PostgreSql::start_or_join(&command.database, &command.data_dir).await?;
    let watcher = Watcher { store: database.store.clone(), outbound, extractor: Arc::new(Extractor::new()) };
    let entered = enter(&watcher, &feeds).await;
    if entered.is_ok() {
        tracing::info!(feeds = feeds.len(), "watching");
        watcher.run(system_time, signals::wait(&mut ended)).await;
    }
    database.stop().await;
    Ok(entered?)
}

async fn enter(watcher: &Watcher, feeds: &[Url]) -> Result<(), daybook::store::Error> {
    watcher.store.migrate().await?;
    for url in feeds {
        watcher.store.enter_feed(url, None, None, system_time()).await?;
    }
    Ok(())
}

/// The addresses in the settings. A comma parts two only where the next begins behind it, as addresses may have commas.
fn addresses(settings: &[String]) -> Result<Vec<Url>, String> {
    let parted: Vec<String> = settings.iter().map(|setting| setting.replace(",http", " http")).collect();
    let words = parted.iter().flat_map(|setting| setting.split_whitespace());
    words.map(|word| feed::address(word).map_err(|problem| format!("--feed: `{word}` {problem}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn feeds_stand_between_commas_or_blanks() {
        let read =
            |setting: &str| addresses(&[setting.to_owned()]).map(|all| all.into_iter().map(String::from).collect());
        let all: Result<Vec<String>, _> = read("https://a.example/f?a=1,2,http://b.example/f\n https://c.example/f ");
        assert_eq!(all.unwrap(), ["https://a.example/f?a=1,2", "http://b.example/f", "https://c.example/f"]);
        assert_eq!(read("").unwrap(), Vec::<String>::new());
        assert!(read("a.example").unwrap_err().contains("`a.example` is not an absolute address"));
    }
}
