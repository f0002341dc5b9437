//! Every address × everybody: `docs/requests.md` is the table, and a new address without a sample fails.

use app::{Access, Route};
use domain::{
    kernel::money::Money,
    organisation::{OrganisationKind, Role},
    tender::Vehicle,
};
use service::{tender, testing::a_draft, voucher};
use tests::assert_committed;

use crate::{
    posts,
    site::{Browser, Site},
};

/// Whoever asks, in the order of the columns.
struct Asker {
    name: &'static str,
    browser: Browser,
}

/// An address with its changing parts filled in.
struct Address {
    /// As the table shows it.
    shown: String,
    path: String,
    /// The record is there.
    known: bool,
}

/// Records of the commune of Namur.
struct Records {
    need: String,
    /// Joint: Eghezée is invited.
    tender: String,
    /// Of a concluded contract.
    contract: String,
    /// Offered by the commune as a central body.
    framework: String,
    /// A draft on it.
    voucher: String,
    organisation: String,
}

impl Records {
    fn of_nobody() -> Self {
        Self {
            need: UNKNOWN_ID.to_owned(),
            tender: UNKNOWN_TENDER.to_owned(),
            contract: UNKNOWN_TENDER.to_owned(),
            framework: UNKNOWN_TENDER.to_owned(),
            voucher: UNKNOWN_ID.to_owned(),
            organisation: UNKNOWN_ID.to_owned(),
        }
    }
}

const UNKNOWN_ID: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const UNKNOWN_TENDER: &str = "MP-2026-9999";

#[tokio::test]
async fn every_address_answers_everybody_as_the_committed_table_says() {
    let site = Site::open().await;
    let (askers, records) = people(&site).await;
    let mut lines = vec![INTRODUCTION.to_owned(), head(&askers)];

    for route in app::routes() {
        for address in addresses(route.path, &records) {
            lines.push(line(&site, &askers, &route, &address, "GET").await);
            // A form about what is there has its own table.
            if route.submit.is_some() && !address.known {
                lines.push(line(&site, &askers, &route, &address, "POST").await);
            }
        }
    }

    lines.extend(Box::pin(posts::table()).await);
    assert_committed("docs/requests.md", &(lines.join("\n") + "\n"));
}

#[tokio::test]
async fn a_visitor_is_sent_to_sign_in_and_comes_back() {
    let site = Site::open().await;

    for route in app::routes().into_iter().filter(|route| route.access == Access::SignedIn) {
        for address in addresses(route.path, &Records::of_nobody()) {
            let answer = site.get(&Browser::default(), &format!("{}?page=2", address.path)).await;

            let back =
                format!("{}%3Fpage%3D2", address.path.replace('/', "%2F").replace('%', "%25").replace("%252F", "%2F"));
            assert_eq!((answer.status, answer.header("location")), (303, format!("/connexion?vers={back}").as_str()));
        }
    }
}

const INTRODUCTION: &str = "\
# Qui reçoit quoi

Ces tables sont écrites par un test (`tests/tests/http/sweep.rs`) ; elles ne se corrigent pas à la main. 200 : la page ;
303 : ailleurs (se connecter, ou ce qui suit un formulaire accepté) ; 401 : se connecter d’abord ; 403 : refusé ;
404 : introuvable, ou à une autre organisation ; 410 : le lien ne vaut pas ou plus ; 422 : à corriger.

## Pages

Chaque adresse est demandée (`GET`) par chacun ; ce qui n’existe pas reçoit aussi un formulaire (`POST`).
";

fn head(askers: &[Asker]) -> String {
    let names: Vec<_> = askers.iter().map(|asker| asker.name).collect();
    format!("| Adresse | Demande | {} |\n|---|---|{}", names.join(" | "), "--:|".repeat(names.len()))
}

async fn line(site: &Site, askers: &[Asker], route: &Route, address: &Address, method: &str) -> String {
    let mut statuses = Vec::new();
    for asker in askers {
        let answer = match method {
            "POST" => site.post(&asker.browser, &address.path, &[]).await,
            _ => site.get(&asker.browser, &address.path).await,
        };
        let what = format!("{method} {} by {}: {}\n{}", address.path, asker.name, answer.status, answer.body);
        assert!(answer.status < 500, "{what}");
        if answer.status != 303 {
            answer.assert_page();
        }
        if !address.known {
            let must_sign_in = route.access == Access::SignedIn && asker.browser.cookie.is_empty();
            let expected = if !must_sign_in {
                404
            } else if method == "POST" {
                401
            } else {
                303
            };
            assert_eq!(answer.status, expected, "{what}");
        }
        statuses.push(answer.status.to_string());
    }
    format!("| `{}` | {method} | {} |", address.shown, statuses.join(" | "))
}

