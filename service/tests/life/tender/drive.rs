//! The attempts as use cases.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    award::{AnnulledBy, SupervisionResult},
    document::{Document, Layout},
    evaluation::{Irregularity, Regularity, Selection},
    kernel::{Money, Percent, UnitPrice, ids::TenderId, reference::TenderRef, time::brussels},
    offer::{OfferContent, OfferLine},
    tender::{OpinionResult, Organ, Plan, Vehicle},
};
use service::{
    Error,
    award::{self, AcceptanceDraft, DecisionDraft, ProposalDraft, Release, SupervisionDraft, TerminationDraft},
    call::{self, CallDraft, QuestionDraft},
    evaluation::{self, RegularityDraft, SelectionDraft, SheetDraft},
    offer,
    specification::{self, Edited},
    store,
    tender::{self, Adoption, AnswerDraft, Opinion, PlanDraft},
    testing::{World, a_sheet, an_adhesion, clear_grounds, example_answers, quiet_plan},
};

use super::{
    cast::Cast,
    model,
    step::{Attempt, What, Who},
    verdict::Verdict,
};

const NO_OFFER: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/// One tender in the database.
pub(super) struct Driven<'a> {
    pub(super) world: &'a World,
    pub(super) cast: &'a Cast,
    pub(super) reference: TenderRef,
    id: TenderId,
    /// Where each chain stood.
    rows: BTreeMap<String, i64>,
    questions: u32,
}

impl<'a> Driven<'a> {
    pub(super) async fn plan(world: &'a World, cast: &'a Cast, joint: bool) -> Self {
        let plan = a_plan(if joint { Vehicle::Joint } else { Vehicle::Isolated });
        let own_need = Money::from_cents(10_000_000);
        let reason = Some("Pour essayer".to_owned());
        let draft = PlanDraft { own_need, plan, quantity: "1".to_owned(), need: None, reason };
        let officer = cast.actor(Who::Officer);
        let reference = tender::plan(&world.services, officer, &draft).await.expect("planned");
        let view = store::tenders::find(&world.services, officer.scope(), reference).await.expect("found");
        Self { world, cast, reference, id: view.tender.id, rows: BTreeMap::new(), questions: 0 }
    }

    /// As it is kept, and as the clock shows it.
    pub(super) async fn stages(&self) -> (&'static str, &'static str) {
        let tender = self.tender().await;
        (tender.stage.code(), tender.stage_at(self.world.services.now()).code())
    }

    async fn tender(&self) -> domain::tender::Tender {
        let officer = self.cast.actor(Who::Officer);
        store::tenders::find(&self.world.services, officer.scope(), self.reference).await.expect("found").tender
    }

    /// Does it, and looks at the trail before and after.
    pub(super) async fn attempt(&mut self, attempt: Attempt) -> (Result<(), Error>, Trail) {
        let own = self.own_stream(attempt).await;
        self.rows_of(own).await;
        self.rows_of(Stream::Tender(self.id)).await;
        let done = Box::pin(self.apply(attempt)).await;
        // The first words of an offer begin its chain.
        let own = self.own_stream(attempt).await;
        let trail = Trail { own: self.rows_of(own).await, tender: self.rows_of(Stream::Tender(self.id)).await };
        (done, trail)
    }

    /// Where this attempt is told: of an offer on its own chain, which names the firm.
    async fn own_stream(&self, attempt: Attempt) -> Stream {
        if !attempt.what.is_of_an_offer() {
            return Stream::Tender(self.id);
        }
        let firm = self.cast.actor(attempt.who).organisation();
        let draft = store::drafts::find(&self.world.services, self.id, firm).await.expect("read");
        draft.map_or(Stream::Organisation(firm), |draft| Stream::Offer(draft.id))
    }

    /// The rows that were added since the last time, the newest first.
    async fn rows_of(&mut self, stream: Stream) -> Vec<(String, Outcome)> {
        let rows = store::audit::latest(&self.world.services, stream, 2).await.expect("the chain reads");
        let before = self.rows.get(&stream.key()).copied().unwrap_or_default();
        if let Some(row) = rows.first() {
            self.rows.insert(stream.key(), row.seq);
        }
        rows.into_iter().filter(|row| row.seq > before).map(|row| (row.action, row.outcome)).collect()
    }

