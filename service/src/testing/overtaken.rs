use std::{path::Path, time::Duration};

use super::World;

impl World {
    /// Two acts on one file that somebody holds: `act` reads it and paints this many papers, then `write` lets the file go
    /// with something changed, and only then `act` gets hold of it.
    pub async fn overtaken<T>(
        &self,
        act: impl Future<Output = T>,
        papers: usize,
        write: impl Future<Output = ()>,
    ) -> T {
        let folder = self.data_dir.join("files");
        let before = kept(&folder);
        let other = async {
            while kept(&folder) < before + papers {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            write.await;
        };
        let (done, ()) = tokio::join!(act, other);
        done
    }
}

/// How many files are under this folder.
fn kept(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { kept(&entry.path()) } else { 1 }).sum()
}
