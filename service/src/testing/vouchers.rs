use domain::{
    authz::Actor,
    kernel::{Money, Quantity, ids::VoucherId, time::brussels},
    tender::Organ,
    voucher::{Commitment, Quantities, Voucher, VoucherDraft},
};

use crate::{
    store,
    testing::{Concluded, Party, World},
    voucher::{self, Approval},
};

/// Quantities by code of line, `("P-02", "2.5")`.
pub fn quantities(pairs: &[(&str, &str)]) -> Quantities {
    let quantity = |text: &str| Quantity::parse_iso(text).expect("a quantity");
    pairs.iter().map(|(code, text)| ((*code).to_owned(), quantity(text))).collect()
}

/// What an officer types.
pub fn a_draft(pairs: &[(&str, &str)]) -> VoucherDraft {
    VoucherDraft {
        object: "Connecteur de l’état civil".to_owned(),
        delivery_address: "Hôtel de Ville 1, 5000 Namur".to_owned(),
        wanted_on: None,
        quantities: quantities(pairs),
    }
}

/// What an executive types.
pub fn an_approval() -> Approval {
    Approval {
        organ: Organ::Executive,
        decision_number: "CCL-114".to_owned(),
        reason: Some("Avis favorable du 20 novembre 2026".to_owned()),
    }
}

impl World {
    /// Who has the credit for it, committed today.
    pub fn a_commitment(&self) -> Commitment {
        Commitment {
            article: "104/123-13".parse().expect("an article"),
            credit: Money::from_cents(50_000_000),
            others: Vec::new(),
            number: "2026-001874".to_owned(),
            on: brussels(self.services.now()).date(),
        }
    }

    /// The voucher as this actor sees it.
    pub async fn voucher(&self, actor: &Actor, id: VoucherId) -> Voucher {
        store::vouchers::find(&self.services, actor.scope(), id).await.expect("seen")
    }

    /// Drawn and checked by this party; it waits for its approval.
    pub async fn checked_voucher(&self, concluded: &Concluded, party: &Party, lines: &[(&str, &str)]) -> VoucherId {
        let services = &self.services;
        let id = voucher::draft(services, &party.officer, concluded.reference, &a_draft(lines)).await.expect("drawn");
        voucher::check(services, &party.director, id, 1, &self.a_commitment()).await.expect("checked");
        id
    }

    /// Approved, sent, accepted by the supplier.
    pub async fn confirmed_voucher(&self, concluded: &Concluded, party: &Party, lines: &[(&str, &str)]) -> VoucherId {
        let services = &self.services;
        let id = self.checked_voucher(concluded, party, lines).await;
        voucher::approve(services, &party.executive, id, 2, &an_approval()).await.expect("approved");
        voucher::send(services, &party.officer, id, 3).await.expect("sent");
        voucher::confirm(services, &concluded.firm, id, 4).await.expect("accepted");
        id
    }
}
