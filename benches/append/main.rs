//! What it costs to append, against what no log can do without. See docs/performance.md.

mod batch;
#[path = "../verify/cpu.rs"]
mod cpu;
mod one;
mod registry;
#[path = "../verify/signatures.rs"]
mod signatures;
#[path = "../verify/synthetic.rs"]
mod synthetic;

use std::path::Path;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Error> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["one", out, appends] => one::measure(Path::new(out), appends.parse()?)?,
        ["batch", out, units, times] => batch::measure(Path::new(out), units.parse()?, times.parse()?)?,
        _ => return Err("usage: one FOLDER APPENDS | batch FOLDER UNITS TIMES".into()),
    }
    Ok(())
}
