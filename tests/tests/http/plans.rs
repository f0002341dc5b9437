//! Planning a tender step by step, and changing its plan: nothing typed is lost on the way.

use crate::site::{Answer, Browser, Site};

const PAGE: &str = "/marches/nouveau";

const WHAT: [(&str, &str); 7] = [
    ("objet", "Guichet « citoyen » & cie"),
    ("description", "En logiciel libre"),
    ("cpv", "72212000"),
    ("nature", "services"),
    ("estimation", "50 000,00"),
    ("besoin-propre", "50 000,00"),
    ("quantite", "40 postes"),
];
const HOW: [(&str, &str); 5] = [
    ("vehicule", "isolated"),
    ("procedure", "PNSPP"),
    ("motif-procedure", "Montant sous le seuil"),
    ("motif-lots", ""),
    ("canal", "hosted"),
];

/// Presses a button of the page that came, with its hidden fields and these typed ones.
async fn press(site: &Site, browser: &Browser, page: &Answer, typed: &[(&str, &str)], button: &str) -> Answer {
    let mut fields = page.hidden();
    fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.push(("geste".to_owned(), button.to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post(browser, PAGE, &fields).await
}

fn with<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(field, typed)| if *field == name { (name, value) } else { (*field, *typed) }).collect()
}

#[tokio::test]
async fn a_tender_is_planned_in_three_steps_and_created_once() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    let first = site.get(&officer, PAGE).await;
    let second = press(&site, &officer, &first, &WHAT, "procedure").await;
    let third = press(&site, &officer, &second, &HOW, "verifier").await;
    let created = press(&site, &officer, &third, &[], "creer").await;
    let again = press(&site, &officer, &third, &[], "creer").await;

    assert!(first.read().contains("Étape 1 sur 3") && second.read().contains("Étape 2 sur 3"), "{}", second.body);
    assert_eq!((second.status, third.status, created.status), (200, 200, 303), "{}", created.body);
    for (_, value) in WHAT.into_iter().filter(|(name, _)| *name != "nature" && *name != "cpv") {
        assert!(third.read().contains(&value.replace('&', "&amp;")), "{value} is read again\n{}", third.read());
    }
    assert_eq!(created.header("location"), "/marches/MP-2026-0001?fait=marche");
    assert_eq!(again.header("location"), created.header("location"), "a double click is one tender");
    assert!(!site.get(&officer, "/marches").await.body.contains("MP-2026-0002"));
}

#[tokio::test]
async fn going_back_and_forth_loses_nothing() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let first = site.get(&officer, PAGE).await;
    let second = press(&site, &officer, &first, &WHAT, "procedure").await;

    let back = press(&site, &officer, &second, &with(&HOW, "motif-lots", "Un seul logiciel"), "objet").await;
    let forth = press(&site, &officer, &back, &with(&WHAT, "quantite", "41 postes"), "procedure").await;

    assert_eq!(back.status, 200);
    for (name, value) in WHAT.into_iter().filter(|(name, _)| *name != "nature") {
        assert_eq!(back.value(name), value, "{name}");
    }
    assert_eq!(forth.value("motif-lots"), "Un seul logiciel");
    let check = press(&site, &officer, &forth, &HOW, "verifier").await;
    assert!(check.read().contains("41 postes"));
}

#[tokio::test]
async fn each_fault_is_told_on_its_own_page() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let first = site.get(&officer, PAGE).await;

    for (field, typed, sentence) in [
        ("objet", "", "Écrivez l’objet en quelques mots"),
        ("cpv", "99999999", "Choisissez un code CPV de la liste"),
        ("cpv", "guichet", "Choisissez un code CPV de la liste"),
        ("estimation", "-1", "Écrivez un montant positif"),
        ("besoin-propre", "", "Écrivez le montant en euros"),
    ] {
        let wrong = press(&site, &officer, &first, &with(&WHAT, field, typed), "procedure").await;

        assert_eq!(wrong.status, 422, "{field}");
        assert!(
            wrong.read().contains("Étape 1 sur 3") && wrong.read().matches(sentence).count() == 2,
            "{}",
            wrong.body
        );
        assert_eq!(wrong.value(field), typed);
    }
    let second = press(&site, &officer, &first, &WHAT, "procedure").await;
    let wrong = press(&site, &officer, &second, &with(&HOW, "procedure", ""), "verifier").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.read().contains("Étape 2 sur 3") && wrong.body.contains("id=\"procedure-erreur\""), "{}", wrong.body);
}

