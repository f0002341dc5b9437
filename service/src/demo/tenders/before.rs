//! Needs, and a file at each stage before the call.

use domain::{
    authz::Actor,
    kernel::{Money, ids::NeedId},
    need::{NeedDraft, ShareDraft},
    organisation::Role,
    procedure::Nature,
};

use super::{
    steps::{File, adheres, adopted_by, planned, voted, written},
    who::actor,
};
use crate::{Error, Services, need, tender};

pub(super) async fn needs(services: &Services) -> Result<(), Error> {
    let namur = actor(services, "Namur", Role::ProcurementOfficer).await?;
    let training = described(services, &namur, "Formation aux outils de cartographie", "80533100", 3_840_000).await?;
    let ciney = actor(services, "Ciney", Role::ProcurementOfficer).await?;
    need::join(services, &ciney, training, &share(1_200_000)).await?;
    let wavre = actor(services, "Wavre", Role::ProcurementOfficer).await?;
    described(services, &wavre, "Prise de rendez-vous en ligne", "72212000", 2_600_000).await.map(drop)
}

/// S01, isolated.
pub(super) async fn gathering(services: &Services) -> Result<(), Error> {
    let file = File { pilot: "Andenne", others: &[], object: "Sauvegarde des serveurs communaux", cents: 2_800_000 };
    planned(services, &file).await.map(drop)
}

/// S02: one council has voted, two have not.
pub(super) async fn at_the_councils(services: &Services) -> Result<(), Error> {
    let perwez = actor(services, "Perwez", Role::ProcurementOfficer).await?;
    let file = File {
        pilot: "Perwez",
        others: &["Ciney", "Wavre"],
        object: "Hébergement mutualisé des sites communaux",
        cents: 9_650_000,
    };
    let reference = planned(services, &file).await?;
    tender::ask_for_adhesions(services, &perwez, reference).await?;
    adheres(services, "Perwez", reference).await
}

/// S03: the specification is being written.
pub(super) async fn drafting(services: &Services) -> Result<(), Error> {
    let gembloux = actor(services, "Gembloux", Role::ProcurementOfficer).await?;
    let file = File {
        pilot: "Gembloux",
        others: &["Namur", "Andenne"],
        object: "Gestion des délibérations, évolutions 2027",
        cents: 12_500_000,
    };
    let reference = voted(services, &file).await?;
    tender::start_drafting(services, &gembloux, reference).await
}

/// S04: the finance director has ten working days.
pub(super) async fn awaiting_opinion(services: &Services) -> Result<(), Error> {
    let file = File {
        pilot: "Marche-en-Famenne",
        others: &["Ciney", "Perwez"],
        object: "Archivage électronique, développement",
        cents: 13_175_000,
    };
    let reference = written(services, &file).await?;
    let officer = actor(services, "Marche-en-Famenne", Role::ProcurementOfficer).await?;
    tender::ask_opinion(services, &officer, reference).await
}

/// S05: the call may go out.
pub(super) async fn adopted(services: &Services) -> Result<(), Error> {
    let file = File {
        pilot: "Ottignies-Louvain-la-Neuve",
        others: &["Wavre"],
        object: "Portail des associations",
        cents: 7_400_000,
    };
    adopted_by(services, &file).await.map(drop)
}

/// S06: the coordinator is asked what it thinks of the conditions.
pub(super) async fn advised(services: &Services) -> Result<(), Error> {
    let wavre = actor(services, "Wavre", Role::ProcurementOfficer).await?;
    let file = File { pilot: "Wavre", others: &[], object: "Publication des données ouvertes", cents: 3_400_000 };
    let reference = adopted_by(services, &file).await?;
    tender::ask_coordinator(services, &wavre, reference).await
}

/// X1.
pub(super) async fn given_up(services: &Services) -> Result<(), Error> {
    let file = File { pilot: "Ciney", others: &[], object: "Bornes d’accueil", cents: 1_900_000 };
    let reference = planned(services, &file).await?;
    let executive = actor(services, "Ciney", Role::Executive).await?;
    let reasons = "Le crédit n’est pas inscrit au budget ; le besoin sera réexaminé en 2027.";
    tender::give_up(services, &executive, reference, reasons).await
}

async fn described(services: &Services, officer: &Actor, object: &str, cpv: &str, cents: i64) -> Result<NeedId, Error> {
    let draft = NeedDraft {
        object: object.to_owned(),
        description: String::new(),
        cpv: cpv.to_owned(),
        nature: Nature::Services,
        estimate: Money::from_cents(cents),
        quantity: "1".to_owned(),
        wanted_on: None,
    };
    need::describe(services, officer, &draft).await
}

fn share(cents: i64) -> ShareDraft {
    ShareDraft { estimate: Money::from_cents(cents), quantity: "1".to_owned(), remark: String::new() }
}
