//! What is typed about a tender, read into the domain's drafts.

use domain::{
    kernel::Money,
    need::{DESCRIPTION_MOST, OBJECT_MOST, QUANTITY_MOST},
    procedure::{Nature, Procedure},
    tender::{Channel, Plan, Vehicle},
};
use service::{Error, tender::PlanDraft};

use crate::pages::Form;

/// Longest reason kept, in characters.
pub(crate) const REASON_MOST: usize = 2_000;

pub(super) fn plan(form: &Form) -> Result<PlanDraft, Error> {
    let mut read = form.read();
    let plan = Plan {
        object: read.text("objet", OBJECT_MOST),
        description: read.optional_text("description", DESCRIPTION_MOST),
        cpv: read.text("cpv", 10),
        nature: read.choice("nature", |text| text.parse().ok(), Nature::Services),
        vehicle: read.choice("vehicule", Vehicle::from_code, Vehicle::Isolated),
        procedure: read.choice("procedure", |text| text.parse().ok(), Procedure::Pnspp),
        channel: read.choice("canal", Channel::from_code, Channel::Hosted),
        procedure_reason: some(read.optional_text("motif-procedure", REASON_MOST)),
        lots_reason: some(read.optional_text("motif-lots", REASON_MOST)),
        estimate: read.positive_money("estimation"),
    };
    let own_need = read.positive_money("besoin-propre");
    let quantity = read.text("quantite", QUANTITY_MOST);
    let reason = some(read.optional_text("raison", REASON_MOST));
    let need = form.text("besoin").parse().ok();
    read.errors.or(PlanDraft { plan, own_need, quantity, need, reason })
}

pub(crate) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// An amount as a form shows it, without its sign.
pub(super) fn amount(money: Money) -> String {
    money.amount_french()
}
