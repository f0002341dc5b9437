//! Invitations that nobody answers, and how the pilot takes them back.

use domain::tender::{Participant, Tender};
use leptos::prelude::*;

use crate::pages::{Cx, ui, words::t};

/// One button for each authority that was invited and did not answer; nothing when all have.
pub(super) fn card(cx: &Cx, tender: &Tender) -> Option<AnyView> {
    let waiting: Vec<_> = tender
        .participants
        .iter()
        .filter(|participant| tender.may_withdraw_invitation(participant.organisation).is_ok())
        .map(|participant| row(cx, participant))
        .collect();
    (!waiting.is_empty()).then(|| {
        view! {
            <section class="prose stack" aria-labelledby="retirer">
                <h2 id="retirer">{t!(tender.withdraw_title)}</h2>
                <p class="quiet">{t!(tender.withdraw_lede)}</p>
                {waiting}
            </section>
        }
        .into_any()
    })
}

fn row(cx: &Cx, participant: &Participant) -> AnyView {
    let name = participant.name.clone();
    let button = view! {
        <input type="hidden" name="organisation" value=participant.organisation.to_string()/>
        <div class="row row--apart">
            <span>{name.clone()}</span>
            <button class="btn btn--second btn--s" name="geste" value="retirer">
                {t!(tender.withdraw)}<span class="govuk-visually-hidden">" "{name}</span>
            </button>
        </div>
    };
    ui::form(cx, button).into_any()
}
