//! `docs/roles.md`: who may do what, asked of the policy itself and kept as a table that anybody can read.

use std::{collections::BTreeMap, fmt::Debug, fs, marker::PhantomData, str::FromStr};

use chrono::{DateTime, NaiveDate};
use domain::{
    authz::{self, Action, Actor, actions},
    contract::{Allotment, Contract},
    kernel::{
        ids::{ContractId, NeedId, OrganisationId, PersonId, TenderId, VoucherId},
        money::Money,
        reference::TenderRef,
    },
    need::{Need, NeedDraft},
    offer::Place,
    organisation::{Organisation, OrganisationKind, Role},
    procedure::{Nature, Procedure},
    share::{self, Fixed, Key},
    tender::{Adhesion, Channel, Participant, Plan, Stage, StageClock, Step, Tender, Vehicle},
    voucher::{Status, Voucher},
};
use tests::{assert_committed, root};

#[test]
fn the_committed_table_of_roles_is_what_the_policy_says() {
    assert_committed("docs/roles.md", &table(&rows()));
}

#[test]
fn every_action_has_a_row() {
    let rows: Vec<&str> = rows().iter().map(|row| row.action).collect();

    assert_eq!(
        rows,
        actions().collect::<Vec<_>>(),
        "a new action needs a row in tests/tests/roles.rs, in the order of the policy"
    );
}

