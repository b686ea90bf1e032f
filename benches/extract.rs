//! Measures extraction on one core: `cargo bench --bench extract`. The largest of the three texts
//! shows whether time grows faster than length; hostile texts must not cost more per byte than
//! news.

use daybook::article::Article;
use daybook::extract::Extractor;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fn main() {
    LazyLock::force(&EXTRACTOR);
    divan::main();
}

/// The article of the tests.
fn own() -> Article {
    Article::from_plain_text(include_str!("../tests/corpus/articles/lake-talks.txt")).expect("the form is right")
}

/// Repeats `text` up to `bytes`.
fn article(text: &str, bytes: usize) -> Article {
    Article { text: text.repeat(bytes.div_ceil(text.len())), language: Some("en".to_owned()), ..own() }
}

fn read(bencher: Bencher<'_, '_>, article: &Article) {
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| EXTRACTOR.extract(black_box(article)));
}

/// The article of the tests.
#[divan::bench(args = [3_000, 100_000, 1_000_000])]
fn news(bencher: Bencher<'_, '_>, bytes: usize) {
    read(bencher, &article(&own().text, bytes));
}

/// The sentences of the corpus of dates, which has far more dates than news.
#[divan::bench(args = [100_000, 1_000_000])]
fn dates(bencher: Bencher<'_, '_>, bytes: usize) {
    let fixture = include_str!("../tests/corpus/dates/relative.txt");
    let sentences = fixture.lines().filter_map(|line| Some(line.split_once(" | ")?.0));
    read(bencher, &article(&sentences.collect::<Vec<_>>().join("\n"), bytes));
}

/// A megabyte of text that might slow extraction down.
#[divan::bench(args = ["0123456789", "1 ", "12-", "January ", "1 January, ", "2024/", "the ", "Monday and "])]
fn made_to_be_slow(bencher: Bencher<'_, '_>, text: &str) {
    read(bencher, &article(text, 1_000_000));
}

#[divan::bench]
fn start() -> Extractor {
    Extractor::new()
}
