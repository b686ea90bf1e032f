//! The entities of sentences written for these tests.

use super::{Entity, Named};
use crate::extract::Extractor;
use crate::extract::text::Document;
use jiff::civil::Date;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The entities of a text published on a day, and the text of each name.
fn named(published_on: &str, text: &str) -> (Named, Vec<String>) {
    let extractor = &*EXTRACTOR;
    let published_on: Date = published_on.parse().unwrap();
    let doc = Document::read(text, &extractor.words, &extractor.marks);
    let tenses = extractor.tense_words.read(&doc);
    let timexes = extractor.time.find(&doc, &tenses, published_on);
    let named = extractor.names.find(&doc, &timexes, published_on);
    let spelled = named.entities.iter().map(|entity| text[doc.bytes(&entity.tokens)].to_owned()).collect();
    (named, spelled)
}

fn code(entity: &Entity) -> &'static str {
    entity.party.map_or("-", |party| EXTRACTOR.names.gazetteer.parties[party].code)
}

/// The mentions of people in a text, with the party that each represents: "Macron FR".
fn people(published_on: &str, text: &str) -> Vec<String> {
    let (named, spelled) = named(published_on, text);
    let people = named.entities.iter().zip(spelled).filter(|(entity, _)| entity.person.is_some());
    people.map(|(entity, spelled)| format!("{spelled} {}", code(entity))).collect()
}

/// The office of the only person of a text.
fn office(published_on: &str, text: &str) -> &'static str {
    let (named, _) = named(published_on, text);
    let [person] = &named.people[..] else { panic!("{:?}", named.people) };
    person.office.map_or("-", <&str>::from)
}

#[test]
fn leaders_are_known_on_the_day_of_publication() {
    let text = "Giorgia Meloni will host Olaf Scholz in Turin.";
    assert_eq!(people("2023-03-01", text), ["Giorgia Meloni IT", "Olaf Scholz DE"]);
    assert_eq!(people("2015-03-01", text), [""; 0]);
    assert_eq!(people("2019-03-01", "Merkel flies to Ottawa next week."), ["Merkel DE"]);
    assert_eq!(people("2023-03-01", "Merkel flies to Ottawa next week."), [""; 0]);
}

#[test]
fn surnames_that_mean_one_leader_stand_alone() {
    assert_eq!(people("2025-06-10", "Trump and Xi speak by telephone on Friday."), ["Trump US", "Xi CN"]);
    assert_eq!(people("2025-06-10", "Lavrov and Rubio meet in Doha."), ["Lavrov RU", "Rubio US"]);
    assert_eq!(people("2025-06-10", "Macron will receive Starmer."), ["Macron FR", "Starmer GB"]);
    assert_eq!(people("2025-06-10", "The von der Leyen team prepares; Leyen leads it.").len(), 2);
}

#[test]
fn surnames_that_mean_much_else_need_evidence() {
    // A word, a common name, and the name of a place.
    assert_eq!(people("2008-05-06", "On Tuesday Brown opens a shop."), [""; 0]);
    assert_eq!(
        people("2008-05-06", "Gordon Brown opens the talks. Later Brown dines."),
        ["Gordon Brown GB", "Brown GB"]
    );
    assert_eq!(people("2008-05-06", "Britain waits. On Tuesday Brown opens the talks."), ["Brown GB"]);
    assert_eq!(people("2008-05-06", "Britain waits. Anna Brown sings. On Tuesday Brown sings again."), [""; 0]);
    assert_eq!(people("2025-06-10", "The mayor says that it rains in Rubio."), [""; 0]);
    assert_eq!(people("2025-06-10", "Trump Plaza opens its doors."), [""; 0]);
}

#[test]
fn what_the_text_says_of_somebody_outranks_the_table() {
    let text = "Irish foreign minister Olaf Scholz and the Danish premier Ida Holm will talk. Holm will fly.";
    assert_eq!(people("2023-03-01", text), ["Olaf Scholz IE", "Ida Holm DK", "Holm DK"]);
    assert_eq!(people("2023-03-01", "President Emmanuel Macron flew in."), ["Emmanuel Macron FR"]);
    assert_eq!(people("2023-03-01", "President Berta Lund flew in."), ["Berta Lund -"]);
}

