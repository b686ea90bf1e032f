//! Words for groups of states that are no names of their own, from `data/lang/en/collectives.tsv`: "Gulf leaders".

use super::Entities;
use super::name_words::NamePart;
use super::offices::Rank;
use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{Document, Token};
use strum::EnumString;

const COLLECTIVES: DataFile = data_file!("lang/en/collectives.tsv");
/// How many words may stand between an adjective and the officials: "Arab and Islamic foreign ministers".
const REACH: usize = 3;

/// What must follow a word for it to stand for a group of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Followers {
    /// Those who act for the states, or their summit.
    Officials,
    /// The same, or the states themselves.
    Members,
}

/// A row of the list.
pub(super) struct Collective {
    pub phrase: &'static str,
    pub before: Option<Followers>,
    /// The code of the party; none where the phrase names nobody.
    pub code: Option<&'static str>,
}

/// The rows of the list.
pub(super) fn rows() -> impl Iterator<Item = Collective> {
    COLLECTIVES.rows::<3>().map(|row @ [phrase, before, code]| {
        let parse = |before: &str| before.parse().unwrap_or_else(|_| COLLECTIVES.fault(&row, "no such followers"));
        let before = Some(before).filter(|before| !before.is_empty()).map(parse);
        Collective { phrase, before, code: Some(code).filter(|code| !code.is_empty()) }
    })
}

impl Entities {
    /// Whether the followers that a word needs come after token `at`.
    pub(super) fn are_followed(&self, doc: &Document<'_>, at: usize, limit: usize, needed: Followers) -> bool {
        for at in at..limit.min(at + REACH + 1) {
            let word = doc.tokens[at].word;
            if let Some((tokens, office)) = self.offices.at(doc, at, limit) {
                let acts = office.plural && matches!(office.rank, Rank::Head | Rank::Minister);
                return acts
                    && !goes_on_as_title(&doc.tokens[at..limit], tokens.len())
                    && !self.are_named_after(doc, tokens.end, limit);
            }
            if self.parts.is(word, NamePart::Gathering) {
                return true;
            }
            if self.parts.is(word, NamePart::Members) {
                return needed == Followers::Members;
            }
            let between = [NamePart::Link, NamePart::And].iter().any(|part| self.parts.is(word, *part));
            if !between && !self.gazetteer.names().begin_with(word) {
                return false;
            }
        }
        false
    }

    /// Whether the members of the group that are meant are named: "Nordic ministers from Iceland and Norway".
    fn are_named_after(&self, doc: &Document<'_>, at: usize, limit: usize) -> bool {
        let [of, name, ..] = &doc.tokens[at..limit] else { return false };
        let known = self.gazetteer.names().begin_with(name.word) && name.is_capitalised();
        self.parts.is(of.word, NamePart::Of) && known
    }
}

/// Whether capitals go on after so many tokens that begin with one: "Young Southeast Asian Leaders Initiative".
fn goes_on_as_title(tokens: &[Token], office: usize) -> bool {
    let next = tokens.get(office).is_some_and(|next| next.is_capitalised() && !next.new_line);
    next && tokens[0].is_capitalised()
}
