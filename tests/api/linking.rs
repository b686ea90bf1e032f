//! Linking mentions to events: an example of each rule, and mentions that match no event.

use crate::support::{Api, asean, at, australia, day, in_place, japan, mention};
use daybook::{
    event::{
        Details, Editorial, EventState, Kind, Mention, Participant, ParticipantKind, Precision, PreviousDate, Role,
        Status, When,
    },
    timeline::{LinkRule, Reach, link_rule},
};
use sqlx::PgPool;

fn talks(day: &str) -> Mention {
    mention(Kind::Talks, day, &[japan(), australia()])
}

fn over(first: &str, last: &str, precision: Precision) -> Mention {
    Mention { when: When::of_days(day(first), day(last), precision), ..talks(first) }
}

fn says(status: Status, mention: Mention) -> Mention {
    let role = if status == Status::Held { Role::Reports } else { Role::Changes };
    Mention { role, status, ..mention }
}

fn undated(mention: Mention) -> Mention {
    Mention { when: None, ..mention }
}

fn was(old: &str, mention: Mention) -> Mention {
    let previous = PreviousDate { starts_on: day(old), ends_on: day(old), edtf: old.to_owned() };
    Mention { previous_dates: vec![previous], ..mention }
}

fn african_union() -> Participant {
    Participant { name: "African Union".into(), code: Some("AU".into()), ..asean() }
}

fn envoy(of: &str) -> Participant {
    Participant {
        kind: ParticipantKind::Person,
        name: format!("Envoy of {of}"),
        code: None,
        represents: Some(of.into()),
    }
}

/// Returns the event that a mention creates on its own.
fn event(mention: Mention) -> EventState {
    EventState {
        title: "Talks".into(),
        kind: mention.kind,
        status: mention.status,
        when: mention.when.unwrap(),
        place: mention.place,
        participants: mention.participants,
        date_pending: mention.date_pending,
        previous_dates: mention.previous_dates,
        details: Details::default(),
        editorial: Editorial::default(),
    }
}

/// Returns the rule that links a mention published on 1 March to an event. Linked events must be within reach, and each
/// must be found by the other's keys.
fn rule(known: Mention, said: &Mention) -> Option<LinkRule> {
    let (state, published_on) = (event(known), day("2023-03-01"));
    let rule = link_rule(&state, said, published_on);
    let (of_mention, of_state) = (Reach::of_mention(said, published_on), Reach::of_state(&state));
    assert!(rule.is_none() || of_mention.meets(&of_state), "{rule:?}: {said:?}");
    if of_mention.meets(&of_state) {
        assert!(of_mention.shared_keys().iter().any(|key| of_state.shared_keys().contains(key)));
    }
    if rule.is_some() {
        for (seeker, found) in [(&of_mention, &of_state), (&of_state, &of_mention)] {
            assert!(seeker.sought_keys().iter().any(|key| found.keys().contains(key)), "{rule:?}: {said:?}");
        }
    }
    rule
}

/// The migration writes the same keys for earlier rows as the program does for new ones.
#[sqlx::test]
async fn a_migration_writes_the_same_keys(pool: PgPool) {
    let api = Api::new(pool.clone());
    let cases = [
        talks("2023-03-07"),
        over("2023-02-01", "2023-06-30", Precision::Month),
        Mention { participants: vec![japan()], ..talks("1969-12-31") },
        Mention { participants: vec![asean(), australia(), japan()], ..talks("2023-12-31") },
        Mention {
            participants: vec![african_union(), envoy("AU"), envoy("CW"), envoy("ASEAN")],
            ..talks("2023-05-01")
        },
        undated(says(Status::Cancelled, talks("2023-03-07"))),
        was("2022-11-30", says(Status::Postponed, talks("2023-04-02"))),
    ];
    for (number, mention) in (0..).zip(cases) {
        api.ingest(&at(&format!("https://news.example/{number}"), &format!("Article {number}.")), &[mention]).await;
    }
    let migration = include_str!("../../migrations/0018_codes_by_kind.sql");
    let function = migration.split_once("update mentions").unwrap().0;
    let mut db = pool.acquire().await.unwrap();
    sqlx::raw_sql(function).execute(&mut *db).await.unwrap();
    let differing: Vec<String> = sqlx::query_scalar(
        "with keys (what, written, computed) as (
             select said::text, reach_keys,
                    pg_temp.reach_keys(said ->> 'kind', said -> 'participants', reach_first, reach_last)
             from mentions
             union all
             select state::text, reach_keys, pg_temp.reach_keys(kind, state -> 'participants', reach_first, reach_last)
             from states)
         select what from keys where not (written @> computed and computed @> written and cardinality(written) > 0)",
    )
    .fetch_all(&mut *db)
    .await
    .unwrap();
    assert_eq!(differing, Vec::<String>::new());
}

