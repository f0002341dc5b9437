//! The pages of Beffroi. Compiled twice: whole for the server (`ssr`), islands alone for the browser (`hydrate`).

#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::*;
