//! The text of an article with what was found in it marked: the sentences and dates that made events, and the dates that made none.

use crate::event::Statement;
use std::collections::BTreeSet;

/// A date that made no event.
#[derive(Clone, Debug)]
pub struct UnusedMark {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The expression as it stands.
    pub text: String,
    /// The message that says why it made none.
    pub why: &'static str,
}

/// A piece of the text.
pub(super) struct Piece {
    pub(super) text: String,
    /// The place among the events of the one that its sentence speaks of.
    pub(super) of: Option<usize>,
    pub(super) is_date: bool,
    /// Why the date that it is made no event.
    pub(super) why: Option<&'static str>,
}

/// The text, cut where a sentence or a date begins or ends. `marks` are the statements that are of this text, each with the
/// place of its event.
pub(super) fn pieces(text: &str, marks: &[(usize, &Statement)], unused: &[UnusedMark]) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut cuts = BTreeSet::from([0, chars.len()]);
    for (_, statement) in marks {
        cuts.extend([statement.sentence.start as usize, statement.sentence.end as usize]);
        cuts.extend(statement.date.iter().flat_map(|date| [date.start as usize, date.end as usize]));
    }
    cuts.extend(unused.iter().flat_map(|date| [date.start as usize, date.end as usize]));
    let cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= chars.len()).collect();
    let piece = |bounds: &[usize]| {
        let &[start, end] = bounds else { return None };
        let within = |first: u32, last: u32| first as usize <= start && end <= last as usize;
        let is_date_of =
            |statement: &Statement| statement.date.as_ref().is_some_and(|date| within(date.start, date.end));
        let is_of =
            |statement: &Statement| within(statement.sentence.start, statement.sentence.end) || is_date_of(statement);
        // Of several events in one sentence, the date leads to its own.
        let dated = marks.iter().find(|(_, statement)| is_date_of(statement));
        let said = dated.or_else(|| marks.iter().find(|(_, statement)| is_of(statement)));
        let why = unused.iter().find(|date| within(date.start, date.end)).map(|date| date.why);
        Some(Piece {
            text: chars.get(start..end)?.iter().collect(),
            of: said.map(|(at, _)| *at),
            is_date: dated.is_some(),
            why: why.filter(|_| dated.is_none()),
        })
    };
    cuts.windows(2).filter_map(piece).collect()
}
