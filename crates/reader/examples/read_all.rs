//! Reads files and prints `abilene.read/1`: `read_all [--date D --id I] FILE...`, for measurements.

use std::process::ExitCode;

use abilene_reader::{Answer, Options, read};

fn main() -> ExitCode {
    let mut options = Options { threshold: 50, ..Options::default() };
    let mut documents = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--date" => options.date = args.next(),
            "--id" => options.id = args.next(),
            file => {
                let Ok(bytes) = std::fs::read(file) else { return ExitCode::FAILURE };
                match read(&bytes, file, &options) {
                    Ok(reading) => documents.push(reading.document),
                    Err(error) => println!("{file}: {error}"),
                }
            }
        }
    }
    let answer = Answer { schema: "abilene.read/1", documents };
    println!("{}", serde_json::to_string(&answer).unwrap_or_default());
    ExitCode::SUCCESS
}
