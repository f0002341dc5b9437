//! One row for each action, in the order of the policy.

use chrono::DateTime;
use domain::{
    authz,
    contract::{Contract, Lending},
    tender::{Stage, Step},
};

use crate::{
    samples::{
        accession, contract, framework, id, lending, need_of, other_organisation, own_organisation, place, tender,
    },
    table::Row,
};

/// To add an action: its name, what it is called, the guard that says at which stages, the subjects that make a
/// difference.
#[expect(clippy::too_many_lines, reason = "a list of actions")]
pub(crate) fn rows() -> Vec<Row> {
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
        of_contract::<authz::RevisePrices>("Réviser les prix d’un contrat"),
        of_contract::<authz::ModifyContract>("Enregistrer une modification d’un contrat"),
        of_contract::<authz::ClaimPenalty>("Appliquer une amende pour retard"),
        of_contract::<authz::GiveAdvance>("Accorder une avance"),
        of_contract::<authz::AnswerFailure>("Répondre à un procès-verbal de manquement"),
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
        Row::of_voucher::<authz::KeepOrderSurety>("Enregistrer le cautionnement d’un bon"),
        Row::of_voucher::<authz::AcceptDelivery>("Réceptionner ou refuser une livraison"),
        Row::of_voucher::<authz::InvoiceVoucher>("Encoder une facture"),
        Row::of_voucher::<authz::ReceiveInvoice>("Envoyer le fichier d’une facture"),
        Row::of_voucher::<authz::JudgeInvoice>("Comparer de nouveau ou refuser une facture qui attend"),
        Row::of_voucher::<authz::PayVoucher>("Constater un paiement"),
        Row::of_voucher::<authz::CloseVoucher>("Solder un bon"),
        Row::of_voucher::<authz::CancelVoucher>("Annuler un bon"),
        Row::of::<authz::ProposeLoan>("Proposer le prêt d’une part")
            .on("sur un contrat de sa propre organisation", |actor| contract(actor.organisation(), id(3)))
            .on("sur un autre", |_| contract(id(3), id(9)))
            .into(),
        of_loan::<authz::AgreeLoan>("Accepter le prêt d’une part"),
        of_loan::<authz::WithdrawLoan>("Retirer le prêt d’une part avant l’accord des deux"),
        Row::of_tender::<authz::OfferFramework>("Offrir un accord-cadre de sa centrale d’achat", |tender| {
            tender.stage <= Stage::Executing
        }),
        Row::of::<authz::AdhereToBody>("Enregistrer l’adhésion à une centrale d’achat")
            .on("une autre organisation", |_| other_organisation())
            .on("la sienne", own_organisation)
            .into(),
        Row::of::<authz::AcceptAccession>("Accepter une adhésion")
            .on("à sa propre centrale", |actor| accession(actor.organisation(), id(3)))
            .on("à une autre", |actor| accession(id(3), actor.organisation()))
            .into(),
        Row::of::<authz::SendAccession>("Enregistrer la transmission d’une adhésion à la tutelle")
            .on("de sa propre organisation", |actor| accession(id(3), actor.organisation()))
            .on("d’une autre", |actor| accession(actor.organisation(), id(3)))
            .into(),
        Row::of::<authz::EndAccession>("Se retirer d’une centrale d’achat")
            .on("pour sa propre organisation", |actor| accession(id(3), actor.organisation()))
            .on("pour une autre", |actor| accession(actor.organisation(), id(3)))
            .into(),
        Row::of::<authz::ExpressNeed>("Exprimer un besoin à une centrale d’achat")
            .on("une autre organisation", |_| framework(id(3)))
            .on("la sienne", |actor| framework(actor.organisation()))
            .into(),
        Row::of::<authz::ManageUsers>("Nommer et admettre les utilisateurs d’un accord-cadre")
            .on("de sa propre centrale", |actor| framework(actor.organisation()))
            .on("d’une autre", |_| framework(id(3)))
            .into(),
    ]
}

fn of_loan<A: authz::Action<Subject = Lending> + 'static>(words: &'static str) -> Row {
    Row::of::<A>(words)
        .on("prêteuse", |actor| lending(actor.organisation(), id(3)))
        .on("emprunteuse", |actor| lending(id(3), actor.organisation()))
        .on("ni l’une ni l’autre", |_| lending(id(3), id(9)))
        .into()
}

fn of_contract<A: authz::Action<Subject = Contract> + 'static>(words: &'static str) -> Row {
    Row::of::<A>(words)
        .on("piloté par sa propre organisation", |actor| contract(actor.organisation(), id(3)))
        .on("attribué à sa propre organisation", |actor| contract(id(3), actor.organisation()))
        .on("d’autres", |_| contract(id(3), id(9)))
        .into()
}
