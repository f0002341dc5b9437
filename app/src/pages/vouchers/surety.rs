//! The surety of one order, and the proof of its deposit.

use chrono::NaiveDate;
use domain::{
    authz::{Action as _, KeepOrderSurety},
    kernel::{
        ids::VoucherId,
        time::{date_french, weekday_date_french},
    },
    voucher::{OrderSurety, Voucher},
};
use leptos::prelude::*;
use service::{Error, voucher};

use super::form as read;
use crate::pages::{
    Cx, Form,
    ui::{self, Field},
    words::t,
};

pub(super) fn card(cx: &Cx, form: &Form, voucher: &Voucher, today: NaiveDate) -> Option<AnyView> {
    let surety = voucher.surety.as_ref()?;
    let keeps = cx.actor().is_ok_and(|actor| KeepOrderSurety::permits(actor, voucher));
    let fields = (keeps && voucher.awaits_surety()).then(|| fields(cx, form, voucher, today));
    let released = surety.released_on.map_or_else(|| t!(voucher.surety_held).to_owned(), date_french);
    Some(
        view! {
            <section class="card stack" aria-labelledby="cautionnement">
                <h2 id="cautionnement">{t!(voucher.surety)}</h2>
                <dl class="facts facts--row">
                    {ui::fact(t!(award.amount), surety.amount.to_string())}
                    {ui::fact(t!(award.due_on), weekday_date_french(surety.due_on))}
                    {ui::fact(t!(award.deposit), deposit(surety))}
                    {ui::fact(t!(voucher.surety_released), released)}
                </dl>
                <p class="small quiet">{t!(voucher.surety_text)}</p>
                {fields}
            </section>
        }
        .into_any(),
    )
}

fn deposit(surety: &OrderSurety) -> String {
    match (surety.deposited_on, &surety.reference) {
        (Some(on), Some(number)) => t!(award.deposited, day = date_french(on), number = number),
        (Some(_) | None, _) => t!(award.not_deposited).to_owned(),
    }
}

fn fields(cx: &Cx, form: &Form, voucher: &Voucher, today: NaiveDate) -> AnyView {
    ui::form(
        cx,
        view! {
            <input type="hidden" name="version" value=voucher.version/>
            {Field::date("caution-le", t!(voucher.surety_on), Some(today)).view(form)}
            {Field::short("caution-numero", t!(voucher.surety_number), 20).hint(t!(award.deposit_hint)).view(form)}
            <div class="row actions">
                <button class="btn" name="geste" value="cautionner">{t!(voucher.surety_save)}</button>
            </div>
        },
    )
}

pub(super) async fn submit(cx: &Cx, id: VoucherId, form: &Form) -> Result<(), Error> {
    let mut reader = form.read();
    let on = reader.date("caution-le");
    let number = reader.text("caution-numero", voucher::SHORT_MOST);
    let (on, number) = reader.errors.or((on, number))?;
    voucher::deposit_surety(cx.services(), cx.actor()?, id, read::version(form), on, &number).await
}
