//! Small cases in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use abilene_ledger::{Loaded, load};

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("abilene-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// The base case of the exhibits: two parties, one source, one deal.
    pub fn base() -> Folder {
        let folder = Folder::new();
        let base = root().join("tests/errors/base");
        for name in ["case.toml", "parties.toml", "sources.toml", "deals/a.toml"] {
            folder.put(name, &fs::read_to_string(base.join(name)).unwrap());
        }
        folder
    }

    /// Writes a file of the case.
    pub fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Loads it.
    pub fn load(&self) -> Loaded {
        load(&self.0).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