/// To add an action: its name, what it is called, the guard that says at which stages, the subjects that make a
/// difference.
#[expect(clippy::too_many_lines, reason = "a list of actions")]
fn rows() -> Vec<Row> {
    vec![
        Row::of::<authz::DescribeNeed>("Décrire un besoin")
            .on("pour sa propre organisation", own_organisation)
            .on("pour une autre", |_| other_organisation())
            .into(),
        Row::of::<authz::JoinNeed>("Se joindre à un besoin")
            .on("décrit par une autre commune", |_| need_of(other_organisation().id))
            .on("décrit par sa propre organisation", |actor| need_of(actor.organisation()))
            .into(),
        Row::of::<authz::PlanTender>("Créer un marché")
            .on("pour sa propre organisation", own_organisation)
            .on("pour une autre", |_| other_organisation())
            .into(),
        Row::of_tender::<authz::ChangeTender>("Modifier le dossier, les participants, les parts", |tender| {
            tender.may_change().is_ok()
        }),
        Row::of_tender::<authz::AnswerAdhesion>("Répondre à une invitation", |tender| tender.may_change().is_ok()),
        Row::of_tender::<authz::DraftSpecification>("Rédiger le cahier spécial des charges", |tender| {
            tender.may_draft().is_ok()
        }),
        Row::of_tender::<authz::AskLegalityOpinion>("Demander l’avis de légalité", |tender| {
            tender.after(Step::AskLegalityOpinion).is_ok()
        }),
        Row::of_tender::<authz::GiveLegalityOpinion>("Rendre l’avis de légalité", |tender| {
            matches!(tender.stage, Stage::LegalityOpinion | Stage::AwardProposed)
        }),
        Row::of_tender::<authz::AdoptConditions>("Adopter les conditions", |tender| {
            tender.after(Step::AdoptConditions).is_ok()
        }),
        Row::of_tender::<authz::AskCoordinatorOpinion>("Demander l’avis du coordinateur", |tender| {
            tender.after(Step::AskCoordinatorOpinion).is_ok()
        }),
        Row::of_tender::<authz::GiveCoordinatorOpinion>("Rendre l’avis du coordinateur", |tender| {
            tender.stage == Stage::CoordinatorOpinion
        }),
        Row::of_tender::<authz::PublishCall>("Lancer l’appel", |tender| tender.after(Step::Publish).is_ok()),
        Row::of_tender::<authz::AskQuestion>("Poser une question", |tender| {
            tender.may_be_asked(DateTime::UNIX_EPOCH).is_ok()
        }),
        Row::of_tender::<authz::AnswerQuestion>("Répondre à une question", |tender| {
            tender.may_answer_questions(DateTime::UNIX_EPOCH).is_ok()
        }),
        Row::of_tender::<authz::GiveUpTender>("Renoncer au marché", |tender| tender.after(Step::GiveUp).is_ok()),
        Row::of::<authz::EditOrganisation>("Corriger la page d’une organisation")
            .on("la sienne", own_organisation)
            .on("une autre", |_| other_organisation())
            .into(),
        Row::of::<authz::InviteMember>("Inviter une personne")
            .on("dans sa propre organisation", own_organisation)
            .on("dans une autre", |_| other_organisation())
            .into(),
        Row::of::<authz::RemoveMember>("Retirer un rôle à une personne")
            .on("dans sa propre organisation", own_organisation)
            .on("dans une autre", |_| other_organisation())
            .into(),
        Row::of::<authz::EditParameter>("Ajouter un paramètre légal")
            .on("de la plateforme", |_| authz::Platform)
            .into(),
        Row::of::<authz::WriteOffer>("Écrire l’offre de son entreprise")
            .on("invitée, ou appel annoncé par un avis", |actor| place(actor.organisation(), true))
            .on("ni l’un ni l’autre", |actor| place(actor.organisation(), false))
            .on("d’une autre entreprise", |_| place(other_organisation().id, true))
            .into(),
        Row::of::<authz::SubmitOffer>("Déposer l’offre, ou la remplacer")
            .on("invitée, ou appel annoncé par un avis", |actor| place(actor.organisation(), true))
            .on("d’une autre entreprise", |_| place(other_organisation().id, true))
            .into(),
        Row::of::<authz::WithdrawOffer>("Retirer l’offre")
            .on("de son entreprise", |actor| place(actor.organisation(), true))
            .on("d’une autre entreprise", |_| place(other_organisation().id, true))
            .into(),
        Row::of_tender::<authz::TypeOffers>("Recopier les offres de la plateforme fédérale", |tender| {
            tender.after(Step::OpenOffers).is_ok()
        }),
        Row::of_tender::<authz::OpenOffers>("Ouvrir les offres", |tender| tender.after(Step::OpenOffers).is_ok()),
        Row::of::<authz::ReadEvaluation>("Lire l’examen des offres")
            .on("pilote", |actor| tender(actor.organisation(), &[], Stage::Opened))
            .on("participant", |actor| tender(other_organisation().id, &[actor.organisation()], Stage::Opened))
            .on("ni l’un ni l’autre", |_| tender(other_organisation().id, &[], Stage::Opened))
            .on("avant l’ouverture", |actor| tender(actor.organisation(), &[], Stage::Called))
            .into(),
        Row::of_tender::<authz::AssessOffers>("Examiner les offres", |tender| {
            (Stage::Opened..=Stage::Evaluation).contains(&tender.stage)
        }),
        Row::of_tender::<authz::NameJury>("Désigner les évaluateurs", |tender| {
            (Stage::Opened..=Stage::Evaluation).contains(&tender.stage)
        }),
        Row::of_tender::<authz::DeclareInterests>("Déclarer ses intérêts", |tender| {
            (Stage::Opened..=Stage::Evaluation).contains(&tender.stage)
        }),
        Row::of_tender::<authz::ScoreOffers>("Coter les offres", |tender| tender.stage == Stage::Evaluation),
        Row::of_tender::<authz::CloseEvaluation>("Clôturer l’évaluation", |tender| {
            tender.stage == Stage::Evaluation
        }),
        Row::of_tender::<authz::AnswerRequest>("Répondre à une demande sur son offre", |tender| {
            (Stage::Opened..=Stage::Evaluation).contains(&tender.stage)
        }),
        Row::of_tender::<authz::ProposeAward>("Proposer l’attribution, demander l’avis sur elle", |tender| {
            tender.after(Step::ProposeAward).is_ok() || tender.stage == Stage::AwardProposed
        }),
        Row::of_tender::<authz::DecideAward>("Décider l’attribution", |tender| {
            tender.after(Step::DecideAward).is_ok()
        }),
        Row::of_tender::<authz::SendInformation>("Informer les soumissionnaires", |tender| {
            tender.after(Step::SendInformation).is_ok()
        }),
        Row::of_tender::<authz::RegisterSuspension>("Enregistrer ou lever une suspension", |tender| {
            matches!(tender.stage, Stage::Informed | Stage::Supervision)
        }),
        Row::of_tender::<authz::FollowSupervision>("Transmettre à la tutelle et la suivre", |tender| {
            tender.after(Step::SendToSupervision).is_ok() || tender.stage == Stage::Supervision
        }),
        Row::of_tender::<authz::ConcludeContract>("Conclure le contrat", |tender| tender.after(Step::Conclude).is_ok()),
        Row::of_tender::<authz::AnnulAward>("Enregistrer une annulation", |tender| tender.after(Step::Annul).is_ok()),
        Row::of_tender::<authz::KeepSurety>("Tenir le cautionnement, commencer l’exécution", |tender| {
            tender.after(Step::AskSurety).is_ok() || (Stage::SuretyAwaited..Stage::Closed).contains(&tender.stage)
        }),
        Row::of_tender::<authz::AcceptContract>("Recevoir le marché, constater un manquement", |tender| {
            (Stage::Concluded..=Stage::Guarantee).contains(&tender.stage)
        }),
        Row::of_tender::<authz::CloseContract>("Clôturer le dossier", |tender| tender.after(Step::Close).is_ok()),
        Row::of_tender::<authz::TerminateContract>("Résilier le contrat", |tender| {
            tender.after(Step::Terminate).is_ok()
        }),
        Row::of::<authz::DraftVoucher>("Rédiger un bon de commande")
            .on("sur un contrat de sa propre organisation", |actor| contract(actor.organisation(), id(3)))
            .on("sur un autre", |_| contract(id(3), id(9)))
            .into(),
        Row::of_voucher::<authz::EditVoucher>("Modifier un bon avant son approbation"),
        Row::of_voucher::<authz::CheckVoucher>("Contrôler le crédit et les plafonds"),
        Row::of_voucher::<authz::ApproveVoucher>("Approuver un bon"),
        Row::of_voucher::<authz::SendVoucher>("Envoyer un bon"),
        Row::of_voucher::<authz::AnswerVoucher>("Accepter ou refuser un bon reçu"),
        Row::of_voucher::<authz::DeliverVoucher>("Annoncer une livraison"),
        Row::of_voucher::<authz::AcceptDelivery>("Réceptionner ou refuser une livraison"),
        Row::of_voucher::<authz::InvoiceVoucher>("Encoder une facture"),
        Row::of_voucher::<authz::PayVoucher>("Constater un paiement"),
        Row::of_voucher::<authz::CloseVoucher>("Solder un bon"),
        Row::of_voucher::<authz::CancelVoucher>("Annuler un bon"),
    ]
}

