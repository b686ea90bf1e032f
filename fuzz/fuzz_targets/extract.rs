//! Any text, published on any day, is read without a panic; spans lie in the text, and no range ends before it starts.

#![no_main]

use daybook::article::Article;
use daybook::extract::Extractor;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fuzz_target!(|input: (u32, &str)| {
    let (day, text) = input;
    let published_on = jiff::civil::date(1 + (day / 372 % 9999) as i16, 1 + (day / 31 % 12) as i8, 1 + (day % 28) as i8);
    let article = serde_json::json!({"text": text, "published_on": published_on, "language": "en"});
    let Ok(article) = serde_json::from_value::<Article>(article) else { return };
    let extraction = EXTRACTOR.extract(&article);
    let length = text.chars().count();
    for date in &extraction.dates {
        assert!(date.start < date.end && date.end as usize <= length);
        assert!(date.starts_on <= date.ends_on);
    }
    for mention in &extraction.mentions {
        assert!(!mention.statements.is_empty());
    }
});
