//! The words that events are told in: triggers, cues of status, and the words that divide and order a sentence.

use super::spoken::Group;
use crate::event::Kind;
use crate::extract::data::{DataFile, data_file};
use crate::extract::text;
use crate::extract::words::{Phrases, WordId, Words};
use rustc_hash::FxHashMap;
use strum::{Display, EnumString};

const TRIGGERS: DataFile = data_file!("events/triggers.tsv");
const GROUPS: DataFile = data_file!("lang/en/groups_of_parties.tsv");
const CUES: DataFile = data_file!("events/cues.tsv");
const REPORTS: DataFile = data_file!("events/reports.tsv");
const SYNTAX: DataFile = data_file!("events/syntax.tsv");

/// The part of speech in which a trigger names an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
#[strum(serialize_all = "lowercase")]
pub enum Part {
    /// "talks", "the summit".
    Noun,
    /// "will meet", "visits".
    Verb,
    /// "will be signed".
    Participle,
    /// "was to have met".
    Perfect,
}

/// What a clause must have for a trigger to name an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Need {
    /// A place to go to.
    Place,
    /// An organisation, a court among them, as its subject.
    Body,
    /// An office that is taken or left.
    Office,
    /// Someone who is spoken to.
    Audience,
    /// An organisation or a body that sits as its subject: "the border committee".
    Sitting,
    /// Something that begins and ends as its subject: "the mandate".
    Term,
    /// Something that is opened as its object: "the new embassy".
    Building,
    /// A document as its object: "the report".
    Report,
    /// What states agree on as its object: "the treaty".
    Text,
    /// Those who act for a state as its object, and for a journey a place: "will send an envoy to Tokyo".
    Envoy,
    /// An organ or a body that sits as its object: "chairs the Foreign Affairs Council".
    Council,
    /// A date right after it, and a word before it that binds someone: "must leave by 5 May".
    Limit,
}

/// A word or phrase that names an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The phrase itself.
    pub phrase: &'static str,
    /// Its part of speech.
    pub part: Part,
    /// The kind of event.
    pub kind: Kind,
    /// What it needs beside it.
    pub needs: Option<Need>,
}

impl Trigger {
    /// An election or a referendum, in which a people votes and not a body.
    pub fn is_popular_vote(&self) -> bool {
        self.kind == Kind::Vote && self.part == Part::Noun && !self.phrase.starts_with("vot")
    }
}

/// What a word tells of an event's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Cue {
    /// Expected, likely, planned.
    Tentative,
    /// Possibly, probably: whatever else the clause says.
    Hedged,
    /// Will, scheduled, agreed.
    Confirmed,
    /// Put off.
    Postponed,
    /// Brought forward to an earlier day.
    Forward,
    /// Of a limit: given a later day.
    Extended,
    /// Moved to another day or, where that is named, to another place.
    Shifted,
    /// "to move": where another day or place is told, it is moved there.
    Shifting,
    /// Moved to another place.
    Moved,
    /// Called off.
    Cancelled,
    /// Back on after all.
    Restored,
    /// Not, never, refused.
    Negative,
    /// If, suppose.
    Conditional,
    /// Anniversary of: what is named is past.
    Commemorating,
    /// "school board", "World Cup": what happens is no matter between states.
    Other,
}

/// What a word does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Syntax {
    /// Opens a clause about the name before it.
    Relative,
    /// Opens a clause of its own.
    Subordinator,
    /// Opens a clause about what may never be.
    Conditional,
    /// Tells who says so.
    Report,
    /// The name after it takes part.
    Party,
    /// The name after it is where it happens.
    Place,
    /// "across": the name after it is what something stretches over, too.
    Extent,
    /// The name after it is what it is about.
    Topic,
    /// A preposition that takes what follows for granted: "at the summit".
    Setting,
    /// "lasts": the length of time after it is that of the event.
    Lasting,
    /// "until": the date after it ends the event.
    Until,
    /// "he", "she": stands for a person.
    Pronoun,
    /// "capital": with an adjective before it, a town.
    Capital,
    /// "city", "port": what a town or a region is.
    Settlement,
    /// "troops", "counterpart": with an adjective before it, they act for the state.
    Officials,
    /// "host", "venue": the town that is said to be it is where the event is held.
    Hosting,
    /// "attend", "join": whoever does takes part in the event that is named after it.
    Attending,
    /// "another", "further": the event named after it is one more.
    Another,
    /// "venue": the town that a sentence names after it is where what it speaks of is held.
    Venue,
    /// "after", "following": the visit named after it is over when the event is held.
    Sequence,
    /// "left": "for" after it names where someone goes.
    Departing,
    /// "will", "has": a verb that has a subject.
    Finite,
    /// "it", "there": may be the subject of a clause.
    Subject,
    /// "not", "instead": before a preposition, where something is not.
    Contrast,
    /// "and", "then": joins the date after it to the one before.
    Joining,
    /// "announced", "confirmed": an event that is its object is told.
    Announcing,
    /// "its": stands for the party that what follows belongs to.
    Owner,
    /// "ahead", "following": may open a sentence as a preposition does.
    Opening,
    /// "ends", "concludes": the date after it is the last of the event's.
    Ending,
    /// "held", "place": tells that an event happens, without naming it.
    Holding,
    /// "this": may stand for an event at the head of a sentence.
    Anaphor,
    /// "committee", "board": sits.
    Sitting,
    /// "mandate", "sanctions": begins and ends on days that are set.
    Term,
    /// "embassy", "bridge": is opened with a ceremony.
    Building,
    /// "report": is presented.
    Document,
    /// "alliance", "agency": with "the" before it, an organisation that has been named.
    Epithet,
    /// "sidelines": what it is "of" takes no part.
    Margin,
    /// "treaty", "accord": is ratified.
    Text,
    /// "topic", "agenda": what stands before it is only spoken of.
    Agenda,
    /// "discuss": what is named after it is spoken of, with whomever it is.
    Discussing,
    /// "was", "been": the participle after it tells what was done, not who says so.
    Passive,
    /// "before", "later": the length of time before it counts from another day.
    Offset,
    /// "dispute", "trade": "with" after it tells whom that is with.
    Relation,
    /// "I", "our": stands for who speaks.
    Speaker,
    /// "must", "agreed": a limit after it binds.
    Obliging,
    /// "hosted", "brokered": who is named after it with "by" takes no part.
    Mediating,
    /// "there": the place named last.
    There,
    /// "on", "discuss": all that follows is what it is about.
    About,
    /// "Lake", "Gulf": the name after it is not that of the state.
    Landform,
    /// "presidency", "chair": an office of an organisation that is handed over.
    Chair,
    /// "originally": what it goes with holds no longer.
    Former,
    /// "here": where the report was written.
    Here,
    /// "often", "usually": what it goes with happens again and again.
    Habitual,
    /// "once", "previously": what it goes with lies further back.
    LongAgo,
    /// People who are spoken to.
    Audience,
    /// A verb follows it: "to", "will".
    Modal,
    /// Tells what would be: "would", "could".
    Hypothetical,
    /// "how", "what": what follows is asked.
    Question,
    /// A form of "be" that a participle follows.
    Be,
    /// "the", "this": what it speaks of is known.
    Definite,
    /// "a", "next": a noun follows it.
    Indefinite,
}

