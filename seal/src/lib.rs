//! Sealing of offers: what a firm writes is unreadable to everybody until a tender's key is taken out to open it.
//!
//! Nothing here reads a clock, a file or a database; the format is plain [age](https://age-encryption.org) (X25519, and
//! scrypt for the key that the installation keeps), so that a sealed offer can be opened with any age tool. Inside the age
//! file stands a frame: who sealed it for whom ([`Context`]), a salt, the content, and a padding that hides its length.
//!
//! Neither the crate age nor this one has been audited from outside.

mod context;
mod error;
mod frame;
mod key;
mod open;
mod seal;

pub use context::Context;
pub use error::SealError;
pub use key::{Identity, Recipient};
pub use open::{Opened, open, open_into};
pub use seal::{Digests, Salt, Sealed, Sealer, seal};
pub use zeroize::Zeroizing;
