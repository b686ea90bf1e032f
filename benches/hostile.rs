//! Measures texts that were designed to be slow, per byte and relative to news: `cargo bench
//! --bench hostile [-- NAME]`. A row is marked if it costs more than three times as much as news,
//! or more than three times as much at 1 MB as at 64 KB: its time grows faster than its length.

use daybook::{
    article::{Article, Known},
    extract::Extractor,
};
use std::{env, time::Instant};

const SIZES: [usize; 2] = [64_000, 1_000_000];

/// The maximum cost of a text per byte, relative to news.
const MOST: f64 = 3.0;

/// Texts that are repeated; `#` is a counter.
const REPEATED: [(&str, &str); 52] = [
    ("digits", "0123456789"),
    ("ones", "1 "),
    ("numbers", "# "),
    ("hyphens", "12-"),
    ("slashes", "2024/"),
    ("dots", "1.2."),
    ("commas", ", "),
    ("full stops", ". "),
    ("questions", "?! "),
    ("quotes", "\"'“”‘’ "),
    ("opening brackets", "( ["),
    ("lines", "\n"),
    ("lines of one letter", "a\n"),
    ("carriage returns", "\r\n"),
    ("tabs", "\t"),
    ("no-break spaces", "\u{a0}"),
    ("combining marks", "e\u{301}\u{302}"),
    ("emoji", "👩‍👩‍👧‍👦"),
    ("capital letters", "A"),
    ("capitalised words", "Abc "),
    ("one word", "the "),
    ("unknown words", "qx# "),
    ("months", "January "),
    ("weekdays", "Monday and "),
    ("dates", "1 January, "),
    ("ISO dates", "2023-03-07 "),
    ("ranges", "from 1 to 2 March "),
    ("numeric dates", "03/04/2023 "),
    ("times", "at 10.30 a.m. "),
    ("weeks", "the week of the week of "),
    ("years", "by 2024, "),
    ("feasts", "Easter Sunday, "),
    ("states", "Japan, Peru and "),
    ("organisations", "ASEAN, the EU, "),
    ("people", "President Putin and Chancellor Scholz "),
    ("places", "Lugano, Geneva, "),
    ("names of several", "Georgia Jordan Chad "),
    ("triggers", "talks "),
    ("nested triggers", "summit of the meeting of the "),
    ("of the", "of the "),
    ("that", "said that he said that "),
    ("and", "talks and meetings and "),
    ("they meet on Monday", "They will meet on Monday. "),
    ("announcements", "Japan and Peru will hold talks in Lima on # March. "),
    ("distinct announcements", "Ministers of Japan and Peru meet in city number # on 7 March 20#. "),
    ("cancelled", "The talks on 7 March were cancelled. "),
    ("moved", "The talks were moved from 7 March to 8 March. "),
    ("not held", "No talks will be held on 7 March, he denied. "),
    ("agenda", "- 7 March: talks\n"),
    ("table", "| 7 March | Lima | talks |\n"),
    ("headings", "TALKS\n\n"),
    ("fields", "Date: 7 March\nPlace: Lima\n"),
];

/// Pages that are repeated within a body.
const PAGES: [(&str, &str); 8] = [
    ("HTML: ampersands", "&"),
    ("HTML: entities", "&amp;&lt;"),
    ("HTML: open tags", "<p>a"),
    ("HTML: breaks", "<br>"),
    ("HTML: attributes", "<a href=\"#\" b c d e>x</a>"),
    ("HTML: comments", "<!-- -->"),
    ("HTML: tables", "<tr><td>7 March<td>talks"),
    ("HTML: scripts", "<script type=\"application/ld+json\">{}</script>"),
];

fn repeated(text: &str, bytes: usize) -> String {
    let mut all = String::with_capacity(bytes + text.len());
    let mut number = 0;
    while all.len() < bytes {
        all.push_str(&text.replace('#', &number.to_string()));
        number = (number + 1) % 10_000;
    }
    all
}

fn own() -> Article {
    Article::from_plain_text(include_str!("../tests/corpus/articles/lake-talks.txt")).expect("the form is right")
}

/// Returns nanoseconds per byte.
fn cost(bytes: usize, work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(bytes).expect("a text of some megabytes"))
}

fn main() {
    let only = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let extractor = Extractor::new();
    let read = |text: String| {
        let article = Article { text, language: Some("en".to_owned()), ..own() };
        cost(article.text.len(), || drop(extractor.extract(&article)))
    };
    let page = |body: String| {
        let page = format!("<!DOCTYPE html><html lang=\"en\"><body><article><p>{body}</article>");
        let known = Known { published_on: Some(own().published_on), ..Known::default() };
        cost(page.len(), || {
            if let Ok(article) = Article::from_web_page(page.as_bytes(), None, &known) {
                extractor.extract(&article);
            }
        })
    };
    let news = SIZES.map(|bytes| read(repeated(&own().text, bytes)));
    println!("{:<28}{:>12}{:>12}{:>10}{:>10}", "text", "64 KB", "1 MB", "× news", "× 64 KB");
    let row = |name: &str, costs: [f64; 2]| {
        let (slower, grows) = (costs[1] / news[1], costs[1] / costs[0]);
        let mark = if slower > MOST || costs[0] / news[0] > MOST { "  !" } else { "" };
        println!("{name:<28}{:>9.0} ns{:>9.0} ns{slower:>10.1}{grows:>10.1}{mark}", costs[0], costs[1]);
    };
    row("news", news);
    for (name, text) in REPEATED.iter().filter(|(name, _)| name.contains(&only)) {
        row(name, SIZES.map(|bytes| read(repeated(text, bytes))));
    }
    for (name, text) in PAGES.iter().filter(|(name, _)| name.contains(&only)) {
        row(name, SIZES.map(|bytes| page(repeated(text, bytes))));
    }
}
