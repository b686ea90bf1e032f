//! The events in short texts, as readable fixtures in tests/corpus/events: texts written for this
//! test, with what a careful reader finds in them. Their README describes the format.

mod reading;

use daybook::article::Article;
use std::fmt::Write;

/// A text and the events that it announces.
struct Case<'f> {
    published_on: &'f str,
    text: String,
    expected: Vec<&'f str>,
}

/// The columns of a fixture.
type Lines = fn(&Article) -> Vec<String>;

impl Case<'_> {
    /// Returns what daybook finds.
    fn found(&self, lines: Lines) -> Vec<String> {
        lines(&reading::article(self.published_on, &self.text))
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

/// One test for each fixture, with the minimum number of its cases and its columns.
macro_rules! fixtures {
    ($($name:ident: $least:literal $lines:path,)*) => {$(
        #[test]
        fn $name() {
            let cases = cases(include_str!(concat!("corpus/events/", stringify!($name), ".txt")));
            assert!(cases.len() >= $least, "only {} cases", cases.len());
            let mut faults = String::new();
            for case in cases {
                let found = case.found($lines);
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
    first: 14 reading::lines,
    triggers: 166 reading::lines,
    unscheduled: 132 reading::lines,
    dates: 69 reading::lines,
    parties: 146 reading::lines,
    places: 93 reading::lines,
    status: 94 reading::lines,
    once: 70 reading::lines,
    styles: 43 reading::lines,
    newsroom: 12 reading::lines,
    agenda: 4 reading::lines,
    week_ahead: 4 reading::lines,
    advisory: 7 reading::lines,
    schedule: 5 reading::lines,
    table: 4 reading::lines,
    live_blog: 4 reading::lines,
    qa: 5 reading::lines,
    headline: 19 reading::lines,
    post: 8 reading::lines,
    release: 7 reading::lines,
    details: 62 reading::details,
    changes: 85 reading::mentions,
    reports: 49 reading::mentions,
}

/// A case that is fixed moves to the fixture of its subject.
fn assert_all_misread(fixture: &str, lines: Lines) {
    let right = cases(fixture).into_iter().filter(|case| case.found(lines) == case.expected);
    let right: Vec<String> = right.map(|case| case.text).collect();
    assert!(right.is_empty(), "move to the fixture of their subject: {right:#?}");
}

#[test]
fn the_list_of_misread_events_holds_nothing_that_is_read_right() {
    assert_all_misread(include_str!("corpus/events/misread.txt"), reading::lines);
}

#[test]
fn the_list_of_misread_mentions_holds_nothing_that_is_read_right() {
    assert_all_misread(include_str!("corpus/events/misread_mentions.txt"), reading::mentions);
}
