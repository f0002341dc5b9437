//! What follows the opening: decisions, corrections, requests, jury, points, report.

mod corrections;
mod decisions;
mod jury;
mod load;
mod report;
mod requests;

pub use corrections::insert_correction;
pub use decisions::{insert_draw, put_regularity, put_selection};
pub use jury::{Evaluator, declare, evaluators, insert_juror, put_scores, remove_juror};
pub use load::{dossier, dossier_in_write};
pub use report::{Closed, find_report, insert_report};
pub use requests::{
    Awaited, NewRequest, answer_request, awaited_of_firm, insert_request, judge_request, requests_of_firm,
};
