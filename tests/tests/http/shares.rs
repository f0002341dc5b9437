//! The share simulator: a link tries, a form adopts.

use domain::{authz::Actor, kernel::Money, organisation::Role, tender::Vehicle};
use service::tender;

use crate::site::{Browser, Site};

/// A joint tender of three communes over 100 000 euro, with the weights of the worked figures.
async fn three(site: &Site) -> (Actor, Browser, String, [String; 4]) {
    let world = &site.world;
    let pilot = world.established("Namur", "92094", "1000000021", 12_000).await;
    let gembloux = world.established("Gembloux", "92142", "1000000219", 8_500).await;
    let perwez = world.established("Perwez", "92200", "1000000120", 4_300).await;
    let outside = world.established("Wavre", "92300", "1000000318", 4_300).await;
    let officer = world.member(&pilot, Role::ProcurementOfficer).await;
    let reference = site.tender_as(&officer, Vehicle::Joint).await;
    for commune in [&gembloux, &perwez] {
        let need = Money::from_cents(1_000_000);
        tender::invite_participant(&world.services, &officer, reference, commune.id, need, "1").await.expect("invited");
    }
    let browser = site.signed_in(&officer).await;
    let ids = [&pilot, &gembloux, &perwez, &outside].map(|commune| commune.id.to_string());
    (officer, browser, format!("/marches/{reference}/participants"), ids)
}

#[tokio::test]
async fn another_key_is_tried_by_a_link_and_nothing_is_kept() {
    let site = Site::open().await;
    let (_, officer, page, _) = three(&site).await;

    let adopted = site.get(&officer, &page).await;
    let tried = site.get(&officer, &format!("{page}?cle=population&fixe=pourcent&part=20&minimum=&maximum=")).await;

    for share in ["48 387,10 €", "34 274,19 €", "17 338,71 €"] {
        assert!(adopted.read().contains(share), "{share}\n{}", adopted.read());
    }
    for share in ["45 376,34 €", "34 086,02 €", "20 537,64 €", "−3 010,76 €", "+3 198,93 €"] {
        assert!(tried.read().contains(share), "{share}\n{}", tried.read());
    }
    assert!(tried.read().contains("Rien n’est envoyé") && !adopted.read().contains("Rien n’est envoyé"));
    assert!(tried.read().contains("divisés par 3 communes, font 6 666,67 €"), "the first step is explained");
    assert!(site.get(&officer, &page).await.read().contains("48 387,10 €"));
}

#[tokio::test]
async fn a_commune_enters_and_another_leaves_in_a_scenario() {
    let site = Site::open().await;
    let (_, officer, page, [namur, gembloux, _, wavre]) = three(&site).await;

    let tried = site
        .get(&officer, &format!("{page}?essai=1&cle=egal&fixe=aucune&part=&avec={namur}&avec={gembloux}&plus={wavre}"))
        .await;

    assert_eq!(tried.status, 200);
    assert!(tried.read().contains("Entre : Wavre. Sort : Perwez."), "{}", tried.read());
    assert!(tried.read().contains("33 333,34 €") && tried.read().contains("33 333,33 €"), "{}", tried.read());
    let nobody = site.get(&officer, &format!("{page}?essai=1&cle=egal&fixe=aucune&part=")).await;
    assert!(nobody.read().contains("Ces parts ne peuvent pas être calculées"), "{}", nobody.read());
}

#[tokio::test]
async fn bounds_are_adopted_with_the_key_and_shown_in_the_file() {
    let site = Site::open().await;
    let (_, officer, page, _) = three(&site).await;
    let rule = [
        ("version", "3"),
        ("cle", "population"),
        ("fixe", "montant"),
        ("part", "250,00"),
        ("minimum", "20 000"),
        ("maximum", "45 000"),
        ("geste", "cle"),
    ];

    let adopted = site.post(&officer, &page, &rule).await;

    assert_eq!(adopted.status, 303, "{}", adopted.body);
    let shown = site.get(&officer, &page).await;
    assert_eq!(
        (shown.value("part"), shown.value("minimum")),
        ("250,00".to_owned(), "20 000,00".replace(' ', "\u{202f}"))
    );
    let record = site.get(&officer, page.trim_end_matches("/participants")).await;
    for text in ["45 000,00 €", "20 000,00 €", "Entre 20 000,00 € et 45 000,00 € par commune."] {
        assert!(shown.read().contains(text) && record.read().contains(text), "{text}\n{}", record.read());
    }
}

#[tokio::test]
async fn a_rule_that_can_not_be_comes_back_as_typed_with_its_sentence() {
    let site = Site::open().await;
    let (_, officer, page, _) = three(&site).await;
    let with = |wrong: &[(&'static str, &'static str)]| {
        let good = [
            ("version", "3"),
            ("cle", "population"),
            ("fixe", "pourcent"),
            ("part", "20"),
            ("minimum", ""),
            ("maximum", ""),
            ("geste", "cle"),
        ];
        good.map(|(name, value)| wrong.iter().copied().find(|(field, _)| *field == name).unwrap_or((name, value)))
    };

    for (wrong, field, sentence) in [
        (vec![("part", "vingt")], "part", "Écrivez un pourcentage de 0 à 100"),
        (vec![("part", "120")], "part", "Écrivez un pourcentage de 0 à 100"),
        (vec![("part", "-1")], "part", "Écrivez un pourcentage de 0 à 100"),
        (vec![("cle", "hasard")], "cle", "Choisissez une des réponses proposées"),
        (vec![("fixe", "hasard")], "fixe", "Choisissez une des réponses proposées"),
        (vec![("minimum", "-5")], "minimum", "Écrivez un montant positif"),
        (vec![("minimum", "40 000")], "cle", "Ces parts ne peuvent pas être calculées"),
        (vec![("fixe", "montant"), ("part", "90 000")], "cle", "Ces parts ne peuvent pas être calculées"),
    ] {
        let answer = site.post(&officer, &page, &with(&wrong)).await;

        assert_eq!(answer.status, 422, "{wrong:?}");
        assert!(answer.read().contains(sentence), "{wrong:?}: {sentence}\n{}", answer.read());
        assert!(answer.body.contains(&format!("id=\"{field}-erreur\"")), "{wrong:?}\n{}", answer.body);
        for (name, value) in wrong.iter().filter(|(name, _)| ["part", "minimum"].contains(name)) {
            assert_eq!(answer.value(name), *value);
        }
    }
}
