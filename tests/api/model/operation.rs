//! The operations on the service. A `Pick` selects one of the objects that exist at that time, so
//! that any part of a run is a run.

use crate::laws::{Version, after, parties, said, version, when};
use daybook::{
    event::{Details, Editorial, EventState, Kind, Mention, Place, Precision, Status, When},
    timeline::Amendment,
};
use proptest::prelude::*;
use std::fmt;

/// Selects one of several, by its remainder.
pub(super) type Pick = u16;

/// The filters of followers and saved timelines.
pub(super) const FILTERS: [&str; 11] = [
    "",
    "status=confirmed",
    "kind=talks&from=2023-03-08",
    "participant=JP&country=CH",
    "min_confidence=0.9",
    "source=news-1.example",
    "source=news-0.example,news-2.example&kind=meeting,visit",
    "q=visit",
    "q=lugano",
    "precision=week,month&to=2023-03-18",
    "status=postponed,cancelled",
];

/// A correction of an event.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Create(Box<EventState>),
    Amend(Pick, Box<Amendment>),
    Merge(Pick, Pick),
    /// With those of its articles whose bit is set.
    Split(Pick, Pick),
    /// Splits away the articles of an event that was merged.
    Undo(Pick),
    Reject(Pick),
    RejectEvidence(Pick, Pick),
}

#[derive(Clone)]
pub(super) enum Operation {
    Post(Version),
    /// An article is posted again, unchanged.
    Again(Pick),
    Delete(Pick),
    Reextract(Pick, Vec<Mention>),
    Correct(Wanted),
    Withdraw(Pick),
    /// The client disconnects or the service dies after the request was polled this many times; it
    /// is sent again.
    Interrupted(u8, Box<Operation>),
    Save(Pick, Pick),
    Unsave(Pick),
    Restart,
    Wait(i64),
    /// A client starts to follow with pages of this size and a filter, or the participants of an
    /// article.
    Follow(usize, Pick),
    FollowArticle(usize, Pick),
    /// A follower fetches the next page.
    Turn(Pick),
    Stream(Pick),
    /// A stream is read for a while, or breaks and resumes.
    Read(Pick),
    Break(Pick),
    /// Due deliveries are made; a receiver may reject the first.
    Deliver(bool),
    Check,
}

/// Short, so that a failing run fits on a screen.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Post(version) => write!(f, "Post({version:?})"),
            Self::Again(pick) => write!(f, "Again({pick})"),
            Self::Delete(pick) => write!(f, "Delete({pick})"),
            Self::Reextract(pick, mentions) => {
                write!(f, "Reextract({pick}")?;
                mentions.iter().try_for_each(|mention| crate::laws::write_mention(f, mention))?;
                write!(f, ")")
            }
            Self::Correct(wanted) => write!(f, "Correct({wanted:?})"),
            Self::Withdraw(pick) => write!(f, "Withdraw({pick})"),
            Self::Interrupted(polls, operation) => write!(f, "Interrupted({polls}, {operation:?})"),
            Self::Save(slug, filter) => write!(f, "Save({slug}, {filter})"),
            Self::Unsave(slug) => write!(f, "Unsave({slug})"),
            Self::Restart => write!(f, "Restart"),
            Self::Wait(hours) => write!(f, "Wait({hours})"),
            Self::Follow(size, filter) => write!(f, "Follow({size}, {filter})"),
            Self::FollowArticle(size, pick) => write!(f, "FollowArticle({size}, {pick})"),
            Self::Turn(pick) => write!(f, "Turn({pick})"),
            Self::Stream(filter) => write!(f, "Stream({filter})"),
            Self::Read(pick) => write!(f, "Read({pick})"),
            Self::Break(pick) => write!(f, "Break({pick})"),
            Self::Deliver(is_refused) => write!(f, "Deliver({is_refused})"),
            Self::Check => write!(f, "Check"),
        }
    }
}

