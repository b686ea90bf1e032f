//! The lexicon: the words of a language by their function in a sentence, from `data/lang/en/lexicon.tsv`.
//!
//! Code refers to classes, never to words, so that another language is another file.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, WordId, Words};
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

/// The columns are phrase, classes, tense cues and date classes.
pub const LEXICON: DataFile = data_file!("lang/en/lexicon.tsv");

const GROUPS: DataFile = data_file!("lang/en/groups_of_classes.tsv");

/// The function of a word or phrase in a sentence.
#[derive(Debug, Hash, EnumSetType, EnumString)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum Class {
    // Function words.
    /// "the", "this", "its": the noun after it is known.
    Definite,
    /// "a", "next", "no": a noun follows.
    Indefinite,
    /// "the".
    The,
    /// "no".
    No,
    /// "of".
    Of,
    /// "with", "between".
    With,
    /// "to".
    To,
    /// "from".
    From,
    /// "for".
    For,
    /// "by".
    By,
    /// "in".
    In,
    /// "as".
    As,
    /// "than".
    Than,
    /// "that".
    That,
    /// "and", "but".
    Conjunction,
    /// "or".
    Disjunction,
    /// "and", "or", a comma, a dash: separates the items of a list.
    ListJoint,
    /// "'s".
    Possessive,
    /// A dash or a hyphen.
    Dash,
    /// A bullet at the beginning of a line.
    AgendaMark,
    /// "who", "which".
    Relative,
    /// "where".
    Where,
    /// "what", "event": before a colon, labels the event.
    EventField,
    /// "who", "guests": before a colon, labels the participants.
    PartiesField,
    /// "when", "date": before a colon, labels the date.
    DateField,
    /// "where", "venue": before a colon, labels the location.
    PlaceField,
    /// "while", "after": begins a subordinate clause.
    Subordinator,
    /// "if", "whether": begins a conditional clause.
    Conditional,
    /// "should": begins a conditional clause at the beginning of a sentence.
    InvertedCondition,
    /// "how", "what": begins an indirect question.
    Question,
    /// "it", "they", "there": can be the subject of a clause.
    Subject,
    /// "he", "her": refers to a person.
    Pronoun,
    /// "I", "our": refers to the speaker.
    Speaker,
    /// "its": refers to the participant to whom the noun after it belongs.
    Owner,
    /// "this": can refer to an event at the beginning of a sentence.
    Anaphor,
    /// "there".
    There,
    /// "here": the location of the report.
    Here,
    /// "now".
    Now,

    // Prepositions, by the role of the name after them.
    /// The name after it is a participant.
    PartyPreposition,
    /// The name after it is the location.
    PlacePreposition,
    /// The name after it is only a topic.
    TopicPreposition,
    /// Presupposes what follows: "at the summit".
    SettingPreposition,
    /// "on", "discuss": introduces a topic.
    About,
    /// "not", "instead": before a preposition, negates a location.
    Contrast,
    /// "until": the date after it is the last day.
    Until,
    /// "by", "until", "within": the date after it is a limit.
    Limit,

    // Verbs.
    /// "will", "has": a verb with a subject.
    Finite,
    /// "to", "will": a verb follows.
    Modal,
    /// "will".
    Will,
    /// "would", "could".
    Hypothetical,
    /// "is", "be": a participle can follow.
    Be,
    /// "was", "been": forms the passive with the participle after it.
    Passive,
    /// "have", "has".
    Have,
    /// "said": a verb of saying.
    Report,
    /// "denied".
    Denying,
    /// "host", "venue": the town that it describes is the location of an event.
    Hosting,
    /// "host", "welcomed": the home of its subject is the location of an event.
    Receiving,
    /// "attend", "join": its subject is a participant of the event named after it.
    Attending,
    /// "attend", "participate": goes to a meeting, for which the name of a body may stand ("attend the G20").
    Participating,
    /// "hosted", "brokered": its agent, after "by", is not a participant.
    Mediating,
    /// "returns home": the day after it is the last of a stay.
    Leaving,
    /// "set aside": the duration next to it is that of an event.
    Reserving,
    /// "held", "place": states that an event happens, without naming it.
    Holding,
    /// "took place": states that an event has happened.
    Happened,
    /// "ends": the date after it is the last day of the event.
    Ending,
    /// "lasts": the duration after it is that of the event.
    Lasting,

    // Nouns.
    /// "troops", "counterpart": with an adjective before it, represents a state.
    Officials,
    /// "leaders", "heads of state": a meeting of those of an organisation is a summit.
    Leaders,
    /// "committee": holds sittings.
    Sitting,
    /// "mandate": begins and ends on fixed days.
    Term,
    /// "embassy": is opened with a ceremony.
    Building,
    /// "report": is presented.
    Document,
    /// "presidency": an office that is handed over.
    Chair,
    /// "parliament": an audience of a speech.
    Audience,
    /// "dispute": the name after "with" is the other side of it.
    Relation,
    /// "sidelines": the event after "of" is only the occasion.
    Margin,
    /// "city": describes a town.
    Settlement,
    /// "capital".
    Capital,

    // Modality and change.
    /// "expected", "plans".
    Tentative,
    /// "perhaps": makes any statement tentative.
    Hedged,
    /// "scheduled", "agreed".
    Confirmed,
    /// "postponed": put off.
    Postponed,
    /// "brought forward": moved to an earlier day.
    Forward,
    /// "extended": a limit is moved to a later day.
    Extended,
    /// "moved", "shifted": to another day or, if one is named, to another place.
    Shifted,
    /// "to move": to another day or place, if one is named.
    Shifting,
    /// "relocated": moved to another place.
    Moved,
    /// "cancelled": called off.
    Cancelled,
    /// "back on": takes place after all.
    Restored,
    /// "not", "refused".
    Negative,
    /// "risk of", "chance of": the event may not take place.
    InDoubt,
    /// "anniversary of": the event named is past.
    Commemorating,
    /// "originally": what it modifies no longer holds.
    Former,
    /// "often": what it modifies recurs.
    Habitual,
    /// "once", "previously": what it modifies is in the more distant past.
    LongAgo,
    /// "another": the event named after it is a further one.
    Another,
    /// "after", "following": the event named after it precedes.
    Sequence,
    /// "expected", "due": states that something is planned.
    Expectation,
    /// "school board", "World Cup": a domestic or sporting matter, not one between states.
    Domestic,

    // The text as such.
    /// "Mr": its full stop does not end a sentence.
    Abbreviation,
    /// "the", "he": capitalised after "U.S.", it begins a sentence.
    Opener,
    /// "of", "said": one of the commonest English words, used for language detection.
    Common,
    /// "in": one of the commonest words, but shared with other languages.
    CommonElsewhere,
    /// "forum": spelt the same in other languages, so useless for language detection.
    International,

    // Groups of classes, whose members are listed in `data/lang/en/groups_of_classes.tsv`.
    /// A word that may be between a subject and its verb.
    Auxiliary,
    /// A preposition, after which a noun is not a subject.
    Preposition,
    /// A word that connects phrases and so does not end one.
    Link,
    /// A word that does not belong to a name, even if capitalised in a title or at the beginning of a sentence.
    OutsideName,
}

