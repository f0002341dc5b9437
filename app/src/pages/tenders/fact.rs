//! The facts of a row of the trail, in words: what it was about, what changed from what to what, why.

use domain::{
    kernel::{
        Money,
        time::{date_french, date_time_french},
    },
    tender::{ActResult, Adhesion, Channel, Stage, Vehicle},
    voucher::Step,
};
use serde_json::Value;
use service::store::audit::Entry;

use super::words;
use crate::pages::{vouchers, words::t};

/// Label and value of each fact that people read; what only the program reads is left out, and so is everything that
/// could tell which firm asked or bids.
pub(super) fn in_words(entry: &Entry) -> Vec<(&'static str, String)> {
    if domain::audit::is_by_a_tenderer(&entry.action) {
        return Vec::new();
    }
    let Value::Object(facts) = &entry.facts else { return Vec::new() };
    facts.iter().filter_map(|(key, value)| Some((label(key)?, value_of(key, value)))).collect()
}

fn label(key: &str) -> Option<&'static str> {
    Some(match key {
        "stage" => t!(history.fact_stage),
        "object" => t!(history.fact_object),
        "description" => t!(history.fact_description),
        "cpv" => t!(history.fact_cpv),
        "nature" => t!(history.fact_nature),
        "vehicle" => t!(history.fact_vehicle),
        "procedure" => t!(history.fact_procedure),
        "channel" => t!(history.fact_channel),
        "procedure_reason" => t!(history.fact_procedure_reason),
        "lots_reason" => t!(history.fact_lots_reason),
        "estimate" => t!(history.fact_estimate),
        "share_key" => t!(history.fact_share_key),
        "share_fixed" => t!(history.fact_share_fixed),
        "share_min" => t!(history.fact_share_min),
        "share_max" => t!(history.fact_share_max),
        "organisation" => t!(history.fact_organisation),
        "invited" => t!(history.fact_invited),
        "withdrawn" => t!(history.fact_withdrawn),
        "firms" => t!(history.fact_firms),
        "adhesion" => t!(history.fact_adhesion),
        "number" => t!(history.fact_number),
        "deliberated_on" | "decided_on" => t!(history.fact_decided_on),
        "mandate_signed_on" => t!(history.fact_mandate),
        "budget_article" => t!(history.fact_article),
        "file" => t!(history.fact_file),
        "remark" => t!(history.fact_remark),
        "organ" => t!(history.fact_organ),
        "result" => t!(history.fact_result),
        "questions" => t!(history.fact_questions),
        "questions_until" => t!(history.fact_questions_until),
        "deposit_until" => t!(history.fact_deposit_until),
        "notice" => t!(history.fact_notice),
        "notice_sent_on" => t!(history.fact_notice_sent_on),
        "answer" => t!(history.fact_answer),
        "reference" => t!(history.fact_reference),
        "sha256" => t!(history.fact_sha256),
        "warnings" => t!(history.fact_warnings),
        "unpaid_vouchers" => t!(history.fact_unpaid_vouchers),
        "reason" => t!(history.fact_reason),
        "reasons" => t!(history.fact_reasons),
        "lender" => t!(history.fact_lender),
        "borrower" => t!(history.fact_borrower),
        "amount" => t!(history.fact_amount),
        "body" => t!(central.body),
        "reserved" => t!(central.reserved),
        "part" => t!(central.part),
        "convention_on" => t!(central.convention_on),
        "transmitted_on" => t!(central.transmitted_on),
        "ended_on" => t!(central.ended_on),
        _ => return None,
    })
}

fn value_of(key: &str, value: &Value) -> String {
    match value {
        Value::Object(change) => {
            let side = |side| change.get(side).map(|value| value_of(key, value)).unwrap_or_default();
            let or_none = |text: String| if text.is_empty() { "–".to_owned() } else { text };
            t!(history.change, before = or_none(side("before")), after = or_none(side("after")))
        }
        // Which ones are a program's names.
        Value::Array(questions) if key == "questions" => questions.len().to_string(),
        Value::Array(items) => items.iter().map(|item| value_of(key, item)).collect::<Vec<_>>().join(", "),
        Value::String(text) => in_french(key, text),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => if *yes { t!(history.yes) } else { t!(history.no) }.to_owned(),
        Value::Null => String::new(),
    }
}

