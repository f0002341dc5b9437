use domain::{
    authz::{Action, Actor, Authorised, DraftVoucher, EditVoucher},
    kernel::{Money, ids::VoucherId, reference::TenderRef, vat::VatTotals},
    voucher::{VoucherDraft, VoucherLine},
};

use super::same;
use crate::{
    Error, FormKey, Services,
    store::{self, Audit},
};

/// Draws a voucher on a contract for the actor's authority. A draft reserves its amount until it is approved or cancelled.
pub async fn draft(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &VoucherDraft,
) -> Result<VoucherId, Error> {
    drawn(services, actor, reference, None, None, draft).await
}

/// The same from a form: sent twice, it is one voucher. `read` is the total TVAC that the form showed: at other prices
/// than those it is read again.
pub async fn draft_once(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    key: Option<&FormKey>,
    read: Money,
    draft: &VoucherDraft,
) -> Result<VoucherId, Error> {
    drawn(services, actor, reference, key, Some(read), draft).await
}

/// What a voucher would cost at this moment, before it is drawn; a refusal is written down as that of the drawing.
pub async fn weigh(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &VoucherDraft,
) -> Result<VatTotals, Error> {
    let tx = services.begin().await?;
    let contract = store::contracts::lock_to_order(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DraftVoucher>(actor, contract).await?;
    match permitted.subject().may_draw(actor.organisation(), tx.now(), draft) {
        Ok((_, totals)) => Ok(totals),
        Err(refusal) => tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    }
}

async fn drawn(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    key: Option<&FormKey>,
    read: Option<Money>,
    draft: &VoucherDraft,
) -> Result<VoucherId, Error> {
    let tx = services.begin().await?;
    let contract = store::contracts::lock_to_order(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DraftVoucher>(actor, contract).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    let (lines, totals) = match permitted.subject().may_draw(actor.organisation(), tx.now(), draft) {
        Ok(drawn) => drawn,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    if read.is_some_and(|read| read != totals.including) {
        return Err(Error::Stale);
    }

    let (id, inserted) = store::vouchers::insert(&tx, &permitted, draft, &lines, &totals).await?;
    let audit = told(Audit::of(&permitted).with("voucher", id.to_string()), draft, &lines, &totals);
    let spent = store::form_keys::spend(&tx, &permitted, key, id).await?;
    tx.commit(audit, [inserted, spent]).await?;
    Ok(id)
}

/// Changes a voucher that is not approved yet; a control that was made is void and is made again.
pub async fn edit(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    draft: &VoucherDraft,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<EditVoucher>(actor, voucher).await?;

    let voucher = permitted.subject();
    let (lines, totals) = match voucher.may_edit(tx.now(), draft) {
        Ok(drawn) => drawn,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(voucher.version, version)?;

    let changed = store::vouchers::update(&tx, &permitted, draft, &lines, &totals).await?;
    let reserved = store::vouchers::record(&tx, &permitted, voucher.reserves(totals.excluding)).await?;
    tx.commit(told(of(&permitted, id), draft, &lines, &totals), [changed, reserved]).await
}

fn of<A: Action>(permitted: &Authorised<A>, id: VoucherId) -> Audit {
    Audit::of(permitted).with("voucher", id.to_string())
}

fn told(audit: Audit, draft: &VoucherDraft, lines: &[VoucherLine], totals: &VatTotals) -> Audit {
    let lines: Vec<_> = lines.iter().map(|line| format!("{} × {}", line.code, line.quantity.to_iso())).collect();
    audit.with("object", draft.object.clone()).with("lines", lines).with("excluding", totals.excluding.to_iso())
}
