//! Words for groups of states that are not names by themselves, from `data/lang/en/collectives.tsv`: "Gulf leaders".

use super::gazetteer::Followers;
use super::lists::Lists;
use super::name_words::NamePart;
use super::offices::Rank;
use crate::extract::text::{Document, Token};

/// How many words can stand between an adjective and the officials: "Arab and Islamic foreign ministers".
const REACH: usize = 3;

/// Whether the followers required by a word come after token `at`.
pub(super) fn are_followed(lists: Lists<'_>, doc: &Document<'_>, at: usize, limit: usize, needed: Followers) -> bool {
    for at in at..limit.min(at + REACH + 1) {
        let word = doc.tokens[at].word;
        if let Some((tokens, office)) = lists.offices.at(doc, at, limit) {
            let acts = office.plural && matches!(office.rank, Rank::Head | Rank::Minister);
            return acts
                && !goes_on_as_title(&doc.tokens[at..limit], tokens.len())
                && !are_named_after(lists, doc, tokens.end, limit);
        }
        if lists.parts.is(word, NamePart::Gathering) {
            return true;
        }
        if lists.parts.is(word, NamePart::Members) {
            return needed == Followers::Members;
        }
        let between = [NamePart::Link, NamePart::And].iter().any(|part| lists.parts.is(word, *part));
        if !between && !lists.gazetteer.names().begin_with(word) {
            return false;
        }
    }
    false
}

/// Whether the members of the group are named: "Nordic ministers from Iceland and Norway".
fn are_named_after(lists: Lists<'_>, doc: &Document<'_>, at: usize, limit: usize) -> bool {
    let [of, name, ..] = &doc.tokens[at..limit] else { return false };
    let known = lists.gazetteer.names().begin_with(name.word) && name.is_capitalised();
    lists.parts.is(of.word, NamePart::Of) && known
}

/// Whether a capitalised word follows a capitalised office, as in a title: "Young Southeast Asian Leaders Initiative".
fn goes_on_as_title(tokens: &[Token], office: usize) -> bool {
    let next = tokens.get(office).is_some_and(|next| next.is_capitalised() && !next.new_line);
    next && tokens[0].is_capitalised()
}
