//! The plain-text form of an article: three header lines, then the body; or the body alone.

use super::{Article, InvalidArticle, Known};
use jiff::{civil::Date, fmt::strtime, tz::TimeZone};

/// Parses text without header lines; `known` supplies the metadata.
pub(super) fn bare(text: &str, known: Known) -> Result<Article, InvalidArticle> {
    let Known { url, title, source, published_on, published_at, language, external_id } = known;
    let utc = published_at.map(|at| TimeZone::UTC.to_datetime(at).date());
    let published_on = published_on.or(utc).ok_or_else(|| {
        let problem =
            "is missing; text without header lines needs the publication date, such as published_on=2023-02-14";
        InvalidArticle::new("published_on", problem)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    Ok(Article { title, text, published_on, published_at, url, source, language, external_id })
}

/// Parses the three header lines and the body; the article is not checked yet.
pub(super) fn parse(text: &str) -> Result<Article, InvalidArticle> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().map(str::trim);
    let title = line().filter(|title| !title.is_empty());
    let published_on = parse_date(line().unwrap_or_default())?;
    let url = line().ok_or_else(|| InvalidArticle::new("url", "is missing: line 3 must be the URL, or empty"))?;
    let body = lines.next().ok_or_else(|| InvalidArticle::new("text", "is missing: the body must start on line 4"))?;
    Ok(Article {
        title: title.map(str::to_owned),
        text: body.to_owned(),
        published_on,
        published_at: None,
        url: (!url.is_empty()).then(|| url.to_owned()),
        source: None,
        language: None,
        external_id: None,
    })
}

fn parse_date(line: &str) -> Result<Date, InvalidArticle> {
    let format = match line.len() {
        8 => "%Y%m%d",
        10 => "%Y-%m-%d",
        _ => return Err(not_a_date(line)),
    };
    strtime::parse(format, line).and_then(|parsed| parsed.to_date()).map_err(|_| not_a_date(line))
}

fn not_a_date(line: &str) -> InvalidArticle {
    let shown: String = line.chars().take(40).collect();
    let problem = format!(
        "line 2 is `{shown}`, not a date such as 20230214 or 2023-02-14; for text without header lines, pass the \
         publication date as `published_on` or `--date`"
    );
    InvalidArticle::new("published_on", problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_header_lines_precede_the_body() {
        let article = parse("A title\r\n20240229\nhttps://news.example/a\n\n One. \nTwo.\n").unwrap();
        assert_eq!(article.title.as_deref(), Some("A title"));
        assert_eq!(article.published_on, date(2024, 2, 29));
        assert_eq!(article.url.as_deref(), Some("https://news.example/a"));
        assert_eq!(article.text, "\n One. \nTwo.\n");
    }

    #[test]
    fn text_without_header_lines_needs_a_date() {
        let known = Known { published_on: Some(date(2024, 2, 29)), ..Known::default() };
        assert_eq!(bare("One.\nTwo.\nThree.\nFour.", known).unwrap().text, "One.\nTwo.\nThree.\nFour.");
        let known = Known { published_at: Some("2024-02-29T23:00:00Z".parse().unwrap()), ..Known::default() };
        assert_eq!(bare("One.", known).unwrap().published_on, date(2024, 2, 29));
        assert_eq!(bare("One.", Known::default()).unwrap_err().field.as_deref(), Some("published_on"));
    }

    #[test]
    fn the_url_may_be_empty() {
        assert_eq!(parse("T\n2024-02-29\n\nBody").unwrap().url, None);
    }

    #[test]
    fn an_error_names_the_field() {
        let field = |text| parse(text).unwrap_err().field.unwrap();
        assert_eq!(field("only a title"), "published_on");
        assert_eq!(field("T\n20240230\nhttps://a.example\nBody"), "published_on");
        assert_eq!(field("T\nyesterday\nhttps://a.example\nBody"), "published_on");
        assert_eq!(field("T\n20240229"), "url");
        assert_eq!(field("T\n20240229\nhttps://a.example"), "text");
    }
}
