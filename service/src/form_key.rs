//! One form makes one record: a double click, a page that the browser sends again, a form that comes back.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Services, store::audit::hex};

/// The key that a form carried since it was shown, and a digest of what was typed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormKey {
    pub(crate) id: Uuid,
    pub(crate) typed_sha256: String,
}

impl FormKey {
    /// A new key, for a form that is shown for the first time.
    pub fn draw(services: &Services) -> String {
        services.next_id().to_string()
    }

    /// The key as it came back, with every field and file of the form; `None` when it is no key of ours: such a form is
    /// taken as it is.
    pub fn read<'a>(key: &str, typed: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Option<Self> {
        let id = key.parse().ok()?;
        let mut digest = Sha256::new();
        for (name, value) in typed {
            for part in [name.as_bytes(), value] {
                // The length first: « ab » and « c » are not « a » and « bc ».
                digest.update(part.len().to_be_bytes());
                digest.update(part);
            }
        }
        Some(Self { id, typed_sha256: hex(&digest.finalize()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000-0000-0000-0000-000000000001";

    #[test]
    fn the_same_words_in_other_fields_are_another_form() {
        let of = |typed: &[(&str, &str)]| {
            FormKey::read(ID, typed.iter().map(|(name, value)| (*name, value.as_bytes()))).expect("a key")
        };

        assert_eq!(of(&[("objet", "a"), ("quantite", "b")]), of(&[("objet", "a"), ("quantite", "b")]));
        assert_ne!(of(&[("objet", "ab"), ("quantite", "")]), of(&[("objet", "a"), ("quantite", "b")]));
        assert_eq!(FormKey::read("n’importe quoi", []), None);
    }
}
