//! The performance of a contract, on both databases: prices, modifications, lateness, failures, the advance.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    contract::{Contract, Moves},
    execution::{AdvanceCase, Ground, Index, Refusal as No, Revision, Term},
    kernel::{
        Money, Percent, UnitPrice,
        ids::{DeliveryId, VoucherId},
        time::brussels,
    },
    refusal::Refusal,
    voucher::{Found, Refusal as VoucherNo, VoucherDraft},
};
use service::{
    Error, award,
    contract::{self, AdvanceDraft, ClaimDraft, ModificationDraft},
    on_both_databases, store,
    store::audit::Entry,
    testing::{Concluded, World, a_draft, an_approval},
    voucher::{self, DeliveryDraft},
};

fn money(text: &str) -> Money {
    Money::parse_iso(text).expect("an amount")
}

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse_iso(text).expect("a price")
}

/// 80 per cent follow the wages.
fn wages(now: &str, base: &str) -> Revision {
    let index = |text| Index::parse_iso(text).expect("an index");
    let part = |text| Percent::parse_part_iso(text).expect("a part");
    let term = Term { weight: part("0.80"), now: index(now), base: index(base) };
    Revision::new(part("0.20"), vec![term]).expect("a formula")
}

fn today(world: &World) -> NaiveDate {
    brussels(world.services.now()).date()
}

fn tomorrow(world: &World) -> NaiveDate {
    today(world) + Days::new(1)
}

async fn seen(world: &World, actor: &Actor, concluded: &Concluded) -> Contract {
    store::contracts::find(&world.services, actor.scope(), concluded.reference).await.expect("seen")
}

async fn last(world: &World, concluded: &Concluded) -> Entry {
    let contract = seen(world, &concluded.pilot().officer, concluded).await;
    world.last_audit(Stream::Tender(contract.tender)).await
}

