//! Which event a mention speaks of. Each way in which a mention can fit an event is a rule with a name and a score; the
//! highest score wins.

use super::fold::{codes, days, is_of_a_void_day, moves, names_days_of, overlap};
use crate::event::{EventState, Kind, Mention, Place, Precision, Role, Status, When};
use jiff::{Span, ToSpan, civil::Date};
use serde::Serialize;
use strum::{Display, EnumString};

/// How far ahead an event may lie that is spoken of without its day, in days.
const AHEAD: i64 = 366;

/// How long ago an event may be that is reported on without its day, in days.
const BEHIND: i64 = 31;

/// How near to each other two places are one, a city and a venue in it, in kilometres.
const NEAR: f64 = 30.0;

/// How a mention fits an event, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Rule {
    /// It made the event.
    #[strum(serialize = "made the event")]
    Made,
    /// A person says so.
    #[strum(serialize = "by hand")]
    ByHand,
    /// On the same days.
    #[strum(serialize = "same days")]
    SameDays,
    /// It says that the event was moved from the day that it has.
    #[strum(serialize = "names the old day")]
    NamesOldDay,
    /// It begins on the same day, or reports on a day of the event.
    #[strum(serialize = "day of a span")]
    DayOfSpan,
    /// It announces a day that the event had before: its writer has not heard of the move.
    #[strum(serialize = "void day")]
    VoidDay,
    /// Its exact day lies in the event's coarse date.
    #[strum(serialize = "refines the date")]
    Refines,
    /// The event's exact day lies in its coarse date.
    #[strum(serialize = "coarser date")]
    Coarser,
    /// Both dates are coarse and share days.
    #[strum(serialize = "overlapping periods")]
    Overlaps,
    /// It says that the one event that it can mean was moved.
    #[strum(serialize = "moved")]
    Moved,
    /// The one event that it can mean awaits a new day.
    #[strum(serialize = "new day")]
    NewDay,
    /// It names no day, and there is one event that it can mean.
    #[strum(serialize = "without a day")]
    WithoutDay,
}

impl Rule {
    /// How much it counts against the others: exact days before coarse ones, what is told before what is inferred.
    pub const fn score(self) -> u8 {
        match self {
            Self::Made | Self::ByHand => 100,
            Self::SameDays => 90,
            Self::NamesOldDay => 85,
            Self::DayOfSpan => 80,
            Self::VoidDay => 75,
            Self::Refines => 70,
            Self::Coarser => 65,
            Self::Overlaps => 60,
            Self::Moved => 50,
            Self::NewDay => 45,
            Self::WithoutDay => 40,
        }
    }

    /// Whether it holds only where no second event fits: the mention names no day that tells them apart.
    pub(super) const fn only_one(self) -> bool {
        matches!(self, Self::Moved | Self::NewDay | Self::WithoutDay)
    }
}

/// The rule by which `mention`, published on a day, speaks of the event in `state`; none where it does not.
pub fn fit(state: &EventState, mention: &Mention, published_on: Date) -> Option<Rule> {
    let (known, said) = (codes(&state.participants), codes(&mention.participants));
    let common = said.iter().filter(|code| known.contains(code)).count();
    if state.kind.family() != mention.kind.family()
        || common == 0
        || !Reach::of_mention(mention, published_on).meets(&Reach::of_state(state))
    {
        return None;
    }
    let rule = match &mention.when {
        Some(when) => dated(state, mention, when, published_on),
        None => is_within_reach(state, mention, published_on).then_some(Rule::WithoutDay),
    }?;
    let within = said.len() == common || known.len() == common && rule != Rule::WithoutDay;
    // Two lists of parties that differ a little, of one place and day, are one disputed list.
    let nearly = rule == Rule::SameDays && common >= 2 && 2 * common >= known.len().max(said.len());
    let parties_agree = within || nearly && same_place(state.place.as_ref(), mention.place.as_ref());
    let same_parties = said.len() == common && known.len() == common;
    let enough = common >= 2 || is_corroborated(state, mention, rule, same_parties);
    (parties_agree && places_agree(state, mention, rule) && enough).then_some(rule)
}

/// The rule that the days allow.
fn dated(state: &EventState, mention: &Mention, when: &When, published_on: Date) -> Option<Rule> {
    let exact = |when: &When| when.precision == Precision::Day;
    let is_ahead = state.when.ends_on >= published_on;
    let day_of_span =
        state.when.starts_on == when.starts_on || mention.role == Role::Reports && overlap(&state.when, when);
    if days(&state.when) == days(when) {
        return Some(Rule::SameDays);
    }
    if mention.previous_dates.iter().any(|previous| names_days_of(previous, &state.when)) {
        return Some(Rule::NamesOldDay);
    }
    if is_of_a_void_day(state, mention) {
        return Some(Rule::VoidDay);
    }
    match (exact(&state.when), exact(when)) {
        (true, true) if day_of_span => Some(Rule::DayOfSpan),
        (false, true) if overlap(&state.when, when) => Some(Rule::Refines),
        (true, false) if overlap(&state.when, when) => Some(Rule::Coarser),
        (false, false) if overlap(&state.when, when) => Some(Rule::Overlaps),
        _ if !moves(state, mention) => None,
        _ if state.date_pending => Some(Rule::NewDay),
        _ => {
            // Nothing is put off to an earlier day.
            let later = mention.status != Status::Postponed || state.when.starts_on < when.starts_on;
            (is_ahead && later && mention.previous_dates.is_empty()).then_some(Rule::Moved)
        }
    }
}

