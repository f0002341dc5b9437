//! Requests through the router, without a socket: who gets what, what a form gives back, what is refused and how.

mod forms;
mod plans;
mod proxies;
mod refusals;
mod sessions;
mod shares;
mod site;
mod sweep;
mod trail;
