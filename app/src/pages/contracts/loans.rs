//! Unused allotment that one participant lends to another: proposed by an officer, agreed to by both executives.

use chrono::NaiveDate;
use domain::{
    authz::{Action as _, Actor, AgreeLoan, ProposeLoan, WithdrawLoan},
    contract::{Allotment, Contract, Lending},
    fault::Fault,
    kernel::{
        ids::{LoanId, OrganisationId},
        reference::TenderRef,
        time::date_short_french,
    },
    ledger::LoanRefused,
};
use leptos::prelude::*;
use service::{
    Error,
    contract::{self, LoanDraft, Way},
    store::{contracts, loans},
};

use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    ui::{self, Field, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let contract = contracts::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let loans = loans::list(cx.services(), &contract).await?;
    let actor = cx.actor()?.clone();
    let runs = contract.may_order(cx.services().now()).is_ok();
    let may_propose = runs && contract.allotments.len() > 1 && ProposeLoan::permits(&actor, &contract);
    Ok(Page::new(t!(contract.loans), "/contrats", move || {
        let reference = contract.reference;
        let proposal = may_propose.then(|| propose(&cx, &form, &contract, &actor));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(contract.loans))
                .back(format!("/contrats/{reference}"), format!("{reference}, {}", contract.object))
                .lede(t!(contract.loans_lede))
                .view()}
            <div class="stack">
                {table(&cx, &loans, &actor, runs)}
                {proposal}
            </div>
        }
        .into_any()
    }))
}

