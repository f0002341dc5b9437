//! The folder that the server serves: files under hashed names, each with its compressed siblings, and `manifest.json`
//! from the name that the code knows to the name of the file.
//!
//! A step (style, front) leaves a stamp: the hash of its inputs and the files it made. While both stand, it is skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::places::read;

/// This program's own text: a change of recipe makes every step run again.
const RECIPES: [&str; 3] = [include_str!("front.rs"), include_str!("site.rs"), include_str!("style.rs")];

pub(crate) struct Site {
    folder: PathBuf,
    before: BTreeMap<String, Stamp>,
    after: BTreeMap<String, Stamp>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Stamp {
    inputs: String,
    /// The name that the code knows -> the file under `actifs/`.
    files: BTreeMap<String, String>,
}

pub(crate) struct Asset {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) bytes: Vec<u8>,
}

impl Asset {
    /// `beffroi.css` becomes `beffroi-<hash>.css`.
    pub(crate) fn hashed(name: &str, bytes: Vec<u8>) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let file = format!("{stem}-{}.{extension}", hash([bytes.as_slice()]));
        Self { name: name.to_owned(), file, bytes }
    }
}

impl Site {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder.join("actifs"))?;
        let before = match fs::read(folder.join("stamps.json")) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_default(),
            Err(_) => BTreeMap::new(),
        };
        Ok(Self { folder: folder.to_owned(), before, after: BTreeMap::new() })
    }

    /// Runs `make`, unless the last run had the same inputs and its files are all there.
    pub(crate) fn step(&mut self, step: &str, inputs: &str, make: impl FnOnce() -> Result<Vec<Asset>>) -> Result<()> {
        let inputs = hash(RECIPES.iter().map(|text| text.as_bytes()).chain([inputs.as_bytes()]));
        if let Some(stamp) = self.before.get(step).filter(|stamp| stamp.inputs == inputs && self.has(stamp)) {
            self.after.insert(step.to_owned(), stamp.clone());
            return Ok(());
        }

        let mut files = BTreeMap::new();
        for asset in make().with_context(|| format!("making the {step}"))? {
            self.write(&asset)?;
            files.insert(asset.name, asset.file);
        }
        self.after.insert(step.to_owned(), Stamp { inputs, files });
        Ok(())
    }

    /// Writes the manifest, then takes away what it no longer names.
    pub(crate) fn close(self) -> Result<()> {
        let manifest: BTreeMap<&String, &String> = self.after.values().flat_map(|stamp| &stamp.files).collect();
        replace(&self.folder.join("manifest.json"), &serde_json::to_vec_pretty(&manifest)?)?;
        replace(&self.folder.join("stamps.json"), &serde_json::to_vec_pretty(&self.after)?)?;

        let kept: BTreeSet<PathBuf> = manifest.values().map(|file| self.actifs().join(file)).collect();
        sweep(&self.actifs(), &kept)
    }

    fn actifs(&self) -> PathBuf {
        self.folder.join("actifs")
    }

    fn has(&self, stamp: &Stamp) -> bool {
        stamp.files.values().all(|file| {
            let path = self.actifs().join(file);
            path.exists() && (!compresses(file) || (sibling(&path, "br").exists() && sibling(&path, "gz").exists()))
        })
    }

    fn write(&self, asset: &Asset) -> Result<()> {
        let path = self.actifs().join(&asset.file);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        replace(&path, &asset.bytes)?;
        if compresses(&asset.file) {
            replace(&sibling(&path, "br"), &brotli(&asset.bytes)?)?;
            replace(&sibling(&path, "gz"), &gzip(&asset.bytes)?)?;
        }
        Ok(())
    }
}

/// Copies a finished site; the old copy is taken away first.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    copy_folder(from, to)?;
    fs::remove_file(to.join("stamps.json")).context("stamps.json")
}

pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    format!("{:x}", hasher.finalize())[..12].to_owned()
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn sweep(folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sweep(&path, kept)?;
            // Refused while the folder still has files, which is what we want.
            let _ = fs::remove_dir(&path);
        } else if !kept.contains(&path) && !kept.contains(&path.with_extension("")) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Through a neighbour and a rename: a server that reads meanwhile sees the old file or the new one.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = sibling(path, "new");
    fs::write(&new, bytes).with_context(|| new.display().to_string())?;
    fs::rename(&new, path).with_context(|| path.display().to_string())
}

fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn compresses(file: &str) -> bool {
    ["css", "js", "svg", "wasm"].iter().any(|extension| file.ends_with(&format!(".{extension}")))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

/// The bytes of every file below `folder`, in a stable order, as the inputs of a step.
pub(crate) fn inputs_below(folder: &Path) -> Result<String> {
    let mut paths = Vec::new();
    files_below(folder, &mut paths)?;
    paths.sort();

    let lines = paths.iter().map(|path| {
        let name = path.strip_prefix(folder)?;
        Ok(format!("{} {}\n", name.display(), hash([read(path)?.as_slice()])))
    });
    lines.collect()
}

fn files_below(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_runs_again_only_when_its_inputs_change_or_its_files_are_gone() {
        let folder = std::env::temp_dir().join(format!("beffroi-xtask-{}", std::process::id()));
        let runs = std::cell::Cell::new(0);
        let build = |inputs: &str| {
            let mut site = Site::open(&folder).expect("opens");
            site.step("style", inputs, || {
                runs.set(runs.get() + 1);
                Ok(vec![Asset::hashed("a.css", inputs.as_bytes().to_vec())])
            })
            .expect("makes");
            site.close().expect("closes");
        };
        let css = |extension: &str| {
            let entries = fs::read_dir(folder.join("actifs")).expect("lists").flatten();
            entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(extension)).count()
        };

        build("one");
        build("one");
        assert_eq!((runs.get(), css(".css"), css(".css.br"), css(".css.gz")), (1, 1, 1, 1));

        build("two");
        assert_eq!((runs.get(), css(".css"), css(".css.br")), (2, 1, 1));

        fs::remove_dir_all(folder.join("actifs")).expect("removes");
        build("two");
        assert_eq!((runs.get(), css(".css")), (3, 1));

        fs::remove_dir_all(&folder).expect("removes");
    }
}
