//! What speaks for and against a place's being where an event is held.

use enumset::EnumSetType;
use strum::VariantNames;

/// What speaks for or against a place's being where an event is held.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum PlaceSignal {
    // What it is.
    Town,
    Country,
    Capital,
    Demonym,
    Organ,
    // What stands around its name.
    GovernedAsPlace,
    GovernedAsParty,
    GovernedAsTopic,
    Ungoverned,
    AfterOf,
    Possessive,
    OfTopic,
    Contrasted,
    Stretched,
    BeforeEvent,
    NamesEvent,
    LandOfTown,
    Venue,
    InReport,
    InDateline,
    InLabel,
    InLongerName,
    Bracketed,
    HoldsOffice,
    // How its name stands to the trigger.
    SameClause,
    SharedSubject,
    OtherClause,
    Before,
    After,
    Near,
    Far,
    Goal,
    GoalOfVisit,
    OneOfTour,
    MovedTo,
    HandedTo,
    OnlyPlace,
    AnotherEventBetween,
    OverBefore,
    SecondDate,
    BeyondDate,
    AnotherVerbBetween,
    // Named elsewhere.
    PlaceMeant,
    HeadingPlace,
    SentenceBefore,
    SentenceAfter,
    VenueNearby,
    BesideItsNoun,
    WrittenIn,
    SeatOfBody,
    OnlyTown,
    HomeOfVoters,
    HostOfVisit,
    HomeOfHost,
    HomeOfSource,
    InTitle,
    BesideDate,
    BesideTrigger,
    Fronted,
    Elsewhere,
    BesideTown,
    // What the event is.
    OfCall,
    OfDeadline,
    OfVote,
    OfVisit,
    CountryOfParticipant,
    CountryOfVisitor,
}
