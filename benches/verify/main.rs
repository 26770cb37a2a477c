//! How fast a log is verified, against what no verifier can do without. See docs/performance.md.

mod counts;
mod cpu;
mod measure;
mod signatures;
mod synthetic;

use std::path::Path;
use std::time::Instant;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Error> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["generate", out, units, rounds] => {
            let head = synthetic::generate(Path::new(out), units.parse()?, rounds.parse()?)?;
            println!("{out}: {} entries", head.size);
        }
        ["verify", out, threads] => {
            let (store, trust) = synthetic::open(Path::new(out))?;
            let start = Instant::now();
            let effort = ikrar_log::verify::Effort::new(threads.parse()?);
            let verification = ikrar_log::verify::verify_keeping(&store, &trust, None, effort, |_, _| {})?;
            println!("{:?} {} {:?}", start.elapsed(), verification.entries, verification.findings.first());
        }
        ["measure", out, times] => measure::measure(Path::new(out), times.parse()?)?,
        ["count"] => counts::NAMES.iter().for_each(|name| println!("{name}")),
        ["count", out, name, times] => counts::count(Path::new(out), name, times.parse()?)?,
        _ => return Err("usage".into()),
    }
    Ok(())
}
