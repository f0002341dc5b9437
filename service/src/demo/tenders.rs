//! Files at every stage of the road to the call, each brought there by the people of the demo through the use cases.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::{
    authz::Actor,
    kernel::{
        Money,
        ids::{NeedId, OrganisationId},
        reference::TenderRef,
        time::{brussels, utc_from_brussels},
    },
    need::{NeedDraft, ShareDraft},
    organisation::{OrganisationKind, Role},
    procedure::{Nature, Procedure},
    specification::{Answers, parse_answers},
    tender::{Channel, OpinionResult, Organ, Plan, Vehicle},
};

use super::{awards::Plan as Road, bids, offers, past::Past, vouchers};
use crate::{
    Error, Services,
    award::{self, AcceptanceDraft, Release, TerminationDraft},
    call, need, specification,
    store::{self, organisations},
    tender::{self, Adoption, AnswerDraft, Opinion, PlanDraft},
};

const EXAMPLE: &str = include_str!("../../../templates-cdc/exemple.txt");

/// The files that began long ago first, so that references follow the calendar; then needs, and one file for each stage of
/// the road to the call.
pub(super) async fn fill(services: &Services) -> Result<(), Error> {
    past_the_call(services).await?;
    needs(services).await?;
    gathering(services).await?;
    at_the_councils(services).await?;
    drafting(services).await?;
    awaiting_opinion(services).await?;
    adopted(services).await?;
    called(services).await?;
    given_up(services).await
}

async fn needs(services: &Services) -> Result<(), Error> {
    let namur = actor(services, "Namur", Role::ProcurementOfficer).await?;
    let training = described(services, &namur, "Formation aux outils de cartographie", "80533100", 3_840_000).await?;
    let ciney = actor(services, "Ciney", Role::ProcurementOfficer).await?;
    need::join(services, &ciney, training, &share(1_200_000)).await?;
    let wavre = actor(services, "Wavre", Role::ProcurementOfficer).await?;
    described(services, &wavre, "Prise de rendez-vous en ligne", "72212000", 2_600_000).await.map(drop)
}

/// S01, isolated.
async fn gathering(services: &Services) -> Result<(), Error> {
    let andenne = actor(services, "Andenne", Role::ProcurementOfficer).await?;
    planned(services, &andenne, "Sauvegarde des serveurs communaux", Vehicle::Isolated, 2_800_000, &[]).await.map(drop)
}

/// S02: one council has voted, two have not.
async fn at_the_councils(services: &Services) -> Result<(), Error> {
    let perwez = actor(services, "Perwez", Role::ProcurementOfficer).await?;
    let others = ["Ciney", "Wavre"];
    let object = "Hébergement mutualisé des sites communaux";
    let reference = planned(services, &perwez, object, Vehicle::Joint, 9_650_000, &others).await?;
    tender::ask_for_adhesions(services, &perwez, reference).await?;
    adheres(services, "Perwez", reference).await
}

/// S03: the specification is being written.
async fn drafting(services: &Services) -> Result<(), Error> {
    let gembloux = actor(services, "Gembloux", Role::ProcurementOfficer).await?;
    let object = "Gestion des délibérations, évolutions 2027";
    let reference = voted(services, "Gembloux", object, 12_500_000, &["Namur", "Andenne"]).await?;
    tender::start_drafting(services, &gembloux, reference).await
}

/// S04: the finance director has ten working days.
async fn awaiting_opinion(services: &Services) -> Result<(), Error> {
    let object = "Archivage électronique, développement";
    let reference = written(services, "Marche-en-Famenne", object, 13_175_000, &["Ciney", "Perwez"]).await?;
    let officer = actor(services, "Marche-en-Famenne", Role::ProcurementOfficer).await?;
    tender::ask_opinion(services, &officer, reference).await
}

/// S05: the call may go out.
async fn adopted(services: &Services) -> Result<(), Error> {
    let object = "Portail des associations";
    adopted_by(services, "Ottignies-Louvain-la-Neuve", object, 7_400_000, &["Wavre"]).await.map(drop)
}

/// S07: a joint call that firms answer, with a question, and an isolated one.
async fn called(services: &Services) -> Result<(), Error> {
    let object = "Guichet citoyen en logiciel libre";
    let joint = adopted_by(services, "Namur", object, 12_800_000, &["Gembloux", "Marche-en-Famenne"]).await?;
    published(services, "Namur", joint, 21, &["Aubier Logiciels", "Orneau Informatique", "Semois Systèmes"]).await?;
    let firm = firm_member(services, "Aubier Logiciels").await?;
    let draft = call::QuestionDraft {
        article: Some("52".to_owned()),
        text: "L’hébergement peut-il être situé dans un autre État membre de l’Union européenne ?".to_owned(),
    };
    call::ask(services, &firm, joint, &draft).await?;
    offers::of_the_open_call(services, joint).await?;

    let isolated = adopted_by(services, "Wavre", "Inventaire du patrimoine arboré", 2_900_000, &[]).await?;
    published(services, "Wavre", isolated, 12, &["Lesse Libre", "Burdinale Code"]).await
}

