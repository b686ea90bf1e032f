//! Events: what an article says of scheduled diplomatic events.
//!
//! `layout`, `clauses` (with `coordination` and `reporting`) and `triggers` (with `arguments`) annotate; `phrases` and
//! `anaphora` answer what a name or a pronoun is to its clause. `candidates` pairs every date that may lie ahead with every
//! trigger, `participants` and `location` weigh who takes part and where, all by named `signals`; `modality` says how sure it
//! is and `date_scope` which days it takes. `decide` keeps the candidates that weigh enough, `changes` moves and voids their
//! days, `merge` puts together those of one event, `mentions` is what comes of it. `held` reads what has taken place.

mod anaphora;
mod arguments;
mod candidates;
mod changes;
mod clauses;
mod coordination;
mod date_scope;
mod held;
mod layout;
mod location;
mod merge;
mod mentions;
mod modality;
mod participants;
mod phrases;
mod reporting;
mod sentence;
mod signals;
mod triggers;
mod undated;

use crate::event::{Kind, Mention, ParticipantKind};
use crate::extract::data::{DataFile, data_file};
use crate::extract::lexicon::{Class, Lexicon};
use crate::extract::entities::{Entities, Named, PartyId, PlaceId};
use crate::extract::tense::Tenses;
use crate::extract::text::{self, Document};
use crate::extract::time::Timex;
use crate::extract::words::{Phrases, Words};
use anaphora::{Group, Members};
use candidates::{Candidate, EventSignal};
use enumset::EnumSet;
use jiff::civil::Date;
use layout::Layout;
use location::PlaceSignal;
use merge::MergeSignal;
use participants::ParticipantSignal;
use rustc_hash::FxHashMap;
use sentence::Sentence;
use signals::Weights;
use std::cell::OnceCell;
use triggers::Triggers;

const GROUPS: DataFile = data_file!("lang/en/groups_of_parties.tsv");

/// What reading events needs to know of a language.
#[derive(Debug)]
pub struct EventPack {
    triggers: Triggers,
    groups: Phrases<Group>,
    event: Weights<EventSignal>,
    binding: Weights<EventSignal>,
    who: Weights<ParticipantSignal>,
    place: Weights<PlaceSignal>,
    merge: Weights<MergeSignal>,
}

impl EventPack {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let mut groups = Phrases::default();
        for row @ [phrase, count, members] in GROUPS.rows::<3>() {
            let members: Members = members.parse().unwrap_or_else(|_| GROUPS.fault(&row, "no such members"));
            let states = matches!(members, Members::Countries | Members::Leaders | Members::Ministers);
            groups.insert(&text::phrase(words, phrase), Group { count: count.parse().ok(), states });
        }
        Self {
            triggers: Triggers::new(words),
            groups,
            event: Weights::of("event"),
            binding: Weights::of("binding"),
            who: Weights::of("participant"),
            place: Weights::of("place"),
            merge: Weights::of("merge"),
        }
    }
}

/// The knowledge that reading a sentence draws on.
#[derive(Debug)]
struct Language<'a> {
    triggers: &'a Triggers,
    groups: &'a Phrases<Group>,
    event: &'a Weights<EventSignal>,
    binding: &'a Weights<EventSignal>,
    who: &'a Weights<ParticipantSignal>,
    place: &'a Weights<PlaceSignal>,
    names: &'a Entities,
}

impl Language<'_> {
    fn is_organisation(&self, party: PartyId) -> bool {
        self.names.gazetteer.parties[party].kind == ParticipantKind::Organization
    }
}

/// An article and the layers that annotate it.
#[derive(Debug)]
struct Article<'a, 't> {
    text: &'a Document<'t>,
    classes: Vec<EnumSet<Class>>,
    tenses: &'a Tenses,
    dates: &'a [Timex],
    named: &'a Named,
    published: Date,
    layout: Layout,
    /// The parties that are named, and how often, the most frequent first.
    spoken_of: Vec<(PartyId, usize)>,
    /// Those that the title names.
    in_title: Vec<PartyId>,
    /// The kinds of the events that the title names.
    title_kinds: Vec<Kind>,
    /// The party that its publisher speaks for.
    source: Option<PartyId>,
    /// The only town where the text places anything.
    only_town: Option<PlaceId>,
    /// What "here" means: the town of the dateline, else the town named most in the country that is named most.
    here: Option<PlaceId>,
    beside: OnceCell<Vec<(Kind, PlaceId)>>,
}

impl Article<'_, '_> {
    /// How often a party is named.
    fn count_of(&self, party: Option<PartyId>) -> usize {
        party.and_then(|party| self.spoken_of.iter().find(|(known, _)| *known == party)).map_or(0, |(_, count)| *count)
    }

