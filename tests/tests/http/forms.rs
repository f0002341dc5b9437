//! A form that can't be accepted is the same page again: 422, a sentence at the field, every typed value as it was.

use crate::site::{Answer, Browser, Site};

/// A need that would be accepted.
const GOOD: [(&str, &str); 9] = [
    ("objet", "Guichet citoyen"),
    ("description", "Un guichet\r\nen logiciel libre"),
    ("cpv", "72212000"),
    ("nature", "services"),
    ("estimation", "128 000,00"),
    ("quantite", "40 postes"),
    ("debut-jour", ""),
    ("debut-mois", ""),
    ("debut-annee", ""),
];

const PAGE: &str = "/besoins/nouveau";

/// Sends a need with these fields in place of the good ones.
async fn describe_with(site: &Site, browser: &Browser, wrong: &[(&str, &str)]) -> Answer {
    site.post(browser, PAGE, &replaced(wrong)).await
}

fn replaced<'a>(wrong: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    GOOD.into_iter()
        .map(|(name, value)| wrong.iter().copied().find(|(field, _)| *field == name).unwrap_or((name, value)))
        .collect()
}

/// The page came back: the sentence is in the summary and at the field, and nothing that was typed is lost.
fn assert_kept(answer: &Answer, wrong: &[(&str, &str)], field: &str, sentence: &str) {
    assert_eq!(answer.status, 422, "{wrong:?}\n{}", answer.body);
    answer.assert_page();
    let read = answer.read();
    assert!(read.contains("<title>Erreur : "), "the window's title says so");
    assert_eq!(read.matches(sentence).count(), 2, "{sentence} in the summary and at the field\n{read}");
    assert!(answer.body.contains(&format!("<a href=\"#{field}\">")), "the summary leads to {field}");
    assert!(answer.body.contains(&format!("id=\"{field}-erreur\"")), "the sentence stands at {field}");
    for (name, value) in replaced(wrong) {
        if name == "nature" {
            continue;
        }
        assert_eq!(answer.value(name), value, "{name} as it was typed");
    }
    assert!(!answer.body.contains("<script>"), "nothing that was typed is run");
}

#[tokio::test]
async fn a_good_need_is_accepted() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    let answer = describe_with(&site, &officer, &[]).await;

    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = site.get(&officer, answer.header("location")).await;
    assert!(page.body.contains("Guichet citoyen"));
}

#[tokio::test]
async fn a_wrong_amount_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for (typed, sentence) in [
        ("", "Écrivez le montant en euros"),
        ("douze mille", "Écrivez le montant en euros"),
        ("12x", "Écrivez le montant en euros"),
        ("NaN", "Écrivez le montant en euros"),
        ("1e9", "Écrivez le montant en euros"),
        ("<script>alert(1)</script>", "Écrivez le montant en euros"),
        ("\"><script>alert('&amp;')</script>", "Écrivez le montant en euros"),
        ("-5", "Écrivez un montant positif"),
        ("0", "Écrivez un montant plus grand que zéro"),
        ("0,00", "Écrivez un montant plus grand que zéro"),
        ("12,345", "deux décimales au plus"),
        ("99 999 999 999 999", "Vérifiez ce montant"),
        ("99999999999999999999999999999999999999", "Vérifiez ce montant"),
    ] {
        let wrong = [("estimation", typed)];

        let answer = describe_with(&site, &officer, &wrong).await;

        assert_kept(&answer, &wrong, "estimation", sentence);
        assert!(answer.field("estimation").contains("aria-invalid=\"true\""), "{typed}");
        assert!(!answer.field("quantite").contains("aria-invalid"), "{typed}");
    }
}

