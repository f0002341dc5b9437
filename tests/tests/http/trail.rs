//! The whole trail: who reads it, and what each row says.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    kernel::{Money, reference::TenderRef},
    organisation::Role,
    tender::Plan,
};
use service::{offer, store::tenders, tender, testing::Opened};

use crate::site::Site;

/// The officer of the pilot changes the estimate of the tender, with this reason.
async fn change(site: &Site, officer: &Actor, reference: TenderRef, reason: &str) {
    let services = &site.world.services;
    let found = tenders::find(services, officer.scope(), reference).await.expect("found").tender;
    let plan = Plan { estimate: Money::from_cents(12_000_000), ..found.plan };
    tender::change_plan(services, officer, reference, found.version, &plan, Some(reason)).await.expect("changed");
}

#[tokio::test]
async fn the_trail_of_a_tender_tells_what_changed_to_its_participants_alone() {
    let site = Site::open().await;
    let (officer, browser) = site.officer("Namur").await;
    let (_, stranger) = site.officer("Wavre").await;
    let reference = site.tender_of(&officer).await;
    change(&site, &officer, reference, "Le marché est plus large").await;
    let path = format!("/marches/{reference}/historique");

    let page = site.get(&browser, &path).await;

    assert_eq!(page.status, 200, "{}", page.body);
    page.assert_page();
    let read = page.read();
    assert!(read.contains("100 000,00 € → 120 000,00 €"), "{read}");
    assert!(page.body.contains("procurement_officer de Namur"), "{}", page.body);
    assert_eq!(site.get(&stranger, &path).await.status, 404);
    let record = site.get(&browser, &format!("/marches/{reference}")).await;
    assert!(record.body.contains(&format!("href=\"{path}\"")), "the record leads to it");
}

#[tokio::test]
async fn the_trail_tells_of_the_offers_that_came_and_went_from_the_opening_on() {
    let site = Site::open().await;
    let (world, services) = (&site.world, &site.world.services);
    let Opened { reference, officer, pilot, firms } = world.called_tender("Namur", 1).await;
    let firm = &firms[0].1;
    world.offer_of(firm, reference, "120000.00").await;
    offer::withdraw(services, firm, reference, services.now()).await.expect("withdrawn");
    world.offer_of(firm, reference, "110000.00").await;
    let browser = site.signed_in(&officer).await;
    let told = async || {
        let record = site.get(&browser, &format!("/marches/{reference}")).await.read();
        format!("{record}\n{}", site.get(&browser, &format!("/marches/{reference}/historique")).await.read())
    };

    let sealed = told().await;
    let (now, executive) = (services.now(), world.member(&pilot, Role::ChiefExecutive).await);
    let tender = tenders::find(services, officer.scope(), reference).await.expect("found").tender;
    world.stands_at(tender.clock.deposit_until.expect("a deposit ends") + TimeDelta::minutes(30));
    offer::attend(services, &officer, reference).await.expect("the first is present");
    offer::open(services, &executive, reference).await.expect("opened");
    world.stands_at(now);
    let opened = told().await;

    for row in ["Offre reçue, scellée", "Offre retirée", "RO-20"] {
        assert!(!sealed.contains(row), "{row}: {sealed}");
        assert!(opened.contains(row), "{row}: {opened}");
    }
}

#[tokio::test]
async fn the_trail_of_an_organisation_is_for_its_own_people() {
    let site = Site::open().await;
    let (officer, browser) = site.officer("Namur").await;
    let (_, stranger) = site.officer("Wavre").await;
    site.need_of(&officer).await;
    let path = format!("/organisations/{}/historique", officer.organisation());

    let page = site.get(&browser, &path).await;

    assert_eq!(page.status, 200, "{}", page.body);
    page.assert_page();
    assert!(page.body.contains("Guichet citoyen"), "{}", page.body);
    assert_eq!(site.get(&stranger, &path).await.status, 404);
}
