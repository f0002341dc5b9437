//! Central purchasing bodies (loi du 17 juin 2016, art. 2, 6° to 8°, and 47): a body offers frameworks, authorities adhere
//! to it (CDLD, art. L1222-7), say what they need of a framework, and order on those whose users they are.

mod accession;
mod entitlement;
mod fee;
mod framework;
mod refusal;

pub use accession::{Accession, AccessionDraft, Standing, transmission_until, warnings_of_accession};
pub use entitlement::{Entitled, Entitlement, NotEntitled, Period};
pub use fee::{Due, Fee};
pub use framework::{Accepted, Audience, Expressed, Framework, Offer, Running, User};
pub use refusal::Refusal;
