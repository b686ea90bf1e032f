//! A sentence with its annotations: classes of words, dates, names, triggers and clauses.

use super::article::Article;
use super::clause::Clauses;
use super::cues::Cue;
use super::layout::Line;
use super::pack::EventPack;
use super::triggers::{Found, Match};
use super::unit::Units;
use crate::extract::entities::{Entities, Entity, PartyId, PlaceId};
use crate::extract::lexicon::Class;
use crate::extract::text::{Shape, beginning_within, overlaps_any};
use crate::extract::time::Timex;
use enumset::EnumSet;
use std::cell::OnceCell;
use std::ops::Range;

/// A sentence with its annotations. Tokens and dates are indices into those of the whole text.
#[derive(Debug)]
pub(super) struct Sentence<'a, 't> {
    pub pack: &'a EventPack,
    pub names: &'a Entities,
    pub article: &'a Article<'a, 't>,
    /// The index among the sentences of the text.
    pub number: usize,
    pub tokens: Range<usize>,
    /// The dates, as indices into those of the article.
    pub dates: Range<usize>,
    pub entities: &'a [Entity],
    /// The words that may be triggers, in order.
    pub matches: Vec<Match>,
    /// The clauses; set after construction.
    pub clauses: Clauses,
    /// The triggers as they are used in the sentence, in order; set after construction.
    pub triggers: Vec<Found>,
    /// The units that models see, computed on first use.
    pub units: OnceCell<Units>,
}

impl<'a, 't> Sentence<'a, 't> {
    pub fn new(pack: &'a EventPack, names: &'a Entities, article: &'a Article<'a, 't>, number: usize) -> Self {
        let tokens = article.text.sentences[number].tokens.clone();
        let entities = beginning_within(&article.named.entities, |entity| &entity.tokens, &tokens);
        Self {
            pack,
            names,
            article,
            number,
            dates: beginning_within(article.dates, |timex| &timex.tokens, &tokens),
            entities: &article.named.entities[entities],
            matches: pack.triggers.matches(article.text, &tokens),
            tokens,
            clauses: Clauses::default(),
            triggers: vec![],
            units: OnceCell::new(),
        }
    }

