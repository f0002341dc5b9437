//! What a page knows of the request: who asks, with which services, in which words.

use std::{collections::BTreeMap, sync::Arc};

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

    /// Page number of a list, from 1.
    pub fn page(&self) -> u64 {
        self.query("page").parse().unwrap_or(1).clamp(1, 100_000)
    }
}
