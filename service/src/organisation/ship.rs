use domain::{
    audit::Stream,
    kernel::ids::OrganisationId,
    organisation::{Organisation, OrganisationKind, Population},
};
use serde::Deserialize;

use crate::{
    Error, Services,
    store::{self, Audit, Change, organisations},
};

/// The 261 communes of Wallonia. Source: Statbel, REFNIS 2025 and population on 1 January 2020 (CC-BY-4.0).
const COMMUNES: &str = include_str!("../../data/communes_wallonnes.csv");
const POPULATION_YEAR: i32 = 2020;

#[derive(Deserialize)]
struct Row {
    nis: String,
    name_fr: String,
    province_fr: String,
    postal_codes: String,
    population_2020: Option<i64>,
}

/// Ships the communes, the union and the Region into a database that has no organisation yet. What only the
/// organisation itself knows (enterprise number, address, account) stays empty until it claims its page.
pub async fn ship_communes(services: &Services) -> Result<(), Error> {
    if organisations::count(services).await? > 0 {
        return Ok(());
    }
    let tx = services.begin().await?;
    let mut changes = Vec::new();
    for new in shipped(|| OrganisationId::from_uuid(services.next_id()))? {
        changes.push(store::organisations::insert(&tx, &new).await?);
    }
    let audit = Audit::unsigned(Stream::Platform, "organisation.ship").with("count", changes.len());
    tx.commit(audit, [Change::all(changes)]).await
}

fn shipped(next: impl Fn() -> OrganisationId) -> Result<Vec<Organisation>, Error> {
    let mut organisations = vec![
        Organisation::named(next(), OrganisationKind::Union, "Union des Villes et Communes de Wallonie"),
        Organisation::named(next(), OrganisationKind::Region, "Service public de Wallonie"),
    ];
    for row in csv::Reader::from_reader(COMMUNES.as_bytes()).deserialize() {
        let row: Row = row.map_err(|error| Error::Corrupt(error.to_string()))?;
        organisations.push(Organisation {
            nis: Some(row.nis),
            province: Some(row.province_fr),
            postal_codes: Some(row.postal_codes),
            population: row.population_2020.map(|inhabitants| Population {
                inhabitants,
                year: POPULATION_YEAR,
                source: "Statbel".to_owned(),
            }),
            ..Organisation::named(next(), OrganisationKind::Commune, row.name_fr)
        });
    }
    Ok(organisations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_261_communes_ship_with_their_population_and_nothing_that_only_they_know() {
        let organisations = shipped(|| OrganisationId::from_uuid(uuid::Uuid::nil())).expect("the shipped file reads");
        let communes: Vec<_> = organisations.iter().filter(|found| found.kind == OrganisationKind::Commune).collect();

        assert_eq!(communes.len(), 261);
        assert!(communes.iter().all(|commune| commune.bce.is_none() && commune.population.is_some()));
        let namur = communes.iter().find(|commune| commune.name == "Namur").expect("Namur is shipped");
        assert_eq!(namur.nis.as_deref(), Some("92094"));
    }
}
