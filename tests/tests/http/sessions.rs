//! Sessions: a form outlives the one in which it was begun; a cookie from before is worth nothing after.

use crate::site::{Answer, Browser, Site};

const LONG: [(&str, &str); 6] = [
    ("objet", "Guichet « citoyen » & <service>"),
    ("description", "Première ligne\r\n\r\nDeuxième \"ligne\""),
    ("cpv", "72212000"),
    ("nature", "supplies"),
    ("estimation", "douze mille"),
    ("quantite", " 40 postes "),
];

/// The sign-in page carries every typed value.
fn assert_carries(answer: &Answer) {
    assert_eq!(answer.status, 401, "{}", answer.body);
    answer.assert_page();
    assert!(answer.body.contains("Votre session était terminée"), "{}", answer.body);
    let hidden = answer.hidden();
    assert!(hidden.contains(&("vers".to_owned(), "/besoins/nouveau".to_owned())), "{hidden:?}");
    for (name, value) in LONG {
        assert!(hidden.contains(&(format!("tenu.{name}"), value.to_owned())), "{name} is lost: {hidden:?}");
    }
}

#[tokio::test]
async fn a_long_form_outlives_its_session() {
    let site = Site::open().await;
    let (actor, officer) = site.officer("Namur").await;
    site.world.hours_pass(9);

    let lost = site.post(&officer, "/besoins/nouveau", &LONG).await;
    assert_carries(&lost);

    let person = actor.person().to_string();
    let mut fields = lost.hidden();
    fields.push(("personne".to_owned(), person));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let back = site.post(&Browser::default(), "/connexion", &fields).await;

    assert_eq!(back.status, 200, "{}", back.body);
    back.assert_page();
    assert!(back.body.contains("Vous êtes de nouveau connecté"), "{}", back.body);
    assert!(back.body.contains("action=\"/besoins/nouveau\""), "it is sent where it belongs");
    for (name, value) in LONG.into_iter().filter(|(name, _)| *name != "nature") {
        assert_eq!(back.value(name), value, "{name}");
    }
    assert!(back.body.contains("value=\"supplies\" checked"), "the choice is still made\n{}", back.body);
}

#[tokio::test]
async fn a_session_lasts_eight_hours_from_the_last_click() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    site.world.hours_pass(7);
    assert_eq!(site.get(&officer, "/besoins").await.status, 200);
    site.world.hours_pass(7);
    assert_eq!(site.get(&officer, "/besoins").await.status, 200, "the click of an hour ago counts");
    site.world.hours_pass(9);

    assert_eq!(site.get(&officer, "/besoins").await.status, 303);
}

#[tokio::test]
async fn without_any_cookie_a_form_is_kept_too() {
    let site = Site::open().await;

    let lost = site.post(&Browser::default(), "/besoins/nouveau", &LONG).await;

    assert_carries(&lost);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_form_for_the_next_try() {
    let site = Site::open().await;
    let lost = site.post(&Browser::default(), "/besoins/nouveau", &LONG).await;
    let mut fields = lost.hidden();
    fields.push(("courriel".to_owned(), "personne@commune.example".to_owned()));
    fields.push(("motdepasse".to_owned(), "un secret mal retenu".to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

    let again = site.post(&Browser::default(), "/connexion", &fields).await;

    assert_eq!(again.status, 422);
    let hidden = again.hidden();
    for (name, value) in LONG {
        assert!(hidden.contains(&(format!("tenu.{name}"), value.to_owned())), "{name} is lost: {hidden:?}");
    }
    assert!(!again.body.contains("un secret mal retenu"), "a password is never sent back");
}

#[tokio::test]
async fn signing_in_changes_the_cookie_and_signing_out_ends_it() {
    let site = Site::open().await;
    let (actor, before) = site.officer("Namur").await;

    let after = site.post(&before, "/connexion", &[("personne", &actor.person().to_string())]).await.browser();

    assert_ne!(before.cookie, after.cookie);
    assert_eq!(site.get(&before, "/compte").await.status, 303, "the cookie from before is worth nothing");
    assert_eq!(site.get(&after, "/compte").await.status, 200);
    assert_eq!(site.post(&after, "/compte", &[("geste", "sortir")]).await.status, 303);
    assert_eq!(site.get(&after, "/compte").await.status, 303, "signed out");
}

#[tokio::test]
async fn the_cookie_can_not_be_read_by_scripts_nor_sent_by_other_sites() {
    let site = Site::open().await;
    let actor = site.world.officer("Namur").await;

    let answer = site.post(&Browser::default(), "/connexion", &[("personne", &actor.person().to_string())]).await;

    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
}

#[tokio::test]
async fn a_made_up_cookie_is_nobody() {
    let site = Site::open().await;

    for cookie in ["beffroi=", "beffroi=x", "beffroi=AAAAAAAAAAAAAAAAAAAAAA", "beffroi=%00; affichage=\"><script>"] {
        let browser = Browser { cookie: cookie.to_owned() };

        assert_eq!(site.get(&browser, "/compte").await.status, 303, "{cookie}");
        let page = site.get(&browser, "/").await;
        page.assert_page();
        assert!(!page.body.contains("<script>"));
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let site = Site::open().await;
    let actor = site.world.officer("Namur").await;
    let person = actor.person().to_string();

    for there in [
        "https://mechant.example",
        "//mechant.example",
        "/\\mechant.example",
        "javascript:alert(1)",
        "\r\nset-cookie: a=b",
    ] {
        let answer = site.post(&Browser::default(), "/connexion", &[("personne", &person), ("vers", there)]).await;

        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{there:?}");
    }
}
