//! People: how they are made, how they sign in.

mod password;
mod sign_in;

pub use password::{check_strength, hash};
pub use sign_in::{Address, sign_in};
