//! The pages of the award: each answers at its stage, forms give back what was typed, firms read their own.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    kernel::{
        Money,
        ids::VoucherId,
        time::{brussels, weekday_date_french},
    },
    tender::OpinionResult,
    voucher::Found,
};
use service::{
    award::{self, AcceptanceDraft, Release},
    store,
    testing::{Awarded, Concluded, quantities},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use crate::site::{Answer, Browser, Site};

/// A world on the road's own days, with a proposed award.
async fn proposed() -> (Site, Awarded) {
    let site = Site::open().await;
    site.world.now_is("2026-11-23 10:00");
    let awarded = site.world.proposed_award("Namur").await;
    (site, awarded)
}

/// The same, told to the tenderers on 21 December.
async fn informed() -> (Site, Awarded) {
    let (site, awarded) = proposed().await;
    let services = &site.world.services;
    let draft = awarded.decision(&site.world);
    award::decide(services, &awarded.executive, awarded.reference, &draft).await.expect("decided");
    award::send_information(services, &awarded.officer, awarded.reference).await.expect("sent");
    (site, awarded)
}

/// The same, with the surety deposited and the execution accepted on 20 January 2027, under a guarantee of a year.
async fn accepted() -> (Site, Awarded) {
    let (site, awarded) = informed().await;
    let (services, officer, reference) = (&site.world.services, &awarded.officer, awarded.reference);
    site.world.now_is("2027-01-20 10:00");
    award::conclude(services, officer, reference, Some("Tutelle sans objet")).await.expect("concluded");
    award::ask_surety(services, officer, reference).await.expect("asked");
    let found_on = brussels(services.now()).date();
    award::deposit_surety(services, officer, reference, found_on, "CDC 2027/1").await.expect("deposited");
    let draft = AcceptanceDraft {
        found_on,
        findings: "Tout est livré".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months: 12,
    };
    award::accept_provisionally(services, &awarded.manager, reference, &draft).await.expect("accepted");
    (site, awarded)
}

/// The library that keeps sessions reads the machine's clock; the road has its own.
async fn signed_in(site: &Site, actor: &Actor) -> Browser {
    let browser = site.signed_in(actor).await;
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    browser
}

fn assert_refused(answer: &Answer, sentence: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.assert_page();
    assert!(answer.read().contains(sentence), "{sentence}\n{}", answer.read());
}

const PAGES: [&str; 8] =
    ["attribution", "informations", "tutelle", "conclusion", "annulation", "cautionnement", "reception", "resiliation"];

#[tokio::test]
async fn every_page_of_the_award_answers_before_and_after_its_time() {
    let (site, awarded) = proposed().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let check = async |browser: &Browser| {
        for page in PAGES {
            let answer = site.get(browser, &format!("/marches/{}/{page}", awarded.reference)).await;
            assert_eq!(answer.status, 200, "{page}\n{}", answer.body);
            answer.assert_page();
        }
    };

    check(&officer).await;
    let services = &site.world.services;
    let draft = awarded.decision(&site.world);
    award::decide(services, &awarded.executive, awarded.reference, &draft).await.expect("decided");
    check(&officer).await;
    award::send_information(services, &awarded.officer, awarded.reference).await.expect("sent");
    check(&officer).await;
    site.world.hours_pass(30 * 24);
    award::conclude(services, &awarded.officer, awarded.reference, Some("Tutelle sans objet"))
        .await
        .expect("concluded");
    award::ask_surety(services, &awarded.officer, awarded.reference).await.expect("asked");
    check(&signed_in(&site, &awarded.officer).await).await;
    check(&signed_in(&site, &awarded.manager).await).await;
    check(&signed_in(&site, &awarded.executive).await).await;
    let record = site.get(&signed_in(&site, &awarded.officer).await, &format!("/marches/{}", awarded.reference)).await;
    assert!(record.read().contains("Décision motivée d’attribution"), "{}", record.read());
}

#[tokio::test]
async fn a_decision_that_can_not_be_read_comes_back_as_typed() {
    let (site, awarded) = proposed().await;
    let executive = signed_in(&site, &awarded.executive).await;
    let page = format!("/marches/{}/attribution", awarded.reference);
    let decide = async |organ, day, number, region, reason| {
        let fields = [
            ("geste", "decider"),
            ("version", "1"),
            ("organe", organ),
            ("decision-jour", day),
            ("decision-mois", "12"),
            ("decision-annee", "2026"),
            ("numero", number),
            ("tutelle", region),
            ("raison", reason),
        ];
        site.post(&executive, &page, &fields).await
    };

    let no_day = decide("executive", "32", "2026/512", "oui", "Motif").await;
    let tomorrow = decide("executive", "24", "2026/512", "oui", "Motif").await;
    let nobody = decide("maire", "21", "2026/512", "oui", "Motif").await;
    let unsaid = decide("executive", "21", "2026/512", "peut-être", "Motif").await;
    let silent = decide("executive", "21", "2026/512", "oui", "").await;

    for answer in [&no_day, &tomorrow, &nobody, &unsaid] {
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(answer.value("numero"), "2026/512");
        assert_eq!(answer.value("raison"), "Motif");
    }
    assert_refused(&silent, "Une règle avertit");
    let good = decide("executive", "21", "2026/512", "oui", "Avis en séance").await;
    assert_eq!(good.status, 303, "{}", good.body);
}

#[tokio::test]
async fn a_decision_on_a_proposal_that_changed_shows_the_new_one_and_is_not_taken() {
    let (site, awarded) = proposed().await;
    let executive = signed_in(&site, &awarded.executive).await;
    let page = format!("/marches/{}/attribution", awarded.reference);
    let before = site.get(&executive, &page).await.value("version");
    let again = award::ProposalDraft {
        offer: site.world.offer_at(&awarded, 1).await,
        reasons: "Une autre motivation".to_owned(),
        deviation: None,
        version: 1,
    };
    award::propose(&site.world.services, &awarded.officer, awarded.reference, &again).await.expect("another proposal");
    let decide = async |version: &str| {
        let fields = [
            ("geste", "decider"),
            ("version", version),
            ("organe", "executive"),
            ("decision-jour", "21"),
            ("decision-mois", "12"),
            ("decision-annee", "2026"),
            ("numero", "2026/512"),
            ("tutelle", "non"),
            ("raison", "Avis en séance"),
        ];
        site.post(&executive, &page, &fields).await
    };

    let unseen = decide(&before).await;

    assert_eq!(unseen.status, 409, "{}", unseen.body);
    assert!(unseen.read().contains("Une autre motivation"), "{}", unseen.read());
    assert_eq!((before.as_str(), unseen.value("version").as_str()), ("1", "2"));
    assert_eq!(decide(&unseen.value("version")).await.status, 303);
}

#[tokio::test]
async fn a_proposal_without_reasons_or_of_nobody_comes_back() {
    let (site, awarded) = proposed().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{}/attribution", awarded.reference);
    let offer = site.world.offer_at(&awarded, 2).await.to_string();

    let propose = async |offer, reasons| {
        let fields = [("geste", "proposer"), ("version", "1"), ("offre", offer), ("motifs", reasons)];
        site.post(&officer, &page, &fields).await
    };

    let empty = propose(offer.as_str(), "").await;
    let nobody = propose("42", "Bon").await;
    let second = propose(offer.as_str(), "Bon").await;
    let first = site.world.offer_at(&awarded, 1).await.to_string();
    let of_a_third = propose(first.as_str(), "Elle est plus complète que celle de PME 2").await;
    let nothing = site.post(&officer, &page, &[("geste", "danser")]).await;

    assert_eq!((empty.status, nobody.status), (422, 422));
    assert_refused(&second, "n’est pas la première du classement");
    assert_eq!(second.value("motifs"), "Bon");
    assert_refused(&of_a_third, "Ce texte nomme PME 2");
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn the_conclusion_before_the_end_of_the_waiting_time_is_refused_with_its_date() {
    let (site, awarded) = informed().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{}/conclusion", awarded.reference);

    let refused = site.post(&officer, &page, &[("raison", "Pressé")]).await;

    assert_refused(&refused, "Le délai d’attente court jusqu’au mardi 5 janvier 2027 inclus");
    assert_eq!(refused.value("raison"), "Pressé");
}

#[tokio::test]
async fn the_conclusion_has_no_button_while_its_waiting_time_runs_and_says_why_and_until_when() {
    let (site, awarded) = informed().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{}/conclusion", awarded.reference);

    site.world.now_is("2027-01-05 23:59");
    let runs = site.get(&officer, &page).await;
    site.world.now_is("2027-01-06 00:00");
    let over = site.get(&officer, &page).await;

    runs.assert_page();
    for told in ["5 janvier 2027", "6 janvier 2027", "lundi 21 décembre 2026, ne compte pas", "1182/71"] {
        assert!(runs.read().contains(told), "{told}\n{}", runs.read());
    }
    assert!(!runs.body.contains("Conclure le contrat"), "{}", runs.body);
    assert!(over.body.contains("Conclure le contrat"), "{}", over.body);
}

#[tokio::test]
async fn a_firm_reads_its_own_result_and_nobody_elses() {
    let (site, awarded) = informed().await;
    let page = format!("/offres/{}/resultat", awarded.reference);
    let (first, second) = (&awarded.firms[0].1, &awarded.firms[1].1);
    let letters = store::letters::of_firm(&site.world.services, first.organisation(), awarded.reference).await;
    let letter = letters.expect("its letters")[0].file;

    let own = site.get(&signed_in(&site, second).await, &page).await;
    let officer = site.get(&signed_in(&site, &awarded.officer).await, &page).await;
    let stolen =
        site.get(&signed_in(&site, second).await, &format!("/offres/{}/courriers/{letter}", awarded.reference)).await;

    assert_eq!(own.status, 200);
    assert!(own.read().contains("80,00") && !own.read().contains("PME 3"), "{}", own.read());
    assert_eq!((officer.status, stolen.status), (404, 404));
}

#[tokio::test]
async fn another_commune_finds_no_page_of_the_award() {
    let (site, awarded) = informed().await;
    let stranger = site.world.officer("Wavre").await;
    let stranger = signed_in(&site, &stranger).await;

    for page in PAGES {
        let answer = site.get(&stranger, &format!("/marches/{}/{page}", awarded.reference)).await;
        assert_eq!(answer.status, 404, "{page}");
    }
}

#[tokio::test]
async fn dates_of_the_supervision_that_can_not_be_are_told_at_their_field() {
    let (site, awarded) = informed().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{}/tutelle", awarded.reference);
    let send = async |day, month, year| {
        let fields = [("geste", "transmettre"), ("envoi-jour", day), ("envoi-mois", month), ("envoi-annee", year)];
        site.post(&officer, &page, &fields).await
    };

    assert_refused(&send("", "", "").await, "Écrivez");
    assert_refused(&send("31", "2", "2026").await, "date");
    assert_refused(&send("1", "12", "2026").await, "Les dates ne se suivent pas");
    assert_eq!(send("21", "12", "2026").await.status, 303);
}

#[tokio::test]
async fn an_annulment_by_the_region_keeps_the_dates_that_were_typed_with_it() {
    let (site, awarded) = informed().await;
    let (services, reference) = (&site.world.services, awarded.reference);
    let on = "2026-12-21".parse().expect("an ISO date");
    award::send_to_supervision(services, &awarded.officer, reference, on).await.expect("sent");
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{reference}/tutelle");
    let version = site.get(&officer, &page).await.value("version");
    let record = async |day| {
        let fields = [
            ("geste", "suivre"),
            ("version", version.as_str()),
            ("reception-jour", day),
            ("reception-mois", "12"),
            ("reception-annee", "2026"),
            ("prorogation", "oui"),
            ("resultat", "annulled"),
        ];
        site.post(&officer, &page, &fields).await
    };

    let tomorrow = record("22").await;
    let annulled = record("21").await;

    assert_eq!((tomorrow.status, tomorrow.value("reception-jour").as_str()), (422, "22"), "{}", tomorrow.body);
    assert_eq!(annulled.status, 303, "{}", annulled.body);
    let gathered = award::gather(services, awarded.officer.scope(), reference).await.expect("found");
    let sent = gathered.file.award.and_then(|award| award.transmission).expect("at the Region");
    assert_eq!((sent.received_on, sent.prolonged, sent.result), (Some(on), true, None));
    let asked = site.get(&officer, &format!("/marches/{reference}/annulation")).await;
    assert!(asked.body.contains("value=\"region\" checked"), "{}", asked.body);
}

#[tokio::test]
async fn the_next_step_and_the_page_of_the_supervision_count_the_same_prolonged_delay() {
    let (site, awarded) = informed().await;
    let (services, reference) = (&site.world.services, awarded.reference);
    let on = "2026-12-21".parse().expect("an ISO date");
    award::send_to_supervision(services, &awarded.officer, reference, on).await.expect("sent");
    let gathered = award::gather(services, awarded.officer.scope(), reference).await.expect("found");
    let version = gathered.file.award.expect("one").version;
    let draft = award::SupervisionDraft { received_on: Some(on), prolonged: true, result: None, version };
    award::record_supervision(services, &awarded.officer, reference, draft).await.expect("prolonged");
    let officer = signed_in(&site, &awarded.officer).await;

    for page in ["", "/tutelle"] {
        let shown = site.get(&officer, &format!("/marches/{reference}{page}")).await.read();
        assert!(shown.contains("4 février 2027"), "forty-five days\n{shown}");
        assert!(!shown.contains("20 janvier 2027"), "thirty days\n{shown}");
    }
}

/// Concluded thirty days after the letters; the surety is asked for.
async fn awaiting_surety(site: &Site, awarded: &Awarded) {
    let (services, officer, reference) = (&site.world.services, &awarded.officer, awarded.reference);
    site.world.hours_pass(30 * 24);
    award::conclude(services, officer, reference, Some("Tutelle sans objet")).await.expect("concluded");
    award::ask_surety(services, officer, reference).await.expect("asked");
}

#[tokio::test]
async fn the_page_of_the_acceptance_leads_to_the_vouchers_that_are_open() {
    let (site, awarded) = informed().await;
    let services = &site.world.services;
    let reference = awarded.reference;
    awaiting_surety(&site, &awarded).await;
    let on = brussels(services.now()).date();
    award::deposit_surety(services, &awarded.officer, reference, on, "CDC 2027/1").await.expect("deposited");
    let concluded = Concluded::from(&awarded);
    let contract = store::contracts::find(services, awarded.officer.scope(), reference).await.expect("found");
    let line = [(contract.lines[0].code.as_str(), "0.01")];
    let id = site.world.confirmed_voucher(&concluded, concluded.pilot(), &line).await;
    let rest = half_paid_voucher(&site, &concluded, &contract.lines[0].code).await;
    let unpaid = accepted_voucher(&site, &concluded, &contract.lines[0].code, "0.01").await;
    let manager = signed_in(&site, &awarded.manager).await;
    let page = format!("/marches/{reference}/reception");

    let shown = site.get(&manager, &page).await;
    let [year, month, day] = ["%Y", "%m", "%d"].map(|part| on.format(part).to_string());
    let fields = [
        ("geste", "provisoire"),
        ("resultat", "accordee"),
        ("constat-le-jour", day.as_str()),
        ("constat-le-mois", month.as_str()),
        ("constat-le-annee", year.as_str()),
        ("constats", "Tout est livré"),
        ("reserves", ""),
        ("garantie", ""),
    ];
    let refused = site.post(&manager, &page, &fields).await;

    shown.assert_page();
    let (undelivered, to_pay) = shown.body.split_once("sont à facturer ou à payer").expect("a note of its own");
    for open in [id, rest] {
        assert!(undelivered.contains(&format!("href=\"/bons/{open}\"")), "{}", shown.body);
    }
    assert!(to_pay.contains(&format!("href=\"/bons/{unpaid}\"")), "{}", shown.body);
    assert_refused(&refused, "-000001 (Namur)");
}

#[tokio::test]
async fn the_page_of_the_closing_leads_to_the_vouchers_that_are_to_be_paid() {
    let (site, awarded) = informed().await;
    let (services, reference) = (&site.world.services, awarded.reference);
    awaiting_surety(&site, &awarded).await;
    let found_on = brussels(services.now()).date();
    award::deposit_surety(services, &awarded.officer, reference, found_on, "CDC 2027/1").await.expect("deposited");
    let concluded = Concluded::from(&awarded);
    let contract = store::contracts::find(services, awarded.officer.scope(), reference).await.expect("found");
    let unpaid = accepted_voucher(&site, &concluded, &contract.lines[0].code, "0.01").await;
    let draft = AcceptanceDraft {
        found_on,
        findings: "Tout est livré".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months: 0,
    };
    award::accept_provisionally(services, &awarded.manager, reference, &draft).await.expect("accepted");
    award::accept_finally(services, &awarded.manager, reference, &draft).await.expect("accepted for good");
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{reference}/reception");

    let shown = site.get(&officer, &page).await;
    let refused = site.post(&officer, &page, &[("geste", "cloturer")]).await;

    shown.assert_page();
    let (_, to_pay) = shown.body.split_once("se clôture quand chacun est facturé et payé").expect("a note of its own");
    assert!(to_pay.contains(&format!("href=\"/bons/{unpaid}\"")), "{}", shown.body);
    assert_refused(&refused, "-000001 (Namur)");
}

/// A hundredth of a unit is delivered and accepted; nothing is invoiced.
async fn accepted_voucher(site: &Site, concluded: &Concluded, code: &str, ordered: &str) -> VoucherId {
    let (services, firm, pilot) = (&site.world.services, &concluded.firm, concluded.pilot());
    let id = site.world.confirmed_voucher(concluded, pilot, &[(code, ordered)]).await;
    let on = brussels(services.now()).date();
    let brought = DeliveryDraft { on, note: String::new(), quantities: quantities(&[(code, "0.01")]) };
    voucher::deliver(services, firm, id, 5, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
    id
}

/// Half of it is delivered, accepted, invoiced and paid.
async fn half_paid_voucher(site: &Site, concluded: &Concluded, code: &str) -> VoucherId {
    let (services, firm, pilot) = (&site.world.services, &concluded.firm, concluded.pilot());
    let id = accepted_voucher(site, concluded, code, "0.02").await;
    let on = brussels(services.now()).date();
    let (excluding, vat, including) = site.world.voucher(firm, id).await.due().expect("it fits");
    let invoice =
        InvoiceDraft { number: "F-1".to_owned(), issued_on: on, excluding, vat, including, prepaid: Money::ZERO };
    voucher::state_invoice(services, firm, id, 7, &invoice).await.expect("invoiced");
    voucher::pay(services, &pilot.director, id, 8, on).await.expect("paid");
    id
}

#[tokio::test]
async fn a_late_surety_shows_its_penalty() {
    let (site, awarded) = informed().await;
    let services = &site.world.services;
    let reference = awarded.reference;
    awaiting_surety(&site, &awarded).await;
    let contract = store::contracts::find(services, awarded.officer.scope(), reference).await.expect("found");
    let due_on = contract.surety.and_then(|surety| surety.due_on).expect("a day");
    let page = format!("/marches/{reference}/cautionnement");
    let shown = async |days: i64| {
        site.world.now_is(&format!("{} 12:00", due_on + TimeDelta::days(days)));
        let answer = site.get(&signed_in(&site, &awarded.officer).await, &page).await;
        answer.assert_page();
        answer.read()
    };

    assert!(!shown(0).await.contains("pénalité"), "in time on the last day");
    let late = shown(10).await;
    assert!(late.contains("240,00 € aujourd’hui"), "0,02 % of 120 000 euro, ten times\n{late}");
    let capped = shown(200).await;
    assert!(capped.contains("2 400,00 €"), "two per cent at most\n{capped}");
    let on = due_on + TimeDelta::days(3);
    award::deposit_surety(services, &awarded.officer, reference, on, "CDC 2027/1").await.expect("deposited");
    let deposited = shown(210).await;
    assert!(deposited.contains("la pénalité de retard est de 72,00 €"), "{deposited}");
}

#[tokio::test]
async fn each_step_of_the_award_waits_on_the_home_page_of_who_takes_it() {
    let (site, awarded) = proposed().await;
    let (services, reference) = (&site.world.services, awarded.reference);
    let home = async |actor: &Actor| site.get(&signed_in(&site, actor).await, "/").await.read();

    let before = (home(&awarded.officer).await, home(&awarded.director).await);
    award::ask_opinion(services, &awarded.officer, reference).await.expect("asked");
    let asked = home(&awarded.director).await;
    let again = award::ProposalDraft {
        offer: site.world.offer_at(&awarded, 1).await,
        reasons: "Une autre motivation".to_owned(),
        deviation: None,
        version: 1,
    };
    award::propose(services, &awarded.officer, reference, &again).await.expect("another proposal");
    let changed = (home(&awarded.officer).await, home(&awarded.director).await);
    award::ask_opinion(services, &awarded.officer, reference).await.expect("asked again");
    let opinion = service::tender::Opinion { result: OpinionResult::Favourable, text: "Rien à redire".to_owned() };
    service::tender::give_opinion(services, &awarded.director, reference, &opinion).await.expect("given");
    let given = home(&awarded.executive).await;
    let draft = award::DecisionDraft { to_supervision: true, version: 2, ..awarded.decision(&site.world) };
    award::decide(services, &awarded.executive, reference, &draft).await.expect("decided");
    award::send_information(services, &awarded.officer, reference).await.expect("sent");
    let informed = home(&awarded.officer).await;

    assert!(before.0.contains("Demander l’avis de légalité sur la proposition"), "{}", before.0);
    assert!(!before.1.contains("Rendre l’avis de légalité sur"), "{}", before.1);
    assert!(asked.contains("Rendre l’avis de légalité sur l’attribution"), "{asked}");
    assert!(changed.0.contains("Redemander l’avis de légalité"), "{}", changed.0);
    assert!(!changed.1.contains("Rendre l’avis de légalité sur"), "{}", changed.1);
    assert!(given.contains("Décider l’attribution"), "{given}");
    assert!(informed.contains("Transmettre l’attribution à la tutelle"), "{informed}");
}

#[tokio::test]
async fn the_page_of_the_decision_proposes_what_the_amounts_of_the_supervision_say() {
    let (site, awarded) = proposed().await;
    let page = format!("/marches/{}/attribution", awarded.reference);

    let read = site.get(&signed_in(&site, &awarded.executive).await, &page).await;

    let proposed = read.body.find("name=\"tutelle\" value=\"oui\" checked").or(read.body.find("value=\"oui\" checked"));
    assert!(proposed.is_some(), "{}", read.body);
    assert!(read.read().contains("elle se transmet au Gouvernement wallon avant toute exécution"));
}

#[tokio::test]
async fn half_of_the_surety_goes_back_once_however_often_its_button_is_pressed() {
    let (site, awarded) = accepted().await;
    let officer = signed_in(&site, &awarded.officer).await;
    let page = format!("/marches/{}/cautionnement", awarded.reference);
    let version = site.get(&officer, &page).await.value("version");
    let fields = [("geste", "moitie"), ("version", version.as_str())];

    let first = site.post(&officer, &page, &fields).await;
    let again = site.post(&officer, &page, &fields).await;
    let after = site.get(&officer, &page).await;

    assert_eq!((first.status, again.status), (303, 409), "{}", again.body);
    let contract = store::contracts::find(&site.world.services, awarded.officer.scope(), awarded.reference).await;
    let surety = contract.expect("found").surety.expect("a surety");
    assert_eq!(surety.released.cents(), surety.amount.cents() / 2);
    assert!(after.body.contains("value=\"tout\"") && !after.body.contains("value=\"moitie\""), "{}", after.body);
}

#[tokio::test]
async fn the_surety_is_the_officers_to_release_within_fifteen_days_then_the_guarantee_runs() {
    let (site, awarded) = accepted().await;
    let (services, reference) = (&site.world.services, awarded.reference);
    let read = async |actor: &Actor, page: &str| site.get(&signed_in(&site, actor).await, page).await.read();
    let record = format!("/marches/{reference}");
    let day = |text: &str| weekday_date_french(text.parse().expect("a day")).replace('\u{a0}', " ");

    let (home, due) = (read(&awarded.officer, "/").await, read(&awarded.officer, &record).await);
    let contract = store::contracts::find(services, awarded.officer.scope(), reference).await.expect("found");
    award::release_surety(services, &awarded.officer, reference, contract.version, Release::Half).await.expect("half");
    let guaranteed = read(&awarded.manager, &record).await;

    assert!(home.contains("Libérer le cautionnement"), "{home}");
    assert!(due.contains("Libérer le cautionnement") && due.contains(&day("2027-02-04")), "{due}");
    assert!(guaranteed.contains("Accorder la réception définitive à la fin de la garantie"), "{guaranteed}");
    assert!(guaranteed.contains(&day("2028-01-20")), "{guaranteed}");
}

#[tokio::test]
async fn the_page_of_the_decision_offers_the_organs_of_its_reader_alone() {
    let (site, awarded) = proposed().await;
    let page = format!("/marches/{}/attribution", awarded.reference);
    let offered = |answer: &Answer| {
        ["executive", "council", "chief_executive"].map(|organ| answer.body.contains(&format!("value=\"{organ}\"")))
    };

    let executive = signed_in(&site, &awarded.executive).await;
    let shown = site.get(&executive, &page).await;
    let fields = [
        ("geste", "decider"),
        ("version", "1"),
        ("organe", "council"),
        ("decision-jour", "21"),
        ("decision-mois", "12"),
        ("decision-annee", "2026"),
        ("numero", "2026/512"),
        ("tutelle", "non"),
        ("raison", "Motif"),
    ];
    let of_the_council = site.post(&executive, &page, &fields).await;

    assert_eq!(offered(&shown), [true, false, false], "{}", shown.body);
    assert_refused(&of_the_council, "Chaque organe enregistre ses propres décisions");
}

#[tokio::test]
async fn a_contract_that_was_accepted_is_changed_no_more() {
    let (site, awarded) = accepted().await;
    let officer = signed_in(&site, &awarded.officer).await;

    for page in ["revision", "modifications", "avances"] {
        let answer = site.get(&officer, &format!("/contrats/{}/{page}", awarded.reference)).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(!answer.body.contains("name=\"version\""), "{page}\n{}", answer.body);
    }
}
