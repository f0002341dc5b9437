use std::{fmt, str::FromStr};

use age::{
    secrecy::{ExposeSecret, SecretString},
    x25519,
};
use zeroize::Zeroizing;

use crate::SealError;

/// Work of scrypt, as a power of two. The secret is random and long, so nobody guesses it: the work only has to be there.
const WORK: u8 = 10;
/// A key file that asks for more is not one of ours.
const MOST_WORK: u8 = 16;

/// The public half of a tender's key: whatever is sealed to it, only the identity opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

/// The half that opens. It is wiped from memory when it is dropped, and never printed.
#[derive(Clone)]
pub struct Identity(x25519::Identity);

impl Recipient {
    pub(crate) fn age(&self) -> &x25519::Recipient {
        &self.0
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Recipient {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| SealError::Key)
    }
}

impl Identity {
    /// A new key, from the operating system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The half to seal to.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// The identity as it may be kept: an age file under `secret`, which must be long and random.
    ///
    /// # Errors
    /// [`SealError`] when nothing can be written.
    pub fn kept_under(&self, secret: &str) -> Result<Vec<u8>, SealError> {
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(secret.to_owned()));
        recipient.set_work_factor(WORK);
        age::encrypt(&recipient, self.0.to_string().expose_secret().as_bytes()).map_err(|_| SealError::Key)
    }

    /// Takes it out again.
    ///
    /// # Errors
    /// [`SealError::Key`] under another secret, or when the bytes were changed.
    pub fn taken_out(kept: &[u8], secret: &str) -> Result<Self, SealError> {
        let mut identity = age::scrypt::Identity::new(SecretString::from(secret.to_owned()));
        identity.set_max_work_factor(MOST_WORK);
        let text = Zeroizing::new(age::decrypt(&identity, kept).map_err(|_| SealError::Key)?);
        let text = std::str::from_utf8(&text).map_err(|_| SealError::Key)?;
        text.parse().map(Self).map_err(|_| SealError::Key)
    }

    pub(crate) fn age(&self) -> &x25519::Identity {
        &self.0
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Identity")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_key_comes_back_under_its_secret_and_under_no_other() {
        let key = Identity::generate();

        let kept = key.kept_under(SECRET).expect("it is kept");

        assert_eq!(Identity::taken_out(&kept, SECRET).map(|key| key.recipient()), Ok(key.recipient()));
        assert!(Identity::taken_out(&kept, "another secret, of 32 characters").is_err());
    }

    #[test]
    fn a_kept_key_that_was_changed_anywhere_does_not_come_back() {
        let kept = Identity::generate().kept_under(SECRET).expect("it is kept");

        for place in 0..kept.len() {
            let mut changed = kept.clone();
            changed[place] ^= 1;
            assert!(Identity::taken_out(&changed, SECRET).is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = Identity::generate();

        assert_eq!(format!("{key:?}"), "Identity");
        assert!(!key.kept_under(SECRET).expect("it is kept").windows(11).any(|bytes| bytes == b"AGE-SECRET-"));
    }

    #[test]
    fn a_recipient_is_read_back_from_its_text() {
        let recipient = Identity::generate().recipient();

        assert_eq!(recipient.to_string().parse(), Ok(recipient));
        assert_eq!("age1".parse::<Recipient>(), Err(SealError::Key));
    }
}
