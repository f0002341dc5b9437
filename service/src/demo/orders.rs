//! Vouchers of the demo's running contract, one for each state that waits for somebody.

use domain::{
    authz::Actor,
    kernel::{Money, Quantity, ids::VoucherId, reference::TenderRef, time::brussels},
    organisation::Role,
    voucher::{Commitment, Quantities, Verdict, VoucherDraft},
};

use super::{
    past::Past,
    tenders::{actor, firm_member},
};
use crate::{
    Error, store,
    voucher::{self, AcceptanceDraft, Approval, DeliveryDraft, InvoiceDraft},
};

/// How far a voucher has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    Drawn,
    Checked,
    Sent,
    Confirmed,
    Delivered,
    Accepted,
    Invoiced,
    Paid,
}

/// One voucher.
pub(super) struct Order {
    pub(super) commune: &'static str,
    pub(super) object: &'static str,
    pub(super) lines: &'static [(&'static str, i64)],
    pub(super) until: Until,
}

impl Order {
    /// Walks the voucher to its state, a day or more between two steps.
    pub(super) async fn walk(&self, past: &Past, reference: TenderRef, supplier: &str) -> Result<(), Error> {
        let services = &past.services;
        let officer = actor(services, self.commune, Role::ProcurementOfficer).await?;
        let firm = firm_member(services, supplier).await?;
        let id = voucher::draft(services, &officer, reference, &self.draft()).await?;
        if self.until >= Until::Checked {
            let director = actor(services, self.commune, Role::FinanceDirector).await?;
            voucher::check(services, &director, id, version(past, &officer, id).await?, &commitment(past)?).await?;
        }
        if self.until >= Until::Sent {
            past.days_pass(1);
            let executive = actor(services, self.commune, Role::Executive).await?;
            let approval =
                Approval { organ: "executive".to_owned(), decision_number: "2026/1302".to_owned(), reason: None };
            voucher::approve(services, &executive, id, version(past, &officer, id).await?, &approval).await?;
            voucher::send(services, &officer, id, version(past, &officer, id).await?).await?;
        }
        if self.until >= Until::Confirmed {
            voucher::confirm(services, &firm, id, version(past, &officer, id).await?).await?;
        }
        if self.until >= Until::Delivered {
            past.days_pass(2);
            let delivery = DeliveryDraft {
                on: brussels(services.now()).date(),
                note: "Livré et documenté dans le dépôt commun.".to_owned(),
                quantities: self.quantities(),
            };
            voucher::deliver(services, &firm, id, version(past, &officer, id).await?, &delivery).await?;
        }
        if self.until >= Until::Accepted {
            let manager = actor(services, self.commune, Role::ContractManager).await?;
            let whole = AcceptanceDraft { verdict: Verdict::Whole, quantities: Quantities::new(), reasons: None };
            voucher::accept(services, &manager, id, version(past, &officer, id).await?, &whole).await?;
        }
        if self.until >= Until::Invoiced {
            self.invoice(past, &firm, id).await?;
        }
        if self.until >= Until::Paid {
            past.days_pass(3);
            let director = actor(services, self.commune, Role::FinanceDirector).await?;
            let today = brussels(services.now()).date();
            voucher::pay(services, &director, id, version(past, &officer, id).await?, today).await?;
        }
        Ok(())
    }

    async fn invoice(&self, past: &Past, firm: &Actor, id: VoucherId) -> Result<(), Error> {
        let voucher = store::vouchers::find(&past.services, firm.scope(), id).await?;
        let (excluding, vat, including) = voucher.due().ok_or_else(|| Error::Corrupt("nothing is due".to_owned()))?;
        let number = voucher.number.map_or_else(String::new, |number| number.to_string().replace("BC", "F"));
        let issued_on = brussels(past.services.now()).date();
        let draft = InvoiceDraft { number, issued_on, excluding, vat, including };
        voucher::state_invoice(&past.services, firm, id, voucher.version, &draft).await
    }

    fn draft(&self) -> VoucherDraft {
        VoucherDraft {
            object: self.object.to_owned(),
            delivery_address: format!("Administration communale, {}", self.commune),
            wanted_on: None,
            quantities: self.quantities(),
        }
    }

    fn quantities(&self) -> Quantities {
        let units = |count: i64| Quantity::from_thousandths(count * 1_000);
        self.lines.iter().map(|(code, count)| ((*code).to_owned(), units(*count))).collect()
    }
}

async fn version(past: &Past, reader: &Actor, id: VoucherId) -> Result<i32, Error> {
    store::vouchers::find(&past.services, reader.scope(), id).await.map(|voucher| voucher.version)
}

fn commitment(past: &Past) -> Result<Commitment, Error> {
    Ok(Commitment {
        article: "104/123-13".parse().map_err(|_| Error::Corrupt("article".to_owned()))?,
        credit: Money::from_cents(6_000_000),
        number: "2026-001874".to_owned(),
        on: brussels(past.services.now()).date(),
    })
}