#[tokio::test]
async fn a_wrong_text_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let (long, longer) = ("é".repeat(201), "<b>&".repeat(1_251));

    for (field, typed, sentence) in [
        ("objet", "", "Écrivez l’objet en quelques mots"),
        ("objet", long.as_str(), "Raccourcissez ce texte : 200 caractères au plus"),
        ("description", longer.as_str(), "Raccourcissez ce texte : 5000 caractères au plus"),
        ("cpv", "", "Choisissez un code CPV de la liste"),
        ("quantite", "", "Écrivez la quantité"),
        ("objet", "Guichet \u{1f600}", "Retirez le caractère « \u{1f600} »"),
        ("description", "Une ligne\r\n\u{1f600}", "Retirez le caractère « \u{1f600} »"),
        ("quantite", long.as_str(), "Raccourcissez ce texte : 200 caractères au plus"),
    ] {
        let wrong = [(field, typed)];

        let answer = describe_with(&site, &officer, &wrong).await;

        assert_kept(&answer, &wrong, field, sentence);
        assert!(answer.field(field).contains("aria-invalid=\"true\""), "{field}");
    }
}

#[tokio::test]
async fn a_wrong_day_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for (day, month, year, sentence) in [
        ("31", "2", "2099", "Écrivez une date qui existe"),
        ("29", "2", "2099", "Écrivez une date qui existe"),
        ("99", "99", "99999", "Écrivez une date qui existe"),
        ("-1", "1", "2099", "Écrivez une date qui existe"),
        ("un", "mars", "<i>", "Écrivez une date qui existe"),
        ("1", "", "", "Écrivez une date qui existe"),
        ("1", "3", "2020", "Choisissez une date à partir du "),
    ] {
        let wrong = [("debut-jour", day), ("debut-mois", month), ("debut-annee", year)];

        let answer = describe_with(&site, &officer, &wrong).await;

        assert_kept(&answer, &wrong, "debut", sentence);
        assert!(answer.field("debut-jour").contains("aria-invalid=\"true\""), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_choice_that_was_not_offered_comes_back_with_its_sentence() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for (typed, sentence) in
        [("", "Choisissez services, fournitures ou travaux"), ("autre", "Choisissez une des réponses proposées")]
    {
        let wrong = [("nature", typed)];

        let answer = describe_with(&site, &officer, &wrong).await;

        assert_kept(&answer, &wrong, "nature", sentence);
    }
}

#[tokio::test]
async fn all_faults_are_told_at_once() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    let answer = site.post(&officer, PAGE, &[]).await;

    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("5 réponses sont à corriger"), "{}", answer.body);
}

#[tokio::test]
async fn what_was_typed_is_shown_as_text_everywhere() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let object = "<script>alert(\"vu\")</script> & l’<b>objet</b>";

    let answer = describe_with(&site, &officer, &[("objet", object), ("description", object)]).await;

    for path in [answer.header("location"), "/besoins"] {
        let page = site.get(&officer, path).await;
        page.assert_page();
        assert!(!page.body.contains("<script") && !page.body.contains("<b>objet"), "{path}");
        assert!(page.body.contains("&lt;script&gt;"), "{path}");
    }
}

#[tokio::test]
async fn joining_a_need_twice_is_refused_with_a_sentence() {
    let site = Site::open().await;
    let namur = site.world.officer("Namur").await;
    let (_, gembloux) = site.officer("Gembloux").await;
    let need = format!("/besoins/{}", site.need_of(&namur).await);
    let share = [("estimation", "1 000"), ("quantite", "10 postes"), ("remarque", "")];

    let first = site.post(&gembloux, &need, &share).await;
    let second = site.post(&gembloux, &need, &share).await;

    assert_eq!((first.status, second.status), (303, 422));
    second.assert_page();
    assert!(second.body.contains("C’est déjà fait"), "{}", second.body);
    let page = site.get(&gembloux, &need).await;
    assert_eq!(page.body.matches("10 postes").count(), 1, "it joined once");
}

#[tokio::test]
async fn a_role_that_may_not_is_told_so_and_nothing_changes() {
    let site = Site::open().await;
    let namur = site.world.commune("Namur").await;
    let director = site.world.member(&namur, domain::organisation::Role::FinanceDirector).await;
    let director = site.signed_in(&director).await;

    let answer = describe_with(&site, &director, &[]).await;

    assert_eq!(answer.status, 403);
    answer.assert_page();
    assert!(answer.body.contains("Votre rôle ne permet pas cette action"));
    assert!(!site.get(&director, "/besoins").await.body.contains("Guichet citoyen"));
}
