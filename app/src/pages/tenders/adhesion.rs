use domain::{
    fault::Fault,
    kernel::time::brussels,
    refusal::Refusal,
    tender::{Adhesion, Participant, Vehicle},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    store::{files, tenders},
    tender::{self, AnswerDraft},
};

use super::form::{amount, some};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, Upload, sentence, ui, ui::Field, words::t};

/// Largest deliberation taken, in mebibytes.
const MOST_MEBIBYTES: u64 = 10;

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let view = tenders::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    let own = view.tender.participant(cx.actor()?.organisation()).cloned().ok_or(Error::NotFound)?;
    let joint = view.tender.plan.vehicle == Vehicle::Joint;
    let may = view.tender.may_answer(&own, true, own.estimate);
    Ok(Page::new(t!(adhesion.title), "/marches", move || {
        let lede = if may == Err(Refusal::NotJoint) {
            t!(adhesion.lede_alone).to_owned()
        } else {
            t!(adhesion.lede, pilot = view.pilot)
        };
        let body = match may {
            Err(refusal) if form.refusal.is_none() => ui::note("", t!(refusal.title), sentence::refusal(&refusal)),
            Ok(()) | Err(_) => view! {
                <form method="post" action=cx.path().to_owned() class="card" enctype="multipart/form-data" novalidate>
                    {fields(&form, own, joint)}
                </form>
            }
            .into_any(),
        };
        view! {
            {ui::head(t!(adhesion.title))
                .back(format!("/marches/{}", view.tender.reference), view.tender.plan.object.clone())
                .lede(lede)
                .view()}
            <div class="prose">{ui::errors(&form)}{body}</div>
        }
        .into_any()
    }))
}

fn fields(form: &Form, own: Participant, joint: bool) -> AnyView {
    let answer = own.answer.clone();
    let choices = vec![("oui".to_owned(), t!(adhesion.yes).to_owned()), ("non".to_owned(), t!(adhesion.no).to_owned())];
    let decided = match own.adhesion {
        Adhesion::Adhered => "oui",
        Adhesion::Refused | Adhesion::Withdrawn => "non",
        Adhesion::Invited => "",
    };
    let decision = if joint {
        Field::radios("adhere", t!(adhesion.decision), choices).value(decided).view(form)
    } else {
        view! { <input type="hidden" name="adhere" value="oui"/> }.into_any()
    };
    let budget = answer.as_ref().and_then(|answer| answer.budget_article.clone()).unwrap_or_default();
    let number = answer.as_ref().map(|answer| answer.number.clone()).unwrap_or_default();
    view! {
        <input type="hidden" name="version" value=own.version/>
        {decision}
        {Field::date("deliberation", t!(adhesion.date), answer.as_ref().map(|answer| answer.deliberated_on)).view(form)}
        {Field::text("numero", t!(adhesion.number)).hint(t!(adhesion.number_hint)).value(number).view(form)}
        {Field::money("estimation", t!(adhesion.need)).hint(t!(need.estimate_hint)).value(amount(own.estimate)).view(form)}
        {Field::date("mandat", t!(adhesion.mandate), answer.as_ref().and_then(|answer| answer.mandate_signed_on)).hint(t!(adhesion.mandate_hint)).view(form)}
        {Field::text("article", t!(adhesion.budget)).hint(t!(adhesion.budget_hint)).value(budget).view(form)}
        {Field::file("fichier", t!(adhesion.file)).hint(t!(adhesion.file_hint)).view(form)}
        {Field::long("remarque", t!(need.remark), 3).view(form)}
        <div class="row actions"><button class="btn">{t!(adhesion.save)}</button></div>
    }
    .into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference = params.parse("reference")?;
    let version = form.text("version").parse().map_err(|_| Error::NotFound)?;
    let draft = draft(&cx, &form)?;
    let deliberation = match form.file("fichier") {
        Some(upload) => Some(kept(&cx, upload).await?),
        None => None,
    };
    tender::answer(cx.services(), cx.actor()?, reference, version, &draft, deliberation.as_ref()).await?;
    Done::see(format!("/marches/{reference}?fait=adhesion"))
}

fn draft(cx: &Cx, form: &Form) -> Result<AnswerDraft, Error> {
    let today = brussels(cx.services().now()).date();
    let mut read = form.read();
    let draft = AnswerDraft {
        adheres: read.choice("adhere", |text| ["oui", "non"].contains(&text).then(|| text == "oui"), false),
        deliberated_on: read.date("deliberation"),
        number: read.text("numero", 100),
        mandate_signed_on: read.optional_date("mandat"),
        budget_article: some(read.optional_text("article", 100)),
        need: read.positive_money("estimation"),
        remark: some(read.optional_text("remarque", super::form::REASON_MOST)),
    };
    for (field, date) in [("deliberation", Some(draft.deliberated_on)), ("mandat", draft.mandate_signed_on)] {
        if date.is_some_and(|date| date > today) && read.errors.of(field).is_none() {
            read.errors.add(field, Fault::After { latest: today });
        }
    }
    read.errors.or(draft)
}

/// A deliberation is a PDF, by its content and not by its name.
async fn kept(cx: &Cx, upload: &Upload) -> Result<files::Kept, Error> {
    let most = MOST_MEBIBYTES * 1024 * 1024;
    if u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX) > most {
        return Err(FieldErrors::one("fichier", Fault::FileTooLarge { most_mebibytes: MOST_MEBIBYTES }).into());
    }
    if !upload.bytes.starts_with(b"%PDF-") {
        return Err(FieldErrors::one("fichier", Fault::BadFile).into());
    }
    let name = upload.name.rsplit(['/', '\\']).next().unwrap_or("deliberation.pdf");
    files::keep(cx.services(), name, "application/pdf", upload.bytes.clone()).await
}
