//! The spreadsheet, read back by a CSV parser.

use super::{event, events, selection};
use daybook::{event::Event, formats::csv};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Returns the rows, by the names of their columns.
fn rows(events: &[Event]) -> Vec<HashMap<String, String>> {
    let document = csv(&selection(events)).unwrap();
    ::csv::Reader::from_reader(document.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// Returns a cell of the only row.
fn cell(event: Event, column: &str) -> String {
    rows(&[event])[0][column].clone()
}

#[test]
fn a_sheet() {
    insta::assert_snapshot!(csv(&selection(&events())).unwrap());
}

#[test]
fn an_empty_selection_still_names_the_columns() {
    let document = csv(&selection(&[])).unwrap();
    assert!(document.starts_with("id,title,kind,status,starts_on,ends_on,precision,edtf,"), "{document}");
    assert_eq!(document.matches("\r\n").count(), 1);
    assert!(document.ends_with("\r\n"));
}

#[test]
fn a_row_is_an_event() {
    let rows = rows(&events());
    assert_eq!(rows.len(), events().len());
    let row = &rows[0];
    for (column, value) in [
        ("id", "01941f29-7c00-7a11-8a3e-000000000001"),
        ("title", "Japan–Australia talks in Lugano"),
        ("starts_on", "2023-03-07"),
        ("starts_at", ""),
        ("date_pending", "false"),
        ("place", "Lugano"),
        ("country", "CH"),
        ("participants", "Japan; Australia"),
        ("participant_codes", "JP; AU"),
        ("article_count", "2"),
        ("url", "https://daybook.example/events/01941f29-7c00-7a11-8a3e-000000000001"),
        ("sources", "Evening Post; Ticino Gazette"),
        ("evidence", "Japan and Australia will hold talks in Lugano on 7 March.\nThe talks will be brief."),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    assert_eq!(cell(events()[2].clone(), "participants"), "Peru; Ana Soto (CL)");
    assert_eq!(cell(events()[2].clone(), "participant_codes"), "PE; CL");
}

#[test]
fn no_text_is_run_as_a_formula() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n=", "\n\n@"] {
        let title = format!("{start}1+cmd|' /C calc'!A0");
        assert_eq!(cell(event(0, &json!({"title": title})), "title"), format!("'{title}"));
    }
    let hostile = events()[6].clone();
    for column in ["place", "participants", "sources", "evidence"] {
        assert!(cell(hostile.clone(), column).starts_with('\''), "{column}");
    }
}

#[test]
fn a_negative_longitude_stays_a_number() {
    assert_eq!(cell(events()[3].clone(), "longitude"), "-77.0364");
}

proptest! {
    #[test]
    fn every_text_comes_back(title in super::any_text()) {
        let read = cell(event(0, &json!({"title": title})), "title");
        prop_assert_eq!(read.strip_prefix('\'').filter(|_| !title.starts_with('\'')).unwrap_or(&read), title);
    }

    #[test]
    fn no_cell_breaks_the_table(source in super::any_text()) {
        let mut evidence = serde_json::to_value(&events()[0].evidence).unwrap();
        evidence[0]["article"]["source"] = Value::from(source);
        let rows = rows(&[event(0, &json!({"evidence": evidence})), events()[1].clone()]);
        prop_assert_eq!(&rows[1]["title"], "ASEAN summit");
    }
}