type Rule = Box<dyn Fn(&Actor) -> bool>;

/// One action, in the situations that make a difference.
struct Row {
    action: &'static str,
    words: &'static str,
    /// At which stages of a tender it is possible; `None` for what is not done to a tender.
    guard: Option<fn(&Tender) -> bool>,
    situations: Vec<(&'static str, Rule)>,
}

/// A row whose subjects' type is still known.
struct RowOf<A: Action> {
    row: Row,
    action: PhantomData<A>,
}

impl Row {
    fn of<A: Action + 'static>(words: &'static str) -> RowOf<A> {
        let row = Self { action: A::NAME, words, guard: None, situations: Vec::new() };
        RowOf { row, action: PhantomData }
    }

    fn of_tender<A: Action<Subject = Tender> + 'static>(words: &'static str, guard: fn(&Tender) -> bool) -> Self {
        let mut of = Self::of::<A>(words)
            .on("pilote", |actor| tender(actor.organisation(), &[actor.organisation()], Stage::Needs))
            .on("participant", |actor| tender(other_organisation().id, &[actor.organisation()], Stage::Needs))
            .on("ni l’un ni l’autre", |_| tender(other_organisation().id, &[], Stage::Needs));
        of.row.guard = Some(guard);
        of.into()
    }

    fn of_voucher<A: Action<Subject = Voucher> + 'static>(words: &'static str) -> Self {
        Self::of::<A>(words)
            .on("de sa propre organisation", |actor| voucher(actor.organisation(), id(3)))
            .on("reçu par sa propre organisation", |actor| voucher(id(3), actor.organisation()))
            .on("d’autres", |_| voucher(id(3), id(9)))
            .into()
    }

    /// `S01 à S04, S07`: the stages where the guard lets pass.
    fn stages(&self) -> String {
        let Some(guard) = self.guard else { return "–".to_owned() };
        let stored = Stage::ALL.into_iter().filter(|stage| !stage.is_made_by_time());
        let marked: Vec<_> = stored.map(|stage| (stage, guard(&tender(other_organisation().id, &[], stage)))).collect();
        let runs: Vec<_> = marked.chunk_by(|one, next| one.1 == next.1).filter(|run| run[0].1).map(words_of).collect();
        if runs.is_empty() { "–".to_owned() } else { runs.join(", ") }
    }
}

