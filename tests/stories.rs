//! Stories: several articles about the same events, as fixtures in tests/corpus/stories, with the
//! expected timeline after each of them. Their README describes the format.

mod reading;

use daybook::{
    article::Article,
    event::EventState,
    timeline::{Content, Entry, EntryId, History, Order, build_histories},
};
use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// An article of a story, and the timeline after its publication.
struct Chapter {
    article: Article,
    expected: Vec<String>,
}

fn chapters(story: &str) -> Vec<Chapter> {
    let blocks = story.split("\n--- ").skip(1);
    let chapter = |block: &str| {
        let (head, body) = block.split_once('\n').unwrap();
        let (day, source) = head.split_once(' ').unwrap();
        let (expected, text): (Vec<&str>, Vec<&str>) = body.lines().partition(|line| line.starts_with("> "));
        let article = Article { source: Some(source.to_owned()), ..reading::article(day, &text.join("\n")) };
        let mut expected: Vec<String> = expected.iter().map(|line| line[2..].to_owned()).collect();
        expected.retain(|line| line != "nothing");
        expected.sort();
        Chapter { article, expected }
    };
    blocks.map(chapter).collect()
}

/// Returns the mentions of articles as entries of the fold.
fn entries(chapters: &[Chapter]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (number, Chapter { article, .. }) in (0u32..).zip(chapters) {
        for (position, mention) in (0u32..).zip(reading::EXTRACTOR.extract(article).mentions) {
            let order = Order {
                published_on: article.published_on,
                published_at: None,
                source: article.source.clone(),
                text_hash: String::new(),
                url: None,
                position,
            };
            let id = EntryId::Mention(i64::from(number * 1000 + position));
            let content = Content::Mention { article: Uuid::from_u128(number.into()), mention };
            entries.push(Entry { id, order, content });
        }
    }
    entries
}

/// `2023-03-20 postponed talks of CL, PE in Lima (was 2023-03-10)`.
fn line(state: &EventState) -> String {
    let mut parties: Vec<&str> = state.participants.iter().filter_map(|party| party.code.as_deref()).collect();
    parties.sort_unstable();
    let mut line = format!("{} {} {} of {}", state.when.edtf, state.status, state.kind, parties.join(", "));
    if let Some(place) = &state.place {
        write!(line, " in {}", place.name).unwrap();
    }
    if !state.previous_dates.is_empty() {
        let previous: Vec<&str> = state.previous_dates.iter().map(|previous| &*previous.edtf).collect();
        write!(line, " (was {})", previous.join(", ")).unwrap();
    }
    if state.date_pending {
        line.push_str(" (date pending)");
    }
    line
}

/// Returns the timeline in the format of the fixtures.
fn lines(histories: &[History]) -> Vec<String> {
    let live = histories.iter().filter(|history| history.merge.is_none());
    let mut lines: Vec<String> = live.filter_map(|history| Some(line(&history.revisions.last()?.state))).collect();
    lines.sort();
    lines
}

/// Returns the differences from the expected timelines of the stories in a directory, by story.
fn faults(directory: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "story"));
    files.sort();
    let of_story = |file: &PathBuf| {
        let chapters = chapters(&fs::read_to_string(file).unwrap());
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let mut faults = String::new();
        for told in 1..=chapters.len() {
            let entries = entries(&chapters[..told]);
            let found = lines(&build_histories(entries.iter().collect(), &BTreeSet::new(), &[]).unwrap());
            let Chapter { article, expected } = &chapters[told - 1];
            if found != *expected {
                writeln!(faults, "{name}, {}:\n  expected {expected:#?}\n  found    {found:#?}", article.published_on)
                    .unwrap();
            }
        }
        (name, faults)
    };
    files.iter().map(of_story).collect()
}

#[test]
fn after_each_article_the_timeline_is_what_a_careful_reader_has() {
    let faults = faults("tests/corpus/stories");
    assert!(faults.len() >= 20, "only {} stories", faults.len());
    let faults: String = faults.into_iter().map(|(_, faults)| faults).collect();
    assert!(faults.is_empty(), "\n{faults}");
}

/// A story that is fixed moves to the others.
#[test]
fn the_misread_stories_hold_none_that_is_read_right() {
    let right = faults("tests/corpus/stories/misread").into_iter().filter(|(_, faults)| faults.is_empty());
    let right: Vec<String> = right.map(|(name, _)| name).collect();
    assert!(right.is_empty(), "move to tests/corpus/stories: {right:?}");
}