fn propose(cx: &Cx, form: &Form, contract: &Contract, actor: &Actor) -> AnyView {
    let others = contract
        .allotments
        .iter()
        .filter(|share| share.organisation != actor.organisation())
        .map(|share| {
            let words = t!(contract.loan_unused, name = share.name, unused = share.available());
            (share.organisation.to_string(), words)
        })
        .collect();
    let ways = [Way::Lend, Way::Borrow].map(|way| (code(way).to_owned(), way_word(way).to_owned()));
    let own = contract.allotment(actor.organisation()).map(Allotment::available).unwrap_or_default();
    view! {
        <section class="prose stack" aria-labelledby="proposer">
            <h2 id="proposer">{t!(contract.loan_new)}</h2>
            {ui::form(cx, view! {
                {ui::form_key(cx, form)}
                {Field::radios("sens", t!(contract.loan_way), ways.to_vec()).view(form)}
                {Field::select("participant", t!(contract.loan_other), others).view(form)}
                {Field::money("montant", t!(contract.loan_amount)).hint(t!(contract.loan_amount_hint, unused = own)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="proposer">{t!(contract.loan_propose)}</button></div>
                <p class="small quiet gap-s">{t!(contract.loan_propose_hint)}</p>
            })}
        </section>
    }
    .into_any()
}

fn table(cx: &Cx, loans: &[Lending], actor: &Actor, runs: bool) -> AnyView {
    if loans.is_empty() {
        return ui::empty(t!(contract.no_loan), t!(contract.no_loan_text), None);
    }
    let columns = [
        ui::column(t!(contract.lender)),
        ui::column(t!(contract.borrower)),
        ui::number(t!(contract.loan_amount)),
        ui::column(t!(contract.loan_state)),
    ];
    let rows = loans.iter().rev().map(|lending| row(cx, lending, actor, runs));
    ui::table("prets", columns, rows).card(t!(contract.loans_count, n = loans.len()))
}

fn row(cx: &Cx, lending: &Lending, actor: &Actor, runs: bool) -> Row {
    let proposal = &lending.proposal;
    let parties = [proposal.lender(), proposal.borrower()].into_iter();
    let consents: Vec<_> = parties
        .map(|party| consent(proposal.agreed_on(party), name(lending, party)))
        .map(|words| view! { <br/><span class="small">{words}</span> })
        .collect();
    let (kind, state) = if lending.withdrawn_on.is_some() {
        ("bad", t!(contract.loan_withdrawn))
    } else if lending.is_agreed() {
        ("done", t!(contract.loan_agreed))
    } else {
        ("wait", t!(contract.loan_waits))
    };
    let gestures = gestures(cx, lending, actor, runs);
    ui::row(name(lending, proposal.lender()))
        .cell(name(lending, proposal.borrower()))
        .cell(proposal.amount().to_string())
        .cell(view! { <div class="stack-s"><p>{ui::tag(kind, state)}{consents}</p>{gestures}</div> })
}

fn consent(on: Option<NaiveDate>, name: String) -> String {
    match on {
        Some(on) => t!(contract.loan_consent, name = name, on = date_short_french(on)),
        None => t!(contract.loan_no_consent, name = name),
    }
}

fn name(lending: &Lending, party: OrganisationId) -> String {
    lending.contract.allotment(party).map(|share| share.name.clone()).unwrap_or_default()
}

fn gestures(cx: &Cx, lending: &Lending, actor: &Actor, runs: bool) -> Option<AnyView> {
    let may_agree = runs && lending.awaits(actor.organisation()) && AgreeLoan::permits(actor, lending);
    let may_withdraw = lending.is_open() && WithdrawLoan::permits(actor, lending);
    let agree = may_agree.then(|| {
        view! { <button class="btn" name="geste" value="accepter">{t!(contract.loan_agree)}</button> }
    });
    let withdraw = may_withdraw.then(|| {
        view! { <button class="btn btn--danger" name="geste" value="retirer">{t!(contract.loan_withdraw)}</button> }
    });
    (may_agree || may_withdraw).then(|| {
        view! {
            <form method="post" action=cx.path().to_owned() class="row">
                <input type="hidden" name="pret" value=lending.id.to_string()/>
                <input type="hidden" name="version" value=lending.version/>
                {agree}
                {withdraw}
            </form>
        }
        .into_any()
    })
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    let loan = || form.text("pret").parse::<LoanId>().map_err(|_| Error::NotFound);
    let version = form.text("version").parse().unwrap_or_default();
    let done = match form.gesture() {
        "proposer" => {
            contract::propose_loan(services, actor, reference, form.key().as_ref(), &draft(&form)?).await?;
            "pret-propose"
        }
        "accepter" => {
            contract::agree_to_loan(services, actor, reference, loan()?, version).await?;
            "pret-accorde"
        }
        "retirer" => {
            contract::withdraw_loan(services, actor, reference, loan()?, version).await?;
            "pret-retire"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/contrats/{reference}/prets?fait={done}"))
}

fn draft(form: &Form) -> Result<LoanDraft, Error> {
    let mut read = form.read();
    let way = read.choice("sens", way, Way::Lend);
    let other = read.value::<OrganisationId>("participant", Fault::NotAChoice);
    let amount = read.positive_money("montant");
    let draft = other.map(|other| LoanDraft { other, way, amount });
    read.errors.or(draft)?.ok_or(Error::NotFound)
}

fn code(way: Way) -> &'static str {
    match way {
        Way::Lend => "preter",
        Way::Borrow => "emprunter",
    }
}

fn way(text: &str) -> Option<Way> {
    [Way::Lend, Way::Borrow].into_iter().find(|way| code(*way) == text)
}

fn way_word(way: Way) -> &'static str {
    match way {
        Way::Lend => t!(contract.loan_lend),
        Way::Borrow => t!(contract.loan_borrow),
    }
}

/// Why nothing is lent.
pub(crate) fn refusal(refused: &LoanRefused) -> String {
    match refused {
        LoanRefused::SameParticipant => t!(contract.loan_same).to_owned(),
        LoanRefused::NotPositive => t!(fault.not_positive).to_owned(),
        LoanRefused::MoreThanUnused { asked, available } => {
            t!(contract.loan_more, asked = asked, available = available)
        }
        LoanRefused::Settled => t!(contract.loan_settled).to_owned(),
        LoanRefused::NotAParty => t!(contract.loan_not_party).to_owned(),
        LoanRefused::Awaits(_) => t!(contract.loan_awaits).to_owned(),
    }
}
