use std::{fmt, str::FromStr};

use super::text::serde_as_text;

/// Longest address that mail carries (RFC 5321), in characters.
const MOST: usize = 254;

/// An e-mail address, kept in lower case so that one person has one account.
///
/// Narrower than the standard on purpose: quoted names, comments and addresses of machines are typing errors here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// The text is not an address that mail can reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotEmail;

impl EmailAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = NotEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (name, place) = text.split_once('@').ok_or(NotEmail)?;
        if text.len() <= MOST && is_name(name) && is_place(place) {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(NotEmail)
        }
    }
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&byte);
    name.len() <= 64 && name.bytes().all(allowed) && name.split('.').all(|part| !part.is_empty())
}

fn is_place(place: &str) -> bool {
    let labels: Vec<&str> = place.split('.').collect();
    let last_is_a_word = labels.last().is_some_and(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic()));
    labels.len() > 1 && last_is_a_word && labels.into_iter().all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

serde_as_text!(EmailAddress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        for text in ["Marches@Namur.example", "a.b+c@x-y.be", "o'neill@sous.domaine.wallonie.be"] {
            assert_eq!(text.parse::<EmailAddress>().map(|address| address.to_string()), Ok(text.to_lowercase()));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "namur",
            "@namur.be",
            "a@",
            "a@namur",
            "a@b@c.be",
            "a b@c.be",
            ".a@c.be",
            "a..b@c.be",
            "a@-c.be",
            "a@c..be",
            "a@127.0.0.1",
            "é@c.be",
            "a@c.be\nBcc: b@c.be",
        ] {
            assert_eq!(text.parse::<EmailAddress>(), Err(NotEmail), "{text}");
        }
    }
}
