//! `daybook explain`: prints what is found in each sentence of an article, and how each candidate is decided.

use super::articles::{self, Sources};
use daybook::extract::{
    ExplainedCandidate, ExplainedDate, ExplainedEvent, ExplainedName, ExplainedOption, ExplainedSentence, Extractor,
    Signal,
};
use std::io::{self, Write};
use std::process::ExitCode;

/// Explains every article.
pub fn run(sources: &Sources) -> ExitCode {
    let extractor = Extractor::new();
    articles::each(sources, |out, article, id| {
        writeln!(out, "{id}, published on {}", article.published_on)?;
        extractor.explain(article).iter().try_for_each(|said| sentence(out, said))
    })
}

fn sentence(out: &mut impl Write, said: &ExplainedSentence) -> io::Result<()> {
    let one_line = said.sentence.text.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "\n{}-{}  {one_line}", said.sentence.start, said.sentence.end)?;
    said.dates.iter().try_for_each(|said| date(out, said))?;
    said.names.iter().try_for_each(|said| name(out, said))?;
    said.candidates.iter().try_for_each(|said| candidate(out, said))?;
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
    let confidence = event.confidence.map(|c| format!("; confidence {:.2}", c.value())).unwrap_or_default();
    writeln!(out, "  event  {}{day}; {}; rule: {}{confidence}", event.kind, event.role, event.rule.join(" "))
}

fn candidate(out: &mut impl Write, candidate: &ExplainedCandidate) -> io::Result<()> {
    let days = candidate.starts_on.map(|day| format!(" on {day}")).unwrap_or_default();
    let verdict = if candidate.accepted.is_some() { "an event" } else { "no event" };
    writeln!(
        out,
        "  weighed \"{}\" ({}){days}: {:+.1}, {verdict}; {}",
        candidate.trigger.text,
        candidate.name,
        candidate.score,
        signals(&candidate.signals)
    )?;
    if !candidate.features.strongest.is_empty() {
        writeln!(out, "    words; {}", signals(&candidate.features.strongest))?;
    }
    options(out, "who", &candidate.participants)?;
    options(out, "where", &candidate.places)
}

fn options(out: &mut impl Write, what: &str, options: &[ExplainedOption]) -> io::Result<()> {
    options.iter().try_for_each(|option| {
        writeln!(out, "    {what} {}: {:+.1}; {}", option.name, option.score, signals(&option.signals))
    })
}

/// Returns the signals with a non-zero weight, the strongest first.
fn signals(signals: &[Signal]) -> String {
    let mut weighing: Vec<&Signal> = signals.iter().filter(|signal| signal.weight != 0.0).collect();
    weighing.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let named = weighing.iter().map(|signal| format!("{} {:+.1}", signal.name, signal.weight));
    named.collect::<Vec<_>>().join(", ")
}
