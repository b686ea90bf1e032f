//! Closed vocabularies of the domain, with their names in documents, the database and the command
//! line.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Declares enums whose names are serialized in snake case.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* pub enum $name:ident { $($(#[$of:meta])* $variant:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema, Display,
            EnumString, IntoStaticStr, VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant,)* }
    )*};
}

vocabulary! {
    /// The kind of an event.
    pub enum Kind {
        /// Negotiations, consultations, a dialogue, a round of either.
        Talks,
        /// A meeting of officials, or a sitting of a standing body.
        Meeting,
        /// A meeting of heads of state or government, or of an organisation's leaders.
        Summit,
        /// A conference, forum, congress, assembly session.
        Conference,
        /// An official's trip to a place.
        Visit,
        /// A phone or video call.
        Call,
        /// A signing, ratification, entry into force of a text.
        Signing,
        /// A vote in a body, an election, a referendum.
        Vote,
        /// A court or tribunal sitting, a ruling.
        Hearing,
        /// A speech, a briefing, a press conference, the publication of a report.
        Address,
        /// An inauguration, a funeral, a commemoration, a handover of an office.
        Ceremony,
        /// The last day for something; the start or the end of a truce, of sanctions, of a mandate.
        Deadline,
        /// A military exercise, a mission's deployment.
        Exercise,
    }

    /// The status of an event according to the latest articles. `tentative`: expected, planned or
    /// proposed; it may not take place. `confirmed`: announced, set or agreed. `postponed`: moved
    /// to `starts_on` or, with `date_pending`, without a new date. `cancelled`: will not take
    /// place. `held`: reported to have taken place. The certainty of this information is
    /// `confidence`, not the status.
    pub enum Status {
        /// Expected, planned, likely, proposed; may or could happen.
        Tentative,
        /// Will happen; is set, scheduled, agreed, confirmed.
        Confirmed,
        /// Put off, with or without a new date.
        Postponed,
        /// Called off.
        Cancelled,
        /// A later article reports that it took place.
        Held,
    }

    /// The precision of a date: the length of the period that it stands for.
    pub enum Precision {
        /// One day, or a span of named days.
        Day,
        /// A week, Monday to Sunday.
        Week,
        /// A month or the named part of one.
        Month,
        /// A quarter of a year.
        Quarter,
        /// A season, as in the northern hemisphere.
        Season,
        /// A year or the named part of one.
        Year,
    }

    /// What a mention does to its event.
    pub enum Role {
        /// States that an event will take place.
        Announces,
        /// Confirms, moves, postpones, cancels or restores one, perhaps without a date.
        Changes,
        /// Reports that one took place.
        Reports,
    }

    /// How the participants of an event meet.
    pub enum Format {
        /// In one place.
        InPerson,
        /// By video, by telephone or online.
        Virtual,
        /// Some in one place, others by video.
        Hybrid,
    }

    /// Who represents the participants of an event.
    pub enum Level {
        /// Heads of state, of government or of an organisation.
        Leaders,
        /// Ministers.
        Ministers,
        /// Senior officials and experts.
        Officials,
        /// Envoys, ambassadors and negotiators.
        Envoys,
        /// Members of parliament and speakers.
        Parliament,
        /// Commanders and defence staff.
        Military,
    }

    /// The kind of a participant.
    pub enum ParticipantKind {
        /// A state or territory; its code is ISO 3166-1 alpha-2.
        Country,
        /// An organisation or a group of states; its code is its usual acronym.
        Organization,
        /// A person, who acts for the party that `represents` names.
        Person,
    }
}

impl Status {
    /// Returns whether the status is postponed or cancelled.
    pub fn is_off(self) -> bool {
        matches!(self, Self::Postponed | Self::Cancelled)
    }
}

impl Kind {
    /// Returns the kind that represents all kinds that writers use interchangeably: talks,
    /// meetings, summits, conferences and calls are one family; every other kind is a family of its
    /// own.
    #[must_use]
    pub fn family(self) -> Self {
        match self {
            Self::Talks | Self::Meeting | Self::Summit | Self::Conference | Self::Call => Self::Meeting,
            other => other,
        }
    }
}
