//! A concluded contract: what may be ordered on it, by whom, up to which amount.

mod advance;
mod ceiling;
mod conclusion;
mod lending;
mod line;
mod revision;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    audit::Stream,
    authz::Subject,
    central::Entitled,
    document::ClauseRef,
    kernel::{
        Money, Percent, UnitPrice,
        ids::{ContractId, OrganisationId, TenderId},
        reference::TenderRef,
        time::brussels,
    },
    ledger::{Balance, Ledger},
    price_list::PriceList,
    procedure::{Nature, Procedure},
    tender::Stage,
    voucher::Refusal,
};

pub use ceiling::Moves;
pub use conclusion::{Conclusion, ConclusionError, NewContract};
pub use lending::Lending;
pub use line::ContractLine;

/// A contract as it stands, with what was drawn on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub id: ContractId,
    pub tender: TenderId,
    /// People name a contract by the reference of its tender.
    pub reference: TenderRef,
    pub object: String,
    pub nature: Nature,
    pub procedure: Procedure,
    /// Of the adopted plan, HTVA.
    pub estimate: Money,
    /// As stored on the tender.
    pub stage: Stage,
    pub pilot: OrganisationId,
    pub pilot_name: String,
    pub supplier: OrganisationId,
    pub supplier_name: String,
    /// The total that may be ordered, HTVA (CJUE, C-23/20): reached, the contract is spent. Modifications move it.
    pub ceiling: Money,
    /// The same at the conclusion: modifications are measured by it (RGE, art. 38/4).
    pub initial_ceiling: Money,
    pub surety: Option<ContractSurety>,
    /// Rate of the surety that each order asks by itself.
    pub order_surety: Option<Percent>,
    /// Day of the notice or of the invitations: it dates the law of the payments.
    pub called_on: NaiveDate,
    pub concluded_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    /// In the order of the inventory.
    pub lines: Vec<ContractLine>,
    /// What the lines cost, from the offer on.
    pub prices: PriceList,
    /// The pilot first, then by name.
    pub allotments: Vec<Allotment>,
    /// Who orders on a framework of a central body; any other contract has no such list.
    pub entitled: Option<Entitled>,
    /// The clause versions of the adopted specification; vouchers cite them.
    pub clauses: Vec<ClauseRef>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// What the contractor deposits, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractSurety {
    pub amount: Money,
    /// Thirty days after the conclusion (RGE, art. 27).
    pub due_on: Option<NaiveDate>,
    pub deposited_on: Option<NaiveDate>,
    /// Number of the deposit at the Caisse des dépôts et consignations, or of the guarantee.
    pub reference: Option<String>,
    pub released: Money,
}

/// One participant's part of the ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotment {
    pub organisation: OrganisationId,
    pub name: String,
    /// Sums of the ledger and of the loans, HTVA.
    pub balance: Balance,
}

impl Allotment {
    /// With what it borrowed, without what it lent.
    pub fn whole(&self) -> Money {
        self.balance.whole().unwrap_or(self.balance.allotment)
    }

    /// What this participant may still order, beside its drafts.
    pub fn available(&self) -> Money {
        self.balance.available().unwrap_or(Money::ZERO).max(Money::ZERO)
    }
}

impl Contract {
    pub fn allotment(&self, organisation: OrganisationId) -> Option<&Allotment> {
        self.allotments.iter().find(|allotment| allotment.organisation == organisation)
    }

    /// Authorities that order on it.
    pub fn takes_part(&self, organisation: OrganisationId) -> bool {
        self.allotment(organisation).is_some()
    }

    pub fn line(&self, code: &str) -> Option<&ContractLine> {
        self.lines.iter().find(|line| line.code == code)
    }

    /// The price of a line on a day, HTVA, and the first day of the version that gives it.
    pub fn price(&self, line: &ContractLine, on: NaiveDate) -> (UnitPrice, NaiveDate) {
        let version = self.prices.on(on);
        version
            .and_then(|version| Some((*version.prices.get(&line.code)?, version.from)))
            .unwrap_or((line.unit_price, self.concluded_on))
    }

