//! What speaks for and against a place's being where an event is held.

use enumset::EnumSetType;
use strum::VariantNames;

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
