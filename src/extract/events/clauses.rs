//! Sentences cut into clauses, so that what one clause tells is not taken for another's: "talks on 7 March in
//! Lugano, where they met in June", "he said on Tuesday that …".

use super::Text;
use super::coordination::{Coordinated, Coordination, asides};
use super::lexicon::{Lexicon, Syntax};
use super::reporting::mark_reporting;
use crate::extract::text::{Sentence, overlaps_any};
use crate::extract::time::Timex;
use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It tells something.
    Plain,
    /// It says who says so.
    Reporting,
    /// It tells of what may never be.
    Conditional,
}

/// A clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// What it is to its sentence.
    pub sort: Sort,
    /// The token of the relative pronoun that opens it.
    pub relative: Option<usize>,
    /// The clause that it interrupts or goes on from, as a place in [`Clauses::clauses`].
    pub parent: Option<usize>,
    /// The clause whose subject is its own, too: "will meet in May and will sign …".
    pub subject: Option<usize>,
}

/// The clauses of one sentence.
#[derive(Debug)]
pub(super) struct Clauses {
    first_token: usize,
    of_token: Vec<usize>,
    /// The clauses in the order of their beginnings.
    pub clauses: Vec<Clause>,
}

impl Clauses {
    /// The clause of a token of the sentence.
    pub fn of(&self, token: usize) -> usize {
        self.of_token[token - self.first_token]
    }

    /// What the clause of a token is to the sentence.
    pub fn sort_of(&self, token: usize) -> Sort {
        self.clauses[self.of(token)].sort
    }

    /// The tokens around `token` that belong to its clause without a break.
    pub fn stretch(&self, token: usize) -> Range<usize> {
        let at = token - self.first_token;
        let same = |clause: &&usize| **clause == self.of_token[at];
        let before = self.of_token[..at].iter().rev().take_while(same).count();
        let after = self.of_token[at..].iter().take_while(same).count();
        token - before..token + after
    }

    /// The tokens of a clause in order.
    pub fn tokens(&self, clause: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.of_token.iter().enumerate().filter(move |(_, c)| **c == clause).map(|(at, _)| at + self.first_token)
    }

    pub fn set(&mut self, tokens: Range<usize>, from: usize, to: usize) {
        for at in tokens {
            let clause = &mut self.of_token[at - self.first_token];
            if *clause == from {
                *clause = to;
            }
        }
    }

    pub fn open(&mut self, sort: Sort, relative: Option<usize>, parent: Option<usize>) -> usize {
        self.clauses.push(Clause { sort, relative, parent, subject: None });
        self.clauses.len() - 1
    }
}

