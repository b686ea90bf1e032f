//! Extraction of whole articles, by readable fixtures in tests/corpus.

mod reading;

use daybook::article::Article;
use daybook::event::Role;
use daybook::extract::Extractor;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reading::{EXTRACTOR, article, lines, mentions, states};

/// Returns the article with its sentences, one per line, in another order.
fn shuffled(article: &Article, runner: &mut TestRunner) -> Article {
    let lines: Vec<String> = article.text.lines().map(str::to_owned).collect();
    let order = Just(lines).prop_shuffle().new_tree(runner).unwrap().current();
    Article { text: order.join("\n") + "\n", ..article.clone() }
}

fn assert_same_events_in_any_order(text: &str, expected: &[impl AsRef<str>]) {
    let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
    let article = Article::from_plain_text(text).unwrap();
    assert_eq!(lines(&article), expected);
    let mut runner = TestRunner::deterministic();
    for shuffle in 0..20 {
        let article = shuffled(&article, &mut runner);
        assert_eq!(lines(&article), expected, "shuffle {shuffle}:\n{}", article.text);
    }
}

#[test]
fn an_article_gives_its_events_whatever_the_order_of_its_sentences() {
    assert_same_events_in_any_order(
        include_str!("corpus/articles/lake-talks.txt"),
        &[
            "2023-03-07 | talks | AU, JP | Lugano, CH | confirmed",
            "2023-03-09 | meeting | ASEAN, AU | - | tentative",
            "2023-03-10 | meeting | PIF | - | confirmed",
        ],
    );
}

/// A real article is not part of the project. If one exists beside the checkout, its events must be
/// the same in any order of its sentences.
#[test]
fn a_real_article_gives_the_same_events_in_any_order_where_it_is_there() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/sample.txt");
    let Ok(text) = std::fs::read_to_string(sample) else { return };
    let expected = lines(&Article::from_plain_text(&text).unwrap());
    assert_eq!(expected.len(), 3, "{expected:#?}");
    assert_same_events_in_any_order(&text, &expected);
}

#[test]
fn what_is_put_off_tells_whether_it_has_a_new_day_and_which_it_had() {
    let told = |text: &str| {
        let article = article("2024-09-19", text);
        let states = states(&EXTRACTOR.extract(&article));
        let [state] = states.as_slice() else { panic!("{text}: {states:#?}") };
        let previous = state.previous_dates.iter().map(|previous| &*previous.edtf);
        let pending = if state.date_pending { "pending" } else { "set" };
        format!("{} {pending}; had {}", state.when.edtf, previous.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(
        told("The talks between Chad and Niger on 30 September have been postponed."),
        "2024-09-30 pending; had "
    );
    assert_eq!(told("The talks between Chad and Niger have been put off until 30 September."), "2024-09-30 set; had ");
    assert_eq!(
        told("The ICJ has deferred its hearing of Gabon and Chad from 30 September to 7 October."),
        "2024-10-07 set; had 2024-09-30"
    );
    assert_eq!(
        told("The visit of Chad's president to Oslo on 25 September is off. It has been put off to 12 October."),
        "2024-10-12 set; had 2024-09-25"
    );
    assert_eq!(
        told("The talks between Chad and Niger on 25 September are postponed. The talks will now begin on 2 October."),
        "2024-10-02 set; had 2024-09-25"
    );
}

#[test]
fn evidence_points_into_the_text_as_it_was_sent() {
    let text = "\n  Le Monde’s reporters “expect” this:\u{a0}Côte d’Ivoire and Türkiye will hold talks on 12 March in Genève.\n";
    let article = article("2024-03-06", text);
    let extraction = EXTRACTOR.extract(&article);
    let characters: Vec<char> = text.chars().collect();
    let at = |start: u32, end: u32| characters[start as usize..end as usize].iter().collect::<String>();
    let statement = &extraction.mentions[0].statements[0];
    assert_eq!(at(statement.sentence.start, statement.sentence.end), statement.sentence.text);
    let date = statement.date.as_ref().unwrap();
    assert_eq!((at(date.start, date.end).as_str(), date.text.as_str()), ("12 March", "12 March"));
}

#[test]
fn a_clock_time_with_its_zone_gives_the_instant_that_an_event_begins() {
    let starts_at = |text: &str| {
        let article = article("2024-03-06", text);
        states(&EXTRACTOR.extract(&article))[0].when.starts_at.map(|instant| instant.to_string())
    };
    let text = "Norway and Iceland will hold talks in Oslo on 12 March at 9:30 a.m. CET.";
    assert_eq!(starts_at(text).as_deref(), Some("2024-03-12T08:30:00Z"));
    assert_eq!(starts_at("Norway and Iceland will hold talks in Oslo on 12 March at 9:30 a.m."), None);
}

#[test]
fn what_is_not_meant_exactly_or_can_be_read_two_ways_says_so() {
    let edtf = |text: &str| {
        let dates = EXTRACTOR.extract(&article("2024-03-06", text)).dates;
        dates.last().unwrap().edtf.clone().unwrap()
    };
    assert_eq!(edtf("They will meet around 12 April."), "2024-04-12~");
    assert_eq!(edtf("They will meet on 04/05/2024."), "2024-05-04?");
    assert_eq!(edtf("They met on Jan. 12 and will meet on 04/05/2024."), "2024-04-05");
    assert_eq!(edtf("They met on 12 January and will meet on 04/05/2024."), "2024-05-04");
    assert_eq!(edtf("They will meet on Friday, 04/05/2024."), "2024-04-05");
    assert_eq!(edtf("They will meet on 04/25/2024."), "2024-04-25");
}

#[test]
fn a_date_tells_what_it_was_counted_from() {
    let text = "The summit opens on 12 March. It was agreed in June 2023. The next day the ministers will vote.";
    let anchors = EXTRACTOR.extract(&article("2024-03-06", text)).dates.into_iter().map(|date| date.anchor);
    let expected = [Some("2024-03-06".to_owned()), None, Some("2024-03-12".to_owned())];
    assert_eq!(anchors.collect::<Vec<_>>(), expected);
}

#[test]
fn a_text_that_is_not_read_yet_says_so() {
    let text =
        "Les ministres des affaires étrangères se réuniront à Genève le 10 janvier pour de nouveaux pourparlers.";
    let extraction = EXTRACTOR.extract(&Article { language: None, ..article("2024-01-02", text) });
    assert_eq!(extraction.language.as_deref(), Some("fr"));
    assert!(extraction.mentions.is_empty());
    assert!(extraction.warnings[0].contains("(fr)"), "{:?}", extraction.warnings);
    let digits = EXTRACTOR.extract(&Article { language: None, ..article("2024-01-02", "1 2 3 4 5") });
    assert_eq!((digits.language, digits.warnings.len()), (None, 1));
}

#[test]
fn any_number_of_threads_reads_the_same_to_the_byte() {
    let files = std::fs::read_dir("tests/corpus/events").unwrap().map(|entry| entry.unwrap().path());
    let texts: Vec<String> = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let read = |extractor: &Extractor| {
        let of_text = |text: &String| format!("{:?}", extractor.extract(&article("2024-03-01", text)));
        texts.iter().map(of_text).collect::<Vec<_>>()
    };
    let once = read(&EXTRACTOR);
    assert!(once.iter().any(|read| read.contains("Talks")));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| read(&EXTRACTOR))).collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap() == once));
    });
    assert_eq!(read(&Extractor::new()), once);
}

