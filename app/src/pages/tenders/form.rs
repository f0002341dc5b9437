//! What is typed about a tender, read into the domain's drafts.

use domain::{
    kernel::Money,
    need::{DESCRIPTION_MOST, OBJECT_MOST, QUANTITY_MOST},
    procedure::{Nature, Procedure},
    tender::{Channel, Plan, Vehicle},
};
use service::{Error, tender::PlanDraft};

use crate::pages::{Form, form::Reader};

/// Longest reason kept, in characters.
pub(crate) const REASON_MOST: usize = 2_000;

pub(super) fn plan(form: &Form) -> Result<PlanDraft, Error> {
    let mut read = form.read();
    let plan = read_plan(&mut read);
    let (own_need, quantity) = own_need(&mut read);
    let reason = some(read.optional_text("raison", REASON_MOST));
    let need = form.text("besoin").parse().ok();
    read.errors.or(PlanDraft { plan, own_need, quantity, need, reason })
}

/// The plan of a tender that exists, and why it goes on where the law warns.
pub(super) fn changed_plan(form: &Form) -> Result<(Plan, Option<String>), Error> {
    let mut read = form.read();
    let plan = read_plan(&mut read);
    let reason = some(read.optional_text("raison", REASON_MOST));
    read.errors.or((plan, reason))
}

/// Only what the first step of planning asks.
pub(super) fn what(form: &Form) -> Result<(), Error> {
    let mut read = form.read();
    bought(&mut read);
    own_need(&mut read);
    read.errors.or(())
}

/// What the law asks to say which procedures are allowed; zero when nobody typed it yet.
pub(super) fn nature_and_estimate(form: &Form) -> (Nature, Money) {
    let mut read = form.read();
    let bought = bought(&mut read);
    (bought.nature, bought.estimate)
}

struct Bought {
    object: String,
    description: String,
    cpv: String,
    nature: Nature,
    estimate: Money,
}

fn bought(read: &mut Reader<'_>) -> Bought {
    Bought {
        object: read.text("objet", OBJECT_MOST),
        description: read.optional_text("description", DESCRIPTION_MOST),
        cpv: read.cpv("cpv"),
        nature: read.choice("nature", |text| text.parse().ok(), Nature::Services),
        estimate: read.positive_money("estimation"),
    }
}

fn own_need(read: &mut Reader<'_>) -> (Money, String) {
    (read.positive_money("besoin-propre"), read.text("quantite", QUANTITY_MOST))
}

fn read_plan(read: &mut Reader<'_>) -> Plan {
    let Bought { object, description, cpv, nature, estimate } = bought(read);
    Plan {
        object,
        description,
        cpv,
        nature,
        estimate,
        vehicle: read.choice("vehicule", Vehicle::from_code, Vehicle::Isolated),
        procedure: read.choice("procedure", |text| text.parse().ok(), Procedure::Pnspp),
        procedure_reason: some(read.optional_text("motif-procedure", REASON_MOST)),
        lots_reason: some(read.optional_text("motif-lots", REASON_MOST)),
        channel: read.choice("canal", Channel::from_code, Channel::Hosted),
    }
}

pub(crate) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// An amount as a form shows it, without its sign.
pub(super) fn amount(money: Money) -> String {
    money.amount_french()
}
