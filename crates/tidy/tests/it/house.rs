//! What is committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Paths of the committed files that are still there, from the root, in order. A copy without its history has none.
pub fn committed() -> Vec<String> {
    let Ok(listed) = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output() else {
        return Vec::new();
    };
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut paths: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    paths.retain(|path| root().join(path).is_file());
    paths.sort();
    paths
}

/// The text of a file; `None` when it is not text.
pub fn text(path: &str) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}
