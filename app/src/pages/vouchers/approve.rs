use chrono::NaiveDate;
use domain::{
    authz::ApproveVoucher,
    contract::Allotment,
    kernel::{Money, time::brussels},
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
    ceilings::ceilings,
    form as read,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, tenders::warnings, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let organs = approving_organs(cx.actor()?);
    let law = store::parameters::set(cx.services()).await?;
    let today = brussels(cx.services().now()).date();
    let warnings = warnings_of(&voucher, &law, today, &organs);
    let act = Act {
        title: t!(voucher.approve),
        lede: t!(voucher.approve_lede),
        button: t!(voucher.approve_button),
        steps: &[Step::Approve],
    };
    Ok(act::page::<ApproveVoucher>(cx, form, voucher, act, move |form, voucher| {
        let usual = organs.first().map_or("", |organ| organ.code());
        let organs = organs.iter().map(|organ| (organ.code().to_owned(), word(*organ).to_owned())).collect();
        view! {
            {will_happen(voucher)}
            <div class="stack gap">{ceilings(voucher)}</div>
            <div class="gap">
                {Field::radios("organe", t!(voucher.organ), organs).value(usual).view(form)}
                {warnings::view(warnings, form)}
                {Field::short("decision", t!(voucher.decision), 20).hint(t!(voucher.decision_hint)).view(form)}
            </div>
        }
        .into_any()
    }))
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
    let left = voucher.contract.allotment(voucher.organisation).map(Allotment::available);
    let left = left.and_then(|left| left.checked_sub(voucher.excluding)).unwrap_or(Money::ZERO);
    let commitment = voucher.commitment.as_ref().map(|commitment| {
        t!(voucher.will_commit, article = commitment.article, number = commitment.number, credit = commitment.credit)
    });
    let lines = [
        commitment,
        Some(t!(voucher.will_count, amount = voucher.excluding, left = left)),
        Some(t!(voucher.will_number).to_owned()),
        Some(t!(voucher.will_send).to_owned()),
    ];
    let items: Vec<_> = lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect();
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