/// The lexicon of events.
#[derive(Debug)]
pub struct Lexicon {
    /// The triggers.
    pub triggers: Phrases<Trigger>,
    /// The cues of status.
    pub cues: Phrases<Cue>,
    /// What tells that an event took place; of a noun's event the row names no kind of its own.
    pub reports: Phrases<Trigger>,
    /// Phrases for parties that are named elsewhere.
    pub groups: Phrases<Group>,
    syntax: FxHashMap<WordId, Vec<Syntax>>,
    /// "that", which opens what someone says.
    pub that: WordId,
    /// A comma.
    pub comma: WordId,
}

impl Lexicon {
    /// Reads the data files, making their words known.
    pub fn new(words: &mut Words) -> Self {
        let mut triggers = Phrases::default();
        for row in TRIGGERS.rows::<4>() {
            triggers.insert(&text::phrase(words, row[0]), trigger(TRIGGERS, &row));
        }
        let mut reports = Phrases::default();
        for row in REPORTS.rows::<4>() {
            reports.insert(&text::phrase(words, row[0]), trigger(REPORTS, &row));
        }
        let mut cues = Phrases::default();
        for row @ [phrase, cue] in CUES.rows::<2>() {
            cues.insert(&text::phrase(words, phrase), cue.parse().unwrap_or_else(|_| CUES.fault(&row, "no such cue")));
        }
        let mut groups = Phrases::default();
        for row @ [phrase, number, about] in GROUPS.rows::<3>() {
            let count = number.parse().ok();
            if count.is_none() && !number.is_empty() {
                GROUPS.fault(&row, "no number");
            }
            let states = matches!(about, "countries" | "leaders" | "ministers");
            groups.insert(&text::phrase(words, phrase), Group { count, states });
        }
        let mut syntax: FxHashMap<WordId, Vec<Syntax>> = FxHashMap::default();
        for row @ [word, class] in SYNTAX.rows::<2>() {
            let class = class.parse().unwrap_or_else(|_| SYNTAX.fault(&row, "no such class"));
            syntax.entry(words.intern(word)).or_default().push(class);
        }
        Self { triggers, cues, reports, groups, syntax, that: words.intern("that"), comma: words.intern(",") }
    }

    /// Whether the longest trigger that begins with these words has a row that fits.
    pub fn has_trigger(&self, words: impl Iterator<Item = WordId>, fits: impl Fn(&Trigger) -> bool) -> bool {
        self.triggers.longest(words).is_some_and(|(_, rows)| rows.iter().any(fits))
    }

    /// What a word does in a sentence, first of all.
    pub fn syntax(&self, word: WordId) -> &[Syntax] {
        self.syntax.get(&word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word does this in a sentence.
    pub fn is(&self, word: WordId, class: Syntax) -> bool {
        self.syntax(word).contains(&class)
    }
}

/// What a row of a list of triggers holds: phrase, part, kind and needs.
fn trigger(file: DataFile, row: &[&'static str; 4]) -> Trigger {
    let [phrase, part, kind, needs] = *row;
    let need = || needs.parse().unwrap_or_else(|_| file.fault(row, "no such need"));
    Trigger {
        phrase,
        part: part.parse().unwrap_or_else(|_| file.fault(row, "no such part")),
        kind: kind.parse().unwrap_or_else(|_| file.fault(row, "no such kind")),
        needs: (!needs.is_empty()).then(need),
    }
}
