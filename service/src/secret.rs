//! Random secrets: links, tokens, the demo's key. Stored only as hashes where they identify somebody.

use crate::store::audit::hex;
use sha2::{Digest, Sha256};

/// 32 random bytes in hexadecimal.
pub fn random_hex() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    hex(&bytes)
}

/// What is stored of a token.
pub fn hashed(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