    #[expect(clippy::too_many_lines, reason = "one use case after the other")]
    async fn apply(&mut self, attempt: Attempt) -> Result<(), Error> {
        let Attempt { what, who, choice, offer, stale } = attempt;
        let (services, reference) = (&self.world.services, self.reference);
        let actor = self.cast.actor(who);
        let today = brussels(services.now()).date();
        let age = i32::from(stale);
        let granted = !model::refuses(choice);
        let text = "Pour essayer".to_owned();
        let opinion = || Opinion { result: OpinionResult::Favourable, text: text.clone() };
        match what {
            What::ChangePlan => {
                let tender = self.tender().await;
                let plan = Plan { description: format!("Au choix {choice}"), ..tender.plan };
                tender::change_plan(services, actor, reference, tender.version - age, &plan, Some(&text)).await
            }
            What::InvitePartner => {
                let need = Money::from_cents(1_000_000);
                tender::invite_participant(services, actor, reference, self.cast.partner.id, need, "1").await
            }
            What::WithdrawInvitation => {
                tender::withdraw_invitation(services, actor, reference, self.cast.partner.id).await
            }
            What::AskForAdhesions => tender::ask_for_adhesions(services, actor, reference).await,
            What::Answer => {
                let tender = self.tender().await;
                let own = tender.participant(actor.organisation());
                let need = own.map_or(Money::from_cents(1), |own| own.estimate);
                let draft = AnswerDraft { adheres: granted, need, ..an_adhesion() };
                let version = own.map_or(1, |own| own.version);
                tender::answer(services, actor, reference, version - age, &draft, None).await
            }
            What::StartDrafting => tender::start_drafting(services, actor, reference).await,
            What::SaveAnswers => {
                let version = store::specifications::find(services, self.id).await?.version;
                let mut answers = example_answers();
                answers.insert("pnspp_motif".to_owned(), "Montant inférieur au seuil".to_owned());
                if !granted {
                    answers.insert("bordereau_postes".to_owned(), String::new());
                }
                specification::save_answers(services, actor, reference, version - age, &answers).await
            }
            What::AskOpinion => tender::ask_opinion(services, actor, reference).await,
            What::GiveOpinion => tender::give_opinion(services, actor, reference, &opinion()).await,
            What::Adopt => {
                let decided_on = if model::tomorrow(choice) { today + TimeDelta::days(1) } else { today };
                let adoption = Adoption {
                    organ: Organ::Council,
                    decided_on,
                    number: "14".to_owned(),
                    budget_article: Some("104/742-53".to_owned()),
                    reason: Some(text),
                };
                tender::adopt_edition(services, actor, reference, &adoption, &self.edition(actor).await?).await
            }
            What::AskCoordinator => tender::ask_coordinator(services, actor, reference).await,
            What::GiveCoordinator => tender::give_coordinator_opinion(services, actor, reference, &opinion()).await,
            What::Publish => {
                let invited = self.cast.firms.iter().map(|firm| firm.id);
                let draft = CallDraft {
                    questions_until: services.now() + TimeDelta::days(7),
                    deposit_until: services.now() + TimeDelta::days(14),
                    notice: None,
                    invited: invited.filter(|_| !model::nobody_invited(choice)).collect(),
                    reason: Some(text),
                };
                call::publish(services, actor, reference, &draft).await
            }
            What::AskQuestion => {
                self.questions += 1;
                let draft = QuestionDraft { article: None, text: format!("Question {}", self.questions) };
                call::ask(services, actor, reference, &draft).await
            }
            What::WriteOffer => {
                let (version, content) = self.offer_of(attempt).await;
                offer::write(services, actor, reference, version - age, &content, services.now()).await
            }
            What::Deposit => {
                let (version, _) = self.offer_of(attempt).await;
                offer::submit(services, actor, reference, version - age, services.now()).await.map(drop)
            }
            What::Withdraw => offer::withdraw(services, actor, reference, services.now()).await,
            What::Attend => offer::attend(services, actor, reference).await,
            What::Leave => offer::leave(services, actor, reference).await,
            What::Open => offer::open(services, actor, reference).await,
            What::StartSelection => evaluation::start_selection(services, actor, reference).await,
            What::Select => {
                let version = self.decided(offer).await.0 - age;
                let selection = Selection { selected: granted, grounds: clear_grounds() };
                let draft = SelectionDraft { offer: position(offer), version, selection, reason: text };
                evaluation::select(services, actor, reference, &draft).await
            }
            What::StartRegularity => evaluation::start_regularity(services, actor, reference).await,
            What::DecideRegularity => {
                let version = self.decided(offer).await.1 - age;
                let regularity =
                    if granted { Regularity::Regular } else { Regularity::Substantial(Irregularity::Form) };
                let draft = RegularityDraft { offer: position(offer), version, regularity, reason: text };
                evaluation::decide_regularity(services, actor, reference, &draft).await
            }
            What::Negotiate => evaluation::negotiate(services, actor, reference).await,
            What::Evaluate => evaluation::evaluate(services, actor, reference).await,
            What::NameJuror => {
                let juror = self.cast.actor(Who::Evaluator).person();
                evaluation::name_juror(services, actor, reference, juror).await
            }
            What::Declare => evaluation::declare_interests(services, actor, reference, !granted, &text).await,
            What::Score => evaluation::score(services, actor, reference, &self.sheet(attempt).await).await,
            What::CloseEvaluation => evaluation::close(services, actor, reference).await,
            What::Propose => {
                let opened = store::offers::opened(services, self.id).await?;
                let found = opened.iter().find(|one| one.position == position(offer));
                let draft = ProposalDraft {
                    offer: found.map_or_else(|| NO_OFFER.parse().expect("an identifier"), |one| one.id),
                    reasons: text.clone(),
                    deviation: Some(text),
                    version: self.award_version().await?,
                };
                award::propose(services, actor, reference, &draft).await
            }
            What::AskAwardOpinion => award::ask_opinion(services, actor, reference).await,
            What::DecideAward => {
                let (organ, number) = (domain::award::Organ::Executive, "2026/512".to_owned());
                let version = self.award_version().await?;
                let reason = Some(text);
                let draft = DecisionDraft { organ, decided_on: today, number, to_supervision: false, reason, version };
                award::decide(services, actor, reference, &draft).await
            }
            What::SendInformation => award::send_information(services, actor, reference).await,
            What::RegisterSuspension => award::register_suspension(services, actor, reference, &text).await,
            What::LiftSuspension => award::lift_suspension(services, actor, reference, &text).await,
            What::SendToSupervision => award::send_to_supervision(services, actor, reference, today).await,
            What::RecordSupervision => {
                let award = store::award::find(services, self.id).await?;
                let result = granted.then_some(SupervisionResult::NotAnnulled);
                let version = award.map_or(1, |award| award.version) - age;
                let draft = SupervisionDraft { received_on: Some(today), prolonged: false, result, version };
                award::record_supervision(services, actor, reference, draft).await
            }
            What::Conclude => {
                let reason = Some(text.as_str()).filter(|_| !model::silent(choice));
                award::conclude(services, actor, reference, reason).await
            }
            What::AskSurety => award::ask_surety(services, actor, reference).await,
            What::DepositSurety => award::deposit_surety(services, actor, reference, today, "CDC-1").await,
            What::StartExecution => award::start_execution(services, actor, reference).await,
            What::AcceptProvisionally => {
                let months = u32::from(model::has_guarantee(choice));
                award::accept_provisionally(services, actor, reference, &self.acceptance(granted, months)).await
            }
            What::ReleaseSurety => {
                let release = if granted { Release::All } else { Release::Half };
                let officer = self.cast.actor(Who::Officer);
                let contract = store::contracts::find(services, officer.scope(), reference).await;
                let version = contract.map_or(1, |contract| contract.version) - age;
                award::release_surety(services, actor, reference, version, release).await
            }
            What::AcceptFinally => {
                award::accept_finally(services, actor, reference, &self.acceptance(granted, 0)).await
            }
            What::CloseFile => award::close(services, actor, reference).await,
            What::ReportFailure => award::report_failure(services, actor, reference, &text).await,
            What::Terminate => {
                let (organ, number) = (domain::award::Organ::Executive, "2027/12".to_owned());
                let draft = TerminationDraft { organ, decided_on: today, number, reasons: text };
                award::terminate(services, actor, reference, &draft).await
            }
            What::GiveUp => tender::give_up(services, actor, reference, &text).await,
            What::Annul => award::annul(services, actor, reference, AnnulledBy::Region, today, &text).await,
            What::TimePasses => Ok(()),
        }
    }

