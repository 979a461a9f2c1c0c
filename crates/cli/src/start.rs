//! `abilene new` and `abilene schema`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use abilene_ledger::{SCHEMAS, edit, example, scaffold};

use crate::args::{NewArgs, SchemaArgs};
use crate::output::{Failure, note, print};

pub fn new(args: &NewArgs) -> Result<ExitCode, Failure> {
    let folder = &args.folder;
    let written = if args.example.is_some() { example(folder) } else { scaffold(folder) };
    let written = written.map_err(|error| Failure::Input(error.to_string()))?;
    let files = written.iter().filter(|path| path.extension().is_some_and(|e| e == "toml"));
    print(&files.map(|path| format!("{}\n", path.display())).collect::<String>())?;
    note(&format!(
        "Open {} first; `abilene check {}` tells what is wrong.\n",
        folder.join("case.toml").display(),
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

pub fn schema(args: &SchemaArgs) -> Result<ExitCode, Failure> {
    let kinds: Vec<&str> = args.kind.as_deref().map_or_else(|| SCHEMAS.to_vec(), |kind| vec![kind]);
    match (&args.output, &kinds[..]) {
        (Some(folder), kinds) => write_all(folder, kinds)?,
        (None, [kind]) => print(&text(kind))?,
        (None, _) => {
            let known = SCHEMAS.join(", ");
            return Err(Failure::Usage(format!(
                "name one kind to print ({known}), or a folder with -o for all"
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn text(kind: &str) -> String {
    abilene_ledger::schema(kind).map(|schema| format!("{schema:#}\n")).unwrap_or_default()
}

fn write_all(folder: &Path, kinds: &[&str]) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .map_err(|e| Failure::Input(format!("cannot make {}: {e}", folder.display())))?;
    kinds.iter().try_for_each(|kind| {
        let path = folder.join(format!("{kind}.schema.json"));
        edit::write(&path, &text(kind)).map_err(|e| Failure::Input(e.to_string()))
    })
}
