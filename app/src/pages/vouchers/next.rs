//! The next action of a voucher: what, by whom, until when, and the page where it is done.

use chrono::NaiveDate;
use domain::{
    authz::{
        AcceptDelivery, Action, Actor, AnswerVoucher, ApproveVoucher, CancelVoucher, CheckVoucher, CloseVoucher,
        DeliverVoucher, InvoiceVoucher, PayVoucher, SendVoucher,
    },
    organisation::Role,
    voucher::{Status, Step, Voucher},
};
use service::{
    Error,
    store::{
        received_invoices,
        vouchers::{self, Filter},
    },
};

use super::PATH;
use crate::pages::{Cx, tenders::Next, words::t};

/// One voucher that waits for this actor.
pub(crate) struct Task {
    pub(crate) reference: String,
    pub(crate) object: String,
    pub(crate) next: Next,
}

/// How many vouchers the home page looks at, from the oldest on; as many paid ones.
const MOST: u64 = 200;

/// What waits for this actor, in what they may do. The paid ones are read apart: many that nobody closes hide no other.
pub(crate) async fn tasks(cx: &Cx) -> Result<Vec<Task>, Error> {
    let actor = cx.actor()?.clone();
    let (paid, others): (Vec<_>, Vec<_>) = statuses(&actor).into_iter().partition(|status| *status == Status::Paid);
    let mut found = Vec::new();
    for statuses in [others, paid].into_iter().filter(|statuses| !statuses.is_empty()) {
        let organisation = actor.kind().is_contracting_authority().then(|| actor.organisation());
        let filter = Filter { statuses, organisation, per_page: MOST, ..Filter::default() };
        found.extend(vouchers::oldest(cx.services(), cx.scope(), &filter).await?);
    }
    let mut tasks = Vec::new();
    for listed in found {
        let voucher = vouchers::find(cx.services(), cx.scope(), listed.id).await?;
        let reference = voucher.number.map_or_else(|| listed.contract.to_string(), |number| number.to_string());
        let waiting = [Some(next(&voucher, &actor)), invoice_too(&voucher, &actor)];
        tasks.extend(waiting.into_iter().flatten().filter(|next| next.link.is_some()).map(|next| Task {
            reference: reference.clone(),
            object: voucher.object.clone(),
            next,
        }));
    }
    tasks.extend(invoices(cx, &actor).await?);
    Ok(tasks)
}

/// Invoices that are not as ordered or accepted wait for the finance director.
async fn invoices(cx: &Cx, actor: &Actor) -> Result<Vec<Task>, Error> {
    if !actor.holds(Role::FinanceDirector) {
        return Ok(Vec::new());
    }
    let mut tasks = Vec::new();
    for (id, invoice) in received_invoices::waiting(cx.services(), actor.organisation(), MOST).await? {
        let voucher = vouchers::find(cx.services(), cx.scope(), id).await?;
        let link = (format!("{PATH}/{id}/factures/{invoice}"), t!(invoice.decide));
        tasks.push(Task {
            reference: voucher.number.map_or_else(String::new, |number| number.to_string()),
            next: Next {
                what: t!(invoice.next_decide).to_owned(),
                who: t!(next.finance_director, organisation = voucher.organisation_name),
                until: None,
                link: Some(link),
            },
            object: voucher.object,
        });
    }
    Ok(tasks)
}

/// Beside the delivery of the rest: what was accepted so far is invoiced.
fn invoice_too(voucher: &Voucher, actor: &Actor) -> Option<Next> {
    let is_partly_there = matches!(voucher.status, Status::Rejected | Status::PartlyAccepted | Status::Paid)
        && voucher.is_to_be_delivered();
    let may_invoice = InvoiceVoucher::permits(actor, voucher) && voucher.contract.runs().is_ok();
    (is_partly_there && is_due(voucher) && may_invoice).then(|| Next {
        what: t!(voucher.next_invoice).to_owned(),
        who: voucher.contract.supplier_name.clone(),
        until: None,
        link: Some((format!("{PATH}/{}/facture", voucher.id), t!(voucher.invoice))),
    })
}

/// Something is accepted and not invoiced.
fn is_due(voucher: &Voucher) -> bool {
    voucher.due().is_some_and(|(_, _, including)| including.is_positive())
}

/// At which statuses a voucher may wait for somebody with these roles.
fn statuses(actor: &Actor) -> Vec<Status> {
    let of = |role: Role| -> &'static [Status] {
        match role {
            Role::FinanceDirector => &[Status::Draft, Status::Invoiced],
            Role::Executive | Role::ChiefExecutive => &[Status::Checked],
            Role::ProcurementOfficer => {
                &[Status::Approved, Status::PartlyDelivered, Status::Delivered, Status::Accepted, Status::Paid]
            }
            Role::ContractManager => &[Status::PartlyDelivered, Status::Delivered],
            Role::SmeMember => &[
                Status::Sent,
                Status::Confirmed,
                Status::Rejected,
                Status::PartlyAccepted,
                Status::Accepted,
                Status::Paid,
            ],
            Role::Council | Role::Coordinator | Role::Evaluator | Role::Auditor | Role::PlatformAdministrator => &[],
        }
    };
    actor.roles().iter().flat_map(|role| of(*role)).copied().collect()
}

