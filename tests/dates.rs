//! What date expressions mean, by readable fixtures in tests/corpus/dates: sentences written for this test, and the
//! values that a careful reader gives them. Their README says how a case is written.

use daybook::article::Article;
use daybook::extract::{Extractor, TimeExpression};
use std::fmt::Write;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// An expression as the fixtures write it.
fn written(date: &TimeExpression) -> String {
    let days = match (date.starts_on, date.ends_on) {
        (Some(first), Some(last)) if first == last && date.value == first.to_string() => String::new(),
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first}..{last}"),
        _ => ",".to_owned(),
    };
    format!("{} = {}{days}", date.text, date.value)
}

/// Reads every case of a fixture; returns what went wrong and how many cases there are.
fn faults(fixture: &str) -> (String, usize) {
    let (mut faults, mut cases, mut published_on) = (String::new(), 0, "");
    for line in fixture.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix("published ") {
            published_on = day;
            continue;
        }
        cases += 1;
        let mut cells = line.split(" | ");
        let text = cells.next().unwrap_or_default().replace("\\n", "\n");
        let expected: Vec<&str> = cells.collect();
        let article: Article =
            serde_json::from_value(serde_json::json!({"text": text, "published_on": published_on, "language": "en"}))
                .unwrap();
        let found: Vec<String> = EXTRACTOR.extract(&article).dates.iter().map(written).collect();
        if found != expected {
            writeln!(faults, "{published_on}: {text}\n  expected {expected:?}\n  found    {found:?}").unwrap();
        }
    }
    (faults, cases)
}

/// One test for each fixture, and the number of cases that it holds at least.
macro_rules! fixtures {
    ($($name:ident: $least:literal,)*) => {$(
        #[test]
        fn $name() {
            let (faults, cases) = faults(include_str!(concat!("corpus/dates/", stringify!($name), ".txt")));
            assert!(cases >= $least, "only {cases} cases");
            assert!(faults.is_empty(), "{} of {cases} cases:\n{faults}", faults.matches("expected").count());
        }
    )*};
}

fixtures! {
    absolute: 200,
    ranges: 130,
    clock: 110,
    relative: 300,
    anchored: 120,
    history: 115,
    feasts: 110,
    negative: 450,
}
