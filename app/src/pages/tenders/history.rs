//! The trail in words.

use domain::{
    audit::Outcome,
    kernel::time::{brussels, date_time_french},
    tender::Stage,
};
use leptos::prelude::*;
use service::store::audit::Entry;

use super::words;
use crate::pages::words::t;

/// The latest entries, newest first, and the way to all of them.
pub(crate) fn card(entries: Vec<Entry>, all: String) -> AnyView {
    let items: Vec<_> = entries.into_iter().map(|entry| item(entry, None)).collect();
    view! {
        <section class="card" aria-labelledby="historique">
            <h2 id="historique">{t!(history.title)}</h2>
            <ol class="line">{items}</ol>
            <p class="small gap-s"><a href=all>{t!(history.all)}</a></p>
        </section>
    }
    .into_any()
}

/// One entry, with what it changed where that is told.
pub(super) fn item(entry: Entry, facts: Option<AnyView>) -> AnyView {
    let at = brussels(entry.at);
    // The row keeps the name; nobody reads on a file which firm asked or bids.
    let who = if domain::audit::is_by_a_tenderer(&entry.action) { String::new() } else { entry.who.clone() };
    let class = if entry.outcome == Outcome::Done { "mark" } else { "" };
    let outcome = match entry.outcome {
        Outcome::Done => None,
        Outcome::Refused => Some(t!(history.refused)),
        Outcome::Denied => Some(t!(history.denied)),
    };
    view! {
        <li class=class>
            {told(&entry)}
            {outcome.map(|word| view! { " "<span class="quiet">{word}</span> })}
            <br/>
            <span class="who">
                <time datetime=at.format("%Y-%m-%dT%H:%M").to_string()>{date_time_french(at)}</time>
                {(!who.is_empty()).then(|| format!(" · {}", named_once(&who)))}
            </span>
            {facts}
        </li>
    }
    .into_any()
}

/// « Agent marchés publics de Namur, Namur »: a name that tells its organisation is not followed by it.
pub(crate) fn named_once(who: &str) -> &str {
    match who.rsplit_once(", ") {
        Some((name, organisation)) if name.ends_with(organisation) => name,
        Some(_) | None => who,
    }
}

/// The sentence of the action, with the step that it made or the name that it concerned.
fn told(entry: &Entry) -> String {
    let sentence = sentence(&entry.action);
    let text = |key: &str| entry.facts.get(key).and_then(|value| value.as_str());
    let stage = entry.facts.get("stage").and_then(|change| change.get("after")?.as_str()).and_then(Stage::from_code);
    // « Attribution décidée » already names the step.
    if let Some(after) = stage.map(words::stage).filter(|after| *after != sentence) {
        return t!(history.step, sentence = sentence, after = after);
    }
    match text("organisation").or(text("invited")).or(text("number")) {
        Some(detail) => t!(history.about, sentence = sentence, detail = detail),
        None => sentence.to_owned(),
    }
}

