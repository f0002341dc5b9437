use std::io::Read;

use domain::audit::Stream;

use super::file;
use crate::{
    Error, Services,
    store::{
        Audit,
        cpv::{self, Code},
    },
};

/// Codes of computing. Source: Publications Office of the European Union, CPV 2008 (CC-BY-4.0); one typing error mended.
const SHIPPED: &str = include_str!("../../data/cpv_informatique.csv");

/// The codes that come with the program, in their order.
pub fn shipped() -> Vec<Code> {
    file::read(SHIPPED.as_bytes()).expect("a test reads the shipped codes")
}

/// Ships the codes of computing into a database that has none.
pub async fn ship(services: &Services) -> Result<(), Error> {
    if cpv::count(services).await? > 0 {
        return Ok(());
    }
    keep(services, &shipped(), "cpv.ship").await
}

/// Takes the codes of a file in, over those of the same number. Gives how many there were.
pub async fn import(services: &Services, source: impl Read) -> Result<usize, Error> {
    let codes = file::read(source)?;
    keep(services, &codes, "cpv.import").await?;
    Ok(codes.len())
}

async fn keep(services: &Services, codes: &[Code], action: &'static str) -> Result<(), Error> {
    let tx = services.begin().await?;
    let written = cpv::upsert(&tx, codes).await?;
    tx.commit(Audit::unsigned(Stream::Platform, action).with("count", codes.len()), [written]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_sixty_codes_of_computing_ship_each_once_in_order() {
        let codes = shipped();

        assert!((55..=65).contains(&codes.len()), "{}", codes.len());
        assert!(codes.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(codes.iter().all(|found| !found.label.contains('\'')));
        let found = codes.iter().find(|found| found.code == "72212000").expect("the usual one");
        assert_eq!(found.label, "Services de programmation de logiciels d’application");
    }
}
