//! The plain-text form of an article: three lines of heading, then the body.

use super::{Article, InvalidArticle};
use jiff::{civil::Date, fmt::strtime};

/// The article as it stands in the plain-text form, not yet checked.
pub(super) fn parse(text: &str) -> Result<Article, InvalidArticle> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().map(str::trim);
    let title = line().filter(|title| !title.is_empty());
    let date = line().ok_or_else(|| InvalidArticle::new("published_on", "is missing: line 2 holds the date"))?;
    let url = line().ok_or_else(|| InvalidArticle::new("url", "is missing: line 3 holds the address, or is empty"))?;
    let body = lines.next().ok_or_else(|| InvalidArticle::new("text", "is missing: the body starts on line 4"))?;
    Ok(Article {
        title: title.map(str::to_owned),
        text: body.to_owned(),
        published_on: parse_day(date)?,
        published_at: None,
        url: (!url.is_empty()).then(|| url.to_owned()),
        source: None,
        language: None,
        external_id: None,
    })
}

fn parse_day(line: &str) -> Result<Date, InvalidArticle> {
    let format = match line.len() {
        8 => "%Y%m%d",
        10 => "%Y-%m-%d",
        _ => return Err(not_a_day(line)),
    };
    strtime::parse(format, line).and_then(|parsed| parsed.to_date()).map_err(|_| not_a_day(line))
}

fn not_a_day(line: &str) -> InvalidArticle {
    let shown: String = line.chars().take(40).collect();
    InvalidArticle::new("published_on", format!("line 2 is `{shown}`, not a day as YYYYMMDD or YYYY-MM-DD"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_lines_then_the_body_as_it_is() {
        let article = parse("A title\r\n20240229\nhttps://news.example/a\n\n One. \nTwo.\n").unwrap();
        assert_eq!(article.title.as_deref(), Some("A title"));
        assert_eq!(article.published_on, date(2024, 2, 29));
        assert_eq!(article.url.as_deref(), Some("https://news.example/a"));
        assert_eq!(article.text, "\n One. \nTwo.\n");
    }

    #[test]
    fn the_address_may_be_left_empty() {
        assert_eq!(parse("T\n2024-02-29\n\nBody").unwrap().url, None);
    }

    #[test]
    fn a_missing_or_impossible_line_is_named() {
        let field = |text| parse(text).unwrap_err().field.unwrap();
        assert_eq!(field("only a title"), "published_on");
        assert_eq!(field("T\n20240230\nhttps://a.example\nBody"), "published_on");
        assert_eq!(field("T\nyesterday\nhttps://a.example\nBody"), "published_on");
        assert_eq!(field("T\n20240229"), "url");
        assert_eq!(field("T\n20240229\nhttps://a.example"), "text");
    }
}