    /// Calendar days from the conclusion to the last day; none for a contract without one.
    pub fn delay_days(&self) -> Option<i64> {
        self.ends_on.map(|on| (on - self.concluded_on).num_days())
    }

    /// Its two levels, with all that was drawn on them.
    pub fn ledger(&self) -> Ledger {
        let balances = self.allotments.iter().map(|allotment| (allotment.organisation, allotment.balance));
        Ledger::summed(self.ceiling, balances)
    }

    /// What all participants ordered together.
    pub fn committed(&self) -> Money {
        self.ledger().committed().unwrap_or(self.ceiling)
    }

    /// What the drafts of all participants hold.
    pub fn reserved(&self) -> Money {
        self.ledger().reserved().unwrap_or(self.ceiling)
    }

    /// What may still be ordered by all together, beside their drafts.
    pub fn available(&self) -> Money {
        self.ledger().available().unwrap_or(Money::ZERO).max(Money::ZERO)
    }

    /// Orders are placed from the conclusion on, until the provisional acceptance or the last day of the contract.
    ///
    /// # Errors
    /// [`Refusal::ContractNotRunning`], or [`Refusal::ContractOver`] with its last day.
    pub fn may_order(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.runs()?;
        match self.ends_on {
            Some(on) if brussels(now).date() > on => Err(Refusal::ContractOver { on }),
            Some(_) | None => Ok(()),
        }
    }

    /// The same for one authority: on a framework of a central body it is an entitled user on this day.
    ///
    /// # Errors
    /// As [`Contract::may_order`], or [`Refusal::NotEntitled`].
    pub fn may_order_for(&self, organisation: OrganisationId, now: DateTime<Utc>) -> Result<(), Refusal> {
        if let Some(list) = &self.entitled {
            list.check(organisation, brussels(now).date())?;
        }
        self.may_order(now)
    }

    /// What was ordered in time is delivered until the provisional acceptance, also after the last day.
    ///
    /// # Errors
    /// [`Refusal::ContractNotRunning`].
    pub fn runs(&self) -> Result<(), Refusal> {
        if matches!(self.stage, Stage::Concluded | Stage::SuretyAwaited | Stage::Executing) {
            Ok(())
        } else {
            Err(Refusal::ContractNotRunning)
        }
    }
}

