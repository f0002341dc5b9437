//! The list of all pages. The server makes its router of it, the tests their sweep.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;
use service::Error;

use super::{Cx, Form, Params, calls, home, needs, people};

/// A page that is ready to be painted.
pub struct Page {
    /// Before « · Beffroi » in the window's title.
    pub title: String,
    pub body: Body,
    /// Address of the menu entry that is current.
    pub section: &'static str,
    /// Larger and calmer, for firms and the public.
    pub airy: bool,
    /// Loads the browser's half only where something is live.
    pub live: bool,
}

/// The view, made when the page is painted.
pub type Body = Box<dyn FnOnce() -> AnyView + Send>;

impl Page {
    pub fn new(
        title: impl Into<String>,
        section: &'static str,
        body: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        Self { title: title.into(), body: Box::new(body), section, airy: false, live: false }
    }

    #[must_use]
    pub fn airy(self) -> Self {
        Self { airy: true, ..self }
    }
}

pub type Shown = Result<Page, Error>;
pub type Submitted = Result<Done, Error>;

/// What follows a form that was accepted.
#[derive(Debug, Clone)]
pub enum Done {
    /// Go and see this address (303).
    See(String),
    /// A new session begins: the person signed in, and goes to see this address.
    SignedIn {
        person: domain::kernel::ids::PersonId,
        then: String,
    },
    /// The person now acts for this organisation.
    ActsFor {
        organisation: domain::kernel::ids::OrganisationId,
        then: String,
    },
    SignedOut,
    /// The page's colours, kept in a cookie.
    Theme {
        theme: String,
        then: String,
    },
}

impl Done {
    pub fn see(address: impl Into<String>) -> Submitted {
        Ok(Self::See(address.into()))
    }
}

/// Who may ask for a page at all; what they may do there is the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Everybody,
    SignedIn,
}

type Future_<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// One address.
#[derive(Clone, Copy)]
pub struct Route {
    /// As axum writes it: `/besoins/{besoin}`.
    pub path: &'static str,
    pub access: Access,
    pub show: fn(Cx, Params, Form) -> Future_<Shown>,
    pub submit: Option<fn(Cx, Params, Form) -> Future_<Submitted>>,
}

macro_rules! page {
    ($access:ident $path:literal, $show:path) => {
        Route {
            path: $path,
            access: Access::$access,
            show: |cx, params, form| Box::pin($show(cx, params, form)),
            submit: None,
        }
    };
    ($access:ident $path:literal, $show:path, $submit:path) => {
        Route {
            path: $path,
            access: Access::$access,
            show: |cx, params, form| Box::pin($show(cx, params, form)),
            submit: Some(|cx, params, form| Box::pin($submit(cx, params, form))),
        }
    };
}

/// Every page of Beffroi, by address.
pub fn routes() -> Vec<Route> {
    vec![
        page!(Everybody "/", home::show),
        page!(Everybody "/connexion", people::sign_in::show, people::sign_in::submit),
        page!(SignedIn "/compte", people::account::show, people::account::submit),
        page!(Everybody "/affichage", people::theme::show, people::theme::submit),
        page!(Everybody "/appels", calls::list::show),
        page!(Everybody "/appels/{reference}", calls::show::show),
        page!(SignedIn "/appels/{reference}/question", calls::ask::show, calls::ask::submit),
        page!(SignedIn "/marches/{reference}/appel", calls::prepare::show, calls::prepare::submit),
        page!(SignedIn "/marches/{reference}/questions", calls::questions::show, calls::questions::submit),
        page!(SignedIn "/offres", calls::mine::show),
        page!(SignedIn "/besoins", needs::list::show),
        page!(SignedIn "/besoins/nouveau", needs::describe::show, needs::describe::submit),
        page!(SignedIn "/besoins/{besoin}", needs::show::show, needs::show::submit),
    ]
}
