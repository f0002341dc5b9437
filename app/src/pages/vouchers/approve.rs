use chrono::NaiveDate;
use domain::{
    authz::ApproveVoucher,
    contract::Allotment,
    kernel::time::brussels,
    parameter::ParameterSet,
    tender::{Organ, Warning},
    voucher::{Step, Voucher, approving_organs},
};
use leptos::prelude::*;
use service::{
    store,
    voucher::{self, Approval},
};

use super::{
    PATH,
    act::{self, Act},
    budget,
    ceilings::ceilings,
    form as read,
};
use crate::pages::{
    Cx, Done, Form, Params, Shown, Submitted, contracts::meter::Alerts, tenders::warnings, ui::Field, words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let organs = approving_organs(cx.actor()?);
    let law = store::parameters::set(cx.services()).await?;
    let alerts = Alerts::of(&cx).await?;
    let today = brussels(cx.services().now()).date();
    let warnings = warnings_of(&voucher, &law, today, &organs);
    let usual = usual(&voucher, &law, today);
    let act = Act {
        title: t!(voucher.approve),
        lede: t!(voucher.approve_lede),
        button: t!(voucher.approve_button),
        steps: &[Step::Approve],
    };
    Ok(act::page::<ApproveVoucher>(cx, form, voucher, act, move |form, voucher| {
        let chosen = usual.0.filter(|usual| organs.contains(usual)).or(organs.first().copied());
        let organs = organs.iter().map(|organ| (organ.code().to_owned(), word(*organ).to_owned())).collect();
        let organ = Field::radios("organe", t!(voucher.organ), organs);
        let organ = if usual.1.is_empty() { organ } else { organ.hint(usual.1) };
        view! {
            {will_happen(voucher)}
            <div class="stack gap">{ceilings(voucher, &alerts)}</div>
            <div class="gap">
                {organ.value(chosen.map_or("", Organ::code)).view(form)}
                {warnings::view(warnings, form)}
                {Field::short("decision", t!(voucher.decision), 20).hint(t!(voucher.decision_hint)).view(form)}
            </div>
        }
        .into_any()
    }))
}

/// The organ that an amount like this one leads to, and why.
fn usual(voucher: &Voucher, law: &ParameterSet, today: NaiveDate) -> (Option<Organ>, String) {
    let (Ok(organ), Ok(figure)) = (voucher.usual_organ(law, today), voucher.delegation(law, today)) else {
        return (None, String::new());
    };
    let Some(figure) = figure else { return (Some(organ), String::new()) };
    let Ok(limit) = law.money_on(&figure.key, today) else { return (Some(organ), String::new()) };
    let (amount, source) = (voucher.excluding, figure.legal_ref);
    let why = match organ {
        Organ::ChiefExecutive => t!(voucher.usual_delegate, amount = amount, limit = limit, source = source),
        Organ::Executive | Organ::Council => {
            t!(voucher.usual_executive, amount = amount, limit = limit, source = source)
        }
    };
    (Some(organ), why)
}

/// Each once, whichever organ decides.
fn warnings_of(voucher: &Voucher, law: &ParameterSet, today: NaiveDate, organs: &[Organ]) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    for organ in organs {
        for warning in voucher.warnings_of_approval(law, today, *organ).unwrap_or_default() {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    warnings
}

fn word(organ: Organ) -> &'static str {
    match organ {
        Organ::ChiefExecutive => t!(voucher.organ_delegate),
        Organ::Executive | Organ::Council => t!(voucher.organ_executive),
    }
}

fn will_happen(voucher: &Voucher) -> AnyView {
    let left = voucher.contract.allotment(voucher.organisation).map(Allotment::available).unwrap_or_default();
    let lines = [
        t!(voucher.will_count, amount = voucher.excluding, left = left),
        t!(voucher.will_number).to_owned(),
        t!(voucher.will_send).to_owned(),
    ];
    let items: Vec<_> =
        budget::announced(voucher).into_iter().chain(lines).map(|line| view! { <li>{line}</li> }).collect();
    view! {
        <h2>{t!(voucher.will_happen)}</h2>
        <ul class="govuk-list govuk-list--bullet gap-s">{items}</ul>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let id = params.parse("bon")?;
    let mut reader = form.read();
    let approval = Approval {
        organ: reader.choice("organe", Organ::from_code, Organ::Executive),
        decision_number: reader.text("decision", voucher::SHORT_MOST),
        reason: Some(reader.optional_text("raison", voucher::TEXT_MOST)).filter(|reason| !reason.is_empty()),
    };
    let approval = reader.errors.or(approval)?;
    voucher::approve(cx.services(), cx.actor()?, id, read::version(&form), &approval).await?;
    Done::see(format!("{PATH}/{id}?fait=bon-approuve"))
}
