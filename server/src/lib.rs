//! Wiring: configuration, sessions, the router. A library, so that tests call the router without a socket.

pub mod config;
mod downloads;
mod forms;
mod health;
mod pages;
mod public_files;
mod router;
mod session;
mod site;

pub use router::router;
pub use site::Site;
