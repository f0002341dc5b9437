//! The next action between the opening and the ranking, for the officer, the jurors and the others.

use domain::{
    authz::{Action as _, AssessOffers, ProposeAward},
    evaluation::{Dossier, Juror},
    tender::Stage,
};
use service::{
    Error, specification,
    store::{self, tenders::TenderView},
};

use crate::pages::{Cx, tenders::Next, words::t};

/// Nothing at another stage.
pub(crate) async fn next(cx: &Cx, view: &TenderView) -> Result<Option<Next>, Error> {
    let tender = &view.tender;
    if !(Stage::Opened..=Stage::Evaluation).contains(&tender.stage) {
        return Ok(None);
    }
    let actor = cx.actor()?;
    let dossier = store::evaluation::dossier(cx.services(), tender.id).await?;
    let at = |page: &str| format!("/marches/{}/{page}", tender.reference);
    let may = AssessOffers::permits(actor, tender);
    let waits = |what: &'static str, page: &str, word: &'static str| Next {
        what: what.to_owned(),
        who: t!(next.officer, organisation = view.pilot),
        until: awaited(&dossier),
        link: may.then(|| (at(page), word)),
    };
    if let Some(juror) = dossier.juror(actor.person()).filter(|_| !dossier.closed)
        && let Some(next) = of_juror(cx, view, &dossier, juror).await?
    {
        return Ok(Some(next));
    }
    Ok(Some(match tender.stage {
        Stage::Opened => waits(t!(evaluation.next_open), "selection", t!(evaluation.start_selection)),
        Stage::Selection if dossier.may_end_selection() == Err(domain::evaluation::Refusal::NobodySelected) => {
            waits(t!(evaluation.next_give_up), "selection", t!(evaluation.selection))
        }
        Stage::Selection => waits(t!(evaluation.next_selection), "selection", t!(evaluation.next_selection_link)),
        Stage::Regularity if dossier.is_regularity_decided() == Err(domain::evaluation::Refusal::NoRegularOffer) => {
            waits(t!(evaluation.next_give_up), "regularite", t!(evaluation.regularity))
        }
        Stage::Regularity => waits(t!(evaluation.next_regularity), "regularite", t!(evaluation.next_regularity_link)),
        Stage::Negotiation => {
            waits(t!(evaluation.next_negotiation), "negociation", t!(evaluation.next_negotiation_link))
        }
        _ if dossier.closed => Next {
            link: ProposeAward::permits(actor, tender).then(|| (at("attribution"), t!(award.propose))),
            ..waits(t!(award.next_propose), "attribution", t!(award.propose))
        },
        _ if dossier.jury.is_empty() => waits(t!(evaluation.next_jury), "evaluation/jury", t!(evaluation.name_juror)),
        _ => waits(t!(evaluation.next_close), "evaluation", t!(evaluation.next_close_link)),
    }))
}

/// What a juror owes: the declaration, then the sheet.
async fn of_juror(cx: &Cx, view: &TenderView, dossier: &Dossier, juror: &Juror) -> Result<Option<Next>, Error> {
    let page = format!("/marches/{}/evaluation/fiche", view.tender.reference);
    let owed = |what: &'static str, word: &'static str| Next {
        what: what.to_owned(),
        who: t!(evaluation.next_you).to_owned(),
        until: None,
        link: Some((page, word)),
    };
    if juror.declared_at.is_none() {
        return Ok(Some(owed(t!(evaluation.next_declare), t!(evaluation.declare))));
    }
    if !juror.scores() || view.tender.stage != Stage::Evaluation {
        return Ok(None);
    }
    let terms = specification::terms(cx.services(), view.clone()).await?;
    let complete = dossier.is_sheet_complete(&terms, juror.person);
    Ok((!complete).then(|| owed(t!(evaluation.next_sheet), t!(evaluation.next_sheet_link))))
}

/// The first day on which an answer is awaited.
fn awaited(dossier: &Dossier) -> Option<chrono::NaiveDate> {
    dossier.requests.iter().filter(|request| request.is_open()).map(|request| request.due_on).min()
}
