//! The public tools through the router: the figures of law and the calculator.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use server::{Site, router};
use service::testing::World;
use tower::ServiceExt as _;

struct Answered {
    status: StatusCode,
    location: String,
    text: String,
}

async fn send(world: &World, request: Request<Body>) -> Answered {
    let response = router(world.services.clone(), Site::none()).oneshot(request).await.expect("an answer");
    let status = response.status();
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let location = location.to_owned();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a whole page");
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8").replace(['\u{a0}', '\u{202f}'], " ");
    Answered { status, location, text }
}

async fn get(world: &World, address: &str) -> Answered {
    send(world, Request::get(address).body(Body::empty()).expect("a request")).await
}

async fn post(world: &World, address: &str, form: &str) -> Answered {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    send(world, request).await
}

#[tokio::test]
async fn everybody_reads_the_figures_of_law_and_finds_one_by_its_anchor() {
    let world = World::on_sqlite().await;

    let all = get(&world, "/parametres").await;
    let one = get(&world, "/parametres/fm.max").await;
    let found = get(&world, "/parametres?q=CAUTIONNEMENT+arrondi").await;

    assert_eq!(all.status, StatusCode::OK);
    assert!(all.text.contains(r#"id="eu.threshold.supplies_services""#));
    assert!(all.text.contains("216 000,00 €"));
    assert_eq!(one.status, StatusCode::OK);
    assert!(one.text.contains("30 000,00 €") && one.text.contains("à confirmer"));
    assert!(!one.text.contains("/parametres/fm.max/ajouter"));
    assert!(found.text.contains("surety.rounding") && !found.text.contains("fm.max"));
    assert_eq!(get(&world, "/parametres/tarot").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_visitor_is_sent_to_sign_in_before_adding_a_row() {
    let world = World::on_sqlite().await;

    let form = get(&world, "/parametres/fm.max/ajouter").await;
    let sent = post(&world, "/parametres/fm.max/ajouter", "valeur=1").await;

    assert_eq!(form.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_question_that_can_be_read_leads_to_the_address_of_its_answer() {
    let world = World::on_sqlite().await;
    let form = "calcul=delai&sens=calendar&evenement-jour=5&evenement-mois=11&evenement-annee=2026&duree=15";

    let asked = post(&world, "/calcul", form).await;
    let answered = get(&world, asked.location.trim_end_matches("#reponse")).await;

    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert_eq!(answered.status, StatusCode::OK);
    assert!(answered.text.contains("Vendredi 20 novembre 2026"), "{}", answered.text);
    assert!(answered.text.contains("15 jours de calendrier mènent au vendredi 20 novembre 2026."));
    assert!(answered.text.contains("2026-11-21"), "the JSON answer stands beside");
}

#[tokio::test]
async fn each_calculation_answers_in_words() {
    let world = World::on_sqlite().await;
    let expected = [
        (
            "calcul=procedure&le-jour=9&le-mois=3&le-annee=2026&nature=services&estimation=29999,99",
            "Marché de faible montant",
        ),
        ("calcul=parts&total=100,00&cle=equal&participants=A%0D%0AB%0D%0AC", "33,34 €"),
        (
            "calcul=parts&total=100000&cle=population&fixe=pourcent&part=20&participants=B;8500%0AA;12+000%0AC;4300",
            "45 376,34 €",
        ),
        ("calcul=numero&sorte=bce&numero=566988259", "0566.988.259"),
        ("calcul=numero&sorte=iban&numero=BE69539007547034", "pas valide"),
        ("calcul=points&formule=F1&poids=40&offres=120000;54%0A100000;40%0A150000;57", "87,33"),
        ("calcul=cautionnement&montant=81234&taux=5", "4 070,00 €"),
        ("calcul=cautionnement&montant=49999,99&taux=5", "Aucun cautionnement ne peut être exigé"),
        ("calcul=tva&lignes=0,12;21%0A0,12;21%0A0,12;21", "0,44 €"),
        ("calcul=retard&nature=services&montant=40000&retard=23&critere=non&autres=", "920,00 €"),
        ("calcul=retard&nature=supplies&montant=40000&retard=90&critere=oui", "3 600,00 €"),
        (
            "calcul=retard&nature=services&montant=2000&retard=30&critere=non",
            "Le total des amendes du marché est inférieur au minimum : il est négligé.",
        ),
        ("calcul=retard&nature=works&montant=300000&retard=10&delai=143&unite=calendar", "1 350,00 €"),
        (
            "calcul=interets&montant=12100&echeance-jour=1&echeance-mois=2&echeance-annee=2026\
             &paiement-jour=21&paiement-mois=2&paiement-annee=2026",
            "109,62 €",
        ),
        (
            "calcul=interets&montant=36500&echeance-jour=20&echeance-mois=6&echeance-annee=2025\
             &paiement-jour=10&paiement-mois=7&paiement-annee=2025",
            "Du 1er juillet 2025 au 10 juillet 2025 : 10 jours à 10,5 %.",
        ),
        ("calcul=revision&prix=600&fixe=20&termes=80;113,30;110,00", "614,40 €"),
        ("calcul=revision&prix=600&fixe=20&termes=80;121,45;118,20", "Coefficient = 0,20 + 0,80 × 121,45 ÷ 118,20"),
        ("calcul=avance&montant=90000&mois=24&cas=pnspp", "6 750,00 €"),
        ("calcul=modification&montant=100000&nature=services&modifications=6000%0A-5000&cumul=absolute", "pas admise"),
        ("calcul=modification&montant=100000&nature=services&modifications=6000%0A-5000&cumul=net", "1 000,00 €"),
        (
            "calcul=subside&taux=60&eligible=80000&plafond=40000&tranches=50%0A30%0A20&versees=2&accepte=50000",
            "Ce qui est versé au-delà de ce qui est dû se restitue",
        ),
        (
            "calcul=subside&taux=60&eligible=80000&plafond=40000&tranches=50%0A50&versees=0&accepte=0",
            "À partir de 25 000,00 €",
        ),
        (
            "calcul=subside&taux=50&eligible=49999,98&tranches=100&versees=0&accepte=0",
            "De 2 500,00 € à moins de 25 000,00 €",
        ),
        ("calcul=subside&taux=50&eligible=4999,98&tranches=100&versees=0&accepte=0", "Sous 2 500,00 €"),
        ("calcul=cotisation&taux=0,45&population=12345", "5 555,25 €"),
        (
            "calcul=cotisation&taux=0,45&population=12345&entree-jour=1&entree-mois=7&entree-annee=2026",
            "Du 1er juillet 2026 au 31 décembre 2026, ces deux jours compris : 184 jours sur 365.",
        ),
        ("calcul=cotisation&taux=0,45&population=1&min=500&max=9000", "Le minimum d’une année s’applique : 500,00 €."),
        ("calcul=cotisation&taux=0,45&population=90000&max=9000", "Le maximum d’une année s’applique : 9 000,00 €."),
        (
            "calcul=aide&aides=09/03/2023;50000%0A10/03/2023;200000&montant=100000&le-jour=9&le-mois=3&le-annee=2026",
            "200 000,00 €",
        ),
        ("calcul=aide&montant=300000,01&le-jour=9&le-mois=3&le-annee=2026", "pas admise"),
        (
            "calcul=aide&montant=1&le-jour=9&le-mois=3&le-annee=2026",
            "à la même entreprise unique du 10 mars 2023 au 9 mars 2026",
        ),
    ];

    for (question, sentence) in expected {
        let answered = get(&world, &format!("/calcul?{question}")).await;

        assert_eq!(answered.status, StatusCode::OK, "{question}");
        assert!(answered.text.contains(sentence), "{question}");
        assert!(!answered.text.contains("govuk-error-summary"), "{question}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_a_sentence_at_its_field() {
    let world = World::on_sqlite().await;
    let wrong = [
        (
            "calcul=delai&sens=calendar&evenement-jour=31&evenement-mois=2&evenement-annee=2026&duree=15",
            "evenement-erreur",
            r#"value="31""#,
        ),
        (
            "calcul=delai&sens=calendar&evenement-jour=5&evenement-mois=11&evenement-annee=2026&duree=-1",
            "duree-erreur",
            r#"value="-1""#,
        ),
        (
            "calcul=delai&sens=tarot&evenement-jour=5&evenement-mois=11&evenement-annee=2026&duree=1",
            "sens-erreur",
            r#"value="5""#,
        ),
        (
            "calcul=procedure&le-jour=9&le-mois=3&le-annee=2026&nature=works&estimation=0",
            "estimation-erreur",
            r#"value="0""#,
        ),
        ("calcul=parts&total=100&cle=population&participants=Namur%3B1%0AWavre", "participants-erreur", "Wavre"),
        ("calcul=parts&total=100&cle=equal&participants=A%0AA", "participants-erreur", "A\nA"),
        ("calcul=parts&total=100&cle=equal&fixe=montant&part=60&participants=A%0AB", "part-erreur", r#"value="60""#),
        ("calcul=parts&total=100&cle=equal&min=60&participants=A%0AB", "min-erreur", r#"value="60""#),
        ("calcul=numero&sorte=bce&numero=", "numero-erreur", ""),
        ("calcul=points&formule=F4&poids=40&offres=1", "plafond-erreur", ""),
        ("calcul=points&formule=F1&poids=40&offres=1%0Ax", "offres-erreur", "x"),
        ("calcul=cautionnement&montant=60000&taux=101", "taux-erreur", r#"value="101""#),
        ("calcul=tva&lignes=100;21%0A100;121", "lignes-erreur", "100;121"),
        ("calcul=tva&lignes=", "lignes-erreur", ""),
        ("calcul=retard&nature=services&montant=0&retard=1&critere=non", "montant-erreur", r#"value="0""#),
        ("calcul=retard&nature=services&montant=1&retard=-1&critere=non", "retard-erreur", r#"value="-1""#),
        ("calcul=retard&nature=services&montant=1&retard=1&critere=peut-etre", "critere-erreur", ""),
        ("calcul=retard&nature=works&montant=1&retard=1&delai=0&unite=working", "delai-erreur", r#"value="0""#),
        (
            "calcul=interets&montant=1&echeance-jour=31&echeance-mois=2&echeance-annee=2026\
             &paiement-jour=1&paiement-mois=3&paiement-annee=2026",
            "echeance-erreur",
            r#"value="31""#,
        ),
        ("calcul=revision&prix=600&fixe=20&termes=79;121,45;118,20", "termes-erreur", "font 99 %"),
        ("calcul=revision&prix=600&fixe=20&termes=80;121,45;0", "termes-erreur", "80;121,45;0"),
        ("calcul=revision&prix=600&fixe=20&termes=80;121,45", "termes-erreur", "80;121,45"),
        ("calcul=avance&montant=1&mois=0&cas=micro", "mois-erreur", r#"value="0""#),
        ("calcul=avance&montant=1&mois=1&cas=grande", "cas-erreur", ""),
        (
            "calcul=modification&montant=1&nature=works&modifications=beaucoup&cumul=net",
            "modifications-erreur",
            "beaucoup",
        ),
        (
            "calcul=subside&taux=60&eligible=1&tranches=50%0A49&versees=0&accepte=0",
            "tranches-erreur",
            "Les tranches font 99 %",
        ),
        ("calcul=subside&taux=60&eligible=1&tranches=50%0A50&versees=3&accepte=0", "versees-erreur", "de 0 à 2"),
        ("calcul=subside&taux=60&eligible=1&tranches=100&versees=0&accepte=-1", "accepte-erreur", r#"value="-1""#),
        ("calcul=cotisation&taux=0,12345678&population=1", "taux-erreur", "sept décimales"),
        ("calcul=cotisation&taux=1&population=", "population-erreur", ""),
        ("calcul=cotisation&taux=1&population=1&min=2&max=1", "max-erreur", r#"value="1""#),
        (
            "calcul=cotisation&taux=1&population=1&entree-jour=2&entree-mois=7&entree-annee=2026\
             &sortie-jour=1&sortie-mois=7&sortie-annee=2026",
            "sortie-erreur",
            "à partir du 2 juillet 2026",
        ),
        (
            "calcul=cotisation&taux=1&population=1&entree-jour=2&entree-mois=7&entree-annee=2026\
             &sortie-jour=1&sortie-mois=1&sortie-annee=2027",
            "sortie-erreur",
            "jusqu’au 31 décembre 2026",
        ),
        ("calcul=aide&aides=31/02/2025;1&montant=1", "aides-erreur", "31/02/2025;1"),
        ("calcul=aide&aides=01/02/2025&montant=1", "aides-erreur", "01/02/2025"),
        ("calcul=aide&aides=&montant=0", "montant-erreur", r#"value="0""#),
    ];

    for (form, field, kept) in wrong {
        let answered = post(&world, "/calcul", form).await;

        assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answered.text.contains(field) && answered.text.contains(kept), "{form}");
    }
}

#[tokio::test]
async fn the_law_of_a_year_that_is_not_known_is_refused_by_name() {
    let world = World::on_sqlite().await;
    let form = "calcul=procedure&le-jour=1&le-mois=1&le-annee=2028&nature=works&estimation=1";

    let answered = post(&world, "/calcul", form).await;

    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answered.text.contains("eu.threshold.works"));
}