#[test]
fn words_around_a_surname_may_make_it_another_name() {
    assert_eq!(people("2025-06-10", "Xi spoke. (Reporting by Wendell Xi and Ottilie da Xi.)"), ["Xi CN"]);
    assert_eq!(people("2025-06-10", "Keir Starmer spoke. Sir Keir then left."), ["Keir Starmer GB", "Keir GB"]);
    assert_eq!(people("2024-06-10", "He Lifeng of China spoke. He then left."), ["He Lifeng CN"]);
    let text = "Secretary of State Marco Rubio, ministers of Peru and envoys of Chile met.";
    assert_eq!(people("2025-06-10", text), ["Marco Rubio US"]);
    assert_eq!(people("2025-06-10", "Secretary of State Rubio, US envoys and others met."), ["Rubio US"]);
}

#[test]
fn namesakes_are_told_apart_by_office_and_country() {
    assert_eq!(people("2010-03-01", "Talks with President Lee open soon."), ["Lee KR"]);
    assert_eq!(people("2010-03-01", "Talks with Prime Minister Lee open soon."), ["Lee SG"]);
    assert_eq!(people("2010-03-01", "The plan is that Lee opens the talks."), [""; 0]);
    assert_eq!(people("2010-03-01", "Singapore says that Lee opens the talks."), ["Lee SG"]);
}

#[test]
fn former_leaders_speak_for_nobody() {
    for text in [
        "Former president Barack Obama will speak in Oslo.",
        "Former US president Barack Obama will speak in Oslo.",
        "Barack Obama, the former US president, will speak in Oslo.",
        "The late US president Barack Obama was honoured in Oslo.",
    ] {
        let (named, _) = named("2016-05-06", text);
        let name = "Barack Obama";
        let obama = named.people.iter().find(|person| person.name == name);
        assert!(obama.is_none_or(|obama| obama.represents.is_none() && obama.office.is_none()), "{text}");
    }
    assert_eq!(people("2018-05-06", "Barack Obama will speak in Oslo."), [""; 0]);
}

#[test]
fn the_office_is_the_texts_else_the_tables() {
    assert_eq!(office("2023-03-01", "The Peruvian defence minister Rosa Quiroga flew in."), "defence_minister");
    assert_eq!(office("2023-03-01", "Sergey Lavrov flew in."), "foreign_minister");
    assert_eq!(office("2023-03-01", "UN Secretary-General Antonio Guterres flew in."), "head_of_body");
    assert_eq!(office("2023-03-01", "Ida Holm, a Danish negotiator, flew in."), "envoy");
}

/// The codes of the parties of a text, with the members of groups.
fn parties(text: &str) -> Vec<&'static str> {
    let gazetteer = &EXTRACTOR.names.gazetteer;
    let (named, _) = named("2024-03-01", text);
    let parties = named.entities.iter().filter_map(|entity| entity.party);
    parties.flat_map(|party| gazetteer.members_of(party)).map(|party| gazetteer.parties[party].code).collect()
}

#[test]
fn adjectives_of_regions_name_groups_before_officials() {
    for (text, expected) in [
        ("Gulf foreign ministers convene in June.", &["GCC"][..]),
        ("Arab and Islamic leaders convene in June.", &["LAS", "OIC"]),
        ("Caribbean heads of government convene in June.", &["CARICOM"]),
        ("A Nordic summit is planned.", &["DK", "FI", "IS", "NO", "SE"]),
        ("Central Asian presidents convene in June.", &["KG", "KZ", "TJ", "TM", "UZ"]),
        ("The E3 convene in June.", &["DE", "FR", "GB"]),
        ("African heads of state convene in June.", &["AU"]),
        ("Arab states convene in June.", &["LAS"]),
    ] {
        assert_eq!(parties(text), expected, "{text}");
    }
    let gazetteer = &EXTRACTOR.names.gazetteer;
    let (named, _) = named("2024-03-01", "African heads of state convene in June.");
    assert_eq!(named.entities[0].party, gazetteer.organisation("AU"));
}

#[test]
fn adjectives_of_regions_name_nobody_elsewhere() {
    for text in [
        "South American presidents convene in June.",
        "African rivers ran dry in June.",
        "European farmers convene in June.",
        "African diplomats convene in June.",
        "The Young African Leaders Initiative convenes in June.",
        "A Gulf storm is expected in June.",
    ] {
        assert_eq!(parties(text), [""; 0], "{text}");
    }
}

