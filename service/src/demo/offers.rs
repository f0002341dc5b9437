//! Offers of the call that runs: some deposited, one still a draft.

use domain::{
    authz::Actor,
    kernel::{UnitPrice, reference::TenderRef},
    offer::{OfferContent, OfferLine},
};

use super::tenders::firm_member;
use crate::{Error, Services, offer};

/// For the call that still runs: two offers are deposited, one is being written.
pub(super) async fn of_the_open_call(services: &Services, reference: TenderRef) -> Result<(), Error> {
    deposited(services, reference, "Aubier Logiciels", 118_400).await?;
    deposited(services, reference, "Orneau Informatique", 124_900).await?;
    written(services, reference, "Semois Systèmes", 121_000).await.map(drop)
}

async fn deposited(services: &Services, reference: TenderRef, firm: &str, euros: i64) -> Result<(), Error> {
    let firm = written(services, reference, firm, euros).await?;
    let version = offer::own(services, &firm, reference).await?.draft.version;
    offer::submit(services, &firm, reference, version, services.now()).await.map(drop)
}

/// The amount is spread over the lines of the inventory, equally.
async fn written(services: &Services, reference: TenderRef, firm: &str, euros: i64) -> Result<Actor, Error> {
    let firm = firm_member(services, firm).await?;
    let own = offer::own(services, &firm, reference).await?;
    let count = i64::try_from(own.terms.inventory.len()).unwrap_or(1).max(1);
    let lines = own.terms.inventory.iter().map(|line| OfferLine {
        code: line.code.clone(),
        // Whole euros a unit, as people price.
        unit_price: UnitPrice::from_ten_thousandths(
            (euros / count / line.quantity.unwrap_or(100).max(1)).max(1).saturating_mul(10_000),
        ),
        vat: own.terms.vat,
    });
    let content = OfferContent {
        lines: lines.collect(),
        remark: "Nos prix comprennent la publication du code sous licence libre.".to_owned(),
    };
    offer::write(services, &firm, reference, own.draft.version, &content, services.now()).await?;
    Ok(firm)
}
