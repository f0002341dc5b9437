//! Tenders: the list, a new one, the record, and one page per act of its road to the call.

pub(crate) mod adhesion;
pub(crate) mod adopt;
mod cards;
pub(crate) mod change;
pub(crate) mod coordinator;
mod fact;
mod form;
pub(crate) mod give_up;
mod history;
pub(crate) mod list;
mod next;
pub(crate) mod opinion;
pub(crate) mod participants;
pub(crate) mod plan;
pub(crate) mod show;
mod track;
pub(crate) mod trail;
pub(crate) mod warnings;
mod withdraw;
pub(crate) mod words;

pub(crate) use cards::act_word;
pub(crate) use form::{REASON_MOST, some};
pub(crate) use history::{card as history_card, named_once};
pub(crate) use list::{name as tender_name, pips};
pub(crate) use next::{Next, next};
pub(crate) use words::{nature as nature_word, stage as stage_word, stage_tag};
