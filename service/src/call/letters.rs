//! The words of the letters that a call sends. Pure: facts in, subject and text out.

use chrono::{DateTime, Utc};
use domain::{
    kernel::{
        reference::TenderRef,
        time::{brussels, weekday_date_french_inline},
    },
    tender::Channel,
};

use crate::store::questions::Question;

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
pub fn invitation(call: &CallFacts) -> (String, String) {
    let CallFacts { reference, object, pilot, .. } = call;
    let how = match call.channel {
        Channel::Hosted => "Vous déposez votre offre dans Beffroi, avec votre compte d’entreprise.",
        Channel::EProcurement => "Vous déposez votre offre sur la plateforme fédérale e-Procurement.",
    };
    let text = format!(
        "Madame, Monsieur,\n\n\
         {pilot} vous invite à remettre offre pour le marché {reference}, «\u{a0}{object}\u{a0}».\n\n\
         Questions\u{a0}: jusqu’au {}\n\
         Offres\u{a0}: jusqu’au {}\n\n\
         {how}\n\
         Le cahier spécial des charges, les questions et les réponses sont ici\u{a0}:\n{}\n\n\
         {pilot}\n",
        until(call.questions_until),
        until(call.deposit_until),
        address(call),
    );
    (format!("{reference}\u{a0}: invitation à remettre offre, {object}"), text)
}

/// To the pilot: subject and text.
pub fn question_asked(call: &CallFacts, question: &Question) -> (String, String) {
    let CallFacts { reference, object, base_url, .. } = call;
    let number = question.number;
    let text = format!(
        "Bonjour,\n\n\
         Une entreprise pose la question {number} sur le marché {reference}, «\u{a0}{object}\u{a0}»\u{a0}:\n\n\
         {}{}\n\n\
         Votre réponse sera publique, la question restera anonyme. Répondez ici\u{a0}:\n\
         {base_url}/marches/{reference}/questions\n",
        article(question),
        question.text,
    );
    (format!("{reference}\u{a0}: question {number} à laquelle répondre"), text)
}

/// To a firm that waits for the answers: subject and text.
pub fn question_answered(call: &CallFacts, question: &Question) -> (String, String) {
    let CallFacts { reference, object, pilot, .. } = call;
    let number = question.number;
    let text = format!(
        "Madame, Monsieur,\n\n\
         {pilot} a répondu à la question {number} sur le marché {reference}, «\u{a0}{object}\u{a0}».\n\n\
         Question\u{a0}: {}{}\n\n\
         Réponse\u{a0}: {}\n\n\
         Offres\u{a0}: jusqu’au {}\n\
         Toutes les questions et réponses\u{a0}:\n{}\n\n\
         {pilot}\n",
        article(question),
        question.text,
        question.answer.as_ref().map_or("", |answer| &answer.text),
        until(call.deposit_until),
        address(call),
    );
    (format!("{reference}\u{a0}: réponse à la question {number}"), text)
}

fn article(question: &Question) -> String {
    question.article.as_ref().map(|article| format!("(article {article}) ")).unwrap_or_default()
}

fn address(call: &CallFacts) -> String {
    format!("{}/appels/{}", call.base_url, call.reference)
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

        let (subject, text) = invitation(&facts);

        assert_eq!(subject, "MP-2026-0001\u{a0}: invitation à remettre offre, Guichet citoyen");
        assert!(text.contains("Offres\u{a0}: jusqu’au lundi 21 décembre 2026 à 11:00"), "{text}");
        assert!(text.contains("https://beffroi.example/appels/MP-2026-0001"), "{text}");
    }
}