    /// The place that the text names most beside nouns for events of a kind.
    fn beside(&self, sentences: &[Sentence<'_, '_>], kind: Kind) -> Option<PlaceId> {
        let beside = self.beside.get_or_init(|| location::beside_nouns(sentences));
        beside.iter().find(|(known, _)| *known == kind).map(|(_, place)| *place)
    }
}

/// What the reader of events is given.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a, 't> {
    /// The text.
    pub text: &'a Document<'t>,
    /// The tenses of its clauses.
    pub tenses: &'a Tenses,
    /// Its date expressions.
    pub dates: &'a [Timex],
    /// Its names.
    pub named: &'a Named,
    /// The day it was published.
    pub published: Date,
    /// The title and its names, where it has one.
    pub title: Option<(&'a Document<'t>, &'a Named)>,
    /// The party that its publisher speaks for.
    pub source: Option<PartyId>,
}

/// What a text says of events, in the order of their dates.
pub fn find(pack: &EventPack, lexicon: &Lexicon, names: &Entities, input: Input<'_, '_>) -> (Vec<Mention>, Vec<serde_json::Value>) {
    let language = Language {
        triggers: &pack.triggers,
        groups: &pack.groups,
        event: &pack.event,
        binding: &pack.binding,
        who: &pack.who,
        place: &pack.place,
        names,
    };
    let article = article(&language, lexicon, input);
    let sentences: Vec<Sentence<'_, '_>> =
        (0..input.text.sentences.len()).map(|number| Sentence::new(&language, &article, number)).collect();
    let mut dump = Vec::new();
    let (mut told, mut undated, mut reported) = (Vec::new(), Vec::new(), Vec::new());
    for sentence in &sentences {
        let candidates = candidates::of_sentence(&sentences, sentence);
        if std::env::var("DUMP").is_ok() {
            for c in &candidates { dump.push(dump_candidate(&sentences, sentence, c)); }
        }
        let mut dated: Vec<_> = decide(candidates).into_iter().map(|candidate| merge::told(&sentences, candidate)).collect();
        changes::keep_the_new_day(sentence, &mut dated);
        undated.extend(undated::of_sentence(&sentences, sentence, &dated));
        reported.extend(held::of_sentence(&sentences, sentence));
        told.extend(dated);
    }
    if std::env::var("DUMP").is_ok() {
        for (i, a) in told.iter().enumerate() { for b in &told[..i] {
            use strum::VariantNames;
            let bits = merge::signals(&sentences, b, a).as_repr();
            let d = |t: &merge::Told| serde_json::json!({"first": t.period.map(|p| p.first), "last": t.period.map(|p| p.last), "kind": t.candidate.found.kind, "sentence": t.candidate.sentence, "text": input.text.text[input.text.sentences[t.candidate.sentence].bytes.clone()], "trigger_text": input.text.text[input.text.bytes(&t.candidate.found.tokens)],  "who": t.participants.iter().map(|p| names.gazetteer.parties[p.party].code).collect::<Vec<_>>()});
            dump.push(serde_json::json!({"pair": [d(b), d(a)], "signals": (0..MergeSignal::VARIANTS.len()).filter(|i| bits >> i & 1 == 1).map(|i| MergeSignal::VARIANTS[i]).collect::<Vec<_>>()}));
        } }
    }
    told.extend(undated);
    told.sort_by_key(|told| (told.candidate.sentence, told.candidate.date.is_none()));
    changes::settle(&mut told);
    let (dated, undated): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.candidate.date.is_some());
    let mut groups = merge::group(&pack.merge, &sentences, dated);
    let left = undated::attach(&mut groups, undated);
    for group in &mut groups {
        undated::extend(group);
        group.told.sort_by_key(|told| told.candidate.sentence);
    }
    let changes = undated::changes(&sentences, &groups, left);
    let held = held::not_announced(&pack.merge, &sentences, &groups, reported);
    let groups = groups.iter().chain(&changes).chain(&held);
    let mut mentions: Vec<Mention> = groups.filter_map(|group| mentions::mention(&sentences, group)).collect();
    mentions.sort_by(|a, b| {
        let key = |m: &Mention| (m.when.is_none(), m.when.as_ref().map(|w| (w.starts_on, w.ends_on)));
        key(a).cmp(&key(b)).then_with(|| a.participants.cmp(&b.participants))
    });
    (mentions, dump)
}

