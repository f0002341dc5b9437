//! Requests through the router, without a socket: who gets what, what a form gives back, what is refused and how.

mod award;
mod evaluation;
mod forms;
mod homes;
mod kept;
mod plans;
mod posts;
mod proxies;
mod refusals;
mod sealed;
mod sessions;
mod shares;
mod site;
mod slow;
mod sweep;
mod trail;
mod typed;
mod uploads;
mod vouchers;
mod weight;
