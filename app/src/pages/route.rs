//! The list of all pages. The server makes its router of it, the tests their sweep.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;
use service::Error;

use super::{
    Cx, Form, Params, award, calc, calls, central,
    contracts::{self, execution},
    demonstration, evaluation, home, invoices, needs, offers, organisations, parameters, people, specification,
    tenders, vouchers,
};

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
    /// A script of the page's own, by the name of its file: a help for those who have scripts, never a need.
    pub script: Option<&'static str>,
}

/// The view, made when the page is painted.
pub type Body = Box<dyn FnOnce() -> AnyView + Send>;

impl Page {
    pub fn new(
        title: impl Into<String>,
        section: &'static str,
        body: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        Self { title: title.into(), body: Box::new(body), section, airy: false, live: false, script: None }
    }

    #[must_use]
    pub fn airy(self) -> Self {
        Self { airy: true, ..self }
    }

    #[must_use]
    pub fn with_script(self, script: &'static str) -> Self {
        Self { script: Some(script), ..self }
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

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Sends a form to its page.
pub(crate) type Submit = fn(Cx, Params, Form) -> Later<Submitted>;

/// One address.
#[derive(Clone, Copy)]
pub struct Route {
    /// As axum writes it: `/besoins/{besoin}`.
    pub path: &'static str,
    pub access: Access,
    pub show: fn(Cx, Params, Form) -> Later<Shown>,
    pub submit: Option<Submit>,
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
    [of_tenders(), of_contracts()].into_iter().flatten().collect()
}

fn of_tenders() -> Vec<Route> {
    vec![
        page!(Everybody "/", home::show),
        page!(Everybody "/connexion", people::sign_in::show, people::sign_in::submit),
        page!(SignedIn "/compte", people::account::show, people::account::submit),
        page!(Everybody "/inscription", people::register::show, people::register::submit),
        page!(Everybody "/confirmation/{jeton}", people::confirmation::show, people::confirmation::submit),
        page!(Everybody "/mot-de-passe", people::forgotten::show, people::forgotten::submit),
        page!(Everybody "/mot-de-passe/{jeton}", people::password::show, people::password::submit),
        page!(Everybody "/invitation/{jeton}", people::invitation::show, people::invitation::submit),
        page!(Everybody "/organisations", organisations::list::show),
        page!(Everybody "/organisations/{organisation}", organisations::show::show),
        page!(SignedIn "/organisations/{organisation}/historique", organisations::trail::show),
        page!(SignedIn "/organisations/{organisation}/modifier", organisations::edit::show, organisations::edit::submit),
        page!(SignedIn "/organisations/{organisation}/membres", organisations::members::show, organisations::members::submit),
        page!(Everybody "/affichage", people::theme::show, people::theme::submit),
        page!(Everybody "/demonstration", demonstration::show, demonstration::submit),
        page!(Everybody "/appels", calls::list::show),
        page!(SignedIn "/marches/{reference}/cahier", specification::tasks::show, specification::tasks::submit),
        page!(SignedIn "/marches/{reference}/cahier/document", specification::document::show),
        page!(SignedIn "/marches/{reference}/cahier/{section}", specification::section::show, specification::section::submit),
        page!(Everybody "/parametres", parameters::list::show),
        page!(Everybody "/parametres/{cle}", parameters::show::show),
        page!(SignedIn "/parametres/{cle}/ajouter", parameters::add::show, parameters::add::submit),
        page!(Everybody "/calcul", calc::show, calc::submit),
        page!(Everybody "/appels/{reference}", calls::show::show),
        page!(SignedIn "/appels/{reference}/question", calls::ask::show, calls::ask::submit),
        page!(SignedIn "/marches/{reference}/appel", calls::prepare::show, calls::prepare::submit),
        page!(SignedIn "/marches/{reference}/questions", calls::questions::show, calls::questions::submit),
        page!(SignedIn "/offres", offers::mine::show),
        page!(SignedIn "/offres/{reference}", offers::show::show),
        page!(SignedIn "/offres/{reference}/prix", offers::prices::show, offers::prices::submit),
        page!(SignedIn "/offres/{reference}/fichiers", offers::files::show, offers::files::submit),
        page!(SignedIn "/offres/{reference}/verifier", offers::check::show, offers::check::submit),
        page!(SignedIn "/offres/{reference}/recepisse", offers::receipt::show),
        page!(SignedIn "/offres/{reference}/retirer", offers::withdraw::show, offers::withdraw::submit),
        page!(SignedIn "/marches/{reference}/ouverture", offers::opening::show, offers::opening::submit),
        page!(SignedIn "/marches/{reference}/offres", offers::list::show),
        page!(SignedIn "/marches/{reference}/offres/saisir", offers::type_in::show, offers::type_in::submit),
        page!(SignedIn "/marches/{reference}/offres/{numero}", offers::opened::show),
        page!(SignedIn "/offres/{reference}/demandes", evaluation::requested::show, evaluation::requested::submit),
        page!(SignedIn "/marches/{reference}/selection", evaluation::selection::show, evaluation::selection::submit),
        page!(SignedIn "/marches/{reference}/regularite", evaluation::regularity::show, evaluation::regularity::submit),
        page!(SignedIn "/marches/{reference}/negociation", evaluation::negotiation::show, evaluation::negotiation::submit),
        page!(SignedIn "/marches/{reference}/evaluation", evaluation::compare::show, evaluation::compare::submit),
        page!(SignedIn "/marches/{reference}/evaluation/jury", evaluation::jury::show, evaluation::jury::submit),
        page!(SignedIn "/marches/{reference}/evaluation/fiche", evaluation::sheet::show, evaluation::sheet::submit),
        page!(SignedIn "/besoins", needs::list::show),
        page!(SignedIn "/besoins/nouveau", needs::describe::show, needs::describe::submit),
        page!(SignedIn "/besoins/{besoin}", needs::show::show, needs::show::submit),
        page!(SignedIn "/marches", tenders::list::show),
        page!(SignedIn "/marches/nouveau", tenders::plan::show, tenders::plan::submit),
        page!(SignedIn "/marches/{reference}", tenders::show::show, tenders::show::submit),
        page!(SignedIn "/marches/{reference}/modifier", tenders::change::show, tenders::change::submit),
        page!(SignedIn "/marches/{reference}/historique", tenders::trail::show),
        page!(SignedIn "/marches/{reference}/participants", tenders::participants::show, tenders::participants::submit),
        page!(SignedIn "/marches/{reference}/adhesion", tenders::adhesion::show, tenders::adhesion::submit),
        page!(SignedIn "/marches/{reference}/avis", tenders::opinion::show, tenders::opinion::submit),
        page!(SignedIn "/marches/{reference}/avis-coordinateur", tenders::coordinator::show, tenders::coordinator::submit),
        page!(SignedIn "/marches/{reference}/adoption", tenders::adopt::show, tenders::adopt::submit),
        page!(SignedIn "/marches/{reference}/attribution", award::proposal::show, award::proposal::submit),
        page!(SignedIn "/marches/{reference}/informations", award::letters::show, award::letters::submit),
        page!(SignedIn "/marches/{reference}/informations/{offre}", award::letter::show),
        page!(SignedIn "/marches/{reference}/tutelle", award::supervision::show, award::supervision::submit),
        page!(SignedIn "/marches/{reference}/conclusion", award::conclude::show, award::conclude::submit),
        page!(SignedIn "/marches/{reference}/annulation", award::annulment::show, award::annulment::submit),
        page!(SignedIn "/marches/{reference}/cautionnement", award::surety::show, award::surety::submit),
        page!(SignedIn "/marches/{reference}/reception", award::acceptance::show, award::acceptance::submit),
        page!(SignedIn "/marches/{reference}/resiliation", award::termination::show, award::termination::submit),
        page!(SignedIn "/offres/{reference}/resultat", award::result::show),
        page!(SignedIn "/marches/{reference}/renoncer", tenders::give_up::show, tenders::give_up::submit),
    ]
}

fn of_contracts() -> Vec<Route> {
    vec![
        page!(Everybody "/centrale", central::list::show),
        page!(SignedIn "/centrale/adherents", central::members::show, central::members::submit),
        page!(SignedIn "/centrale/adhesions/{organisation}", central::accession::show, central::accession::submit),
        page!(Everybody "/centrale/{reference}", central::show::show),
        page!(SignedIn "/centrale/{reference}/offre", central::offer::show, central::offer::submit),
        page!(SignedIn "/centrale/{reference}/besoin", central::need::show, central::need::submit),
        page!(SignedIn "/centrale/{reference}/utilisateurs", central::users::show, central::users::submit),
        page!(SignedIn "/centrale/{reference}/redevances", central::fees::show),
        page!(SignedIn "/contrats", contracts::list::show),
        page!(SignedIn "/contrats/{reference}", contracts::show::show),
        page!(SignedIn "/contrats/{reference}/prix", execution::prices::show),
        page!(SignedIn "/contrats/{reference}/revision", execution::revision::show, execution::revision::submit),
        page!(SignedIn "/contrats/{reference}/avances", execution::advance::show, execution::advance::submit),
        page!(SignedIn "/contrats/{reference}/modifications", execution::modifications::show, execution::modifications::submit),
        page!(SignedIn "/contrats/{reference}/penalites", execution::penalties::show, execution::penalties::submit),
        page!(SignedIn "/contrats/{reference}/manquements", execution::failures::show, execution::failures::submit),
        page!(SignedIn "/contrats/{reference}/consommation", contracts::consumption::show),
        page!(SignedIn "/contrats/{reference}/prets", contracts::loans::show, contracts::loans::submit),
        page!(SignedIn "/bons", vouchers::list::show),
        page!(SignedIn "/bons/rapport", vouchers::report::show),
        page!(SignedIn "/bons/nouveau", vouchers::draft::show, vouchers::draft::submit),
        page!(SignedIn "/bons/nouveau/verifier", vouchers::verify::show, vouchers::verify::submit),
        page!(SignedIn "/bons/envoi", vouchers::send_many::show, vouchers::send_many::submit),
        page!(SignedIn "/bons/{bon}", vouchers::show::show, vouchers::show::submit),
        page!(SignedIn "/bons/{bon}/modifier", vouchers::edit::show, vouchers::edit::submit),
        page!(SignedIn "/bons/{bon}/controle", vouchers::check::show, vouchers::check::submit),
        page!(SignedIn "/bons/{bon}/approbation", vouchers::approve::show, vouchers::approve::submit),
        page!(SignedIn "/bons/{bon}/reponse", vouchers::answer::show, vouchers::answer::submit),
        page!(SignedIn "/bons/{bon}/livraison", vouchers::deliver::show, vouchers::deliver::submit),
        page!(SignedIn "/bons/{bon}/reception", vouchers::accept::show, vouchers::accept::submit),
        page!(SignedIn "/bons/{bon}/facture", vouchers::invoice::show, vouchers::invoice::submit),
        page!(SignedIn "/bons/{bon}/factures", invoices::list::show, invoices::list::submit),
        page!(SignedIn "/bons/{bon}/factures/{recue}", invoices::show::show, invoices::show::submit),
        page!(SignedIn "/bons/{bon}/paiement", vouchers::pay::show, vouchers::pay::submit),
        page!(SignedIn "/bons/{bon}/annulation", vouchers::cancel::show, vouchers::cancel::submit),
    ]
}
