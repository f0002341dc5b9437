use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Error;

/// The letters of Beffroi, with the facts that each needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case")]
pub enum Template {
    /// Join this organisation.
    Invitation { organisation: String },
    /// Choose a new password.
    Password,
    /// Confirm the registration of this firm.
    Confirmation { firm: String },
}

/// A letter, ready to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) subject: String,
    pub(super) text: String,
}

impl Template {
    /// First line: the subject; then the text.
    fn source(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => include_str!("templates/invitation.txt"),
            Self::Password => include_str!("templates/password.txt"),
            Self::Confirmation { .. } => include_str!("templates/confirmation.txt"),
        }
    }

    /// The letter with its facts in place; every text may name `{home}`, and `{link}` where it carries one.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the text names a fact that is not given.
    pub(super) fn write(&self, home: &str, link: Option<&str>) -> Result<Written, Error> {
        let mut facts = match serde_json::to_value(self) {
            Ok(Value::Object(facts)) => facts,
            Ok(_) | Err(_) => Map::new(),
        };
        facts.insert("home".to_owned(), home.into());
        if let Some(link) = link {
            facts.insert("link".to_owned(), link.into());
        }

        let (subject, text) = written(self.source(), &facts)?;
        Ok(Written { subject, text })
    }
}

/// Subject and text of a template, its facts in place. In the subject each fact is on one line: what somebody typed
/// can't add a line to the head of the letter.
///
/// # Errors
/// [`Error::Corrupt`] when the template names a fact that is not given.
pub(crate) fn written(source: &str, facts: &Map<String, Value>) -> Result<(String, String), Error> {
    let (subject, text) = source.split_once('\n').ok_or_else(|| Error::Corrupt("a letter has no text".to_owned()))?;
    let on_one_line = |fact: &str| fact.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((filled(subject, facts, on_one_line)?, filled(text.trim_start(), facts, str::to_owned)?))
}

fn filled(source: &str, facts: &Map<String, Value>, shown: impl Fn(&str) -> String) -> Result<String, Error> {
    let mut text = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| Error::Corrupt("a brace is not closed".to_owned()))?;
        let fact = facts.get(name).and_then(Value::as_str);
        let fact = fact.ok_or_else(|| Error::Corrupt(format!("a letter has no {name}")))?;
        text.push_str(before);
        text.push_str(&shown(fact));
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_finds_its_facts_and_has_a_subject() {
        let letters = [
            Template::Invitation { organisation: "Namur".to_owned() },
            Template::Password,
            Template::Confirmation { firm: "PME A".to_owned() },
        ];

        for letter in letters {
            let written = letter.write("http://ici", Some("http://ici/lien/1")).expect("every fact is given");
            assert!(!written.subject.is_empty() && written.text.contains("http://ici/lien/1"), "{written:?}");
            assert!(!written.text.contains('{'), "{written:?}");
        }
    }

    #[test]
    fn a_fact_does_not_become_a_line_of_the_head() {
        let letter = Template::Invitation { organisation: "Namur\r\nBcc: autre@example.be".to_owned() };

        let written = letter.write("http://ici", Some("http://ici/lien/1")).expect("every fact is given");

        assert!(!written.subject.contains('\n') && !written.subject.contains('\r'));
    }

    #[test]
    fn a_missing_fact_is_an_error_and_not_a_hole() {
        assert!(matches!(Template::Password.write("http://ici", None), Err(Error::Corrupt(_))));
    }
}
