//! What the tests of the whole share: where the sources are, and how a readable table is kept in the repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every file below `folder` that we wrote: what is built, installed or downloaded is left out.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    const NOT_OURS: [&str; 6] = ["target", "node_modules", ".git", ".venv", "data", "__pycache__"];
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_data_of_a_program = name == "data" && folder != root();
        if NOT_OURS.iter().any(|other| name == *other) && !is_data_of_a_program {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A path as it is written in a message: from the root of the repository.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Compares `actual` with the committed file, and writes it when `BEFFROI_UPDATE` is set.
///
/// # Panics
/// They differ: what changed for whom is worth reading before it is committed.
pub fn assert_committed(file: &str, actual: &str) {
    let path = root().join(file);
    if env::var_os("BEFFROI_UPDATE").is_some() {
        fs::write(&path, actual).expect("the repository is writable");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let first = committed.lines().zip(actual.lines()).find(|(before, now)| before != now);
    assert!(
        committed == actual,
        "{file} is not what the code says any more. First difference:\n  was {:?}\n  is  {:?}\n\
         Read what changes for whom, then: BEFFROI_UPDATE=1 cargo test --profile ci --workspace --exclude xtask",
        first.map_or("", |(before, _)| before),
        first.map_or("(lines were added or removed)", |(_, now)| now),
    );
}
