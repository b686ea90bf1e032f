//! Which candidates are of one event: every pair is weighed by kind, days, participants, place and distance.

use super::candidates::Candidate;
use super::changes::{self, DateRole};
use super::location::{self, Location};
use super::participants::Participant;
use super::sentence::Sentence;
use super::signals::Weights;
use super::modality::{self, Change};
use super::{date_scope, phrases, triggers};
use crate::event::{Kind, Precision, Status};
use crate::extract::entities::{PartyId, PlaceId};
use crate::extract::time::Period;
use enumset::{EnumSet, EnumSetType};
use strum::VariantNames;

/// What speaks for or against two candidates' being of one event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub(super) enum MergeSignal {
    SameDays,
    DayWithin,
    CoarseHolds,
    WeekHolds,
    MonthHolds,
    YearHolds,
    CoarseHoldsSame,
    DefiniteAfterCoarse,
    DaysOverlap,
    DaysApart,
    BothCoarse,
    SameKind,
    SameFamily,
    OtherFamily,
    VisitAndMeeting,
    SameWord,
    AllShared,
    Equal,
    SomeShared,
    NoneShared,
    BothHaveOthers,
    OneNamesNobody,
    SameCountryAlone,
    SamePlace,
    SameCountry,
    OtherCountry,
    OtherTown,
    SameDate,
    SameSentence,
    NextSentence,
    SameClause,
    Definite,
    Another,
    BothOfBody,
    OtherBody,
    Tour,
}

use MergeSignal as S;

/// A candidate that has been accepted, with all that it says.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub candidate: Candidate,
    pub period: Option<Period>,
    pub participants: Vec<Participant>,
    pub place: Option<Location>,
    /// It names the body whose own event it is.
    pub body: Option<PartyId>,
    pub definite: bool,
    /// How many days it lasts, where its sentence says so.
    pub lasts: Option<i64>,
    /// Of a tour, how many places it goes to.
    pub stops: usize,
    /// What its date is to the event.
    pub role: DateRole,
    /// Where its date is the new one of an event that was moved, the days that it had before, as far as they are told.
    pub before: Option<Vec<Period>>,
    /// By how many days it moves an event.
    pub shift: Option<i32>,
    /// It says what holds by now, after a change: "will now take place".
    pub now: bool,
}

/// The candidates of one event.
#[derive(Debug)]
pub(super) struct Group {
    pub told: Vec<Told>,
    pub period: Option<Period>,
}

/// What accepted candidates say, with the place where each is held.
pub(super) fn told(sentences: &[Sentence<'_, '_>], mut candidate: Candidate) -> Told {
    let here = &sentences[candidate.sentence];
    let of = candidate.resumes.map_or(here, |of| &sentences[of]);
    let named = candidate.resumes.and_then(|_| of.triggers().iter().rfind(|found| found.name == candidate.found.name));
    let found = named.cloned().unwrap_or_else(|| candidate.found.clone());
    let found = &found;
    let mut places = location::options(here.language.place, sentences, of, found, candidate.date, &candidate.participants);
    if candidate.resumes.is_some() {
        places.extend(location::options(here.language.place, sentences, here, &candidate.found, candidate.date, &candidate.participants));
    }
    let place = places.into_iter().filter(|place| place.score > 0.0).max_by(|a, b| a.score.total_cmp(&b.score));
    let participants = candidate.participants.iter().filter(|option| option.score > 0.0).cloned().collect();
    let given = |date| changes::is_given_a_day(here, &candidate.found, &candidate.modality, date);
    if candidate.modality.status == Status::Postponed && candidate.date.is_some_and(given) {
        candidate.modality.status = Status::Confirmed;
    }
    // "The visit is off. It was planned for 17 May."
    if candidate.resumes.is_some() && candidate.date.is_some() && candidate.modality.change == Change::None {
        let before = modality::read(of, found);
        if before.status.is_off() && !changes::holds_now(here, &candidate.found) {
            candidate.modality = before;
        }
    }
    candidate.found.kind = triggers::kind(of, found);
    let moved = candidate.modality.change == Change::Day;
    let date = candidate.date.map(|date| &here.article.dates[date]);
    let mut told = Told {
        period: candidate.date.and_then(|date| date_scope::days(here, &candidate.found, date, moved)),
        role: date.map_or(DateRole::Start, |timex| changes::date_role(here, &candidate.found, timex)),
        now: changes::holds_now(here, &candidate.found) || candidate.resumes.is_some() && moved,
        shift: changes::shift(here, &candidate.found, &candidate.modality).filter(|_| moved),
        before: None,
        participants,
        place,
        body: if found.is_noun() { phrases::body_of(of, &found.tokens).and_then(|e| e.party) } else { None },
        definite: phrases::is_definite(of, found),
        lasts: date_scope::length_told(here),
        stops: if found.kind == Kind::Visit { location::tour(of, found).map_or(0, |tour| tour.len()) } else { 0 },
        candidate,
    };
    changes::settle_days(here, &mut told);
    told
}