impl Subject for Contract {
    fn stream(&self) -> Stream {
        Stream::Tender(self.tender)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::kernel::{Percent, Quantity, UnitPrice, time::utc_from_brussels};
    use crate::specification::PriceMode;
    use uuid::Uuid;

    pub(crate) const COMMUNE: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));
    pub(crate) const FIRM: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(3));

    pub(crate) fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    pub(crate) fn quantity(text: &str) -> Quantity {
        Quantity::parse_iso(text).expect("a quantity")
    }

    pub(crate) fn at(text: &str) -> DateTime<Utc> {
        let local: chrono::NaiveDateTime = text.parse().expect("an ISO date and time");
        utc_from_brussels(local.date(), local.time()).expect("an hour that exists once")
    }

    fn line(code: &str, mode: PriceMode, known: Option<&str>, price: &str) -> ContractLine {
        ContractLine {
            code: code.to_owned(),
            item: code.to_owned(),
            unit: "jour".to_owned(),
            mode,
            quantity: known.map(quantity),
            unit_price: UnitPrice::parse_iso(price).expect("a price"),
            vat: Percent::parse_iso("21").expect("a rate"),
            ordered: Quantity::default(),
        }
    }

    /// One commune, 100 000 euro: two instalments, days, and a rate without quantity.
    pub(crate) fn contract() -> Contract {
        let lines = vec![
            line("F", PriceMode::Fixed, Some("2"), "5000.00"),
            line("P", PriceMode::Presumed, Some("10"), "600.00"),
            line("T", PriceMode::RateOnly, None, "90.00"),
        ];
        let prices = lines.iter().map(|line| (line.code.clone(), line.unit_price)).collect();
        Contract {
            id: ContractId::from_uuid(Uuid::from_u128(1)),
            tender: TenderId::from_uuid(Uuid::from_u128(1)),
            reference: TenderRef::new(2026, 1).expect("a reference"),
            object: "Guichet".to_owned(),
            nature: Nature::Services,
            procedure: Procedure::Po,
            estimate: money("100000.00"),
            stage: Stage::Executing,
            pilot: COMMUNE,
            pilot_name: "Namur".to_owned(),
            supplier: FIRM,
            supplier_name: "PME".to_owned(),
            ceiling: money("100000.00"),
            initial_ceiling: money("100000.00"),
            surety: None,
            order_surety: None,
            called_on: at("2026-09-01T10:00:00").date_naive(),
            concluded_on: at("2026-11-23T10:00:00").date_naive(),
            ends_on: Some(at("2027-11-23T10:00:00").date_naive()),
            lines,
            prices: PriceList::of_offer(at("2026-11-23T10:00:00").date_naive(), prices),
            allotments: vec![Allotment {
                organisation: COMMUNE,
                name: "Namur".to_owned(),
                balance: Balance { allotment: money("100000.00"), ..Balance::default() },
            }],
            entitled: None,
            clauses: Vec::new(),
            version: 1,
            created_at: at("2026-11-23T10:00:00"),
        }
    }

    #[test]
    fn forty_and_thirty_five_thousand_ordered_leave_twenty_five_of_a_hundred() {
        let mut contract = contract();
        contract.allotments[0].balance.committed = money("75000.00");
        let holds = |amount| contract.ledger().holds(COMMUNE, money(amount));

        assert_eq!(
            holds("30000.00"),
            Err(Refusal::CeilingPassed { asked: money("30000.00"), available: money("25000.00") })
        );
        assert_eq!(holds("25000.00"), Ok(()));
        assert!(holds("25000.01").is_err());
    }

    #[test]
    fn a_participant_stops_at_its_allotment_while_the_ceiling_has_room() {
        let mut contract = contract();
        contract.allotments[0].balance.allotment = money("10000.00");

        assert_eq!(
            contract.ledger().holds(COMMUNE, money("10000.01")),
            Err(Refusal::AllotmentPassed { asked: money("10000.01"), available: money("10000.00") })
        );
        assert_eq!(contract.ledger().holds(FIRM, money("1.00")), Err(Refusal::NotAParticipant));
    }

    #[test]
    fn orders_are_taken_on_the_last_day_and_not_on_the_next() {
        let contract = contract();
        let on = at("2027-11-23T10:00:00").date_naive();

        assert_eq!(contract.may_order(at("2027-11-23T23:59:59")), Ok(()));
        assert_eq!(contract.may_order(at("2027-11-24T00:00:00")), Err(Refusal::ContractOver { on }));
    }

    #[test]
    fn a_framework_of_a_central_body_is_ordered_on_by_its_users_alone() {
        let list = Entitled { body: FIRM, users: std::collections::BTreeMap::new() };
        let framework = Contract { entitled: Some(list), ..contract() };
        let now = at("2026-12-01T10:00:00");

        let refused = Refusal::NotEntitled(crate::central::NotEntitled::NeverAdhered);
        assert_eq!(framework.may_order_for(COMMUNE, now), Err(refused));
        assert_eq!(framework.may_order_for(FIRM, now), Ok(()));
        assert_eq!(contract().may_order_for(COMMUNE, now), Ok(()));
    }

    #[test]
    fn nothing_is_ordered_on_a_contract_that_was_ended() {
        let ended = Contract { stage: Stage::Terminated, ..contract() };

        assert_eq!(ended.may_order(at("2026-12-01T10:00:00")), Err(Refusal::ContractNotRunning));
    }
}
