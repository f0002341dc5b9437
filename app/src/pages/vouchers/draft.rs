use chrono::NaiveDate;
use domain::{
    authz::{Action as _, DraftVoucher},
    contract::Contract,
    kernel::{reference::TenderRef, time::brussels},
    ledger::Held,
    voucher::{Voucher, VoucherDraft},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{contracts, organisations, vouchers},
    voucher,
};

use super::{PATH, form as read, lines, verify::VERIFY};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    address::with_query,
    central,
    contracts::{
        meter::{Alerts, Meter},
        show::{left, quantity},
    },
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
    // An address may hold what was typed: the page that checks it leads back here.
    let form = if form.was_sent() { form } else { Form::sent(params.query.clone(), Vec::new()) };
    let asked = form.text("contrat");
    if asked.is_empty() {
        return choice(cx).await;
    }
    let reference: TenderRef = asked.parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find_to_order(cx.services(), cx.scope(), reference).await?;
    let may = DraftVoucher::permits(&actor, &contract);
    let refused = contract.may_order_for(actor.organisation(), cx.services().now()).err();
    let alerts = Alerts::of(&cx).await?;
    let fee = central::fee_of(&cx, &contract).await?;
    let today = brussels(cx.services().now()).date();
    let address = organisations::find(cx.services(), actor.organisation()).await?.address.unwrap_or_default();
    let copied = copied(&cx, form.text("reprend"), reference).await?;
    Ok(Page::new(t!(voucher.new), PATH, move || {
        let body = match (may, refused) {
            (false, _) => ui::note("", t!(voucher.officer_draws), t!(voucher.officer_draws_text)),
            (true, Some(refusal)) => ui::note("warn", super::words::refusal(&refusal), ""),
            (true, None) => {
                let start = start(copied.as_ref(), address);
                let note = copied.as_ref().map(|copied| {
                    ui::note("", t!(voucher.copied, name = super::words::name(copied)), t!(voucher.copied_text))
                });
                let fields = view! {
                    <input type="hidden" name="contrat" value=reference.to_string()/>
                    {fields(&form, &contract, &start, today)}
                    <div class="row actions"><button class="btn">{t!(voucher.to_verify)}</button></div>
                    <p class="small quiet gap-s">{t!(voucher.save_draft_hint)}</p>
                };
                view! { {note}{ui::form(&cx, fields)} }.into_any()
            }
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(voucher.new))
                .back(central::above(&contract, actor.organisation()), format!("{reference}, {}", contract.object))
                .lede(t!(voucher.new_lede, supplier = contract.supplier_name))
                .view()}
            <div class="cols">
                <div class="prose stack">{body}</div>
                <div class="stack">{central::fee_note(fee)}{room(&contract, actor.organisation(), &alerts)}</div>
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let reference: TenderRef = form.text("contrat").parse().map_err(|_| Error::NotFound)?;
    let contract = contracts::find_to_order(cx.services(), cx.scope(), reference).await?;
    let draft = read::draft(&form, contract.lines.iter().map(|line| line.code.as_str()))?;
    voucher::weigh(cx.services(), cx.actor()?, reference, &draft).await?;
    Done::see(with_query(VERIFY, read::kept(&form)))
}

/// An earlier voucher of the same contract, to begin from.
async fn copied(cx: &Cx, id: &str, reference: TenderRef) -> Result<Option<Voucher>, Error> {
    if id.is_empty() {
        return Ok(None);
    }
    let found = vouchers::find(cx.services(), cx.scope(), id.parse().map_err(|_| Error::NotFound)?).await?;
    if found.contract.reference == reference { Ok(Some(found)) } else { Err(Error::NotFound) }
}

/// The lines of an earlier voucher, at the prices of today; its day is past.
fn start(copied: Option<&Voucher>, own_address: String) -> VoucherDraft {
    let lines = copied.iter().flat_map(|voucher| &voucher.lines);
    VoucherDraft {
        object: copied.map(|voucher| voucher.object.clone()).unwrap_or_default(),
        delivery_address: copied.map_or(own_address, |voucher| voucher.delivery_address.clone()),
        wanted_on: None,
        quantities: lines.map(|line| (line.code.clone(), line.quantity)).collect(),
    }
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
pub(super) fn fields(form: &Form, contract: &Contract, start: &VoucherDraft, today: NaiveDate) -> AnyView {
    let quantities: Vec<_> = contract
        .lines
        .iter()
        .map(|line| {
            let (price, _) = contract.price(line, today);
            let hint = t!(voucher.line_hint, price = price, unit = line.unit, quantity = quantity(line));
            let hint = format!("{hint} {}.", left(line));
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

/// What may still be ordered; nothing for whoever has no part: what others ordered is theirs.
pub(super) fn room(
    contract: &Contract,
    organisation: domain::kernel::ids::OrganisationId,
    alerts: &Alerts,
) -> Option<AnyView> {
    let share = contract.allotment(organisation)?;
    let sums = (share.balance.committed, share.balance.reserved);
    let own = Meter::of(t!(voucher.own_share, of = of(&share.name)), share.whole(), sums, Held::default());
    let name = t!(contract.whole, n = contract.allotments.len());
    let sums = (contract.committed(), contract.reserved());
    let whole = Meter::of(name, contract.ceiling, sums, Held::default());
    let view = view! {
        <section class="card stack" aria-labelledby="reste">
            <h2 id="reste">{t!(voucher.room)}</h2>
            {own.view(alerts)}
            {whole.view(alerts)}
            <p class="small quiet">{t!(voucher.room_text)}</p>
        </section>
    };
    Some(view.into_any())
}