/// Cuts a sentence.
pub(super) fn split(text: &Text<'_, '_>, sentence: &Sentence, lexicon: &Lexicon, timexes: &[Timex]) -> Clauses {
    let doc = text.doc;
    let tokens = sentence.tokens.clone();
    let mut clauses =
        Clauses { first_token: tokens.start, of_token: Vec::with_capacity(tokens.len()), clauses: vec![] };
    let mut current = clauses.open(Sort::Plain, None, None);
    let in_timex = |at: usize| overlaps_any(timexes, |timex| &timex.tokens, &(at..at + 1));
    // "said that …, and that …"
    let goes_on_reporting =
        |at: usize| doc.tokens[at].word == lexicon.that && at > tokens.start && doc.token_text(at - 1) == "and";
    let mut asides = asides(text, &tokens).into_iter().peekable();
    // The aside that is being read: its clause, the one it interrupts, and its last token.
    let mut aside: Option<(usize, usize, usize)> = None;
    let coordination = Coordination { text, lexicon, tokens: &tokens, timexes };
    let mut opening = coordination.event_of_opening();
    // Of each clause, whether a verb of its own has been read.
    let mut verbs = vec![false];
    let mut opened_at = tokens.start;
    for at in tokens.clone() {
        let word = doc.tokens[at].word;
        let word_text = doc.token_text(at);
        let before = current;
        let opens = |class| lexicon.is(word, class) && !in_timex(at);
        if (opens(Syntax::Relative) || coordination.that_takes_up(at)) && at > tokens.start {
            current = clauses.open(Sort::Plain, Some(at), Some(current));
        } else if verbs[current]
            && clauses.clauses[current].relative.is_some_and(|pronoun| coordination.word(pronoun) != "whom")
            && coordination.is_another_verb(at)
        {
            // "the talks that Chad is to hold in May have been put off", but "among those whom he will meet are …"
            let parent = clauses.clauses[current]
                .parent
                .filter(|parent| !clauses.tokens(*parent).any(|token| text.tenses.tell(token..token + 1)));
            current = parent.unwrap_or(current);
        } else if opens(Syntax::Conditional) || at == tokens.start && matches!(word_text, "Should" | "Were") {
            current = clauses.open(Sort::Conditional, None, Some(current));
        } else if opens(Syntax::Subordinator) && at > tokens.start && !coordination.is_limit(at) {
            current = clauses.open(Sort::Plain, None, Some(current));
        } else if word_text == ";" || goes_on_reporting(at) {
            current = clauses.open(Sort::Plain, None, None);
        } else if at > tokens.start
            && current == 0
            && opening.take_if(|_| word_text == ",").is_some_and(|event| event < at)
            && coordination.after(at).is_some_and(|joined| joined == Coordinated::Clause)
        {
            // "After talks with Japan on 17 May, China will …"
            current = clauses.open(Sort::Plain, None, None);
            clauses.clauses[0].subject = Some(current);
        } else if verbs[current] && clauses.clauses[current].sort == Sort::Plain && !in_timex(at) {
            match coordination.after(at) {
                Some(Coordinated::Clause) => current = clauses.open(Sort::Plain, None, None),
                Some(Coordinated::Verb) if clauses.clauses[current].relative.is_none() => {
                    let subject = clauses.clauses[current].subject.unwrap_or(current);
                    current = clauses.open(Sort::Plain, None, None);
                    clauses.clauses[current].subject = Some(subject);
                }
                _ => {}
            }
        } else if let Some(found) = asides.next_if(|found| found.start <= at) {
            current = clauses.open(Sort::Plain, None, Some(current));
            aside = Some((current, before, found.end - 1));
        }
        if current != before {
            opened_at = at;
        }
        verbs.resize(clauses.clauses.len(), false);
        clauses.of_token.push(current);
        // What follows "says" or "that" is another clause, whatever it is joined with.
        let content = word == lexicon.that || opens(Syntax::Report);
        verbs[current] = !content && (verbs[current] || coordination.is_finite(at));
        if let Some((_, interrupted, _)) = aside.filter(|(_, _, last)| *last == at) {
            (current, aside) = (interrupted, None);
            opened_at = clauses.tokens(current).next().unwrap_or(at);
            continue;
        }
        if in_timex(at) {
            continue;
        }
        // A comma may end several: "which have had none since May, will meet".
        while let Some(parent) = clauses.clauses[current].parent {
            if aside.is_some_and(|(clause, ..)| clause == current) {
                break;
            }
            let has_verb = text.tenses.tell(opened_at..at);
            let is_relative = clauses.clauses[current].relative.is_some();
            let parent_has_verb = clauses.tokens(parent).any(|token| text.tenses.tell(token..token + 1));
            let closes = match word_text {
                // What follows a relative clause goes on with the clause that it interrupts, if that lacks its verb; a
                // phrase without a verb ("after a silence,") is no clause.
                "," if is_relative => {
                    !parent_has_verb && (has_verb || text.tenses.tell(at + 1..tokens.end.min(at + 2)))
                }
                "," if clauses.clauses[current].sort == Sort::Conditional => true,
                "," => !(has_verb || at + 1 < tokens.end && lexicon.is(doc.tokens[at + 1].word, Syntax::Relative)),
                _ => false,
            };
            if !closes {
                break;
            }
            current = parent;
            opened_at = clauses.tokens(current).next().unwrap_or(at);
        }
    }
    mark_reporting(text, &tokens, lexicon, timexes, &mut clauses);
    clauses
}
