//! How the price is shared.

use domain::{
    fault::Fault,
    kernel::Money,
    organisation::Role,
    share::{Fixed, Key, Rule},
    tender::Vehicle,
};
use service::{Error, on_both_databases, tender};

use crate::{a_plan, euros, found};

on_both_databases! {
    async fn a_rule_of_shares_that_cannot_be_computed_is_refused_at_its_field(world: World) {
        let pilot = world.officer("Namur").await;
        let other = world.commune("Gembloux").await;
        let plan = a_plan(Vehicle::Joint, euros(50_000));
        let reference = tender::plan(&world.services, &pilot, &plan).await.expect("planned");
        tender::invite_participant(&world.services, &pilot, reference, other.id, euros(1), "1").await.expect("invited");
        let by_population = Rule::by(Key::Population);
        let equal = Rule { fixed: Fixed::None, ..Rule::by(Key::Equal) };

        let refused = tender::set_rule(&world.services, &pilot, reference, 2, &by_population).await;
        tender::set_rule(&world.services, &pilot, reference, 2, &equal).await.expect("adopted");

        assert!(matches!(refused, Err(Error::Invalid(_))), "no population is known in this world");
        assert_eq!(found(&world, &pilot, reference).await.tender.rule, equal);
    }

    async fn the_bounds_of_the_shares_are_kept_with_the_rule(world: World) {
        let pilot = world.established("Ville de Namur", "92094", "1000000021", 12_000).await;
        let officer = world.member(&pilot, Role::ProcurementOfficer).await;
        let second = world.established("Commune de Gembloux", "92142", "1000000219", 8_500).await;
        let third = world.established("Commune de Perwez", "92200", "1000000120", 4_300).await;
        let plan = a_plan(Vehicle::Joint, euros(100_000));
        let reference = tender::plan(&world.services, &officer, &plan).await.expect("planned");
        for commune in [&second, &third] {
            tender::invite_participant(&world.services, &officer, reference, commune.id, euros(10_000), "1")
                .await
                .expect("invited");
        }
        let rule = Rule {
            key: Key::Population,
            fixed: Fixed::Amount(euros(250)),
            min: Some(euros(20_000)),
            max: Some(euros(45_000)),
        };

        tender::set_rule(&world.services, &officer, reference, 3, &rule).await.expect("set");

        let tender = found(&world, &officer, reference).await.tender;
        assert_eq!(tender.rule, rule);
        let shares: Vec<_> =
            tender.shares(tender.plan.estimate, &tender.rule).expect("shared").into_values().map(Money::to_iso).collect();
        assert_eq!(shares, ["45000.00", "35000.00", "20000.00"]);
        let impossible = Rule { min: Some(euros(40_000)), ..rule };
        let refused = tender::set_rule(&world.services, &officer, reference, 4, &impossible).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.of("cle") == Some(&Fault::Shares)));
    }
}