#[tokio::test]
async fn the_law_warns_before_the_tender_is_created_and_the_reason_is_asked_there() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let first = site.get(&officer, PAGE).await;
    let second = press(&site, &officer, &first, &with(&WHAT, "estimation", "200 000"), "procedure").await;
    let check = press(&site, &officer, &second, &HOW, "verifier").await;

    let silent = press(&site, &officer, &check, &[("raison", "")], "creer").await;
    let reasoned = press(&site, &officer, &silent, &[("raison", "Fournisseur unique")], "creer").await;

    assert!(check.body.contains("name=\"raison\"") && check.body.contains("note--warn"), "{}", check.body);
    assert_eq!((silent.status, reasoned.status), (422, 303), "{}", silent.body);
    assert!(silent.read().contains("écrivez pourquoi vous continuez"));
}

#[tokio::test]
async fn a_form_sent_again_after_going_back_tells_what_is_so_and_loses_nothing() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let page = "/besoins/nouveau";
    let key = site.get(&officer, page).await.value("cle-formulaire");
    let typed = |object| {
        [
            ("cle-formulaire", key.as_str()),
            ("objet", object),
            ("description", ""),
            ("cpv", "72212000"),
            ("nature", "services"),
            ("estimation", "1 000"),
            ("quantite", "1"),
        ]
    };

    let first = site.post(&officer, page, &typed("Guichet")).await;
    let same = site.post(&officer, page, &typed("Guichet")).await;
    let other = site.post(&officer, page, &typed("Guichet des entreprises")).await;

    assert_eq!((first.status, same.status, other.status), (303, 303, 422));
    assert_eq!(first.header("location"), same.header("location"));
    assert!(other.read().contains("Ce formulaire a déjà été enregistré"), "{}", other.body);
    assert_eq!(other.value("objet"), "Guichet des entreprises");
    let fresh = other.value("cle-formulaire");
    assert_ne!(fresh, key, "sending it again is a decision");
    let mut again = typed("Guichet des entreprises");
    again[0].1 = &fresh;
    let second = site.post(&officer, page, &again).await;
    assert_eq!(second.status, 303);
    assert_ne!(second.header("location"), first.header("location"));
}

#[tokio::test]
async fn of_two_agents_who_change_a_plan_the_second_sees_both_versions() {
    let site = Site::open().await;
    let (namur, officer) = site.officer("Namur").await;
    let page = format!("/marches/{}/modifier", site.tender_of(&namur).await);
    let shown = site.get(&officer, &page).await;
    let typed = |object, version| {
        let mut fields = with(&WHAT, "objet", object);
        fields.extend(HOW);
        fields.extend([("version", version), ("raison", "Essai")]);
        fields
    };

    let first = site.post(&officer, &page, &typed("Guichet des habitants", "1")).await;
    let second = site.post(&officer, &page, &typed("Guichet des entreprises", "1")).await;
    let kept = site.post(&officer, &page, &typed("Guichet des entreprises", &second.value("version"))).await;

    assert_eq!((shown.value("version"), first.status, second.status), ("1".to_owned(), 303, 409));
    second.assert_page();
    assert!(second.body.contains("Les deux versions"), "{}", second.body);
    assert!(second.body.contains("Guichet des habitants"), "theirs");
    assert_eq!(second.value("objet"), "Guichet des entreprises", "mine");
    assert!(second.read().contains(" a enregistré ces données le "), "who was faster");
    assert_eq!((second.value("version"), kept.status), ("2".to_owned(), 303), "{}", kept.body);
}