/// Whether an event can be meant by a mention that names no day: one ahead, or for a report one just over.
fn is_within_reach(state: &EventState, mention: &Mention, published_on: Date) -> bool {
    let (first, last) = spoken_of(mention, published_on);
    let days = match mention.role {
        Role::Reports => state.when.starts_on <= last && first <= state.when.ends_on,
        _ => state.when.ends_on >= first && state.when.starts_on <= last || state.date_pending,
    };
    // What is over is over.
    days && (state.status != Status::Held || mention.role == Role::Reports)
}

/// The days on which an event may lie that a mention without a day speaks of.
fn spoken_of(mention: &Mention, published_on: Date) -> (Date, Date) {
    match mention.role {
        Role::Reports => (later(published_on, -BEHIND), published_on),
        _ => (published_on, later(published_on, AHEAD)),
    }
}

/// Whether more than one party's name and a family of kinds speak for it. The same days need the kind (any goes by "meeting")
/// or the city; a coarse date needs the very kind, or all parties and any; what is inferred needs all parties.
fn is_corroborated(state: &EventState, mention: &Mention, rule: Rule, same_parties: bool) -> bool {
    let very_kind = state.kind == mention.kind;
    let may_be_kind = very_kind || [state.kind, mention.kind].contains(&Kind::Meeting);
    match rule {
        Rule::Refines | Rule::Coarser | Rule::Overlaps => very_kind || same_parties && may_be_kind,
        Rule::Moved | Rule::NewDay => same_parties && may_be_kind,
        _ => may_be_kind || same_place(state.place.as_ref(), mention.place.as_ref()),
    }
}

/// No two places, but where the mention says that the place was changed.
fn places_agree(state: &EventState, mention: &Mention, rule: Rule) -> bool {
    let (Some(a), Some(b)) = (&state.place, &mention.place) else { return true };
    let moved = mention.role == Role::Changes
        && mention.status == Status::Confirmed
        && matches!(rule, Rule::SameDays | Rule::NamesOldDay | Rule::WithoutDay);
    moved || one_place(a, b)
}

/// Whether two places may be one: one city, or a country and a place in it.
pub(super) fn one_place(a: &Place, b: &Place) -> bool {
    (a.is_country() || b.is_country()) && a.country == b.country || same_place(Some(a), Some(b))
}

/// Whether both are known and are one city, which may go by two names (Pusan, Busan), or a venue in it.
fn same_place(a: Option<&Place>, b: Option<&Place>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let points = a.latitude.zip(a.longitude).zip(b.latitude.zip(b.longitude));
    let near = points.is_some_and(|(a, b)| kilometres(a, b) <= NEAR) && a.country == b.country;
    a.name == b.name && !a.is_country() || near
}

/// The great-circle distance between two points in degrees (the haversine formula; the Earth's mean radius).
fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * 6371.0 * h.sqrt().asin()
}

/// What can be compared at all: the parties and the span of days that an event has or a mention may speak of. A mention
/// can only fit an event that its reach meets, so the store need look no further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Family of kinds, code of a party and quarter of a year: `meeting:JP:2023-1`, each once, in order.
    pub keys: Vec<String>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Reach {
    /// Of an event: its days, those that it had before, and while it awaits a new day the year after.
    pub fn of_state(state: &EventState) -> Self {
        let previous = state.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]);
        let pending = state.date_pending.then(|| later(state.when.ends_on, AHEAD));
        let all = previous.chain(pending).chain([state.when.starts_on, state.when.ends_on]);
        Self::new(state.kind.family(), &codes(&state.participants), all)
    }

    /// Of a mention, published on a day: its days, those it says the event had before, and where it tells of a change
    /// without naming the day that is changed, the year ahead.
    pub fn of_mention(mention: &Mention, published_on: Date) -> Self {
        let told = mention.when.iter().flat_map(|when| [when.starts_on, when.ends_on]);
        let previous = mention.previous_dates.iter().flat_map(|p| [p.starts_on, p.ends_on]);
        let (first, last) = spoken_of(mention, published_on);
        let names_its_day =
            mention.when.is_some() && (mention.role != Role::Changes || !mention.previous_dates.is_empty());
        let anywhere = [first, last].into_iter().filter(|_| !names_its_day);
        Self::new(mention.kind.family(), &codes(&mention.participants), told.chain(previous).chain(anywhere))
    }

    fn new(family: Kind, codes: &[&str], days: impl Iterator<Item = Date> + Clone) -> Self {
        let first = days.clone().min().unwrap_or(Date::MIN);
        // What lasts for decades is known by its first years.
        let last = days.max().unwrap_or(Date::MIN).min(later(first, LONGEST));
        let quarter = |day: Date| i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3);
        let quarters = quarter(first)..=quarter(last);
        let key = |code: &&str, quarter: i32| {
            format!("{family}:{code}:{}-{}", quarter.div_euclid(4), quarter.rem_euclid(4) + 1)
        };
        let mut keys: Vec<String> =
            codes.iter().flat_map(|code| quarters.clone().map(move |quarter| key(code, quarter))).collect();
        keys.sort_unstable();
        keys.dedup();
        Self { keys, first, last }
    }

    /// Whether they share a party and a day.
    pub fn meets(&self, other: &Self) -> bool {
        self.first <= other.last
            && other.first <= self.last
            && self.keys.iter().any(|key| other.keys.binary_search(key).is_ok())
    }
}

/// The longest reach, in days.
const LONGEST: i64 = 3660;

/// A day so many days later, within the calendar.
fn later(day: Date, days: i64) -> Date {
    let span: Span = days.days();
    day.saturating_add(span)
}
