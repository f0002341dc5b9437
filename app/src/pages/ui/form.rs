use domain::refusal::Refusal;
use leptos::prelude::*;
use service::FormKey;

use crate::pages::{Cx, Form, form::KEY, sentence, words::t};

/// A form that posts to its page's own address, so that it can be shown again with everything typed.
pub fn form(cx: &Cx, children: impl IntoView + 'static) -> AnyView {
    view! { <form method="post" action=cx.path().to_owned() class="card" novalidate>{children}</form> }.into_any()
}

/// The hidden key of a form that makes a record: sent twice, it makes one. A form whose key has made its record already
/// gets another one, so that sending it again is a decision.
pub fn form_key(cx: &Cx, form: &Form) -> AnyView {
    let kept = form.text(KEY);
    let key = if kept.is_empty() || form.refusal == Some(Refusal::FormSpent) {
        FormKey::draw(cx.services())
    } else {
        kept.to_owned()
    };
    view! { <input type="hidden" name=KEY value=key/> }.into_any()
}

/// The summary of what is wrong, first in the main part; nothing when nothing is. A form that a lost session
/// interrupted says there that it is back.
pub fn errors(form: &Form) -> Option<AnyView> {
    if form.is_resumed() {
        let back = super::note("warn", t!(person.back), "");
        return Some(view! { <div role="status" class="flash">{back}</div> }.into_any());
    }
    if form.stale {
        return Some(summary(t!(refusal.title).to_owned(), vec![(None, t!(common.stale).to_owned())]));
    }
    if let Some(refusal) = &form.refusal {
        return Some(summary(t!(refusal.title).to_owned(), vec![(None, sentence::refusal(refusal))]));
    }
    let faults: Vec<_> =
        form.errors.iter().map(|(field, fault)| (Some(field.to_owned()), sentence::fault(field, fault))).collect();
    (!faults.is_empty()).then(|| summary(t!(common.error_title, n = faults.len()), faults))
}

fn summary(title: String, sentences: Vec<(Option<String>, String)>) -> AnyView {
    let items: Vec<_> = sentences
        .into_iter()
        .map(|(field, sentence)| match field {
            Some(field) => view! { <li><a href=format!("#{field}")>{sentence}</a></li> }.into_any(),
            None => view! { <li>{sentence}</li> }.into_any(),
        })
        .collect();
    view! {
        <div class="govuk-error-summary" tabindex="-1" role="alert" autofocus=true>
            <h2 class="govuk-error-summary__title">{title}</h2>
            <div class="govuk-error-summary__body">
                <ul class="govuk-list govuk-error-summary__list">{items}</ul>
            </div>
        </div>
    }
    .into_any()
}
