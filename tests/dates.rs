//! The meaning of date expressions, as readable fixtures in tests/corpus/dates: sentences written
//! for this test, with the values that a careful reader gives them. Their README describes the
//! format.

use daybook::article::Article;
use daybook::extract::{Extractor, TimeExpression};
use std::fmt::Write;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Returns an expression in the format of the fixtures.
fn written(date: &TimeExpression) -> String {
    let days = match (date.starts_on, date.ends_on) {
        (Some(first), Some(last)) if first == last && date.value == first.to_string() => String::new(),
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first}..{last}"),
        _ => ",".to_owned(),
    };
    format!("{} = {}{days}", date.text, date.value)
}

/// Checks every case of a fixture; returns the failures and the number of cases.
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

/// One test for each fixture, with the minimum number of its cases.
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
