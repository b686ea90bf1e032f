//! The words of the pages: each message exists in each language with the same variables, templates and code use only
//! messages that exist, every message is used, and templates contain no words of their own.

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const LANGUAGES: [&str; 3] = ["en", "de", "fr"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The messages of a language with what each refers to: variables with a dollar sign, and other messages.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = fs::read_to_string(root().join(format!("data/page/{language}.ftl"))).unwrap();
    let resource = parser::parse(file.as_str()).map_err(|(_, errors)| errors).unwrap();
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            let mut references = BTreeSet::new();
            collect(message.value.as_ref().unwrap(), &mut references);
            let earlier = messages.insert(message.id.name.to_owned(), references);
            assert_eq!(earlier, None, "{language}: {} is there twice", message.id.name);
        }
    }
    messages
}

fn collect(pattern: &Pattern<&str>, references: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => collect_inline(inline, references),
                Expression::Select { selector, variants } => {
                    collect_inline(selector, references);
                    for variant in variants {
                        collect(&variant.value, references);
                    }
                }
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, references: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => references.insert(format!("${}", id.name)),
        InlineExpression::MessageReference { id, .. } => references.insert(id.name.to_owned()),
        other => panic!("the pages use variables and messages only: {other:?}"),
    };
}

/// The variables of a message, with those of the messages that it refers to.
fn variables(messages: &BTreeMap<String, BTreeSet<String>>, id: &str) -> BTreeSet<String> {
    let references = messages.get(id).unwrap_or_else(|| panic!("{id} is referred to and does not exist"));
    let (own, others): (Vec<&String>, Vec<&String>) = references.iter().partition(|name| name.starts_with('$'));
    own.into_iter().cloned().chain(others.into_iter().flat_map(|other| variables(messages, other))).collect()
}

#[test]
fn each_message_exists_in_each_language_with_the_same_variables() {
    let english = messages("en");
    assert!(english.len() > 300);
    for language in LANGUAGES {
        let other = messages(language);
        assert_eq!(english.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language}");
        for id in english.keys() {
            assert_eq!(variables(&english, id), variables(&other, id), "{language}: {id}");
        }
    }
}

/// All files below a directory, with their content.
fn files(directory: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(directory)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn every_message_is_used_and_every_used_one_exists() {
    let english = messages("en");
    let templates = files("templates");
    let used: BTreeSet<String> = ["templates", "src/formats", "src/http/site"]
        .iter()
        .flat_map(|directory| files(directory))
        .flat_map(|(_, text)| text.split('"').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let referred: BTreeSet<&String> = english.values().flatten().collect();
    // Values of vocabularies are named by their vocabulary and themselves.
    let vocabularies = ["kind-", "status-", "precision-", "format-", "level-", "role-", "feed-", "review-", "action-"];
    for id in english.keys() {
        let of_vocabulary = vocabularies.iter().any(|vocabulary| id.starts_with(vocabulary));
        assert!(used.contains(id) || referred.contains(id) || of_vocabulary, "{id} is not used");
    }
    for (file, text) in templates {
        for filter in ["|text", "|count(", "|with("] {
            for before in text.split(filter).collect::<Vec<_>>().split_last().unwrap().1 {
                let Some(id) = before.strip_suffix('"').and_then(|before| before.rsplit('"').next()) else { continue };
                assert!(english.contains_key(id), "{file}: {id} does not exist");
            }
        }
    }
}

/// What a reader would read of a template that is no message: text between elements, and attributes that are read out.
fn own_words(template: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = template;
    // Expressions and statements of the template.
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let end = match from.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => "{",
        };
        let after = from.get(1..).and_then(|inner| inner.find(end)).map_or(from.len(), |at| at + 1 + end.len());
        rest = &from[after..];
    }
    text.push_str(rest);
    let mut words = Vec::new();
    for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
        let values = text.split(attribute).skip(1).filter_map(|value| value.split('"').next());
        words.extend(values.map(str::to_owned));
    }
    let mut outside = String::new();
    let mut depth: i32 = 0;
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' => {
                // A tag whose attributes depend on a condition ends in each branch.
                depth = 0.max(depth - 1);
                outside.push('\n');
            }
            _ if depth <= 0 => outside.push(c),
            _ => {}
        }
    }
    words.extend(outside.lines().map(|line| line.trim().to_owned()));
    // Attributes of an element that begins in another template.
    words.retain(|line| !line.starts_with("class="));
    words.retain(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 1);
    words
}

#[test]
fn templates_contain_no_words_of_their_own() {
    // Names that are the same in each language, formats that placeholders show, and keys.
    let allowed = ["daybook", "JSON", "Google Calendar", "Outlook", "Enter", "RU, Russia", "– daybook"];
    for (file, text) in files("templates") {
        if file.ends_with("icons.html") {
            continue;
        }
        let own: Vec<String> = own_words(&text).into_iter().filter(|word| !allowed.contains(&&**word)).collect();
        assert!(own.is_empty(), "{file}: {own:?}");
    }
}

#[test]
fn words_in_a_template_are_found() {
    assert_eq!(own_words("<p>{{ \"copy\"|text }} it</p>"), ["it"]);
    assert_eq!(own_words("{% if a %}<a href=\"/x\" title=\"The day\">{{ b }}</a>{% endif %}"), ["The day"]);
    assert!(own_words("<h1>{{ title }}</h1> · <a class=\"button\" href=\"/a\">{{ \"b\"|text }}</a>").is_empty());
}
