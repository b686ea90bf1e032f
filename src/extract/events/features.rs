//! Features: what the models weigh in addition to the named signals, derived from the words around a candidate.
//!
//! A feature is a class with up to two values, hashed. Words occur only as values; which features matter is learned in
//! training.

use super::candidate::Candidate;
use super::sentence::Sentence;
use super::triggers::Found;
use super::unit::{Unit, Units};
use super::units;
use super::weights::Weights;
use crate::extract::model::{FeatureHash, hash, hash_word};
use crate::extract::text::fold;
use enumset::{EnumSet, EnumSetTypeWithRepr};
use std::ops::Range;
use strum::VariantNames;

/// How many words on each side of the date or the trigger are features by position.
const BESIDE: usize = 3;
/// How many words between date and trigger are features.
const BETWEEN: usize = 12;

/// The classes of features. Their order is part of the format of the model files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Class {
    Signals,
    TriggerSignal,
    Trigger,
    BeforeDate,
    AfterDate,
    PairBeforeDate,
    PairAfterDate,
    BeforeTrigger,
    AfterTrigger,
    PairBeforeTrigger,
    PairAfterTrigger,
    Between,
    BetweenDateFirst,
    VerbOfTrigger,
    VerbOfDate,
    OtherTrigger,
    NextTrigger,
    DateWord,
    DateForm,
    Position,
    Length,
    Layout,
}

/// A value of a feature.
#[derive(Clone, Copy, Debug)]
enum Value {
    Nothing,
    Unit(Unit),
    Token(usize),
    Name(&'static str),
    Number(u32),
}

/// A feature of a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feature {
    class: Class,
    values: [Value; 2],
    pub hash: FeatureHash,
}

impl Feature {
    /// Returns the class and the values, for explanations.
    pub fn name(&self, sentence: &Sentence<'_, '_>) -> String {
        let class: &str = self.class.into();
        let values = self.values.iter().filter_map(|value| match value {
            Value::Nothing => None,
            Value::Unit(Unit { sort: Some(sort), .. }) => Some(format!("[{}]", <&str>::from(sort))),
            Value::Unit(Unit { token, .. }) | Value::Token(token) => {
                Some(sentence.article.text.token_text(*token).to_lowercase())
            }
            Value::Name(name) => Some((*name).to_owned()),
            Value::Number(number) => Some(number.to_string()),
        });
        format!("{class}:{}", values.collect::<Vec<_>>().join(" "))
    }
}

/// Receives features, for one sentence.
struct Sink<'f, F> {
    units: &'f Units,
    add: &'f mut F,
}

impl<F: FnMut(Feature)> Sink<'_, F> {
    fn add(&mut self, class: Class, detail: u32, values: [(Value, u32); 2]) {
        let hash = hash(class as u32, [detail, values[0].1, values[1].1]);
        (self.add)(Feature { class, values: values.map(|(value, _)| value), hash });
    }

    fn number(&mut self, class: Class, detail: u32, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.add(class, detail, [(Value::Number(number), number), (Value::Nothing, 0)]);
    }

    /// Adds a unit, given its index in the sentence; `detail` is its distance. Outside the sentence, the value is
    /// empty.
    fn unit(&mut self, class: Class, detail: u32, at: Option<usize>) {
        let (value, hash) = self.filled(at);
        self.add(class, detail, [(value, hash), (Value::Nothing, 0)]);
    }

    fn pair(&mut self, class: Class, first: Option<usize>, second: Option<usize>) {
        let pair = [self.filled(first), self.filled(second)];
        self.add(class, 0, pair);
    }

    fn filled(&self, at: Option<usize>) -> (Value, u32) {
        let unit = at.and_then(|at| self.units.all.get(at));
        unit.map_or((Value::Nothing, 0), |unit| (Value::Unit(*unit), unit.hash))
    }

    /// Adds the words beside some units, and pairs of them.
    fn beside(&mut self, units: &Range<usize>, [before, after, pair_before, pair_after]: [Class; 4]) {
        for step in 1..=BESIDE {
            let detail = u32::try_from(step).unwrap_or_default();
            self.unit(before, detail, units.start.checked_sub(step));
            self.unit(after, detail, Some(units.end + step - 1));
        }
        self.pair(pair_before, units.start.checked_sub(2), units.start.checked_sub(1));
        self.pair(pair_after, Some(units.end), Some(units.end + 1));
    }

    /// Adds pairs of signals, and each signal with the trigger.
    fn signals<S: EnumSetTypeWithRepr<Repr = u128> + VariantNames>(
        &mut self,
        found: &Found,
        weights: &Weights<S>,
        signals: EnumSet<S>,
    ) {
        let names: Vec<(&'static str, u32)> = weights.hashed(signals).collect();
        let trigger = (Value::Name(found.name), hash_word(found.name));
        for (at, (name, hash)) in names.iter().enumerate() {
            self.add(Class::TriggerSignal, 0, [(Value::Name(name), *hash), trigger]);
            for (other, other_hash) in &names[at + 1..] {
                self.add(Class::Signals, 0, [(Value::Name(name), *hash), (Value::Name(other), *other_hash)]);
            }
        }
    }
}