async fn people(site: &Site) -> (Vec<Asker>, Records) {
    let world = &site.world;
    let namur = world.commune("Namur").await;
    let officer = world.member(&namur, Role::ProcurementOfficer).await;
    let director = world.member(&namur, Role::FinanceDirector).await;
    let gembloux = world.officer("Gembloux").await;
    let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
    let firm = world.member(&firm, Role::SmeMember).await;
    let union = world.organisation(OrganisationKind::Union, "UVCW").await;
    let coordinator = world.member(&union, Role::Coordinator).await;
    let participant = world.officer("Eghezée").await;
    let region = world.organisation(OrganisationKind::Region, "Région wallonne").await;
    let auditor = world.member(&region, Role::Auditor).await;
    let tender = site.tender_as(&officer, Vehicle::Joint).await;
    let need = Money::from_cents(100_000);
    tender::invite_participant(&world.services, &officer, tender, participant.organisation(), need, "1")
        .await
        .expect("invited");
    let contract = world.concluded_by(&namur, "100000.00").await.reference;
    let records = Records {
        need: site.need_of(&officer).await.to_string(),
        tender: tender.to_string(),
        contract: contract.to_string(),
        framework: Box::pin(world.offered_by(&namur)).await.reference.to_string(),
        voucher: voucher::draft(&world.services, &officer, contract, &a_draft(&[("P-02", "1")]))
            .await
            .expect("drawn")
            .to_string(),
        organisation: namur.id.to_string(),
    };

    let mut askers = vec![Asker { name: "Visiteur", browser: Browser::default() }];
    for (name, actor) in [
        ("Agent de la commune", &officer),
        ("Agent d’une autre commune", &gembloux),
        ("Participant", &participant),
        ("Auditeur de la Région", &auditor),
        ("Directeur financier", &director),
        ("Entreprise", &firm),
        ("Coordinateur", &coordinator),
    ] {
        askers.push(Asker { name, browser: site.signed_in(actor).await });
    }
    (askers, records)
}

/// One address for the record of the commune, and for those that are not there.
fn addresses(pattern: &str, records: &Records) -> Vec<Address> {
    let parts: Vec<&str> = pattern.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let Some(first) = parts.first() else {
        return vec![Address { shown: pattern.to_owned(), path: pattern.to_owned(), known: true }];
    };
    let known = parts.iter().fold(pattern.to_owned(), |path, part| {
        path.replacen(&format!("{{{part}}}"), sample(pattern, part, records).0, 1)
    });
    let mut addresses = vec![Address { shown: pattern.to_owned(), path: known.clone(), known: true }];
    let (there, Some(unknown)) = sample(pattern, first, records) else { return addresses };
    for (word, value) in [("inconnu", unknown), ("illisible", "n-importe-quoi")] {
        addresses.push(Address {
            shown: pattern.replacen(&format!("{{{first}}}"), word, 1),
            path: known.replacen(there, value, 1),
            known: false,
        });
    }
    addresses
}

/// A changing part of the commune of Namur, and one of nobody where there can be one.
fn sample<'a>(pattern: &str, part: &str, records: &'a Records) -> (&'a str, Option<&'static str>) {
    match part {
        "besoin" => (&records.need, Some(UNKNOWN_ID)),
        "reference" if pattern.starts_with("/contrats") => (&records.contract, Some(UNKNOWN_TENDER)),
        "reference" if pattern.starts_with("/centrale") => (&records.framework, Some(UNKNOWN_TENDER)),
        "bon" => (&records.voucher, Some(UNKNOWN_ID)),
        "reference" => (&records.tender, Some(UNKNOWN_TENDER)),
        "organisation" => (&records.organisation, Some(UNKNOWN_ID)),
        "cle" => ("fm.max", Some("fm.maximum")),
        "section" => ("identite", None),
        // The tender of the table is too young to have a letter to its first tenderer.
        "offre" => ("1", None),
        "numero" => ("1", None),
        // The voucher of the table is a draft: no invoice came for it.
        "recue" => (UNKNOWN_ID, None),
        // The tender of the table is too young to have a letter to its first tenderer.
        // A link that nobody was sent: its page says so.
        "jeton" => ("0123456789abcdef", None),
        new => panic!("{pattern} is new: give the sweep a {new} of the commune of Namur, and one of nobody"),
    }
}