pub(super) fn next(voucher: &Voucher, actor: &Actor) -> Next {
    if let Some(next) = wound_up(voucher, actor) {
        return next;
    }
    let (authority, supplier) = (&voucher.organisation_name, &voucher.contract.supplier_name);
    let officer = || t!(next.officer, organisation = authority);
    let director = || t!(next.finance_director, organisation = authority);
    let firm = || supplier.clone();
    let at = |page: &str, word: &'static str| Some((format!("{PATH}/{}/{page}", voucher.id), word));
    let here = |word: &'static str| Some((format!("{PATH}/{}", voucher.id), word));
    let (what, who, until, link) = match voucher.status {
        Status::Draft => {
            let link = at("controle", t!(voucher.check)).filter(|_| CheckVoucher::permits(actor, voucher));
            (t!(voucher.next_check), director(), None, link)
        }
        Status::Checked => {
            let link = at("approbation", t!(voucher.approve)).filter(|_| ApproveVoucher::permits(actor, voucher));
            (t!(voucher.next_approve), t!(voucher.executive_of, organisation = authority), None, link)
        }
        Status::Approved => {
            let link = here(t!(voucher.send)).filter(|_| SendVoucher::permits(actor, voucher));
            (t!(voucher.next_send), officer(), None, link)
        }
        Status::Sent => {
            let link = at("reponse", t!(voucher.answer)).filter(|_| AnswerVoucher::permits(actor, voucher));
            (t!(voucher.next_answer), firm(), None, link)
        }
        Status::Accepted | Status::Paid if is_due(voucher) && !voucher.is_to_be_delivered() => {
            let link = at("facture", t!(voucher.invoice)).filter(|_| InvoiceVoucher::permits(actor, voucher));
            (t!(voucher.next_invoice), firm(), None, link)
        }
        Status::Paid if !voucher.is_to_be_delivered() => {
            let link = here(t!(voucher.close)).filter(|_| CloseVoucher::permits(actor, voucher));
            (t!(voucher.next_close), officer(), None, link)
        }
        Status::Confirmed | Status::Rejected | Status::PartlyAccepted | Status::Paid => {
            let link = at("livraison", t!(voucher.deliver)).filter(|_| DeliverVoucher::permits(actor, voucher));
            (t!(voucher.next_deliver), firm(), voucher.wanted_on, link)
        }
        Status::PartlyDelivered | Status::Delivered => {
            let link = at("reception", t!(voucher.accept)).filter(|_| AcceptDelivery::permits(actor, voucher));
            (t!(voucher.next_accept), t!(voucher.manager_of, organisation = authority), None, link)
        }
        Status::Accepted => {
            let link = here(t!(voucher.close)).filter(|_| CloseVoucher::permits(actor, voucher));
            (t!(voucher.next_close), officer(), None, link)
        }
        Status::Invoiced => {
            let link = at("paiement", t!(voucher.pay)).filter(|_| PayVoucher::permits(actor, voucher));
            (t!(voucher.next_pay), director(), due(voucher), link)
        }
        Status::Closed | Status::Declined | Status::Cancelled => (t!(voucher.next_nothing), String::new(), None, None),
    };
    Next { what: what.to_owned(), who, until, link }
}

/// What is left to do with a voucher whose contract ended under it: it is cancelled, or what was accepted is invoiced and
/// paid, and it is closed.
fn wound_up(voucher: &Voucher, actor: &Actor) -> Option<Next> {
    voucher.contract.runs().err()?;
    let at = |page: &str, word: &'static str| (format!("{PATH}/{}{page}", voucher.id), word);
    let (what, who, link) = if voucher.may_cancel().is_ok() {
        let link = CancelVoucher::permits(actor, voucher).then(|| at("/annulation", t!(voucher.cancel)));
        (t!(voucher.next_cancel), t!(next.officer, organisation = voucher.organisation_name), link)
    } else if voucher.may_close().is_ok() {
        let link = CloseVoucher::permits(actor, voucher).then(|| at("", t!(voucher.close)));
        (t!(voucher.next_close), t!(next.officer, organisation = voucher.organisation_name), link)
    } else if voucher.after(Step::Invoice).is_ok() {
        let link = InvoiceVoucher::permits(actor, voucher).then(|| at("/facture", t!(voucher.invoice)));
        (t!(voucher.next_invoice), voucher.contract.supplier_name.clone(), link)
    } else {
        return None;
    };
    Some(Next { what: what.to_owned(), who, until: None, link })
}

fn due(voucher: &Voucher) -> Option<NaiveDate> {
    voucher.unpaid().and_then(|invoice| invoice.due_on)
}
