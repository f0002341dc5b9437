//! The attempts as use cases.

use chrono::NaiveDate;
use domain::{
    audit::{Outcome, Stream},
    contract::{Allotment, Contract},
    kernel::{
        Money,
        ids::{TenderId, VoucherId},
        time::brussels,
    },
    voucher::{Commitment, Found, Quantities, VoucherDraft},
};
use service::{
    Error, store,
    testing::{World, a_draft, an_approval},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use super::{
    cast::Cast,
    model::{Model, Modelled, Numbers},
    step::{AUTHORITIES, Attempt, Halves, PILOT, Post, What, Who},
};

const REASONS: &str = "Le rapport manque";
/// The pilot's officer sees all that is drawn.
const READER: Who = Who::Of(PILOT, Post::Officer);

/// One contract in the database.
pub(super) struct Driven<'a> {
    world: &'a World,
    cast: &'a Cast,
    tender: TenderId,
    ids: Vec<VoucherId>,
    /// Where its chain stood.
    row: i64,
}

impl<'a> Driven<'a> {
    pub(super) async fn on(world: &'a World, cast: &'a Cast) -> Self {
        let tender = contract(world, cast).await.tender;
        let row = world.last_audit(Stream::Tender(tender)).await.seq;
        Self { world, cast, tender, ids: Vec::new(), row }
    }

    /// The model of this contract, before anything is drawn on it.
    pub(super) async fn modelled(&self, numbers: Numbers) -> Model {
        let contract = contract(self.world, self.cast).await;
        let allotments = AUTHORITIES.map(|authority| self.share(&contract, authority).balance.allotment);
        Model { vouchers: Vec::new(), ceiling: contract.ceiling, allotments, numbers }
    }

