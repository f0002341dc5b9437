//! Who belongs to an organisation, and in which role.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    fault::Fault,
    kernel::ids::PersonId,
    organisation::{Organisation, Role},
    refusal::Refusal,
};
use service::{
    Error, on_both_databases, organisation,
    person::{self, Accepted, Newcomer},
    store::people,
    testing::World,
};

use crate::{EMAIL, GOOD, email, from, is, sign_in, somebody};

async fn chief_executive(world: &World, namur: &Organisation) -> Actor {
    let person = people::by_email(&world.services, EMAIL).await.expect("read").expect("known");
    Actor::member(person.id, namur.id, namur.kind, [Role::ChiefExecutive].into())
}

on_both_databases! {
    async fn somebody_invited_chooses_a_password_and_belongs(world: World) {
        let namur = somebody(&world).await;
        let actor = chief_executive(&world, &namur).await;
        organisation::invite(&world.services, &actor, namur.id, &email("luc@namur.example"), Role::FinanceDirector)
            .await
            .expect("invited");
        assert_eq!(world.last_audit(Stream::Organisation(namur.id)).await.action, "organisation.invite");
        let letters = world.post().await;
        assert!(letters[0].text.contains("Namur vous invite"), "{:?}", letters[0]);

        let newcomer = Newcomer { name: "Luc".to_owned(), password: GOOD.to_owned() };
        let accepted = person::accept_as_newcomer(&world.services, letters[0].token(), newcomer, &from()).await;

        let Ok(Accepted::Newcomer(luc)) = accepted else { panic!("a newcomer: {accepted:?}") };
        assert_eq!(sign_in(&world.services, "luc@namur.example", GOOD).await.expect("signed in"), luc);
        let memberships = people::memberships(&world.services, luc).await.expect("read");
        assert_eq!(memberships[0].roles, [Role::FinanceDirector].into());
        let told = world.last_audit(Stream::Organisation(namur.id)).await;
        assert_eq!((told.action.as_str(), told.who.as_str()), ("organisation.join", "Luc"));
        let again = person::accept(&world.services, letters[0].token(), &from()).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::LinkSpent))));
    }

    async fn somebody_with_an_account_joins_a_second_organisation_with_the_same_password(world: World) {
        somebody(&world).await;
        let gembloux = world.commune("Gembloux").await;
        let other = world.member(&gembloux, Role::ChiefExecutive).await;
        organisation::invite(&world.services, &other, gembloux.id, &email(EMAIL), Role::Evaluator).await.expect("invited");
        let letters = world.post().await;

        let accepted = person::accept(&world.services, letters[0].token(), &from()).await;

        let Ok(Accepted::Known(claire)) = accepted else { panic!("known: {accepted:?}") };
        assert_eq!(people::memberships(&world.services, claire).await.expect("read").len(), 2);
        assert!(sign_in(&world.services, EMAIL, GOOD).await.is_ok());
        let twice = organisation::invite(&world.services, &other, gembloux.id, &email(EMAIL), Role::Evaluator).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyDone))));
    }

    async fn only_some_invite_and_only_into_roles_of_their_organisation(world: World) {
        let namur = somebody(&world).await;
        let gembloux = world.commune("Gembloux").await;
        let actor = chief_executive(&world, &namur).await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let luc = email("luc@namur.example");

        let by_officer = organisation::invite(&world.services, &officer, namur.id, &luc, Role::Evaluator).await;
        let elsewhere = organisation::invite(&world.services, &actor, gembloux.id, &luc, Role::Evaluator).await;
        let of_a_firm = organisation::invite(&world.services, &actor, namur.id, &luc, Role::SmeMember).await;

        assert!(matches!(by_officer, Err(Error::Denied(_))));
        assert!(matches!(elsewhere, Err(Error::Denied(_))));
        assert!(of_a_firm.is_err_and(|error| is(&error, "role", &Fault::NotAChoice)));
        assert_eq!(world.last_audit(Stream::Organisation(gembloux.id)).await.outcome, Outcome::Denied);
        assert_eq!(world.post().await, []);
    }

    async fn a_role_is_taken_away_and_somebody_stays_who_may_invite(world: World) {
        let namur = somebody(&world).await;
        let chief = world.member(&namur, Role::ChiefExecutive).await;
        let officer = world.member(&namur, Role::ProcurementOfficer).await;
        let remove = |actor: Actor, person: PersonId, role: Role| {
            let services = world.services.clone();
            async move { organisation::remove(&services, &actor, namur.id, person, role).await }
        };

        let by_officer = remove(officer.clone(), chief.person(), Role::ChiefExecutive).await;
        remove(chief.clone(), officer.person(), Role::ProcurementOfficer).await.expect("removed");
        let twice = remove(chief.clone(), officer.person(), Role::ProcurementOfficer).await;

        assert!(matches!(by_officer, Err(Error::Denied(_))));
        assert!(matches!(twice, Err(Error::NotFound)));
        assert_eq!(people::memberships(&world.services, officer.person()).await.expect("read"), []);
        let mut last = Ok(());
        for member in people::members(&world.services, &chief).await.expect("read") {
            for role in member.roles.iter().filter(|role| Role::INVITING.contains(role)) {
                last = remove(chief.clone(), member.id, *role).await;
            }
        }
        assert!(matches!(last, Err(Error::Refused(Refusal::LastManager))), "{last:?}");
    }
}
