//! Addresses with a query: what a list shows, or what the calculator was asked.

use std::fmt::Write as _;

/// `path?name=value&…`, without the pairs that say nothing.
pub(crate) fn with_query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut address = path.to_owned();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        encode(&mut address, name);
        address.push('=');
        encode(&mut address, value);
    }
    address
}

fn encode(address: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_leave_its_place_in_the_address() {
        let address = with_query("/besoins", [("q", "été & hiver=1"), ("etat", ""), ("page", "2")]);

        assert_eq!(address, "/besoins?q=%C3%A9t%C3%A9%20%26%20hiver%3D1&page=2");
        assert_eq!(with_query("/besoins", []), "/besoins");
    }
}