fn words_of(run: &[(Stage, bool)]) -> String {
    match run {
        [] => String::new(),
        [(only, _)] => only.code().to_owned(),
        [(first, _), .., (last, _)] => format!("{} à {}", first.code(), last.code()),
    }
}

impl<A: Action + 'static> RowOf<A> {
    fn on(mut self, situation: &'static str, subject: impl Fn(&Actor) -> A::Subject + 'static) -> Self {
        self.row.situations.push((situation, Box::new(move |actor| A::permits(actor, &subject(actor)))));
        self
    }
}

impl<A: Action> From<RowOf<A>> for Row {
    fn from(of: RowOf<A>) -> Self {
        of.row
    }
}

fn table(rows: &[Row]) -> String {
    let names = role_names();
    let head = format!("| Action | Situation | Étapes | {} |", names.join(" | "));
    let rule = format!("|---|---|---|{}", ":-:|".repeat(names.len()));
    let lines =
        rows.iter().flat_map(|row| row.situations.iter().map(|(situation, permits)| line(row, situation, permits)));
    [INTRODUCTION.to_owned(), head, rule].into_iter().chain(lines).map(|line| line + "\n").collect()
}

const INTRODUCTION: &str = "\
# Qui peut faire quoi

Cette table est écrite par un test (`tests/tests/roles.rs`) à partir des règles du programme ; elle ne se corrige pas à la main.
✓ : permis. – : refusé, et la tentative est notée dans l’historique. Entre parenthèses : les seules organisations où c’est permis.
Ce qu’une personne ne peut pas voir n’existe pas pour elle : la réponse est alors « introuvable », et non « refusé ».
Étapes : celles d’un marché où l’action est possible (S01 besoins, S02 adhésions, S03 rédaction, S04 avis de légalité,
S05 conditions adoptées, S06 avis du coordinateur, S07 appel lancé, S10 offres ouvertes… ; voir `domain/src/tender/stage.rs`).
";

fn line(row: &Row, situation: &str, permits: &Rule) -> String {
    let cells: Vec<_> = Role::ALL.into_iter().map(|role| cell(role, permits)).collect();
    format!("| {} (`{}`) | {situation} | {} | {} |", row.words, row.action, row.stages(), cells.join(" | "))
}

/// The role is tried in every kind of organisation where it exists.
fn cell(role: Role, permits: &Rule) -> String {
    let kinds: Vec<_> = OrganisationKind::ALL.into_iter().filter(|kind| kind.roles().contains(&role)).collect();
    let permitted: Vec<_> = kinds.iter().copied().filter(|kind| permits(&actor(*kind, role))).collect();
    match permitted.len() {
        0 => "–".to_owned(),
        all if all == kinds.len() => "✓".to_owned(),
        _ => format!("✓ ({})", permitted.iter().map(|kind| kind_name(*kind)).collect::<Vec<_>>().join(", ")),
    }
}

fn role_names() -> Vec<String> {
    let file = fs::read_to_string(root().join("app/locales/fr/role.json")).expect("the roles have French names");
    let names: BTreeMap<String, String> = serde_json::from_str(&file).expect("a list of names");
    Role::ALL.into_iter().map(|role| names[role.code()].clone()).collect()
}

fn kind_name(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Commune => "commune",
        OrganisationKind::Cpas => "CPAS",
        OrganisationKind::Intercommunale => "intercommunale",
        OrganisationKind::Union => "UVCW",
        OrganisationKind::Region => "Région",
        OrganisationKind::Sme => "entreprise",
        OrganisationKind::OtherPublic => "autre pouvoir public",
    }
}

