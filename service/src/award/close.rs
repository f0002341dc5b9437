use chrono::{Months, NaiveDate};
use domain::{
    authz::{AcceptContract, Actor, Authorised, CloseContract},
    award::{Acceptance, AcceptanceKind, Award, Refusal, acceptance_report},
    kernel::{
        reference::{TenderRef, VoucherRef},
        time::brussels,
    },
    tender::{ActResult, Stage, Step, Tender},
};

use super::{
    facts::gather_for,
    paper,
    surety::{contract_of, held},
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, acts::Act},
};

/// What the leading official found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceDraft {
    pub found_on: NaiveDate,
    pub findings: String,
    pub reserves: String,
    pub is_granted: bool,
    /// Length of the guarantee that starts; 0: none.
    pub guarantee_months: u32,
}

/// Accepts what was delivered (S22 to S23, or to S24 where a guarantee starts), or refuses it: both with their minutes.
pub async fn accept_provisionally(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &AcceptanceDraft,
) -> Result<(), Error> {
    accept(services, actor, reference, draft, AcceptanceKind::Provisional).await
}

/// Accepts for good, at the end of the guarantee (to S25), or refuses.
pub async fn accept_finally(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &AcceptanceDraft,
) -> Result<(), Error> {
    accept(services, actor, reference, draft, AcceptanceKind::Final).await
}

async fn accept(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &AcceptanceDraft,
    kind: AcceptanceKind,
) -> Result<(), Error> {
    let (_, gathered) = gather_for::<AcceptContract>(services, actor, reference).await?;
    let guarantee_until = guarantee(draft, kind);
    let acceptance = Acceptance {
        kind,
        found_on: draft.found_on,
        findings: draft.findings.clone(),
        reserves: draft.reserves.clone(),
        is_granted: draft.is_granted,
        guarantee_until,
        manager: gathered.terms.contract_manager.clone(),
    };
    let name = format!("{reference}-{}.pdf", file_name(kind, draft.is_granted));
    let kept = paper::kept(services, name, acceptance_report(&gathered.file, &acceptance)).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<AcceptContract>(actor, tender).await?;

    let award = store::award::in_write(&tx, permitted.subject().id).await?;
    let today = brussels(tx.now()).date();
    let open = store::vouchers::outstanding(&tx, permitted.subject().id).await?;
    let decided = after(permitted.subject(), award.as_ref(), kind, guarantee_until.is_some(), draft, today)
        .and_then(|after| delivered(kind, draft.is_granted, open.undelivered).map(|()| after));
    let after = match decided {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let (file, named) = store::files::insert(&tx, actor, &kept).await?;
    let result = if draft.is_granted { ActResult::Granted } else { ActResult::Refused };
    let told = result.code();
    let act = Act {
        decided_on: Some(draft.found_on),
        result: Some(result),
        text: Some(draft.findings.clone()),
        file: Some(file),
        ..Act::new(kind.act())
    };
    let written = store::acts::insert(&tx, &permitted, &act).await?;
    let guaranteed = match award.as_ref().zip(guarantee_until) {
        Some((award, until)) => store::award::guarantee(&tx, &permitted, award, until).await?,
        None => Change::all(Vec::new()),
    };
    let before = permitted.subject().stage;
    let audit = Audit::of(&permitted).with("result", told).with("sha256", kept.sha256);
    let audit = if draft.is_granted { warned_of(audit, &open.unpaid) } else { audit };
    if after == before {
        return tx.commit(audit, [named, written, guaranteed]).await;
    }
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    tx.commit(audit.changed("stage", before.code(), after.code()), [named, written, guaranteed, moved]).await
}

fn guarantee(draft: &AcceptanceDraft, kind: AcceptanceKind) -> Option<NaiveDate> {
    match kind {
        AcceptanceKind::Provisional if draft.is_granted && draft.guarantee_months > 0 => {
            draft.found_on.checked_add_months(Months::new(draft.guarantee_months))
        }
        AcceptanceKind::Provisional | AcceptanceKind::Final => None,
    }
}

/// The stage that follows: a refusal leaves the contract where it stands, but only where it could have been accepted.
fn after(
    tender: &Tender,
    award: Option<&Award>,
    kind: AcceptanceKind,
    has_guarantee: bool,
    draft: &AcceptanceDraft,
    today: NaiveDate,
) -> Result<Stage, domain::refusal::Refusal> {
    let step = match kind {
        AcceptanceKind::Provisional => Step::AcceptProvisionally,
        AcceptanceKind::Final => Step::AcceptFinally,
    };
    let accepted = tender.after(step)?;
    if draft.found_on > today {
        return Err(Refusal::FoundInTheFuture.into());
    }
    let guaranteed = award.and_then(|award| award.guarantee_until);
    if let Some(until) = guaranteed.filter(|until| kind == AcceptanceKind::Final && draft.found_on <= *until) {
        return Err(Refusal::GuaranteeRuns { until }.into());
    }
    if !draft.is_granted {
        return Ok(tender.stage);
    }
    if !has_guarantee {
        return Ok(accepted);
    }
    let step = Step::StartGuarantee;
    accepted.after(step).map_err(|refused| domain::refusal::Refusal::Step { from: refused.from, step })
}

/// Everything that was ordered is accepted, or its order was closed or cancelled (S22 to S23).
fn delivered(
    kind: AcceptanceKind,
    is_granted: bool,
    vouchers: Vec<(VoucherRef, String)>,
) -> Result<(), domain::refusal::Refusal> {
    if kind == AcceptanceKind::Final || !is_granted || vouchers.is_empty() {
        return Ok(());
    }
    Err(Refusal::VouchersUndelivered { vouchers }.into())
}

/// Whoever accepts goes on although these are not invoiced or not paid.
fn warned_of(audit: Audit, unpaid: &[(VoucherRef, String)]) -> Audit {
    let names: Vec<_> = unpaid.iter().map(|(number, authority)| format!("{number} ({authority})")).collect();
    if names.is_empty() { audit } else { audit.with("unpaid_vouchers", names) }
}

fn file_name(kind: AcceptanceKind, is_granted: bool) -> &'static str {
    match (kind, is_granted) {
        (AcceptanceKind::Provisional, true) => "reception-provisoire",
        (AcceptanceKind::Provisional, false) => "refus-reception-provisoire",
        (AcceptanceKind::Final, true) => "reception-definitive",
        (AcceptanceKind::Final, false) => "refus-reception-definitive",
    }
}

/// Closes the file (S25 to S26): what was accepted is paid, and nothing of the surety is held any more.
pub async fn close(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<CloseContract>(actor, tender).await?;

    let contract = contract_of(&tx, actor, reference).await?;
    let held = contract.and_then(|contract| contract.surety).as_ref().map(held).unwrap_or_default();
    let open = store::vouchers::outstanding(&tx, permitted.subject().id).await?;
    let after = match may_close(&permitted, open.unpaid, held) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let before = permitted.subject().stage;
    let moved = store::tenders::move_to(&tx, &permitted, after).await?;
    let audit = Audit::of(&permitted).changed("stage", before.code(), after.code());
    tx.commit(audit, [moved]).await
}

fn may_close(
    permitted: &Authorised<CloseContract>,
    vouchers: Vec<(VoucherRef, String)>,
    held: domain::kernel::Money,
) -> Result<Stage, domain::refusal::Refusal> {
    let after = permitted.subject().after(Step::Close)?;
    if !vouchers.is_empty() {
        return Err(Refusal::VouchersUnpaid { vouchers }.into());
    }
    if held.is_positive() { Err(Refusal::SuretyHeld { amount: held }.into()) } else { Ok(after) }
}
