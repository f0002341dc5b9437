//! A form that would be accepted, sent to every address that takes one: only the one who may gets through, and whoever
//! else sends it is refused for who they are and not for what they typed. `docs/requests.md` keeps the answers.

mod central;
mod rows;
mod scenes;
mod stages;

use std::{collections::BTreeMap, fs};

use chrono::TimeDelta;
use domain::authz::Actor;
use service::store;
use tests::root;

use self::{
    rows::{FILE, Post, rows},
    scenes::{Around, Scene},
};
use crate::{
    site::{Answer, Browser, Site},
    uploads,
};

/// The columns, the one who may last: until then nothing has changed.
const COLUMNS: [&str; 5] =
    ["Visiteur", "Autre organisation", "Participant", "Auditeur de la Région", "Qui peut l’envoyer"];

/// Everybody may, with their own account or without one.
const OF_EVERYBODY: [&str; 5] = ["/connexion", "/inscription", "/mot-de-passe", "/affichage", "/calcul"];
/// Each officer for their own authority, each firm with its own question or offer.
const OF_ONES_OWN: [&str; 3] = ["/besoins/nouveau", "/marches/nouveau", "/appels/{reference}/question"];
/// There is no clock of a demonstration to move.
const CLOSED: [&str; 1] = ["/demonstration"];

#[test]
fn every_address_that_takes_a_form_has_one() {
    let taking: Vec<_> = app::routes().iter().filter(|route| route.submit.is_some()).map(|route| route.path).collect();
    let mut sent: Vec<_> = rows().iter().map(|post| post.path).collect();
    sent.sort_by_key(|path| taking.iter().position(|one| one == path));

    assert_eq!(sent, taking, "a new address needs a form that is accepted in tests/tests/http/posts/rows.rs");
}

/// The second table of `docs/requests.md`, line by line.
pub(crate) async fn table() -> Vec<String> {
    let site = Site::open().await;
    let start = "2026-11-23 10:00";
    site.world.now_is(start);
    let around = Around::of(&site.world).await;
    let (mut lines, mut wrong) = (vec![INTRODUCTION.to_owned(), head()], Vec::new());
    for post in rows() {
        site.world.now_is(start);
        // Boxed, here and there: a whole road in one frame is more than a test's stack.
        let scene = Box::pin(around.scene(&site, &post)).await;
        lines.push(line(&site, &post, &scene, &mut wrong).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    lines
}

const INTRODUCTION: &str = "
## Formulaires

Chaque adresse reçoit ici un formulaire complet et exact, pour un dossier à l’étape où il est attendu (les formulaires
sont dans `tests/tests/http/posts/rows.rs`). Le participant est une autre commune du même dossier ; l’autre
organisation n’y prend pas part (une entreprise, pour ce qu’une entreprise envoie).
";

fn head() -> String {
    format!("| Adresse | Rôle | {} |\n|---|---|{}", COLUMNS.join(" | "), "--:|".repeat(COLUMNS.len()))
}

async fn line(site: &Site, post: &Post, scene: &Scene, wrong: &mut Vec<String>) -> String {
    let senders = [None, Some(&scene.stranger), Some(&scene.participant), Some(&scene.auditor), Some(&scene.rightful)];
    let mut statuses = Vec::new();
    for (column, sender) in senders.into_iter().enumerate() {
        let is_last = column == COLUMNS.len() - 1;
        let browser = match sender {
            // A link is proof enough, and sign-in and registration are for whoever has no session.
            Some(_) if is_last && scene.other_link => Browser::default(),
            Some(actor) => signed_in(site, actor).await,
            None => Browser::default(),
        };
        let answer = sent(site, post, scene, &browser, is_last).await;
        if !is_expected(post, scene, column, answer.status) {
            wrong.push(format!("{} by {}: {}\n{}", post.path, COLUMNS[column], answer.status, answer.read()));
        }
        statuses.push(answer.status.to_string());
    }
    let names = fs::read_to_string(root().join("app/locales/fr/role.json")).expect("the roles have French names");
    let names: BTreeMap<String, String> = serde_json::from_str(&names).expect("a list of names");
    format!("| `{}` | {} | {} |", post.path, names[post.role.code()], statuses.join(" | "))
}

async fn sent(site: &Site, post: &Post, scene: &Scene, browser: &Browser, is_rightful: bool) -> Answer {
    let body = scene.body(&site.world, post.body);
    if let [(FILE, content)] = post.body {
        let form = uploads::form("facture.xml", content.as_bytes());
        let request = uploads::request(browser, &scene.address(post.path, is_rightful), form);
        return site.send(request).await;
    }
    let fields: Vec<_> = body.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post(browser, &scene.address(post.path, is_rightful), &fields).await
}

/// The library that keeps sessions reads the machine's clock; the scenes have their own.
async fn signed_in(site: &Site, actor: &Actor) -> Browser {
    let browser = site.signed_in(actor).await;
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    browser
}

/// As ARCHITECTURE.md says: to be signed in, then 404 for what is another organisation's, 403 for what one sees and may
/// not do.
fn is_expected(post: &Post, scene: &Scene, column: usize, status: u16) -> bool {
    let done = status == 303;
    let of_a_file = ["{reference}", "{bon}", "{besoin}"].iter().any(|part| post.path.contains(part));
    match (post.path, column) {
        (path, _) if CLOSED.contains(&path) => status == 404,
        (_, 4) => done,
        (path, _) if OF_EVERYBODY.contains(&path) => done,
        _ if scene.other_link => status == 410,
        (_, 0) => status == 401,
        // Of another organisation than the one that was chosen.
        ("/compte", _) => status == 404,
        (path, 1) if OF_ONES_OWN.contains(&path) => done,
        (path, 2) if OF_ONES_OWN.contains(&path) && !of_a_file => done,
        // For its own authority.
        ("/marches/{reference}/adhesion" | "/contrats/{reference}/prets", 2) => done,
        ("/bons/nouveau" | "/bons/nouveau/verifier", 2) => done,
        // Every authority finds a framework that is offered: it adheres for itself, is told that it did not, or sees that the
        // users are the body's.
        ("/centrale/adhesions/{organisation}", 1 | 2) => done,
        ("/centrale/{reference}/besoin", 1 | 2) => status == 422,
        ("/centrale/{reference}/utilisateurs", 1) => status == 403,
        // Everybody sees a call; no firm has another one's offer for it.
        (path, 1) if of_a_file && !path.starts_with("/offres/") => status == 404,
        _ => [403, 404].contains(&status),
    }
}
