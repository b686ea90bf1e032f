//! The labelled articles: the corpora next to the checkout, and the cases of the project's tests.

use daybook::article::Article;
use daybook::event::Kind;
use daybook::extract::fingerprint;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The corpora next to the checkout, each with the weight of its rows.
const CORPORA: [(&str, f64); 2] = [("real", 1.0), ("events", 2.0)];
/// The name of the corpus of test cases.
pub const CASES: &str = "cases";
/// The weight of its rows.
const OF_CASES: f64 = 1.0;
/// Fixtures that list all mentions instead of events.
const NO_CASES: [&str; 4] = ["changes.txt", "reports.txt", "details.txt", "misread_mentions.txt"];

/// An event labelled by an annotator.
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    pub start: Date,
    pub end: Date,
    #[serde(default)]
    pub parties: Vec<String>,
    #[serde(default)]
    pub kinds: Vec<Kind>,
    pub country: Option<String>,
    pub place: Option<String>,
    #[serde(default)]
    pub status: Vec<String>,
    /// Whether any overlap of days counts as a match.
    #[serde(default)]
    pub loose: bool,
    /// Whether the label is ignored in scoring.
    #[serde(default)]
    pub optional: bool,
    pub trigger: Option<String>,
    /// The beginning of the sentence that announces the event.
    pub sentence: Option<String>,
}

/// An article with its labelled events.
#[derive(Debug)]
pub struct Labelled {
    /// The index of the corpus in [`Corpus::names`].
    pub corpus: usize,
    pub id: String,
    pub article: Article,
    pub events: Vec<Label>,
    /// The weight of its rows in training.
    pub weight: f64,
}

#[derive(Debug, Default)]
pub struct Corpus {
    pub names: Vec<&'static str>,
    pub articles: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    events: Vec<Label>,
}

impl Corpus {
    /// Reads the corpora of a directory, and the cases of another.
    pub fn read(corpora: &Path, cases: &Path) -> Result<Self, Box<dyn Error>> {
        let mut corpus = Self::default();
        for (name, weight) in CORPORA {
            let gold = fs::read_to_string(corpora.join(format!("{name}.gold.jsonl")))?;
            let gold: Vec<Gold> = gold.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
            let mut gold: HashMap<String, Vec<Label>> = gold.into_iter().map(|gold| (gold.id, gold.events)).collect();
            for line in fs::read_to_string(corpora.join(format!("{name}.articles.jsonl")))?.lines() {
                let value: serde_json::Value = serde_json::from_str(line)?;
                let id = value["external_id"].as_str().or(value["id"].as_str()).unwrap_or_default().to_owned();
                let events = gold.remove(&id).unwrap_or_default();
                corpus.articles.push(Labelled {
                    corpus: corpus.names.len(),
                    id,
                    article: serde_json::from_value(value)?,
                    events,
                    weight,
                });
            }
            corpus.names.push(name);
        }
        corpus.add_cases(cases)?;
        Ok(corpus)
    }

    fn add_cases(&mut self, directory: &Path) -> Result<(), Box<dyn Error>> {
        let mut files: Vec<_> = fs::read_dir(directory)?.collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        let mut cases = Vec::new();
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            if !name.ends_with(".txt") || NO_CASES.contains(&&*name) {
                continue;
            }
            for block in fs::read_to_string(file.path())?.split("\n\n") {
                let mut lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
                let Some((day, text)) = lines.next().and_then(|line| line.split_once(": ")) else { continue };
                if day.parse::<Date>().is_err() {
                    continue;
                }
                let text = text.replace("\\n", "\n");
                // By text rather than by file, so that a case has the same fold whether it is a correct or a misread
                // one.
                let id = format!("{day}-{:016x}", fingerprint(text.as_bytes()));
                let article =
                    serde_json::json!({"external_id": id, "published_on": day, "text": text, "language": "en"});
                cases.push(Labelled {
                    corpus: self.names.len(),
                    id,
                    article: serde_json::from_value(article)?,
                    events: lines.map(case_label).collect::<Result<_, _>>()?,
                    weight: OF_CASES,
                });
            }
        }
        cases.sort_by(|a: &Labelled, b| a.id.cmp(&b.id));
        self.articles.append(&mut cases);
        self.names.push(CASES);
        Ok(())
    }
}

/// Parses "2024-03-12 | talks | DE, FR | Vienna, AT | confirmed".
fn case_label(line: &str) -> Result<Label, Box<dyn Error>> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [days, kinds, parties, place, status, ..] = cells[..] else {
        return Err(format!("no event: {line}").into());
    };
    let (start, end) = days.split_once("..").unwrap_or((days, days));
    let (place, country) = match place.rsplit_once(", ") {
        Some((place, country)) if country.len() <= 2 => (Some(place), Some(country).filter(|code| *code != "-")),
        _ => (Some(place).filter(|place| *place != "-"), None),
    };
    let kinds = kinds.split('/').map(|kind| serde_json::from_value(kind.trim().into()));
    Ok(Label {
        start: start.parse()?,
        end: end.parse()?,
        parties: parties
            .split(',')
            .map(str::trim)
            .filter(|code| !code.is_empty() && *code != "-")
            .map(str::to_owned)
            .collect(),
        kinds: kinds.collect::<Result<_, _>>()?,
        country: country.map(str::to_owned),
        place: place.map(str::to_owned),
        status: vec![status.to_owned()],
        loose: false,
        optional: false,
        trigger: None,
        sentence: None,
    })
}
