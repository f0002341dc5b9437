//! The first page of each role: what waits for it, what ends soon, its files with their stage.

use domain::{
    authz::Actor,
    kernel::{Money, reference::TenderRef},
    organisation::{Organisation, OrganisationKind, Role},
    tender::{OpinionResult, Vehicle},
};
use service::{
    call::{self, QuestionDraft},
    specification, tender,
    testing::{Adopted, a_call, example_answers},
};

use crate::site::{Browser, Site};

async fn home(site: &Site, actor: &Actor) -> String {
    let browser = site.signed_in(actor).await;
    let answer = site.get(&browser, "/").await;
    answer.assert_page();
    answer.read()
}

async fn member(site: &Site, organisation: &Organisation, role: Role) -> Actor {
    site.world.member(organisation, role).await
}

/// A tender of this organisation, its specification complete.
async fn drafting(site: &Site, organisation: &Organisation) -> (Actor, TenderRef) {
    let officer = member(site, organisation, Role::ProcurementOfficer).await;
    let reference = site.tender_of(&officer).await;
    let services = &site.world.services;
    tender::start_drafting(services, &officer, reference).await.expect("drafting");
    let mut answers = example_answers();
    answers.insert("pnspp_motif".to_owned(), "La dépense n’atteint pas le montant fixé.".to_owned());
    specification::save_answers(services, &officer, reference, 0, &answers).await.expect("answered");
    (officer, reference)
}

/// A call that ends in twelve days, to which one firm is invited.
async fn called(site: &Site) -> (Adopted, Actor) {
    let adopted = site.world.adopted_tender("Namur").await;
    let firm = site.world.organisation(OrganisationKind::Sme, "PME A").await;
    let manager = member(site, &firm, Role::SmeMember).await;
    site.world.now_is("2026-12-09 09:00");
    let services = &site.world.services;
    call::publish(services, &adopted.officer, adopted.reference, &a_call([firm.id])).await.expect("published");
    (adopted, manager)
}

