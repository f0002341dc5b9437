//! Values that travel as their own text, and the spaces that French sets between words.

/// Serialises a type with its `Display`, and reads it back with its `FromStr`.
macro_rules! serde_as_text {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use serde_as_text;

/// No-break spaces where French typography wants them.
pub fn typeset(text: &str) -> String {
    text.replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»")
        .replace(" :", "\u{a0}:")
        .replace(" ;", "\u{202f};")
        .replace("§ ", "§\u{a0}")
        .replace("art. ", "art.\u{a0}")
}

/// A typed sentence without its full stop, for a sentence that has its own end; an abbreviation keeps its dot.
pub fn unstopped(sentence: &str) -> &str {
    let sentence = sentence.trim_end();
    sentence.strip_suffix('.').filter(|before| !is_abbreviated(before)).unwrap_or(sentence)
}

/// A typed sentence that ends once.
pub fn stopped(sentence: &str) -> String {
    let sentence = unstopped(sentence);
    if sentence.ends_with(['.', '…']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// « S.A », « etc », or the first dots of three.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|letter: char| letter.is_whitespace() || letter == '.').next().unwrap_or_default();
    let first = before.strip_suffix(word).is_some_and(|first| first.trim_end().ends_with('.'));
    word.eq_ignore_ascii_case("etc") || (first && word.chars().all(char::is_alphabetic) && word.chars().count() < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_once_and_an_abbreviation_keeps_its_dot() {
        for (typed, bare, ended) in [
            ("Offre partielle. ", "Offre partielle", "Offre partielle."),
            ("Offre partielle", "Offre partielle", "Offre partielle."),
            ("Rien au lot 1.", "Rien au lot 1", "Rien au lot 1."),
            ("Rien à l’annexe A.", "Rien à l’annexe A", "Rien à l’annexe A."),
            ("Elle engage Aubier S.A.", "Elle engage Aubier S.A.", "Elle engage Aubier S.A."),
            ("Ni prix, ni délai, etc.", "Ni prix, ni délai, etc.", "Ni prix, ni délai, etc."),
            ("Il manque un prix...", "Il manque un prix...", "Il manque un prix..."),
            ("Il manque un prix…", "Il manque un prix…", "Il manque un prix…"),
        ] {
            assert_eq!((unstopped(typed), stopped(typed).as_str()), (bare, ended));
        }
    }
}
