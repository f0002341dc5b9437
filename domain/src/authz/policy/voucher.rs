//! Order vouchers, from their drawing to their payment. Author, approver, receiver and payer are told apart by refusals.

use crate::{
    authz::{Action, Actor},
    contract::Contract,
    kernel::ids::OrganisationId,
    organisation::Role,
    voucher::Voucher,
};

declare! {
    /// Draw a voucher on a contract, for one's own authority. Of a framework of a central body everybody may ask: its list
    /// of users says no with the reason.
    DraftVoucher on Contract, "voucher.draft":
        |actor, contract| {
            let is_offered = contract.entitled.is_some() && actor.kind().is_contracting_authority();
            (contract.takes_part(actor.organisation()) || is_offered) && actor.holds(Role::ProcurementOfficer)
        };
    /// Change it until it is approved.
    EditVoucher on Voucher, "voucher.edit": |actor, voucher| orders(actor, voucher, &[Role::ProcurementOfficer]);
    /// Declare article, credit and commitment.
    CheckVoucher on Voucher, "voucher.check": |actor, voucher| orders(actor, voucher, &[Role::FinanceDirector]);
    /// Approve it: the executive, or its delegate (CDLD, art. L1222-3 and L1222-4).
    ApproveVoucher on Voucher, "voucher.approve":
        |actor, voucher| orders(actor, voucher, &[Role::Executive, Role::ChiefExecutive]);
    /// Send it to the supplier.
    SendVoucher on Voucher, "voucher.send": |actor, voucher| sends_vouchers_of(actor, voucher.organisation);
    /// Accept it or refuse it.
    AnswerVoucher on Voucher, "voucher.answer": |actor, voucher| supplies(actor, voucher);
    /// State a delivery.
    DeliverVoucher on Voucher, "voucher.deliver": |actor, voucher| supplies(actor, voucher);
    /// Record the surety that the firm deposited for an order.
    KeepOrderSurety on Voucher, "voucher.surety":
        |actor, voucher| orders(actor, voucher, &[Role::ContractManager, Role::ProcurementOfficer]);
    /// Accept a delivery in whole or part, or refuse it.
    AcceptDelivery on Voucher, "voucher.accept":
        |actor, voucher| orders(actor, voucher, &[Role::ContractManager, Role::ProcurementOfficer]);
    /// State an invoice.
    InvoiceVoucher on Voucher, "voucher.invoice": |actor, voucher| supplies(actor, voucher);
    /// Bring the file of an invoice: the firm, or the finance office that received it.
    ReceiveInvoice on Voucher, "voucher.receive_invoice":
        |actor, voucher| supplies(actor, voucher) || orders(actor, voucher, &[Role::FinanceDirector]);
    /// Compare an invoice that waits once more, or refuse it.
    JudgeInvoice on Voucher, "voucher.judge_invoice":
        |actor, voucher| orders(actor, voucher, &[Role::FinanceDirector]);
    /// Mark it paid.
    PayVoucher on Voucher, "voucher.pay": |actor, voucher| orders(actor, voucher, &[Role::FinanceDirector]);
    /// Close it: what was not delivered goes back to the allotment.
    CloseVoucher on Voucher, "voucher.close": |actor, voucher| orders(actor, voucher, &[Role::ProcurementOfficer]);
    /// Cancel it.
    CancelVoucher on Voucher, "voucher.cancel":
        |actor, voucher| orders(actor, voucher, &[Role::ProcurementOfficer, Role::Executive]);
}

/// Does this actor send the approved vouchers of this authority?
pub fn sends_vouchers_of(actor: &Actor, organisation: OrganisationId) -> bool {
    organisation == actor.organisation() && actor.holds(Role::ProcurementOfficer)
}

fn orders(actor: &Actor, voucher: &Voucher, roles: &[Role]) -> bool {
    voucher.organisation == actor.organisation() && actor.holds_any(roles)
}

fn supplies(actor: &Actor, voucher: &Voucher) -> bool {
    voucher.contract.supplier == actor.organisation() && actor.holds(Role::SmeMember)
}
