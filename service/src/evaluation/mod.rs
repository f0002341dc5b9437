//! From the opened offers to their ranking (S10 to S14): selection, regularity, negotiation, jury, scores, report.

mod answer;
mod assess;
mod close;
mod comparison;
mod correct;
mod judge;
mod jury;
pub mod promise;
mod read;
mod report_document;
mod request;
mod score;
mod spreadsheet;
mod steps;

pub use answer::{ANSWER_MOST, answer_request};
pub use assess::{REASON_MOST, RegularityDraft, SelectionDraft, decide_regularity, select};
pub use close::{close, draw_lots};
pub use comparison::{Cell, Comparison, Head, Row, comparison, short};
pub use correct::{CorrectionDraft, correct};
pub use judge::judge_request;
pub use jury::{DECLARATION_MOST, Departure, declare_interests, departure_field, name_juror, remove_juror};
pub use read::{Reading, read, read_to_correct, read_to_score, report, result};
pub use request::{RequestDraft, request};
pub use score::{SheetDraft, SheetLine, points_field, score};
pub use spreadsheet::{csv, xlsx};
pub use steps::{evaluate, negotiate, start_regularity, start_selection};
