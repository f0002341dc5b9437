//! Contracts, on both databases: what a conclusion makes, and who sees it.

use domain::{
    contract::Conclusion,
    kernel::{Money, Percent, UnitPrice},
    organisation::{OrganisationKind, Role},
    specification::{PriceMode, SuretyTerm, Terms},
};
use service::{Error, award, on_both_databases, store};

on_both_databases! {
    async fn a_conclusion_makes_a_contract_whose_shares_add_up_to_its_ceiling(world: World) {
        let concluded = world.concluded_contract("100000.00").await;

        let contract = store::contracts::find(&world.services, concluded.firm.scope(), concluded.reference).await.expect("found");

        assert_eq!(contract.ceiling, Money::from_cents(10_000_000));
        assert_eq!(contract.supplier_name, "Aubier Logiciels SRL");
        let shares: Vec<_> = contract.allotments.iter().map(|share| (share.name.as_str(), share.balance.allotment.cents())).collect();
        assert_eq!(shares, [("Ville de Namur", 6_745_562), ("Commune d’Andenne", 1_656_805), ("Commune de Gembloux", 1_597_633)]);
        assert_eq!(Money::total(contract.allotments.iter().map(|share| share.balance.allotment)), Some(contract.ceiling));
        assert_eq!((contract.committed(), contract.available()), (Money::ZERO, contract.ceiling));
        let prices: Vec<_> = contract.lines.iter().map(|line| (line.code.as_str(), line.mode, line.unit_price)).collect();
        assert_eq!(prices, [
            ("P-01", PriceMode::Fixed, UnitPrice::from_ten_thousandths(50_000_000)),
            ("P-02", PriceMode::Presumed, UnitPrice::from_ten_thousandths(6_000_000)),
            ("P-03", PriceMode::RateOnly, UnitPrice::from_ten_thousandths(900_000)),
            ("P-04", PriceMode::Presumed, UnitPrice::default()),
        ]);
        assert_eq!(contract.clauses.len(), 2);
        assert!(contract.ends_on > Some(contract.concluded_on));
    }

    async fn a_framework_has_a_surety_on_its_estimate_and_none_where_its_award_is_below_fifty_thousand(world: World) {
        let awarded = world.concluded_award("Namur").await;
        let gathered = award::gather(&world.services, awarded.officer.scope(), awarded.reference).await.expect("found");
        let money = |text| Money::parse_iso(text).expect("an amount");
        let maximum = Some(money("300000.00"));
        let terms = Terms { surety: SuretyTerm::OfFramework, maximum, ..gathered.terms.clone() };
        let mut tender = gathered.view.tender.clone();
        tender.plan.estimate = money("200000.00");
        let asked = |terms: &Terms, price: &str| {
            let mut offer = gathered.examination.of(gathered.file.award.as_ref().expect("an award").offer).expect("the winner").content.clone();
            offer.lines[0].unit_price = UnitPrice::parse_iso(price).expect("a price");
            let conclusion = Conclusion {
                supplier: awarded.firms[0].0.id,
                terms,
                offer: &offer,
                clauses: Vec::new(),
                concluded_on: gathered.file.called_on,
                called_on: gathered.file.called_on,
            };
            let made = conclusion.of(&tender, &gathered.law).expect("a contract");
            (made.ceiling.to_iso(), made.surety.map(Money::to_iso), made.order_surety)
        };

        let ceiling = "300000.00".to_owned();
        assert_eq!(asked(&terms, "120000.00"), (ceiling.clone(), Some("6000.00".to_owned()), None));
        assert_eq!(asked(&terms, "50000.00"), (ceiling.clone(), Some("6000.00".to_owned()), None));
        assert_eq!(asked(&terms, "49999.99"), (ceiling.clone(), None, None));
        let rate = Percent::parse_iso("5").expect("a rate");
        let per_order = Terms { surety: SuretyTerm::PerOrder(rate), ..terms.clone() };
        assert_eq!(asked(&per_order, "120000.00"), (ceiling, None, Some(rate)), "each order asks its own");
    }

    async fn a_contract_is_seen_by_its_participants_and_its_supplier_alone(world: World) {
        let concluded = world.concluded_contract("100000.00").await;
        let stranger = world.officer("Tournai").await;
        let rival = world.organisation(OrganisationKind::Sme, "Autre SRL").await;
        let rival = world.member(&rival, Role::SmeMember).await;

        for actor in concluded.parties.iter().map(|party| &party.manager).chain([&concluded.firm]) {
            store::contracts::find(&world.services, actor.scope(), concluded.reference).await.expect("seen");
            let (list, count) = store::contracts::list(&world.services, actor.scope(), 0, 25).await.expect("read");
            assert_eq!((list.len(), count), (1, 1));
        }
        for actor in [&stranger, &rival] {
            let found = store::contracts::find(&world.services, actor.scope(), concluded.reference).await;
            assert!(matches!(found, Err(Error::NotFound)));
            assert_eq!(store::contracts::list(&world.services, actor.scope(), 0, 25).await.expect("read").1, 0);
        }
    }
}
