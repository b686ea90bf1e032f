//! The secret that signs the messages to a webhook.

use std::fmt;

/// The prefix of every secret.
const PREFIX: &str = "whsec_";

/// The digits of Base64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The number of digits: 36 octets, where the specification requires 24 to 64.
const LENGTH: usize = 48;

/// `whsec_` followed by random octets in Base64. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns a new secret from the random numbers of the operating system.
    ///
    /// # Errors
    /// Fails if the operating system provides none.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut octets = [0; LENGTH];
        getrandom::fill(&mut octets)?;
        // Random digits are the digits of random octets.
        let digits = octets.map(|octet| DIGITS[usize::from(octet % 64)]);
        Ok(Self(format!("{PREFIX}{}", String::from_utf8_lossy(&digits))))
    }

    /// Returns the secret as text, for signing and for authorized clients.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_random_and_kept_quiet() {
        let [one, other] = [Secret::random().unwrap(), Secret::random().unwrap()];
        assert_ne!(one, other);
        assert_eq!(one.expose().len(), PREFIX.len() + LENGTH);
        assert!(standardwebhooks::Webhook::new(one.expose()).is_ok());
        assert_eq!(format!("{one:?}"), "Secret");
    }
}
