//! The specification, on both databases: answers, conflicts, editions.

use domain::{
    audit::{Outcome, Stream},
    authz::Scope,
    organisation::{OrganisationKind, Role},
    refusal::Refusal,
    specification::Wanted,
    tender::{Plan, Stage, Vehicle},
};
use service::{
    Error, call, on_both_databases, specification,
    store::{self, specifications::Answers},
    tender,
    testing::{Joint, World, a_call, an_adoption, example_answers, quiet_plan},
};
use sha2::{Digest, Sha256};

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect()
}

async fn save(world: &World, joint: &Joint, version: i32, typed: &Answers) -> Result<(), Error> {
    specification::save_answers(&world.services, &joint.officer, joint.reference, version, typed).await
}

async fn stream(world: &World, joint: &Joint) -> Stream {
    let view = store::tenders::find(&world.services, joint.officer.scope(), joint.reference).await.expect("found");
    Stream::Tender(view.tender.id)
}

fn sha256(bytes: &[u8]) -> String {
    store::audit::hex(&Sha256::digest(bytes))
}

on_both_databases! {
    async fn answers_are_kept_over_those_of_their_version(world: World) {
        let joint = world.tender_in_drafting().await;

        save(&world, &joint, 0, &answers(&[("duree", "48"), ("arrondissement", "Namur")])).await.expect("saved");
        save(&world, &joint, 1, &answers(&[("duree", ""), ("contexte", "un\n\nautre")])).await.expect("saved again");

        let read = specification::read(&world.services, joint.officer.scope(), joint.reference).await.expect("read");
        assert_eq!(read.draft.answers, answers(&[("arrondissement", "Namur"), ("contexte", "un\n\nautre")]));
        assert_eq!(read.draft.version, 2);
    }

    async fn the_second_of_two_agents_is_told_and_nothing_is_overwritten(world: World) {
        let joint = world.tender_in_drafting().await;
        save(&world, &joint, 0, &answers(&[("duree", "48")])).await.expect("saved");
        save(&world, &joint, 1, &answers(&[("duree", "36")])).await.expect("the first saves");

        let second = save(&world, &joint, 1, &answers(&[("duree", "24")])).await;

        assert!(matches!(second, Err(Error::Stale)));
        let read = specification::read(&world.services, joint.officer.scope(), joint.reference).await.expect("read");
        assert_eq!(read.draft.answers.get("duree").map(String::as_str), Some("36"));
    }

    async fn a_complete_specification_is_adopted_as_an_edition_that_keeps_its_hash(world: World) {
        let joint = world.tender_in_drafting().await;
        save(&world, &joint, 0, &example_answers()).await.expect("saved");
        let (_, composition) =
            specification::preview(&world.services, &joint.officer, joint.reference).await.expect("composed");
        assert_eq!((composition.missing, composition.unsettled), (Vec::new(), Vec::new()));

        tender::adopt(&world.services, &joint.council, joint.reference, &an_adoption()).await.expect("adopted");

        let read = specification::read(&world.services, joint.officer.scope(), joint.reference).await.expect("read");
        let (edition, file) = read.editions.first().expect("an edition");
        assert_eq!((read.view.tender.stage, edition.number), (Stage::Adopted, 1));
        assert!(edition.pages > 30 && !edition.clauses.is_empty());
        let sent = specification::edition(&world.services, joint.others[0].scope(), joint.reference, 1)
            .await
            .expect("a participant downloads it");
        assert_eq!(sha256(&sent.bytes), file.sha256);
        let current = specification::pdf(&world.services, joint.officer.scope(), joint.reference).await.expect("sent");
        assert_eq!(current.bytes, sent.bytes);
        let adopted = read.adopted(&world.services).await.expect("read").expect("adopted");
        assert!(!adopted.draft && adopted.reference == joint.reference.to_string());
    }

    async fn adopting_with_holes_is_refused_and_recorded(world: World) {
        let joint = world.tender_in_drafting().await;
        let mut holed = example_answers();
        holed.remove("duree");
        save(&world, &joint, 0, &holed).await.expect("saved");

        let adopted = tender::adopt(&world.services, &joint.council, joint.reference, &an_adoption()).await;

        assert!(
            matches!(adopted, Err(Error::Refused(Refusal::SpecificationIncomplete { missing })) if missing > 0),
            "{adopted:?}"
        );
        let told = world.last_audit(stream(&world, &joint).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("tender.adopt", Outcome::Refused));
        let read = specification::read(&world.services, joint.officer.scope(), joint.reference).await.expect("read");
        assert_eq!((read.view.tender.stage, read.editions), (Stage::Drafting, Vec::new()));
    }

    async fn an_answer_that_cannot_be_read_is_kept_and_blocks_the_adoption(world: World) {
        let joint = world.tender_in_drafting().await;
        let mut wrong = example_answers();
        wrong.insert("duree".to_owned(), "quatre ans".to_owned());
        save(&world, &joint, 0, &wrong).await.expect("saved");

        let (_, composition) =
            specification::preview(&world.services, &joint.officer, joint.reference).await.expect("composed");

        let wanted: Vec<_> = composition.missing.into_iter().map(|missing| missing.wanted).collect();
        assert_eq!(wanted, [Wanted::Question("duree".to_owned())]);
    }

    async fn nothing_is_answered_before_the_drafting_nor_after_the_adoption(world: World) {
        let joint = world.tender_with_adhesions().await;
        let typed = answers(&[("duree", "48")]);
        let early = save(&world, &joint, 0, &typed).await;
        tender::start_drafting(&world.services, &joint.officer, joint.reference).await.expect("opened");
        save(&world, &joint, 0, &example_answers()).await.expect("saved");
        tender::adopt(&world.services, &joint.council, joint.reference, &an_adoption()).await.expect("adopted");

        let late = save(&world, &joint, 1, &typed).await;

        assert!(matches!(early, Err(Error::Refused(Refusal::NotDrafting))));
        assert!(matches!(late, Err(Error::Refused(Refusal::ConditionsAdopted))));
    }

    async fn a_participant_reads_and_may_not_write(world: World) {
        let joint = world.tender_in_drafting().await;
        let [gembloux, _] = &joint.others;

        let written = specification::save_answers(
            &world.services, gembloux, joint.reference, 0, &answers(&[("duree", "48")]),
        )
        .await;

        assert!(matches!(written, Err(Error::Denied(_))));
        let told = world.last_audit(stream(&world, &joint).await).await;
        assert_eq!((told.action.as_str(), told.outcome), ("specification.draft", Outcome::Denied));
        assert!(specification::read(&world.services, gembloux.scope(), joint.reference).await.is_ok());
    }

    async fn a_stranger_a_firm_and_a_visitor_find_nothing(world: World) {
        let joint = world.tender_in_drafting().await;
        let stranger = world.officer("Ciney").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let firm = world.member(&firm, Role::SmeMember).await;

        for scope in [stranger.scope(), firm.scope(), Scope::VISITOR] {
            let read = specification::read(&world.services, scope, joint.reference).await;
            let draft = specification::pdf(&world.services, scope, joint.reference).await;
            let edition = specification::edition(&world.services, scope, joint.reference, 1).await;
            assert!(matches!(read, Err(Error::NotFound)));
            assert!(matches!(draft, Err(Error::NotFound)));
            assert!(matches!(edition, Err(Error::NotFound)));
        }
        let typed = answers(&[("duree", "48")]);
        let written = specification::save_answers(&world.services, &stranger, joint.reference, 0, &typed).await;
        assert!(matches!(written, Err(Error::NotFound)));
    }

    async fn the_same_answers_give_the_same_bytes(world: World) {
        let joint = world.tender_in_drafting().await;
        save(&world, &joint, 0, &example_answers()).await.expect("saved");
        let scope = joint.officer.scope();

        let first = specification::pdf(&world.services, scope, joint.reference).await.expect("painted");
        let second = specification::pdf(&world.services, scope, joint.reference).await.expect("painted");
        save(&world, &joint, 1, &answers(&[("duree", "36")])).await.expect("saved");
        let changed = specification::pdf(&world.services, scope, joint.reference).await.expect("painted");

        assert_eq!(first.bytes, second.bytes);
        assert_eq!(sha256(&first.bytes), first.sha256);
        assert_ne!(first.sha256, changed.sha256);
    }

    async fn the_form_of_the_contract_is_answered_and_read_by_the_clauses(world: World) {
        let joint = world.tender_in_drafting().await;
        let form = answers(&[
            ("marche_prix", "global"),
            ("marche_cadre", "oui"),
            ("marche_maximum", "600 000"),
            ("marche_lots", "1 | Guichet | Dépôt et suivi\n2 | Hébergement | Exploitation"),
        ]);
        save(&world, &joint, 0, &form).await.expect("saved");

        let read = specification::read(&world.services, joint.officer.scope(), joint.reference).await.expect("read");

        assert_eq!(read.facts.price_form.code(), "global");
        assert_eq!(read.facts.framework.as_ref().map(|framework| framework.maximum.as_str()), Some("600\u{202f}000,00\u{a0}€"));
        let titles: Vec<_> = read.facts.lots.iter().map(|lot| lot.title.as_str()).collect();
        assert_eq!(titles, ["Guichet", "Hébergement"]);
        assert!(read.facts.participants.iter().all(|participant| !participant.bce.is_empty()));
    }

    async fn a_central_purchasing_body_walks_from_the_need_to_the_call(world: World) {
        let pilot = world.commune("Namur").await;
        let plan = Plan { vehicle: Vehicle::Central, ..quiet_plan("Guichet citoyen") };

        let central = world.adopted_by(&pilot, plan).await;
        let (_, composition) =
            specification::preview(&world.services, &central.officer, central.reference).await.expect("composed");
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        call::publish(&world.services, &central.officer, central.reference, &a_call([firm.id])).await.expect("published");

        let text = format!("{:?}", composition.document);
        assert!(text.contains("centrale d’achat"), "{text}");
        assert!(!text.contains("marché conjoint occasionnel"), "a joint tender is another thing");
    }
}
