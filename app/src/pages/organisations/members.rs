use domain::{
    authz::{Action as _, InviteMember},
    fault::Fault,
    kernel::{
        EmailAddress,
        ids::{OrganisationId, PersonId},
    },
    organisation::{OrganisationKind, Role},
};
use leptos::prelude::*;
use service::{
    Error,
    store::{
        organisations,
        people::{self, Member},
    },
};

use super::words;
use crate::pages::{
    Cx, Done, Form, Page, Params, Shown, Submitted, ui,
    ui::Field,
    words::{of, t},
};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let organisation = organisations::find(cx.services(), params.parse("organisation")?).await?;
    if cx.actor()?.organisation() != organisation.id {
        return Err(Error::NotFound);
    }
    let members = people::members(cx.services(), cx.actor()?).await?;
    let may_invite = InviteMember::permits(cx.actor()?, &organisation);
    let leaving = params.query("retirer").parse::<PersonId>().ok();
    let leaving = members.iter().find(|member| may_invite && Some(member.id) == leaving).cloned();
    let title = t!(organisation.members_of, organisation = of(&organisation.name));
    Ok(Page::new(title.clone(), "/organisations", move || {
        view! {
            {ui::flash(&params)}
            {ui::errors(&form)}
            {ui::head(title)
                .back(format!("/organisations/{}", organisation.id), organisation.name.clone())
                .lede(t!(organisation.members_lede))
                .view()}
            <div class="stack">
                {leaving.map(|member| taking_away(&cx, member, &form))}
                {table(members, may_invite.then_some(organisation.id))}
                {may_invite.then(|| invitation(&cx, organisation.kind, &form))}
            </div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let organisation = params.parse("organisation")?;
    let mut read = form.read();
    if form.gesture() == "retirer" {
        let person = form.text("personne").parse().map_err(|_| Error::NotFound)?;
        let role = read.choice("role-retire", |code| Role::from_code(code).map(Some), None);
        let Some(role) = role else { return Err(read.errors.into()) };
        service::organisation::remove(cx.services(), cx.actor()?, organisation, person, role).await?;
        return Done::see(format!("/organisations/{organisation}/membres?fait=role-retire"));
    }
    let email = read.value::<EmailAddress>("courriel", Fault::NotEmail);
    let role = read.choice("role", |code| Role::from_code(code).map(Some), None);
    let (Some(email), Some(role)) = (email, role) else { return Err(read.errors.into()) };
    service::organisation::invite(cx.services(), cx.actor()?, organisation, &email, role).await?;
    Done::see(format!("/organisations/{organisation}/membres?fait=invitation"))
}

/// `managed`: the organisation whose roles the reader may take away.
pub(super) fn table(members: Vec<Member>, managed: Option<OrganisationId>) -> AnyView {
    let mut columns =
        Vec::from([t!(organisation.name), t!(organisation.roles), t!(organisation.email)].map(ui::column));
    columns.extend(managed.map(|_| ui::column(t!(organisation.actions))));
    let rows = members.into_iter().map(|member| {
        let row = ui::row(member.name.clone()).cell(words::roles(&member.roles)).cell(member.email.clone());
        match managed {
            Some(organisation) => row.cell(take_away(organisation, &member)),
            None => row,
        }
    });
    ui::table("membres", columns, rows).card(t!(organisation.members))
}

fn take_away(organisation: OrganisationId, member: &Member) -> AnyView {
    view! {
        <a href=format!("/organisations/{organisation}/membres?retirer={}", member.id)>
            {t!(organisation.take_away)}
            <span class="govuk-visually-hidden">" "{member.name.clone()}</span>
        </a>
    }
    .into_any()
}

/// The page that follows « Retirer »: which of the roles, and what stays.
fn taking_away(cx: &Cx, member: Member, form: &Form) -> AnyView {
    let roles = member.roles.iter().map(|role| (role.code().to_owned(), words::role(*role).to_owned())).collect();
    let id = member.id.to_string();
    view! {
        <section class="card prose stack" aria-labelledby="retirer">
            <h2 id="retirer">{t!(organisation.take_away_title, name = member.name)}</h2>
            <p class="quiet">{t!(organisation.take_away_lede)}</p>
            {ui::form(cx, view! {
                <input type="hidden" name="personne" value=id/>
                {Field::radios("role-retire", t!(organisation.role), roles).view(form)}
                <div class="row actions">
                    <button class="btn btn--danger" name="geste" value="retirer">{t!(organisation.take_away_send)}</button>
                </div>
            })}
        </section>
    }
    .into_any()
}

fn invitation(cx: &Cx, kind: OrganisationKind, form: &Form) -> AnyView {
    let roles: Vec<_> =
        kind.roles().iter().map(|role| (role.code().to_owned(), words::role(*role).to_owned())).collect();
    view! {
        <section class="prose stack" aria-labelledby="inviter">
            <h2 id="inviter">{t!(organisation.invite)}</h2>
            <p class="quiet">{t!(organisation.invite_lede)}</p>
            {ui::mail_note(cx)}
            {ui::form(cx, view! {
                {Field::email("courriel", t!(organisation.email)).view(form)}
                {Field::select("role", t!(organisation.role), roles).view(form)}
                <div class="row actions"><button class="btn">{t!(organisation.invite_send)}</button></div>
            })}
        </section>
    }
    .into_any()
}
