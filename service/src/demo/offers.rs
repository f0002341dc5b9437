//! Offers of the demo: some deposited, one still a draft; a call whose hour has passed, and one whose offers are open.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    kernel::{UnitPrice, reference::TenderRef},
    offer::{OfferContent, OfferLine},
    organisation::Role,
};

use super::tenders::{actor, adopted_by, firm_member, published};
use crate::{Error, Services, offer};

/// How long ago the older calls went out.
const AGO_DAYS: i64 = 40;

/// For the call that still runs: two offers are deposited, one is being written.
pub(super) async fn of_the_open_call(services: &Services, reference: TenderRef) -> Result<(), Error> {
    deposited(services, reference, "Aubier Logiciels", 118_400).await?;
    deposited(services, reference, "Orneau Informatique", 124_900).await?;
    written(services, reference, "Semois Systèmes", 121_000).await.map(drop)
}

/// The demo's clock goes back, two calls go out, their hour passes, one is opened; then the clock is where it was.
pub(super) async fn of_the_past(services: &Services) -> Result<(), Error> {
    let Some(clock) = services.demo_clock() else { return Ok(()) };
    let ago = TimeDelta::days(AGO_DAYS);
    clock.shift(-ago);
    let calls = calls(services).await;
    clock.shift(ago);
    let opened = calls?;

    let officer = actor(services, "Perwez", Role::ProcurementOfficer).await?;
    let other = actor(services, "Ciney", Role::ProcurementOfficer).await?;
    offer::attend(services, &officer, opened).await?;
    offer::open(services, &other, opened).await
}

async fn calls(services: &Services) -> Result<TenderRef, Error> {
    let firms = ["Aubier Logiciels", "Orneau Informatique", "Lesse Libre"];
    let waiting = adopted_by(services, "Gembloux", "Réservation de salles", 8_900_000, &["Andenne"]).await?;
    published(services, "Gembloux", waiting, 21, &firms).await?;
    let opened = adopted_by(services, "Perwez", "Gestion des festivités", 7_800_000, &["Ciney"]).await?;
    published(services, "Perwez", opened, 21, &firms).await?;
    for (firm, euros) in firms.into_iter().zip([84_200, 79_500, 91_300]) {
        deposited(services, waiting, firm, euros).await?;
        deposited(services, opened, firm, euros - 9_000).await?;
    }
    Ok(opened)
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
