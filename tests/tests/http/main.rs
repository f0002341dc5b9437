//! Requests through the router, without a socket: who gets what, what a form gives back, what is refused and how.

mod evaluation;
mod forms;
mod homes;
mod plans;
mod proxies;
mod refusals;
mod sessions;
mod shares;
mod site;
mod sweep;
