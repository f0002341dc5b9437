//! The offers of the demo's firms: prices on the inventory of the example, and what a jury thinks of them.

use domain::{
    authz::Actor,
    kernel::{Percent, UnitPrice, reference::TenderRef},
    offer::{OfferContent, OfferLine},
    specification::PriceLine,
};

use crate::{Error, Services, offer};

/// A firm and its offer.
pub(super) struct Bid {
    pub(super) firm: &'static str,
    /// Per cent of the usual prices.
    pub(super) level: i64,
    /// Points of the jury, in hundredths, per criterion of quality.
    pub(super) quality: [i64; 3],
}

/// Three firms; the dearest but one wins by its quality.
pub(super) const THREE: [Bid; 3] = [
    Bid { firm: "Aubier Logiciels", level: 100, quality: [22_00, 18_00, 14_00] },
    Bid { firm: "Orneau Informatique", level: 92, quality: [17_00, 14_00, 9_00] },
    Bid { firm: "Semois Systèmes", level: 107, quality: [20_00, 17_00, 12_50] },
];

/// Two firms, for a small tender.
pub(super) const TWO: [Bid; 2] = [
    Bid { firm: "Lesse Libre", level: 98, quality: [21_00, 16_00, 14_50] },
    Bid { firm: "Burdinale Code", level: 104, quality: [19_50, 17_00, 11_00] },
];

/// Usual unit prices of the inventory of the example, in cents, line after line.
const USUAL_CENTS: [i64; 10] = [850_000, 2_100_000, 42_000, 48_000, 190_000, 39_000, 5_500, 26_000, 45_000, 7_500];

/// Writes the offer and deposits it, now; `part` is the size of the tender, in per cent of the example.
pub(super) async fn deposit(
    services: &Services,
    member: &Actor,
    reference: TenderRef,
    bid: &Bid,
    part: i64,
) -> Result<(), Error> {
    let own = offer::own(services, member, reference).await?;
    let content = OfferContent { lines: lines(&own.terms.inventory, bid.level * part)?, remark: String::new() };
    let now = services.now();
    offer::write(services, member, reference, own.draft.version, &content, now).await?;
    offer::submit(services, member, reference, own.draft.version + 1, now).await.map(drop)
}

/// `level`: in ten-thousandths of the usual prices.
fn lines(inventory: &[PriceLine], level: i64) -> Result<Vec<OfferLine>, Error> {
    let vat = Percent::parse_iso("21").map_err(|error| Error::Corrupt(error.to_string()))?;
    let lines = inventory.iter().zip(USUAL_CENTS).map(|(line, cents)| OfferLine {
        code: line.code.clone(),
        // Whole cents: a price list of days is not written to the hundredth of a cent.
        unit_price: UnitPrice::from_ten_thousandths(cents * level / 10_000 * 100),
        vat,
    });
    Ok(lines.collect())
}
