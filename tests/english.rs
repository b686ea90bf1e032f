//! The tree uses the terms of the field: it contains none of the phrases in `english.tsv`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files that are checked, relative to the root. `data` is about language itself; migrations
/// cannot change.
const ROOTS: [&str; 19] = [
    ".env.sample",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.toml",
    "Dockerfile",
    "README.md",
    "SECURITY.md",
    "assets/reference/guide.md",
    "benches",
    "build.rs",
    "deploy",
    "docker-compose.yml",
    "docs",
    "fuzz/properties.rs",
    "script",
    "src",
    "templates",
    "tests",
];
/// `tests/corpus` are news texts; `tests/clients` has the files of npm.
const SKIPPED: [&str; 4] = ["script/data", "tests/clients", "tests/corpus", "tests/english.tsv"];
const BINARY: [&str; 2] = ["png", "svg"];

struct Phrase<'a> {
    only_docs: bool,
    words: Vec<&'a str>,
    instead: &'a str,
}

fn phrases(table: &str) -> Vec<Phrase<'_>> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let fields = |row| str::split(row, '\t').collect::<Vec<_>>();
    rows.map(|row| match fields(row)[..] {
        [scope @ ("all" | "docs"), phrase, instead] => {
            Phrase { only_docs: scope == "docs", words: phrase.split(' ').collect(), instead }
        }
        _ => panic!("english.tsv: {row}"),
    })
    .collect()
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if path.exists() && !path.extension().is_some_and(|of| BINARY.iter().any(|binary| of == *binary)) {
        found.push(path.to_owned());
    }
}

/// Returns the words of a text in lower case with their lines, without comment markers.
fn words(text: &str) -> Vec<(usize, String)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let of_line = |(number, line): (usize, &str)| {
        let words = line.split(|c| !is_word(c)).filter(|word| word.contains(char::is_alphanumeric));
        words.map(|word| (number + 1, word.to_lowercase())).collect::<Vec<_>>()
    };
    // Examples may quote articles.
    let mut is_example = false;
    let prose = text.lines().enumerate().filter(|(_, line)| {
        let is_fence = line.starts_with("```");
        is_example ^= is_fence;
        !is_example && !is_fence
    });
    prose.flat_map(of_line).collect()
}

#[test]
fn the_tree_uses_the_terms_of_the_field() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/english.tsv")).unwrap();
    let phrases = phrases(&table);
    let mut found = Vec::new();
    for path in ROOTS {
        files(&root.join(path), &mut found);
    }
    let mut hits = Vec::new();
    for file in &found {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap();
        if SKIPPED.iter().any(|skipped| name.starts_with(skipped)) {
            continue;
        }
        let is_code =
            ["benches", "build.rs", "deploy/prometheus-alerts.yaml", "fuzz", "script", "src", "templates", "tests"];
        let is_docs = !is_code.iter().any(|code| name.starts_with(code));
        let words = words(&fs::read_to_string(file).unwrap());
        for Phrase { words: phrase, instead, .. } in phrases.iter().filter(|phrase| is_docs || !phrase.only_docs) {
            for at in words.windows(phrase.len()).filter(|at| at.iter().map(|(_, word)| word).eq(phrase)) {
                hits.push(format!("{name}:{}: \"{}\"; write: {instead}", at[0].0, phrase.join(" ")));
            }
        }
    }
    assert!(hits.is_empty(), "{} hits:\n{}", hits.len(), hits.join("\n"));
}