#[test]
fn series_are_known_by_any_number() {
    assert_eq!(parties("COP47, COP-48 and COP 49 are planned."), ["UNFCCC"; 3]);
    assert_eq!(parties("The COP is planned."), [""; 0]);
}

/// The places of a text, each with its country, or with `?` if it is not in the gazetteer.
fn places(text: &str) -> Vec<String> {
    let (named, spelled) = named("2024-03-01", text);
    let of_place = |(entity, spelled): (&Entity, String)| {
        let place = entity.place.map(|place| &EXTRACTOR.names.gazetteer.places[place].place);
        let country = place.and_then(|place| place.country.clone());
        (place.is_some() || entity.unlisted).then(|| format!("{spelled} {}", country.as_deref().unwrap_or("?")))
    };
    named.entities.iter().zip(spelled).filter_map(of_place).collect()
}

#[test]
fn a_place_that_no_list_has_is_one_by_its_position() {
    assert_eq!(places("The envoy will be in Qeqqarmiut on 14 May."), ["Qeqqarmiut ?"]);
    assert_eq!(places("The envoy sails to Port Wexholm on 14 May."), ["Port Wexholm ?"]);
    for text in [
        "The envoy will be there in May, and in Wexholm's house.",
        "The Prevention of Fraud in Tombolas seminar ends.",
        "The envoy spoke to Mr Wexholm and to President Wexholm.",
        "The envoy believes in Parliament.",
    ] {
        assert_eq!(places(text), [""; 0], "{text}");
    }
}

#[test]
fn of_towns_that_share_a_name_the_one_of_those_who_are_named_is_meant() {
    assert_eq!(places("EU ministers gather in Cordoba on 9 May."), ["Cordoba ES"]);
    assert_eq!(places("Mercosur ministers gather in Cordoba on 9 May."), ["Cordoba AR"]);
    assert_eq!(places("The ministers gather in Cordoba on 9 May."), ["Cordoba AR"]);
    assert_eq!(places("Spanish ministers gather in Valencia on 9 May."), ["Valencia ES"]);
    assert_eq!(places("The ministers gather in Valencia, Venezuela, on 9 May."), ["Valencia VE", "Venezuela VE"]);
}

/// The party that a publisher represents.
fn source(url: Option<&str>, name: Option<&str>) -> &'static str {
    let extractor = &*EXTRACTOR;
    let name = name.map(|name| Document::read(name, &extractor.words, &extractor.marks));
    let party = extractor.names.party_of_source(url, name.as_ref());
    party.map_or("-", |party| extractor.names.gazetteer.parties[party].name)
}

#[test]
fn publishers_speak_for_whom_they_belong_to() {
    for (url, name, expected) in [
        (Some("https://www.mfa.gov.ge/en/news/1"), None, "Georgia"),
        (Some("https://www.gov.uk/government/news/1"), Some("Herald"), "United Kingdom"),
        (Some("https://www.transport.gov.sg/news/1"), None, "Singapore"),
        (Some("https://www.pref.example.go.jp/1"), None, "Japan"),
        (Some("https://www.spa.gov.sa/1"), None, "-"),
        (Some("https://au.int/en/pressreleases/1"), None, "African Union"),
        (Some("https://echr.coe.int/w/1"), None, "European Court of Human Rights"),
        (Some("https://tass.com/politics/1"), Some("Ministry of Foreign Affairs of Russia"), "-"),
        (Some("https://herald.example/1"), Some("The White House"), "United States"),
        (None, Some("pm.gov.au"), "Australia"),
        (None, Some("NATO"), "North Atlantic Treaty Organization"),
        (None, Some("Polish Ministry of Foreign Affairs"), "Poland"),
        (None, Some("Prime Minister of Australia"), "Australia"),
        (None, Some("Ministry of Foreign Affairs"), "-"),
        (None, Some("The Jordan Times"), "-"),
        (None, Some("Herald of the Ministry of Defence of Peru and Chile"), "-"),
        (None, None, "-"),
    ] {
        assert_eq!(source(url, name), expected, "{url:?} {name:?}");
    }
}

#[test]
fn a_word_that_is_a_small_town_too_needs_its_country() {
    assert_eq!(places("The Alliance and the Bank meet in Spring."), [""; 0]);
    assert_eq!(places("The committee meets in Alliance, Ohio."), ["Alliance US", "Ohio US"]);
    assert_eq!(places("The committee meets in Split."), ["Split HR"]);
}
