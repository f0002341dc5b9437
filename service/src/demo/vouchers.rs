//! Order vouchers at every stage of their road, on the contract of the demo that runs.

use domain::{
    authz::Actor,
    execution::{Ground, Index, Revision, Term},
    kernel::{Money, Percent, Quantity, ids::VoucherId, reference::TenderRef, time::brussels},
    organisation::{OrganisationKind, Role},
    tender::Organ,
    voucher::{BudgetShare, Commitment, Found, Quantities, VoucherDraft},
};

use super::{
    past::Past,
    tenders::{actor, firm_member},
};
use crate::{
    Error, Services,
    contract::{self, LoanDraft, ModificationDraft, Way},
    store,
    voucher::{self, Approval, DeliveryDraft, InvoiceDraft},
};

const SUPPLIER: &str = "Aubier Logiciels";

/// The contract is that of Namur, Gembloux and Perwez, a few weeks into its execution; a day passes between two vouchers.
pub(super) async fn fill(past: &Past, reference: TenderRef) -> Result<(), Error> {
    let services = &past.services;
    let road = Road { services, reference, firm: firm_member(services, SUPPLIER).await? };

    let paid = road.confirmed("Namur", "Analyse et dossier d’architecture", &[("P-01", "1")]).await?;
    past.days_pass(4);
    road.closed("Namur", paid, "AL-2026-041").await?;
    let part = road.confirmed("Namur", "Connecteur de l’état civil, 5 journées", &[("P-03", "5")]).await?;
    past.days_pass(3);
    road.partly_accepted("Namur", part).await?;
    let invoiced = road.confirmed("Namur", "Maintenance, premier semestre", &[("P-08", "6")]).await?;
    past.days_pass(2);
    road.invoiced("Namur", invoiced, "AL-2026-044").await?;
    let delivered = road.confirmed("Gembloux", "Reprise des données de Gembloux", &[("P-05", "1")]).await?;
    past.days_pass(2);
    road.delivered(delivered, &[("P-05", "1")]).await?;
    others_at_rest(past, &road).await?;
    road.lends("Namur", "Gembloux").await?;
    road.modified("Namur").await?;
    road.revised("Namur").await?;
    road.declined("Perwez", "Accompagnement des agents, 2 journées", &[("P-06", "2")]).await?;
    past.days_pass(1);
    road.sent("Namur", "Prise de rendez-vous, 15 journées", &[("P-03", "12"), ("P-04", "3")]).await?;
    road.split("Namur", "Formation des guichetiers, 4 journées", &[("P-06", "4")]).await?;
    road.drawn("Gembloux", "Formulaires de l’urbanisme, 10 journées", &[("P-03", "10")]).await.map(drop)
}

/// What waits for an act of the authority or of the firm, or was given up, at Gembloux and Perwez.
async fn others_at_rest(past: &Past, road: &Road<'_>) -> Result<(), Error> {
    let paid = road.confirmed("Gembloux", "Hébergement, premier trimestre", &[("P-07", "3")]).await?;
    past.days_pass(1);
    road.paid("Gembloux", paid, "AL-2026-045").await?;
    let accepted = road.confirmed("Gembloux", "Accompagnement des agents, 3 journées", &[("P-06", "3")]).await?;
    road.accepted("Gembloux", accepted).await?;
    let rejected = road.confirmed("Perwez", "Maquettes du guichet, 2 journées", &[("P-04", "2")]).await?;
    past.days_pass(1);
    road.rejected("Perwez", rejected, &[("P-04", "2")]).await?;
    let part = road.confirmed("Perwez", "Hébergement, premier semestre", &[("P-07", "6")]).await?;
    road.delivered(part, &[("P-07", "2")]).await?;
    past.days_pass(1);
    road.cancelled("Perwez", "Démarches de l’état civil, 4 journées", &[("P-03", "4")]).await?;
    road.confirmed("Gembloux", "Connecteur de la population, 4 journées", &[("P-03", "4")]).await?;
    road.approved("Gembloux", "Assistance à la réversibilité, 2 journées", &[("P-09", "2")]).await.map(drop)
}

/// The people of the demo, at work on one contract.
struct Road<'a> {
    services: &'a Services,
    reference: TenderRef,
    firm: Actor,
}

