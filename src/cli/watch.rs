//! `daybook watch`: polls feeds and stores the articles they list, while the service runs. Several watchers can share one
//! database.

use super::{Place, log, postgresql::PostgreSql, signals};
use crate::config::Reach;
use daybook::{
    extract::Extractor,
    feed,
    http::system_time,
    outbound::{self, Outbound},
    watch::Watcher,
};
use std::{error::Error, sync::Arc};
use url::Url;

/// The feeds to poll.
#[derive(clap::Args, Debug)]
pub struct Watch {
    /// URL of a feed to add to those managed at /v1/feeds; repeatable, separated by commas or spaces in the environment
    #[arg(long = "feed", env = "DAYBOOK_FEEDS", value_name = "URL")]
    feeds: Vec<String>,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    place: Place,
}

/// Polls until a signal ends it.
pub async fn run(command: &Watch) -> Result<(), Box<dyn Error>> {
    let mut ended = signals::signals()?;
    let feeds = addresses(&command.feeds)?;
    let outbound = Outbound::new(&command.reach.allowed_networks, outbound::TIME)?;
    log::redact_panics();
    let database = PostgreSql::start_or_join(&command.place.database, &command.place.data_dir).await?;
    tracing::info!("database: {}", database.name);
    let watcher = Watcher { store: database.store.clone(), outbound, extractor: Arc::new(Extractor::new()) };
    let entered = enter(&watcher, &feeds).await;
    if entered.is_ok() {
        tracing::info!(feeds = feeds.len(), "polling feeds");
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

/// The URLs in the settings. A comma separates two only if the next begins after it, since URLs may contain commas.
fn addresses(settings: &[String]) -> Result<Vec<Url>, String> {
    let parted: Vec<String> = settings.iter().map(|setting| setting.replace(",http", " http")).collect();
    let words = parted.iter().flat_map(|setting| setting.split_whitespace());
    words.map(|word| feed::address(word).map_err(|problem| format!("--feed: `{word}` {problem}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn feeds_are_separated_by_commas_or_spaces() {
        let read =
            |setting: &str| addresses(&[setting.to_owned()]).map(|all| all.into_iter().map(String::from).collect());
        let all: Result<Vec<String>, _> = read("https://a.example/f?a=1,2,http://b.example/f\n https://c.example/f ");
        assert_eq!(all.unwrap(), ["https://a.example/f?a=1,2", "http://b.example/f", "https://c.example/f"]);
        assert_eq!(read("").unwrap(), Vec::<String>::new());
        assert!(read("a.example").unwrap_err().contains("`a.example` must be an absolute URL"));
    }
}
