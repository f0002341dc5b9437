//! Pages: each is a function from loaded facts to a view, and a form that posts to the page's own address.

mod address;
mod award;
mod calc;
mod calls;
mod central;
mod contracts;
mod demonstration;
mod error;
mod evaluation;
mod flash;
mod form;
mod home;
mod invoices;
mod needs;
mod offers;
mod organisations;
mod parameters;
mod people;
mod request;
mod route;
mod sentence;
mod shell;
mod specification;
mod tenders;
pub mod ui;
mod vouchers;
mod words;

pub use error::{Unread, failure, unread};
pub use form::{Form, Upload};
pub use people::sign_in::interrupted;
pub use request::{Assets, Cx, Inner, Params, Who};
pub use route::{Access, Body, Done, Page, Route, Shown, Submitted, routes};
pub use shell::document;
pub use vouchers::{
    filter::{vouchers_csv, vouchers_xlsx},
    report::{report_csv, report_xlsx},
};
