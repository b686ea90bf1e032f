//! Signals by name: what speaks for or against a decision. `weights` reads what each weighs.

use enumset::{EnumSet, EnumSetType};
use strum::VariantNames;

/// The signals that hold.
pub fn holding<S: EnumSetType>(signals: impl IntoIterator<Item = (S, bool)>) -> EnumSet<S> {
    signals.into_iter().filter(|(_, holds)| *holds).map(|(signal, _)| signal).collect()
}

/// What speaks for or against a date's making an event of a trigger.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum EventSignal {
    // The trigger.
    Noun,
    Plural,
    Gerund,
    Talks,
    Meeting,
    Summit,
    Conference,
    Vote,
    Hearing,
    Address,
    Ceremony,
    Deadline,
    ArgumentThere,
    ArgumentMissing,
    Capitalised,
    Definite,
    Indefinite,
    AfterSequence,
    Domestic,
    // Its clause.
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
    // The pair.
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
    // Who is named.
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

/// What speaks for or against a place's being where an event is held.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum PlaceSignal {
    // What it is.
    Country,
    BesideTown,
    Capital,
    TakesPart,
    // What stands around its name.
    GovernedAsPlace,
    GovernedAsParty,
    Ungoverned,
    AfterOf,
    OfTopic,
    Contrasted,
    NamesEvent,
    LandOfTown,
    Venue,
    InDateline,
    InLabel,
    EndsEntry,
    InLongerName,
    OnlyPlace,
    // How its name stands to the trigger and the date.
    SameClause,
    Goal,
    OneOfTour,
    MovedTo,
    BesideTrigger,
    BesideDate,
    BesideAnotherDate,
    SecondDate,
    BeyondDate,
    OverBefore,
    InReport,
    // Named elsewhere.
    WrittenIn,
    PlaceMeant,
    HeadingPlace,
    SentenceBefore,
    BesideItsNoun,
    OnlyTown,
    InTitle,
    // Whose home it is.
    HomeOfVoters,
    HostOfVisit,
    HomeOfHost,
    // What the event is.
    OfDeadline,
}

/// What speaks for or against two candidates' being of one event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum MergeSignal {
    SameDays,
    DayWithin,
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
    OneNamesNobody,
    SameSentence,
    OtherTime,
    OtherEntry,
}