#[test]
fn each_rule_has_an_example() {
    let pending = Mention { date_pending: true, ..says(Status::Postponed, talks("2023-03-07")) };
    let month = || over("2023-03-01", "2023-03-31", Precision::Month);
    let week = over("2023-03-06", "2023-03-12", Precision::Week);
    let two_days = || over("2023-03-07", "2023-03-08", Precision::Day);
    let postponed = |day: &str| says(Status::Postponed, talks(day));
    let cases = [
        (talks("2023-03-07"), talks("2023-03-07"), LinkRule::SameDates),
        (talks("2023-03-07"), was("2023-03-07", postponed("2023-03-20")), LinkRule::MovedFrom),
        (two_days(), was("2023-03-07", postponed("2023-03-20")), LinkRule::MovedFrom),
        (two_days(), talks("2023-03-07"), LinkRule::DayOfSpan),
        (talks("2023-03-07"), two_days(), LinkRule::DayOfSpan),
        (two_days(), talks("2023-03-08"), LinkRule::WithinSpan),
        (talks("2023-03-08"), two_days(), LinkRule::WithinSpan),
        (month(), was("2023-03-30", postponed("2023-04-05")), LinkRule::MovedFrom),
        (
            over("2023-02-27", "2023-03-01", Precision::Day),
            says(Status::Held, talks("2023-03-01")),
            LinkRule::DayOfSpan,
        ),
        (was("2023-03-07", postponed("2023-03-20")), talks("2023-03-07"), LinkRule::SupersededDate),
        (month(), talks("2023-03-07"), LinkRule::Refines),
        (talks("2023-03-07"), month(), LinkRule::Coarser),
        (month(), week, LinkRule::Overlaps),
        (talks("2023-03-07"), postponed("2023-03-20"), LinkRule::Moved),
        (pending, talks("2023-03-20"), LinkRule::NewDate),
        (talks("2023-03-07"), undated(says(Status::Cancelled, talks("2023-03-07"))), LinkRule::Undated),
        (talks("2023-02-27"), undated(says(Status::Held, talks("2023-02-27"))), LinkRule::Undated),
    ];
    for (known, said, expected) in cases {
        let found = rule(known.clone(), &said);
        assert_eq!(found, Some(expected), "{known:?}\n{said:?}");
    }
}

#[test]
fn one_of_several_participants_is_found() {
    let alone = |mention: Mention| Mention { participants: vec![japan()], ..mention };
    let three = Mention { participants: vec![japan(), australia(), asean()], ..talks("2023-03-07") };
    assert_eq!(rule(talks("2023-03-07"), &alone(talks("2023-03-07"))), Some(LinkRule::SameDates));
    assert_eq!(rule(alone(talks("2023-03-07")), &talks("2023-03-07")), Some(LinkRule::SameDates));
    assert_eq!(rule(three, &talks("2023-03-07")), Some(LinkRule::SameDates));
    let quarter = over("2023-01-01", "2023-03-31", Precision::Quarter);
    assert_eq!(rule(quarter, &alone(talks("2023-03-07"))), Some(LinkRule::Refines));
}

