//! What a page knows of the request: who asks, with which services, in which words.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use domain::authz::{Actor, Scope};
use service::{
    Error, Services,
    store::people::{Membership, Person},
};

/// Names of the hashed files, by their logical names.
pub type Assets = BTreeMap<String, String>;

/// One request, cheap to clone.
#[derive(Clone)]
pub struct Cx(Arc<Inner>);

/// The facts of a request, put together by the server.
pub struct Inner {
    pub services: Services,
    pub who: Option<Who>,
    /// Path of the page, without its query.
    pub path: String,
    pub assets: Arc<Assets>,
    /// For the only inline script, that of the islands.
    pub nonce: String,
    /// `light`, `dark`, or empty: as the system decides.
    pub theme: String,
    /// Network address of the caller.
    pub address: String,
}

/// Somebody who signed in, and what they may act for.
#[derive(Clone)]
pub struct Who {
    pub person: Person,
    /// The organisation they act for now.
    pub acting: Membership,
    pub memberships: Vec<Membership>,
    pub actor: Actor,
}

impl Cx {
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub fn services(&self) -> &Services {
        &self.0.services
    }

    pub fn who(&self) -> Option<&Who> {
        self.0.who.as_ref()
    }

    /// Who acts; a page for signed-in people asks this.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a visitor: the route's access has already sent them to sign in.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.who().map(|who| &who.actor).ok_or(Error::NotFound)
    }

    /// What this request may read.
    pub fn scope(&self) -> Scope {
        self.who().map_or(Scope::VISITOR, |who| who.actor.scope())
    }

    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Address of a file of the interface.
    pub fn asset(&self, name: &str) -> String {
        self.0.assets.get(name).map_or_else(|| format!("/actifs/{name}"), |file| format!("/actifs/{file}"))
    }

    pub fn assets(&self) -> Arc<Assets> {
        self.0.assets.clone()
    }

    pub fn nonce(&self) -> &str {
        &self.0.nonce
    }

    pub fn theme(&self) -> &str {
        &self.0.theme
    }

    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// The demo world.
    pub fn is_demo(&self) -> bool {
        self.services().settings().demo
    }
}

/// The changing parts of the address, and its query.
#[derive(Debug, Clone, Default)]
pub struct Params {
    pub path: BTreeMap<String, String>,
    pub query: Vec<(String, String)>,
}

impl Params {
    /// A part of the path, read as what it must be.
    ///
    /// # Errors
    /// [`Error::NotFound`]: an address that can't be read is one that does not exist.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        self.path.get(name).and_then(|text| text.parse().ok()).ok_or(Error::NotFound)
    }

    pub fn text(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A value of the query, trimmed; empty when it is not there.
    pub fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// `path` with this query in which `name` is now `value`; an empty value leaves it out. Another filter begins at the
    /// first page again, and what was just done is not said twice.
    pub fn address_with(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.query.iter().filter(|(key, _)| ![name, "page", "fait"].contains(&key.as_str()));
        let pairs: Vec<String> = kept
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .chain([(name, value)])
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }

    /// Page number of a list, from 1.
    pub fn page(&self) -> u64 {
        self.query("page").parse().unwrap_or(1).clamp(1, 100_000)
    }
}

/// Text inside a query, percent-encoded.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Params {
        let query = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Params { query, ..Params::default() }
    }

    #[test]
    fn a_page_keeps_the_filters_and_a_filter_forgets_the_page() {
        let params = asked(&[("q", "l’été & co"), ("type", "sme"), ("page", "3"), ("fait", "x")]);

        assert_eq!(params.address_with("/o", "page", "2"), "/o?q=l%E2%80%99%C3%A9t%C3%A9%20%26%20co&type=sme&page=2");
        assert_eq!(params.address_with("/o", "q", ""), "/o?type=sme");
        assert_eq!(asked(&[("q", "x")]).address_with("/o", "q", ""), "/o");
    }
}
