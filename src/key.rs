//! API keys and their scopes.

use sha2::{Digest, Sha256};
use std::fmt;
use strum::{Display, EnumString, VariantNames};

/// The prefix of every key, by which scanners for leaked secrets recognize it.
const PREFIX: &str = "daybook";

/// The scope of a key; each variant includes the previous ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Scope {
    /// Reading what is not public.
    Read,
    /// Storing and deleting articles, and corrections.
    Write,
    /// Everything, including feeds and webhooks.
    Admin,
}

/// A key as a client sends it: `daybook_<id>_<secret>`, both in hexadecimal digits. Only `Display`
/// shows it.
pub struct Token {
    /// Identifies the key; not secret.
    pub id: String,
    secret: String,
}

impl Token {
    /// Returns a new key from the random numbers of the operating system: 64 bits of id, 256 bits
    /// of secret.
    ///
    /// # Errors
    /// Fails if the operating system provides none.
    pub fn random() -> Result<Self, getrandom::Error> {
        let hex = || getrandom::u64().map(|number| format!("{number:016x}"));
        Ok(Self { id: hex()?, secret: [hex()?, hex()?, hex()?, hex()?].concat() })
    }

    /// Parses a key; `None` if it does not have the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.strip_prefix(PREFIX)?.strip_prefix('_')?.split_once('_')?;
        let is_hex = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        (is_hex(id, 16) && is_hex(secret, 64)).then(|| Self { id: id.to_owned(), secret: secret.to_owned() })
    }

    /// Returns the stored hash of the secret. The secret is long and random, so a slow hash would
    /// not add protection.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.secret).into()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}_{}_{}", self.id, self.secret)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Token::random().unwrap();
        let read = Token::parse(&token.to_string()).unwrap();
        assert_eq!((&read.id, read.hash()), (&token.id, token.hash()));
        assert!(!format!("{token:?}").contains(&token.secret));
        assert_ne!(Token::random().unwrap().secret, token.secret);
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let token = Token::random().unwrap().to_string();
        for text in ["", "daybook", "daybook__", &token[1..], &token[..token.len() - 1], &token.to_uppercase()] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn each_scope_includes_those_before_it() {
        assert!(Scope::Read < Scope::Write && Scope::Write < Scope::Admin);
    }
}
