use domain::{
    authz::{Action, Actor, Authorised, DraftVoucher, EditVoucher},
    kernel::{ids::VoucherId, reference::TenderRef, vat::VatTotals},
    voucher::{Step, VoucherDraft, VoucherLine},
};

use super::same;
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// Draws a voucher on a contract for the actor's authority. A draft counts in no ceiling: another may be approved first.
pub async fn draft(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &VoucherDraft,
) -> Result<VoucherId, Error> {
    let tx = services.begin().await?;
    let contract = store::contracts::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<DraftVoucher>(actor, contract).await?;

    let (lines, totals) = match permitted.subject().may_draw(actor.organisation(), tx.now(), draft) {
        Ok(drawn) => drawn,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };

    let (id, inserted) = store::vouchers::insert(&tx, &permitted, draft, &lines, &totals).await?;
    let audit = told(Audit::of(&permitted).with("voucher", id.to_string()), draft, &lines, &totals);
    tx.commit(audit, [inserted]).await?;
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
    let drawn =
        voucher.after(Step::Edit).and_then(|_| voucher.contract.may_draw(voucher.organisation, tx.now(), draft));
    let (lines, totals) = match drawn {
        Ok(drawn) => drawn,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(voucher, version)?;

    let changed = store::vouchers::update(&tx, &permitted, draft, &lines, &totals).await?;
    tx.commit(told(of(&permitted, id), draft, &lines, &totals), [changed]).await
}

fn of<A: Action>(permitted: &Authorised<A>, id: VoucherId) -> Audit {
    Audit::of(permitted).with("voucher", id.to_string())
}

fn told(audit: Audit, draft: &VoucherDraft, lines: &[VoucherLine], totals: &VatTotals) -> Audit {
    let lines: Vec<_> = lines.iter().map(|line| format!("{} × {}", line.code, line.quantity.to_iso())).collect();
    audit.with("object", draft.object.clone()).with("lines", lines).with("excluding", totals.excluding.to_iso())
}
