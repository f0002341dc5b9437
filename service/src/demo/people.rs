use domain::{
    audit::Stream,
    kernel::ids::{OrganisationId, PersonId},
    organisation::{Organisation, OrganisationKind, Role},
};

use crate::{
    Error, Services,
    store::{self, Audit, organisations, people::Person},
};

/// The communes of the demo, and who acts for each.
const COMMUNES: [&str; 8] =
    ["Namur", "Gembloux", "Marche-en-Famenne", "Ottignies-Louvain-la-Neuve", "Perwez", "Ciney", "Andenne", "Wavre"];

const FIRMS: [&str; 6] =
    ["Aubier Logiciels", "Orneau Informatique", "Semois Systèmes", "Burdinale Code", "Hoyoux Numérique", "Lesse Libre"];

const OF_A_COMMUNE: [(Role, &str); 7] = [
    (Role::ProcurementOfficer, "Agent marchés publics"),
    (Role::FinanceDirector, "Directeur financier"),
    (Role::Executive, "Collège communal"),
    (Role::Council, "Conseil communal"),
    (Role::ChiefExecutive, "Directeur général"),
    (Role::ContractManager, "Fonctionnaire dirigeant"),
    (Role::Evaluator, "Évaluateur"),
];

pub(super) async fn fill(services: &Services) -> Result<(), Error> {
    for name in COMMUNES {
        let commune = organisations::by_name(services, OrganisationKind::Commune, name).await?;
        for (role, word) in OF_A_COMMUNE {
            person(services, &commune, role, &format!("{word} de {name}")).await?;
        }
    }
    let union =
        organisations::by_name(services, OrganisationKind::Union, "Union des Villes et Communes de Wallonie").await?;
    person(services, &union, Role::Coordinator, "Coordinateur de l’UVCW").await?;
    person(services, &union, Role::PlatformAdministrator, "Administrateur de la plateforme").await?;
    let region = organisations::by_name(services, OrganisationKind::Region, "Service public de Wallonie").await?;
    person(services, &region, Role::Auditor, "Auditeur de la Région").await?;
    for name in FIRMS {
        let firm = firm(services, name).await?;
        person(services, &firm, Role::SmeMember, &format!("Gérant d’{name}")).await?;
    }
    Ok(())
}

async fn firm(services: &Services, name: &str) -> Result<Organisation, Error> {
    let firm = Organisation {
        id: OrganisationId::from_uuid(services.next_id()),
        kind: OrganisationKind::Sme,
        name: name.to_owned(),
        nis: None,
        bce: None,
        province: None,
        postal_codes: None,
        population: None,
        address: None,
        email: Some(format!("offres@{}.example", store::search_key(name).replace(' ', "-"))),
        iban: None,
        peppol_id: None,
        claimed: true,
        version: 1,
    };
    let tx = services.begin().await?;
    let inserted = organisations::insert(&tx, &firm).await?;
    tx.commit(Audit::unsigned(Stream::Organisation(firm.id), "organisation.register"), [inserted]).await?;
    Ok(firm)
}

/// Somebody named by role and place, whom one click signs in.
async fn person(services: &Services, organisation: &Organisation, role: Role, name: &str) -> Result<(), Error> {
    let person = Person {
        id: PersonId::from_uuid(services.next_id()),
        email: format!("{}@demo.example", store::search_key(name).replace([' ', '\''], "-")),
        name: name.to_owned(),
        password_hash: None,
        theme: String::new(),
        demo: true,
    };
    let tx = services.begin().await?;
    let inserted = store::people::insert(&tx, &person).await?;
    let added = store::people::add_role(&tx, person.id, organisation.id, role).await?;
    let audit = Audit::unsigned(Stream::Organisation(organisation.id), "organisation.join").with("name", name);
    tx.commit(audit, [inserted, added]).await
}