#[test]
fn lists_and_headlines_are_known_by_the_words_of_their_language() {
    let language = |text| EXTRACTOR.extract(&Article { language: None, ..article("2026-11-27", text) }).language;
    let english = [
        "NATO Summit, Ankara, 7-8 July 2027",
        "OSCE MINISTERIAL COUNCIL, VIENNA, 3-4 DECEMBER",
        "Monday 30 November\nBrussels: Foreign Affairs Council\nTuesday 1 December\nBerlin: Merz receives the premier of Japan",
    ];
    for text in english {
        assert_eq!(language(text).as_deref(), Some("en"), "{text}");
    }
    let others = [
        "Maandag 30 november\nBrussel: Raad Buitenlandse Zaken\nDinsdag 1 december\nBerlijn: Merz ontvangt de premier van Japan",
        "Lundi 30 novembre\nBruxelles : Conseil des affaires étrangères, session spéciale\nDoha : Forum de Doha",
        "Montag, 30. November\nBrüssel: Außenministerrat\nDienstag, 1. Dezember\nBerlin: Merz empfängt Japans Premier",
    ];
    for text in others {
        assert_ne!(language(text).as_deref(), Some("en"), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_fault_and_every_event_has_evidence(text in "\\PC{0,300}") {
        check(&text)?;
    }

    #[test]
    fn any_words_of_news_are_read_without_fault(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "Moscow", "the", "talks", "will", "meet", "on", "7", "March", ",", "and", "Lugano", "said", "that",
                "Foreign Minister", "Anna", "Berg", "of", "NATO", "2024", "-", "’s", "\n", ".", "following", "day",
                "which", "if", "U.S.", "visit", "to", "early", "next", "week", "é", "31", "February",
                "until", "by", "must", "here", "there", "Swiss", "capital", "(", ")", ":", "has", "been", "called off",
                "Should", "while", "host", "Lake", "as well as", "over", "take", "GENEVA", "—", "•", "17:40", "she", "no",
                "Having", "After", "its", "it", "It", "(", ")", "—", "\n•", ":", "who", "whom", "whose", "where", "but",
                "while", "was", "have", "been", "be", "Foreign Minister", "Anna Berg", "the minister", "the alliance",
                "the two countries", "they", "she", "four-day", "lasts", "until", "ends", "now", "not", "instead of",
                "here", "there", "the city", "capital", "venue", "by", "for", "with", "between", "from", "on", "vote",
                "election", "round", "summit", "sign", "hosts", "deployed", "committee", "report", "mandate",
                "met", "held", "held talks", "ended", "on Friday", "moved", "brought forward", "extended", "deadline", "a week",
                "later", "than planned", "instead of", "back on", "go ahead", "to move", "originally", "confirmed", "rather",
            ]),
            0..60,
        )
    ) {
        check(&words.join(" "))?;
    }
}