/// Parses the classes in a cell of a row, separated by spaces.
fn of_row<const N: usize>(file: DataFile, row: &[&str; N], classes: &str) -> EnumSet<Class> {
    classes.split(' ').map(|name| name.parse::<Class>().unwrap_or_else(|_| file.fault(row, "no such class"))).collect()
}

/// The lexicon of a language.
#[derive(Debug)]
pub struct Lexicon {
    /// By word id.
    words: Vec<EnumSet<Class>>,
    /// Those of several words.
    phrases: Phrases<EnumSet<Class>>,
}

impl Lexicon {
    /// Loads the file, and interns its words.
    pub fn new(words: &mut Words) -> Self {
        let mut lexicon = Self { words: Vec::new(), phrases: Phrases::default() };
        let group = |row: [&'static str; 2]| (of_row(GROUPS, &row, row[0]), of_row(GROUPS, &row, row[1]));
        let groups: Vec<(EnumSet<Class>, EnumSet<Class>)> = GROUPS.rows::<2>().map(group).collect();
        for row @ [phrase, classes, _, _] in LEXICON.rows::<4>().filter(|[_, classes, ..]| !classes.is_empty()) {
            let mut classes = of_row(LEXICON, &row, classes);
            classes |= groups
                .iter()
                .filter(|(_, members)| !classes.is_disjoint(*members))
                .fold(EnumSet::empty(), |all, (group, _)| all | *group);
            match text::phrase(words, phrase)[..] {
                [WordId(word)] => {
                    let word = word as usize;
                    lexicon.words.resize(lexicon.words.len().max(word + 1), EnumSet::empty());
                    lexicon.words[word] = classes;
                }
                ref phrase => lexicon.phrases.insert(phrase, classes),
            }
        }
        lexicon
    }

    /// The classes of a word.
    pub fn of(&self, word: WordId) -> EnumSet<Class> {
        self.words.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The words of a class.
    pub fn words_of(&self, class: Class) -> impl Iterator<Item = WordId> {
        (0..).map(WordId).zip(&self.words).filter(move |(_, classes)| classes.contains(class)).map(|(word, _)| word)
    }

    /// The classes of each token: those of its word, and of the longest phrase that begins with it.
    pub fn classes(&self, doc: &Document<'_>) -> Vec<EnumSet<Class>> {
        let mut classes: Vec<_> = doc.tokens.iter().map(|token| self.of(token.word)).collect();
        for sentence in &doc.sentences {
            for at in sentence.tokens.clone() {
                if self.phrases.begin_with(doc.tokens[at].word)
                    && let Some((_, [found, ..])) = self.phrases.longest(doc.words_from(at, sentence.tokens.end))
                {
                    classes[at] |= *found;
                }
            }
        }
        classes
    }
}