    async fn award_version(&self) -> Result<i32, Error> {
        Ok(store::award::find(&self.world.services, self.id).await?.map_or(0, |award| award.version))
    }

    /// The version of the firm's draft, and what it writes: the first one is dear.
    async fn offer_of(&self, attempt: Attempt) -> (i32, OfferContent) {
        let price = if attempt.who == Who::First { "120000.00" } else { "40000.00" };
        let firm = self.cast.actor(attempt.who).organisation();
        let draft = store::drafts::find(&self.world.services, self.id, firm).await.expect("read");
        let line = OfferLine {
            code: "P-01".to_owned(),
            unit_price: UnitPrice::parse_iso(price).expect("a price"),
            vat: Percent::parse_iso("21").expect("a rate"),
        };
        (draft.map_or(0, |draft| draft.version), OfferContent { lines: vec![line], remark: String::new() })
    }

    /// What would be adopted now, on one page: painting the whole belongs to other tests.
    async fn edition(&self, actor: &Actor) -> Result<Edited, Error> {
        let (services, reference) = (&self.world.services, self.reference);
        let (missing, made_of) = specification::holes(services, actor, reference).await?;
        let kept = store::files::keep(services, "cahier.pdf", "application/pdf", b"%PDF-1.7 epreuve".to_vec()).await?;
        let document = Document {
            title: "Cahier spécial des charges".to_owned(),
            subtitle: String::new(),
            reference: reference.to_string(),
            authority: "Ville de Namur".to_owned(),
            version: "version 1".to_owned(),
            date: brussels(services.now()).date(),
            lang: "fr-BE".to_owned(),
            draft: false,
            layout: Layout::Act,
            blocks: Vec::new(),
        };
        Ok(Edited { number: 1, document, clauses: Vec::new(), missing, kept, pages: 1, made_of })
    }

