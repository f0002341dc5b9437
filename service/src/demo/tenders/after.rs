//! Files past their call, each brought to the stage where it rests.

use domain::{award::AnnulledBy, kernel::reference::TenderRef, organisation::Role, tender::Organ};

use super::{
    super::{central, past::Past, vouchers},
    roads::{
        ARCHIVES, BOOKING, BUILDINGS, CONNECTORS, COUNTER, DIARY, FORMS, GRANTS, HOUSING, LIBRARIES, MAIL, MEDIA,
        PARKING, PERMITS, REPORTING, ROOMS, SIGNPOSTS, SMALL_AT_WAVRE, SUBSIDIES,
    },
    steps::today,
    who::actor,
};
use crate::{
    Error, Services,
    award::{self, AcceptanceDraft, Release, TerminationDraft},
    store,
};

/// S09 to S26, X2 and X3: each began so many days ago that its last step was taken in these days. The oldest first.
pub(super) async fn past_the_call(services: &Services) -> Result<(), Error> {
    let past = Past::days_ago(services, 200);
    let closed = SMALL_AT_WAVRE.executing(&past).await?;
    ended(&past, "Wavre", closed).await?;

    let past = Past::days_ago(services, 120);
    let running = COUNTER.executing(&past).await?;
    vouchers::fill(&past, running).await?;

    let past = Past::days_ago(services, 110);
    let broken = PARKING.executing(&past).await?;
    terminated(&past, "Ciney", broken).await?;

    let past = Past::days_ago(services, 98);
    let delivered = HOUSING.executing(&past).await?;
    accepted(&past, "Perwez", delivered, 0).await?;

    let past = Past::days_ago(services, 96);
    let guaranteed = PERMITS.executing(&past).await?;
    accepted(&past, "Marche-en-Famenne", guaranteed, 24).await?;

    let past = Past::days_ago(services, 92);
    let framework = CONNECTORS.executing(&past).await?;
    central::running(&past, framework).await?;

    let past = Past::days_ago(services, 90);
    let annulled = SIGNPOSTS.informed(&past).await?;
    let executive = actor(&past.services, "Andenne", Role::Executive).await?;
    past.days_pass(20);
    let reasons = "Arrêté d’annulation : la motivation de l’attribution ne répond pas aux critères annoncés.";
    let on = today(&past.services);
    award::annul(&past.services, &executive, annulled, AnnulledBy::Region, on, reasons).await?;

    FORMS.concluded(&Past::days_ago(services, 52)).await?;
    MAIL.awaiting_surety(&Past::days_ago(services, 50)).await?;
    ARCHIVES.informed(&Past::days_ago(services, 36)).await?;
    GRANTS.transmitted(&Past::days_ago(services, 34)).await?;
    LIBRARIES.decided(&Past::days_ago(services, 30)).await?;
    REPORTING.proposed(&Past::days_ago(services, 28)).await?;
    BUILDINGS.negotiated(&Past::days_ago(services, 26)).await?;
    DIARY.compared(&Past::days_ago(services, 25)).await?;
    MEDIA.assessed(&Past::days_ago(services, 24)).await?;
    SUBSIDIES.selecting(&Past::days_ago(services, 24)).await?;
    ROOMS.opened(&Past::days_ago(services, 23)).await?;
    BOOKING.deposited(&Past::days_ago(services, 21)).await.map(drop)
}

/// S23 to S26: accepted, guaranteed, accepted for good, closed.
async fn ended(past: &Past, commune: &str, reference: TenderRef) -> Result<(), Error> {
    let services = &past.services;
    let manager = actor(services, commune, Role::ContractManager).await?;
    let officer = actor(services, commune, Role::ProcurementOfficer).await?;
    accepted(past, commune, reference, 0).await?;
    past.days_pass(60);
    award::accept_finally(services, &manager, reference, &acceptance(services, 0)).await?;
    past.days_pass(5);
    let contract = store::contracts::find(services, officer.scope(), reference).await?;
    award::release_surety(services, &officer, reference, contract.version, Release::All).await?;
    award::close(services, &officer, reference).await
}

/// S23, or S24 where a guarantee of so many months starts.
async fn accepted(past: &Past, commune: &str, reference: TenderRef, months: u32) -> Result<(), Error> {
    let manager = actor(&past.services, commune, Role::ContractManager).await?;
    past.days_pass(40);
    award::accept_provisionally(&past.services, &manager, reference, &acceptance(&past.services, months)).await
}

fn acceptance(services: &Services, guarantee_months: u32) -> AcceptanceDraft {
    AcceptanceDraft {
        found_on: today(services),
        findings: "Toutes les exigences indispensables sont remplies ; les sources sont publiées.".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months,
    }
}

/// X3: after a report of failure and its delay of defence.
async fn terminated(past: &Past, commune: &str, reference: TenderRef) -> Result<(), Error> {
    let services = &past.services;
    let manager = actor(services, commune, Role::ContractManager).await?;
    let executive = actor(services, commune, Role::Executive).await?;
    past.days_pass(10);
    let failures = "Aucune livraison n’est intervenue depuis l’ordre de commencer, malgré deux rappels.";
    award::report_failure(services, &manager, reference, failures).await?;
    past.days_pass(20);
    let draft = TerminationDraft {
        organ: Organ::Executive,
        decided_on: today(services),
        number: "2026/1344".to_owned(),
        reasons: "L’adjudicataire n’a pas répondu au procès-verbal de manquement.".to_owned(),
    };
    award::terminate(services, &executive, reference, &draft).await
}
