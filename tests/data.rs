//! The data files: each states its sources, and together they contain what the service promises.

use std::fs;
use std::path::{Path, PathBuf};

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

fn data_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut found);
    found
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn every_file_tells_its_source_and_licence_at_its_head() {
    let files = data_files();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        assert!(head.contains("Source") && head.to_lowercase().contains("licence"), "{}", file.display());
    }
}

#[test]
fn the_gazetteers_hold_the_world() {
    assert_eq!(rows("world/countries.tsv").iter().filter(|row| row[0] != "XK").count(), 249);
    assert!(rows("world/organisations.tsv").len() >= 150);
    assert!(rows("world/meeting_places.tsv").len() >= 60);
    assert!(rows("world/cities.tsv").len() > 30_000);
    for region in ["Cornwall", "Crimea", "Bali"] {
        assert!(rows("world/regions.tsv").iter().any(|row| row[0] == region), "{region}");
    }
    for place in ["Davos", "Camp David", "Bürgenstock"] {
        assert!(rows("world/meeting_places.tsv").iter().any(|row| row[0] == place), "{place}");
    }
    for city in ["Sochi", "Geneva", "Sharm el-Sheikh"] {
        assert!(rows("world/cities.tsv").iter().any(|row| row[0] == city), "{city}");
    }
}

fn codes(name: &str) -> Vec<String> {
    rows(name).into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn codes_that_a_country_and_an_organisation_share_are_known() {
    let organisations = codes("world/organisations.tsv");
    let mut shared = codes("world/countries.tsv");
    shared.retain(|code| organisations.contains(code));
    // The African Union and Australia, the Commonwealth of Nations and Curaçao.
    // `tests/api/codes.rs` checks that they are distinguished everywhere. Data files write org:AU
    // for the organisation.
    assert_eq!(shared, ["AU", "CW"]);
}

#[test]
fn every_code_in_the_data_of_the_world_is_a_party() {
    let (countries, organisations) = (codes("world/countries.tsv"), codes("world/organisations.tsv"));
    let known = |code: &str| match code.strip_prefix("org:") {
        Some(code) => organisations.iter().any(|known| known == code),
        None => countries.iter().chain(&organisations).any(|known| known == code),
    };
    for (name, column) in [
        ("world/leaders.tsv", 3),
        ("world/sources.tsv", 2),
        ("world/negotiations.tsv", 0),
        ("world/negotiations.tsv", 1),
        ("world/memberships.tsv", 0),
        ("world/memberships.tsv", 1),
        ("lang/en/collectives.tsv", 2),
        ("lang/en/offices.tsv", 3),
    ] {
        for row in rows(name) {
            let codes = row.get(column).into_iter().flat_map(|cell| cell.split('|')).filter(|code| !code.is_empty());
            codes.for_each(|code| assert!(known(code), "{name}: {code} in {row:?}"));
        }
    }
}

#[test]
fn leaders_hold_an_office_from_a_day_to_a_later_one() {
    let leaders = rows("world/leaders.tsv");
    assert!(leaders.len() > 5000);
    for row in &leaders {
        let [from, to] = [&row[5], &row[6]].map(|cell| cell.trim_end_matches('~'));
        assert!(to.is_empty() || to >= &from[..to.len().min(from.len())], "{row:?}");
        assert!(!row[0].is_empty() && row.len() == 8, "{row:?}");
    }
}

#[test]
fn the_lexicon_tells_of_each_word_once() {
    let words: Vec<String> = rows("lang/en/lexicon.tsv").into_iter().map(|row| row[0].clone()).collect();
    assert!(words.is_sorted_by(|before, word| before < word), "in the order of their characters");
}