/// S09 to S26, X2 and X3: each began so many days ago that its last step was taken in these days.
async fn past_the_call(services: &Services) -> Result<(), Error> {
    let past = Past::days_ago(services, 200);
    let closed = SMALL_AT_WAVRE.executing(&past).await?;
    ended(&past, "Wavre", closed).await?;

    let past = Past::days_ago(services, 120);
    let running = COUNTER.executing(&past).await?;
    vouchers::fill(&past, running).await?;

    let past = Past::days_ago(services, 110);
    let broken = PARKING.executing(&past).await?;
    terminated(&past, "Ciney", broken).await?;

    let past = Past::days_ago(services, 90);
    let annulled = SIGNPOSTS.informed(&past).await?;
    let executive = actor(&past.services, "Andenne", Role::Executive).await?;
    past.days_pass(20);
    let reasons = "Arrêté d’annulation : la motivation de l’attribution ne répond pas aux critères annoncés.";
    award::annul(&past.services, &executive, annulled, today(&past.services), reasons).await?;

    BOOKING.deposited(&Past::days_ago(services, 21)).await?;
    ROOMS.opened(&Past::days_ago(services, 23)).await?;
    DIARY.compared(&Past::days_ago(services, 25)).await?;
    REPORTING.proposed(&Past::days_ago(services, 28)).await?;
    LIBRARIES.decided(&Past::days_ago(services, 30)).await?;
    ARCHIVES.informed(&Past::days_ago(services, 36)).await?;
    FORMS.concluded(&Past::days_ago(services, 52)).await.map(drop)
}

/// S23 to S26: accepted, guaranteed, accepted for good, closed.
async fn ended(past: &Past, commune: &str, reference: TenderRef) -> Result<(), Error> {
    let services = &past.services;
    let manager = actor(services, commune, Role::ContractManager).await?;
    let officer = actor(services, commune, Role::ProcurementOfficer).await?;
    past.days_pass(40);
    award::accept_provisionally(services, &manager, reference, &acceptance(services)).await?;
    past.days_pass(60);
    award::accept_finally(services, &manager, reference, &acceptance(services)).await?;
    past.days_pass(5);
    award::release_surety(services, &officer, reference, Release::All).await?;
    award::close(services, &officer, reference).await
}

