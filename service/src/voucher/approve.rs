use chrono::Datelike;
use domain::{
    authz::{Actor, ApproveVoucher},
    document::Document,
    kernel::{ids::VoucherId, reference::VoucherRef},
    organisation::Role,
    refusal::Refusal,
    tender::Organ,
    voucher::{Reached, Voucher, approving_organs},
};

use super::{
    document::{Ordered, slip},
    missing,
    promise::{AlertLetter, VoucherPainted},
    same, today,
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, Tx},
    tender::{accepted, own_organ},
};

/// Who watches over a contract for an authority.
const WATCHING: [Role; 2] = [Role::ContractManager, Role::FinanceDirector];

/// Who decides, and under which number of their register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The executive, or the general director by delegation.
    pub organ: Organ,
    pub decision_number: String,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// Approves a voucher: what it reserved is committed, and it gets the next number of its authority and year. The
/// contract's row is locked, so whoever approves at the same moment reads this entry first.
pub async fn approve(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    approval: &Approval,
) -> Result<VoucherRef, Error> {
    let law = store::parameters::set(services).await?;
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<ApproveVoucher>(actor, voucher).await?;

    let decided = own_organ(approval.organ, &approving_organs(actor))
        .and_then(|()| permitted.subject().may_approve(tx.now(), actor.person()).map_err(Refusal::from))
        .and_then(|after| {
            let voucher = permitted.subject();
            let warnings = voucher.warnings_of_approval(&law, today(&tx), approval.organ).map_err(missing)?;
            let payment_days = law.days_on("payment.days", voucher.contract.called_on).map_err(missing)?;
            let audit = accepted(Audit::of(&permitted), &warnings, approval.reason.as_deref())?;
            Ok((after, audit, payment_days))
        });
    let (after, audit, payment_days) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let voucher = permitted.subject();
    let (number, numbered) = next_number(&tx, voucher).await?;
    let document = frozen(&tx, voucher, number, approval, payment_days).await?;
    let decision = (approval.organ, approval.decision_number.as_str());
    let approved = store::vouchers::approve(&tx, &permitted, after, number, decision, &document).await?;
    let committed = store::vouchers::record(&tx, &permitted, voucher.commits()).await?;
    let promised = tx.promise(&VoucherPainted { voucher: id }).await?;
    let alerted = alert(&tx, voucher, voucher.reaches(&law, today(&tx)).unwrap_or_default()).await?;
    let audit = audit
        .with("voucher", id.to_string())
        .with("number", number.to_string())
        .with("organ", approval.organ.code())
        .with("decision", approval.decision_number.clone())
        .with("excluding", voucher.excluding.to_iso());
    tx.commit(audit, [numbered, approved, committed, promised, alerted]).await?;
    Ok(number)
}

/// One letter for each part that is reached, to each who watches over the contract for the authority.
async fn alert(tx: &Tx, voucher: &Voucher, reached: Vec<Reached>) -> Result<Change, Error> {
    if reached.is_empty() {
        return Ok(Change::all(Vec::new()));
    }
    let readers = store::people::holders(tx, voucher.organisation, &WATCHING).await?;
    let mut told = Vec::new();
    for reached in reached {
        for reader in &readers {
            let letter = AlertLetter { voucher: voucher.id, reader: *reader, reached };
            told.push(tx.promise(&letter).await?);
        }
    }
    Ok(Change::all(told))
}

/// What the voucher says for ever, with the names, the prices and the figures of law of this moment.
async fn frozen(
    tx: &Tx,
    voucher: &Voucher,
    number: VoucherRef,
    approval: &Approval,
    payment_days: u32,
) -> Result<Document, Error> {
    let authority = store::organisations::in_write(tx, voucher.organisation).await?;
    let supplier = store::organisations::in_write(tx, voucher.contract.supplier).await?;
    let on = today(tx);
    Ok(slip(&Ordered { voucher, number, approval, on, authority: &authority, supplier: &supplier, payment_days }))
}

/// `BC-2026-000001`, without a gap, by authority and by the year of the commitment; a write that fails gives it back.
async fn next_number(tx: &Tx, voucher: &Voucher) -> Result<(VoucherRef, Change), Error> {
    let corrupt = || Error::Corrupt(format!("voucher {} has no commitment", voucher.id));
    let commitment = voucher.commitment.as_ref().ok_or_else(corrupt)?;
    let key = format!("BC-{}/{}", commitment.on.year(), voucher.organisation);
    let (place, changed) = store::counters::next(tx, &key).await?;
    let number = u32::try_from(place).ok().and_then(|place| commitment.numbers(place)).ok_or_else(corrupt)?;
    Ok((number, changed))
}
