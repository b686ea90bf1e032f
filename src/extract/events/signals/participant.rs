//! What speaks for and against a party's taking part in an event.

use enumset::EnumSetType;
use strum::VariantNames;

/// What speaks for or against a party's taking part in an event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum ParticipantSignal {
    // What its name is, and what the phrase around it makes of it.
    Person,
    Demonym,
    BareDemonym,
    Capital,
    Organ,
    GovernedAsParty,
    GovernedAsPlace,
    GovernedAsTopic,
    Ungoverned,
    OfTopic,
    Outsider,
    NoActor,
    InCondition,
    ActsElsewhere,
    // How its name stands to the trigger and to the date.
    SameClause,
    InAside,
    OtherClauseBesideSubject,
    Before,
    Near,
    Far,
    OtherBodysEvent,
    OrganisationInPopularVote,
    PlaceOfVote,
    PlaceOfMeeting,
    PlaceBesideBody,
    PersonAsSubject,
    SubjectOfVerb,
    Attends,
    Visitor,
    GoalOfVisit,
    BeyondDate,
    SecondDate,
    OnlyName,
    // What ties it to the event where another sentence names it.
    Speaks,
    Referent,
    Source,
    SentenceBefore,
    ToldAfter,
    InBlock,
    MostNamed,
    SecondMost,
    InTitle,
    FirstSentence,
    Elsewhere,
    BesideOne,
}