fn actor(kind: OrganisationKind, role: Role) -> Actor {
    Actor::member(id::<PersonId>(1), id::<OrganisationId>(2), kind, [role].into())
}

fn id<T: FromStr<Err: Debug>>(number: u8) -> T {
    format!("00000000-0000-0000-0000-{number:012}").parse().expect("an identifier")
}

fn own_organisation(actor: &Actor) -> Organisation {
    organisation(actor.organisation(), actor.kind())
}

fn other_organisation() -> Organisation {
    organisation(id::<OrganisationId>(3), OrganisationKind::Commune)
}

fn organisation(id: OrganisationId, kind: OrganisationKind) -> Organisation {
    Organisation {
        id,
        kind,
        name: String::new(),
        nis: None,
        bce: None,
        province: None,
        postal_codes: None,
        population: None,
        address: None,
        email: None,
        iban: None,
        peppol_id: None,
        claimed: true,
        version: 1,
    }
}

fn need_of(organisation: OrganisationId) -> Need {
    Need {
        id: id::<NeedId>(4),
        organisation,
        draft: NeedDraft {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature: Nature::Services,
            estimate: Money::from_cents(1),
            quantity: String::new(),
            wanted_on: None,
        },
        tender: None,
        joined: Vec::new(),
        version: 1,
    }
}

fn place(firm: OrganisationId, invited: bool) -> Place {
    Place { tender: tender(id::<OrganisationId>(9), &[], Stage::Called), firm, invited, offer: None }
}

fn contract(participant: OrganisationId, supplier: OrganisationId) -> Contract {
    Contract {
        id: id::<ContractId>(6),
        tender: id::<TenderId>(5),
        reference: TenderRef::new(2026, 1).expect("a reference"),
        object: String::new(),
        stage: Stage::Executing,
        pilot: participant,
        pilot_name: String::new(),
        supplier,
        supplier_name: String::new(),
        ceiling: Money::ZERO,
        surety: None,
        called_on: NaiveDate::MIN,
        concluded_on: NaiveDate::MIN,
        starts_on: None,
        ends_on: None,
        lines: Vec::new(),
        allotments: vec![Allotment {
            organisation: participant,
            name: String::new(),
            amount: Money::ZERO,
            committed: Money::ZERO,
        }],
        clauses: Vec::new(),
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn voucher(organisation: OrganisationId, supplier: OrganisationId) -> Voucher {
    Voucher {
        id: id::<VoucherId>(7),
        contract: contract(organisation, supplier),
        organisation,
        organisation_name: String::new(),
        status: Status::Draft,
        number: None,
        object: String::new(),
        delivery_address: String::new(),
        wanted_on: None,
        lines: Vec::new(),
        excluding: Money::ZERO,
        vat: Money::ZERO,
        including: Money::ZERO,
        commitment: None,
        sent_at: None,
        refusal: None,
        author: id::<PersonId>(8),
        deliveries: Vec::new(),
        invoices: Vec::new(),
        file: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn tender(pilot: OrganisationId, participants: &[OrganisationId], stage: Stage) -> Tender {
    let participant = |organisation: &OrganisationId| Participant {
        organisation: *organisation,
        name: String::new(),
        nis: None,
        population: None,
        adhesion: Adhesion::Adhered,
        estimate: Money::from_cents(1),
        quantity: String::new(),
        answer: None,
        version: 1,
    };
    Tender {
        id: id::<TenderId>(5),
        reference: TenderRef::new(2026, 1).expect("a reference"),
        pilot,
        plan: Plan {
            object: String::new(),
            description: String::new(),
            cpv: String::new(),
            nature: Nature::Services,
            vehicle: Vehicle::Joint,
            procedure: Procedure::Pnspp,
            channel: Channel::Hosted,
            procedure_reason: None,
            lots_reason: None,
            estimate: Money::from_cents(1),
        },
        rule: share::Rule { key: Key::Equal, fixed: Fixed::None, min: None, max: None },
        stage,
        stopped_at: None,
        clock: StageClock::default(),
        published_at: None,
        notice: None,
        participants: participants.iter().map(participant).collect(),
        version: 1,
    }
}
