//! How fast articles are read, on one core: `cargo bench`. The largest of the three shows whether time grows with
//! length or faster.

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

/// The project's own article, over and over, up to `bytes`.
fn article(bytes: usize) -> Article {
    let one =
        Article::from_plain_text(include_str!("../tests/corpus/articles/lake-talks.txt")).expect("the form is right");
    Article { text: one.text.repeat(bytes.div_ceil(one.text.len())), ..one }
}

#[divan::bench(args = [3_000, 100_000, 1_000_000])]
fn extract(bencher: Bencher<'_, '_>, bytes: usize) {
    let article = article(bytes);
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| EXTRACTOR.extract(black_box(&article)));
}

#[divan::bench]
fn start() -> Extractor {
    Extractor::new()
}
