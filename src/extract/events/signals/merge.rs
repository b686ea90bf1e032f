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
