use domain::{
    authz::{Actor, DescribeNeed},
    fault::Fault,
    kernel::{ids::NeedId, time::brussels},
    need::NeedDraft,
};

use crate::{
    Error, FieldErrors, FormKey, Services,
    store::{self, Audit},
};

/// Writes down a need of the actor's own authority.
pub async fn describe(services: &Services, actor: &Actor, draft: &NeedDraft) -> Result<NeedId, Error> {
    described(services, actor, None, draft).await
}

/// The same from a form: sent twice, it is one need.
pub async fn describe_once(
    services: &Services,
    actor: &Actor,
    key: Option<&FormKey>,
    draft: &NeedDraft,
) -> Result<NeedId, Error> {
    described(services, actor, key, draft).await
}

async fn described(
    services: &Services,
    actor: &Actor,
    key: Option<&FormKey>,
    draft: &NeedDraft,
) -> Result<NeedId, Error> {
    let tx = services.begin().await?;
    let organisation = store::organisations::lock(&tx, actor.organisation()).await?;
    let (tx, permitted) = tx.permit::<DescribeNeed>(actor, organisation).await?;
    let (tx, made) = store::form_keys::made(tx, &permitted, key).await?;
    if let Some(made) = made {
        return Ok(made);
    }

    let today = brussels(tx.now()).date();
    let mut errors = FieldErrors::none();
    if !store::cpv::is_known(&tx, &draft.cpv).await? {
        errors.add("cpv", Fault::UnknownCpv);
    }
    if draft.wanted_on.is_some_and(|wanted| wanted < today) {
        errors.add("debut", Fault::Before { earliest: today });
    }
    errors.or(())?;

    let (id, inserted) = store::needs::insert(&tx, &permitted, draft).await?;
    let audit = Audit::of(&permitted)
        .with("need", id.to_string())
        .with("object", draft.object.clone())
        .with("estimate", draft.estimate.to_iso());
    let spent = store::form_keys::spend(&tx, &permitted, key, id).await?;
    tx.commit(audit, [inserted, spent]).await?;
    Ok(id)
}
