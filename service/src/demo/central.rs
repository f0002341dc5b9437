//! The union's framework: one commune orders on it, one waits to join it, one asks to adhere, the others do not order.

use domain::{
    central::{AccessionDraft, Audience, Fee, Offer},
    kernel::{Money, Percent, Quantity, reference::TenderRef, time::brussels},
    organisation::Role,
    tender::Organ,
    voucher::{Commitment, VoucherDraft},
};

use super::{past::Past, people::UNION, tenders::actor};
use crate::{
    Error, Services,
    central::{self, NeedDraft},
    store,
    voucher::{self, Approval},
};

/// Gembloux is a user, Wavre may become one: both are counted in the maximum before the call.
pub(super) async fn before_the_call(services: &Services, reference: TenderRef) -> Result<(), Error> {
    let officer = actor(services, UNION, Role::ProcurementOfficer).await?;
    let rate = Percent::parse_iso("0.5").map_err(|error| Error::Corrupt(error.to_string()))?;
    let offer = Offer {
        audience: Audience::Everybody,
        fee: Fee::Rate(rate),
        how:
            "Envoyez la délibération de votre conseil et la convention signée : l’adhésion est acceptée dans les cinq \
              jours ouvrables."
                .to_owned(),
    };
    central::offer(services, &officer, reference, 0, &offer).await?;
    for commune in ["Gembloux", "Wavre"] {
        adheres(services, commune).await?;
    }
    let gembloux = actor(services, "Gembloux", Role::ProcurementOfficer).await?;
    central::express_need(services, &gembloux, reference, 0, &need(4_000_000)).await?;
    let part = Money::from_cents(4_000_000);
    central::accept_user(services, &officer, reference, gembloux.organisation(), 1, part).await?;
    let wavre = actor(services, "Wavre", Role::ProcurementOfficer).await?;
    let part = Money::from_cents(2_500_000);
    central::name_user(services, &officer, reference, 1, wavre.organisation(), part).await
}

/// A few weeks into its execution.
pub(super) async fn running(past: &Past, reference: TenderRef) -> Result<(), Error> {
    let services = &past.services;
    past.days_pass(3);
    ordered(services, reference).await?;
    past.days_pass(5);
    let wavre = actor(services, "Wavre", Role::ProcurementOfficer).await?;
    central::express_need(services, &wavre, reference, 1, &need(1_800_000)).await?;
    asks(services, "Andenne").await.map(drop)
}

fn need(cents: i64) -> NeedDraft {
    NeedDraft { estimate: Money::from_cents(cents), quantity: "Quatre connecteurs".to_owned() }
}

/// Its council decided a month ago; the Region has the deliberation.
async fn asks(services: &Services, commune: &str) -> Result<domain::kernel::ids::AccessionId, Error> {
    let officer = actor(services, commune, Role::ProcurementOfficer).await?;
    let union = actor(services, UNION, Role::ProcurementOfficer).await?.organisation();
    let today = brussels(services.now()).date();
    let decided = today.checked_sub_days(chrono::Days::new(30)).unwrap_or(today);
    let draft = AccessionDraft {
        deliberated_on: decided,
        number: "2026/121".to_owned(),
        convention_on: decided,
        transmitted_on: Some(decided),
    };
    central::adhere(services, &officer, union, None, &draft, None).await
}

async fn adheres(services: &Services, commune: &str) -> Result<(), Error> {
    let id = asks(services, commune).await?;
    let officer = actor(services, UNION, Role::ProcurementOfficer).await?;
    central::accept(services, &officer, id, 1).await
}

/// Gembloux orders: drawn, checked, approved, sent.
async fn ordered(services: &Services, reference: TenderRef) -> Result<(), Error> {
    let who = async |role| actor(services, "Gembloux", role).await;
    let officer = who(Role::ProcurementOfficer).await?;
    let quantity = Quantity::parse_iso("5").map_err(|error| Error::Corrupt(error.to_string()))?;
    let draft = VoucherDraft {
        object: "Connecteur des permis, 5 journées".to_owned(),
        delivery_address: "Grand-Place 1, Gembloux".to_owned(),
        wanted_on: None,
        quantities: [("P-03".to_owned(), quantity)].into(),
    };
    let id = voucher::draft(services, &officer, reference, &draft).await?;
    let commitment = Commitment {
        article: "104/123-13".parse().map_err(|_| Error::Corrupt("article".to_owned()))?,
        credit: Money::from_cents(4_000_000),
        others: Vec::new(),
        number: "2026-002417".to_owned(),
        on: brussels(services.now()).date(),
    };
    voucher::check(services, &who(Role::FinanceDirector).await?, id, 1, &commitment).await?;
    let approval = Approval { organ: Organ::Executive, decision_number: "2026/402".to_owned(), reason: None };
    let version = store::vouchers::promised(services, id).await?.version;
    voucher::approve(services, &who(Role::Executive).await?, id, version, &approval).await?;
    let version = store::vouchers::promised(services, id).await?.version;
    voucher::send(services, &officer, id, version).await
}
