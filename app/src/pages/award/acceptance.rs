//! The acceptances, provisional then final, and the closing of the file.

use domain::{
    authz::{AcceptContract, Action as _, CloseContract},
    kernel::time::{brussels, weekday_date_french_inline},
    tender::{Stage, Tender},
    voucher::Voucher,
};
use leptos::prelude::*;
use service::{
    Error,
    award::{self, AcceptanceDraft, Gathered},
    store::vouchers::{self, Waiting},
};

use super::{gathered, head, past_day};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, vouchers::words::status, words::t};

const VOUCHERS_SHOWN: usize = 100;
/// Longest guarantee typed, in months.
const GUARANTEE_MOST: u32 = 120;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let found = gathered(&cx, params.parse("reference")?).await?;
    let Some(gathered) =
        found.filter(|found| found.view.tender.stage >= Stage::Executing && found.file.award.is_some())
    else {
        let (title, lede) = (t!(award.acceptance), t!(award.acceptance_lede));
        return super::waiting_page(cx, &params, title, lede, t!(award.not_executed), t!(award.not_executed_text))
            .await;
    };
    let actor = cx.actor()?;
    let tender = &gathered.view.tender;
    let accepts = AcceptContract::permits(actor, tender);
    let closes = CloseContract::permits(actor, tender) && tender.stage == Stage::FinallyAccepted;
    let open = open(&cx, tender).await?;
    Ok(Page::new(t!(award.acceptance), "/marches", move || {
        let accept = accepts.then(|| acceptance(&cx, gathered.view.tender.stage, &form)).flatten();
        let close = closes.then(|| {
            ui::form(&cx, view! {
                <p>{t!(award.close_text)}</p>
                <div class="row actions"><button class="btn" name="geste" value="cloturer">{t!(award.close)}</button></div>
            })
        });
        let nothing = (accept.is_none() && close.is_none()).then(|| state(&gathered));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {head(t!(award.acceptance), &gathered.view, t!(award.acceptance_lede)).view()}
            <div class="prose stack">{guarantee(&gathered)}{open}{accept}{close}{nothing}</div>
        }
        .into_any()
    }))
}

/// The vouchers that the provisional acceptance waits for, then those that the closing waits for.
async fn open(cx: &Cx, tender: &Tender) -> Result<Option<AnyView>, Error> {
    let (tone, text) = if matches!(tender.stage, Stage::Executing | Stage::ProvisionallyAccepted | Stage::Guarantee) {
        ("", t!(award.vouchers_unpaid_text))
    } else if tender.stage == Stage::FinallyAccepted {
        ("warn", t!(award.vouchers_unpaid_close))
    } else {
        return Ok(None);
    };
    let Waiting { undelivered, unpaid } = vouchers::open(cx.services(), cx.scope(), tender.reference).await?;
    let undelivered =
        listed("warn", (t!(award.vouchers_undelivered), t!(award.vouchers_undelivered_text)), undelivered);
    let unpaid = listed(tone, (t!(award.vouchers_unpaid), text), unpaid);
    Ok(Some(view! { {undelivered}{unpaid} }.into_any()))
}

fn listed(tone: &'static str, (title, text): (&'static str, &'static str), vouchers: Vec<Voucher>) -> Option<AnyView> {
    if vouchers.is_empty() {
        return None;
    }
    let items: Vec<_> = vouchers.into_iter().take(VOUCHERS_SHOWN).map(item).collect();
    Some(
        view! {
            {ui::note(tone, title, text)}
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        }
        .into_any(),
    )
}

fn item(voucher: Voucher) -> AnyView {
    let number = voucher.number.map(|number| number.to_string()).unwrap_or_default();
    let status = status(voucher.status).to_lowercase();
    let (object, authority) = (voucher.object, voucher.organisation_name);
    let words = t!(award.voucher_open, number = number, object = object, authority = authority, status = status);
    view! { <li><a href=format!("/bons/{}", voucher.id)>{words}</a></li> }.into_any()
}

fn guarantee(gathered: &Gathered) -> Option<AnyView> {
    let until = gathered.file.award.as_ref()?.guarantee_until?;
    Some(ui::note("", t!(award.guarantee_until, until = weekday_date_french_inline(until)), ""))
}

fn state(gathered: &Gathered) -> AnyView {
    match gathered.view.tender.stage {
        Stage::FinallyAccepted | Stage::Closed => ui::note("good", t!(award.finally_accepted), ""),
        _ => ui::note("", t!(award.manager_accepts), t!(award.manager_accepts_text)),
    }
}

fn acceptance(cx: &Cx, stage: Stage, form: &Form) -> Option<AnyView> {
    let (title, gesture) = match stage {
        Stage::Executing => (t!(award.accept_provisionally), "provisoire"),
        Stage::ProvisionallyAccepted | Stage::Guarantee => (t!(award.accept_finally), "definitive"),
        _ => return None,
    };
    let results = [("accordee", t!(award.granted)), ("refusee", t!(award.refused))]
        .map(|(code, word)| (code.to_owned(), word.to_owned()));
    let guarantee = (gesture == "provisoire")
        .then(|| Field::short("garantie", t!(award.guarantee), 3).hint(t!(award.guarantee_hint)).view(form));
    Some(
        view! {
            <section class="stack-s" aria-labelledby="constat">
                <h2 id="constat">{title}</h2>
                {ui::form(cx, view! {
                    {Field::radios("resultat", t!(award.acceptance_result), results.to_vec()).view(form)}
                    {Field::date("constat-le", t!(award.found_on), None).view(form)}
                    {Field::long("constats", t!(award.findings), 6).hint(t!(award.findings_hint)).view(form)}
                    {Field::long("reserves", t!(award.reserves), 3).hint(t!(award.reserves_hint)).view(form)}
                    {guarantee}
                    <div class="row actions"><button class="btn" name="geste" value=gesture>{t!(award.save_acceptance)}</button></div>
                })}
            </section>
        }
        .into_any(),
    )
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    let done = match form.gesture() {
        "provisoire" => {
            award::accept_provisionally(services, actor, reference, &read(&cx, &form)?).await?;
            "reception"
        }
        "definitive" => {
            award::accept_finally(services, actor, reference, &read(&cx, &form)?).await?;
            "reception"
        }
        "cloturer" => {
            award::close(services, actor, reference).await?;
            return Done::see(format!("/marches/{reference}?fait=cloture"));
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("/marches/{reference}?fait={done}"))
}

fn read(cx: &Cx, form: &Form) -> Result<AcceptanceDraft, Error> {
    let today = brussels(cx.services().now()).date();
    let mut read = form.read();
    let is_granted = read.choice(
        "resultat",
        |text| match text {
            "accordee" => Some(true),
            "refusee" => Some(false),
            _ => None,
        },
        false,
    );
    let found_on = past_day(&mut read, "constat-le", today);
    let findings = read.text("constats", 10_000);
    let reserves = read.optional_text("reserves", 10_000);
    let guarantee_months = months(form, &mut read);
    let draft = AcceptanceDraft { found_on, findings, reserves, is_granted, guarantee_months };
    read.errors.or(draft)
}

fn months(form: &Form, read: &mut crate::pages::form::Reader<'_>) -> u32 {
    let text = form.text("garantie");
    if text.is_empty() {
        return 0;
    }
    match text.parse() {
        Ok(months) if months <= GUARANTEE_MOST => months,
        Ok(_) | Err(_) => {
            let fault = domain::fault::Fault::NotBetween { least: 0, most: GUARANTEE_MOST.into() };
            read.errors.add("garantie", fault);
            0
        }
    }
}
