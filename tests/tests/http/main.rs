//! Requests through the router, without a socket: who gets what, what a form gives back, what is refused and how.

mod evaluation;
mod forms;
mod look;
mod refusals;
mod sessions;
mod site;
mod sweep;
