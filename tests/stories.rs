//! Stories: what several articles say of the same events, told by the fixtures in tests/corpus/stories, and the timeline
//! that a careful reader has after each of them. Their README says how they are written.

mod reading;

use daybook::{
    article::Article,
    event::EventState,
    timeline::{Content, Entry, EntryId, History, Order, build_histories},
};
use std::{collections::BTreeSet, fmt::Write, fs, path::Path};
use uuid::Uuid;

/// An article of a story, and the timeline once it is published.
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

/// What articles say, as the store hands it to the fold.
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

/// The timeline as the fixtures write it.
fn lines(histories: &[History]) -> Vec<String> {
    let live = histories.iter().filter(|history| history.merge.is_none());
    let mut lines: Vec<String> = live.filter_map(|history| Some(line(&history.revisions.last()?.state))).collect();
    lines.sort();
    lines
}

#[test]
fn after_each_article_the_timeline_is_what_a_careful_reader_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/stories");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "story"));
    files.sort();
    assert!(files.len() >= 20, "only {} stories", files.len());
    let mut faults = String::new();
    for file in files {
        let chapters = chapters(&fs::read_to_string(&file).unwrap());
        for told in 1..=chapters.len() {
            let entries = entries(&chapters[..told]);
            let found = lines(&build_histories(entries.iter().collect(), &BTreeSet::new(), &[]).unwrap());
            let Chapter { article, expected } = &chapters[told - 1];
            if found != *expected {
                let name = file.file_stem().unwrap().to_string_lossy();
                writeln!(faults, "{name}, {}:\n  expected {expected:#?}\n  found    {found:#?}", article.published_on)
                    .unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
