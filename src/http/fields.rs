//! Fields of an event in requests, and their validation. Names of participants and places are
//! resolved.

use super::{
    inputs::{ParticipantInput, PlaceInput},
    names,
    problem::Problem,
};
use crate::{
    event::{EventState, Format, Kind, Level, Participant, ParticipantKind, Place, Precision, Status, When},
    extract::Directory,
    timeline::Amendment,
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// The maximum length of an editor's text, in characters.
const LONGEST: usize = 10_000;

/// Fields of an event. In a PATCH, an absent field is unchanged and `null` removes the value (RFC
/// 7396).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventInput)]
pub(super) struct Fields {
    /// The author.
    #[schema(example = "Maria Lopez, foreign desk", pattern = r"\S", max_length = 2000)]
    pub(super) author: String,
    /// The reason.
    #[schema(example = "Confirmed by telephone with the ministry", pattern = r"\S", max_length = 2000)]
    pub(super) reason: String,
    /// The title; derived from the other fields if `null` or absent.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = r"\S")]
    title: Given<String>,
    /// The kind of event.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Kind>)]
    kind: Given<Kind>,
    /// The status.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Status>)]
    status: Given<Status>,
    /// The start date.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Given<Date>,
    /// The end date, inclusive. Given alone, it leaves the start date unchanged; absent beside
    /// `starts_on`, it equals the start date.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Given<Date>,
    /// The precision of the dates; `day` by default.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Precision>)]
    precision: Given<Precision>,
    /// The start time.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Given<Timestamp>,
    /// Postponed without a new date.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    date_pending: Given<bool>,
    /// The place: a name such as `Vienna` or `Vienna, Austria`, or an object.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<PlaceInput>)]
    place: Given<PlaceInput>,
    /// All participants: names or codes of states and organisations, or objects.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<ParticipantInput>>)]
    participants: Given<Vec<ParticipantInput>>,
    /// Participants to add.
    #[serde(default)]
    add_participants: Vec<ParticipantInput>,
    /// Participants to remove.
    #[serde(default)]
    remove_participants: Vec<ParticipantInput>,
    /// The proper name, such as "Munich Security Conference". It is the title unless one is given.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = r"\S")]
    name: Given<String>,
    /// The topic.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = r"\S")]
    topic: Given<String>,
    /// The clock time at which it starts, where the time zone is unknown.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = "time", example = "09:30:00")]
    local_time: Given<Time>,
    /// How the participants meet.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Format>)]
    format: Given<Format>,
    /// Who represents the participants.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Level>)]
    level: Given<Level>,
    /// The organiser's page.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "https://talks.example/2023")]
    official_url: Given<String>,
    /// Notes of the editors.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = r"\S")]
    notes: Given<String>,
    /// Keywords of the editors.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<String>>)]
    tags: Given<Vec<String>>,
}

/// A field: absent, `null`, or with a value.
type Given<T> = Option<Option<T>>;

/// Reads a field that is present, perhaps as `null`.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Fields {
    /// Validates the given fields for an event in this state, or for a new one: there `null` is the
    /// same as an absent field.
    pub(super) fn amendment(self, current: Option<&EventState>, directory: &Directory) -> Result<Amendment, Problem> {
        let mut faults = Faults::default();
        let when = faults.keep(self.when(current.map(|state| &state.when)));
        let is_new = current.is_none();
        let status = faults.keep(required("status", self.status, is_new));
        let date_pending = self.date_pending.map(Option::unwrap_or_default);
        if date_pending == Some(true) && status.is_some_and(|status| status != Status::Postponed) {
            let detail = "date_pending can be true only while `status` is `postponed`";
            faults.0.push(Problem::of_field("date_pending", detail));
        }
        let all = |field, given: Vec<ParticipantInput>, faults: &mut Faults| -> Vec<Participant> {
            given.into_iter().filter_map(|one| faults.keep(resolved(field, one, directory).map(Some))).collect()
        };
        let participants = faults.keep(required("participants", self.participants, is_new));
        let known = current.map(|state| &*state.participants).unwrap_or_default();
        let place = self.place.map(|place| place.and_then(|place| faults.keep(located(place, directory).map(Some))));
        let remove_participants = self
            .remove_participants
            .into_iter()
            .filter_map(|one| faults.keep(taking_part(one, known, directory).map(Some)));
        let remove_participants = remove_participants.collect();
        let amendment = Amendment {
            title: faults.keep(text("title", self.title)),
            kind: faults.keep(required("kind", self.kind, is_new)),
            status,
            when,
            date_pending,
            place,
            participants: participants.map(|given| all("participants", given, &mut faults)),
            add_participants: all("add_participants", self.add_participants, &mut faults),
            remove_participants,
            name: faults.keep(text("name", self.name)),
            topic: faults.keep(text("topic", self.topic)),
            local_time: self.local_time,
            format: self.format,
            level: self.level,
            official_url: faults
                .keep(text("official_url", self.official_url).and_then(|url| url.map(web_address).transpose())),
            notes: faults.keep(text("notes", self.notes)),
            tags: faults.keep(self.tags.map(Option::unwrap_or_default).map(keywords).transpose()),
        };
        if faults.0.is_empty() { Ok(amendment) } else { Err(Problem::all(faults.0)) }
    }

    /// Returns the date; parts that are not given are unchanged.
    fn when(&self, current: Option<&When>) -> Result<Option<When>, Problem> {
        let is_given = self.starts_on.is_some() || self.ends_on.is_some();
        if !is_given && self.precision.is_none() && self.starts_at.is_none() {
            return Ok(None);
        }
        let moved = required("starts_on", self.starts_on, current.is_none())?;
        let missing = || Problem::of_field("starts_on", "starts_on is missing");
        let first = moved.or(current.map(|when| when.starts_on)).ok_or_else(missing)?;
        let known = current.filter(|_| moved.is_none());
        let last = match self.ends_on {
            Some(last) => last.unwrap_or(first),
            None => known.map_or(first, |when| when.ends_on),
        };
        let precision = self.precision.flatten().or(known.filter(|_| !is_given).map(|when| when.precision));
        let starts_at = self.starts_at.unwrap_or(known.and_then(|when| when.starts_at));
        days(first, last, precision, starts_at).map(Some)
    }
}

