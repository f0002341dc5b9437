//! Filters of the list: its address keeps them.

use domain::{
    fault::Fault,
    kernel::{reference::TenderRef, time::TYPED_YEARS},
    voucher::Status,
};
use leptos::prelude::*;
use service::{
    Error,
    specification::Sent,
    store::vouchers::{Filter, Parties},
    voucher,
};

use super::{PATH, words};
use crate::pages::{Cx, Form, Params, form::Reader, ui::Field, words::t};

pub(super) const PER_PAGE: u64 = 25;

/// What stands in this address, as in a form.
pub(super) fn typed(params: &Params) -> Form {
    let filled = params.query.iter().filter(|(_, value)| !value.trim().is_empty());
    Form::sent(filled.cloned().collect(), Vec::new())
}

/// What it asks for.
pub(super) fn asked(typed: &Form, params: &Params) -> Result<Filter, Error> {
    let mut read = typed.read();
    let filter = Filter {
        statuses: status(&mut read, typed).into_iter().collect(),
        year: year(&mut read).and_then(|year| u16::try_from(year).ok()),
        contract: contract(&mut read),
        organisation: read.optional("participant", Fault::NotAChoice),
        supplier: read.optional("fournisseur", Fault::NotAChoice),
        text: typed.text("texte").to_owned(),
        page: params.page() - 1,
        per_page: PER_PAGE,
    };
    read.errors.or(filter)
}

fn status(read: &mut Reader<'_>, typed: &Form) -> Option<Status> {
    let code = typed.text("etat");
    let status = Status::from_code(code);
    if status.is_none() && !code.is_empty() {
        read.errors.add("etat", Fault::NotAChoice);
    }
    status
}

pub(super) fn year(read: &mut Reader<'_>) -> Option<i32> {
    let fault = Fault::NotBetween { least: (*TYPED_YEARS.start()).into(), most: (*TYPED_YEARS.end()).into() };
    let year: Option<i32> = read.optional("annee", fault.clone());
    if year.is_some_and(|year| !TYPED_YEARS.contains(&year)) {
        read.errors.add("annee", fault);
    }
    year
}

pub(super) fn contract(read: &mut Reader<'_>) -> Option<TenderRef> {
    read.optional("contrat", Fault::NotAReference)
}

/// Something is left out of the list.
pub(super) fn is_set(typed: &Form) -> bool {
    ["texte", "etat", "annee", "contrat", "participant", "fournisseur"].iter().any(|name| typed.ticked(name))
}

pub(super) fn view(typed: &Form, parties: Parties) -> AnyView {
    let statuses = Status::ALL.map(|status| (status.code().to_owned(), words::status(status).to_owned())).to_vec();
    let named = |found: Vec<_>| found.into_iter().map(|(id, name): (_, String)| (id_text(id), name)).collect();
    view! {
        <form method="get" action=PATH class="card fields filters" role="search" aria-label=t!(voucher.filter)>
            {Field::text("texte", t!(voucher.search)).view(typed)}
            {Field::select("etat", t!(voucher.status), statuses).nothing(t!(voucher.any_status)).view(typed)}
            {Field::short("annee", t!(common.year), 4).view(typed)}
            {Field::short("contrat", t!(voucher.contract_reference), 20).view(typed)}
            {Field::select("participant", t!(voucher.authority), named(parties.authorities))
                .nothing(t!(voucher.any_authority))
                .view(typed)}
            {Field::select("fournisseur", t!(voucher.supplier), named(parties.suppliers))
                .nothing(t!(voucher.any_supplier))
                .view(typed)}
            <div class="govuk-form-group row">
                <button class="btn btn--second">{t!(voucher.filter)}</button>
                {is_set(typed).then(|| view! { <a href=PATH>{t!(common.remove_filters)}</a> })}
            </div>
        </form>
    }
    .into_any()
}

fn id_text(id: domain::kernel::ids::OrganisationId) -> String {
    id.to_string()
}

/// The files of exactly what is filtered, all its pages; `name` is their address without its ending.
pub(super) fn files(params: &Params, name: &str) -> AnyView {
    let [csv, xlsx] = ["csv", "xlsx"].map(|kind| params.address_with(&format!("{name}.{kind}"), "page", ""));
    view! {
        <span class="row small"><a href=csv>{t!(voucher.csv)}</a><a href=xlsx>{t!(voucher.xlsx)}</a></span>
    }
    .into_any()
}

/// The list of the address as text.
///
/// # Errors
/// A visitor has none, nor has an address that can't be read.
pub async fn vouchers_csv(cx: Cx, params: Params) -> Result<Sent, Error> {
    cx.actor()?;
    let filter = asked(&typed(&params), &params).map_err(|_| Error::NotFound)?;
    voucher::csv(cx.services(), cx.scope(), &filter, words::status).await
}

/// The list of the address for a spreadsheet program.
///
/// # Errors
/// A visitor has none, nor has an address that can't be read.
pub async fn vouchers_xlsx(cx: Cx, params: Params) -> Result<Sent, Error> {
    cx.actor()?;
    let filter = asked(&typed(&params), &params).map_err(|_| Error::NotFound)?;
    voucher::xlsx(cx.services(), cx.scope(), &filter, words::status).await
}
