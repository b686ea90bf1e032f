//! Runs the stages of extraction in order.

use super::data::DataFile;
use super::entities::Entities;
use super::events::{self, EventPack, ExplainedCandidate, Input, Unused};
use super::explain::{self, ExplainedSentence, Reading};
use super::extraction::{
    Extraction, MOST_MENTIONS, TimeExpression, UnusedDate, time_expression, warning_of, warning_of_mentions,
};
use super::language::{ENGLISH, language_of};
use super::lexicon::{Class, Lexicon};
use super::model::Models;
use super::stages::Stage;
use super::tense::TenseWords;
use super::text::{Document, Marks};
use super::time::Time;
use super::words::Words;
use crate::article::Article;
use crate::event::Mention;

/// Extracts event mentions from articles. Create it once: it holds the parsed gazetteers, lexicons and rules.
#[derive(Debug)]
pub struct Extractor {
    pub(super) words: Words,
    pub(super) marks: Marks,
    pub(super) tense_words: TenseWords,
    pub(super) time: Time,
    pub(super) names: Entities,
    lexicon: Lexicon,
    events: EventPack,
}

/// How an article is not read.
enum Unread {
    /// It is in this language, or in none that is known.
    Language(Option<String>),
    GivenUp,
}

impl Extractor {
    /// Parses the compiled-in data.
    #[expect(clippy::new_without_default, reason = "parsing megabytes is not what a default does")]
    pub fn new() -> Self {
        let mut words = Words::default();
        let lexicon = Lexicon::new(&mut words);
        let of_class = |class| lexicon.words_of(class);
        let marks = Marks::new(&mut words, of_class(Class::Abbreviation), of_class(Class::Opener));
        let tense_words = TenseWords::new(&mut words);
        let time = Time::new(&mut words);
        let names = Entities::new(&mut words);
        let events = EventPack::new(&mut words);
        Self { words, marks, tense_words, time, names, lexicon, events }
    }

    /// Replaces the signals, which are rows of `data/lang/en/signals.tsv`, and the models, for training and
    /// evaluation.
    ///
    /// # Panics
    /// Panics if a row or a model is malformed.
    pub fn set_weights(&mut self, signals: &'static str, models: &Models<'_>) {
        self.events = EventPack::with_weights(&mut self.words, DataFile::new("signals", signals), models);
    }

    /// Extracts the event mentions of `article`. Its language is not detected if the article states it.
    pub fn extract(&self, article: &Article) -> Extraction {
        self.extract_while(article, &mut |_| true)
    }

    /// As [`Extractor::extract`], and reports each finished stage to `goes_on`. If that returns false, extraction stops and the
    /// result is empty.
    pub fn extract_while(&self, article: &Article, goes_on: &mut dyn FnMut(Stage) -> bool) -> Extraction {
        match self.read(article, goes_on, None) {
            Ok(read) => {
                let dates: Vec<TimeExpression> =
                    read.timexes.iter().map(|timex| time_expression(&read.text, timex)).collect();
                let unused = |(at, reason): &(usize, Unused)| {
                    let TimeExpression { start, end, ref text, .. } = dates[*at];
                    UnusedDate { start, end, text: text.clone(), reason: *reason }
                };
                let unused_dates: Vec<UnusedDate> = read.unused.iter().map(unused).collect();
                let too_many = warning_of_mentions(read.mentions.len());
                Extraction {
                    language: Some(ENGLISH.to_owned()),
                    mentions: read.mentions.into_iter().take(MOST_MENTIONS).map(|(mention, _)| mention).collect(),
                    warnings: too_many.into_iter().chain(warning_of(&unused_dates)).collect(),
                    unused_dates,
                    dates,
                }
            }
            Err(Unread::GivenUp) => Extraction::default(),
            Err(Unread::Language(language)) => {
                let warning = match &language {
                    Some(code) => {
                        format!("the text is in a language that is not read yet ({code}): no events were looked for")
                    }
                    None => "the text is in no known language: no events were looked for".to_owned(),
                };
                Extraction { language, mentions: vec![], dates: vec![], unused_dates: vec![], warnings: vec![warning] }
            }
        }
    }

    /// Returns the event mentions of `article`, each with its score, which training calibrates; empty if the language
    /// is not supported.
    pub fn scored(&self, article: &Article) -> Vec<(Mention, f32)> {
        self.read(article, &mut |_| true, None).map(|read| read.mentions).unwrap_or_default()
    }

    /// Explains the extraction: the dates, names, candidates and mentions of each sentence; empty if the language is
    /// not supported.
    pub fn explain(&self, article: &Article) -> Vec<ExplainedSentence> {
        let mut candidates = Vec::new();
        let Ok(read) = self.read(article, &mut |_| true, Some(&mut candidates)) else { return vec![] };
        explain::sentences(&read, &self.names.gazetteer, candidates)
    }

    /// Runs the stages while `goes_on` returns true.
    fn read<'t>(
        &self,
        article: &'t Article,
        goes_on: &mut dyn FnMut(Stage) -> bool,
        explained: Option<&mut Vec<ExplainedCandidate>>,
    ) -> Result<Reading<'t>, Unread> {
        let mut done = |stage| if goes_on(stage) { Ok(()) } else { Err(Unread::GivenUp) };
        let document = |text: &'t str| Document::read(text, &self.words, &self.marks);
        let text = document(&article.text);
        done(Stage::Words)?;
        let given = article.language.as_deref().and_then(|tag| tag.split(['-', '_']).next()).map(str::to_lowercase);
        let language = given.or_else(|| language_of(&text, &self.lexicon));
        done(Stage::Language)?;
        if language.as_deref() != Some(ENGLISH) {
            return Err(Unread::Language(language));
        }
        let tenses = self.tense_words.read(&text);
        let timexes = self.time.find(&text, &tenses, article.published_on);
        done(Stage::Dates)?;
        let named = self.names.find(&text, &timexes, article.published_on);
        let title = article.title.as_deref().map(document);
        let title = title.map(|title| (self.names.find(&title, &[], article.published_on), title));
        let publisher = article.source.as_deref().map(document);
        done(Stage::Names)?;
        let input = Input {
            text: &text,
            tenses: &tenses,
            dates: &timexes,
            named: &named,
            published: article.published_on,
            title: title.as_ref().map(|(named, title)| (title, named)),
            source: self.names.party_of_source(article.url.as_deref(), publisher.as_ref()),
        };
        let events::Found { mentions, unused } =
            events::find(&self.events, &self.lexicon, &self.names, input, explained);
        done(Stage::Events)?;
        Ok(Reading { text, timexes, named, mentions, unused })
    }
}