/// What an action is called in the trail; a new action without a sentence is caught by a test.
pub(crate) fn sentence(action: &str) -> &'static str {
    match action {
        "need.describe" => t!(history.need_describe),
        "need.join" => t!(history.need_join),
        "tender.plan" => t!(history.tender_plan),
        "tender.change" => t!(history.tender_change),
        "tender.answer" => t!(history.tender_answer),
        "specification.draft" => t!(history.specification_draft),
        "tender.ask_opinion" => t!(history.tender_ask_opinion),
        "tender.give_opinion" => t!(history.tender_give_opinion),
        "tender.adopt" => t!(history.tender_adopt),
        "tender.ask_coordinator" => t!(history.tender_ask_coordinator),
        "tender.give_coordinator" => t!(history.tender_give_coordinator),
        "call.publish" => t!(history.call_publish),
        "call.ask" => t!(history.call_ask),
        "call.answer" => t!(history.call_answer),
        "evaluation.read" => t!(history.evaluation_read),
        "evaluation.assess" => t!(history.evaluation_assess),
        "evaluation.jury" => t!(history.evaluation_jury),
        "evaluation.declare" => t!(history.evaluation_declare),
        "evaluation.score" => t!(history.evaluation_score),
        "evaluation.close" => t!(history.evaluation_close),
        "evaluation.answer_request" => t!(history.evaluation_answer_request),
        "tender.give_up" => t!(history.tender_give_up),
        "award.propose" => t!(history.award_propose),
        "award.decide" => t!(history.award_decide),
        "award.inform" => t!(history.award_inform),
        "award.suspend" => t!(history.award_suspend),
        "award.supervise" => t!(history.award_supervise),
        "award.conclude" => t!(history.award_conclude),
        "award.annul" => t!(history.award_annul),
        "award.surety" => t!(history.award_surety),
        "award.accept" => t!(history.award_accept),
        "award.close" => t!(history.award_close),
        "award.terminate" => t!(history.award_terminate),
        "contract.revise" => t!(history.contract_revise),
        "contract.modify" => t!(history.contract_modify),
        "contract.penalise" => t!(history.contract_penalise),
        "contract.advance" => t!(history.contract_advance),
        "contract.defend" => t!(history.contract_defend),
        "organisation.edit" => t!(history.organisation_edit),
        "organisation.remove" => t!(history.organisation_remove),
        "organisation.invite" => t!(history.organisation_invite),
        "organisation.register" => t!(history.organisation_register),
        "organisation.confirm" => t!(history.organisation_confirm),
        "organisation.join" => t!(history.organisation_join),
        "parameter.edit" => t!(history.parameter_edit),
        "central.offer" => t!(history.central_offer),
        "central.adhere" => t!(history.central_adhere),
        "central.accept" => t!(history.central_accept),
        "central.transmit" => t!(history.central_transmit),
        "central.withdraw" => t!(history.central_withdraw),
        "central.need" => t!(history.central_need),
        "central.users" => t!(history.central_users),
        "voucher.draft" => t!(history.voucher_draft),
        "voucher.edit" => t!(history.voucher_edit),
        "voucher.check" => t!(history.voucher_check),
        "voucher.approve" => t!(history.voucher_approve),
        "voucher.send" => t!(history.voucher_send),
        "voucher.answer" => t!(history.voucher_answer),
        "voucher.deliver" => t!(history.voucher_deliver),
        "voucher.surety" => t!(history.voucher_surety),
        "voucher.accept" => t!(history.voucher_accept),
        "voucher.invoice" => t!(history.voucher_invoice),
        "voucher.receive_invoice" => t!(history.voucher_receive_invoice),
        "voucher.judge_invoice" => t!(history.voucher_judge_invoice),
        "voucher.pay" => t!(history.voucher_pay),
        "voucher.close" => t!(history.voucher_close),
        "voucher.cancel" => t!(history.voucher_cancel),
        "loan.propose" => t!(history.loan_propose),
        "loan.agree" => t!(history.loan_agree),
        "loan.withdraw" => t!(history.loan_withdraw),
        "offer.write" => t!(history.offer_write),
        "offer.submit" => t!(history.offer_submit),
        "offer.received" => t!(history.offer_received),
        "offer.withdraw" => t!(history.offer_withdraw),
        "offer.withdrawn" => t!(history.offer_withdrawn),
        "offer.type" => t!(history.offer_type),
        "offer.open" => t!(history.offer_open),
        _ => t!(history.other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_tells_its_organisation_is_not_followed_by_it() {
        assert_eq!(named_once("Agent marchés publics de Namur, Namur"), "Agent marchés publics de Namur");
        assert_eq!(named_once("Claire Delvaux, Namur"), "Claire Delvaux, Namur");
    }

    #[test]
    fn every_action_has_a_sentence_of_its_own() {
        let silent: Vec<_> = domain::authz::actions().filter(|action| sentence(action) == t!(history.other)).collect();

        assert_eq!(silent, Vec::<&str>::new());
    }
}