/// Without a guarantee period, so that the demo shows a file at its end.
fn acceptance(services: &Services) -> AcceptanceDraft {
    AcceptanceDraft {
        found_on: today(services),
        findings: "Toutes les exigences indispensables sont remplies ; les sources sont publiées.".to_owned(),
        reserves: String::new(),
        is_granted: true,
        guarantee_months: 0,
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

const COUNTER: Road = Road {
    pilot: "Namur",
    others: &["Gembloux", "Perwez"],
    object: "Guichet citoyen mutualisé",
    estimate_cents: 12_760_000,
    bids: &bids::THREE,
    part: 100,
};
const DIARY: Road = Road {
    pilot: "Gembloux",
    others: &["Namur"],
    object: "Agenda partagé des services communaux",
    estimate_cents: 9_800_000,
    bids: &bids::THREE,
    part: 70,
};
const REPORTING: Road = Road {
    pilot: "Andenne",
    others: &["Ciney", "Wavre"],
    object: "Signalement des incidents de voirie",
    estimate_cents: 8_400_000,
    bids: &bids::THREE,
    part: 60,
};
const LIBRARIES: Road = Road {
    pilot: "Ottignies-Louvain-la-Neuve",
    others: &[],
    object: "Catalogue des bibliothèques",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
const ARCHIVES: Road = Road {
    pilot: "Marche-en-Famenne",
    others: &["Perwez"],
    object: "Numérisation des registres anciens",
    estimate_cents: 7_000_000,
    bids: &bids::THREE,
    part: 50,
};
const FORMS: Road = Road {
    pilot: "Perwez",
    others: &["Gembloux"],
    object: "Formulaires en ligne, reprise de l’existant",
    estimate_cents: 9_800_000,
    bids: &bids::TWO,
    part: 70,
};
const BOOKING: Road = Road {
    pilot: "Gembloux",
    others: &["Andenne"],
    object: "Réservation de salles",
    estimate_cents: 8_900_000,
    bids: &bids::THREE,
    part: 65,
};
const ROOMS: Road = Road {
    pilot: "Ciney",
    others: &[],
    object: "Cartographie des cimetières",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
const PARKING: Road = Road {
    pilot: "Ciney",
    others: &["Andenne"],
    object: "Guidage vers les parkings",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
const SIGNPOSTS: Road = Road {
    pilot: "Andenne",
    others: &[],
    object: "Inventaire de la signalisation",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
const SMALL_AT_WAVRE: Road = Road {
    pilot: "Wavre",
    others: &[],
    object: "Portail des écoles communales",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};

/// X1.
async fn given_up(services: &Services) -> Result<(), Error> {
    let ciney = actor(services, "Ciney", Role::ProcurementOfficer).await?;
    let reference = planned(services, &ciney, "Bornes d’accueil", Vehicle::Isolated, 1_900_000, &[]).await?;
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

async fn planned(
    services: &Services,
    officer: &Actor,
    object: &str,
    vehicle: Vehicle,
    cents: i64,
    others: &[&str],
) -> Result<TenderRef, Error> {
    // Everybody needs the same part here; the shares follow the population.
    let parts = i64::try_from(others.len() + 1).map_err(|error| Error::Corrupt(error.to_string()))?;
    let part = Money::from_cents(cents / parts);
    let plan = Plan {
        object: object.to_owned(),
        description: format!("{object}, en logiciel libre, sur la base du modèle commun."),
        cpv: "72212000".to_owned(),
        nature: Nature::Services,
        vehicle,
        procedure: Procedure::Pnspp,
        channel: Channel::Hosted,
        procedure_reason: None,
        lots_reason: None,
        estimate: Money::from_cents(cents),
    };
    let draft = PlanDraft { plan, own_need: part, quantity: "1".to_owned(), need: None, reason: None };
    let reference = tender::plan(services, officer, &draft).await?;
    for name in others {
        let other = organisations::by_name(services, OrganisationKind::Commune, name).await?;
        tender::invite_participant(services, officer, reference, other.id, part, "1").await?;
    }
    Ok(reference)
}

async fn voted(
    services: &Services,
    pilot: &str,
    object: &str,
    cents: i64,
    others: &[&str],
) -> Result<TenderRef, Error> {
    let officer = actor(services, pilot, Role::ProcurementOfficer).await?;
    let vehicle = if others.is_empty() { Vehicle::Isolated } else { Vehicle::Joint };
    let reference = planned(services, &officer, object, vehicle, cents, others).await?;
    // Alone, a commune adheres to nothing: it decides when it adopts.
    let voting = if others.is_empty() { None } else { Some(&pilot) };
    for name in others.iter().chain(voting) {
        adheres(services, name, reference).await?;
    }
    Ok(reference)
}

async fn written(
    services: &Services,
    pilot: &str,
    object: &str,
    cents: i64,
    others: &[&str],
) -> Result<TenderRef, Error> {
    let officer = actor(services, pilot, Role::ProcurementOfficer).await?;
    let reference = voted(services, pilot, object, cents, others).await?;
    tender::start_drafting(services, &officer, reference).await?;
    specification::save_answers(services, &officer, reference, 0, &example()?).await?;
    Ok(reference)
}

pub(super) async fn adopted_by(
    services: &Services,
    pilot: &str,
    object: &str,
    cents: i64,
    others: &[&str],
) -> Result<TenderRef, Error> {
    let officer = actor(services, pilot, Role::ProcurementOfficer).await?;
    let director = actor(services, pilot, Role::FinanceDirector).await?;
    let council = actor(services, pilot, Role::Council).await?;
    let reference = written(services, pilot, object, cents, others).await?;
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

pub(super) async fn published(
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

async fn adheres(services: &Services, commune: &str, reference: TenderRef) -> Result<(), Error> {
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
    Ok(answers)
}

fn today(services: &Services) -> NaiveDate {
    brussels(services.now()).date()
}

/// 11:00 in Brussels, so many days from today.
fn at_eleven(services: &Services, days: u64) -> Result<chrono::DateTime<chrono::Utc>, Error> {
    let day = today(services).checked_add_days(Days::new(days)).unwrap_or_default();
    let hour = NaiveTime::from_hms_opt(11, 0, 0).unwrap_or_default();
    utc_from_brussels(day, hour).map_err(|error| Error::Corrupt(error.to_string()))
}

pub(super) async fn actor(services: &Services, commune: &str, role: Role) -> Result<Actor, Error> {
    let commune = organisations::by_name(services, OrganisationKind::Commune, commune).await?;
    member(services, commune.id, role).await
}

pub(super) async fn firm_member(services: &Services, firm: &str) -> Result<Actor, Error> {
    let firm = organisations::by_name(services, OrganisationKind::Sme, firm).await?;
    member(services, firm.id, Role::SmeMember).await
}

/// The demo person who holds this role there.
pub(super) async fn member(services: &Services, organisation: OrganisationId, role: Role) -> Result<Actor, Error> {
    for person in store::people::of_the_demo(services).await? {
        for membership in store::people::memberships(services, person.id).await? {
            if membership.organisation.id == organisation && membership.roles.contains(&role) {
                return Ok(membership.actor(person.id));
            }
        }
    }
    Err(Error::NotFound)
}
