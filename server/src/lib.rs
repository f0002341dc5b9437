//! Wiring: configuration, sessions, the router. A library, so that tests call the router without a socket.

mod compression;
pub mod config;
mod downloads;
mod forms;
mod health;
mod kept;
mod offered;
mod pages;
mod proxies;
mod public_files;
mod router;
mod session;
mod site;
mod uploads;

pub use proxies::TrustedProxies;
pub use router::{router, router_behind};
pub use site::Site;
