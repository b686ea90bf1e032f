//! Codes of states and organisations. `AU` is both Australia and the African Union, so a code
//! identifies a participant only together with its kind.

use super::{Participant, ParticipantKind};
use std::fmt;

/// The code of a state or an organisation, with its kind.
///
/// ```
/// use daybook::event::{ParticipantKind, PartyCode};
/// let party = |kind, code| PartyCode { kind, code }.to_string();
/// assert_eq!(party(ParticipantKind::Country, "AU"), "AU");
/// assert_eq!(party(ParticipantKind::Organization, "NATO"), "NATO");
/// assert_eq!(party(ParticipantKind::Organization, "AU"), "organization:AU");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyCode<'a> {
    /// Country or organisation.
    pub kind: ParticipantKind,
    /// ISO 3166-1 alpha-2, or the usual acronym.
    pub code: &'a str,
}

impl<'a> PartyCode<'a> {
    /// Returns the code of a participant or, for a person, of the country or organisation that they
    /// represent. `all` are the participants of the event: the kind of a person's code is that of
    /// the participant with this code; if there is none, a code of two capitals is a country's.
    pub fn of(participant: &'a Participant, all: &'a [Participant]) -> Option<Self> {
        if let Some(code) = participant.code.as_deref() {
            return Some(Self { kind: participant.kind, code });
        }
        let code = participant.represents.as_deref()?;
        let listed = all.iter().find(|party| party.code.as_deref() == Some(code)).map(|party| party.kind);
        let kind = listed.unwrap_or(if has_form_of_country(code) {
            ParticipantKind::Country
        } else {
            ParticipantKind::Organization
        });
        Some(Self { kind, code })
    }

    /// Returns the code with its kind, such as `country:AU`: the form in which keys are stored and
    /// compared.
    pub fn key(self) -> String {
        format!("{}:{}", self.kind, self.code)
    }

    /// Returns whether it is the country of this code.
    pub fn is_country(self, code: &str) -> bool {
        self.kind == ParticipantKind::Country && self.code == code
    }
}

/// Writes the code, with its kind unless it is a country's or cannot be mistaken for one.
impl fmt::Display for PartyCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == ParticipantKind::Organization && has_form_of_country(self.code) {
            write!(f, "{}:", self.kind)?;
        }
        f.write_str(self.code)
    }
}

fn has_form_of_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}
