//! `cargo xtask dev`: builds, serves the demo, and does both again whenever a source changes.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::places::{self, Places, cargo};

const SOURCES: [&str; 9] =
    ["app", "domain", "entity", "migration", "seal", "server", "service", "style", "templates-cdc"];

pub(crate) fn run(places: &Places) -> Result<()> {
    loop {
        let seen = newest(places);
        let server = match serve(places) {
            Ok(server) => Some(server),
            Err(error) => {
                eprintln!("{error:#}\nwaiting for a change…");
                None
            }
        };

        while newest(places) == seen {
            sleep(Duration::from_millis(400));
        }
        if let Some(mut server) = server {
            server.kill()?;
            server.wait()?;
        }
    }
}

fn serve(places: &Places) -> Result<Child> {
    places::run(cargo().current_dir(&places.root).args(["build", "--profile", "ci", "-p", "server"]))?;
    crate::assets(places)?;
    let program = places.target.join("ci/beffroi");
    Ok(std::process::Command::new(program).current_dir(&places.root).args(["serve", "--demo"]).spawn()?)
}

/// The time of the last change to any source.
fn newest(places: &Places) -> Option<SystemTime> {
    SOURCES.iter().filter_map(|source| newest_below(&places.root.join(source))).max()
}

fn newest_below(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return fs::metadata(path).ok()?.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest_below(&entry.path())).max()
}
