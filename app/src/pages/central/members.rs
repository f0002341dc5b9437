use chrono::NaiveDate;
use domain::{
    authz::{AcceptAccession, Action as _, Actor},
    central::Accession,
    kernel::time::{brussels, date_short_french},
};
use leptos::prelude::*;
use service::{Error, central, store};

use super::{PATH, words};
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    ui::{self, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let actor = cx.actor()?.clone();
    if !actor.kind().is_contracting_authority() {
        return Err(Error::NotFound);
    }
    let found = store::central::accessions(cx.services(), cx.scope()).await?;
    let found: Vec<_> = found.into_iter().filter(|accession| accession.body == actor.organisation()).collect();
    let today = brussels(cx.services().now()).date();
    Ok(Page::new(t!(central.members), PATH, move || {
        let body = if found.is_empty() {
            ui::empty(t!(central.no_member), t!(central.no_member_text), None)
        } else {
            table(&cx, &found, &actor, today)
        };
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(central.members)).back(PATH, t!(central.list)).lede(t!(central.members_lede)).view()}
            {body}
        }
        .into_any()
    }))
}

fn table(cx: &Cx, found: &[Accession], actor: &Actor, today: NaiveDate) -> AnyView {
    let columns = [
        ui::column(t!(central.member)),
        ui::column(t!(central.council)),
        ui::column(t!(central.convention_on)),
        ui::column(t!(central.state)),
    ];
    let rows = found.iter().map(|accession| row(cx, accession, actor, today));
    ui::table("adherents", columns, rows).card(t!(central.members_count, n = found.len()))
}

fn row(cx: &Cx, accession: &Accession, actor: &Actor, today: NaiveDate) -> Row {
    let may = accession.may_accept().is_ok() && AcceptAccession::permits(actor, accession);
    let accept = may.then(|| {
        view! {
            <form method="post" action=cx.path().to_owned()>
                <input type="hidden" name="adhesion" value=accession.id.to_string()/>
                <input type="hidden" name="version" value=accession.version/>
                <button class="btn">
                    {t!(central.accept)}<span class="govuk-visually-hidden">" "{accession.organisation_name.clone()}</span>
                </button>
            </form>
        }
    });
    let state = words::standing(accession.standing(today));
    ui::row(accession.organisation_name.clone())
        .cell(words::deliberation(accession))
        .cell(date_short_french(accession.draft.convention_on))
        .cell(view! { <div class="stack-s"><p>{state}</p>{accept}</div> })
}

pub(crate) async fn submit(cx: Cx, _: Params, form: Form) -> Submitted {
    let id = form.text("adhesion").parse().map_err(|_| Error::NotFound)?;
    let version = form.text("version").parse().unwrap_or_default();
    central::accept(cx.services(), cx.actor()?, id, version).await?;
    Done::see(format!("{PATH}/adherents?fait=adhesion-acceptee"))
}