pub(super) fn operation() -> impl Strategy<Value = Operation> {
    let again = prop_oneof![
        6 => version().prop_map(Operation::Post),
        1 => any::<Pick>().prop_map(Operation::Again),
        2 => any::<Pick>().prop_map(Operation::Delete),
        1 => (any::<Pick>(), mentions()).prop_map(|(pick, mentions)| Operation::Reextract(pick, mentions)),
        1 => created().prop_map(Operation::Correct),
    ];
    let interrupted =
        (0u8..40, again.clone()).prop_map(|(polls, again)| Operation::Interrupted(polls, Box::new(again)));
    prop_oneof![
        24 => again,
        3 => interrupted,
        8 => wanted().prop_map(Operation::Correct),
        3 => any::<Pick>().prop_map(Operation::Withdraw),
        2 => (any::<Pick>(), any::<Pick>()).prop_map(|(slug, filter)| Operation::Save(slug, filter)),
        1 => any::<Pick>().prop_map(Operation::Unsave),
        1 => Just(Operation::Restart),
        3 => (1i64..60).prop_map(Operation::Wait),
        3 => (size(), any::<Pick>()).prop_map(|(size, filter)| Operation::Follow(size, filter)),
        1 => (size(), any::<Pick>()).prop_map(|(size, pick)| Operation::FollowArticle(size, pick)),
        12 => any::<Pick>().prop_map(Operation::Turn),
        1 => any::<Pick>().prop_map(Operation::Stream),
        3 => any::<Pick>().prop_map(Operation::Read),
        1 => any::<Pick>().prop_map(Operation::Break),
        3 => prop::bool::weighted(0.2).prop_map(Operation::Deliver),
        1 => Just(Operation::Check),
    ]
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![Just(1), Just(2), Just(3), 4usize..20, Just(100)]
}

fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    prop::collection::vec(said(), 0..4)
}

fn wanted() -> impl Strategy<Value = Wanted> {
    prop_oneof![
        4 => (any::<Pick>(), amendment()).prop_map(|(event, amendment)| Wanted::Amend(event, Box::new(amendment))),
        3 => (any::<Pick>(), any::<Pick>()).prop_map(|(event, other)| Wanted::Merge(event, other)),
        3 => (any::<Pick>(), any::<Pick>()).prop_map(|(event, articles)| Wanted::Split(event, articles)),
        2 => any::<Pick>().prop_map(Wanted::Undo),
        2 => any::<Pick>().prop_map(Wanted::Reject),
        2 => (any::<Pick>(), any::<Pick>()).prop_map(|(event, article)| Wanted::RejectEvidence(event, article)),
        1 => created(),
    ]
}

fn created() -> impl Strategy<Value = Wanted> {
    (kind(), when(), parties(), status()).prop_map(|(kind, when, participants, status)| {
        Wanted::Create(Box::new(EventState {
            title: format!("An entered {kind}"),
            kind,
            status,
            when,
            place: None,
            participants,
            date_pending: false,
            previous_dates: vec![],
            details: Details::default(),
            editorial: Editorial::default(),
        }))
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Talks), Just(Kind::Meeting), Just(Kind::Visit)]
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Confirmed), Just(Status::Tentative), Just(Status::Cancelled), Just(Status::Postponed)]
}

fn amendment() -> impl Strategy<Value = Amendment> {
    let none = Amendment::default;
    let perth = Place { name: "Perth".into(), country: Some("AU".into()), latitude: None, longitude: None };
    prop_oneof![
        (0i64..24).prop_map(move |days| {
            let (starts_on, edtf) = (after(days), after(days).to_string());
            let when = When { starts_on, ends_on: starts_on, precision: Precision::Day, edtf, starts_at: None };
            Amendment { when: Some(when), ..none() }
        }),
        status().prop_map(move |status| Amendment { status: Some(status), ..none() }),
        Just(Amendment { status: Some(Status::Postponed), date_pending: Some(true), ..none() }),
        kind().prop_map(move |kind| Amendment { kind: Some(kind), ..none() }),
        prop_oneof![Just(None), Just(Some(perth))].prop_map(move |place| Amendment { place: Some(place), ..none() }),
        parties().prop_map(move |parties| Amendment { participants: Some(parties), ..none() }),
        parties().prop_map(move |parties| Amendment { add_participants: parties, ..none() }),
        prop_oneof![Just(None), Just(Some("A title".to_owned()))]
            .prop_map(move |title| Amendment { title: Some(title), ..none() }),
        Just(Amendment { name: Some(Some("A name".into())), ..none() }),
        Just(Amendment { tags: Some(vec!["a tag".into()]), ..none() }),
    ]
}