    /// Versions of what was decided on an offer: its selection, its regularity.
    async fn decided(&self, offer: usize) -> (i32, i32) {
        let dossier = store::evaluation::dossier(&self.world.services, self.id).await.expect("read");
        let Some(id) = dossier.offer(position(offer)).map(|offer| offer.id) else { return (0, 0) };
        let selection = dossier.selections.get(&id).map_or(0, |decided| decided.version);
        (selection, dossier.regularities.get(&id).map_or(0, |decided| decided.version))
    }

    /// Points for every offer that is compared, over the sheet that stands.
    async fn sheet(&self, attempt: Attempt) -> SheetDraft {
        let points: &[&str] = if model::sheet(attempt) == 0 { &["20", "15", "10"] } else { &["21", "16", "11"] };
        let dossier = store::evaluation::dossier(&self.world.services, self.id).await.expect("read");
        let person = self.cast.actor(attempt.who).person();
        let version = dossier.juror(person).map_or(0, |juror| juror.sheet_version) - i32::from(attempt.stale);
        let mut sheet = a_sheet(version, &[points, points]);
        sheet.lines.retain(|line| dossier.compared().any(|offer| offer.position == line.offer));
        sheet
    }

    fn acceptance(&self, is_granted: bool, guarantee_months: u32) -> AcceptanceDraft {
        AcceptanceDraft {
            found_on: brussels(self.world.services.now()).date(),
            findings: "Tout est livré".to_owned(),
            reserves: String::new(),
            is_granted,
            guarantee_months,
        }
    }
}

/// What the trail tells of an attempt: on its own chain, and on that of the tender.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trail {
    own: Vec<(String, Outcome)>,
    tender: Vec<(String, Outcome)>,
}

impl Trail {
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.tender.is_empty()
    }

    /// One row for what was done, refused or denied, and none for what came to nothing; a deposit and a withdrawal are
    /// told on the tender's chain too.
    pub(super) fn tells(&self, attempt: Attempt, verdict: Verdict) -> bool {
        let outcomes = |rows: &[(String, Outcome)]| rows.iter().map(|(_, outcome)| *outcome).collect::<Vec<_>>();
        let of_an_offer = attempt.what.is_of_an_offer();
        let expected = match verdict {
            Verdict::Done => vec![Outcome::Done],
            Verdict::Refused => vec![Outcome::Refused],
            Verdict::Denied => vec![Outcome::Denied],
            Verdict::DoneBefore | Verdict::NotFound | Verdict::Stale | Verdict::Failed => Vec::new(),
            Verdict::Shut => return true,
        };
        let also = of_an_offer && attempt.what != What::WriteOffer && verdict == Verdict::Done;
        outcomes(&self.own) == expected && self.tender.len() == usize::from(also)
    }
}

fn position(offer: usize) -> i32 {
    i32::try_from(offer).expect("two offers")
}

/// Negotiable, hosted here, without a notice.
fn a_plan(vehicle: Vehicle) -> Plan {
    Plan { vehicle, ..quiet_plan("Guichet citoyen") }
}
