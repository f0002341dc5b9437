//! Central purchasing bodies over their pages: who reads what, and what an order outside the list is told.

use domain::{
    central::{Audience, Offer},
    kernel::time::brussels,
    organisation::Role,
};
use service::{
    central, store,
    testing::{Offered, an_offer},
};

use crate::site::{Answer, Browser, Site};

/// One day of work, ordered on this framework.
async fn order(site: &Site, browser: &Browser, offered: &Offered) -> Answer {
    let reference = offered.reference.to_string();
    let fields = [
        ("contrat", reference.as_str()),
        ("objet", "Connecteur"),
        ("adresse", "Hôtel de Ville 1"),
        ("quantite-P-02", "1"),
    ];
    site.post(browser, "/bons/nouveau", &fields).await
}

#[tokio::test]
async fn a_visitor_reads_what_is_offered_to_everybody_and_nothing_else() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    let (visitor, path) = (Browser::default(), format!("/centrale/{}", offered.reference));
    let list = site.get(&visitor, "/centrale").await;
    list.assert_page();
    assert!(list.read().contains("Postes de travail") && list.read().contains("1 % du montant commandé"));
    let page = site.get(&visitor, &path).await;
    assert!(page.status == 200 && page.read().contains("Pas encore publié"), "{}", page.read());
    for read in [page.read(), list.read()] {
        assert!(!read.contains("128 000,00 €"), "the estimate is nobody's to read before the call: {read}");
    }

    let offer = Offer { audience: Audience::Authorities, ..an_offer() };
    central::offer(&site.world.services, &offered.officer, offered.reference, 1, &offer).await.expect("offered");

    assert!(!site.get(&visitor, "/centrale").await.read().contains("Postes de travail"));
    assert_eq!(site.get(&visitor, &path).await.status, 404);
    let (_, officer) = site.officer("Namur").await;
    assert_eq!(site.get(&officer, &path).await.status, 200);
}

#[tokio::test]
async fn an_order_outside_the_list_is_told_why_before_and_after() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    site.world.concluded_framework(&offered, "100000.00", Vec::new()).await;
    let (_, stranger) = site.officer("Dinant").await;
    let reason = "n’a pas d’adhésion acceptée à cette centrale";

    let page = site.get(&stranger, &format!("/bons/nouveau?contrat={}", offered.reference)).await;
    assert!(page.status == 200 && page.read().contains(reason), "{}", page.read());
    assert!(page.read().contains("1 % du montant commandé"), "the fee is told before the order");
    assert!(!page.body.contains("id=\"reste\""), "what others ordered is not told");
    let typed = "objet=Connecteur&adresse=Place%201&quantite-P-02=1";
    let verified = site.get(&stranger, &format!("/bons/nouveau/verifier?contrat={}&{typed}", offered.reference)).await;
    assert!(verified.status == 200 && !verified.body.contains("id=\"reste\""), "{}", verified.body);
    let answer = order(&site, &stranger, &offered).await;

    assert!(answer.status == 422 && answer.read().contains(reason), "{} {}", answer.status, answer.read());
    let contract = site.get(&stranger, &format!("/contrats/{}", offered.reference)).await;
    assert_eq!(contract.status, 404, "the figures of the contract are its users'");
}

#[tokio::test]
async fn a_statement_is_the_bodys_and_each_users_own() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let namur = world.entitled(&offered, "Namur", "30000.00").await;
    let wavre = world.entitled(&offered, "Wavre", "20000.00").await;
    let concluded = world.concluded_framework(&offered, "100000.00", vec![namur, wavre]).await;
    for user in &concluded.parties[1..] {
        world.confirmed_voucher(&concluded, user, &[("P-02", "2.5")]).await;
    }
    let path = format!("/centrale/{}/redevances", offered.reference);

    let body = site.get(&site.signed_in(&offered.officer).await, &path).await;
    let user = site.get(&site.signed_in(&concluded.parties[1].officer).await, &path).await;
    let (_, stranger) = site.officer("Dinant").await;

    body.assert_page();
    assert!(body.read().contains("3 000,00 €") && body.read().contains("30,00 €"), "{}", body.read());
    assert!(user.read().contains("15,00 €") && !user.read().contains("Wavre"), "{}", user.read());
    assert_eq!(site.get(&stranger, &path).await.status, 404);
}

