//! The coordinator's opinion, which nobody has to ask.

use domain::{
    authz::Actor,
    organisation::{OrganisationKind, Role},
    refusal::Refusal,
    tender::{ActKind, OpinionResult, Stage},
};
use service::{
    Error, call, on_both_databases, store,
    tender::{self, Opinion},
    testing::a_call,
};

use crate::found;

on_both_databases! {
    async fn a_coordinator_advises_once_asked_and_never_decides(world: World) {
        let adopted = world.adopted_tender("Namur").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        let coordinator = world.member(&union, Role::Coordinator).await;
        let services = &world.services;
        let give = async |actor: &Actor| {
            let opinion = Opinion { result: OpinionResult::FavourableWithRemarks, text: "Préciser la licence".to_owned() };
            tender::give_coordinator_opinion(services, actor, adopted.reference, &opinion).await
        };

        let too_early = give(&coordinator).await;
        let not_hers = tender::ask_coordinator(services, &coordinator, adopted.reference).await;
        tender::ask_coordinator(services, &adopted.officer, adopted.reference).await.expect("asked");
        let not_theirs = give(&adopted.officer).await;
        give(&coordinator).await.expect("given");
        let twice = give(&coordinator).await;

        assert!(matches!(too_early, Err(Error::Refused(Refusal::Step { from: Stage::Adopted, .. }))));
        assert!(matches!(not_hers, Err(Error::Denied(_))));
        assert!(matches!(not_theirs, Err(Error::Denied(_))));
        assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyDone))));
        let tender = found(&world, &adopted.officer, adopted.reference).await.tender;
        assert_eq!(tender.stage, Stage::CoordinatorOpinion);
        let acts = store::acts::of_tender(services, tender.id).await.expect("listed");
        let kinds: Vec<_> = acts.iter().map(|act| act.kind).collect();
        assert_eq!(kinds, [ActKind::Adoption, ActKind::CoordinatorAsked, ActKind::CoordinatorOpinion]);
    }

    async fn the_call_does_not_wait_for_the_coordinator(world: World) {
        let adopted = world.adopted_tender("Namur").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        tender::ask_coordinator(&world.services, &adopted.officer, adopted.reference).await.expect("asked");

        call::publish(&world.services, &adopted.officer, adopted.reference, &a_call([firm.id])).await.expect("published");

        assert_eq!(found(&world, &adopted.officer, adopted.reference).await.tender.stage, Stage::Called);
    }
}