proptest! {
    #[test]
    fn any_expressions_of_time_are_read_without_fault(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "from", "to", "between", "and", ",", "-", "–", "/", ".", "the", "3", "12", "31", "2024", "99", "0",
                "th", "January", "Feb", "May", "29", "Monday", "Sun", "next", "last", "this", "following", "week",
                "weeks", "year", "days", "ago", "later", "before", "after", "in", "within", "half", "a", "of", "two",
                "twenty", "first", "quarter", "early", "end", "Easter", "Ramadan", "p.m.", ":", "GMT", "noon", "BC",
                "s", "'", "until", "was", "will", "today", "morning", "century", "moved", "000000000", "1938", "\n",
            ]),
            0..40,
        ),
        published in (1i16..=9999, 1i8..=12, 1i8..=28),
        separator in prop::sample::select(vec![" ", ""]),
    ) {
        let published_on = format!("{:04}-{:02}-{:02}", published.0, published.1, published.2);
        check_published(&published_on, &words.join(separator))?;
    }
}

/// Invariants of any text: spans are within it, ranges do not end before they start, every event
/// has evidence.
fn check(text: &str) -> Result<(), TestCaseError> {
    check_published("2024-03-06", text)
}

fn check_published(published_on: &str, text: &str) -> Result<(), TestCaseError> {
    let article = article(published_on, text);
    let extraction = EXTRACTOR.extract(&article);
    let characters: Vec<char> = text.chars().collect();
    let mut last = 0;
    for date in &extraction.dates {
        prop_assert!(last <= date.start && date.start < date.end && date.end as usize <= characters.len());
        let span: String = characters[date.start as usize..date.end as usize].iter().collect();
        prop_assert_eq!(&span, &date.text);
        prop_assert!(date.starts_on <= date.ends_on);
        prop_assert_eq!(date.starts_on.is_some(), date.edtf.is_some());
        last = date.end;
    }
    for mention in &extraction.mentions {
        prop_assert!(!mention.statements.is_empty());
        prop_assert!(!mention.participants.is_empty());
    }
    Ok(())
}

#[test]
fn the_ends_of_the_calendar_are_no_fault() {
    let text = "Chile and Peru will hold talks two centuries ago, in 500 years, next year, tomorrow, yesterday, in 2000000000 days, \
                a decade ago, in the third quarter, on Monday week, on 31 December and on 12 March 0001.";
    for published_on in ["0001-01-01", "9999-12-31", "0001-12-31", "9999-01-01"] {
        for mention in EXTRACTOR.extract(&article(published_on, text)).mentions {
            assert!(mention.when.is_none_or(|when| when.starts_on.year() >= 1));
        }
    }
}

#[test]
fn a_change_without_a_day_and_a_report_are_told_and_make_no_event() {
    let told = |text: &str, expected: &str| {
        let article = article("2024-09-19", text);
        assert_eq!(mentions(&article), [expected]);
        assert!(lines(&article).is_empty(), "{text}");
    };
    told(
        "The Ankara talks between Chad and Niger have been called off, officials said.",
        "undated | talks | NE, TD | Ankara, TR | cancelled | changes",
    );
    told("Chad and Niger held talks in Ankara on Monday.", "2024-09-16 | talks | NE, TD | Ankara, TR | held | reports");
}

#[test]
fn a_mention_does_what_the_strongest_of_its_statements_does() {
    let article = article(
        "2024-09-19",
        "Chad and Niger will hold talks in Ankara on 30 September. The talks will go ahead after all, officials said.",
    );
    let extraction = EXTRACTOR.extract(&article);
    let [mention] = extraction.mentions.as_slice() else { panic!("{:#?}", extraction.mentions) };
    let roles: Vec<Role> = mention.statements.iter().map(|statement| statement.role).collect();
    assert_eq!((mention.role, roles), (Role::Changes, vec![Role::Announces, Role::Changes]));
}

#[test]
fn dates_that_make_no_event_say_why() {
    let text = "Chile and Peru will hold talks in Quito on 12 March. Prices rose on 5 February. \
                The budget is due on 20 March.";
    let extraction = EXTRACTOR.extract(&article("2024-03-01", text));
    let unused: Vec<(&str, String)> =
        extraction.unused_dates.iter().map(|date| (&*date.text, date.reason.to_string())).collect();
    assert_eq!(unused[0], ("5 February", "past".to_owned()));
    assert_eq!(unused[1].0, "20 March");
    assert_eq!(unused.len(), 2);
    assert_eq!(extraction.warnings, [format!("2 dates made no event: past 1, {} 1", unused[1].1)]);
    let all_used = EXTRACTOR.extract(&article("2024-03-01", "Chile and Peru will hold talks in Quito on 12 March."));
    assert!(all_used.warnings.is_empty() && all_used.unused_dates.is_empty());
}
