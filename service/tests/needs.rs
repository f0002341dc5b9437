//! Needs, on both databases.

use domain::{
    audit::{Outcome, Stream},
    kernel::money::Money,
    need::{NeedDraft, ShareDraft},
    organisation::{OrganisationKind, Role},
    refusal::Refusal,
};
use service::{Error, need, on_both_databases, store};

fn a_counter() -> NeedDraft {
    NeedDraft {
        object: "Guichet citoyen".to_owned(),
        description: "Un guichet en logiciel libre".to_owned(),
        cpv: "72212000".to_owned(),
        nature: "services".to_owned(),
        estimate: Money::from_cents(12_800_000),
        quantity: "1".to_owned(),
        wanted_on: None,
    }
}

fn a_share() -> ShareDraft {
    ShareDraft { estimate: Money::from_cents(100), quantity: "1".to_owned(), remark: String::new() }
}

on_both_databases! {
    async fn an_officer_describes_a_need_and_the_trail_tells_it(world: World) {
        let officer = world.officer("Namur").await;

        let id = need::describe(&world.services, &officer, &a_counter()).await.expect("described");

        let found = store::needs::find(&world.services, officer.scope(), id).await.expect("found");
        assert_eq!(found.need.draft, a_counter());
        let told = world.last_audit(Stream::Organisation(officer.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.describe", Outcome::Done));
        assert_eq!(store::audit::first_broken(&world.services).await.expect("verified"), None);
    }

    async fn a_finance_director_may_not_describe_a_need_and_the_attempt_is_recorded(world: World) {
        let namur = world.commune("Namur").await;
        let director = world.member(&namur, Role::FinanceDirector).await;

        let denied = need::describe(&world.services, &director, &a_counter()).await;

        assert!(matches!(denied, Err(Error::Denied(_))));
        let told = world.last_audit(Stream::Organisation(namur.id)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.describe", Outcome::Denied));
        assert_eq!(store::needs::list(&world.services, director.scope()).await.expect("listed"), []);
    }

    async fn a_firm_does_not_see_a_need(world: World) {
        let officer = world.officer("Namur").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let member = world.member(&firm, Role::SmeMember).await;
        let id = need::describe(&world.services, &officer, &a_counter()).await.expect("described");

        let joined = need::join(&world.services, &member, id, &a_share()).await;

        assert!(matches!(joined, Err(Error::NotFound)));
        assert_eq!(store::needs::list(&world.services, member.scope()).await.expect("listed"), []);
    }

    async fn joining_twice_is_refused_and_recorded(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let id = need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        need::join(&world.services, &gembloux, id, &a_share()).await.expect("joined");

        let again = need::join(&world.services, &gembloux, id, &a_share()).await;

        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyDone))));
        let told = world.last_audit(Stream::Organisation(namur.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.join", Outcome::Refused));
    }
}
