//! The `abilene` command as people meet it: exit codes, what is printed where, files that are written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod cases;
mod formats;
mod page;
mod read;
mod run;
mod usage;
mod world;
