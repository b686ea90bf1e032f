//! The signals for and against each decision. `weights` reads their weights.

use enumset::{EnumSet, EnumSetType};
use strum::VariantNames;

/// Returns the signals whose condition holds.
pub fn holding<S: EnumSetType>(signals: impl IntoIterator<Item = (S, bool)>) -> EnumSet<S> {
    signals.into_iter().filter(|(_, holds)| *holds).map(|(signal, _)| signal).collect()
}

/// Signals for and against a candidate's being an event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum EventSignal {
    // The trigger.
    Noun,
    Plural,
    Gerund,
    ArgumentThere,
    ArgumentMissing,
    Capitalised,
    Definite,
    Indefinite,
    AfterSequence,
    Domestic,
    // The clause of the trigger.
    TriggerInCondition,
    Subordinate,
    Past,
    PastNoun,
    PresentNoun,
    Future,
    Unfulfilled,
    NoTense,
    Tentative,
    Planned,
    Denied,
    Off,
    Hypothetical,
    LongAgo,
    Commemorated,
    // The date.
    OneDay,
    SeveralDays,
    Week,
    Month,
    Season,
    Year,
    Today,
    Begun,
    DateInPast,
    DateInPresent,
    DateInReport,
    DateInCondition,
    Attribute,
    Owner,
    Contrasted,
    LineStamp,
    Until,
    MovedTo,
    MovedFrom,
    BareYear,
    Former,
    BareWeekday,
    MonthName,
    // The relation between trigger and date.
    SameClause,
    RelativeClause,
    OtherClause,
    DateInOtherRelative,
    Attached,
    NearestTrigger,
    Adjacent,
    Near,
    Far,
    DateFirst,
    TriggerBetween,
    VerbBetween,
    CommaBetween,
    VerbJoinedOn,
    Background,
    Resumed,
    // Participants and combinations.
    AtHome,
    NobodyNamed,
    OneNamed,
    NobodyTakesPart,
    OneTakesPart,
    SeveralTakePart,
    BodyTakesPart,
    PersonTakesPart,
    HostAlone,
    PlaceNamed,
    OfficialNamed,
    OnlyDateOfSentence,
    InTitle,
    TodayUnplanned,
    PeriodUnplanned,
    PastThroughout,
    VisitWithoutGoal,
    Attended,
    Quoted,
    LongSentence,
}

/// Signals for and against the participation of a party in an event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum ParticipantSignal {
    // The name and the phrase around it.
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
    ActsElsewhere,
    // The relation of the name to the trigger and the date.
    SameClause,
    InAside,
    OtherClauseBesideSubject,
    Before,
    Near,
    Far,
    OrganisationInPopularVote,
    PlaceOfVote,
    PlaceOfMeeting,
    PlaceBesideBody,
    PersonAsSubject,
    SubjectOfVerb,
    Visitor,
    GoalOfVisit,
    BeyondDate,
    SecondDate,
    OnlyName,
    // The connection of the event with a party that another sentence names.
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

/// Signals for and against a place's being the location of an event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum PlaceSignal {
    // The place.
    Country,
    BesideTown,
    Capital,
    TakesPart,
    // The phrase around its name.
    GovernedAsPlace,
    Ungoverned,
    OfTopic,
    Contrasted,
    NamesEvent,
    LandOfTown,
    Venue,
    InDateline,
    InLabel,
    OnlyPlace,
    // The relation of the name to the trigger and the date.
    SameClause,
    Goal,
    OneOfTour,
    MovedTo,
    BesideTrigger,
    BesideDate,
    BesideAnotherDate,
    BeyondDate,
    OverBefore,
    // Places that are named elsewhere.
    WrittenIn,
    PlaceMeant,
    HeadingPlace,
    SentenceBefore,
    BesideItsNoun,
    OnlyTown,
    InTitle,
    // Home countries of participants.
    HomeOfVoters,
    HostOfVisit,
    HomeOfHost,
    // The event.
    OfDeadline,
}

/// Signals for and against two mentions' being one event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum MergeSignal {
    SameDays,
    WeekHolds,
    MonthHolds,
    DaysApart,
    BothCoarse,
    SameKind,
    OtherFamily,
    NoneShared,
    BothHaveOthers,
    SamePlace,
    OtherCountry,
    SameClause,
    ExactIsDefinite,
    Another,
    SameSentence,
    OtherTime,
    OtherEntry,
}
