//! Random secrets: links, tokens, the demo's key. Stored only as hashes where they identify somebody.

use std::fmt;

use crate::store::audit::hex;
use sha2::{Digest, Sha256};

/// What only this installation knows: it seals the keys of the tenders. Never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who seals with it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// 32 random bytes in hexadecimal.
pub fn random_hex() -> String {
    hex(&random_bytes())
}

/// What is stored of a token.
pub fn hashed(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// 32 random bytes.
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
