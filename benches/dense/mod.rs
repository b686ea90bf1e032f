//! Generated news as dense as real news, the same in every run: participants follow Zipf's law, so
//! that a few take part in most events; there are as many articles as events, all published within
//! the year before one date and about events within two years around it, whatever their number.
//!
//! What is stored before the measurement is folded here, separately for each set of participants
//! (this is exact, as mentions of other participants are never linked), and written in bulk
//! (`fill`).

mod database;
mod fill;

pub use database::{create_database, drop_database};
pub use fill::{fill, is_consistent};

use daybook::{
    article::Article,
    event::{
        Confidence, Details, Kind, Mention, Participant, ParticipantKind, Place, Precision, PreviousDate, Quote, Role,
        Statement, Status, When,
    },
    extract::Extraction,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use std::time::Duration;

/// The last date of publication, the middle of all dates.
pub const TODAY: Date = date(2024, 6, 12);

const COUNTRIES: u64 = 190;
const CITIES: u64 = 80;
const SOURCES: u64 = 40;

/// News of a given density: `events` events in two years.
#[derive(Clone, Copy)]
pub struct News {
    pub events: u64,
}

impl News {
    /// Returns an article and its mentions: a new event, and sometimes others announced before.
    /// Articles up to number `events` are published in order until today, later ones today.
    pub fn article(self, number: u64) -> (Article, Extraction) {
        let article = Article {
            title: None,
            text: format!("Article {number}."),
            published_on: self.published_on(number),
            published_at: None,
            url: Some(format!("https://news.example/{number}")),
            source: Some(format!("Source {}", number % SOURCES)),
            language: Some("en".into()),
            external_id: None,
        };
        let dice = chance(number ^ 0xa57e);
        let mut mentions = vec![announcement(number, self.published_on(number))];
        for nth in 1..=[0, 0, 1, 1, 2][index(dice % 5)] {
            let dice = chance(dice.wrapping_add(nth));
            let back = 1 + dice % (self.events / 8).max(1);
            if let Some(other) = number.checked_sub(back) {
                let mention = self.follow_up(other, chance(dice), article.published_on);
                if mentions.iter().all(|known| known.participants != mention.participants) {
                    mentions.push(mention);
                }
            }
        }
        let extraction =
            Extraction { language: Some("en".into()), mentions, dates: vec![], unused_dates: vec![], warnings: vec![] };
        (article, extraction)
    }

    fn published_on(self, number: u64) -> Date {
        let ago = 365 - (number * 365 / self.events).min(365);
        TODAY.checked_sub(i64::try_from(ago).unwrap().days()).unwrap()
    }

    /// Returns a later mention of an event: mostly the same, sometimes less exact, a change or a
    /// report.
    fn follow_up(self, event: u64, dice: u64, published_on: Date) -> Mention {
        let mut mention = announcement(event, self.published_on(event));
        let Some(known) = mention.when.clone() else { return mention };
        let role = |mention: &mut Mention, role, status| {
            (mention.role, mention.status) = (role, status);
            mention.statements = vec![statement(role, event)];
        };
        let on = known.starts_on;
        match dice % 100 {
            0..8 => mention.when = When::of_days(on.first_of_month(), on.last_of_month(), Precision::Month),
            8..12 => {
                role(&mut mention, Role::Changes, Status::Postponed);
                let later = on.checked_add(i64::try_from(3 + dice % 40).unwrap().days()).unwrap();
                mention.when = When::of_days(later, later, Precision::Day);
                if dice.is_multiple_of(2) {
                    mention.previous_dates = vec![PreviousDate { starts_on: on, ends_on: on, edtf: on.to_string() }];
                }
            }
            12..14 => {
                role(&mut mention, Role::Changes, Status::Postponed);
                mention.date_pending = true;
            }
            14..17 => {
                role(&mut mention, Role::Changes, Status::Cancelled);
                mention.when = None;
            }
            17..20 => role(&mut mention, Role::Changes, Status::Cancelled),
            _ if on < published_on => {
                role(&mut mention, Role::Reports, Status::Held);
                mention.when = mention.when.filter(|_| dice.is_multiple_of(2));
            }
            _ => {}
        }
        mention
    }
}

/// Returns an announcement of an event: mostly with an exact date and the same participants.
fn announcement(event: u64, published_on: Date) -> Mention {
    let dice = chance(event ^ 0x5eed);
    // Most are within weeks, some nearly a year ahead.
    let share = dice % 1000;
    let ahead = 1 + share * share * share * 360 / 1_000_000_000;
    let on = published_on.checked_add(i64::try_from(ahead).unwrap().days()).unwrap();
    let (kind, participants) = if (dice >> 12).is_multiple_of(8) {
        let kinds = [Kind::Vote, Kind::Hearing, Kind::Address, Kind::Ceremony];
        (kinds[index(dice >> 16 & 3)], vec![zipf(dice >> 20)])
    } else {
        let kinds = [Kind::Talks, Kind::Talks, Kind::Meeting, Kind::Visit, Kind::Summit, Kind::Call];
        let (first, mut second) = (zipf(chance(dice)), zipf(chance(dice ^ 1)));
        if first == second {
            second = (first + 1) % COUNTRIES;
        }
        (kinds[index(chance(dice ^ 2) % 6)], vec![first, second])
    };
    let city = chance(dice ^ 3) % (2 * CITIES);
    Mention {
        role: Role::Announces,
        kind,
        status: if (dice >> 40).is_multiple_of(4) { Status::Tentative } else { Status::Confirmed },
        when: When::of_days(on, on, Precision::Day),
        date_pending: false,
        previous_dates: Vec::new(),
        place: (city < CITIES).then(|| place(city)),
        participants: participants.into_iter().map(country).collect(),
        details: Details::default(),
        statements: vec![statement(Role::Announces, event)],
    }
}

/// Returns the times at some percentiles.
pub fn percentiles<const N: usize>(mut times: Vec<Duration>, percents: [usize; N]) -> [Duration; N] {
    times.sort();
    percents.map(|percent| times[(times.len() * percent / 100).min(times.len() - 1)])
}

/// Formats a time for the tables.
pub fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Returns a pseudo-random number, the same in every run (the finaliser of `SplitMix64`).
pub fn chance(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Returns a country; the n-th is n times less frequent than the first.
fn zipf(dice: u64) -> u64 {
    let total: f64 = (1..=190).map(|n| 1.0 / f64::from(n)).sum();
    let mut left = f64::from(u32::try_from(dice % 1_000_000).unwrap()) / 1_000_000.0 * total;
    (0..COUNTRIES - 1)
        .find(|n| {
            left -= 1.0 / f64::from(u32::try_from(n + 1).unwrap());
            left < 0.0
        })
        .unwrap_or(COUNTRIES - 1)
}

fn country(number: u64) -> Participant {
    let letter = |n: u64| char::from(b'A' + u8::try_from(n % 26).unwrap());
    let code: String = [letter(number), letter(number / 26)].into_iter().collect();
    Participant { kind: ParticipantKind::Country, name: format!("Land {code}"), code: Some(code), represents: None }
}

fn place(number: u64) -> Place {
    let degrees = f64::from(u8::try_from(number).unwrap());
    let country = format!("{}X", char::from(b'A' + u8::try_from(number % 20).unwrap()));
    Place { name: format!("City {number}"), country: Some(country), latitude: Some(degrees), longitude: Some(degrees) }
}

fn statement(role: Role, event: u64) -> Statement {
    let text = format!("What is said of event {event}.");
    let end = u32::try_from(text.chars().count()).unwrap();
    Statement {
        role,
        rule: vec!["made-up".into()],
        sentence: Quote { start: 0, end, text },
        date: None,
        confidence: Confidence::new(0.8).filter(|_| role == Role::Announces),
    }
}

/// Returns a number as an index.
pub fn index(number: u64) -> usize {
    usize::try_from(number).unwrap()
}
