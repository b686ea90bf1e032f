//! The tenses of a text, with queries for its tokens.

use std::ops::Range;

/// The tense of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Tense {
    /// The event has happened.
    Past,
    /// In the present, as for schedules.
    Present,
    /// The event is in the future.
    Future,
    /// The event was in the future once, whether or not it took place or its day has passed: "was to have met".
    Unfulfilled,
    /// No verb determines the tense.
    Unknown,
}

/// The verbs of a text that determine a tense, from one pass from left to right and one from right to left.
#[derive(Debug)]
pub struct Tenses {
    /// The tense of each token.
    pub(super) told: Vec<Option<Tense>>,
    /// Whether each token is the "to" of an infinitive, other than in "is to".
    pub(super) infinitive: Vec<bool>,
    /// For each token, the nearest verb before it in its sentence.
    pub(super) before: Vec<Option<usize>>,
    /// For each token, itself or the nearest finite verb after it in its sentence.
    pub(super) after: Vec<Option<usize>>,
    /// The index of each token's clause.
    pub(super) clause: Vec<u32>,
    /// For each token, the number of determiners up to and including it.
    pub(super) determiners: Vec<u32>,
    /// For each token, the number of possible clause boundaries up to and including it.
    pub(super) joints: Vec<u32>,
    /// Whether each token is future in the past: the infinitive of "hoped to hold out", the participle of "was
    /// planned".
    pub(super) prospective: Vec<bool>,
    /// Whether each token is in a relative clause, from its pronoun to the next possible clause boundary.
    pub(super) relative: Vec<bool>,
    /// Whether each token is in the past perfect: "had been".
    pub(super) anterior: Vec<bool>,
}

impl Tenses {
    /// The tense of the tokens `at` within `stretch`, a sentence or part of one.
    pub fn around(&self, stretch: &Range<usize>, at: &Range<usize>) -> Tense {
        self.governing(stretch, at).and_then(|verb| self.told[verb]).unwrap_or(Tense::Unknown)
    }

    /// Whether the tokens include a verb with a tense.
    pub fn tell(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|at| self.told[at].is_some())
    }

    /// Whether a token is a verb in the past.
    pub fn is_past(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Past)
    }

    /// Whether a token is a verb about the future.
    pub fn is_future(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Future)
    }

    /// Whether a token is a verb in the present.
    pub fn is_present(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Present)
    }

    /// Whether the tokens `at` are future in the past: "hoped to hold out until 4 June".
    pub fn is_prospective(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        self.governing(sentence, at).is_some_and(|verb| self.prospective[verb])
    }

    /// Whether the tokens `at` are in the past perfect: "as it had been in 1710".
    pub fn is_anterior(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        self.governing(sentence, at).is_some_and(|verb| self.anterior[verb])
    }

    /// Whether the tokens `at` belong to a participle, not to the verb of the clause: "a letter released in 2003
    /// showed".
    pub fn is_of_participle(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        let before = self.before[at.start].filter(|verb| sentence.contains(verb) && self.is_past(*verb));
        let after = self.after.get(at.end).copied().flatten().filter(|verb| sentence.contains(verb));
        before.zip(after).is_some_and(|(before, after)| self.joints[before] == self.joints[after])
    }

    /// Whether a token is in a relative clause.
    pub fn is_in_relative(&self, at: usize) -> bool {
        self.relative[at]
    }

    /// Whether a verb precedes token `at` in its sentence.
    pub fn follows_verb(&self, at: usize) -> bool {
        self.before[at].is_some()
    }

    /// The verb that governs the tokens `at`: the nearest one before them in their clause, else the nearest one after
    /// them in it, else the nearest one of another clause.
    pub fn governing(&self, stretch: &Range<usize>, at: &Range<usize>) -> Option<usize> {
        let clause = *self.clause.get(at.start)?;
        let before = self.before[at.start].filter(|verb| stretch.contains(verb));
        let after = self.after.get(at.end).copied().flatten().filter(|verb| stretch.contains(verb));
        let near = |verb: &usize| self.clause[*verb] == clause;
        before.filter(near).or_else(|| after.filter(near)).or(before).or(after)
    }

    /// Whether the tense is certain: from a finite verb of the clause, and, as a past event can set a later date,
    /// without an object between verb and date: "invited them to a ceremony on 12 March".
    pub fn is_firm(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        self.governing(sentence, at).is_some_and(|verb| {
            let object = self.determiners[verb] != self.determiners[at.start];
            let owns = self.told[verb] == Some(Tense::Future) || !object;
            let leads = at.start <= sentence.start + LEAD;
            let near = if verb < at.start { owns } else { leads };
            self.clause[verb] == self.clause[at.start] && near && !self.infinitive[verb]
        })
    }
}

/// How many tokens can precede a date at the beginning of a sentence for the verb after it to govern it.
const LEAD: usize = 2;
