//! The slug of a saved timeline, and the token of a private one.

use std::{fmt, str::FromStr};
use subtle::ConstantTimeEq;

/// The maximum length of a slug, in characters.
const LONGEST: usize = 64;

/// The name of a saved timeline in its URL: at most 64 lower-case letters, digits and hyphens, not
/// starting with a hyphen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

/// The error of a text that is not a slug.
#[derive(Debug, thiserror::Error)]
#[error(
    "a slug must consist of a to z, 0 to 9 and hyphens, not begin with a hyphen, and have at most {LONGEST} characters"
)]
pub struct NoSlug;

impl FromStr for Slug {
    type Err = NoSlug;

    fn from_str(text: &str) -> Result<Self, NoSlug> {
        let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        let is_slug = (1..=LONGEST).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(is_allowed);
        is_slug.then(|| Self(text.to_owned())).ok_or(NoSlug)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The token of a private timeline: 128 random bits in hexadecimal digits. Only `AsRef` shows it.
#[derive(Clone)]
pub struct ShareToken(String);

impl ShareToken {
    /// Returns a new token from the random numbers of the operating system.
    ///
    /// # Errors
    /// Fails if the operating system provides none.
    pub fn random() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?)))
    }

    /// Returns a stored token.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// Returns whether a client sent this token, in a time that does not depend on the number of
    /// correct digits.
    pub fn is(&self, sent: &str) -> bool {
        self.0.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

impl AsRef<str> for ShareToken {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ShareToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShareToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_and_plain() {
        let longest = "a".repeat(64);
        for slug in ["a", "7", "asia-talks", "a-", &longest] {
            assert!(slug.parse::<Slug>().is_ok(), "{slug}");
        }
        let too_long = "a".repeat(65);
        for text in ["", "-a", "A", "a_b", "a.ics", "a/b", "ä", "a b", &too_long] {
            assert!(text.parse::<Slug>().is_err(), "{text}");
        }
    }

    #[test]
    fn no_token_is_like_another_or_shown_by_chance() {
        let token = ShareToken::random().unwrap();
        assert_eq!(token.as_ref().len(), 32);
        assert!(token.is(token.as_ref()) && !token.is(&token.as_ref()[..31]) && !token.is(""));
        assert!(!token.is(ShareToken::random().unwrap().as_ref()));
        assert!(!format!("{token:?}").contains(token.as_ref()));
    }
}
