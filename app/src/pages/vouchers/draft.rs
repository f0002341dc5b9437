use domain::{
    authz::{Action as _, DraftVoucher},
    contract::Contract,
    kernel::reference::TenderRef,
    voucher::{Quantities, VoucherDraft, counted},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{contracts, organisations},
    voucher,
};

use super::{PATH, form as read, lines};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    contracts::{meter::Meter, show::quantity},
    ui,
    ui::Field,
    words::{of, t},
};

/// How many contracts one may choose from.
const CONTRACTS: u64 = 50;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let actor = cx.actor()?.clone();
    if !actor.kind().is_contracting_authority() {
        return Err(Error::NotFound);
    }
    let asked = if form.was_sent() { form.text("contrat") } else { params.query("contrat") };
    if asked.is_empty() {
        return choice(cx).await;
    }
    let reference: TenderRef = asked.parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find(cx.services(), cx.scope(), reference).await?;
    let may = DraftVoucher::permits(&actor, &contract);
    let refused = contract.may_order(cx.services().now()).err();
    let address = organisations::find(cx.services(), actor.organisation()).await?.address.unwrap_or_default();
    Ok(Page::new(t!(voucher.new), PATH, move || {
        let body = match (may, refused) {
            (false, _) => ui::note("", t!(voucher.officer_draws), t!(voucher.officer_draws_text)),
            (true, Some(refusal)) => ui::note("warn", super::words::refusal(&refusal), ""),
            (true, None) => {
                let start = VoucherDraft {
                    object: String::new(),
                    delivery_address: address,
                    wanted_on: None,
                    quantities: Quantities::new(),
                };
                ui::form(
                    &cx,
                    view! {
                        <input type="hidden" name="contrat" value=reference.to_string()/>
                        {fields(&form, &contract, &start)}
                        <div class="row actions"><button class="btn">{t!(voucher.save_draft)}</button></div>
                        <p class="small quiet gap-s">{t!(voucher.save_draft_hint)}</p>
                    },
                )
            }
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(voucher.new))
                .back(format!("/contrats/{reference}"), format!("{reference}, {}", contract.object))
                .lede(t!(voucher.new_lede, supplier = contract.supplier_name))
                .view()}
            <div class="cols">
                <div class="prose stack">{body}</div>
                <div class="stack">{room(&contract, actor.organisation())}</div>
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let reference: TenderRef = form.text("contrat").parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find(cx.services(), cx.scope(), reference).await?;
    let draft = read::draft(&form, contract.lines.iter().map(|line| line.code.as_str()))?;
    let id = voucher::draft(cx.services(), cx.actor()?, reference, &draft).await?;
    Done::see(format!("{PATH}/{id}?fait=bon"))
}

/// On which contract?
async fn choice(cx: Cx) -> Shown {
    let (found, _) = contracts::list(cx.services(), cx.scope(), 0, CONTRACTS).await?;
    let actor = cx.actor()?.clone();
    let found: Vec<_> = found.into_iter().filter(|contract| contract.takes_part(actor.organisation())).collect();
    Ok(Page::new(t!(voucher.new), PATH, move || {
        let items: Vec<_> = found
            .iter()
            .map(|contract| {
                let address = format!("{PATH}/nouveau?contrat={}", contract.reference);
                let left = contract.allotment(actor.organisation()).map(|share| share.available().to_string());
                view! {
                    <li>
                        <a class="strong" href=address>{contract.object.clone()}</a><br/>
                        <span class="small quiet">
                            <span class="ref">{contract.reference.to_string()}</span>" · "{contract.supplier_name.clone()}
                            " · "{t!(voucher.share_left, left = left.unwrap_or_default())}
                        </span>
                    </li>
                }
            })
            .collect();
        let body = if items.is_empty() {
            ui::empty(
                t!(voucher.no_contract),
                t!(voucher.no_contract_text),
                Some(("/marches".to_owned(), t!(voucher.to_tenders))),
            )
        } else {
            view! {
                <section class="card prose" aria-labelledby="choix">
                    <h2 id="choix">{t!(voucher.choose_contract)}</h2>
                    <ul class="govuk-list govuk-list--spaced">{items}</ul>
                </section>
            }
            .into_any()
        };
        view! { {ui::head(t!(voucher.new)).back(PATH, t!(voucher.list)).view()}{body} }.into_any()
    }))
}

/// The fields of a draft, with what stands there first.
pub(super) fn fields(form: &Form, contract: &Contract, start: &VoucherDraft) -> AnyView {
    let quantities: Vec<_> = contract
        .lines
        .iter()
        .map(|line| {
            let left = line.left().map(|left| t!(voucher.line_left, left = counted(left, &line.unit)));
            let hint = t!(voucher.line_hint, price = line.unit_price, unit = line.unit, quantity = quantity(line));
            let hint = left.map_or(hint.clone(), |left| format!("{hint} {left}"));
            let value = start.quantities.get(&line.code).map(ToString::to_string).unwrap_or_default();
            lines::field(&line.code, &line.item, &line.unit, hint, value).view(form)
        })
        .collect();
    view! {
        {Field::text("objet", t!(voucher.object)).hint(t!(voucher.object_hint)).value(start.object.clone()).view(form)}
        <h2>{t!(voucher.lines)}</h2>
        <p class="quiet small gap-s">{t!(voucher.lines_hint)}</p>
        <div class="gap-s">{quantities}</div>
        <h2>{t!(voucher.delivery)}</h2>
        <div class="gap-s">
            {Field::text("adresse", t!(voucher.delivery_address)).value(start.delivery_address.clone()).view(form)}
            {Field::date("livraison", t!(voucher.wanted_on), start.wanted_on).hint(t!(voucher.wanted_hint)).view(form)}
        </div>
    }
    .into_any()
}

/// What may still be ordered.
pub(super) fn room(contract: &Contract, organisation: domain::kernel::ids::OrganisationId) -> AnyView {
    let share = contract.allotment(organisation).map(|share| {
        Meter {
            name: t!(voucher.own_share, of = of(&share.name)),
            whole: share.amount,
            committed: share.committed,
            this: domain::kernel::Money::ZERO,
        }
        .view()
    });
    let whole = Meter {
        name: t!(contract.whole, n = contract.allotments.len()),
        whole: contract.ceiling,
        committed: contract.committed(),
        this: domain::kernel::Money::ZERO,
    };
    view! {
        <section class="card stack" aria-labelledby="reste">
            <h2 id="reste">{t!(voucher.room)}</h2>
            {share}
            {whole.view()}
            <p class="small quiet">{t!(voucher.room_text)}</p>
        </section>
    }
    .into_any()
}
