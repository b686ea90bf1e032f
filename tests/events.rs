//! Which events short texts announce, by readable fixtures in tests/corpus/events: texts written for this test, and the
//! events that a careful reader finds in them. Their README says how a case is written.

mod reading;

use std::fmt::Write;

/// A text and the events that it announces.
struct Case<'f> {
    published_on: &'f str,
    text: String,
    expected: Vec<&'f str>,
}

impl Case<'_> {
    /// The events that daybook finds, as the fixtures write them.
    fn found(&self) -> Vec<String> {
        reading::lines(&reading::article(self.published_on, &self.text))
    }
}

fn cases(fixture: &str) -> Vec<Case<'_>> {
    fixture
        .split("\n\n")
        .filter_map(|block| {
            let mut lines = block.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            let (published_on, text) = lines.next()?.split_once(": ")?;
            Some(Case { published_on, text: text.replace("\\n", "\n"), expected: lines.collect() })
        })
        .collect()
}

/// One test for each fixture, and the number of cases that it holds at least.
macro_rules! fixtures {
    ($($name:ident: $least:literal,)*) => {$(
        #[test]
        fn $name() {
            let cases = cases(include_str!(concat!("corpus/events/", stringify!($name), ".txt")));
            assert!(cases.len() >= $least, "only {} cases", cases.len());
            let mut faults = String::new();
            for case in cases {
                let found = case.found();
                if found != case.expected {
                    let Case { published_on, text, expected } = case;
                    writeln!(faults, "{published_on}: {text}\n  expected {expected:#?}\n  found    {found:#?}").unwrap();
                }
            }
            assert!(faults.is_empty(), "\n{faults}");
        }
    )*};
}

fixtures! {
    first: 14,
    triggers: 163,
    unscheduled: 137,
    dates: 78,
    parties: 141,
    places: 79,
    status: 96,
    once: 79,
    styles: 40,
    newsroom: 17,
}

/// A case that has come to be read right belongs to the fixture of its subject.
#[test]
fn the_list_of_what_is_misread_holds_nothing_that_is_read_right() {
    let right =
        cases(include_str!("corpus/events/misread.txt")).into_iter().filter(|case| case.found() == case.expected);
    let right: Vec<String> = right.map(|case| case.text).collect();
    assert!(right.is_empty(), "move to the fixture of their subject: {right:#?}");
}
