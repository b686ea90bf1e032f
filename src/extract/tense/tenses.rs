//! What the verbs of a text tell of when something happens, asked for any of its tokens.

use std::ops::Range;

/// When a clause places what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Tense {
    /// It has happened.
    Past,
    /// Told in the present, as timetables are.
    Present,
    /// It lies ahead.
    Future,
    /// It lay ahead once, whatever came of it, and its day may be over or not: "was to have met".
    Unfulfilled,
    /// No verb tells.
    Unknown,
}

/// The verbs of a text that tell tense, as found once from left to right and once from right to left.
#[derive(Debug)]
pub struct Tenses {
    /// What each token tells.
    pub(super) told: Vec<Option<Tense>>,
    /// Whether each token is the "to" of an infinitive, but not of "is to".
    pub(super) infinitive: Vec<bool>,
    /// For each token, the nearest before it in its sentence that tells a tense.
    pub(super) before: Vec<Option<usize>>,
    /// For each token, itself or the nearest after it in its sentence that tells a tense and is no participle.
    pub(super) after: Vec<Option<usize>>,
    /// The number of each token's clause.
    pub(super) clause: Vec<u32>,
    /// For each token, how many of it and those before it are determiners.
    pub(super) determiners: Vec<u32>,
    /// For each token, how many of it and those before it may begin another clause.
    pub(super) joints: Vec<u32>,
    /// What lay ahead of a past: the infinitive of "hoped to hold out", the participle of "was planned".
    pub(super) prospective: Vec<bool>,
    /// What a relative pronoun opens, up to what may begin another clause.
    pub(super) relative: Vec<bool>,
    /// What was over before: "had been".
    pub(super) anterior: Vec<bool>,
}

impl Tenses {
    /// The tense in which `stretch`, a sentence or a part of one, speaks of the tokens `at`.
    pub fn around(&self, stretch: &Range<usize>, at: &Range<usize>) -> Tense {
        self.governing(stretch, at).and_then(|verb| self.told[verb]).unwrap_or(Tense::Unknown)
    }

    /// Whether a finite verb stands among these tokens.
    pub fn tell(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|at| self.told[at].is_some())
    }

    /// Whether a token is a verb in the past.
    pub fn is_past(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Past)
    }

    /// Whether a token is a verb that tells what lies ahead.
    pub fn is_future(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Future)
    }

    /// Whether a token is a verb in the present.
    pub fn is_present(&self, at: usize) -> bool {
        self.told[at] == Some(Tense::Present)
    }

    /// Whether the tokens `at` are told of as what lay ahead of a past: "hoped to hold out until 4 June".
    pub fn is_prospective(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        self.governing(sentence, at).is_some_and(|verb| self.prospective[verb])
    }

    /// Whether the tokens `at` are told of as what was over before: "as it had been in 1710".
    pub fn is_anterior(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        self.governing(sentence, at).is_some_and(|verb| self.anterior[verb])
    }

    /// Whether the tokens `at` belong to a participle and not to the verb of the clause: "a letter released in 2003
    /// showed".
    pub fn is_of_participle(&self, sentence: &Range<usize>, at: &Range<usize>) -> bool {
        let before = self.before[at.start].filter(|verb| sentence.contains(verb) && self.is_past(*verb));
        let after = self.after.get(at.end).copied().flatten().filter(|verb| sentence.contains(verb));
        before.zip(after).is_some_and(|(before, after)| self.joints[before] == self.joints[after])
    }

    /// Whether a token is of a relative clause.
    pub fn is_in_relative(&self, at: usize) -> bool {
        self.relative[at]
    }

    /// Whether a verb stands before token `at` in its sentence.
    pub fn follows_verb(&self, at: usize) -> bool {
        self.before[at].is_some()
    }

    /// The token that tells the tense of the tokens `at`: the nearest before them in their clause, else the nearest
    /// after, else the nearest of another clause.
    pub fn governing(&self, stretch: &Range<usize>, at: &Range<usize>) -> Option<usize> {
        let clause = *self.clause.get(at.start)?;
        let before = self.before[at.start].filter(|verb| stretch.contains(verb));
        let after = self.after.get(at.end).copied().flatten().filter(|verb| stretch.contains(verb));
        let near = |verb: &usize| self.clause[*verb] == clause;
        before.filter(near).or_else(|| after.filter(near)).or(before).or(after)
    }

    /// Whether the tense is beyond doubt: told by a finite verb of the clause; and, as what is past may have been agreed
    /// for later, with no object between verb and date: "invited them to a ceremony on 12 March".
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

/// How many tokens may stand before a date at the head of a sentence, which the verb behind it owns.
const LEAD: usize = 2;
