use domain::{
    authz::{Actor, CheckVoucher},
    kernel::ids::VoucherId,
    voucher::Commitment,
};

use super::{same, today};
use crate::{
    Error, Services,
    store::{self, Audit},
};

/// The finance director declares articles, credits and commitment: the commitment precedes the order (RGCC).
pub async fn check(
    services: &Services,
    actor: &Actor,
    id: VoucherId,
    version: i32,
    commitment: &Commitment,
) -> Result<(), Error> {
    let tx = services.begin().await?;
    let voucher = store::vouchers::lock(&tx, actor.scope(), id).await?;
    let (tx, permitted) = tx.permit::<CheckVoucher>(actor, voucher).await?;

    let after = match permitted.subject().may_check(tx.now(), today(&tx), commitment) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal.clone().into()), refusal).await,
    };
    same(permitted.subject().version, version)?;

    let checked = store::vouchers::check(&tx, &permitted, after, commitment).await?;
    let others: Vec<_> =
        commitment.others.iter().map(|share| format!("{} : {}", share.article, share.amount.to_iso())).collect();
    let audit = Audit::of(&permitted)
        .with("voucher", id.to_string())
        .with("article", commitment.article.to_string())
        .with("credit", commitment.credit.to_iso())
        .with("other_articles", others)
        .with("commitment", commitment.number.clone())
        .with("committed_on", commitment.on.to_string());
    tx.commit(audit, [checked]).await
}