impl Group {
    /// Whether a telling ends the event: "the visit will end on 10 May".
    fn ends_with(&self, end: &Told) -> bool {
        let (Some(own), Some(last)) = (&self.period, &end.period) else { return false };
        let exact = own.precision == Precision::Day && last.precision == Precision::Day;
        let days = (last.last - own.first).get_days();
        let family = self.told.iter().any(|told| told.candidate.found.kind.family() == end.candidate.found.kind.family());
        let known = self.participants();
        let meant = end.participants.iter().all(|option| known.iter().any(|known| known.party == option.party))
            || known.iter().all(|known| end.participants.iter().any(|option| known.party == option.party));
        exact && (1..=date_scope::LONGEST).contains(&i64::from(days)) && family && meant
    }

    /// The kind that weighs most; a meeting that is a summit anywhere is one.
    pub fn kind(&self) -> Kind {
        let kinds = || self.told.iter().map(|told| told.candidate.found.kind);
        let best = self.told.iter().max_by(|a, b| a.candidate.score.total_cmp(&b.candidate.score));
        let kind = best.map_or(Kind::Meeting, |told| told.candidate.found.kind);
        if kind.family() == Kind::Summit.family() && kinds().any(|kind| kind == Kind::Summit) { Kind::Summit } else { kind }
    }

    /// Those who take part, each once, in the order of the text.
    pub fn participants(&self) -> Vec<Participant> {
        let mut all: Vec<Participant> = Vec::new();
        for option in self.told.iter().flat_map(|told| &told.participants) {
            match all.iter_mut().find(|known| known.party == option.party) {
                Some(known) => known.person = known.person.or(option.person),
                None => all.push(option.clone()),
            }
        }
        all
    }

    /// Where it is held: what weighs most, a town before its country.
    pub fn place(&self, is_country: impl Fn(PlaceId) -> bool) -> Option<PlaceId> {
        let places = self.told.iter().filter_map(|told| told.place.as_ref());
        places.max_by(|a, b| (!is_country(a.place)).cmp(&!is_country(b.place)).then(a.score.total_cmp(&b.score))).map(|location| location.place)
    }
}

/// Puts together what is said of one event. Exact days come first, so that nothing hangs on the order of the sentences.
pub(super) fn group(weights: &Weights<MergeSignal>, sentences: &[Sentence<'_, '_>], mut all: Vec<Told>) -> Vec<Group> {
    all.sort_by_key(|told| {
        let days = told.period.map(|days| (days.last - days.first).get_days());
        let days = if told.period.is_some_and(|days| days.precision == Precision::Day) { days.map(|days| -days) } else { days };
        (told.period.is_none(), told.period.map(|days| days.precision), days, told.participants.is_empty(), told.candidate.sentence)
    });
    let mut groups: Vec<Group> = Vec::new();
    let (ends, all): (Vec<Told>, Vec<Told>) = all.into_iter().partition(|told| told.role == DateRole::End);
    for told in all.into_iter().chain(ends) {
        if told.role == DateRole::End
            && let Some(begun) = groups.iter_mut().find(|group| group.ends_with(&told))
        {
            let (first, last) = (begun.period.map(|days| days.first), told.period.map(|days| days.last));
            begun.period = first.zip(last).map(|(first, last)| Period::days(first, last));
            begun.told.push(told);
            continue;
        }
        let score = |group: &Group| {
            let best = group.told.iter().map(|known| weights.sum(signals(sentences, known, &told))).max_by(f32::total_cmp);
            best.unwrap_or(f32::MIN)
        };
        let best = groups.iter_mut().map(|group| (score(group), group)).max_by(|a, b| a.0.total_cmp(&b.0));
        match best.filter(|(score, _)| *score > 0.0) {
            Some((_, group)) => group.told.push(told),
            None => groups.push(Group { period: told.period, told: vec![told] }),
        }
    }
    for group in &mut groups {
        group.told.sort_by_key(|told| told.candidate.sentence);
    }
    groups
}

