//! The exhibits of messages are one collection.

use crate::house::{committed, text};

#[test]
fn exhibits_start_with_their_code_and_a_title() {
    let pages: Vec<String> =
        committed().into_iter().filter(|path| path.starts_with("tests/errors/")).collect();
    for path in pages.iter().filter(|path| path.ends_with(".md")) {
        let name = path.rsplit('/').next().unwrap();
        let code = name.split('-').next().unwrap();
        let page = text(path).unwrap();
        let title = page.lines().next().and_then(|line| line.strip_prefix(&format!("# {code}: ")));
        assert!(title.is_some_and(|title| title.len() > 3), "{path} should start with `# {code}: title`");
    }
}
