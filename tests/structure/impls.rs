//! Finds types whose inherent `impl` blocks are spread over several files.

use crate::{
    modules::Modules,
    tokens::{Kind, Token},
};
use std::collections::BTreeMap;

/// Returns a description of each type that has inherent `impl` blocks in more than one file.
pub fn scattered_impls(modules: &Modules) -> Vec<String> {
    let mut blocks: BTreeMap<(String, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for (path, module) in &modules.0 {
        for (name, line) in inherent_impls(&module.tokens) {
            let defined_in = modules.defining_file(path, name).unwrap_or_else(|| module.file.clone());
            blocks.entry((defined_in, name)).or_default().entry(&module.file).or_insert(line);
        }
    }
    let scattered = blocks.iter().filter(|(_, files)| files.len() > 1);
    let description = |((defined_in, name), files): (&(String, &str), &BTreeMap<&str, usize>)| {
        let places: Vec<String> = files.iter().map(|(file, line)| format!("  {file}:{line}")).collect();
        format!("`{name}` of {defined_in} has `impl` blocks in {} files:\n{}", files.len(), places.join("\n"))
    };
    scattered.map(description).collect()
}

/// Returns the types that have inherent `impl` blocks in a file, with the lines of these.
fn inherent_impls(tokens: &[Token]) -> Vec<(&str, usize)> {
    let starts = (0..tokens.len()).filter(|at| tokens[*at].is_word("impl") && starts_item(tokens, *at));
    starts.filter_map(|start| Some((inherent_type(&tokens[start + 1..])?, tokens[start].line))).collect()
}

/// Returns whether an item can start at a token, so that `impl` there is not a type such as `impl
/// Iterator`.
fn starts_item(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    before.is_none_or(|token| token.is("}") || token.is(";") || token.is("{") || token.is_word("unsafe"))
}

/// Returns the type of the `impl` block whose head `tokens` start with; `None` if it implements a
/// trait.
fn inherent_type(tokens: &[Token]) -> Option<&str> {
    let mut depth = 0;
    let mut name = None;
    for token in tokens {
        match &*token.text {
            "<" => depth += 1,
            ">" => depth -= 1,
            _ if depth > 0 => {}
            "for" => return None,
            "{" | "where" => return name,
            _ if token.kind == Kind::Word => name = Some(&*token.text),
            _ => {}
        }
    }
    name
}
