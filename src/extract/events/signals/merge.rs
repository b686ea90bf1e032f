//! What speaks for and against two mentions' being of one event.

use enumset::EnumSetType;
use strum::VariantNames;

/// What speaks for or against two candidates' being of one event.
#[derive(Debug, EnumSetType, VariantNames)]
#[enumset(repr = "u128")]
#[strum(serialize_all = "kebab-case")]
pub enum MergeSignal {
    SameDays,
    DayWithin,
    CoarseHolds,
    WeekHolds,
    MonthHolds,
    YearHolds,
    CoarseHoldsSame,
    ExactIsDefinite,
    DaysOverlap,
    DaysApart,
    BothCoarse,
    SameKind,
    SameFamily,
    OtherFamily,
    VisitAndMeeting,
    SameWord,
    AllShared,
    Equal,
    SomeShared,
    NoneShared,
    BothHaveOthers,
    OneNamesNobody,
    SameCountryAlone,
    SamePlace,
    SameCountry,
    OtherCountry,
    OtherTown,
    SameDate,
    SameSentence,
    NextSentence,
    SameClause,
    Definite,
    Another,
    BothOfBody,
    OtherBody,
    Tour,
}
