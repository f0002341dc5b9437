use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use domain::{
    kernel::{
        Money, Percent, Quantity, UnitPrice,
        ids::{OrganisationId, VoucherId},
        time::brussels,
        vat::{self, VatTotals},
    },
    ledger::{Dated, Entry, Movement},
    voucher::Status,
};
use entity::{contract_line, ledger_entry, organisation, voucher, voucher_line};
use uuid::Uuid;

use super::{Copied, DAYS, Pattern, corrupt, in_turn};
use crate::{
    Error,
    store::{Tx, search_key},
};

/// Lines of one voucher.
const OF_VOUCHER: u64 = 3;

/// All vouchers of a copied contract.
pub(super) struct Drawn {
    pub(super) contract: Uuid,
    pub(super) vouchers: Vec<voucher::Model>,
    pub(super) lines: Vec<voucher_line::Model>,
    pub(super) entries: Vec<ledger_entry::Model>,
    /// The same entries for the rules.
    pub(super) dated: Vec<Dated>,
}

impl Drawn {
    /// Vouchers of so many lines in all, by each authority in turn, one after the other until today.
    pub(super) fn on(tx: &Tx, pattern: &Pattern, copied: &Copied, lines: u64) -> Result<Self, Error> {
        let mut drawn = Self {
            contract: copied.id,
            vouchers: Vec::new(),
            lines: Vec::new(),
            entries: Vec::new(),
            dated: Vec::new(),
        };
        let of_voucher = Ord::min(OF_VOUCHER, u64::try_from(pattern.lines.len()).unwrap_or(OF_VOUCHER));
        let count = lines.div_ceil(of_voucher);
        for place in 0..count {
            let many = Ord::min(of_voucher, lines - place * of_voucher);
            let authority = in_turn(&copied.authorities, place).ok_or_else(|| corrupt("there is no commune"))?;
            let minutes = DAYS.unsigned_abs() * 24 * 60 * place / count;
            let at = copied.since + TimeDelta::minutes(minutes.cast_signed());
            drawn.add(tx, (pattern, copied), authority, (place, many), at)?;
        }
        Ok(drawn)
    }

    fn add(
        &mut self,
        tx: &Tx,
        (pattern, copied): (&Pattern, &Copied),
        authority: &organisation::Model,
        (place, many): (u64, u64),
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let id = tx.next_id();
        let lines: Vec<_> = (0..many)
            .filter_map(|more| Some((more, in_turn(&pattern.lines, place + more)?)))
            .map(|(more, of)| line(id, more, of, place))
            .collect::<Option<_>>()
            .ok_or_else(|| corrupt("an amount does not fit"))?;
        let totals = vat::totals(
            lines
                .iter()
                .map(|line| (Percent::from_millionths(line.vat_millionths), Money::from_cents(line.amount_cents))),
        );
        let totals = totals.ok_or_else(|| corrupt("a total does not fit"))?;
        let committed = Ord::min(at + TimeDelta::days(2), tx.now());
        let status = status(place);
        self.move_to(tx, (id, authority.id), (status, totals.excluding), (at, committed));
        let item = lines.first().map(|line| line.item.clone()).unwrap_or_default();
        self.vouchers.push(voucher(pattern, copied, (id, authority), &item, (status, &totals), (at, committed)));
        self.lines.extend(lines);
        Ok(())
    }

    /// The entries of a voucher that has come to this status.
    fn move_to(
        &mut self,
        tx: &Tx,
        (voucher, authority): (Uuid, Uuid),
        (status, amount): (Status, Money),
        (reserved, committed): (DateTime<Utc>, DateTime<Utc>),
    ) {
        let approved = (status != Status::Draft).then_some((Movement::Commit(amount), committed));
        let released = (status == Status::Cancelled).then_some((Movement::Release(amount), committed));
        let all = [Some((Movement::Reserve(amount), reserved)), approved, released];
        for (movement, at) in all.into_iter().flatten() {
            let participant = OrganisationId::from_uuid(authority);
            let entry = Entry { participant, voucher: VoucherId::from_uuid(voucher), movement };
            self.dated.push(Dated { entry, at });
            self.entries.push(ledger_entry::Model {
                id: tx.next_id(),
                contract_id: self.contract,
                organisation_id: authority,
                voucher_id: voucher,
                kind: movement.code().to_owned(),
                amount_cents: amount.cents(),
                created_at: at,
            });
        }
    }

    /// All that an authority drew, and a quarter of it.
    pub(super) fn with_a_quarter_more(&self, authority: Uuid) -> i64 {
        let own = self.vouchers.iter().filter(|row| row.organisation_id == authority);
        own.map(|row| row.excluding_cents).sum::<i64>() * 5 / 4
    }
}

/// One in twenty is a draft, one is cancelled, three wait for the firm's answer.
fn status(place: u64) -> Status {
    match place % 20 {
        0 => Status::Draft,
        1 => Status::Cancelled,
        2..=4 => Status::Sent,
        5.. => Status::Confirmed,
    }
}

fn line(voucher_id: Uuid, position: u64, of: &contract_line::Model, place: u64) -> Option<voucher_line::Model> {
    let quantity = Quantity::from_thousandths(i64::try_from(1 + (place + position) % 8).ok()? * 1_000);
    let price = UnitPrice::from_ten_thousandths(of.unit_price_ten_thousandths);
    Some(voucher_line::Model {
        voucher_id,
        code: of.code.clone(),
        position: i32::try_from(position).ok()?,
        item: of.item.clone(),
        unit: of.unit.clone(),
        quantity_thousandths: quantity.thousandths(),
        unit_price_ten_thousandths: of.unit_price_ten_thousandths,
        price_from: None,
        vat_millionths: of.vat_millionths,
        amount_cents: price.times(quantity)?.cents(),
    })
}

fn voucher(
    pattern: &Pattern,
    copied: &Copied,
    (id, authority): (Uuid, &organisation::Model),
    item: &str,
    (status, totals): (Status, &VatTotals),
    (at, committed): (DateTime<Utc>, DateTime<Utc>),
) -> voucher::Model {
    let object = format!("{item}, {}", authority.name);
    let is_approved = status != Status::Draft;
    voucher::Model {
        id,
        contract_id: copied.id,
        organisation_id: authority.id,
        supplier_id: pattern.contract.supplier_id,
        status: status.code().to_owned(),
        year: is_approved.then(|| brussels(committed).year()),
        number: None,
        search_key: search_key(&object),
        object,
        wanted_on: None,
        excluding_cents: totals.excluding.cents(),
        vat_cents: totals.vat.cents(),
        including_cents: totals.including.cents(),
        accepted_cents: 0,
        budget_article: pattern.voucher.budget_article.clone().filter(|_| is_approved),
        sent_at: is_approved.then_some(committed),
        refusal: None,
        document: None,
        file_id: None,
        created_at: at,
        ..pattern.voucher.clone()
    }
}
