//! The words of a language by what they do in a sentence: `data/lang/en/lexicon.tsv`.
//!
//! Code asks for classes and never for words, so that another language is another file.

use crate::extract::data::{DataFile, data_file};
use crate::extract::text::{self, Document};
use crate::extract::words::{Phrases, WordId, Words};
use enumset::{EnumSet, EnumSetType};
use strum::EnumString;

/// The lexicon: phrase, classes, tense, dates.
pub const LEXICON: DataFile = data_file!("lang/en/lexicon.tsv");

/// What a word or a phrase does in a sentence.
#[derive(Debug, Hash, EnumSetType, EnumString)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum Class {
    // Function words.
    /// "the", "this", "its": what follows is known.
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
    /// "and", "or", a comma, a dash: joins the items of a list.
    ListJoint,
    /// "'s".
    Possessive,
    /// A dash or a hyphen.
    Dash,
    /// A bullet at the head of a line.
    AgendaMark,
    /// "who", "which".
    Relative,
    /// "where".
    Where,
    /// "what", "event": before a colon, what it is that is announced.
    EventField,
    /// "who", "guests": before a colon, who takes part.
    PartiesField,
    /// "when", "date": before a colon, when it is.
    DateField,
    /// "where", "venue": before a colon, where it is.
    PlaceField,
    /// "while", "after": opens a clause of its own.
    Subordinator,
    /// "if", "whether": opens a clause about what may never be.
    Conditional,
    /// "should": at the head of a sentence, the same.
    InvertedCondition,
    /// "how", "what": what follows is asked.
    Question,
    /// "it", "they", "there": may be the subject of a clause.
    Subject,
    /// "he", "her": stands for a person.
    Pronoun,
    /// "I", "our": stands for who speaks.
    Speaker,
    /// "its": stands for the participant that what follows belongs to.
    Owner,
    /// "this": may stand for an event at the head of a sentence.
    Anaphor,
    /// "there".
    There,
    /// "here": where the report was written.
    Here,
    /// "now".
    Now,
    /// "instead".
    Instead,

    // Prepositions by what the name after them is.
    /// The name after it takes part.
    PartyPreposition,
    /// The name after it is where something happens.
    PlacePreposition,
    /// The name after it is only spoken of.
    TopicPreposition,
    /// It takes what follows for granted: "at the summit".
    SettingPreposition,
    /// "on", "discuss": all that follows is what it is about.
    About,
    /// "not", "instead": before a preposition, where something is not.
    Contrast,
    /// "until": the date after it is the last.
    Until,
    /// "by", "until", "within": the date after it is a limit.
    Limit,
    /// "before", "later": the length of time before it counts from another day.
    Offset,

    // Verbs.
    /// "will", "has": a verb that has a subject.
    Finite,
    /// "to", "will": a verb follows.
    Modal,
    /// "will".
    Will,
    /// "would", "could".
    Hypothetical,
    /// "is", "be": a participle may follow.
    Be,
    /// "was", "been": the participle after it says what was done.
    Passive,
    /// "have", "has".
    Have,
    /// "said": who says so.
    Report,
    /// "denied".
    Denying,
    /// "host", "venue": the town that is said to be it is where an event is held.
    Hosting,
    /// "host", "welcomed": where who does so has its home is where an event is held.
    Receiving,
    /// "attend", "join": whoever does takes part in the event named after it.
    Attending,
    /// "hosted", "brokered": who is named after it with "by" takes no part.
    Mediating,
    /// "returns home": the day after it is the last of a stay.
    Leaving,
    /// "set aside": the length beside it is that of an event.
    Reserving,
    /// "held", "place": says that an event happens, without naming it.
    Holding,
    /// "took place": says that an event has happened.
    Happened,
    /// "ends": the date after it is the last of the event.
    Ending,
    /// "lasts": the length after it is that of the event.
    Lasting,

    // Nouns.
    /// "troops", "counterpart": with an adjective before it, they act for a state.
    Officials,
    /// "leaders", "heads of state": where those of a body meet, it is a summit.
    Leaders,
    /// "committee": sits.
    Sitting,
    /// "mandate": begins and ends on days that are set.
    Term,
    /// "embassy": is opened with a ceremony.
    Building,
    /// "report": is presented.
    Document,
    /// "presidency": an office that is handed over.
    Chair,
    /// "parliament": those who are spoken to.
    Audience,
    /// "dispute": "with" after it says whom that is with.
    Relation,
    /// "sidelines": what it is of takes no part.
    Margin,
    /// "city": what a town is.
    Settlement,
    /// "capital".
    Capital,

    // Modality and change.
    /// "expected", "plans".
    Tentative,
    /// "perhaps": whatever else the clause says.
    Hedged,
    /// "scheduled", "agreed".
    Confirmed,
    /// Put off.
    Postponed,
    /// Brought forward to an earlier day.
    Forward,
    /// Of a limit: given a later day.
    Extended,
    /// Moved to another day or, where one is named, to another place.
    Shifted,
    /// "to move": where another day or place is named, it is moved there.
    Shifting,
    /// Moved to another place.
    Moved,
    /// Called off.
    Cancelled,
    /// Back on after all.
    Restored,
    /// "not", "refused".
    Negative,
    /// "risk of", "chance of": it may never be.
    InDoubt,
    /// "anniversary of": what is named is past.
    Commemorating,
    /// "originally": what it goes with holds no longer.
    Former,
    /// "often": what it goes with happens again and again.
    Habitual,
    /// "once", "previously": what it goes with lies further back.
    LongAgo,
    /// "another": the event named after it is one more.
    Another,
    /// "after", "following": the event named after it is over by then.
    Sequence,
    /// "expected", "due": says that something is planned.
    Expectation,
    /// "school board", "World Cup": of what is no matter between states.
    Domestic,

    // The text as such.
    /// "Mr": its full stop does not end a sentence.
    Abbreviation,
    /// "the", "he": with a capital letter after "U.S.", it begins a sentence.
    Opener,
    /// "of", "said": one of the commonest words, by which a text shows its language.
    Common,
    /// "in": the same, but other languages have it too.
    CommonElsewhere,
    /// "forum": spelt the same in other languages, so that it does not show which one a text is in.
    International,
}

/// The lexicon of a language.
#[derive(Debug)]
pub struct Lexicon {
    /// By the number of a word.
    words: Vec<EnumSet<Class>>,
    /// Those of several words.
    phrases: Phrases<EnumSet<Class>>,
}

impl Lexicon {
    /// Reads the file, making its words known.
    pub fn new(words: &mut Words) -> Self {
        let mut lexicon = Self { words: Vec::new(), phrases: Phrases::default() };
        for row @ [phrase, classes, _, _] in LEXICON.rows::<4>().filter(|[_, classes, ..]| !classes.is_empty()) {
            let class = |name: &str| -> Class { name.parse().unwrap_or_else(|_| LEXICON.fault(&row, "no such class")) };
            let classes = classes.split(' ').map(class).collect();
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

    /// The classes of each token: those of the word, and those of the longest phrase that begins there.
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