/// The rule that said no, and the trail tells that somebody tried.
async fn refused<T: std::fmt::Debug>(world: &World, concluded: &Concluded, tried: Result<T, Error>) -> Refusal {
    assert_eq!(last(world, concluded).await.outcome, Outcome::Refused);
    match tried {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn revise(world: &World, concluded: &Concluded, version: i32, from: NaiveDate) -> Result<(), Error> {
    let (services, officer) = (&world.services, &concluded.pilot().officer);
    contract::revise(services, officer, concluded.reference, version, &wages("113.30", "110.00"), from).await
}

async fn drawn(world: &World, concluded: &Concluded) -> VoucherId {
    let draft = a_draft(&[("P-02", "1")]);
    let (services, officer) = (&world.services, &concluded.pilot().officer);
    voucher::draft(services, officer, concluded.reference, &draft).await.expect("drawn")
}

/// The pilot's allotment moves with it.
fn a_modification(world: &World, ground: Ground, amount: &str) -> ModificationDraft {
    ModificationDraft {
        ground,
        object: "Deux connecteurs de plus".to_owned(),
        amount: money(amount),
        others: Moves::new(),
        decided_on: today(world),
        number: "CCL-115".to_owned(),
        prices: None,
        reason: None,
    }
}

/// Delivered so many days after it was wanted.
async fn brought_late(world: &World, concluded: &Concluded, lines: &[(&str, &str)], days: i64) -> VoucherId {
    let (services, pilot, firm) = (&world.services, concluded.pilot(), &concluded.firm);
    let draft = VoucherDraft { wanted_on: Some(today(world)), ..a_draft(lines) };
    let id = voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    voucher::confirm(services, firm, id, 4).await.expect("accepted");
    world.hours_pass(days * 24);
    let brought = DeliveryDraft { on: today(world), note: String::new(), quantities: draft.quantities };
    voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
    id
}

async fn received(world: &World, concluded: &Concluded, id: VoucherId) -> DeliveryId {
    let pilot = concluded.pilot();
    voucher::accept(&world.services, &pilot.manager, id, 6, &Found::Whole).await.expect("received");
    world.voucher(&pilot.officer, id).await.deliveries[0].id
}

async fn delivered_late(world: &World, concluded: &Concluded, lines: &[(&str, &str)], days: i64) -> DeliveryId {
    let id = brought_late(world, concluded, lines, days).await;
    received(world, concluded, id).await
}

async fn claim(world: &World, concluded: &Concluded, version: i32, delivery: DeliveryId) -> Result<(), Error> {
    let draft = ClaimDraft { deliveries: BTreeSet::from([delivery]), award_criterion: false };
    let (services, manager) = (&world.services, &concluded.pilot().manager);
    contract::claim(services, manager, concluded.reference, version, &draft).await
}

on_both_databases! {
    async fn a_voucher_takes_the_price_of_its_day_and_says_which_version(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let officer = &concluded.pilot().officer;
        revise(&world, &concluded, 1, tomorrow(&world)).await.expect("revised");

        let before = drawn(&world, &concluded).await;
        world.hours_pass(24);
        let after = drawn(&world, &concluded).await;

        let line = async |id| world.voucher(officer, id).await.lines.remove(0);
        let (before, after) = (line(before).await, line(after).await);
        assert_eq!((before.unit_price, after.unit_price), (price("600.00"), price("614.40")));
        let concluded_on = seen(&world, officer, &concluded).await.concluded_on;
        assert_eq!((before.price_from, after.price_from), (Some(concluded_on), Some(today(&world))));
    }

    async fn a_voucher_drawn_before_a_new_price_is_neither_checked_nor_approved_before_it_is_changed(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, pilot) = (&world.services, concluded.pilot());
        let draft = a_draft(&[("P-02", "1")]);
        let drawn = drawn(&world, &concluded).await;
        let checked = world.checked_voucher(&concluded, pilot, &[("P-02", "1")]).await;
        revise(&world, &concluded, 1, tomorrow(&world)).await.expect("revised");
        world.hours_pass(24);

        let other = VoucherNo::OtherPrice {
            item: "Journée de développement".to_owned(),
            drawn: price("600.00"),
            listed: price("614.40"),
        };
        let check = voucher::check(services, &pilot.director, drawn, 1, &world.a_commitment()).await;
        assert_eq!(refused(&world, &concluded, check).await, other.clone().into());
        let approve = voucher::approve(services, &pilot.executive, checked, 2, &an_approval()).await;
        assert_eq!(refused(&world, &concluded, approve).await, other.into());

        voucher::edit(services, &pilot.officer, checked, 2, &draft).await.expect("at the prices of today");
        voucher::check(services, &pilot.director, checked, 3, &world.a_commitment()).await.expect("checked");
        voucher::approve(services, &pilot.executive, checked, 4, &an_approval()).await.expect("approved");
        assert_eq!(world.voucher(&pilot.officer, checked).await.excluding, money("614.40"));
    }

    async fn a_contract_without_a_clause_of_revision_is_not_revised(world: World) {
        let concluded = world.concluded_without_revision("100000.00").await;

        let tried = revise(&world, &concluded, 1, tomorrow(&world)).await;

        assert_eq!(refused(&world, &concluded, tried).await, No::NoRevisionClause.into());
    }

    async fn a_revision_is_kept_with_its_formula_and_the_supplier_reads_it(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        revise(&world, &concluded, 1, tomorrow(&world)).await.expect("revised");

        let contract = seen(&world, &concluded.firm, &concluded).await;

        assert_eq!(contract.formula(), Some(&wages("113.30", "110.00")));
        assert_eq!(contract.prices.last().prices["P-02"], price("614.40"));
        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.facts["coefficient"].as_str()), ("contract.revise", Some("1.024")));
    }

    async fn prices_are_not_revised_for_today_nor_by_another_formula_nor_from_an_older_page(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer) = (&world.services, &concluded.pilot().officer);

        let early = revise(&world, &concluded, 1, today(&world)).await;
        let no = No::PricesTooEarly { earliest: tomorrow(&world) };
        assert_eq!(refused(&world, &concluded, early).await, no.into());

        revise(&world, &concluded, 1, tomorrow(&world)).await.expect("revised");
        let later = tomorrow(&world) + Days::new(1);
        let stale = revise(&world, &concluded, 1, later).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let other = contract::revise(services, officer, concluded.reference, 2, &wages("115.00", "109.00"), later).await;
        assert_eq!(refused(&world, &concluded, other).await, No::OtherFormula.into());
    }

    async fn a_participant_and_the_firm_do_not_revise_prices_and_a_stranger_finds_no_contract(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let stranger = world.officer("Tournai").await;
        let (services, from) = (&world.services, tomorrow(&world));
        let tried = async |actor: &Actor| {
            contract::revise(services, actor, concluded.reference, 1, &wages("113.30", "110.00"), from).await
        };

        for actor in [&concluded.parties[1].officer, &concluded.firm] {
            assert!(matches!(tried(actor).await, Err(Error::Denied(_))));
            assert_eq!(last(&world, &concluded).await.outcome, Outcome::Denied);
        }
        assert!(matches!(tried(&stranger).await, Err(Error::NotFound)));
    }

    async fn six_thousand_more_and_five_thousand_less_pass_the_small_limit_and_need_a_reason(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer, reference) = (&world.services, &concluded.pilot().officer, concluded.reference);
        let more = a_modification(&world, Ground::Minimis, "6000.00");
        let less = a_modification(&world, Ground::Minimis, "-5000.00");
        contract::modify(services, officer, reference, 1, &more).await.expect("below the limit");

        let silent = contract::modify(services, officer, reference, 2, &less).await;
        assert_eq!(refused(&world, &concluded, silent).await, Refusal::WarningsNeedAReason);
        let reasoned = ModificationDraft { reason: Some("Avis du service juridique".to_owned()), ..less };
        contract::modify(services, officer, reference, 2, &reasoned).await.expect("with a reason");

        let told = last(&world, &concluded).await;
        assert_eq!((told.action.as_str(), told.facts["article"].as_str()), ("contract.modify", Some("38/4")));
        assert_eq!(told.facts["counted"].as_str(), Some("11000.00"));
        let contract = seen(&world, officer, &concluded).await;
        let kept = store::execution::modifications(services, contract.id).await.expect("read");
        assert_eq!(kept.iter().map(|one| one.amount).collect::<Vec<_>>(), [money("6000.00"), money("-5000.00")]);
    }

    async fn a_modification_moves_the_ceiling_and_the_allotments_and_leaves_those_of_the_conclusion(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer, reference) = (&world.services, &concluded.pilot().officer, concluded.reference);
        let other = &concluded.parties[1];
        let over = a_draft(&[("P-02", "30")]);
        let refused = voucher::draft(services, &other.officer, reference, &over).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Voucher(VoucherNo::AllotmentPassed { .. })))));

        let more = ModificationDraft {
            others: [(other.organisation.id, money("1999.99"))].into(),
            ..a_modification(&world, Ground::Minimis, "6000.00")
        };
        contract::modify(services, officer, reference, 1, &more).await.expect("modified");

        for actor in [officer, &concluded.firm] {
            let contract = seen(&world, actor, &concluded).await;
            assert_eq!((contract.ceiling, contract.initial_ceiling), (money("106000.00"), money("100000.00")));
            let shares: Vec<_> = contract.allotments.iter().map(|share| share.whole().to_iso()).collect();
            assert_eq!(shares, ["71455.63", "18568.04", "15976.33"]);
            let listed = store::contracts::list(services, actor.scope(), 0, 25).await.expect("read").0.remove(0);
            assert_eq!((listed.ceiling, &listed.allotments), (contract.ceiling, &contract.allotments));
        }
        let told = last(&world, &concluded).await;
        assert_eq!(told.facts["ceiling"]["after"].as_str(), Some("106000.00"));
        assert_eq!(told.facts["parts"].as_array().map(Vec::len), Some(2));
        voucher::draft(services, &other.officer, reference, &over).await.expect("18 000 euro fit now");
    }

    async fn a_modification_does_not_bring_a_part_below_what_is_ordered(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer, reference) = (&world.services, &concluded.pilot().officer, concluded.reference);
        let other = &concluded.parties[1];
        world.confirmed_voucher(&concluded, other, &[("P-02", "20")]).await;
        let version = seen(&world, officer, &concluded).await.version;
        let less = |amount: &str| ModificationDraft {
            others: [(other.organisation.id, money(amount))].into(),
            ..a_modification(&world, Ground::ReviewClause, amount)
        };

        let tried = contract::modify(services, officer, reference, version, &less("-4568.06")).await;
        let (participant, free) = (other.organisation.name.clone(), money("4568.05"));
        let no = No::AllotmentBelowOrders { participant, free };
        assert_eq!(refused(&world, &concluded, tried).await, no.into());
        contract::modify(services, officer, reference, version, &less("-4568.05")).await.expect("what is free");

        let contract = seen(&world, officer, &concluded).await;
        let share = contract.allotment(other.organisation.id).expect("a participant");
        assert_eq!((share.whole(), share.available()), (money("12000.00"), Money::ZERO));
        assert_eq!(contract.ceiling, money("95431.95"));
    }

    async fn a_modification_of_prices_makes_a_version(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer) = (&world.services, &concluded.pilot().officer);
        let changed = [("P-02".to_owned(), price("650.00"))].into();
        let draft = ModificationDraft {
            prices: Some((changed, tomorrow(&world))),
            ..a_modification(&world, Ground::ReviewClause, "0.00")
        };

        contract::modify(services, officer, concluded.reference, 1, &draft).await.expect("modified");

        let contract = seen(&world, officer, &concluded).await;
        let version = contract.prices.last();
        assert_eq!((version.from, version.prices["P-02"]), (tomorrow(&world), price("650.00")));
        assert_eq!((version.prices["P-01"], contract.version), (price("5000.00"), 2));
    }

    async fn forty_thousand_delivered_twenty_three_days_late_cost_nine_hundred_and_twenty_once(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, manager) = (&world.services, &concluded.pilot().manager);
        let delivery = delivered_late(&world, &concluded, &[("P-01", "2"), ("P-02", "50")], 23).await;

        let by_officer = ClaimDraft { deliveries: [delivery].into(), award_criterion: false };
        let officer = &concluded.pilot().officer;
        let denied = contract::claim(services, officer, concluded.reference, 1, &by_officer).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        claim(&world, &concluded, 1, delivery).await.expect("claimed");

        let contract = seen(&world, manager, &concluded).await;
        let claimed = store::execution::claimed(services, contract.id).await.expect("read");
        assert_eq!((claimed[0].due, claimed[0].days), (money("920.00"), 23));
        assert_eq!(last(&world, &concluded).await.action, "contract.penalise");
        let again = claim(&world, &concluded, 2, delivery).await;
        assert_eq!(refused(&world, &concluded, again).await, No::NothingLate.into());
    }

    async fn a_penalty_waits_until_the_delivery_is_received(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer) = (&world.services, &concluded.pilot().officer);
        let id = brought_late(&world, &concluded, &[("P-02", "50")], 23).await;
        let delivery = world.voucher(officer, id).await.deliveries[0].id;

        let early = claim(&world, &concluded, 1, delivery).await;
        assert_eq!(refused(&world, &concluded, early).await, No::NothingLate.into());
        let contract = seen(&world, officer, &concluded).await;
        assert!(store::execution::deliveries(services, &contract).await.expect("read").is_empty());

        received(&world, &concluded, id).await;
        claim(&world, &concluded, 1, delivery).await.expect("claimed");
    }

    async fn a_small_penalty_is_claimed_before_another_that_brings_the_contract_to_seventy_five(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let first = delivered_late(&world, &concluded, &[("P-02", "3")], 30).await;
        delivered_late(&world, &concluded, &[("P-02", "3")], 30).await;

        claim(&world, &concluded, 1, first).await.expect("claimed");

        let contract = seen(&world, &concluded.pilot().officer, &concluded).await;
        let claimed = store::execution::claimed(&world.services, contract.id).await.expect("read");
        assert_eq!(claimed.iter().map(|one| (one.delivery, one.due)).collect::<Vec<_>>(), [(first, money("54.00"))]);
    }

    async fn a_penalty_below_seventy_five_is_not_claimed_alone(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let delivery = delivered_late(&world, &concluded, &[("P-02", "3")], 30).await;

        let tried = claim(&world, &concluded, 1, delivery).await;

        assert_eq!(refused(&world, &concluded, tried).await, No::PenaltyDropped.into());
    }

    async fn the_firm_answers_a_report_of_failure_once_and_until_its_last_day(world: World) {
        let awarded = world.concluded_award("Namur").await;
        let concluded = Concluded::from(&awarded);
        let (services, reference, firm) = (&world.services, awarded.reference, &concluded.firm);
        award::ask_surety(services, &awarded.officer, reference).await.expect("asked");
        award::deposit_surety(services, &awarded.officer, reference, today(&world), "CDC-1").await.expect("deposited");
        for facts in ["Rien n’est livré", "Toujours rien"] {
            award::report_failure(services, &awarded.manager, reference, facts).await.expect("reported");
            world.hours_pass(1);
        }
        let reports = contract::failures(services, firm, reference).await.expect("read");
        let last_day = reports[0].defence.as_ref().expect("a delay").end;
        assert_eq!(reports[0].act.text.as_deref(), Some("Toujours rien"));
        let answer = async |place: usize| {
            contract::answer_failure(services, firm, reference, reports[place].report, "La livraison est prête").await
        };

        world.hours_pass((last_day - today(&world)).num_days() * 24);
        world.post().await;
        answer(0).await.expect("on the last day");
        let letters = world.post().await;
        let [letter] = &letters[..] else { panic!("the pilot alone is told: {letters:?}") };
        assert!(letter.text.contains("moyens de défense"), "{}", letter.text);
        assert!(letter.text.contains(&format!("/contrats/{reference}/manquements")), "{}", letter.text);
        let again = answer(0).await;
        assert_eq!(refused(&world, &concluded, again).await, No::Answered.into());
        world.hours_pass(24);
        let late = answer(1).await;
        assert_eq!(refused(&world, &concluded, late).await, No::DefenceOver { on: last_day }.into());

        let read = contract::failures(services, &awarded.officer, reference).await.expect("read");
        let answers: Vec<_> = read.iter().map(|one| one.answer.as_ref().map(|answer| answer.text.as_str())).collect();
        assert_eq!(answers, [Some("La livraison est prête"), None]);
    }

    async fn an_advance_counts_the_amount_and_the_months_of_the_contract_and_is_given_once(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let (services, officer, reference) = (&world.services, &concluded.pilot().officer, concluded.reference);
        let draft = AdvanceDraft {
            case: AdvanceCase::Micro,
            size_on: today(&world),
            amount: money("1000000.00"),
            months: 12,
        };

        for (wrong, no) in [
            (AdvanceDraft { case: AdvanceCase::Pnspp, ..draft.clone() }, No::AdvanceBySize),
            (AdvanceDraft { size_on: tomorrow(&world), ..draft.clone() }, No::SizeToCome { on: tomorrow(&world) }),
        ] {
            let tried = contract::give_advance(services, officer, reference, 1, &wrong).await;
            assert_eq!(refused(&world, &concluded, tried).await, no.into());
        }
        contract::give_advance(services, officer, reference, 1, &draft).await.expect("given");

        let contract = seen(&world, officer, &concluded).await;
        let given = store::execution::advance_state(services, contract.id).await.expect("read").expect("given").given;
        assert_eq!((given.amount, given.months), (money("84700.00"), 48));
        assert_eq!((given.reference, given.advance), (money("21175.00"), money("4235.00")));
        let again = contract::give_advance(services, officer, reference, 2, &draft).await;
        assert_eq!(refused(&world, &concluded, again).await, No::AdvanceGiven.into());

        delivered_late(&world, &concluded, &[("P-02", "50")], 0).await;
        let state = store::execution::advance_state(services, contract.id).await.expect("read").expect("given");
        let law = store::parameters::set(services).await.expect("the law ships");
        let off = contract::to_set_off(&law, &contract, Some(&state)).expect("an answer");
        assert_eq!((state.done, off), (money("30000.00"), money("2117.50")));
    }
}