#[tokio::test]
async fn the_home_of_an_officer_shows_what_waits_what_ends_and_the_files() {
    let site = Site::open().await;
    let (adopted, firm) = called(&site).await;
    let question = QuestionDraft { article: None, text: "Quel hébergement ?".to_owned() };
    call::ask(&site.world.services, &firm, adopted.reference, &question).await.expect("asked");

    let page = home(&site, &adopted.officer).await;

    for text in ["Répondre à 1 question", "Fin des questions à 11:00", "Clôture du dépôt à 11:00", "Dans 12 jours"]
    {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(page.contains("Décrire un besoin") && page.contains("Appel en cours"), "{page}");
}

#[tokio::test]
async fn the_home_of_a_finance_director_shows_the_opinions_to_give_with_their_last_day() {
    let site = Site::open().await;
    let namur = site.world.established("Namur", "92094", "1000000021", 114_000).await;
    let director = member(&site, &namur, Role::FinanceDirector).await;
    let before = home(&site, &director).await;
    let (officer, reference) = drafting(&site, &namur).await;
    tender::ask_opinion(&site.world.services, &officer, reference).await.expect("asked");

    let page = home(&site, &director).await;

    assert!(before.contains("Les avis de légalité que votre organisation vous demande paraîtront ici"), "{before}");
    assert!(page.contains("une chose vous attend") && page.contains("Rendre l’avis de légalité"), "{page}");
    assert!(page.contains("class=\"day\"><b>"), "the last day of the delay stands beside it\n{page}");
    assert!(!page.contains("Décrire un besoin"), "an officer does that");
}

#[tokio::test]
async fn the_home_of_an_officer_asks_again_for_an_opinion_on_a_file_that_changed() {
    let site = Site::open().await;
    let namur = site.world.established("Namur", "92094", "1000000021", 114_000).await;
    let (officer, reference) = drafting(&site, &namur).await;
    tender::ask_opinion(&site.world.services, &officer, reference).await.expect("asked");
    let before = home(&site, &officer).await;
    let answers = example_answers();
    specification::save_answers(&site.world.services, &officer, reference, 1, &answers).await.expect("answered");

    let page = home(&site, &officer).await;
    let browser = site.signed_in(&officer).await;
    let record = site.get(&browser, &format!("/marches/{reference}")).await;

    assert!(!before.contains("Redemander l’avis de légalité"), "{before}");
    assert!(page.contains("Redemander l’avis de légalité"), "{page}");
    assert!(record.read().contains("Redemander l’avis de légalité") && !record.read().contains("Ouvrir le dossier"));
}

#[tokio::test]
async fn the_homes_of_council_and_executive_show_what_they_decide() {
    let site = Site::open().await;
    let namur = site.world.established("Namur", "92094", "1000000021", 114_000).await;
    let (officer, reference) = drafting(&site, &namur).await;
    let services = &site.world.services;
    tender::ask_opinion(services, &officer, reference).await.expect("asked");
    let director = member(&site, &namur, Role::FinanceDirector).await;
    let opinion = tender::Opinion { result: OpinionResult::Favourable, text: "Crédits inscrits".to_owned() };
    tender::give_opinion(services, &director, reference, &opinion).await.expect("given");

    for role in [Role::Council, Role::Executive] {
        let page = home(&site, &member(&site, &namur, role).await).await;
        assert!(page.contains("une chose vous attend") && page.contains("Adopter les conditions du marché"), "{page}");
    }
    let done = home(&site, &director).await;
    assert!(done.contains("rien ne vous attend") && done.contains(&reference.to_string()), "the file is still listed");
}

#[tokio::test]
async fn the_home_of_a_chief_executive_shows_the_invitation_to_answer() {
    let site = Site::open().await;
    let pilot = site.world.officer("Namur").await;
    let gembloux = site.world.commune("Gembloux").await;
    let chief = member(&site, &gembloux, Role::ChiefExecutive).await;
    let services = &site.world.services;
    let reference = site.tender_as(&pilot, Vehicle::Joint).await;
    let need = Money::from_cents(1_000_000);
    tender::invite_participant(services, &pilot, reference, gembloux.id, need, "1").await.expect("invited");

    let page = home(&site, &chief).await;

    assert!(page.contains("Joindre la délibération et répondre à l’invitation"), "{page}");
    assert!(page.contains(&format!("/marches/{reference}/adhesion")));
}

#[tokio::test]
async fn the_home_of_a_coordinator_shows_the_opinions_that_communes_ask() {
    let site = Site::open().await;
    let union = site.world.organisation(OrganisationKind::Union, "UVCW").await;
    let coordinator = member(&site, &union, Role::Coordinator).await;
    let adopted = site.world.adopted_tender("Namur").await;
    let before = home(&site, &coordinator).await;
    tender::ask_coordinator(&site.world.services, &adopted.officer, adopted.reference).await.expect("asked");

    let page = home(&site, &coordinator).await;

    assert!(before.contains("Les avis que les communes vous demandent paraîtront ici"), "{before}");
    assert!(page.contains("Rendre l’avis du coordinateur"), "{page}");
    assert!(page.contains(&format!("/marches/{}/avis-coordinateur", adopted.reference)));
}

#[tokio::test]
async fn the_homes_of_auditor_and_administrator_say_what_they_may_do() {
    let site = Site::open().await;
    let adopted = site.world.adopted_tender("Namur").await;
    let region = site.world.organisation(OrganisationKind::Region, "Région").await;
    let union = site.world.organisation(OrganisationKind::Union, "UVCW").await;

    let auditor = home(&site, &member(&site, &region, Role::Auditor).await).await;
    let administrator = home(&site, &member(&site, &union, Role::PlatformAdministrator).await).await;

    assert!(auditor.contains("vous lisez tous les dossiers") && auditor.contains(&adopted.reference.to_string()));
    assert!(administrator.contains("Votre rôle est technique"), "{administrator}");
    assert!(!administrator.contains(&adopted.reference.to_string()), "no file is theirs to read");
}

#[tokio::test]
async fn an_old_file_waits_on_the_home_page_however_many_are_newer_and_the_list_is_one_link_away() {
    let site = Site::open().await;
    let namur = site.world.established("Namur", "92094", "1000000021", 114_000).await;
    let director = member(&site, &namur, Role::FinanceDirector).await;
    let (officer, reference) = drafting(&site, &namur).await;
    tender::ask_opinion(&site.world.services, &officer, reference).await.expect("asked");
    for _ in 0..50 {
        site.tender_of(&officer).await;
    }

    let (waits, officers) = (home(&site, &director).await, home(&site, &officer).await);

    assert!(waits.contains(&format!("/marches/{reference}/avis")), "{waits}");
    assert!(waits.contains("une chose vous attend"), "{waits}");
    assert!(waits.contains("Voir les 51 marchés"), "{waits}");
    assert!(officers.contains("Et 25 autres, à retrouver dans la liste"), "{officers}");
}

#[tokio::test]
async fn the_home_of_a_firm_shows_the_calls_to_answer_by_their_hour() {
    let site = Site::open().await;
    let (adopted, firm) = called(&site).await;

    let page = home(&site, &firm).await;
    site.world.now_is("2026-12-21 11:01");
    let after = home(&site, &firm).await;

    assert!(page.contains("une chose vous attend") && page.contains("avant 11:00"), "{page}");
    assert!(page.contains(&format!("/appels/{}", adopted.reference)));
    assert!(after.contains("rien ne vous attend"), "{after}");
}

#[tokio::test]
async fn the_home_of_a_visitor_shows_the_calls_that_end_next() {
    let site = Site::open().await;
    let empty = site.get(&Browser::default(), "/").await;
    let (adopted, _) = called(&site).await;

    let page = site.get(&Browser::default(), "/").await;

    assert!(empty.read().contains("Aucun appel n’est ouvert en ce moment."), "{}", empty.read());
    assert!(page.body.contains(&format!("/appels/{}", adopted.reference)), "{}", page.body);
    assert!(page.body.contains("/connexion"));
}
