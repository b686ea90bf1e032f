//! Comparison of names regardless of accents, case and script.

use deunicode::deunicode;

/// Folds a name for comparison: removes accents and case, transliterates other scripts, and collapses blanks.
///
/// ```
/// assert_eq!(daybook::extract::fold("Côte  d’Ivoire"), "cote d'ivoire");
/// ```
pub fn fold(name: &str) -> String {
    deunicode(name).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word of a folded name, or the whole name, begins with a folded prefix.
pub fn begins(folded: &str, prefix: &str) -> bool {
    folded.starts_with(prefix) || folded.match_indices([' ', '-']).any(|(at, _)| folded[at + 1..].starts_with(prefix))
}
