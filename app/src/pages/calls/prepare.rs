use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action as _, Actor, PublishCall, Reach},
    kernel::{
        ids::OrganisationId,
        reference::TenderRef,
        time::{brussels, date_french},
    },
    organisation::OrganisationKind,
    parameter::ParameterSet,
    refusal::Refusal,
    tender::{Stage, Tender, advised_questions_day},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors, call,
    store::{self, invitations::Firm},
};

use super::{check, form as read, sent, warnings};
use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?.clone();
    let tender = store::tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    if !is_in_the_file(&actor, &tender) {
        return Err(Error::NotFound);
    }
    let form = searched(&params, form);
    if tender.published_at.is_some() {
        return sent::page(cx, params, form, tender).await;
    }
    let parameters = store::parameters::set(cx.services()).await?;
    let now = cx.services().now();
    let is_checked = ["verifier", "lancer"].contains(&form.gesture())
        && form.errors.is_empty()
        && matches!(form.refusal, None | Some(Refusal::WarningsNeedAReason));
    if is_checked {
        let draft = read::call(&form, &tender, &parameters, now)?;
        let foreseen = call::foresee(cx.services(), &actor, reference, &draft).await?;
        let specification = store::specifications::editions(cx.services(), tender.id).await?.into_iter().next();
        let deposit = brussels(draft.deposit_until).date();
        let on = draft.notice.as_ref().map_or_else(|| brussels(now).date(), |notice| notice.sent_on);
        let advice = advised_questions_day(&parameters, on, deposit).ok().flatten();
        return Ok(check::page(cx, form, tender, draft, foreseen, advice, specification));
    }

    let is_ready = matches!(tender.stage, Stage::Adopted | Stage::CoordinatorOpinion);
    let may = PublishCall::permits(&actor, &tender);
    let firms = Firms::find(&cx, &form).await?;
    let defaults = Defaults::of(&tender, &parameters, now)?;
    Ok(Page::new(t!(call.prepare), "/marches", move || {
        let body = match (is_ready, may) {
            (false, _) => ui::note("", t!(call.not_ready), t!(call.not_ready_text)),
            (true, false) => ui::note("", t!(call.pilot_prepares), t!(call.pilot_prepares_text)),
            (true, true) => fields(&cx, &form, &tender, &defaults, firms),
        };
        view! {
            {ui::errors(&form)}
            {ui::head(t!(call.prepare))
                .back(format!("/marches/{reference}"), format!("{reference}, {}", tender.plan.object))
                .lede(t!(call.prepare_lede))
                .view()}
            <div class="prose stack">{body}</div>
        }
        .into_any()
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let reference: TenderRef = params.parse("reference")?;
    let actor = cx.actor()?;
    if form.gesture() == "inviter" {
        let chosen = read::firms(&form).ok_or_else(not_a_firm)?;
        call::invite(cx.services(), actor, reference, &chosen).await?;
        return Done::see(format!("/marches/{reference}/appel?fait=invites"));
    }
    let tender = store::tenders::find(cx.services(), cx.scope(), reference).await?.tender;
    let parameters = store::parameters::set(cx.services()).await?;
    let draft = read::call(&form, &tender, &parameters, cx.services().now())?;
    if form.gesture() == "lancer" {
        call::publish(cx.services(), actor, reference, &draft).await?;
        return Done::see(format!("/marches/{reference}/appel?fait=appel"));
    }
    call::foresee(cx.services(), actor, reference, &draft).await?;
    // Nothing is wrong: the page comes back, as the summary of what will happen.
    Err(FieldErrors::none().into())
}

fn not_a_firm() -> Error {
    FieldErrors::one("pme", domain::fault::Fault::NotAChoice).into()
}

/// Firms read the public page; coordinators and auditors read every file.
fn is_in_the_file(actor: &Actor, tender: &Tender) -> bool {
    tender.participant(actor.organisation()).is_some() || actor.scope().reach() == Reach::Everything
}

/// Looking for firms sends the whole form by GET: what was typed stands in the address and comes back.
fn searched(params: &Params, form: Form) -> Form {
    if form.was_sent() || params.query("geste").is_empty() {
        form
    } else {
        Form::sent(params.query.clone(), Vec::new())
    }
}

/// The firms to tick: those that are ticked, then those that were looked for.
pub(super) struct Firms {
    choices: Vec<(String, String)>,
    more: bool,
}

const FIRMS_SHOWN: u64 = 20;

impl Firms {
    pub(super) async fn find(cx: &Cx, form: &Form) -> Result<Self, Error> {
        let chosen = match read::firms(form) {
            Some(ids) => store::invitations::firms(cx.services(), &ids).await.unwrap_or_default(),
            None => Vec::new(),
        };
        let (found, count) =
            store::organisations::search(cx.services(), &[OrganisationKind::Sme], form.text("cherche"), 0, FIRMS_SHOWN)
                .await?;
        let is_chosen = |id: OrganisationId| chosen.iter().any(|firm: &Firm| firm.id == id);
        let mut choices: Vec<_> = chosen.iter().map(|firm| (firm.id.to_string(), firm.name.clone())).collect();
        choices.extend(
            found.iter().filter(|firm| !is_chosen(firm.id)).map(|firm| (firm.id.to_string(), firm.name.clone())),
        );
        Ok(Self { choices, more: count > FIRMS_SHOWN })
    }

    pub(super) fn without(mut self, there: &[OrganisationId]) -> Self {
        self.choices.retain(|(id, _)| !there.iter().any(|known| known.to_string() == *id));
        self
    }

    /// The search, and the firms to tick.
    pub(super) fn view(self, form: &Form, label: &'static str, hint: &'static str) -> AnyView {
        let more = self.more.then(|| view! { <p class="small quiet">{t!(call.firms_more)}</p> });
        let ticks = if self.choices.is_empty() {
            view! { <p class="quiet">{t!(call.firms_none)}</p> }.into_any()
        } else {
            Field::ticks("pme", label, self.choices, Vec::new()).hint(hint).view(form)
        };
        view! {
            <div class="fields">
                {Field::short("cherche", t!(call.firms_search), 20).view(form)}
                <div class="govuk-form-group">
                    <button class="btn btn--second" formmethod="get" name="geste" value="chercher">{t!(call.search)}</button>
                </div>
            </div>
            {ticks}
            {more}
        }
        .into_any()
    }
}

/// The day that stands in the field of the deposit before anybody types, and why each day is advised.
struct Defaults {
    deposit: Option<NaiveDate>,
    deposit_hint: String,
    questions_hint: String,
}

impl Defaults {
    fn of(tender: &Tender, parameters: &ParameterSet, now: DateTime<Utc>) -> Result<Self, Error> {
        let today = brussels(now).date();
        let missing = |missing: domain::parameter::MissingParameter| {
            Error::Refused(Refusal::MissingParameter { key: missing.key, on: missing.on })
        };
        let earliest = tender.earliest_deposit(parameters, today).map_err(missing)?;
        let deposit_hint = match &earliest {
            Some((day, figure)) => t!(call.deposit_hint, day = date_french(*day), source = warnings::source(figure)),
            None => t!(call.deposit_hint_free).to_owned(),
        };
        let deposit = earliest.map(|(day, _)| day);
        let advice = advised_questions_day(parameters, today, deposit.unwrap_or(today)).map_err(missing)?;
        let source = advice.map(|advice| warnings::source(&advice.figure)).unwrap_or_default();
        Ok(Self { deposit, deposit_hint, questions_hint: t!(call.questions_hint, source = source) })
    }
}

const USUAL_HOUR: &str = "11:00";

fn fields(cx: &Cx, form: &Form, tender: &Tender, defaults: &Defaults, firms: Firms) -> AnyView {
    let notice = tender.needs_a_notice().then(|| {
        view! {
            <h2>{t!(call.notice)}</h2>
            <p class="quiet gap-s">{t!(call.notice_lede)}</p>
            <div class="gap-s">
                {Field::short("avis", t!(call.notice_number), 20).view(form)}
                {Field::date("envoi", t!(call.notice_sent_on), None).view(form)}
            </div>
        }
    });
    let label = if tender.needs_invitations() { t!(call.firms) } else { t!(call.firms_optional) };
    let hint = if tender.needs_invitations() { t!(call.firms_hint) } else { t!(call.firms_optional_hint) };
    ui::form(
        cx,
        view! {
            <h2>{t!(call.dates)}</h2>
            <div class="gap-s">
                {Field::date("depot", t!(call.deposit_day), defaults.deposit).hint(defaults.deposit_hint.clone()).view(form)}
                {Field::short("depot-heure", t!(call.deposit_hour), 5).value(USUAL_HOUR).hint(t!(call.hour_hint)).view(form)}
                {Field::date("questions", t!(call.questions_day), None).hint(defaults.questions_hint.clone()).view(form)}
                {Field::short("questions-heure", t!(call.questions_hour), 5).value(USUAL_HOUR).view(form)}
            </div>
            {notice}
            <h2>{t!(call.invitations)}</h2>
            <div class="gap-s">{firms.view(form, label, hint)}</div>
            <div class="row actions">
                <button class="btn" name="geste" value="verifier">{t!(call.check)}</button>
                <span class="small quiet">{t!(call.check_hint)}</span>
            </div>
        },
    )
}