impl Road<'_> {
    async fn who(&self, commune: &str, role: Role) -> Result<Actor, Error> {
        actor(self.services, commune, role).await
    }

    /// Proposed and agreed to by the lender; it waits for the borrower.
    async fn lends(&self, lender: &str, borrower: &str) -> Result<(), Error> {
        let other = self.who(borrower, Role::ProcurementOfficer).await?.organisation();
        let draft = LoanDraft { other, way: Way::Lend, amount: Money::from_cents(150_000) };
        let officer = self.who(lender, Role::ProcurementOfficer).await?;
        let id = contract::propose_loan(self.services, &officer, self.reference, None, &draft).await?;
        let executive = self.who(lender, Role::Executive).await?;
        contract::agree_to_loan(self.services, &executive, self.reference, id, 1).await
    }

    /// A modification of small value.
    async fn modified(&self, pilot: &str) -> Result<(), Error> {
        let officer = self.who(pilot, Role::ProcurementOfficer).await?;
        let draft = ModificationDraft {
            ground: Ground::Minimis,
            object: "Audit d’accessibilité du guichet".to_owned(),
            amount: Money::from_cents(240_000),
            others: [(self.who("Perwez", Role::ProcurementOfficer).await?.organisation(), Money::from_cents(90_000))]
                .into(),
            decided_on: brussels(self.services.now()).date(),
            number: "CCL-131".to_owned(),
            prices: None,
            reason: None,
        };
        let version = self.contract_version(&officer).await?;
        contract::modify(self.services, &officer, self.reference, version, &draft).await
    }

    /// The prices of the year to come, by the formula of the specification.
    async fn revised(&self, pilot: &str) -> Result<(), Error> {
        const DAYS: chrono::Days = chrono::Days::new(300);
        let officer = self.who(pilot, Role::ProcurementOfficer).await?;
        let corrupt = || Error::Corrupt("formula".to_owned());
        let index = |text| Index::parse_iso(text).map_err(|_| corrupt());
        let weight = Percent::from_millionths(80_000_000);
        let term = Term { weight, now: index("113.30")?, base: index("110.00")? };
        let formula = Revision::new(Percent::from_millionths(20_000_000), vec![term]).map_err(|_| corrupt())?;
        let from = brussels(self.services.now()).date() + DAYS;
        let version = self.contract_version(&officer).await?;
        contract::revise(self.services, &officer, self.reference, version, &formula, from).await
    }

    async fn contract_version(&self, actor: &Actor) -> Result<i32, Error> {
        Ok(store::contracts::find(self.services, actor.scope(), self.reference).await?.version)
    }

    async fn version(&self, id: VoucherId) -> Result<i32, Error> {
        Ok(store::vouchers::promised(self.services, id).await?.version)
    }

    async fn drawn(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        let officer = self.who(commune, Role::ProcurementOfficer).await?;
        let there = store::organisations::by_name(self.services, OrganisationKind::Commune, commune).await?;
        let draft = VoucherDraft {
            object: object.to_owned(),
            delivery_address: there.address.unwrap_or_default(),
            wanted_on: brussels(self.services.now()).date().checked_add_days(chrono::Days::new(30)),
            quantities: quantities(lines)?,
        };
        voucher::draft(self.services, &officer, self.reference, &draft).await
    }

    async fn checked(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        self.charged(commune, object, lines, Vec::new()).await
    }

    /// Checked; another article bears a part.
    async fn split(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        let article = "421/123-13".parse().map_err(|_| Error::Corrupt("article".to_owned()))?;
        let (amount, credit) = (Money::from_cents(50_000), Money::from_cents(1_200_000));
        self.charged(commune, object, lines, vec![BudgetShare { article, amount, credit }]).await
    }

    async fn charged(
        &self,
        commune: &str,
        object: &str,
        lines: &[(&str, &str)],
        others: Vec<BudgetShare>,
    ) -> Result<VoucherId, Error> {
        let id = self.drawn(commune, object, lines).await?;
        let director = self.who(commune, Role::FinanceDirector).await?;
        let commitment = Commitment {
            article: "104/123-13".parse().map_err(|_| Error::Corrupt("article".to_owned()))?,
            credit: Money::from_cents(6_400_000),
            others,
            number: "2026-001874".to_owned(),
            on: brussels(self.services.now()).date(),
        };
        voucher::check(self.services, &director, id, self.version(id).await?, &commitment).await?;
        Ok(id)
    }

    async fn approved(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        let id = self.checked(commune, object, lines).await?;
        let executive = self.who(commune, Role::Executive).await?;
        let approval = Approval { organ: Organ::Executive, decision_number: "2026/318".to_owned(), reason: None };
        voucher::approve(self.services, &executive, id, self.version(id).await?, &approval).await?;
        Ok(id)
    }

    async fn sent(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        let id = self.approved(commune, object, lines).await?;
        let officer = self.who(commune, Role::ProcurementOfficer).await?;
        voucher::send(self.services, &officer, id, self.version(id).await?).await?;
        Ok(id)
    }

    async fn declined(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<(), Error> {
        let id = self.sent(commune, object, lines).await?;
        let reason = "Aucun formateur n’est libre avant mars.";
        voucher::decline(self.services, &self.firm, id, self.version(id).await?, reason).await
    }

    async fn cancelled(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<(), Error> {
        let id = self.sent(commune, object, lines).await?;
        let officer = self.who(commune, Role::ProcurementOfficer).await?;
        let reason = "Ces démarches sont reprises dans une autre commande.";
        voucher::cancel(self.services, &officer, id, self.version(id).await?, reason).await
    }

    async fn confirmed(&self, commune: &str, object: &str, lines: &[(&str, &str)]) -> Result<VoucherId, Error> {
        let id = self.sent(commune, object, lines).await?;
        voucher::confirm(self.services, &self.firm, id, self.version(id).await?).await?;
        Ok(id)
    }

    async fn delivered(&self, id: VoucherId, lines: &[(&str, &str)]) -> Result<(), Error> {
        let on = brussels(self.services.now()).date();
        let draft = DeliveryDraft { on, note: "BL-118".to_owned(), quantities: quantities(lines)? };
        voucher::deliver(self.services, &self.firm, id, self.version(id).await?, &draft).await
    }

    async fn partly_accepted(&self, commune: &str, id: VoucherId) -> Result<(), Error> {
        self.delivered(id, &[("P-03", "4")]).await?;
        let manager = self.who(commune, Role::ContractManager).await?;
        let found = Found::Part {
            quantities: quantities(&[("P-03", "3")])?,
            reasons: "Le rapport de la quatrième journée n’est pas joint.".to_owned(),
        };
        voucher::accept(self.services, &manager, id, self.version(id).await?, &found).await
    }

    async fn rejected(&self, commune: &str, id: VoucherId, lines: &[(&str, &str)]) -> Result<(), Error> {
        self.delivered(id, lines).await?;
        let manager = self.who(commune, Role::ContractManager).await?;
        let refused =
            Found::Refused { reasons: "Les maquettes livrées ne couvrent pas le parcours de paiement.".to_owned() };
        voucher::accept(self.services, &manager, id, self.version(id).await?, &refused).await
    }

    /// All that was ordered is delivered and accepted.
    async fn accepted(&self, commune: &str, id: VoucherId) -> Result<(), Error> {
        let ordered: Vec<_> = store::vouchers::promised(self.services, id).await?.lines;
        let ordered: Vec<_> = ordered.iter().map(|line| (line.code.as_str(), line.quantity.to_iso())).collect();
        let lines: Vec<_> = ordered.iter().map(|(code, quantity)| (*code, quantity.as_str())).collect();
        self.delivered(id, &lines).await?;
        let manager = self.who(commune, Role::ContractManager).await?;
        voucher::accept(self.services, &manager, id, self.version(id).await?, &Found::Whole).await
    }

    async fn invoiced(&self, commune: &str, id: VoucherId, number: &str) -> Result<(), Error> {
        self.accepted(commune, id).await?;
        let due = store::vouchers::promised(self.services, id).await?.due();
        let (excluding, vat, including) = due.ok_or_else(|| Error::Corrupt("amounts".to_owned()))?;
        let issued_on = brussels(self.services.now()).date();
        let draft =
            InvoiceDraft { number: number.to_owned(), issued_on, excluding, vat, including, prepaid: Money::ZERO };
        voucher::state_invoice(self.services, &self.firm, id, self.version(id).await?, &draft).await
    }

    async fn paid(&self, commune: &str, id: VoucherId, number: &str) -> Result<(), Error> {
        self.invoiced(commune, id, number).await?;
        let director = self.who(commune, Role::FinanceDirector).await?;
        let on = brussels(self.services.now()).date();
        voucher::pay(self.services, &director, id, self.version(id).await?, on).await
    }

    async fn closed(&self, commune: &str, id: VoucherId, number: &str) -> Result<(), Error> {
        self.paid(commune, id, number).await?;
        let officer = self.who(commune, Role::ProcurementOfficer).await?;
        voucher::close(self.services, &officer, id, self.version(id).await?).await
    }
}

fn quantities(lines: &[(&str, &str)]) -> Result<Quantities, Error> {
    let read = |(code, text): &(&str, &str)| {
        let quantity = Quantity::parse_iso(text).map_err(|error| Error::Corrupt(error.to_string()))?;
        Ok(((*code).to_owned(), quantity))
    };
    lines.iter().map(read).collect()
}
