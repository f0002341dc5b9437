use domain::{
    authz::{Action as _, NameJury},
    evaluation::{Juror, judged},
    fault::Fault,
    kernel::{
        ids::PersonId,
        reference::TenderRef,
        time::{brussels, date_french},
    },
    tender::Stage,
};
use leptos::prelude::*;
use service::{
    Error,
    evaluation::{self, Departure, Reading, departure_field},
    store::evaluation::{Evaluator, evaluators},
};

use super::frame;
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reading = frame::reading(&cx, &params).await?;
    let tender = &reading.view.tender;
    let open = (Stage::Opened..=Stage::Evaluation).contains(&tender.stage) && !reading.dossier.closed;
    let may = NameJury::permits(cx.actor()?, tender) && open;
    let free: Vec<_> = evaluators(cx.services(), tender)
        .await?
        .into_iter()
        .filter(|one| reading.dossier.juror(one.person).is_none())
        .collect();
    let own = reading.dossier.juror(cx.actor()?.person()).is_some();
    Ok(Page::new(t!(evaluation.jury), "/marches", move || {
        let reference = reading.view.tender.reference;
        let actions = if own {
            vec![view! { <a class="btn" href=format!("/marches/{reference}/evaluation/fiche")>{t!(evaluation.my_sheet)}</a> }.into_any()]
        } else {
            Vec::new()
        };
        let needless = judged(&reading.terms.criteria).next().is_none();
        let list = if reading.dossier.jury.is_empty() {
            let text = if needless { t!(evaluation.jury_needless) } else { t!(evaluation.jury_empty_text) };
            ui::empty(t!(evaluation.jury_empty), text, None)
        } else {
            table(&cx, &form, &reading, may)
        };
        let name = may.then(|| name_form(&cx, &form, free));
        let body = view! { <div class="stack-l">{list}{name}</div> }.into_any();
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {frame::page(&reading, "evaluation/jury", t!(evaluation.jury), t!(evaluation.jury_lede).to_owned(), actions, body)}
        }
        .into_any()
    }))
}

fn table(cx: &Cx, form: &Form, reading: &Reading, may: bool) -> AnyView {
    let columns = [
        ui::column(t!(evaluation.evaluator)),
        ui::column(t!(evaluation.for_whom)),
        ui::column(t!(evaluation.interests)),
        ui::column(t!(evaluation.sheet)),
        ui::table::unnamed(),
    ];
    let rows = reading.dossier.jury.iter().map(|juror| {
        let may = may && reading.dossier.may_leave(&reading.terms, juror).is_ok();
        ui::row(juror.name.clone())
            .cell(juror.organisation_name.clone())
            .cell(view! { <span>{declared(juror)}</span> })
            .cell(sheet_tag(reading, juror))
            .cell(may.then(|| remove(cx, form, juror)))
    });
    ui::table("comite", columns, rows).card(t!(evaluation.jurors))
}

fn declared(juror: &Juror) -> AnyView {
    let Some(at) = juror.declared_at else { return ui::tag("now", t!(evaluation.to_declare)) };
    let on = date_french(brussels(at).date());
    let tag = if juror.conflict {
        ui::tag("bad", t!(evaluation.conflict))
    } else {
        ui::tag("done", t!(evaluation.no_conflict))
    };
    let text = if juror.conflict { format!("{on}. {}", juror.declaration) } else { on };
    view! { {tag}<br/><span class="small quiet">{text}</span> }.into_any()
}

fn sheet_tag(reading: &Reading, juror: &Juror) -> AnyView {
    if !juror.scores() {
        return view! { "–" }.into_any();
    }
    if reading.view.tender.stage < Stage::Evaluation {
        return ui::tag("", t!(evaluation.sheet_later));
    }
    match (reading.dossier.is_sheet_complete(&reading.terms, juror.person), juror.sheet_version) {
        (true, _) => ui::tag("done", t!(evaluation.sheet_complete)),
        (false, 0) => ui::tag("wait", t!(evaluation.sheet_empty)),
        (false, _) => ui::tag("wait", t!(evaluation.sheet_begun)),
    }
}

fn remove(cx: &Cx, form: &Form, juror: &Juror) -> AnyView {
    let reason = (juror.sheet_version > 0).then(|| {
        Field::text(departure_field(juror.person), t!(evaluation.remove_reason, name = juror.name))
            .hint(t!(evaluation.remove_reason_hint))
            .view(form)
    });
    view! {
        <form method="post" action=cx.path().to_owned() novalidate class="gap-s">
            <input type="hidden" name="personne" value=juror.person.to_string()/>
            <input type="hidden" name="version" value=juror.sheet_version/>
            {reason}
            <button class="btn btn--second btn--s" name="geste" value="retirer" aria-label=t!(evaluation.remove_whom, name = juror.name)>
                {t!(evaluation.remove)}
            </button>
        </form>
    }
    .into_any()
}

fn name_form(cx: &Cx, form: &Form, free: Vec<Evaluator>) -> AnyView {
    if free.is_empty() {
        return ui::note("", t!(evaluation.no_evaluator), t!(evaluation.no_evaluator_text));
    }
    let choices = free
        .into_iter()
        .map(|one| (one.person.to_string(), format!("{}, {}", one.name, one.organisation_name)))
        .collect();
    let note = ui::mail_note(cx);
    let fields = ui::form(
        cx,
        view! {
            <h2>{t!(evaluation.name_juror)}</h2>
            <div class="gap-s">{Field::select("evaluateur", t!(evaluation.evaluator), choices).hint(t!(evaluation.name_hint)).view(form)}</div>
            <div class="row actions"><button class="btn" name="geste" value="designer">{t!(evaluation.name_button)}</button></div>
        },
    );
    view! { <div class="prose stack">{fields}{note}</div> }.into_any()
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let (services, actor) = (cx.services(), cx.actor()?);
    if form.gesture() == "retirer" {
        let person: PersonId = form.text("personne").parse().map_err(|_| Error::NotFound)?;
        let version = frame::number(&form, "version")?;
        let mut read = form.read();
        let reason = read.optional_text(&departure_field(person), frame::REASON_MOST);
        let departure = read.errors.or(Departure { person, version, reason })?;
        evaluation::remove_juror(services, actor, reference, &departure).await?;
        return Done::see(format!("/marches/{reference}/evaluation/jury?fait=jure-retire"));
    }
    let mut read = form.read();
    let person: Option<PersonId> = read.value("evaluateur", Fault::NotAChoice);
    let person = read.errors.or(person)?.ok_or(Error::NotFound)?;
    evaluation::name_juror(services, actor, reference, person).await?;
    Done::see(format!("/marches/{reference}/evaluation/jury?fait=designe"))
}