/// Collects the faults of the fields.
#[derive(Default)]
struct Faults(Vec<Problem>);

impl Faults {
    /// Returns the value, or the default after recording the fault.
    fn keep<T: Default>(&mut self, value: Result<T, Problem>) -> T {
        value.unwrap_or_else(|problem| {
            self.0.push(problem);
            T::default()
        })
    }
}

/// Returns the value of a field that every event has, so that it cannot be removed.
fn required<T>(field: &str, given: Given<T>, is_new: bool) -> Result<Option<T>, Problem> {
    match given {
        Some(None) if !is_new => {
            let detail = format!("{field} cannot be removed; leave it out to keep it, or withdraw the correction");
            Err(Problem::of_field(field, detail))
        }
        given => Ok(given.flatten()),
    }
}

fn text(field: &str, given: Given<String>) -> Result<Given<String>, Problem> {
    let is_wrong = |text: &String| text.trim().is_empty() || text.chars().count() > LONGEST;
    if given.iter().flatten().any(is_wrong) {
        let detail = format!("{field} is empty or longer than {LONGEST} characters; `null` removes it");
        return Err(Problem::of_field(field, detail));
    }
    Ok(given.map(|text| text.map(|text| text.trim().to_owned())))
}

fn web_address(url: Option<String>) -> Result<Option<String>, Problem> {
    let is_web = |url: &String| url::Url::parse(url).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
    if url.as_ref().is_some_and(|url| !is_web(url)) {
        return Err(Problem::of_field("official_url", "official_url must be a URL such as https://talks.example/2023"));
    }
    Ok(url)
}

