//! Words: what the filter `q` looks for and what it looks through, cut and folded in one place so that they agree.

use std::collections::BTreeSet;

/// How many characters of a word `events.words` holds.
const LONGEST_WORD: usize = 200;

/// The words of `text` in lower case, each once: runs of letters and digits.
pub fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words of `texts` between single blanks, so that ` word ` finds a whole one.
pub(super) fn haystack<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let words: BTreeSet<String> = texts.into_iter().flat_map(words).collect();
    let mut haystack = String::from(" ");
    for word in words {
        haystack.push_str(&word);
        haystack.push(' ');
    }
    haystack
}

/// A `like` pattern that finds `word` in a haystack. Words hold nothing that `like` reads as a sign.
pub(super) fn pattern(word: &str) -> String {
    format!("% {word} %")
}

/// A word as `events.words` holds it.
pub(super) fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// A name as filters compare it.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The names under which filters find a publisher: a host also with or without `www.`.
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
