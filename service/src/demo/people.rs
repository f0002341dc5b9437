use domain::{
    audit::Stream,
    authz::Actor,
    kernel::{
        EmailAddress,
        identifier::Bce,
        ids::{OrganisationId, PersonId},
    },
    organisation::{Organisation, OrganisationKind, Role},
};

use crate::{
    Error, Services, organisation,
    store::{
        self, Audit,
        organisations::{self, Profile},
        people::Person,
    },
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

/// The union, which is also a central purchasing body.
pub(super) const UNION: &str = "Union des Villes et Communes de Wallonie";

const OF_THE_UNION: [(Role, &str); 7] = [
    (Role::ProcurementOfficer, "Agent marchés publics"),
    (Role::FinanceDirector, "Directeur financier"),
    (Role::Executive, "Bureau"),
    (Role::Council, "Conseil d’administration"),
    (Role::ChiefExecutive, "Directeur général"),
    (Role::ContractManager, "Fonctionnaire dirigeant"),
    (Role::Evaluator, "Évaluateur"),
];

pub(super) async fn fill(services: &Services) -> Result<(), Error> {
    for (place, name) in (101..).zip(COMMUNES) {
        let commune = organisations::by_name(services, OrganisationKind::Commune, name).await?;
        for (role, word) in OF_A_COMMUNE {
            let id = person(services, &commune, role, &format!("{word} {}", of(name))).await?;
            if role == Role::ProcurementOfficer {
                claim(services, id, &commune, place).await?;
            }
        }
    }
    shared_director(services).await?;
    let union = organisations::by_name(services, OrganisationKind::Union, UNION).await?;
    person(services, &union, Role::Coordinator, "Coordinateur de l’UVCW").await?;
    person(services, &union, Role::PlatformAdministrator, "Administrateur de la plateforme").await?;
    for (role, word) in OF_THE_UNION {
        let id = person(services, &union, role, &format!("{word} de l’UVCW")).await?;
        if role == Role::ProcurementOfficer {
            claim(services, id, &union, 109).await?;
        }
    }
    let region = organisations::by_name(services, OrganisationKind::Region, "Service public de Wallonie").await?;
    person(services, &region, Role::Auditor, "Auditeur de la Région").await?;
    for (place, name) in (1..).zip(FIRMS) {
        let firm = firm(services, name, place).await?;
        person(services, &firm, Role::SmeMember, &format!("Gérant {}", of(name))).await?;
    }
    Ok(())
}

/// « de Namur », « d’Andenne ».
fn of(name: &str) -> String {
    if name.starts_with(['A', 'E', 'I', 'O', 'U', 'É']) { format!("d’{name}") } else { format!("de {name}") }
}

/// The demo's communes have taken over their pages, with numbers and addresses that are nobody's.
async fn claim(services: &Services, officer: PersonId, commune: &Organisation, place: u64) -> Result<(), Error> {
    let actor = Actor::member(officer, commune.id, commune.kind, [Role::ProcurementOfficer].into());
    let profile = Profile {
        bce: Some(fictitious_bce(place)?),
        address: Some(town_hall(commune)),
        email: Some(address("marches", &commune.name)?),
        iban: None,
        peppol_id: None,
        version: commune.version,
    };
    organisation::edit(services, &actor, commune.id, &profile).await
}

/// « Grand-Place 1, 5000 Namur »
fn town_hall(commune: &Organisation) -> String {
    let codes = commune.postal_codes.as_deref().unwrap_or_default();
    let code = codes.split(' ').next().unwrap_or_default();
    format!("Grand-Place 1, {code} {}", commune.name)
}

/// One person who acts for two communes.
async fn shared_director(services: &Services) -> Result<(), Error> {
    let ciney = organisations::by_name(services, OrganisationKind::Commune, "Ciney").await?;
    let perwez = organisations::by_name(services, OrganisationKind::Commune, "Perwez").await?;
    let director = person(services, &ciney, Role::FinanceDirector, "Directeur financier de Ciney et de Perwez").await?;
    let tx = services.begin().await?;
    let added = store::people::add_role(&tx, director, perwez.id, Role::FinanceDirector).await?;
    let audit = Audit::unsigned(Stream::Organisation(perwez.id), "organisation.join").by_holder(director);
    tx.commit(audit, [added]).await
}

fn address(name: &str, place: &str) -> Result<EmailAddress, Error> {
    let place = store::search_key(place).replace([' ', '\''], "-");
    format!("{name}@{place}.example").parse().map_err(|_| Error::Corrupt(place))
}

/// An enterprise number with right check digits, in a range that the Banque-Carrefour never gave out.
fn fictitious_bce(place: u64) -> Result<Bce, Error> {
    let base = 100_000 + place;
    format!("{base:08}{:02}", 97 - base % 97).parse().map_err(|_| Error::Corrupt(place.to_string()))
}

async fn firm(services: &Services, name: &str, place: u64) -> Result<Organisation, Error> {
    let id = OrganisationId::from_uuid(services.next_id());
    let firm = Organisation {
        bce: Some(fictitious_bce(place)?.to_string()),
        address: Some(format!("Rue des Artisans {place}, 5000 Namur")),
        email: Some(address("offres", name)?.to_string()),
        claimed: true,
        ..Organisation::named(id, OrganisationKind::Sme, name)
    };
    let tx = services.begin().await?;
    let inserted = organisations::insert(&tx, &firm).await?;
    tx.commit(Audit::unsigned(Stream::Organisation(firm.id), "organisation.register"), [inserted]).await?;
    Ok(firm)
}

/// Somebody named by role and place, whom one click signs in.
async fn person(services: &Services, organisation: &Organisation, role: Role, name: &str) -> Result<PersonId, Error> {
    let person = Person {
        id: PersonId::from_uuid(services.next_id()),
        email: format!("{}@demo.example", store::search_key(name).replace([' ', '\'', ','], "-")),
        name: name.to_owned(),
        password_hash: None,
        confirmed: true,
        theme: String::new(),
        demo: true,
    };
    let tx = services.begin().await?;
    let inserted = store::people::insert(&tx, &person).await?;
    let added = store::people::add_role(&tx, person.id, organisation.id, role).await?;
    let audit = Audit::unsigned(Stream::Organisation(organisation.id), "organisation.join").with("name", name);
    tx.commit(audit, [inserted, added]).await?;
    Ok(person.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_firms_have_different_numbers_that_hold() {
        let numbers: std::collections::BTreeSet<_> =
            (1..=6).map(|place| fictitious_bce(place).expect("right check digits")).collect();

        assert_eq!(numbers.len(), FIRMS.len());
    }

    #[test]
    fn names_are_said_as_in_french() {
        assert_eq!([of("Andenne"), of("Namur")], ["d’Andenne", "de Namur"]);
    }
}
