use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Actor, ConcludeContract},
    award::{Award, LetterKind, Supervision, Waiting, conclusion_letter, supervision},
    contract::{Conclusion, NewContract},
    kernel::{deadline::Deadline, reference::TenderRef, time::brussels},
    refusal::Refusal,
    tender::{ActKind, Stage, Step, Tender, Warning},
};

use super::{
    decide::missing,
    facts::{Gathered, gather_for},
    inform::{Painted, Prepared, painted, send},
};
use crate::{
    Error, Services, contract,
    store::{self, Audit, acts::Act},
    tender::accepted,
};

/// What stands in the way of the conclusion now, for whoever may see the tender.
pub async fn waiting(services: &Services, gathered: &Gathered) -> Result<Option<(Waiting, Supervision)>, Error> {
    let Some(award) = &gathered.file.award else { return Ok(None) };
    let Some(supervision) = decided(gathered, award)? else { return Ok(None) };
    let waiting = award.waiting(&gathered.view.tender, &supervision, &gathered.law, services.now()).map_err(missing)?;
    Ok(Some((waiting, supervision)))
}

/// Whether the figures of the day of the decision send the award to the Region; none before the decision.
fn decided(gathered: &Gathered, award: &Award) -> Result<Option<Supervision>, Error> {
    let Some(decision) = &award.decision else { return Ok(None) };
    gathered.supervision(decision.decided_on)
}

impl Gathered {
    /// Whether the figures of that day send the award to the Region; none without an award.
    ///
    /// # Errors
    /// No row of a figure on that day.
    pub fn supervision(&self, on: NaiveDate) -> Result<Option<Supervision>, Error> {
        let of = |award: &Award| supervision(&self.law, &self.file.plan, award.excluding, on);
        self.file.award.as_ref().map(of).transpose().map_err(missing)
    }
}

/// Notifies the approval of the offer (S20): the contract is concluded on this day, and the winner gets its letter.
pub async fn conclude(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    reason: Option<&str>,
) -> Result<(), Error> {
    let (permitted, gathered) = gather_for::<ConcludeContract>(services, actor, reference).await?;
    let today = brussels(services.now()).date();
    let clauses = clauses(services, &gathered).await?;
    let letter = notification(services, &gathered, clauses.clone(), today).await;
    let letter = services.made_for(&permitted, letter).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<ConcludeContract>(actor, tender).await?;

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let going = going(&gathered, award.as_ref(), permitted.subject(), reason, tx.now());
    let (tx, (award, (after, warnings))) = tx.made(&permitted, going).await?;
    let audit = match accepted(Audit::of(&permitted), &warnings, reason) {
        Ok(audit) => audit,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    if brussels(tx.now()).date() != today {
        return Err(Error::Stale);
    }

    let letter = letter.ok_or_else(|| Error::Corrupt(format!("{reference}: a conclusion without its letter")))?;
    let sha256 = letter.kept.sha256.clone();
    let conclusion = conclusion(&gathered, clauses, today)?;
    let established = contract::establish(&tx, &permitted, &gathered.law, conclusion).await;
    let (tx, (_, established)) = tx.made(&permitted, established).await?;
    let before = permitted.subject().stage;
    let written = store::award::conclude(&tx, &permitted, award, today).await?;
    let act = Act { decided_on: Some(today), ..Act::new(ActKind::Conclusion) };
    let told = store::acts::insert(&tx, &permitted, &act).await?;
    let sent = send(&tx, &permitted, vec![letter]).await?;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = audit.with("concluded_on", today.to_string()).with("sha256", sha256).changed(
        "stage",
        before.code(),
        after.code(),
    );
    tx.commit(audit, [established, written, told, sent, moved]).await
}

type Going = (Stage, Vec<Warning>);

fn going<'a>(
    gathered: &Gathered,
    award: Option<&'a Award>,
    tender: &Tender,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(&'a Award, Going), Error> {
    let award = award.ok_or_else(|| Refusal::from(domain::award::Refusal::NotProposed))?;
    let Some(supervision) = decided(gathered, award)? else {
        return Ok((award, (tender.after(Step::Conclude)?, Vec::new())));
    };
    let waiting = award.waiting(tender, &supervision, &gathered.law, now).map_err(missing)?;
    Ok((award, concluded(waiting, reason)?))
}

/// A stop stops; a warning without a reason is refused with its date.
fn concluded(waiting: Waiting, reason: Option<&str>) -> Result<Going, Refusal> {
    let silent = reason.is_none_or(|reason| reason.trim().is_empty());
    let unreasoned = waiting.unreasoned().filter(|_| silent);
    let after = waiting.after?;
    match unreasoned {
        Some(refusal) => Err(refusal.into()),
        None => Ok((after, waiting.warnings)),
    }
}

async fn clauses(services: &Services, gathered: &Gathered) -> Result<Vec<domain::document::ClauseRef>, Error> {
    let editions = store::specifications::editions(services, gathered.view.tender.id).await?;
    Ok(editions.into_iter().next().map(|edition| edition.clauses).unwrap_or_default())
}

fn conclusion(
    gathered: &Gathered,
    clauses: Vec<domain::document::ClauseRef>,
    concluded_on: NaiveDate,
) -> Result<Conclusion<'_>, Error> {
    let nobody = || Error::Corrupt(format!("{}: an award to nobody", gathered.file.reference));
    let award = gathered.file.award.as_ref().ok_or_else(nobody)?;
    let offer = gathered.examination.of(award.offer).ok_or_else(nobody)?;
    Ok(Conclusion {
        supplier: award.firm,
        terms: &gathered.terms,
        offer: &offer.content,
        clauses,
        concluded_on,
        called_on: gathered.file.called_on,
    })
}

/// The winner's letter, painted; none while nothing is decided.
async fn notification(
    services: &Services,
    gathered: &Gathered,
    clauses: Vec<domain::document::ClauseRef>,
    today: NaiveDate,
) -> Result<Option<Painted>, Error> {
    let Some((award, decision)) =
        gathered.file.award.as_ref().and_then(|award| award.decision.as_ref().map(|decision| (award, decision)))
    else {
        return Ok(None);
    };
    let contract =
        conclusion(gathered, clauses, today)?.of(&gathered.view.tender, &gathered.law).map_err(contract::told)?;
    let due = surety_delay(gathered, &contract)?;
    let surety = contract.surety.zip(due.as_ref()).map(|(amount, (days, delay))| (amount, *days, delay));
    let Some(document) = conclusion_letter(&gathered.file, decision, surety, today) else { return Ok(None) };
    let Some(winner) = award.winner(&gathered.file.tenderers) else { return Ok(None) };
    let letter = Prepared { tenderer: winner.clone(), kind: LetterKind::Conclusion, document };
    Ok(painted(services, gathered.file.reference, &[letter]).await?.pop())
}

fn surety_delay(gathered: &Gathered, contract: &NewContract) -> Result<Option<(u32, Deadline)>, Error> {
    let days = gathered.law.days_on("surety.deposit_days", gathered.file.called_on).map_err(missing)?;
    Ok(domain::kernel::deadline::calendar(contract.concluded_on, days).ok().map(|delay| (days, delay)))
}
