//! The structure of the pure core: its files import each other in one direction, a type has its
//! methods in one file, and the code of the extraction compares no words of a language.

mod cycles;
mod impls;
mod modules;
mod tokens;
mod words;

use cycles::import_cycles;
use impls::scattered_impls;
use modules::Modules;
use words::compared_words;

/// The parts that are held to the structure.
const HELD: [&str; 2] = ["src/extract", "src/timeline"];

/// Files that parse the format of a data file, whose keys are no words of a language.
const FORMATS: [&str; 2] = ["src/extract/entities/gazetteer/files.rs", "src/extract/time/feasts.rs"];

#[test]
fn files_import_each_other_in_one_direction() {
    let cycles: Vec<String> = HELD.iter().flat_map(|part| import_cycles(&Modules::read(part))).collect();
    assert!(
        cycles.is_empty(),
        "Move what two files need from each other to a file that both import.\n\n{}",
        cycles.join("\n\n"),
    );
}

#[test]
fn each_type_has_its_methods_in_one_file() {
    let scattered: Vec<String> = HELD.iter().flat_map(|part| scattered_impls(&Modules::read(part))).collect();
    assert!(
        scattered.is_empty(),
        "Move the methods to the file of the type, or make them functions of the data that they need.\n\n{}",
        scattered.join("\n\n"),
    );
}

#[test]
fn the_extraction_compares_no_words_of_a_language() {
    let modules = Modules::read("src/extract");
    let read = modules.0.values().filter(|module| !FORMATS.contains(&module.file.as_str()));
    let found = read.flat_map(|module| {
        let words = compared_words(&module.tokens).into_iter();
        words.map(|(word, line)| format!("  {}:{line} compares with {word:?}", module.file))
    });
    let found: Vec<String> = found.collect();
    assert!(
        found.is_empty(),
        "{} comparisons with words. Give the word a class or a feature in the data files, and compare that; parse names \
         of the code's own with strum.\n{}",
        found.len(),
        found.join("\n"),
    );
}

/// Parses files of an invented library, each given with its path and its source.
fn modules(files: &[(&str, &str)]) -> Modules {
    Modules::parse(files.iter().map(|(file, source)| ((*file).to_owned(), (*source).to_owned())))
}

#[test]
fn a_cycle_is_found() {
    let cycles = import_cycles(&modules(&[
        ("src/a/mod.rs", "mod b;\nmod c;\nmod d;\npub use b::One;"),
        ("src/a/b.rs", "use super::c::Two;\n\npub struct One(Two);"),
        ("src/a/c.rs", "use super::d;\n\npub struct Two;\n\nfn two() {\n    d::three();\n}"),
        ("src/a/d.rs", "pub fn three() -> crate::a::One {}"),
    ]));
    let expected = "import cycle of 3 files:\n  src/a/b.rs:1 uses `Two` of src/a/c.rs\n  src/a/c.rs:6 uses `three` of \
                    src/a/d.rs\n  src/a/d.rs:1 uses `One` of src/a/b.rs";
    assert_eq!(cycles, [expected]);
}

#[test]
fn a_parent_and_its_child_are_a_cycle_if_each_uses_an_item_of_the_other() {
    let child = ("src/a/b.rs", "use super::Shared;\npub fn one(_: Shared) {}");
    let uses_it = ("src/a/mod.rs", "mod b;\nuse b::one;\npub struct Shared;\nfn run() { one(Shared) }");
    assert_eq!(import_cycles(&modules(&[uses_it, child])).len(), 1);
    let reexports_it = ("src/a/mod.rs", "mod b;\npub use b::one;\npub struct Shared;");
    assert!(import_cycles(&modules(&[reexports_it, child])).is_empty());
}

#[test]
fn tests_comments_and_other_parts_of_the_library_make_no_cycle() {
    let cycles = import_cycles(&modules(&[
        ("src/a/b.rs", "use super::{c::{self, Two as Second}};\nuse crate::other::One;\npub struct One(Second);"),
        (
            "src/a/c.rs",
            "//! use super::b::One;\n/* use super::b::One; */\npub struct Two;\n#[cfg(test)]\nmod tests { use crate::a::b::One; }",
        ),
    ]));
    assert!(cycles.is_empty(), "{cycles:?}");
}

#[test]
fn impl_blocks_in_two_files_are_found() {
    let scattered = scattered_impls(&modules(&[
        (
            "src/a/b.rs",
            "pub struct One<'a>(&'a str);\nimpl<'a> One<'a> {}\nimpl<'a> One<'a> {}\nstruct Row;\nimpl Row {}",
        ),
        ("src/a/c.rs", "use super::b::One;\n\nimpl One<'_> {}\nstruct Row;\nimpl Row {}"),
        ("src/a/d.rs", "use super::b::One;\nimpl Clone for One<'_> {}\nfn all() -> impl Iterator<Item = One> {}"),
    ]));
    assert_eq!(scattered, ["`One` of src/a/b.rs has `impl` blocks in 2 files:\n  src/a/b.rs:2\n  src/a/c.rs:3"]);
}

#[test]
fn comparisons_with_words_are_found() {
    for comparison in [
        "word == \"the\"",
        "\"the\" != word",
        "word == Some(\"the\")",
        "word.next() == Some(&\"the\")",
        "text.starts_with(\"the \")",
        "text.ends_with(&\" of\")",
        "text.strip_suffix(\"'s\")",
        "text.eq_ignore_ascii_case(\"May\")",
        "[\"in\", \"on\"].contains(&word)",
        "[\"in\", \"on\"].iter().any(|known| word == *known)",
        "[before, after] == [\"in\", \"on\"]",
        "matches!(word, \"in\")",
        "matches!(words(a, b), Some(\"in\"))",
        "match word { \"in\" => 1, _ => 2 }",
        "match word { Some(\"in\") if first => 1, _ => 2 }",
        "match word { Word { text: \"in\", .. } => 1, _ => 2 }",
        "match words { [first, \"in\"] => 1, _ => 2 }",
        "if let Some(\"in\") = word { }",
        "let \"in\" = word else { return };",
    ] {
        let source = format!("fn check() {{\n    {comparison}\n}}");
        let tokens = tokens::tokens(&source);
        let found = compared_words(&tokens);
        assert!(!found.is_empty() && found.iter().all(|(_, line)| *line == 2), "{comparison}: {found:?}");
    }
    let both = tokens::tokens("match word { \"in\" | \"on\" => {} other => {} }");
    assert_eq!(compared_words(&both), [("in", 1), ("on", 1)]);
}

#[test]
fn punctuation_codes_data_keys_and_messages_are_no_words() {
    for allowed in [
        "word == \",\" || word == \"—\" || word.ends_with(\"\\n\")",
        "matches!(word, \",\" | \";\") && table(\"status\")",
        "code == \"NATO\"",
        "match mark { \"—\" => label(\"dash\"), \",\" => { format!(\"comma\") } _ => panic!(\"no mark\") }",
        "row[\"kind\"] == kind",
        "table.get(\"kind\") == Some(kind)",
        "// word == \"the\"",
        "/// word == \"the\"\nstruct One;",
        "#[strum(serialize = \"the\")]\nstruct One;",
        "#[cfg(test)]\nmod tests { fn check() { assert!(word == \"the\"); } }",
        "let list = [\"in\", \"on\"];",
        "let c = if quote == '\"' { \"name\" } else { r#\"a \"name\"\"# };",
    ] {
        let tokens = tokens::tokens(allowed);
        assert_eq!(compared_words(&tokens), [], "{allowed}");
    }
}
