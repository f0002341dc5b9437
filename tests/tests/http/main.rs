//! Requests through the router, without a socket: who gets what, what a form gives back, what is refused and how.

mod award;
mod central;
mod evaluation;
mod execution;
mod forms;
mod homes;
mod invoices;
mod kept;
mod ledger;
mod mistakes;
mod plans;
mod posts;
mod proxies;
mod refusals;
mod report;
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
