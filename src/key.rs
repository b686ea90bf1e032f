//! A key: what its holder sends, and what it allows.

use sha2::{Digest, Sha256};
use std::fmt;
use strum::{Display, EnumString, VariantNames};

/// What every key begins with, so that scanners for leaked secrets know one when they see it.
const PREFIX: &str = "daybook";

/// What a key allows. Each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Scope {
    /// To read, where that is not open to all.
    Read,
    /// To send and delete articles, and to put events right.
    Write,
    /// Whatever can be asked for.
    Admin,
}

/// A key as it is sent: `daybook_<id>_<secret>`, both of hexadecimal digits. It is shown where somebody asks for it by
/// `Display`, and nowhere else.
pub struct Token {
    /// Finds the key; no secret.
    pub id: String,
    secret: String,
}

impl Token {
    /// A new one, from the random numbers of the operating system: 64 bits of id, 256 of secret.
    ///
    /// # Errors
    /// When the operating system has none.
    pub fn random() -> Result<Self, getrandom::Error> {
        let hex = || getrandom::u64().map(|number| format!("{number:016x}"));
        Ok(Self { id: hex()?, secret: [hex()?, hex()?, hex()?, hex()?].concat() })
    }

    /// What somebody sent; none where it has not the form of a key.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.strip_prefix(PREFIX)?.strip_prefix('_')?.split_once('_')?;
        let is_hex = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        (is_hex(id, 16) && is_hex(secret, 64)).then(|| Self { id: id.to_owned(), secret: secret.to_owned() })
    }

    /// What is stored of the secret. It is random and long, so there is nothing to guess that a slower hash would protect.
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
