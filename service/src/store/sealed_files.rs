//! Sealed bytes on disk, under the hash of the sealed bytes. No clear byte is ever written there.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use crate::Services;

/// Where sealed bytes of this hash lie.
pub(crate) fn path(services: &Services, sealed_sha256: &str) -> PathBuf {
    folder(services).join(sealed_sha256.get(..2).unwrap_or("00")).join(sealed_sha256)
}

/// A file that is being written; it is taken away again unless it is kept.
pub(crate) struct Partial {
    path: PathBuf,
    kept: bool,
}

impl Partial {
    /// A new empty file beside those that are whole.
    pub(crate) fn create(services: &Services) -> io::Result<(Self, File)> {
        let folder = folder(services);
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("partial-{}", crate::secret::random_hex()));
        let file = File::create(&path)?;
        Ok((Self { path, kept: false }, file))
    }

    /// Flushed, then renamed: a crash leaves no half file under a whole name.
    pub(crate) fn keep(mut self, file: &File, place: &Path) -> io::Result<()> {
        file.sync_all()?;
        let folder = place.parent().unwrap_or(place);
        std::fs::create_dir_all(folder)?;
        std::fs::rename(&self.path, place)?;
        self.kept = true;
        File::open(folder)?.sync_all()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing names it: what can't be taken away now is only space.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn folder(services: &Services) -> PathBuf {
    services.settings().data_dir.join("sealed")
}
