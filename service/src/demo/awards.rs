//! Files whose call is over, at each stage from the opening to the end of the contract.

use std::pin::Pin;

use domain::{
    authz::Actor,
    award::SupervisionResult,
    evaluation::{Debts, Exclusion, Grounds, Regularity, Selection},
    kernel::{reference::TenderRef, time::brussels},
    organisation::Role,
    refusal::Refusal,
    score::Points,
    tender::{OpinionResult, Organ},
};

use super::{
    bids::{self, Bid},
    central,
    past::Past,
    people::UNION,
    tenders::{File, actor, adopted_by, firm_member, published},
};
use crate::{
    Error,
    award::{self, DecisionDraft, ProposalDraft, SupervisionDraft},
    evaluation::{self, RegularityDraft, SelectionDraft, SheetDraft, SheetLine},
    offer, store,
    tender::{self, Opinion},
};

/// A tender of the demo.
pub(super) struct Plan {
    pub(super) pilot: &'static str,
    pub(super) others: &'static [&'static str],
    pub(super) object: &'static str,
    pub(super) estimate_cents: i64,
    pub(super) bids: &'static [Bid],
    /// Size, in per cent of the example.
    pub(super) part: i64,
}

/// A file on its way to a stage. On the heap: the way to the last one is longer than the stack of a thread.
type Reached<'a> = Pin<Box<dyn Future<Output = Result<TenderRef, Error>> + Send + 'a>>;

