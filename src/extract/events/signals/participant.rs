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
    InLongerName,
    InCondition,
    ActsElsewhere,
    // How its name stands to the trigger and to the date.
    SameClause,
    InRelativeClause,
    OtherClauseBesideSubject,
    Before,
    Near,
    Far,
    NamesEvent,
    OfEvent,
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
    OtherOfVisit,
    HandedTo,
    AnotherEventBetween,
    BeyondDate,
    SecondDate,
    OnlyName,
    ManyNames,
    // What ties it to the event where another sentence names it.
    Referent,
    ReferentOfGroup,
    ReferentOfEvent,
    Source,
    SentenceBefore,
    Nearby,
    ToldAfter,
    MostNamed,
    SecondMost,
    InTitle,
    FirstSentence,
    Elsewhere,
    BesideOne,
}
