//! The letters that a call sends. Pure: facts in, subject and text out; the words are in files.

use chrono::{DateTime, Utc};
use domain::{
    kernel::{
        reference::TenderRef,
        time::{brussels, weekday_date_french_inline},
    },
    tender::Channel,
};

use serde_json::{Map, Value};

use crate::{Error, mail::written, store::questions::Question};

/// A letter, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// What the letters of one call say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFacts {
    /// Without a slash at its end.
    pub base_url: String,
    pub reference: TenderRef,
    pub object: String,
    pub pilot: String,
    pub channel: Channel,
    pub questions_until: Option<DateTime<Utc>>,
    pub deposit_until: Option<DateTime<Utc>>,
}

/// To a firm that is invited: subject and text.
///
/// # Errors
/// A fact lacks in the template; so for the others.
pub fn invitation(call: &CallFacts) -> Result<(String, String), Error> {
    let how = match call.channel {
        Channel::Hosted => include_str!("../mail/templates/call_hosted.txt"),
        Channel::EProcurement => include_str!("../mail/templates/call_platform.txt"),
    };
    let mut facts = call.facts();
    facts.insert("how".to_owned(), how.trim_end().into());
    written(include_str!("../mail/templates/call_invitation.txt"), &facts)
}

/// To the pilot: subject and text.
///
/// # Errors
/// As [`invitation`].
pub fn question_asked(call: &CallFacts, question: &Question) -> Result<(String, String), Error> {
    written(include_str!("../mail/templates/call_question.txt"), &asked(call, question))
}

/// To a firm that waits for the answers: subject and text.
///
/// # Errors
/// As [`invitation`].
pub fn question_answered(call: &CallFacts, question: &Question) -> Result<(String, String), Error> {
    let mut facts = asked(call, question);
    let answer = question.answer.as_ref().map_or("", |answer| &answer.text);
    facts.insert("answer".to_owned(), answer.into());
    written(include_str!("../mail/templates/call_answer.txt"), &facts)
}

impl CallFacts {
    fn facts(&self) -> Map<String, Value> {
        let facts = [
            ("home", self.base_url.clone()),
            ("address", format!("{}/appels/{}", self.base_url, self.reference)),
            ("reference", self.reference.to_string()),
            ("object", self.object.clone()),
            ("pilot", self.pilot.clone()),
            ("questions_until", until(self.questions_until)),
            ("deposit_until", until(self.deposit_until)),
        ];
        facts.into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect()
    }
}

fn asked(call: &CallFacts, question: &Question) -> Map<String, Value> {
    let article = question.article.as_ref().map(|article| format!("(article {article}) ")).unwrap_or_default();
    let mut facts = call.facts();
    facts.insert("number".to_owned(), question.number.to_string().into());
    facts.insert("question".to_owned(), format!("{article}{}", question.text).into());
    facts
}

/// `jeudi 26 novembre 2026 à 11:00`.
fn until(instant: Option<DateTime<Utc>>) -> String {
    instant.map(brussels).map_or_else(String::new, |local| {
        format!("{} à {}", weekday_date_french_inline(local.date()), local.format("%H:%M"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_says_what_until_when_and_where() {
        let facts = CallFacts {
            base_url: "https://beffroi.example".to_owned(),
            reference: "MP-2026-0001".parse().expect("a reference"),
            object: "Guichet citoyen".to_owned(),
            pilot: "Namur".to_owned(),
            channel: Channel::Hosted,
            questions_until: "2026-12-14T10:00:00Z".parse().ok(),
            deposit_until: "2026-12-21T10:00:00Z".parse().ok(),
        };

        let (subject, text) = invitation(&facts).expect("every fact is given");

        assert_eq!(subject, "MP-2026-0001\u{a0}: invitation à remettre offre, Guichet citoyen");
        assert!(text.contains("Offres\u{a0}: jusqu’au lundi 21 décembre 2026 à 11:00"), "{text}");
        assert!(text.contains("https://beffroi.example/appels/MP-2026-0001"), "{text}");
    }
}