impl Plan {
    /// S09: the deposit is over, the offers are sealed.
    pub(super) fn deposited<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let services = &past.services;
            let (pilot, others, object, cents) = (self.pilot, self.others, self.object, self.estimate_cents);
            let reference = adopted_by(services, &File { pilot, others, object, cents }).await?;
            if self.pilot == UNION {
                central::before_the_call(services, reference).await?;
            }
            let firms: Vec<_> = self.bids.iter().map(|bid| bid.firm).collect();
            published(services, self.pilot, reference, 20, &firms).await?;
            for bid in self.bids {
                past.days_pass(4);
                let member = firm_member(services, bid.firm).await?;
                bids::deposit(services, &member, reference, bid, self.part).await?;
            }
            let officer = self.officer(past).await?;
            let view = store::tenders::find(services, officer.scope(), reference).await?;
            past.until_after(view.tender.clock.deposit_until.unwrap_or_else(|| services.now()));
            Ok(reference)
        })
    }

    /// S10: opened before two persons, of two communes when joint.
    pub(super) fn opened<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.deposited(past).await?;
            let second = match self.others.first() {
                Some(other) => actor(&past.services, other, Role::ProcurementOfficer).await?,
                None => actor(&past.services, self.pilot, Role::ChiefExecutive).await?,
            };
            offer::attend(&past.services, &self.officer(past).await?, reference).await?;
            offer::open(&past.services, &second, reference).await?;
            Ok(reference)
        })
    }

    /// S11: the selection has begun.
    pub(super) fn selecting<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.opened(past).await?;
            past.days_pass(1);
            evaluation::start_selection(&past.services, &self.officer(past).await?, reference).await?;
            Ok(reference)
        })
    }

    /// S12: everybody is selected, and every offer is found regular.
    pub(super) fn assessed<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.selecting(past).await?;
            let (services, officer) = (&past.services, self.officer(past).await?);
            for (offer, _) in (1..).zip(self.bids) {
                let draft = SelectionDraft { offer, version: 0, selection: clear(), reason: String::new() };
                evaluation::select(services, &officer, reference, &draft).await?;
            }
            evaluation::start_regularity(services, &officer, reference).await?;
            for (offer, _) in (1..).zip(self.bids) {
                let draft =
                    RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
                evaluation::decide_regularity(services, &officer, reference, &draft).await?;
            }
            Ok(reference)
        })
    }

    /// S13: the regular offers are negotiated.
    pub(super) fn negotiated<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.assessed(past).await?;
            past.days_pass(1);
            evaluation::negotiate(&past.services, &self.officer(past).await?, reference).await?;
            Ok(reference)
        })
    }

    /// S14: the jury has declared its interests.
    pub(super) fn compared<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.assessed(past).await?;
            let (services, officer) = (&past.services, self.officer(past).await?);
            evaluation::evaluate(services, &officer, reference).await?;
            for juror in self.jury(past).await? {
                evaluation::name_juror(services, &officer, reference, juror.person()).await?;
                evaluation::declare_interests(
                    services,
                    &juror,
                    reference,
                    false,
                    "Aucun intérêt dans ces entreprises.",
                )
                .await?;
            }
            Ok(reference)
        })
    }

    /// S14, closed: the ranking stands.
    pub(super) fn ranked<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.compared(past).await?;
            past.days_pass(2);
            for juror in self.jury(past).await? {
                evaluation::score(&past.services, &juror, reference, &self.sheet()).await?;
            }
            evaluation::close(&past.services, &self.officer(past).await?, reference).await?;
            Ok(reference)
        })
    }

    /// S15: the first of the ranking is proposed, and the legality opinion asked.
    pub(super) fn proposed<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.ranked(past).await?;
            let officer = self.officer(past).await?;
            let gathered = award::gather(&past.services, officer.scope(), reference).await?;
            let best = gathered.examination.first().ok_or(Error::NotFound)?.offer;
            let draft = ProposalDraft {
            offer: best,
            reasons:
                "L’offre obtient le total le plus élevé. Sa méthode prévoit des itérations courtes avec les agents, \
                      et la réutilisation de composants libres déjà éprouvés par d’autres communes."
                    .to_owned(),
            deviation: None,
            version: 0,
        };
            award::propose(&past.services, &officer, reference, &draft).await?;
            award::ask_opinion(&past.services, &officer, reference).await?;
            Ok(reference)
        })
    }

    /// S16: decided by the executive, on a favourable opinion.
    pub(super) fn decided<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.proposed(past).await?;
            past.days_pass(3);
            let director = actor(&past.services, self.pilot, Role::FinanceDirector).await?;
            let opinion = Opinion {
                result: OpinionResult::Favourable,
                text: "La dépense est couverte par le crédit inscrit.".to_owned(),
            };
            tender::give_opinion(&past.services, &director, reference, &opinion).await?;
            past.days_pass(1);
            let executive = actor(&past.services, self.pilot, Role::Executive).await?;
            let today = brussels(past.services.now()).date();
            let gathered = award::gather(&past.services, executive.scope(), reference).await?;
            let draft = DecisionDraft {
                organ: Organ::Executive,
                decided_on: today,
                number: "2026/1187".to_owned(),
                to_supervision: gathered.supervision(today)?.is_some_and(|supervision| supervision.is_due),
                reason: None,
                version: gathered.file.award.as_ref().map(|award| award.version).unwrap_or_default(),
            };
            award::decide(&past.services, &executive, reference, &draft).await?;
            Ok(reference)
        })
    }

    /// S17: every tenderer has its letter; the standstill runs.
    pub(super) fn informed<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.decided(past).await?;
            award::send_information(&past.services, &self.officer(past).await?, reference).await?;
            Ok(reference)
        })
    }

    /// S19: the Region has the award, and its delay runs.
    pub(super) fn transmitted<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.informed(past).await?;
            past.days_pass(1);
            let today = brussels(past.services.now()).date();
            award::send_to_supervision(&past.services, &self.officer(past).await?, reference, today).await?;
            Ok(reference)
        })
    }

    /// S20: concluded after the standstill, and after the answer of the Region where the decision went there.
    pub(super) fn concluded<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.informed(past).await?;
            let officer = self.officer(past).await?;
            past.days_pass(1);
            let gathered = award::gather(&past.services, officer.scope(), reference).await?;
            if gathered.file.award.is_some_and(|award| award.awaits_transmission()) {
                self.supervised(past, &officer, reference).await?;
            }
            past.days_pass(17);
            award::conclude(&past.services, &officer, reference, None).await?;
            Ok(reference)
        })
    }

    /// The Region has the award, and does not annul it.
    async fn supervised(&self, past: &Past, officer: &Actor, reference: TenderRef) -> Result<(), Error> {
        let today = brussels(past.services.now()).date();
        award::send_to_supervision(&past.services, officer, reference, today).await?;
        let gathered = award::gather(&past.services, officer.scope(), reference).await?;
        let draft = SupervisionDraft {
            received_on: Some(today),
            prolonged: false,
            result: Some(SupervisionResult::NotAnnulled),
            version: gathered.file.award.map(|award| award.version).unwrap_or_default(),
        };
        award::record_supervision(&past.services, officer, reference, draft).await
    }

    /// S21: the contractor has thirty days to deposit.
    pub(super) fn awaiting_surety<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.concluded(past).await?;
            past.days_pass(1);
            award::ask_surety(&past.services, &self.officer(past).await?, reference).await?;
            Ok(reference)
        })
    }

    /// S22: the surety is deposited where one is due, and the execution begins.
    pub(super) fn executing<'a>(&'a self, past: &'a Past) -> Reached<'a> {
        Box::pin(async move {
            let reference = self.concluded(past).await?;
            let officer = self.officer(past).await?;
            past.days_pass(1);
            match award::ask_surety(&past.services, &officer, reference).await {
                Ok(()) => {}
                Err(Error::Refused(Refusal::Award(domain::award::Refusal::NoSurety))) => {
                    award::start_execution(&past.services, &officer, reference).await?;
                    return Ok(reference);
                }
                Err(error) => return Err(error),
            }
            past.days_pass(5);
            let today = brussels(past.services.now()).date();
            award::deposit_surety(&past.services, &officer, reference, today, "CDC-2026-004417").await?;
            Ok(reference)
        })
    }

    pub(super) async fn officer(&self, past: &Past) -> Result<Actor, Error> {
        actor(&past.services, self.pilot, Role::ProcurementOfficer).await
    }

    /// An evaluator of each participant, two at most.
    async fn jury(&self, past: &Past) -> Result<Vec<Actor>, Error> {
        let mut jury = Vec::new();
        for commune in std::iter::once(&self.pilot).chain(self.others).take(2) {
            jury.push(actor(&past.services, commune, Role::Evaluator).await?);
        }
        Ok(jury)
    }

    fn sheet(&self) -> SheetDraft {
        const REASONS: [&str; 3] = [
            "La note méthodologique décrit des itérations de deux semaines, la revue et les tests.",
            "L’équipe affectée a déjà mené des projets comparables pour des communes.",
            "Les composants libres réutilisés et la documentation sont identifiés.",
        ];
        let lines = self.bids.iter().zip(1..).flat_map(|(bid, offer)| {
            bid.quality.iter().zip(REASONS).zip(1..).map(move |((points, reason), criterion)| SheetLine {
                offer,
                criterion,
                points: Points::from_hundredths(*points),
                reason: reason.to_owned(),
            })
        });
        SheetDraft { version: 0, lines: lines.collect() }
    }
}

/// Nothing stands against the tenderer.
fn clear() -> Selection {
    let grounds =
        Grounds { obligatory: Exclusion::None, debts: Debts::None, optional: Exclusion::None, criteria_met: true };
    Selection { selected: true, grounds }
}