#[tokio::test]
async fn a_fee_that_is_none_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    let officer = site.signed_in(&offered.officer).await;
    let path = format!("/centrale/{}/offre", offered.reference);

    for typed in ["", "0", "-1", "deux", "1001", "0,0000001"] {
        let fields = [
            ("version", "1"),
            ("public", "everybody"),
            ("redevance", "mille"),
            ("montant-redevance", typed),
            ("comment", "Écrivez à la centrale."),
        ];
        let answer = site.post(&officer, &path, &fields).await;

        assert_eq!(answer.status, 422, "{typed}");
        answer.assert_page();
        assert_eq!(answer.value("montant-redevance"), typed);
        assert!(answer.body.contains("id=\"montant-redevance-erreur\""), "{typed}: {}", answer.body);
    }
}

#[tokio::test]
async fn an_accession_and_a_need_wait_on_the_first_page_of_the_body_until_it_answers() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let officer = site.signed_in(&offered.officer).await;
    let (adherent, _) = site.officer("Namur").await;
    let draft = world.an_accession();
    let id = central::adhere(&world.services, &adherent, offered.body.id, None, &draft, None).await.expect("adhered");
    assert!(site.get(&officer, "/").await.read().contains("Accepter l’adhésion"));

    central::accept(&world.services, &offered.officer, id, 1).await.expect("accepted");
    world.needs(&offered, &adherent, "30000.00").await;

    let home = site.get(&officer, "/").await;
    assert!(!home.read().contains("Accepter l’adhésion"));
    assert!(home.read().contains("Examiner les besoins exprimés"), "{}", home.read());
}

#[tokio::test]
async fn who_leaves_a_body_says_the_day_and_reads_what_stops_first() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let (adherent, officer) = site.officer("Namur").await;
    world.adhered(&offered, &adherent).await;
    let path = format!("/centrale/adhesions/{}", offered.body.id);
    let ended = async || {
        let found = store::central::accession_of(&world.services, offered.body.id, adherent.organisation()).await;
        found.expect("read").expect("adhered").ended_on
    };
    let page = site.get(&officer, &path).await;
    assert_eq!(page.value("fin-jour"), "", "no day is proposed");
    let (accession, version) = (page.value("adhesion"), page.value("version"));
    let today = brussels(world.services.now()).date();
    let [day, month, year] = ["%d", "%m", "%Y"].map(|part| today.format(part).to_string());
    let ask = async |year: &str| {
        let fields = [
            ("geste", "verifier"),
            ("adhesion", accession.as_str()),
            ("version", version.as_str()),
            ("fin-jour", day.as_str()),
            ("fin-mois", month.as_str()),
            ("fin-annee", year),
        ];
        site.post(&officer, &path, &fields).await
    };

    let unreadable = ask("deux").await;
    assert_eq!((unreadable.status, unreadable.value("fin-annee").as_str()), (422, "deux"));
    let past = ask("2020").await;
    assert!(past.status == 422 && past.read().contains("Un retrait agit pour l’avenir"), "{}", past.read());
    let asked = ask(&year).await;
    assert_eq!(asked.status, 303, "{}", asked.read());
    let confirmation = site.get(&officer, asked.header("location")).await;
    confirmation.assert_page();
    assert!(confirmation.read().contains("ne peuvent plus l’être"), "{}", confirmation.read());
    assert_eq!(ended().await, None, "nothing ends by a question");

    let hidden = confirmation.hidden();
    let mut fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("geste", "retirer"));
    assert_eq!(site.post(&officer, &path, &fields).await.status, 303);
    assert_eq!(ended().await, Some(today));
}

#[tokio::test]
async fn who_may_not_act_for_its_authority_reads_who_does() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let namur = world.commune("Namur").await;
    let officer = world.member(&namur, Role::ProcurementOfficer).await;
    let director = site.signed_in(&world.member(&namur, Role::FinanceDirector).await).await;
    let accession = format!("/centrale/adhesions/{}", offered.body.id);
    let framework = format!("/centrale/{}", offered.reference);
    let need = format!("{framework}/besoin");

    let before = site.get(&director, &framework).await;
    assert!(before.read().contains("enregistre l’adhésion") && !before.read().contains("Adhérer à la centrale"));
    assert!(!site.get(&director, &accession).await.body.contains("name=\"deliberation-jour\""));
    world.adhered(&offered, &officer).await;

    let standing = site.get(&director, &accession).await;
    assert!(standing.read().contains("enregistre la transmission et le retrait"), "{}", standing.read());
    assert!(!standing.body.contains("name=\"fin-jour\""));
    let page = site.get(&director, &need).await;
    assert!(page.read().contains("exprime le besoin") && !page.body.contains("name=\"estimation\""));
    assert!(site.get(&director, &framework).await.read().contains("exprime le besoin"));
    let own = site.signed_in(&officer).await;
    assert!(site.get(&own, &accession).await.body.contains("name=\"fin-jour\""));
    assert!(site.get(&own, &need).await.body.contains("name=\"estimation\""));
}

