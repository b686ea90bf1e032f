//! Leaders from the table, by their full names, and by surnames that are unambiguous.

use super::holders::{Holder, is_former};
use super::roster::Roster;
use super::search::Search;
use crate::event::ParticipantKind;
use crate::extract::entities::entity::Entity;
use crate::extract::entities::leaders::{Known, TermId};
use crate::extract::entities::name_words::NamePart;
use crate::extract::entities::offices::Position;
use crate::extract::text::{Shape, overlaps_any};
use crate::extract::words::WordId;

/// The names of leaders in office on the publication date, in text order.
pub(super) fn leaders(search: &Search<'_, '_>) -> Vec<Known> {
    let mut leaders = Vec::new();
    for sentence in &search.doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let known = search.doc.tokens[at]
                .is_capitalised()
                .then(|| search.lists.leaders.at(search.doc, at, sentence.tokens.end, search.published_on));
            let known = known.flatten().filter(|known| !is_date(search, known));
            at = known.as_ref().map_or(at + 1, |known| known.tokens.end);
            leaders.extend(known);
        }
    }
    leaders
}

/// Adds leaders with their full names: "Emmanuel Macron".
pub(super) fn add_full_names<'t>(
    search: &Search<'_, 't>,
    leaders: &[Known],
    roster: &mut Roster<'t>,
    found: &mut Vec<Entity>,
) {
    for known in leaders.iter().filter(|known| known.tokens.len() > 1) {
        let longer = |e: &&Entity| e.tokens.len() > known.tokens.len();
        let start = known.tokens.start;
        let within = search.entities.iter().filter(longer).any(|e| e.tokens.contains(&start));
        if within || overlaps_any(found, |entity| &entity.tokens, &known.tokens) || is_former(search, start, 0) {
            continue;
        }
        if let Some(term) = term(search, known, &known.terms) {
            add(search, known, term, roster, found);
        }
    }
}

/// Adds mentions by surname alone, of people of the text and of leaders to whom only the surname can refer.
pub(super) fn add_lone_names<'t>(
    search: &Search<'_, 't>,
    leaders: &[Known],
    roster: &mut Roster<'t>,
    found: &mut Vec<Entity>,
) {
    let longer = longer(search);
    for known in leaders.iter().filter(|known| known.tokens.len() == 1) {
        let at = known.tokens.start;
        if !is_free(found, &longer, at)
            || is_part_of_name(search, at)
            || roster.by_surname.contains_key(search.doc.token_text(at))
        {
            continue;
        }
        let mentioned = known.terms.iter().copied().find(|term| roster.of_term(*term).is_some());
        let term =
            mentioned.or_else(|| term(search, known, &known.terms).filter(|term| names_alone(search, known, *term)));
        if let Some(term) = term {
            add(search, known, term, roster, found);
        }
    }
    add_again(search, roster, found);
}

/// Adds people of the text mentioned by surname alone, or by given name after a title: "Sir Keir".
fn add_again<'t>(search: &Search<'_, 't>, roster: &Roster<'t>, found: &mut Vec<Entity>) {
    let longer = longer(search);
    for at in (0..search.doc.tokens.len()).filter(|at| search.doc.tokens[*at].is_capitalised()) {
        let name = search.doc.token_text(at);
        let titled = at > 0 && search.is(at - 1, NamePart::Title);
        let given = || roster.by_given_name.get(name).filter(|_| titled);
        let Some(person) = roster.by_surname.get(name).or_else(given) else { continue };
        // "Jack Kim", where the text has mentioned Kim Jong Un.
        let own = at > 0 && roster.people[*person].name.contains(search.doc.token_text(at - 1));
        if is_free(found, &longer, at) && (own || !has_given_name(search, at)) {
            let next = found.partition_point(|entity| entity.tokens.start < at);
            found.insert(next, Entity::of_person(at..at + 1, *person));
        }
    }
}

/// The names of several words, one of which can be a surname: "Lee County".
fn longer(search: &Search<'_, '_>) -> Vec<Entity> {
    search.entities.iter().filter(|e| e.tokens.len() > 1).cloned().collect()
}

fn add<'t>(search: &Search<'_, 't>, known: &Known, term: TermId, roster: &mut Roster<'t>, found: &mut Vec<Entity>) {
    let person = roster.person(search.doc, &known.tokens, Some(term), Some(search.lists.leaders.term(term)));
    let next = found.partition_point(|entity| entity.tokens.start < known.tokens.start);
    found.insert(next, Entity::of_person(known.tokens.clone(), person));
}