#[test]
fn events_that_differ_are_not_linked() {
    let by = |kind, parties: &[Participant]| mention(kind, "2023-03-07", parties);
    let both = [japan(), australia()];
    let lugano = || in_place(talks("2023-03-07"), "Lugano", "CH");
    let mut perth = in_place(talks("2023-03-07"), "Perth", "AU");
    perth.place.as_mut().unwrap().latitude = Some(-31.9);
    let cases = [
        ("another day that is not said to be a new one", talks("2023-03-07"), talks("2023-03-08")),
        ("a day of a long span", over("2023-03-01", "2023-03-12", Precision::Day), talks("2023-03-07")),
        (
            "a day of a span of other participants",
            over("2023-03-06", "2023-03-08", Precision::Day),
            by(Kind::Talks, &[japan()]),
        ),
        ("the African Union instead of Australia", talks("2023-03-07"), by(Kind::Talks, &[japan(), african_union()])),
        ("an envoy of Australia", by(Kind::Talks, &[african_union()]), by(Kind::Talks, &[envoy("AU")])),
        (
            "a change of an event with a participant that is not known of this one",
            by(Kind::Call, &[japan()]),
            says(Status::Cancelled, by(Kind::Call, &both)),
        ),
        ("a change of nobody's event", talks("2023-03-07"), says(Status::Cancelled, by(Kind::Talks, &[]))),
        ("another family of kinds", talks("2023-03-07"), by(Kind::Visit, &both)),
        ("a party that does not take part", by(Kind::Talks, &both), by(Kind::Talks, &[japan(), asean()])),
        ("another place on the same day", lugano(), perth),
        ("one party and another kind", by(Kind::Talks, &both), by(Kind::Conference, &[japan()])),
        ("the same, with who acts for it", by(Kind::Talks, &both), by(Kind::Conference, &[japan(), envoy("JP")])),
        ("a report on what lies ahead", talks("2023-03-07"), undated(says(Status::Held, talks("2023-03-07")))),
        ("a change of what is over", talks("2023-02-20"), undated(says(Status::Cancelled, talks("2023-03-07")))),
        (
            "what lies more than a year ahead",
            talks("2024-03-09"),
            undated(says(Status::Cancelled, talks("2024-03-09"))),
        ),
        (
            "a coarse date, one party of two and another kind",
            over("2023-03-01", "2023-03-31", Precision::Month),
            by(Kind::Meeting, &[japan()]),
        ),
        ("what is put off to a day before", talks("2023-03-20"), says(Status::Postponed, talks("2023-03-07"))),
        (
            "a move of what has other parties",
            talks("2023-03-07"),
            says(Status::Postponed, mention(Kind::Talks, "2023-03-20", &[japan()])),
        ),
        (
            "the old day of another event",
            talks("2023-03-07"),
            was("2023-03-09", says(Status::Postponed, talks("2023-03-20"))),
        ),
    ];
    for (why, known, said) in cases {
        assert_eq!(rule(known, &said), None, "{why}");
    }
}

#[test]
fn what_a_body_does_on_one_day_is_one_event_of_its_family() {
    let by = |kind| mention(kind, "2023-03-07", &[asean()]);
    assert_eq!(rule(by(Kind::Summit), &by(Kind::Conference)), Some(LinkRule::SameDates));
    assert_eq!(rule(by(Kind::Summit), &by(Kind::Vote)), None);
    let in_perth = in_place(by(Kind::Conference), "Perth", "AU");
    assert_eq!(rule(in_place(by(Kind::Summit), "Lugano", "CH"), &in_perth), None);
}

#[test]
fn a_change_concerns_the_event_whose_participants_it_names() {
    let call = |parties: &[Participant]| mention(Kind::Call, "2023-03-07", parties);
    let cancelled = says(Status::Cancelled, call(&[japan(), australia()]));
    assert_eq!(rule(call(&[japan(), australia(), asean()]), &cancelled), Some(LinkRule::SameDates));
    assert_eq!(rule(call(&[japan()]), &undated(cancelled.clone())), None);
    assert_eq!(rule(call(&[japan(), asean()]), &cancelled), None);
}

#[test]
fn a_venue_changes_only_if_the_mention_states_it() {
    let mut perth = in_place(talks("2023-03-07"), "Perth", "AU");
    perth.place.as_mut().unwrap().latitude = Some(-31.9);
    let moved = says(Status::Confirmed, perth);
    let lugano = || in_place(talks("2023-03-07"), "Lugano", "CH");
    assert_eq!(rule(lugano(), &moved), Some(LinkRule::SameDates));
    assert_eq!(rule(lugano(), &undated(moved)), Some(LinkRule::Undated));
}

#[test]
fn a_city_matches_its_venues_and_its_country() {
    let at = |name: &str, latitude: Option<f64>| {
        let mut mention = in_place(talks("2023-03-07"), name, "CH");
        let place = mention.place.as_mut().unwrap();
        (place.latitude, place.longitude) = (latitude, latitude.map(|_| 8.96));
        mention
    };
    let lugano = || at("Lugano", Some(46.0101));
    assert_eq!(rule(lugano(), &at("Villa Ciani", Some(46.0050))), Some(LinkRule::SameDates));
    assert_eq!(rule(lugano(), &at("Switzerland", None)), Some(LinkRule::SameDates));
    assert_eq!(rule(lugano(), &at("Bern", Some(46.948))), None);
}

#[test]
fn exact_dates_rank_above_coarse_ones_and_stated_links_above_inferred_ones() {
    let order = [
        LinkRule::SameDates,
        LinkRule::MovedFrom,
        LinkRule::DayOfSpan,
        LinkRule::WithinSpan,
        LinkRule::SupersededDate,
        LinkRule::Refines,
        LinkRule::Coarser,
        LinkRule::Overlaps,
        LinkRule::Moved,
        LinkRule::NewDate,
        LinkRule::Undated,
    ];
    assert!(order.is_sorted_by(|a, b| a.score() > b.score()));
}
