use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    authz::{Actor, PublishCall},
    kernel::{
        ids::OrganisationId,
        reference::TenderRef,
        time::{brussels, date_time_french},
    },
    parameter::ParameterSet,
    refusal::Refusal,
    tender::{CallTerms, Channel, Notice, Stage, Tender, Warning},
};

use super::invite::invite_all;
use crate::{
    Error, Services, central, offer,
    store::{self, Audit, Change, invitations::Firm, tenders::CallDates},
    tender::{accepted, unanswerable},
};

/// What is typed to send a call out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDraft {
    pub questions_until: DateTime<Utc>,
    pub deposit_until: DateTime<Utc>,
    pub notice: Option<Notice>,
    /// Firms that get a letter.
    pub invited: BTreeSet<OrganisationId>,
    /// Why the actor goes on where the law warns.
    pub reason: Option<String>,
}

/// What sending this call would do, before anybody does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    pub warnings: Vec<Warning>,
    pub firms: Vec<Firm>,
}

/// Asks every question that [`publish`] will ask, the reason for the warnings apart, and changes nothing but the trail.
pub async fn foresee(
    services: &Services,
    actor: &Actor,
    reference: TenderRef,
    draft: &CallDraft,
) -> Result<Foreseen, Error> {
    let parameters = store::parameters::set(services).await?;
    let view = store::tenders::find(services, actor.scope(), reference).await?;
    let permitted = services.permit::<PublishCall>(actor, view.tender).await?;

    let counted = central::counts_foreseen(services, actor.scope(), reference).await;
    services.made_for(&permitted, counted).await?;
    let firms = store::invitations::firms(services, &draft.invited).await?;
    let (_, warnings) = decide(permitted.subject(), &parameters, services.now(), draft)??;
    Ok(Foreseen { warnings, firms })
}

/// Sends the call out (S05 or S06 to S07): it is public, and every invited firm is promised a letter.
pub async fn publish(services: &Services, actor: &Actor, reference: TenderRef, draft: &CallDraft) -> Result<(), Error> {
    let parameters = store::parameters::set(services).await?;
    // Made before the write begins: sealing computes.
    let key = offer::new_key(services).await?;
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<PublishCall>(actor, tender).await?;

    let firms = store::invitations::firms_in_write(&tx, &draft.invited).await?;
    let counted = central::counts_hold(&tx, permitted.subject().id).await;
    let (tx, ()) = tx.made(&permitted, counted).await?;
    let decided = decide(permitted.subject(), &parameters, tx.now(), draft);
    let (tx, decided) = tx.made(&permitted, decided).await?;
    let decided = decided.and_then(|(after, warnings)| {
        accepted(Audit::of(&permitted), &warnings, draft.reason.as_deref()).map(|audit| (after, audit))
    });
    let (after, audit) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };

    let dates = CallDates {
        questions_until: draft.questions_until,
        deposit_until: draft.deposit_until,
        notice: draft.notice.clone(),
    };
    let published = store::tenders::publish(&tx, &permitted, after, &dates).await?;
    let invited = invite_all(&tx, &permitted, &firms).await?;
    let key = match permitted.subject().plan.channel {
        Channel::Hosted => store::tender_keys::insert(&tx, &permitted, &key).await?,
        Channel::EProcurement => Change::all(Vec::new()),
    };
    let audit = audit
        .changed("stage", permitted.subject().stage.code(), after.code())
        .with("questions_until", in_words(draft.questions_until))
        .with("deposit_until", in_words(draft.deposit_until))
        .with("invited", firms.len());
    let audit = match &draft.notice {
        Some(notice) => audit.with("notice", notice.number.clone()).with("notice_sent_on", notice.sent_on.to_string()),
        None => audit,
    };
    tx.commit(audit, [published, invited, key]).await
}

/// The stage that follows and what the law says of it; or the rule that says no. The outer error: no figure that day.
fn decide(
    tender: &Tender,
    parameters: &ParameterSet,
    now: DateTime<Utc>,
    draft: &CallDraft,
) -> Result<Result<(Stage, Vec<Warning>), Refusal>, Error> {
    let terms = CallTerms {
        questions_until: draft.questions_until,
        deposit_until: draft.deposit_until,
        notice: draft.notice.clone(),
        invited: draft.invited.len(),
    };
    match tender.may_call(now, &terms) {
        Ok(after) => {
            let warnings = tender.warnings_of_call(parameters, now, &terms).map_err(unanswerable)?;
            Ok(Ok((after, warnings)))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

fn in_words(instant: DateTime<Utc>) -> String {
    date_time_french(brussels(instant))
}