fn keywords(tags: Vec<String>) -> Result<Vec<String>, Problem> {
    const MOST: usize = 50;
    if tags.len() > MOST || tags.iter().any(|tag| tag.trim().is_empty() || tag.chars().count() > 100) {
        let detail = format!("tags: at most {MOST}, each with 1 to 100 characters");
        return Err(Problem::of_field("tags", detail));
    }
    Ok(tags.into_iter().map(|tag| tag.trim().to_owned()).collect())
}

fn days(first: Date, last: Date, precision: Option<Precision>, starts_at: Option<Timestamp>) -> Result<When, Problem> {
    if !(1..=9999).contains(&first.year()) {
        return Err(Problem::of_field("starts_on", "starts_on must be in the years 1 to 9999"));
    }
    let when = When::of_days(first, last, precision.unwrap_or(Precision::Day));
    let when = when.ok_or_else(|| Problem::of_field("ends_on", "ends_on must not be before starts_on"))?;
    Ok(When { starts_at, ..when })
}

fn located(place: PlaceInput, directory: &Directory) -> Result<Place, Problem> {
    let place = match place {
        PlaceInput::Name(name) => {
            return names::place(&name, directory)
                .map_err(|detail| Problem::of_field("place", format!("place: {detail}")));
        }
        PlaceInput::Place(place) => Place::from(place),
    };
    let country = place.country.as_deref().is_none_or(is_country_code);
    let on_earth = |degrees: Option<f64>, most: f64| degrees.is_none_or(|degrees| degrees.abs() <= most);
    if place.name.trim().is_empty() || !country {
        return Err(Problem::of_field(
            "place",
            "place must have a name, and country must be a two-letter code such as CH",
        ));
    }
    if place.latitude.is_some() != place.longitude.is_some()
        || !on_earth(place.latitude, 90.0)
        || !on_earth(place.longitude, 180.0)
    {
        return Err(Problem::of_field(
            "place",
            "place must have both latitude and longitude or neither, within ±90 and ±180 degrees",
        ));
    }
    Ok(place)
}

fn resolved(field: &str, given: ParticipantInput, directory: &Directory) -> Result<Participant, Problem> {
    let party = match given {
        ParticipantInput::Name(name) => {
            return names::participant(&name, directory)
                .map_err(|detail| Problem::of_field(field, format!("{field}: {detail}")));
        }
        ParticipantInput::Participant(party) => Participant::from(party),
    };
    let code = party.code.as_deref();
    let code_fits = match party.kind {
        ParticipantKind::Country => code.is_some_and(is_country_code),
        ParticipantKind::Organization => {
            code.is_none_or(|code| !code.is_empty() && !code.contains(char::is_whitespace))
        }
        ParticipantKind::Person => code.is_none(),
    };
    let represents_fits = party.represents.is_none() || party.kind == ParticipantKind::Person;
    if party.name.trim().is_empty() || !code_fits || !represents_fits {
        let detail = format!(
            "{field} must each have a name; a country its two-letter code, an organization an optional acronym, and a \
             person no code but optionally the code that it `represents`"
        );
        return Err(Problem::of_field(field, detail));
    }
    Ok(party)
}

/// Returns the participant of the event that a name, a code or an object identifies.
fn taking_part(given: ParticipantInput, known: &[Participant], directory: &Directory) -> Result<Participant, Problem> {
    let (name, party) = match given {
        ParticipantInput::Name(name) => (name.trim().to_lowercase(), names::participant(&name, directory).ok()),
        ParticipantInput::Participant(party) => {
            let party = Participant::from(party);
            (party.name.to_lowercase(), Some(party))
        }
    };
    let means = |known: &&Participant| {
        let same_party =
            |party: &Participant| party.kind == known.kind && party.code.is_some() && party.code == known.code;
        known.name.to_lowercase() == name || party.as_ref().is_some_and(same_party)
    };
    known.iter().find(means).cloned().ok_or_else(|| {
        let all: Vec<&str> = known.iter().map(|known| &*known.name).collect();
        let detail = format!("remove_participants: `{name}` does not take part; {} do", all.join(", "));
        Problem::of_field("remove_participants", detail)
    })
}

fn is_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}
