//! Pure: an article in, what it says of events out. No clock, no IO, no async.

mod data;
mod directory;
mod entities;
mod events;
mod explain;
mod language;
mod lexicon;
mod spelling;
mod stages;
mod tense;
mod text;
mod time;
mod words;

pub use directory::{Directory, ListedParty};
pub use explain::{ExplainedDate, ExplainedEvent, ExplainedName, ExplainedSentence};
pub use spelling::{begins, fold};
pub use stages::Stage;

use crate::article::Article;
use crate::event::{Mention, Precision};
use entities::{Entities, Named};
use events::EventPack;
use lexicon::Lexicon;
use jiff::civil::Date;
use language::{ENGLISH, Languages};
use serde::Serialize;
use tense::TenseWords;
use text::{Document, Marks};
use time::{Period, Time, Timex};
use utoipa::ToSchema;
use words::Words;

/// What was read from one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// The text's language as an ISO 639-1 code; none where it has none.
    pub language: Option<String>,
    /// What the article says of events, one mention for each.
    pub mentions: Vec<Mention>,
    /// Every date expression, in the order of the text.
    pub dates: Vec<TimeExpression>,
    /// What the client should know: a language that is not read yet, and the like.
    pub warnings: Vec<String>,
}

/// A date expression in an article's text, after TIMEX3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeExpression {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The expression as it stands.
    pub text: String,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub timex_type: String,
    /// The TIMEX3 value.
    pub value: String,
    /// First day, where it resolves to days.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// Last day, inclusive.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
    /// The period that its days make up, where it resolves to days.
    pub precision: Option<Precision>,
    /// The same days in Extended Date/Time Format: `~` where they are approximate, `?` where another reading is as likely.
    pub edtf: Option<String>,
    /// "about", "around": it is not meant exactly.
    pub approximate: bool,
    /// Another reading is as likely: 03/04/2024.
    pub uncertain: bool,
    /// The TIMEX3 value of the date that it was counted from: the day of publication or one spoken of before.
    pub anchor: Option<String>,
    /// The name of the rule that read it.
    pub rule: String,
}

/// Names the rules and data that read a mention; rises when they change what is read.
pub const RULES_VERSION: u32 = 6;

/// Reads articles. Made once: it holds the parsed gazetteers, lexicons and rules.
#[derive(Debug)]
pub struct Extractor {
    words: Words,
    marks: Marks,
    tense_words: TenseWords,
    time: Time,
    names: Entities,
    lexicon: Lexicon,
    events: EventPack,
    languages: Languages,
}

impl Extractor {
    /// Parses the data that is built into the program.
    #[expect(clippy::new_without_default, reason = "parsing megabytes is not what a default does")]
    pub fn new() -> Self {
        let mut words = Words::default();
        let marks = Marks::new(&mut words);
        let tense_words = TenseWords::new(&mut words);
        let time = Time::new(&mut words);
        let names = Entities::new(&mut words);
        let lexicon = Lexicon::new(&mut words);
        let events = EventPack::new(&mut words);
        let languages = Languages::new(&mut words);
        Self { words, marks, tense_words, time, names, lexicon, events, languages }
    }

    /// What `article` says of events. An article whose language is given is taken at its word.
    pub fn extract(&self, article: &Article) -> Extraction {
        self.extract_in_stages(article, &mut |_| {})
    }

    /// The same, and tells `done` of each stage when it is over.
    pub fn extract_in_stages(&self, article: &Article, done: &mut dyn FnMut(Stage)) -> Extraction {
        match self.read(article, done) {
            Ok(read) => Extraction {
                dates: read.timexes.iter().map(|timex| time_expression(&read.doc, timex)).collect(),
                language: Some(ENGLISH.to_owned()),
                mentions: read.mentions,
                warnings: vec![],
            },
            Err(language) => {
                let warning = match &language {
                    Some(code) => {
                        format!("the text is in a language that is not read yet ({code}): no events were looked for")
                    }
                    None => "the text is in no known language: no events were looked for".to_owned(),
                };
                Extraction { language, mentions: vec![], dates: vec![], warnings: vec![warning] }
            }
        }
    }

    /// Why `article` is read as it is: what was found in each sentence, and by which rule. Nothing for a text that is
    /// not read.
    pub fn explain(&self, article: &Article) -> Vec<ExplainedSentence> {
        self.read(article, &mut |_| {}).map(|read| explain::sentences(&read)).unwrap_or_default()
    }

    #[doc(hidden)] pub fn dump(&self, article: &Article) -> Vec<serde_json::Value> { self.read(article, &mut |_| {}).map(|read| read.dump).unwrap_or_default() }
    /// Reads an article; gives back its language, where it has one, when that is not read.
    fn read<'a, 't>(
        &'a self,
        article: &'t Article,
        done: &mut dyn FnMut(Stage),
    ) -> Result<Read<'a, 't>, Option<String>> {
        let doc = Document::read(&article.text, &self.words, &self.marks);
        done(Stage::Words);
        let given = article.language.as_deref().and_then(|tag| tag.split(['-', '_']).next()).map(str::to_lowercase);
        let language = given.or_else(|| self.languages.of(&doc));
        done(Stage::Language);
        if language.as_deref() != Some(ENGLISH) {
            return Err(language);
        }
        let tenses = self.tense_words.read(&doc);
        let timexes = self.time.find(&doc, &tenses, article.published_on);
        done(Stage::Dates);
        let named = self.names.find(&doc, &timexes, article.published_on);
        done(Stage::Names);
        let title = article.title.as_deref().map(|title| Document::read(title, &self.words, &self.marks));
        let title = title.map(|title| {
            let named = self.names.find(&title, &[], article.published_on);
            (title, named)
        });
        let title = title.as_ref().map(|(title, named)| (title, named));
        let publisher = article.source.as_deref().map(|source| Document::read(source, &self.words, &self.marks));
        let source = self.names.party_of_source(article.url.as_deref(), publisher.as_ref());
        let input = events::Input { title, source, text: &doc, tenses: &tenses, dates: &timexes, named: &named, published: article.published_on };
        let (mentions, dump) = events::find(&self.events, &self.lexicon, &self.names, input);
        done(Stage::Events);
        Ok(Read { extractor: self, doc, timexes, named, mentions, dump })
    }
}

/// An article as it was read.
struct Read<'a, 't> {
    extractor: &'a Extractor,
    doc: Document<'t>,
    timexes: Vec<Timex>,
    named: Named,
    mentions: Vec<Mention>,
    dump: Vec<serde_json::Value>,
}

fn time_expression(doc: &Document<'_>, timex: &Timex) -> TimeExpression {
    let quote = doc.quote(&doc.bytes(&timex.tokens));
    TimeExpression {
        start: quote.start,
        end: quote.end,
        text: quote.text,
        timex_type: <&str>::from(timex.timex_type).to_owned(),
        value: timex.value.clone(),
        starts_on: timex.period.as_ref().map(|period| period.first),
        ends_on: timex.period.as_ref().map(|period| period.last),
        precision: timex.period.as_ref().map(|period| period.precision),
        edtf: timex.period.as_ref().map(Period::edtf),
        approximate: timex.approximate,
        uncertain: timex.uncertain,
        anchor: timex.anchor.map(|period| period.value()),
        rule: timex.rule.to_owned(),
    }
}