    pub fn timexes(&self) -> &'a [Timex] {
        &self.article.dates[self.dates.clone()]
    }

    /// Returns the classes of a token, none outside the sentence.
    pub fn classes(&self, at: usize) -> EnumSet<Class> {
        if self.tokens.contains(&at) { self.article.classes[at] } else { EnumSet::empty() }
    }

    pub fn is(&self, at: usize, class: Class) -> bool {
        self.classes(at).contains(class)
    }

    pub fn is_any(&self, at: usize, classes: EnumSet<Class>) -> bool {
        !self.classes(at).is_disjoint(classes)
    }

    /// Returns the cues of the longest phrase that begins at a token, and its length in tokens.
    pub fn cues(&self, at: usize) -> (EnumSet<Cue>, usize) {
        self.pack.cues.at(self.article.text, at, self.tokens.end)
    }

    /// Whether a token is a punctuation mark. Marks do not depend on the language.
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.contains(&at)
            && self.article.text.tokens[at].shape == Shape::Punctuation
            && self.article.text.token_text(at).starts_with(mark)
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.is_mark(at, ',')
    }

    /// Returns the previous token if it is in the sentence.
    pub fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|at| *at >= self.tokens.start)
    }

    /// Whether the previous token has a class.
    pub fn follows(&self, at: usize, class: Class) -> bool {
        self.before(at).is_some_and(|at| self.is(at, class))
    }

    /// Returns the token before a phrase that begins at a token, skipping an article before it.
    pub fn before_phrase(&self, at: usize) -> Option<usize> {
        self.before(at)
            .and_then(|before| if self.is(before, Class::Definite) { self.before(before) } else { Some(before) })
    }

    /// Returns up to `reach` tokens of the sentence before `at`.
    pub fn back(&self, at: usize, reach: usize) -> Range<usize> {
        at.saturating_sub(reach).max(self.tokens.start)..at
    }

    /// Returns up to `reach` tokens of the sentence from `at` on.
    pub fn ahead(&self, at: usize, reach: usize) -> Range<usize> {
        at..(at + reach).min(self.tokens.end).max(at)
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.contains(&at) && self.article.text.tokens[at].is_capitalised()
    }

    pub fn is_lower(&self, at: usize) -> bool {
        let token = &self.article.text.tokens;
        self.tokens.contains(&at) && token[at].is_word() && !token[at].is_capitalised()
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.contains(&at) && self.article.text.tokens[at].is_word()
    }

    /// Whether a token belongs to a date expression.
    pub fn in_date(&self, at: usize) -> bool {
        overlaps_any(self.timexes(), |timex| &timex.tokens, &(at..at + 1))
    }

    /// Whether a token belongs to a name.
    pub fn in_name(&self, at: usize) -> bool {
        overlaps_any(self.entities, |entity| &entity.tokens, &(at..at + 1))
    }

    pub fn name_starting(&self, at: usize) -> Option<&'a Entity> {
        let next = self.entities.partition_point(|e| e.tokens.start < at);
        self.entities.get(next).filter(|e| e.tokens.start == at)
    }

    pub fn name_ending(&self, at: usize) -> Option<&'a Entity> {
        self.entities.iter().find(|e| e.tokens.end == at)
    }

    /// Returns the name of the phrase that begins at a token, with or without an article.
    pub fn name_of_phrase(&self, at: usize) -> Option<&'a Entity> {
        self.name_starting(at + usize::from(self.is(at, Class::Definite)))
    }

    /// Whether a finite verb is among some tokens.
    pub fn has_verb(&self, tokens: Range<usize>) -> bool {
        self.article.tenses.tell(tokens)
    }

    /// Returns the first of up to `reach` previous sentences that may contain an antecedent. An entry of an agenda
    /// never refers to the previous one.
    pub fn context(&self, reach: usize) -> usize {
        self.number.saturating_sub(reach).max(self.line().unit.unwrap_or(0))
    }

    /// Whether an office begins at a token.
    pub fn office_at(&self, at: usize) -> bool {
        self.names.office_at(self.article.text, at, self.tokens.end)
    }

    /// Whether words for representatives of a state begin at a token, as in "officials" or "the foreign minister".
    pub fn official_at(&self, at: usize) -> bool {
        self.is(at, Class::Officials) || self.office_at(at)
    }

    /// Whether a noun that may name an event begins at a token.
    pub fn event_noun_at(&self, at: usize) -> bool {
        self.matches.iter().any(|found| found.tokens.start == at && found.is_noun())
    }

    /// Whether a name denotes an organisation.
    pub fn is_body(&self, name: &Entity) -> bool {
        name.party.is_some_and(|party| self.is_organisation(party))
    }

    pub fn is_organisation(&self, party: PartyId) -> bool {
        self.names.gazetteer.is_organisation(party)
    }

    pub fn is_country(&self, place: PlaceId) -> bool {
        self.names.gazetteer.is_country(place)
    }

    pub fn country_of(&self, place: PlaceId) -> Option<PartyId> {
        self.names.gazetteer.country_of(place)
    }

    /// Whether two tokens of the sentence are in the same clause.
    pub fn in_same_clause(&self, one: usize, other: usize) -> bool {
        self.clauses.of(one) == self.clauses.of(other)
    }

    /// Whether two tokens are separated only by separators of a list.
    pub fn is_list_between(&self, from: usize, to: usize) -> bool {
        from < to && (from..to).all(|at| self.is(at, Class::ListJoint))
    }

    /// Returns the layout of the sentence.
    pub fn line(&self) -> &'a Line {
        &self.article.layout.lines[self.number]
    }

    /// Whether the sentence begins a line.
    pub fn opens_line(&self) -> bool {
        self.article.text.tokens[self.tokens.start].new_line
    }
}
