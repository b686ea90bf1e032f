//! Scores extracted events against labels, with the same figures as `../shared/corpus/score.py`.

use crate::corpus::Label;
use daybook::event::{Kind, Mention, Participant, ParticipantKind, Place, Status};
use std::collections::{BTreeSet, HashMap};
use std::ops::AddAssign;

/// Codes shared by an organisation and a country; labels write `org:AU`.
const SHARED_CODES: [&str; 2] = ["AU", "CW"];

/// The counts of extracted and correct events.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    pub found: usize,
    pub spurious: usize,
    pub missed: usize,
    kinds: usize,
    places: usize,
    places_right: usize,
    statuses: usize,
    statuses_right: usize,
    parties: usize,
    parties_spurious: usize,
    parties_missed: usize,
}

fn percent(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { 100.0 * part as f64 / of as f64 }
}

impl Score {
    pub fn f1(&self) -> f64 {
        percent(2 * self.found, 2 * self.found + self.spurious + self.missed)
    }
    pub fn precision(&self) -> f64 {
        percent(self.found, self.found + self.spurious)
    }
    pub fn recall(&self) -> f64 {
        percent(self.found, self.found + self.missed)
    }
    pub fn kind(&self) -> f64 {
        percent(self.kinds, self.found)
    }
    pub fn parties_f1(&self) -> f64 {
        percent(2 * self.parties, 2 * self.parties + self.parties_spurious + self.parties_missed)
    }
    pub fn place(&self) -> f64 {
        percent(self.places_right, self.places)
    }
    pub fn status(&self) -> f64 {
        percent(self.statuses_right, self.statuses)
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.spurious += other.spurious;
        self.missed += other.missed;
        self.kinds += other.kinds;
        self.places += other.places;
        self.places_right += other.places_right;
        self.statuses += other.statuses;
        self.statuses_right += other.statuses_right;
        self.parties += other.parties;
        self.parties_spurious += other.parties_spurious;
        self.parties_missed += other.parties_missed;
    }
}

/// The code of a party as labels write it.
pub fn code(code: &str, is_organisation: bool) -> String {
    let code = code.to_uppercase();
    if is_organisation && SHARED_CODES.contains(&&*code) { format!("ORG:{code}") } else { code }
}

/// The codes of the participants of a label.
pub fn wanted(label: &Label) -> BTreeSet<String> {
    label.parties.iter().map(|code| code.to_uppercase()).collect()
}

/// The scored part of an extracted event.
#[derive(Clone, Debug)]
pub struct Found {
    pub mention: Mention,
    codes: BTreeSet<String>,
}

impl Found {
    pub fn new(mention: Mention) -> Self {
        let is_organisation = |p: &Participant| p.kind == ParticipantKind::Organization;
        let parties = mention.participants.iter().filter(|p| p.kind != ParticipantKind::Person);
        let mut codes: BTreeSet<String> =
            parties.filter_map(|p| Some(code(p.code.as_deref()?, is_organisation(p)))).collect();
        for acted_for in mention.participants.iter().filter_map(|p| p.represents.as_ref()) {
            if !codes.contains(&format!("ORG:{acted_for}")) {
                codes.insert(acted_for.to_uppercase());
            }
        }
        Self { mention, codes }
    }

    fn status(&self) -> String {
        let status: Status = self.mention.status;
        serde_json::to_value(status).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    fn kind(&self) -> Kind {
        self.mention.kind
    }

    /// How well the event matches a label; 0 for another event.
    fn closeness(&self, label: &Label) -> f64 {
        let Some(when) = &self.mention.when else { return 0.0 };
        let same = if label.loose {
            when.starts_on <= label.end && label.start <= when.ends_on
        } else {
            (when.starts_on, when.ends_on) == (label.start, label.end)
        };
        let wanted = wanted(label);
        let shared = wanted.intersection(&self.codes).count();
        let kind = label.kinds.contains(&self.kind());
        if !same || (if wanted.is_empty() { !kind } else { shared == 0 }) {
            return 0.0;
        }
        let half = |holds: bool| if holds { 0.5 } else { 0.0 };
        let status = label.status.is_empty() || label.status.contains(&self.status());
        1.0 + shared as f64
            + f64::from(u8::from(kind))
            + half(status)
            + half(place_is_right(label, self.mention.place.as_ref()))
    }
}

fn place_is_right(label: &Label, place: Option<&Place>) -> bool {
    let country = place.and_then(|place| place.country.as_deref()).unwrap_or_default().to_uppercase();
    let name = place.map(|place| place.name.to_lowercase()).unwrap_or_default();
    label.country.as_ref().is_none_or(|wanted| *wanted == country)
        && label.place.as_ref().is_none_or(|wanted| name.contains(&wanted.to_lowercase()))
}

/// Scores the events of one article, and returns whether each is correct; `None` for those that match an optional
/// label.
pub fn score(labels: &[Label], events: &[Found]) -> (Score, Vec<Option<bool>>) {
    let mut pairs: Vec<(bool, f64, usize, usize)> = Vec::new();
    for (a, label) in labels.iter().enumerate() {
        for (b, event) in events.iter().enumerate() {
            let closeness = event.closeness(label);
            if closeness > 0.0 {
                pairs.push((!label.optional, closeness, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then((y.2, y.3).cmp(&(x.2, x.3))));
    let mut label_of: HashMap<usize, usize> = HashMap::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for (_, _, a, b) in pairs {
        if !used.contains(&a) && !label_of.contains_key(&b) {
            label_of.insert(b, a);
            used.insert(a);
        }
    }
    let mut score = Score::default();
    let mut right = Vec::with_capacity(events.len());
    for (b, event) in events.iter().enumerate() {
        let Some(label) = label_of.get(&b).map(|a| &labels[*a]) else {
            let optional = labels.iter().any(|label| label.optional && event.closeness(label) > 0.0);
            score.spurious += usize::from(!optional);
            right.push((!optional).then_some(false));
            continue;
        };
        right.push((!label.optional).then_some(true));
        if label.optional {
            continue;
        }
        score.found += 1;
        score.kinds += usize::from(label.kinds.contains(&event.kind()));
        if !label.status.is_empty() {
            score.statuses += 1;
            score.statuses_right += usize::from(label.status.contains(&event.status()));
        }
        if label.country.is_some() || label.place.is_some() {
            score.places += 1;
            score.places_right += usize::from(place_is_right(label, event.mention.place.as_ref()));
        }
        let wanted = wanted(label);
        score.parties += wanted.intersection(&event.codes).count();
        let host = |code: &&String| label.country.as_ref() == Some(*code);
        score.parties_spurious += event.codes.difference(&wanted).filter(|code| !host(code)).count();
        score.parties_missed += wanted.difference(&event.codes).count();
    }
    score.missed = labels.iter().enumerate().filter(|(a, label)| !label.optional && !used.contains(a)).count();
    (score, right)
}
