//! Sealed bytes on disk, a folder for each tender, under the hash of the sealed bytes. No clear byte is ever written there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::kernel::ids::TenderId;

use crate::Services;

/// What a file is called until it is whole.
const PARTIAL: &str = "partial-";

/// Where sealed bytes of this hash lie.
pub(crate) fn path(services: &Services, tender: TenderId, sealed_sha256: &str) -> PathBuf {
    folder(services, tender).join(sealed_sha256)
}

/// A file that is being written; it is taken away again unless it is kept.
pub(crate) struct Partial {
    path: PathBuf,
    kept: bool,
}

impl Partial {
    /// A new empty file beside those that are whole.
    pub(crate) fn create(services: &Services, tender: TenderId) -> io::Result<(Self, File)> {
        let folder = folder(services, tender);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{PARTIAL}{}", crate::secret::random_hex()));
        let file = File::create(&path)?;
        Ok((Self { path, kept: false }, file))
    }

    /// Flushed, then renamed: a crash leaves no half file under a whole name.
    pub(crate) fn keep(mut self, file: &File, sealed_sha256: &str) -> io::Result<()> {
        file.sync_all()?;
        let folder = self.path.parent().unwrap_or(&self.path).to_owned();
        fs::rename(&self.path, folder.join(sealed_sha256))?;
        self.kept = true;
        File::open(folder)?.sync_all()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing names it: what can't be taken away now is swept later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Takes these bytes away. Another server may have been faster, or keep them in a folder of its own.
pub(crate) fn discard(services: &Services, tender: TenderId, sealed_sha256: &str) -> io::Result<()> {
    gone(fs::remove_file(path(services, tender, sealed_sha256)))
}

/// The tenders that have a folder here.
pub(crate) fn tenders(services: &Services) -> io::Result<Vec<TenderId>> {
    let names = names(&root(services))?;
    Ok(names.iter().filter_map(|name| name.parse().ok()).map(TenderId::from_uuid).collect())
}

/// Hashes of the whole files of a tender that nobody has touched for so long.
pub(crate) fn whole_for(services: &Services, tender: TenderId, age: Duration) -> io::Result<Vec<String>> {
    aged(&folder(services, tender), age, |name| !name.starts_with(PARTIAL))
}

/// Takes away the half files of a tender that nobody has written to for so long: their upload died with its server.
pub(crate) fn discard_partials(services: &Services, tender: TenderId, age: Duration) -> io::Result<usize> {
    let folder = folder(services, tender);
    let dead = aged(&folder, age, |name| name.starts_with(PARTIAL))?;
    for name in &dead {
        gone(fs::remove_file(folder.join(name)))?;
    }
    Ok(dead.len())
}

fn aged(folder: &Path, age: Duration, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<String>> {
    // By the clock of the machine, which dates files; that of the services may be put forward.
    let is_old = |name: &String| {
        let modified = fs::metadata(folder.join(name)).and_then(|metadata| metadata.modified());
        // Gone meanwhile, or of the future: not old.
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|passed| passed > age))
    };
    Ok(names(folder)?.into_iter().filter(|name| wanted(name)).filter(is_old).collect())
}

/// What lies in a folder; nothing in one that is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn root(services: &Services) -> PathBuf {
    services.settings().data_dir.join("sealed")
}

fn folder(services: &Services, tender: TenderId) -> PathBuf {
    root(services).join(tender.to_string())
}
