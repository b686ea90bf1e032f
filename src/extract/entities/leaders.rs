//! Leaders: who represents which state or organisation on a given day, by name, from `data/world/leaders.tsv`.

use super::gazetteer::{Gazetteer, PartyId};
use super::offices::Position;
use crate::extract::data::{DataFile, data_file, list};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, WordId, Words};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::ops::Range;

const LEADERS: DataFile = data_file!("world/leaders.tsv");

/// A term in office, as an index into the table.
pub type TermId = usize;

/// A term in office.
#[derive(Debug)]
pub struct Term {
    /// The full name of the holder.
    pub name: &'static str,
    /// The state or organisation that they represent.
    pub party: PartyId,
    /// The office.
    pub office: Position,
    first: Date,
    last: Date,
}

/// A spelling of a leader's name.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    term: TermId,
    ambiguous: bool,
}

/// The leaders. The words of their names are interned separately, so that they remain unknown words to the other
/// stages.
#[derive(Debug)]
pub struct Leaders {
    terms: Vec<Term>,
    words: Words,
    spellings: Phrases<Spelling>,
    /// The interned words of other data files that begin a leader's name, and the number of words interned at that
    /// time: most words of a text are among the latter and begin none.
    begins: FxHashSet<WordId>,
    known: u32,
}

/// The leaders to whom a name in a text can refer.
#[derive(Debug)]
pub struct Known {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The terms that include the day, the highest office first; at least one.
    pub terms: Vec<TermId>,
    /// Whether the name is also a word, a place or a common name.
    pub ambiguous: bool,
}

impl Leaders {
    /// Loads the table; `words` are those of the other files.
    pub fn new(gazetteer: &Gazetteer, words: &Words) -> Self {
        let mut leaders = Self {
            terms: Vec::new(),
            words: Words::default(),
            spellings: Phrases::default(),
            begins: FxHashSet::default(),
            known: words.count(),
        };
        for row @ [name, aliases, ambiguous, code, office, from, to, _source] in LEADERS.rows::<8>() {
            let party = gazetteer.party_of(code).unwrap_or_else(|| LEADERS.fault(&row, "no such party"));
            let office = office.parse().unwrap_or_else(|_| LEADERS.fault(&row, "no such office"));
            let bound = |cell| days_of(cell).unwrap_or_else(|| LEADERS.fault(&row, "no date"));
            let last = if to.is_empty() { Date::MAX } else { bound(to).1 };
            leaders.terms.push(Term { name, party, office, first: bound(from).0, last });
            let term = leaders.terms.len() - 1;
            let is_ambiguous = |spelling: &str| list(ambiguous).any(|other| other == spelling);
            for spelling in std::iter::once(name).filter(|name| !is_ambiguous(name)).chain(list(aliases)) {
                leaders.name(words, spelling, Spelling { term, ambiguous: false });
            }
            for spelling in list(ambiguous) {
                leaders.name(words, spelling, Spelling { term, ambiguous: true });
            }
        }
        leaders
    }

    /// Adds a spelling, from its first capital on: "von der Leyen" is found by "Leyen".
    fn name(&mut self, words: &Words, name: &str, spelling: Spelling) {
        let name = name.find(char::is_uppercase).map_or(name, |first| &name[first..]);
        let phrase = text::phrase(&mut self.words, name);
        self.spellings.insert(&phrase, spelling);
        let first = name.find(|c: char| !c.is_alphabetic() && c != '\'').map_or(name, |end| &name[..end]);
        self.begins.insert(words.get(&first.to_lowercase()));
    }

    /// A term in office.
    pub fn term(&self, term: TermId) -> &Term {
        &self.terms[term]
    }

    /// The leaders in office on the day `on` whose name begins at token `at`; the longest name if there are several.
    pub fn at(&self, doc: &Document<'_>, at: usize, limit: usize, on: Date) -> Option<Known> {
        let first = doc.tokens[at].word;
        if first != WordId::UNKNOWN && first.0 < self.known && !self.begins.contains(&first) {
            return None;
        }
        let mut buffer = String::new();
        let mut word = |at: usize| self.words.get(text::fold(doc.token_text(at), &mut buffer));
        if !self.spellings.begin_with(word(at)) {
            return None;
        }
        let prefixes = self.spellings.prefixes((at..limit).map(word));
        let in_office = |spellings: &[Spelling]| -> Vec<Spelling> {
            spellings.iter().filter(|s| self.terms[s.term].spans(on)).copied().collect()
        };
        let prefixes = prefixes.map(|(length, spellings)| (length, in_office(spellings)));
        let (length, spellings) = prefixes.filter(|(_, spellings)| !spellings.is_empty()).last()?;
        let mut terms: Vec<TermId> = spellings.iter().map(|s| s.term).collect();
        terms.sort_by_key(|term| self.terms[*term].office);
        let ambiguous = spellings.iter().all(|s| s.ambiguous);
        Some(Known { tokens: at..at + length, terms, ambiguous })
    }
}

impl Term {
    fn spans(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The first and last day of a cell: a day, a month, a year, or, with `~`, the surrounding years as well.
fn days_of(cell: &str) -> Option<(Date, Date)> {
    if let Some(about) = cell.strip_suffix('~') {
        let year: i16 = about.parse().ok()?;
        return Some((Date::new(year - 1, 1, 1).ok()?, Date::new(year + 1, 12, 31).ok()?));
    }
    let mut parts = cell.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    let Some(day) = parts.next() else { return Some((first, first.last_of_month())) };
    let day = Date::new(year, first.month(), day.parse().ok()?).ok()?;
    Some((day, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_term_lasts_as_long_as_its_bounds_may_mean() {
        assert_eq!(days_of("2024-05-07"), Some((date(2024, 5, 7), date(2024, 5, 7))));
        assert_eq!(days_of("2024-02"), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(days_of("2024"), Some((date(2024, 1, 1), date(2024, 12, 31))));
        assert_eq!(days_of("2024~"), Some((date(2023, 1, 1), date(2025, 12, 31))));
        assert_eq!(days_of("May"), None);
    }
}
