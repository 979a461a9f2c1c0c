//! Edits keep what the author wrote around them, and lose nothing when they fail.

use std::fs;

use abilene_ledger::edit::{append, set};

use crate::case::Folder;

const FILE: &str = "# why this file\n\n[[claim]]\nid = \"a\"   # the first\nvalue = \"1 bn USD\" # as told\n\n[[claim]]\nid = \"b\"\n";

#[test]
fn setting_a_value_keeps_comments_and_order() {
    let folder = Folder::new();
    folder.put("claims.toml", FILE);
    let path = folder.0.join("claims.toml");
    set(&path, "claim", "a", "value", "2 bn USD").unwrap();
    set(&path, "claim", "b", "note", "new").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let expected = FILE.replace("1 bn USD", "2 bn USD") + "note = \"new\"\n";
    assert_eq!(text, expected);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no half-written file is left");
}

#[test]
fn appending_adds_at_the_end_and_refuses_what_is_not_a_record() {
    let folder = Folder::new();
    folder.put("claims.toml", FILE);
    let path = folder.0.join("claims.toml");
    append(&path, "claim", "# from a reading\n[[claim]]\nid = \"c\"\n").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("{FILE}\n# from a reading\n[[claim]]\nid = \"c\"\n"));
    for wrong in ["", "[[deal]]\nid = \"x\"\n", "[[claim]\n"] {
        assert!(append(&path, "claim", wrong).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "a refused edit changes nothing");
    }
    assert!(set(&path, "claim", "z", "value", "1").is_err());
    let fresh = folder.0.join("new.toml");
    append(&fresh, "claim", "[[claim]]\nid = \"c\"\n").unwrap();
    assert_eq!(fs::read_to_string(&fresh).unwrap(), "[[claim]]\nid = \"c\"\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_device_is_left_a_device() {
    use std::os::unix::fs::FileTypeExt as _;

    let folder = Folder::new();
    folder.put("real.toml", "old = 1\n");
    let link = folder.0.join("link.toml");
    std::os::unix::fs::symlink(folder.0.join("real.toml"), &link).unwrap();
    abilene_ledger::edit::write(&link, "new = 1\n").unwrap();
    assert_eq!(fs::read_to_string(folder.0.join("real.toml")).unwrap(), "new = 1\n");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    abilene_ledger::edit::write(std::path::Path::new("/dev/null"), "gone").unwrap();
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}
