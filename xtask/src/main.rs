//! The build pipeline of the pages: `cargo xtask assets [--release]`, and `cargo xtask dev`.
//!
//! What it makes, and why not by a ready-made tool: `docs/decisions/0001-build-pipeline.md`.

mod front;
mod places;
mod site;
mod style;
mod watch;

use std::process::ExitCode;

use anyhow::{Result, bail};

use places::Places;
use site::Site;

const USAGE: &str = "usage: cargo xtask assets [--release] | cargo xtask dev";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let places = Places::find()?;

    match arguments.as_slice() {
        ["assets"] => assets(&places),
        ["assets", "--release"] => {
            assets(&places)?;
            site::copy(&places.site(), &places.release_site())
        }
        ["dev"] => watch::run(&places),
        _ => bail!(USAGE),
    }
}

/// Brings `target/site` up to date; a step whose inputs did not change is skipped.
fn assets(places: &Places) -> Result<()> {
    let mut site = Site::open(&places.site())?;

    style::build(places, &mut site)?;
    front::build(places, &mut site)?;

    site.close()
}
