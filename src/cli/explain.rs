//! `daybook explain`: for every sentence of an article what was found in it, and by which rule, for people to read.

use super::articles;
use daybook::extract::{ExplainedDate, ExplainedEvent, ExplainedName, ExplainedSentence, Extractor};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads every file and writes why its articles are read so.
pub fn run(files: Vec<PathBuf>) -> ExitCode {
    let extractor = Extractor::new();
    articles::each(files, |out, article, id| {
        writeln!(out, "{id}, published on {}", article.published_on)?;
        extractor.explain(article).iter().try_for_each(|said| sentence(out, said))
    })
}

fn sentence(out: &mut impl Write, said: &ExplainedSentence) -> io::Result<()> {
    let one_line = said.sentence.text.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "\n{}-{}  {one_line}", said.sentence.start, said.sentence.end)?;
    said.dates.iter().try_for_each(|said| date(out, said))?;
    said.names.iter().try_for_each(|said| name(out, said))?;
    said.events.iter().try_for_each(|said| event(out, said))
}

fn date(out: &mut impl Write, ExplainedDate { date, tense, no_event }: &ExplainedDate) -> io::Result<()> {
    write!(out, "  date   \"{}\" = {} {}", date.text, date.timex_type, date.value)?;
    if let Some((first, last)) = date.starts_on.zip(date.ends_on) {
        write!(out, ", {first} to {last}")?;
    }
    let marks = [(date.approximate, "approximate"), (date.uncertain, "uncertain")];
    for (_, mark) in marks.iter().filter(|(holds, _)| *holds) {
        write!(out, ", {mark}")?;
    }
    if let Some(anchor) = &date.anchor {
        write!(out, ", counted from {anchor}")?;
    }
    write!(out, "; {tense}; rule: {}", date.rule)?;
    writeln!(out, "{}", no_event.as_ref().map(|why| format!("; no event: {why}")).unwrap_or_default())
}

fn name(out: &mut impl Write, name: &ExplainedName) -> io::Result<()> {
    write!(out, "  name   \"{}\" ({})", name.name.text, name.how)?;
    let stands_for = [("person", name.person.as_deref()), ("party", name.party), ("place", name.place.as_deref())];
    for (what, value) in stands_for {
        if let Some(value) = value {
            write!(out, "; {what}: {value}")?;
        }
    }
    writeln!(out)
}

fn event(out: &mut impl Write, event: &ExplainedEvent) -> io::Result<()> {
    let day = event.starts_on.map(|day| format!(" on {day}")).unwrap_or_default();
    writeln!(out, "  event  {}{day}; {}; rule: {}", event.kind, event.role, event.rule)
}
