use domain::{
    authz::{Action as _, ManageUsers},
    central::{Framework, User},
    fault::Fault,
    kernel::{
        ids::OrganisationId,
        reference::TenderRef,
        time::{brussels, date_short_french},
    },
};
use leptos::prelude::*;
use service::{Error, central, store};

use super::PATH;
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted,
    ui::{self, Field, table::Row},
    words::t,
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let framework = store::central::find(cx.services(), cx.scope(), params.parse("reference")?).await?;
    if !ManageUsers::permits(cx.actor()?, &framework) {
        return Err(Error::NotFound);
    }
    let today = brussels(cx.services().now()).date();
    let accessions = store::central::accessions(cx.services(), cx.scope()).await?;
    let members: Vec<_> = accessions
        .into_iter()
        .filter(|accession| accession.body == framework.body && accession.ended_on.is_none_or(|end| end > today))
        .map(|accession| (accession.organisation.to_string(), accession.organisation_name))
        .collect();
    Ok(Page::new(t!(central.users), PATH, move || {
        let table = if framework.users.is_empty() {
            ui::empty(t!(central.no_user), t!(central.no_user_text), None)
        } else {
            table(&cx, &form, &framework)
        };
        let name = (!framework.stage.is_called_or_later()).then(|| name(&cx, &form, &framework, members));
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(t!(central.users))
                .back(format!("{PATH}/{}", framework.reference), framework.object.clone())
                .lede(t!(central.users_lede))
                .view()}
            <div class="stack">{table}{name}</div>
        }
        .into_any()
    }))
}

fn table(cx: &Cx, form: &Form, framework: &Framework) -> AnyView {
    let columns = [
        ui::column(t!(central.user)),
        ui::number(t!(central.reserved)),
        ui::column(t!(central.need)),
        ui::column(t!(central.part)),
    ];
    let rows = framework.users.iter().map(|user| row(cx, form, framework, user));
    ui::table("usagers", columns, rows).card(t!(central.users_count, n = framework.users.len()))
}

fn row(cx: &Cx, form: &Form, framework: &Framework, user: &User) -> Row {
    let nothing = || t!(central.nothing).to_owned();
    let need = user.need.as_ref().map_or_else(nothing, |need| {
        t!(central.need_line, estimate = need.estimate, quantity = need.quantity, on = date_short_french(need.on))
    });
    let part = match (user.accepted, &user.need) {
        (Some(accepted), _) => {
            let lower = framework.running.is_none().then(|| lower(cx, form, user));
            view! { <span>{accepted.part.to_string()}</span>{lower} }.into_any()
        }
        (None, Some(need)) => {
            let field = part_field(user.organisation);
            let label = t!(central.part_of, name = user.name);
            view! {
                <form method="post" action=cx.path().to_owned() class="stack-s" novalidate>
                    <input type="hidden" name="usager" value=user.organisation.to_string()/>
                    <input type="hidden" name="version" value=user.version/>
                    {Field::money(field, label).value(need.estimate.amount_french()).view(form)}
                    <button class="btn" name="geste" value="accepter">{t!(central.accept_need)}</button>
                </form>
            }
            .into_any()
        }
        (None, None) => view! { <span>{nothing()}</span> }.into_any(),
    };
    ui::row(user.name.clone())
        .cell(user.reserved.map_or_else(nothing, |amount| amount.to_string()))
        .cell(need)
        .cell(part)
}

/// Until the contract runs, what an entitled user has may become less.
fn lower(cx: &Cx, form: &Form, user: &User) -> AnyView {
    let label = t!(central.part_of, name = user.name);
    view! {
        <form method="post" action=cx.path().to_owned() class="stack-s" novalidate>
            <input type="hidden" name="usager" value=user.organisation.to_string()/>
            <input type="hidden" name="version" value=user.version/>
            {Field::money(part_field(user.organisation), label).view(form)}
            <button class="btn btn--second" name="geste" value="reduire">{t!(central.lower_part)}</button>
        </form>
    }
    .into_any()
}

/// Before the call: who may join later, and with how much.
fn name(cx: &Cx, form: &Form, framework: &Framework, members: Vec<(String, String)>) -> AnyView {
    view! {
        <section class="prose stack" aria-labelledby="nommer">
            <h2 id="nommer">{t!(central.name_user)}</h2>
            {ui::form(cx, view! {
                <input type="hidden" name="version-cadre" value=framework.version/>
                {Field::select("organisation", t!(central.user), members).hint(t!(central.name_user_hint)).view(form)}
                {Field::money("part", t!(central.reserve)).view(form)}
                <div class="row actions"><button class="btn" name="geste" value="nommer">{t!(central.name_user)}</button></div>
            })}
        </section>
    }
    .into_any()
}

fn part_field(organisation: OrganisationId) -> String {
    format!("part-{organisation}")
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let done = match form.gesture() {
        "nommer" => {
            let mut read = form.read();
            let organisation: Option<OrganisationId> = read.value("organisation", Fault::NotAChoice);
            let part = read.positive_money("part");
            let (organisation, part) = read.errors.or((organisation, part))?;
            let version = form.text("version-cadre").parse().unwrap_or_default();
            let organisation = organisation.ok_or(Error::NotFound)?;
            central::name_user(cx.services(), cx.actor()?, reference, version, organisation, part).await?;
            "usager-nomme"
        }
        "accepter" => {
            let organisation: OrganisationId = form.text("usager").parse().map_err(|_| Error::NotFound)?;
            let mut read = form.read();
            let part = read.positive_money(&part_field(organisation));
            let part = read.errors.or(part)?;
            let version = form.text("version").parse().unwrap_or_default();
            central::accept_user(cx.services(), cx.actor()?, reference, organisation, version, part).await?;
            "usager-admis"
        }
        "reduire" => {
            let organisation: OrganisationId = form.text("usager").parse().map_err(|_| Error::NotFound)?;
            let mut read = form.read();
            let part = read.positive_money(&part_field(organisation));
            let part = read.errors.or(part)?;
            let version = form.text("version").parse().unwrap_or_default();
            central::lower_part(cx.services(), cx.actor()?, reference, organisation, version, part).await?;
            "part-reduite"
        }
        _ => return Err(Error::NotFound),
    };
    Done::see(format!("{PATH}/{reference}/utilisateurs?fait={done}"))
}
