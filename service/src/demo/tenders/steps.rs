//! The steps of a file up to its call.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::{
    kernel::{
        Money,
        reference::TenderRef,
        time::{brussels, utc_from_brussels},
    },
    organisation::{OrganisationKind, Role},
    procedure::{Nature, Procedure},
    specification::{Answers, parse_answers},
    tender::{Channel, OpinionResult, Organ, Plan, Vehicle},
};

use super::{super::people::UNION, who::actor};
use crate::{
    Error, Services, call, specification,
    store::{self, organisations},
    tender::{self, Adoption, AnswerDraft, Opinion, PlanDraft},
};

const EXAMPLE: &str = include_str!("../../../../templates-cdc/exemple.txt");

/// What a file is about, whose it is, who takes part and how large it is.
pub(in crate::demo) struct File<'a> {
    pub(in crate::demo) pilot: &'a str,
    pub(in crate::demo) others: &'a [&'a str],
    pub(in crate::demo) object: &'a str,
    pub(in crate::demo) cents: i64,
}

pub(super) async fn planned(services: &Services, file: &File<'_>) -> Result<TenderRef, Error> {
    let officer = actor(services, file.pilot, Role::ProcurementOfficer).await?;
    // Everybody needs the same part here; the shares follow the population.
    let parts = i64::try_from(file.others.len() + 1).map_err(|error| Error::Corrupt(error.to_string()))?;
    let part = Money::from_cents(file.cents / parts);
    let vehicle = match (file.pilot, file.others) {
        (UNION, _) => Vehicle::Central,
        (_, []) => Vehicle::Isolated,
        (_, _) => Vehicle::Joint,
    };
    let plan = Plan {
        object: file.object.to_owned(),
        description: format!("{}, en logiciel libre, sur la base du modèle commun.", file.object),
        cpv: "72212000".to_owned(),
        nature: Nature::Services,
        vehicle,
        procedure: Procedure::Pnspp,
        channel: Channel::Hosted,
        procedure_reason: None,
        lots_reason: None,
        estimate: Money::from_cents(file.cents),
    };
    let draft = PlanDraft { plan, own_need: part, quantity: "1".to_owned(), need: None, reason: None };
    let reference = tender::plan(services, &officer, &draft).await?;
    for name in file.others {
        let other = organisations::by_name(services, OrganisationKind::Commune, name).await?;
        tender::invite_participant(services, &officer, reference, other.id, part, "1").await?;
    }
    Ok(reference)
}

pub(super) async fn voted(services: &Services, file: &File<'_>) -> Result<TenderRef, Error> {
    let reference = planned(services, file).await?;
    // Alone, a commune adheres to nothing: it decides when it adopts.
    let voting = if file.others.is_empty() { None } else { Some(&file.pilot) };
    for name in file.others.iter().chain(voting) {
        adheres(services, name, reference).await?;
    }
    Ok(reference)
}

pub(super) async fn written(services: &Services, file: &File<'_>) -> Result<TenderRef, Error> {
    let officer = actor(services, file.pilot, Role::ProcurementOfficer).await?;
    let reference = voted(services, file).await?;
    tender::start_drafting(services, &officer, reference).await?;
    specification::save_answers(services, &officer, reference, 0, &example()?).await?;
    Ok(reference)
}

pub(in crate::demo) async fn adopted_by(services: &Services, file: &File<'_>) -> Result<TenderRef, Error> {
    let officer = actor(services, file.pilot, Role::ProcurementOfficer).await?;
    let director = actor(services, file.pilot, Role::FinanceDirector).await?;
    let council = actor(services, file.pilot, Role::Council).await?;
    let reference = written(services, file).await?;
    tender::ask_opinion(services, &officer, reference).await?;
    let opinion =
        Opinion { result: OpinionResult::Favourable, text: "Les crédits sont inscrits au budget.".to_owned() };
    tender::give_opinion(services, &director, reference, &opinion).await?;
    let adoption = Adoption {
        organ: Organ::Council,
        decided_on: today(services),
        number: "2026/147".to_owned(),
        budget_article: Some("104/742-53".to_owned()),
        reason: None,
    };
    tender::adopt(services, &council, reference, &adoption).await?;
    Ok(reference)
}

pub(in crate::demo) async fn published(
    services: &Services,
    pilot: &str,
    reference: TenderRef,
    days: u64,
    firms: &[&str],
) -> Result<(), Error> {
    let officer = actor(services, pilot, Role::ProcurementOfficer).await?;
    let mut invited = std::collections::BTreeSet::new();
    for name in firms {
        invited.insert(organisations::by_name(services, OrganisationKind::Sme, name).await?.id);
    }
    let draft = call::CallDraft {
        questions_until: at_eleven(services, days.saturating_sub(7))?,
        deposit_until: at_eleven(services, days)?,
        notice: None,
        invited,
        reason: None,
    };
    call::publish(services, &officer, reference, &draft).await
}

pub(super) async fn adheres(services: &Services, commune: &str, reference: TenderRef) -> Result<(), Error> {
    let officer = actor(services, commune, Role::ProcurementOfficer).await?;
    let view = store::tenders::find(services, officer.scope(), reference).await?;
    let own = view.tender.participant(officer.organisation()).ok_or(Error::NotFound)?;
    let voted_on = today(services).checked_sub_days(Days::new(30)).unwrap_or_default();
    let answer = AnswerDraft {
        adheres: true,
        deliberated_on: voted_on,
        number: "2026/112".to_owned(),
        mandate_signed_on: Some(voted_on),
        budget_article: Some("104/742-53".to_owned()),
        need: own.estimate,
        remark: None,
    };
    tender::answer(services, &officer, reference, own.version, &answer, None).await
}

/// The example of the common model is an open procedure; a negotiated one says why it may be.
fn example() -> Result<Answers, Error> {
    let mut answers = parse_answers("exemple.txt", EXAMPLE).map_err(|error| Error::Corrupt(format!("{error:?}")))?;
    let reason = "La dépense à approuver, hors TVA, n’atteint pas le montant fixé pour cette procédure (article 42, \
                  § 1er, 1°, a, de la loi du 17 juin 2016).";
    answers.insert("pnspp_motif".to_owned(), reason.to_owned());
    let adhesion = "une délibération du conseil, une convention signée et l’acceptation de la centrale";
    answers.insert("centrale_adhesion".to_owned(), adhesion.to_owned());
    Ok(answers)
}

pub(super) fn today(services: &Services) -> NaiveDate {
    brussels(services.now()).date()
}

/// 11:00 in Brussels, so many days from today.
fn at_eleven(services: &Services, days: u64) -> Result<chrono::DateTime<chrono::Utc>, Error> {
    let day = today(services).checked_add_days(Days::new(days)).unwrap_or_default();
    let hour = NaiveTime::from_hms_opt(11, 0, 0).unwrap_or_default();
    utc_from_brussels(day, hour).map_err(|error| Error::Corrupt(error.to_string()))
}
