//! Offers: written and deposited under seal by a firm, opened before two persons once the deposit is over.

mod archive;
mod attend;
mod file;
mod key;
mod kind;
mod letters;
mod minutes;
mod open;
mod own;
mod place;
mod promise;
mod read;
mod receipt;
mod strongbox;
mod submit;
mod type_in;
mod unseal;
mod upload;
mod vault;
mod withdraw;
mod write;

pub use attend::{attend, leave};
pub use file::{Streamed, file};
pub(crate) use key::new_key;
pub use open::open;
pub use own::{Draft, Own, own};
pub use promise::{OfferReceived, letters_of};
pub use read::{Seen, Standing, deposited, may_answer, minutes, opened, opening_of, standing_of_firm};
pub use receipt::receipt;
pub use submit::submit;
pub use type_in::{Typed, type_in, typed, untype};
pub use upload::{FILE_FIELD, Upload, begin_upload, remove_file, wrong};
pub use withdraw::withdraw;
pub use write::write;
