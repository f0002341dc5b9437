use std::{fs, path::PathBuf, sync::Arc};

use app::Assets;

/// The built files of the interface: hashed names, each with its compressed siblings, and their manifest.
#[derive(Debug, Clone)]
pub struct Site {
    pub folder: PathBuf,
    pub assets: Arc<Assets>,
}

impl Site {
    /// Finds the files beside the program (`site/`), or one folder up, as `cargo` leaves them.
    ///
    /// # Errors
    /// A sentence that says what to run.
    pub fn find() -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let beside = program.parent().map(PathBuf::from).unwrap_or_default();
        [beside.join("site"), beside.join("../site")]
            .into_iter()
            .find_map(Self::open)
            .ok_or_else(|| "the files of the pages are missing: run `make run`, or `cargo xtask assets`".to_owned())
    }

    /// Pages without style, for tests that read words.
    pub fn none() -> Self {
        Self { folder: PathBuf::new(), assets: Arc::default() }
    }

    fn open(folder: PathBuf) -> Option<Self> {
        let manifest = fs::read(folder.join("manifest.json")).ok()?;
        let assets = serde_json::from_slice(&manifest).ok()?;
        Some(Self { folder, assets: Arc::new(assets) })
    }
}