    fn share<'c>(&self, contract: &'c Contract, authority: usize) -> &'c Allotment {
        let party = &self.cast.concluded.parties[authority];
        contract.allotment(party.organisation.id).expect("a part")
    }

    /// Does it, over the state that the model knows or an older one, and looks at the trail.
    pub(super) async fn attempt(&mut self, model: &Model, attempt: Attempt) -> (Result<(), Error>, Vec<Outcome>) {
        let done = if attempt.what == What::Draft {
            self.draw(attempt).await
        } else {
            let version = model.vouchers[attempt.voucher].version - i32::from(attempt.stale);
            Box::pin(self.apply(attempt, version)).await
        };
        let rows = store::audit::latest(&self.world.services, Stream::Tender(self.tender), 2).await;
        let before = self.row;
        let added: Vec<_> = rows.expect("the chain reads").into_iter().filter(|row| row.seq > before).collect();
        self.row = added.first().map_or(before, |row| row.seq);
        (done, added.into_iter().map(|row| row.outcome).collect())
    }

    async fn draw(&mut self, Attempt { who, halves, .. }: Attempt) -> Result<(), Error> {
        let (actor, reference) = (self.cast.actor(who), self.cast.concluded.reference);
        let draft = VoucherDraft { quantities: halves.quantities(), ..a_draft(&[]) };
        let id = voucher::draft(&self.world.services, actor, reference, &draft).await?;
        self.ids.push(id);
        Ok(())
    }

    async fn apply(&self, attempt: Attempt, version: i32) -> Result<(), Error> {
        let Attempt { what, who, halves, year, .. } = attempt;
        let (services, actor, id) = (&self.world.services, self.cast.actor(who), self.ids[attempt.voucher]);
        let today = brussels(services.now()).date();
        let quantities = halves.quantities();
        match what {
            What::Draft => Ok(()),
            What::Edit => {
                let draft = VoucherDraft { quantities, ..a_draft(&[]) };
                voucher::edit(services, actor, id, version, &draft).await
            }
            What::Check => {
                let on = NaiveDate::from_ymd_opt(i32::from(year), 1, 2).expect("a day");
                let commitment = Commitment { on, ..self.world.a_commitment() };
                voucher::check(services, actor, id, version, &commitment).await
            }
            What::Approve => voucher::approve(services, actor, id, version, &an_approval()).await.map(drop),
            What::Send => voucher::send(services, actor, id, version).await,
            What::Confirm => voucher::confirm(services, actor, id, version).await,
            What::Decline => voucher::decline(services, actor, id, version, "Non").await,
            What::Deliver => {
                let draft = DeliveryDraft { on: today, note: String::new(), quantities };
                voucher::deliver(services, actor, id, version, &draft).await
            }
            What::Accept => voucher::accept(services, actor, id, version, &Found::Whole).await,
            What::AcceptPart => {
                let found = Found::Part { quantities, reasons: REASONS.to_owned() };
                voucher::accept(services, actor, id, version, &found).await
            }
            What::Reject => {
                let found = Found::Refused { reasons: REASONS.to_owned() };
                voucher::accept(services, actor, id, version, &found).await
            }
            What::Invoice => {
                let found = self.world.voucher(self.cast.actor(READER), id).await;
                let (excluding, vat, including) = found.due().expect("it fits");
                let number = format!("F-{}-{version}", attempt.voucher);
                let draft = InvoiceDraft { number, issued_on: today, excluding, vat, including, prepaid: Money::ZERO };
                voucher::state_invoice(services, actor, id, version, &draft).await
            }
            What::Pay => voucher::pay(services, actor, id, version, today).await,
            What::Close => voucher::close(services, actor, id, version).await,
            What::Cancel => voucher::cancel(services, actor, id, version, "Erreur").await,
        }
    }

    /// A voucher, and the model's.
    pub(super) async fn agrees_on(&self, model: &Model, voucher: usize) {
        let expected = &model.vouchers[voucher];
        let found = self.world.voucher(self.cast.actor(READER), self.ids[voucher]).await;
        let Modelled { status, number, version, is_sent, .. } = *expected;
        let seen = (found.status, found.number, found.version, found.sent_at.is_some());
        assert_eq!(seen, (status, number, version, is_sent), "{expected:?}");
        let waiting = found.awaiting().map(|delivery| delivery.quantities.clone()).unwrap_or_default();
        let ordered: Quantities = found.lines.iter().map(|line| (line.code.clone(), line.quantity)).collect();
        let expected_quantities = [expected.ordered, expected.waiting, expected.accepted].map(Halves::quantities);
        assert_eq!([ordered, waiting, found.accepted()], expected_quantities, "{expected:?}");
        let due = expected.accepted.without(expected.invoiced).amount();
        assert_eq!((found.excluding, found.due().map(|due| due.0)), (expected.ordered.amount(), Some(due)));
        assert_eq!(found.held, expected.held(), "{expected:?}");
    }

    /// The figures of the contract.
    pub(super) async fn agrees(&self, model: &Model) {
        let contract = contract(self.world, self.cast).await;
        let ordered = contract.lines.iter().filter(|line| line.ordered.thousandths() > 0);
        let ordered: Quantities = ordered.map(|line| (line.code.clone(), line.ordered)).collect();
        assert_eq!((contract.committed(), ordered), (model.committed().amount(), model.committed().quantities()));
        assert!(contract.ledger().available().is_some_and(|left| !left.is_negative()));
        for authority in AUTHORITIES {
            let balance = self.share(&contract, authority).balance;
            assert_eq!(balance, model.balance(authority), "of authority {authority}");
            assert!(balance.available().is_some_and(|left| !left.is_negative()));
        }
    }

    /// The contract with each of its vouchers, and no other.
    pub(super) async fn agrees_in_all(&self, model: &Model) {
        self.agrees(model).await;
        for voucher in 0..model.vouchers.len() {
            self.agrees_on(model, voucher).await;
        }
        let (services, scope) = (&self.world.services, self.cast.actor(READER).scope());
        let contract = contract(self.world, self.cast).await.id;
        let drawn = store::vouchers::of_contract(services, scope, contract, 1_000).await.expect("read");
        assert_eq!(drawn.len(), model.vouchers.len());
    }
}

async fn contract(world: &World, cast: &Cast) -> Contract {
    let scope = cast.actor(READER).scope();
    store::contracts::find(&world.services, scope, cast.concluded.reference).await.expect("seen")
}
