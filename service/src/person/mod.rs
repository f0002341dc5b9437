//! People: how they are made, how they sign in.

mod accept;
mod brake;
mod create;
mod forgotten;
mod link;
mod password;
mod sign_in;

pub use accept::{Accepted, Newcomer, accept, accept_as_newcomer, has_account};
pub use brake::Address;
pub use create::create;
pub use forgotten::{choose_password, forgotten};
pub use link::open_link;
pub use password::{check_strength, hash};
pub use sign_in::sign_in;
pub(crate) use {brake::Brake, sign_in::holder};
