//! `daybook demo`: fills an empty database with a fictional month of news, so that the timeline has something to show.

use super::{Place, postgresql::PostgreSql};
use daybook::{
    article::{Article, Known},
    extract::Extractor,
    http::system_time,
    store::{ArticleFilter, Store},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::error::Error;

/// Articles, separated by lines of dashes. The first line of each states its age in days and its
/// source, the second its title. `{+5}` in a text stands for the date five days from today.
const NEWS: &str = include_str!("../../assets/demo.txt");

const SEPARATOR: &str = "\n----\n";

/// Where to store the news.
#[derive(clap::Args, Debug)]
pub struct Demo {
    #[command(flatten)]
    place: Place,
}

/// Stores the news.
pub async fn run(command: &Demo) -> Result<(), Box<dyn Error>> {
    let database = PostgreSql::open(&command.place.database, &command.place.data_dir).await?;
    let outcome = fill(&database.store).await;
    database.stop().await;
    let (articles, events) = outcome?;
    println!("Stored {articles} articles of a fictional month, which announce {events} events.");
    println!("`daybook serve` shows them at http://127.0.0.1:8080/");
    Ok(())
}

/// Fills the store; returns the number of articles and events.
async fn fill(store: &Store) -> Result<(usize, u64), Box<dyn Error>> {
    store.migrate().await?;
    if !store.articles(&ArticleFilter::default(), None, 1, false).await?.items.is_empty() {
        return Err("the database has articles already; choose an empty one with --data-dir or --database-url".into());
    }
    let today = TimeZone::UTC.to_datetime(system_time()).date();
    let articles = NEWS.split(SEPARATOR).map(|text| article(text, today)).collect::<Result<Vec<_>, _>>()?;
    let extractor = Extractor::new();
    let extractions: Vec<_> = articles.iter().map(|article| extractor.extract(article)).collect();
    store.load(&articles.iter().zip(&extractions).collect::<Vec<_>>(), system_time()).await?;
    Ok((articles.len(), store.check().await?.events))
}

/// One article, with its dates counted from `today`.
fn article(text: &str, today: Date) -> Result<Article, Box<dyn Error>> {
    let malformed = || format!("assets/demo.txt: malformed article: {text}");
    let (head, text) = text.trim_start().split_once('\n').ok_or_else(malformed)?;
    let (age, source) = head.split_once(' ').ok_or_else(malformed)?;
    let (title, body) = text.split_once('\n').ok_or_else(malformed)?;
    let slug: String = title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let known = Known {
        url: Some(format!("https://{source}/{slug}")),
        title: Some(dated(title, today)?),
        published_on: Some(today.checked_sub(age.parse::<i64>()?.days())?),
        ..Known::default()
    };
    Ok(Article::from_bare_text(&dated(body, today)?, &known)?)
}

/// Replaces `{+5}` by the date five days from today.
fn dated(text: &str, today: Date) -> Result<String, Box<dyn Error>> {
    let mut parts = text.split('{');
    let mut dated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (days, rest) = part.split_once('}').ok_or("assets/demo.txt: a brace is not closed")?;
        let date = today.checked_add(days.parse::<i64>()?.days())?;
        dated += &date.strftime("%-d %B").to_string();
        dated += rest;
    }
    Ok(dated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use daybook::{event::Status, timeline::events_of_article};
    use jiff::civil::date;

    #[test]
    fn the_news_announces_events_on_any_day_of_the_year() {
        let extractor = Extractor::new();
        for today in [date(2026, 11, 30), date(2027, 2, 27), date(2028, 6, 15)] {
            let articles: Vec<Article> = NEWS.split(SEPARATOR).map(|text| article(text, today).unwrap()).collect();
            let events: Vec<_> =
                articles.iter().flat_map(|a| events_of_article(&extractor.extract(a).mentions)).collect();
            assert!(articles.len() >= 20, "{} articles", articles.len());
            assert!(events.len() >= articles.len(), "{} events of {} articles", events.len(), articles.len());
            assert!(events.iter().any(|event| event.state.status == Status::Tentative));
        }
    }
}