/// Calls `add` with each feature of a candidate.
pub(super) fn of_candidate(sentence: &Sentence<'_, '_>, candidate: &Candidate, add: &mut impl FnMut(Feature)) {
    let found = &candidate.found;
    let units = sentence.units.get_or_init(|| units::read(sentence));
    let mut sink = Sink { units, add };
    sink.signals(found, &sentence.pack.event, candidate.signals);
    let trigger = units.range(&found.tokens);
    let name = (Value::Name(found.name), hash_word(found.name));
    let trigger_word = sink.filled(Some(trigger.start));
    sink.add(Class::Trigger, 0, [name, trigger_word]);
    let kind: &'static str = found.kind.into();
    sink.add(Class::Trigger, 1, [(Value::Name(kind), hash_word(kind)), (Value::Nothing, 0)]);
    sink.beside(
        &trigger,
        [Class::BeforeTrigger, Class::AfterTrigger, Class::PairBeforeTrigger, Class::PairAfterTrigger],
    );
    let stretch = sentence.clauses.stretch(found.tokens.start);
    let verb = sentence.article.tenses.governing(&stretch, &found.tokens).filter(|at| sentence.tokens.contains(at));
    let verb = verb.map(|verb| units.at(verb));
    sink.unit(Class::VerbOfTrigger, 0, verb);
    sink.pair(Class::VerbOfTrigger, verb, verb.map(|verb| verb + 1));
    let mut others = sentence.triggers.iter().filter(|other| other.tokens != found.tokens);
    for other in others.clone() {
        let after = u32::from(other.tokens.start > found.tokens.start);
        sink.add(Class::OtherTrigger, after, [(Value::Name(other.name), hash_word(other.name)), (Value::Nothing, 0)]);
    }
    if let Some(next) = others.find(|other| other.tokens.start > found.tokens.start) {
        sink.add(Class::NextTrigger, 0, [name, (Value::Name(next.name), hash_word(next.name))]);
    }
    let text = sentence.article.text;
    sink.number(Class::Position, 0, sentence.number.min(10));
    sink.number(Class::Position, 1, log2(text.sentences.len() - sentence.number));
    sink.number(Class::Length, 0, log2(text.sentences.len()));
    sink.number(Class::Length, 1, units.all.len() / 8);
    let line = sentence.line();
    for (detail, holds) in [
        (0, sentence.opens_line()),
        (1, !line.label.is_empty()),
        (2, !line.dateline.is_empty()),
        (3, line.heading.is_some()),
        (4, sentence.article.source.is_some()),
    ] {
        sink.number(Class::Layout, detail, usize::from(holds));
    }
    let Some(date) = candidate.date else { return };
    of_date(sentence, &trigger, date, &mut sink);
}

/// Adds the features of a date: its form, and the words within and around it.
fn of_date(sentence: &Sentence<'_, '_>, trigger: &Range<usize>, date: usize, sink: &mut Sink<'_, impl FnMut(Feature)>) {
    let timex = &sentence.article.dates[date];
    let article = sentence.article;
    if let Some(days) = timex.days() {
        let form = timex.form as u32;
        let precision = days.precision as u32;
        sink.add(Class::DateForm, 0, [(Value::Number(form), form), (Value::Number(precision), precision)]);
        let tense = timex.tense as u32;
        sink.add(Class::DateForm, 1, [(Value::Number(form), form), (Value::Number(tense), tense)]);
    }
    let mut buffer = String::new();
    for at in timex.expression().clone().filter(|at| article.text.tokens[*at].is_word()) {
        let word = hash_word(fold(article.text.token_text(at), &mut buffer));
        sink.add(Class::DateWord, 0, [(Value::Token(at), word), (Value::Nothing, 0)]);
    }
    if !sentence.tokens.contains(&timex.tokens.start) {
        return;
    }
    let units = sink.units;
    let within = timex.expression().start.max(sentence.tokens.start)..timex.expression().end.min(sentence.tokens.end);
    let date = units.range(&within);
    sink.beside(&date, [Class::BeforeDate, Class::AfterDate, Class::PairBeforeDate, Class::PairAfterDate]);
    let (class, between) = if date.start < trigger.start {
        (Class::BetweenDateFirst, date.end..trigger.start)
    } else {
        (Class::Between, trigger.end..date.start)
    };
    for at in between.take(BETWEEN) {
        sink.unit(class, 0, Some(at));
    }
    let stretch = sentence.clauses.stretch(timex.tokens.start);
    let verb = article.tenses.governing(&stretch, &within).filter(|at| sentence.tokens.contains(at));
    sink.unit(Class::VerbOfDate, 0, verb.map(|verb| units.at(verb)));
}

fn log2(number: usize) -> usize {
    (number + 1).ilog2() as usize
}