/// Codes, amounts and dates are kept as programs write them; a text that is neither stays as it is.
fn in_french(key: &str, text: &str) -> String {
    let known = match key {
        "stage" => Stage::from_code(text).map(words::stage),
        "nature" => text.parse().ok().map(words::nature),
        "vehicle" => Vehicle::from_code(text).map(words::vehicle),
        "procedure" => text.parse().ok().map(words::procedure),
        "channel" => Channel::from_code(text).map(words::channel),
        "adhesion" => Adhesion::from_code(text).map(words::adhesion),
        "organ" => domain::tender::Organ::from_code(text).map(words::organ),
        "result" => ActResult::from_code(text).map(super::cards::result_word).filter(|word| !word.is_empty()),
        // Of a question the answer is a text, of an order voucher a step.
        "answer" => Step::from_code(text).map(vouchers::words::step),
        "file" => Some(t!(history.attached)),
        "share_key" => match text {
            "equal" => Some(t!(tender.key_equal)),
            "population" => Some(t!(tender.key_population)),
            _ => None,
        },
        _ => None,
    };
    if let Some(word) = known {
        return word.to_owned();
    }
    match key {
        "estimate" | "share_min" | "share_max" | "amount" | "reserved" | "part" => {
            Money::parse_iso(text).map_or_else(|_| text.to_owned(), |money| money.to_string())
        }
        "warnings" => warning(text),
        _ => match (text.parse(), text.parse()) {
            (Ok(date), _) => date_french(date),
            (_, Ok(at)) => date_time_french(at),
            (Err(_), Err(_)) => text.to_owned(),
        },
    }
}

/// `delay_too_short (Loi du 17 juin 2016, art. 36)`: the rule in words, its source as it was told.
fn warning(text: &str) -> String {
    let (code, source) = text.split_once(' ').unwrap_or((text, ""));
    let rule = match code {
        "procedure_limit" => t!(history.warning_procedure_limit),
        "procedure_case" => t!(history.warning_procedure_case),
        "procedure_nature" => t!(history.warning_procedure_nature),
        "delay_too_short" => t!(history.warning_delay_too_short),
        "lots_reason_missing" => t!(history.warning_lots_reason_missing),
        "legality_opinion_missing" => t!(history.warning_legality_opinion_missing),
        "opinion_unfavourable" => t!(history.warning_opinion_unfavourable),
        "above_delegation" => t!(history.warning_above_delegation),
        "channel_not_free" => t!(history.warning_channel_not_free),
        "accession_not_sent" => t!(history.warning_accession_not_sent),
        "answer_late" => t!(history.warning_answer_late),
        other => other,
    };
    format!("{rule} {source}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reads_from_what_to_what() {
        let change = serde_json::json!({ "before": "104000.00", "after": "120000.00" });

        assert_eq!(value_of("estimate", &change), "104\u{202f}000,00\u{a0}€ → 120\u{202f}000,00\u{a0}€");
        assert_eq!(value_of("adhesion", &Value::from("adhered")), "Adhère");
        assert_eq!(value_of("answer", &Value::from("decline")), t!(voucher.step_decline));
        assert_eq!(value_of("answer", &Value::from("Oui, avant le 1er mars.")), "Oui, avant le 1er mars.");
        assert_eq!(value_of("questions", &serde_json::json!(["duree", "lots_motif"])), "2");
        assert_eq!(value_of("decided_on", &Value::from("2026-11-23")), "23 novembre 2026");
        assert_eq!(
            value_of("mandate_signed_on", &serde_json::json!({ "before": "", "after": "2026-11-03" })),
            "– → 3 novembre 2026"
        );
    }

    #[test]
    fn a_warning_is_told_with_its_source() {
        let told = value_of("warnings", &serde_json::json!(["delay_too_short (Loi du 17 juin 2016, art. 36)"]));

        assert_eq!(told, "délai trop court (Loi du 17 juin 2016, art. 36)");
    }
}