fn dump_candidate(sentences: &[Sentence<'_, '_>], sentence: &Sentence<'_, '_>, c: &Candidate) -> serde_json::Value {
    use strum::VariantNames;
    let g = &sentence.language.names.gazetteer;
    let of = c.resumes.map_or(sentence, |of| &sentences[of]);
    let named = |bits: u128, names: &[&'static str]| -> Vec<&'static str> { (0..names.len()).filter(|i| bits >> i & 1 == 1).map(|i| names[i]).collect() };
    let found = if c.resumes.is_some() { of.triggers().iter().rfind(|f| f.name == c.found.name).unwrap_or(&c.found) } else { &c.found };
    let places = location::options(sentence.language.place, sentences, of, found, c.date, &c.participants);
    let days = c.date.and_then(|d| date_scope::days(sentence, &c.found, d, false));
    let q = |tokens: &std::ops::Range<usize>| &sentence.article.text.text[sentence.article.text.bytes(tokens)];
    serde_json::json!({
        "sentence": sentence.article.text.text[sentence.article.text.sentences[sentence.number].bytes.clone()],
        "start": sentence.article.text.sentences[sentence.number].bytes.start,
        "trigger": c.found.name, "kind": c.found.kind, "trigger_text": q(&c.found.tokens), "trigger_at": c.found.tokens.start,
        "date": c.date, "date_text": c.date.map(|d| q(&sentence.article.dates[d].tokens)),
        "first": days.map(|d| d.first), "last": days.map(|d| d.last), "status": c.modality.status,
        "signals": named(c.signals.as_repr(), EventSignal::VARIANTS).into_iter().map(str::to_owned).chain([format!("trigger:{}", c.found.name)]).collect::<Vec<_>>(), "score": c.score, "binding": c.binding,
        "who": c.participants.iter().map(|p| serde_json::json!({"code": g.parties[p.party].code, "kind": g.parties[p.party].kind, "score": p.score, "signals": named(p.signals.as_repr(), ParticipantSignal::VARIANTS)})).collect::<Vec<_>>(),
        "places": places.iter().map(|p| serde_json::json!({"name": g.places[p.place].place.name, "country": g.places[p.place].place.country, "score": p.score, "signals": named(p.signals.as_repr(), PlaceSignal::VARIANTS)})).collect::<Vec<_>>(),
    })
}

/// Of each date's candidates, the one whose trigger it belongs to, if that weighs enough.
fn decide(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut best: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match best.iter_mut().find(|known| known.date == candidate.date) {
            Some(known) if known.binding < candidate.binding => *known = candidate,
            Some(_) => {}
            None => best.push(candidate),
        }
    }
    best.retain(|candidate| candidate.score > 0.0);
    best
}

fn article<'a, 't>(language: &Language<'_>, lexicon: &Lexicon, input: Input<'a, 't>) -> Article<'a, 't> {
    let Input { text, tenses, dates, named, published, title, source } = input;
    let in_title = title.iter().flat_map(|(_, named)| &named.entities).filter_map(|entity| entity.party).collect();
    let title_kinds = title.iter().flat_map(|(title, _)| language.triggers.kinds(title)).collect();
    let classes = lexicon.classes(text);
    let layout = layout::read(layout::Source { text, classes: &classes, dates, named, published });
    let gazetteer = &language.names.gazetteer;
    let spoken_of = count(named.entities.iter().filter_map(|entity| entity.party));
    let places = || named.entities.iter().filter_map(|entity| entity.place);
    let towns = || places().filter(|place| !gazetteer.is_country(*place));
    let mut countries = spoken_of.iter().filter(|(party, _)| !language.is_organisation(*party));
    let most = countries.next().filter(|(_, count)| *count > 1 || countries.next().is_none()).map(|(party, _)| *party);
    let spoken_from = || {
        let country = most?;
        let within = towns().filter(|town| gazetteer.country_of(*town) == Some(country));
        count(within).first().map(|(town, _)| *town).or_else(|| gazetteer.place_of(country))
    };
    let first = towns().next();
    Article {
        here: layout.written_in.or_else(spoken_from),
        only_town: first.filter(|first| towns().all(|town| town == *first)),
        text,
        classes,
        tenses,
        dates,
        named,
        published,
        layout,
        spoken_of,
        in_title,
        title_kinds,
        source,
        beside: OnceCell::new(),
    }
}

/// Parties or places and how often each occurs, the most frequent first, else the first.
fn count(named: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut counts: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (at, id) in named.enumerate() {
        counts.entry(id).or_insert((0, at)).0 += 1;
    }
    let mut counts: Vec<(usize, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    counts.into_iter().map(|(id, (count, _))| (id, count)).collect()
}
