//! Where things are: asked of cargo, so that `CARGO_TARGET_DIR` is heeded.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Places {
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    #[serde(rename = "target_directory")]
    pub(crate) target: PathBuf,
}

impl Places {
    pub(crate) fn find() -> Result<Self> {
        let metadata = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
        ensure!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
        Ok(serde_json::from_slice(&metadata.stdout)?)
    }

    /// The files of the pages, as built last; the programs in `target/ci` read it there.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The same beside the release program, so that the two can be carried anywhere together.
    pub(crate) fn release_site(&self) -> PathBuf {
        self.target.join("release/site")
    }

    pub(crate) fn front(&self) -> PathBuf {
        self.target.join("front")
    }

    pub(crate) fn style(&self) -> PathBuf {
        self.root.join("style")
    }

    /// A file of an npm package, or one line on what to do when the packages are not there.
    pub(crate) fn npm(&self, file: &str) -> Result<PathBuf> {
        let path = self.root.join("node_modules").join(file);
        ensure!(path.exists(), "{} is missing: run `npm ci`", path.display());
        Ok(path)
    }

    /// The version of an npm package, as part of what a step depends on.
    pub(crate) fn npm_version(&self, package: &str) -> Result<String> {
        #[derive(Deserialize)]
        struct Package {
            version: String,
        }

        let path = self.npm(&format!("{package}/package.json"))?;
        let package: Package = serde_json::from_slice(&read(&path)?)?;
        Ok(package.version)
    }
}

/// The cargo that runs us, without what it told us about ourselves: some build scripts (ring's) look at it and would run again.
/// `LEPTOS_OUTPUT_NAME`, where set, would change the file names that the pages ask for.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.env_remove("LEPTOS_OUTPUT_NAME");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo
}

pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{program} could not be started"))?;
    if !status.success() {
        bail!("{program} failed: {status}");
    }
    Ok(())
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}