/// What speaks for and against two being of one event.
pub(super) fn signals(sentences: &[Sentence<'_, '_>], known: &Told, new: &Told) -> EnumSet<S> {
    let sentence = &sentences[new.candidate.sentence];
    let (a, b) = (&known.candidate, &new.candidate);
    let mut signals = EnumSet::empty();
    let mut set = |signal: S, holds: bool| if holds { signals |= signal };
    if let (Some(x), Some(y)) = (&known.period, &new.period) {
        let same = (x.first, x.last) == (y.first, y.last);
        let within = |a: &Period, b: &Period| b.first <= a.first && a.last <= b.last;
        let exact = |days: &Period| days.precision == Precision::Day;
        let contained = !same && (within(x, y) || within(y, x));
        let overlap = x.first <= y.last && y.first <= x.last;
        set(S::SameDays, same);
        set(S::DayWithin, contained && exact(x) && exact(y));
        set(S::CoarseHolds, contained && !(exact(x) && exact(y)));
        let coarse = [x, y].into_iter().max_by_key(|days| days.precision).filter(|days| contained && !exact(days));
        let of = |precision| coarse.is_some_and(|days| days.precision == precision);
        set(S::WeekHolds, of(Precision::Week));
        set(S::MonthHolds, of(Precision::Month));
        set(S::YearHolds, of(Precision::Year));
        set(S::CoarseHoldsSame, coarse.is_some() && a.found.kind == b.found.kind);
        let later = if a.sentence <= b.sentence { new } else { known };
        set(S::DefiniteAfterCoarse, coarse.is_some() && later.definite);
        set(S::DaysOverlap, overlap && !same && !contained);
        set(S::DaysApart, !overlap);
        set(S::BothCoarse, !exact(x) && !exact(y));
    }
    let (k, l) = (a.found.kind, b.found.kind);
    let visit_and_meeting = |a: Kind, b: Kind| a == Kind::Visit && (b.family() == Kind::Meeting.family());
    set(S::SameKind, k == l);
    set(S::SameFamily, k != l && k.family() == l.family());
    set(S::VisitAndMeeting, visit_and_meeting(k, l) || visit_and_meeting(l, k));
    set(S::OtherFamily, k.family() != l.family());
    set(S::SameWord, a.found.name == b.found.name);
    let parties = |told: &Told| told.participants.iter().map(|option| option.party).collect::<Vec<_>>();
    let (p, q) = (parties(known), parties(new));
    let shared = p.iter().filter(|party| q.contains(party)).count();
    set(S::AllShared, shared > 0 && (shared == p.len() || shared == q.len()));
    set(S::Equal, shared > 0 && shared == p.len() && shared == q.len());
    set(S::SomeShared, shared > 0 && shared < p.len() && shared < q.len());
    set(S::NoneShared, shared == 0 && !p.is_empty() && !q.is_empty());
    set(S::BothHaveOthers, shared < p.len() && shared < q.len());
    set(S::OneNamesNobody, p.is_empty() || q.is_empty());
    if let (Some(x), Some(y)) = (&known.place, &new.place) {
        let countries = (sentence.country_of(x.place), sentence.country_of(y.place));
        let towns = !sentence.is_country(x.place) && !sentence.is_country(y.place);
        set(S::SamePlace, x.place == y.place);
        set(S::SameCountry, x.place != y.place && countries.0 == countries.1 && !towns);
        set(S::OtherTown, x.place != y.place && countries.0 == countries.1 && towns);
        set(S::OtherCountry, countries.0 != countries.1);
        let alone = |shared: &[PartyId]| shared.iter().all(|party| Some(*party) == countries.0);
        let common: Vec<PartyId> = p.iter().copied().filter(|party| q.contains(party)).collect();
        set(S::SameCountryAlone, !common.is_empty() && alone(&common));
    }
    set(S::SameDate, a.date.is_some() && a.date == b.date);
    set(S::SameSentence, a.sentence == b.sentence);
    set(S::NextSentence, a.sentence.abs_diff(b.sentence) == 1);
    let clause = |of: &Candidate| sentences[of.sentence].clauses().of(of.found.tokens.start);
    set(S::SameClause, a.sentence == b.sentence && clause(a) == clause(b));
    let later = if a.sentence <= b.sentence { new } else { known };
    set(S::Definite, later.definite);
    let another = |of: &Candidate| {
        let sentence = &sentences[of.sentence];
        of.found.is_noun() && sentence.back(of.found.tokens.start, 3).any(|at| sentence.is(at, crate::extract::lexicon::Class::Another))
    };
    set(S::Another, another(a) || another(b));
    set(S::BothOfBody, known.body.is_some() && known.body == new.body);
    set(S::OtherBody, known.body.is_some() && new.body.is_some() && known.body != new.body);
    set(S::Tour, (known.stops > 1) != (new.stops > 1));
    signals
}