#[tokio::test]
async fn a_director_of_a_user_reads_who_draws_its_orders() {
    let site = Site::open().await;
    let offered = site.world.offered_framework().await;
    let namur = site.world.entitled(&offered, "Namur", "30000.00").await;
    let concluded = site.world.concluded_framework(&offered, "100000.00", vec![namur]).await;
    let path = format!("/centrale/{}", offered.reference);

    let director = site.get(&site.signed_in(&concluded.parties[1].director).await, &path).await;
    let officer = site.get(&site.signed_in(&concluded.parties[1].officer).await, &path).await;

    assert!(director.read().contains("rédige les bons") && !director.read().contains("Rédiger un bon"));
    assert!(officer.read().contains("Rédiger un bon") && !officer.read().contains("rédige les bons"));
}

#[tokio::test]
async fn an_accession_is_one_link_away_while_it_waits_and_while_it_runs() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let (adherent, officer) = site.officer("Namur").await;
    let path = format!("/centrale/{}", offered.reference);
    let read = async || site.get(&officer, &path).await.read();
    assert!(read().await.contains("Adhérer à la centrale"));

    let draft = world.an_accession();
    let id = central::adhere(&world.services, &adherent, offered.body.id, None, &draft, None).await.expect("adhered");
    let waits = read().await;
    assert!(waits.contains("Voir l’adhésion") && waits.contains("attend l’acceptation"), "{waits}");
    assert!(!waits.contains("Adhérer à la centrale"), "{waits}");

    central::accept(&world.services, &offered.officer, id, 1).await.expect("accepted");
    let runs = read().await;
    assert!(runs.contains("Voir l’adhésion") && !runs.contains("attend l’acceptation"), "{runs}");
}

#[tokio::test]
async fn a_framework_and_its_vouchers_show_the_clause_versions_they_rest_on() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let namur = world.entitled(&offered, "Namur", "30000.00").await;
    let concluded = world.concluded_framework(&offered, "100000.00", vec![namur]).await;
    let user = &concluded.parties[1];
    let voucher = world.checked_voucher(&concluded, user, &[("P-02", "1")]).await;
    let officer = site.signed_in(&user.officer).await;
    let framework = format!("/centrale/{}", offered.reference);

    for (browser, path) in
        [(&Browser::default(), &framework), (&officer, &framework), (&officer, &format!("/bons/{voucher}"))]
    {
        let page = site.get(browser, path).await;
        page.assert_page();
        assert!(page.body.contains("commandes") && page.body.contains(", version 2"), "{path}\n{}", page.body);
    }
}

#[tokio::test]
async fn the_body_lowers_a_part_until_the_contract_runs() {
    let site = Site::open().await;
    let world = &site.world;
    let offered = world.offered_framework().await;
    let namur = world.entitled(&offered, "Namur", "30000.00").await;
    let body = site.signed_in(&offered.officer).await;
    let path = format!("/centrale/{}/utilisateurs", offered.reference);
    let user = namur.organisation.id.to_string();
    let version = world.user_version(&offered, &namur.officer).await.to_string();
    let field = format!("part-{user}");
    let lower = async |part: &str| {
        let fields =
            [("geste", "reduire"), ("usager", user.as_str()), ("version", version.as_str()), (field.as_str(), part)];
        site.post(&body, &path, &fields).await
    };

    let same = lower("30 000,00").await;
    let done = lower("20 000,00").await;

    assert!(same.status == 422 && same.read().contains("ne peut ici que diminuer"), "{}", same.read());
    assert_eq!(done.status, 303, "{}", done.read());
    let page = site.get(&body, &path).await;
    assert!(page.read().contains("20 000,00 €") && page.body.contains("value=\"reduire\""), "{}", page.read());
    world.concluded_framework(&offered, "20000.00", vec![namur]).await;
    assert!(!site.get(&body, &path).await.body.contains("value=\"reduire\""));
}