/// The term of a leader whose office the text names.
pub(super) fn term_beside(search: &Search<'_, '_>, known: &Known, holder: &Holder) -> Option<TermId> {
    let position = position_of(search, holder);
    let same = |term: &&TermId| Some(search.lists.leaders.term(**term).office) == position;
    // "Talks with Secretary of State Tony Blinken, ministers of Egypt": no one else of that name has that office.
    if let Some(term) = known.terms.iter().find(same).filter(|_| known.tokens.len() > 1) {
        return Some(*term);
    }
    let of_party = |term: &&TermId| holder.party.is_none_or(|party| search.lists.leaders.term(**term).party == party);
    // A president is no foreign minister of the same surname.
    let leads = matches!(position, Some(Position::HeadOfState | Position::HeadOfGovernment));
    let may_be = |term: &&TermId| {
        let foreign = search.lists.leaders.term(**term).office == Position::ForeignMinister;
        known.tokens.len() > 1 || !(leads && foreign)
    };
    let terms: Vec<TermId> = known.terms.iter().filter(of_party).filter(may_be).copied().collect();
    let in_office: Vec<TermId> = terms.iter().filter(same).copied().collect();
    term(search, known, if in_office.is_empty() { &terms } else { &in_office })
}

/// The position of a holder: the president of an organisation is the head of a body.
pub(super) fn position_of(search: &Search<'_, '_>, holder: &Holder) -> Option<Position> {
    let of_body =
        holder.party.is_some_and(|party| search.lists.gazetteer.parties[party].kind == ParticipantKind::Organization);
    let position = holder.office.position?;
    Some(if of_body && position == Position::HeadOfState { Position::HeadOfBody } else { position })
}

/// The term to which a name refers, if all candidates are of one party or one person, or those of the parties named in
/// the text are of one party.
fn term(search: &Search<'_, '_>, known: &Known, terms: &[TermId]) -> Option<TermId> {
    let leaders = search.lists.leaders;
    let first = leaders.term(*terms.first()?);
    let one = terms.iter().all(|term| leaders.term(*term).party == first.party);
    let same = known.tokens.len() > 1 && terms.iter().all(|term| leaders.term(*term).name == first.name);
    if one || same {
        return terms.first().copied();
    }
    let mut named = terms.iter().filter(|term| search.about.names(Some(leaders.term(**term).party)));
    let term = *named.next()?;
    named.all(|other| leaders.term(*other).party == leaders.term(term).party).then_some(term)
}

/// Whether a surname alone identifies a leader.
fn names_alone(search: &Search<'_, '_>, known: &Known, term: TermId) -> bool {
    let at = known.tokens.start;
    let token = &search.doc.tokens[at];
    let term = search.lists.leaders.term(term);
    let named = search.about.names(Some(term.party));
    let first = starts_sentence(search, at);
    let titled = !first && search.is(at - 1, NamePart::Title);
    let placed = !first && search.is(at - 1, NamePart::Within);
    let likely = if known.ambiguous {
        named && (titled || !first || token.word == WordId::UNKNOWN)
    } else {
        term.office <= Position::HeadOfBody || named || titled
    };
    // "LI" is as likely an acronym.
    let written = token.shape == Shape::Title || token.len() > 3;
    likely && written && !placed && !(known.ambiguous && names_another(search, at))
}

/// Whether a word is part of another name, or begins none: "Trump Tower", "Jack Kim", "He".
fn is_part_of_name(search: &Search<'_, '_>, at: usize) -> bool {
    let goes_on = search.doc.tokens.get(at + 1).is_some_and(|next| !next.new_line) && may_be_of_name(search, at + 1);
    goes_on || has_given_name(search, at) || search.is(at, NamePart::NoName)
}

/// Whether the text names another person of that surname: "Jerry Brown".
fn names_another(search: &Search<'_, '_>, at: usize) -> bool {
    let surname = search.doc.token_text(at);
    (0..search.doc.tokens.len()).any(|at| search.doc.token_text(at) == surname && has_given_name(search, at))
}

/// Whether a given name precedes a surname: "Jerry Brown", "Ana da Costa".
fn has_given_name(search: &Search<'_, '_>, at: usize) -> bool {
    let before = (0..at).rev().find(|at| !search.is(*at, NamePart::Particle));
    let same_line = before.is_some_and(|before| (before..at).all(|at| !search.doc.tokens[at + 1].new_line));
    before.is_some_and(|before| same_line && may_be_of_name(search, before))
}

/// Whether a capitalised word can be part of an unknown name: it is in no list, or only in that of places.
fn may_be_of_name(search: &Search<'_, '_>, at: usize) -> bool {
    let token = &search.doc.tokens[at];
    let known = token.word != WordId::UNKNOWN && !search.lists.gazetteer.names().begin_with(token.word);
    let other = known || search.is(at, NamePart::NoName) || search.is(at, NamePart::Title);
    let party = |e: &Entity| e.party.is_some() && e.tokens.contains(&at);
    token.shape == Shape::Title
        && !other
        && !search.lists.office_at(search.doc, at, at + 1)
        && !search.entities.iter().any(party)
}

fn starts_sentence(search: &Search<'_, '_>, at: usize) -> bool {
    search.doc.sentences.binary_search_by_key(&at, |sentence| sentence.tokens.start).is_ok()
}

/// Whether the name is a date expression: "May".
fn is_date(search: &Search<'_, '_>, known: &Known) -> bool {
    overlaps_any(search.timexes, |timex| &timex.tokens, &known.tokens)
}

/// Whether token `at` is not part of another name.
fn is_free(found: &[Entity], longer: &[Entity], at: usize) -> bool {
    [found, longer].iter().all(|known| !overlaps_any(known, |e| &e.tokens, &(at..at + 1)))
}
