//! The words of the filter `q` and of the searched texts, split and normalized in one place so that
//! they agree.

use std::collections::BTreeSet;

/// The maximum length of a word in `events.words`, in characters.
const LONGEST_WORD: usize = 200;

/// Returns the words of `text` in lower case, each once: runs of letters and digits.
pub fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Returns the words of `texts` separated and surrounded by single blanks, so that ` word ` matches
/// a whole word.
pub(super) fn haystack<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let words: BTreeSet<String> = texts.into_iter().flat_map(words).collect();
    let mut haystack = String::from(" ");
    for word in words {
        haystack.push_str(&word);
        haystack.push(' ');
    }
    haystack
}

/// Returns a `like` pattern that matches `word`. Words contain no wildcards.
pub(super) fn pattern(word: &str) -> String {
    format!("% {word} %")
}

/// Returns a word as `events.words` stores it.
pub(super) fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// Returns a name as filters compare it.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Returns the names by which filters find a publisher: a host with and without `www.`.
pub(super) fn source_keys(source: &str) -> Vec<String> {
    let key = key(source);
    let bare = key.strip_prefix("www.").unwrap_or(&key);
    vec![bare.to_owned(), format!("www.{bare}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_haystack_holds_each_word_once_whatever_its_case() {
        assert_eq!(haystack(["Talks in Évian, talks!", "RU–US"]), " in ru talks us évian ");
    }

    #[test]
    fn signs_are_no_words() {
        assert!(words("… – % _").is_empty());
    }
}
