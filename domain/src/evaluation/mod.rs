//! From the opened offers to their ranking: selection, regularity, corrections, requests, jury, scores, report.

mod assessment;
mod correction;
mod dossier;
mod examination;
mod guard;
mod jury;
mod price;
mod refusal;
mod request;
#[cfg(test)]
mod tests;
mod tie;

pub use assessment::{Assessment, Debts, Exclusion, Grounds, Irregularity, Regularity, Selection};
pub use correction::{Correction, CorrectionKind, corrected};
pub use dossier::{Dossier, Draw, judged, price_place};
pub use examination::{Examination, Examined, Standing, TieBreak};
pub use jury::{Juror, Score};
pub use price::{PriceCheck, price_check};
pub use refusal::Refusal;
pub use request::{PieceRequest, RequestKind};
