//! Builds an example log from a roster: `cargo run --release --example build-log -- --units FILE.csv --out DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use ikrar_examples::{Error, Options, Plot, build};

/// Builds an example log from a roster: real units, invented pledges, the same bytes every time.
#[derive(Parser)]
#[command(after_help = "Example:\n  build-log --units examples/kota-semarang/units.csv --out target/contoh\n  \
    ikrar report target/contoh/log --round contoh-2020 --keys target/contoh/keys")]
struct Args {
    /// The roster: unit (or code), parent, kind, name; key, latitude, longitude, timezone if there are any
    #[arg(long, value_name = "FILE.csv")]
    units: PathBuf,
    /// Where `log` and `keys` go; neither may be there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Share of the units that never pledge, though they could
    #[arg(long, default_value_t = 0.05, value_parser = share)]
    missing: f64,
    /// Draws the lots, and the keys: they protect nothing
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// What it is about: a city, or a ministry
    #[arg(long, default_value = "region", value_parser = plot)]
    plot: Plot,
    /// How many of its rounds, from the first; all where not given
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    rounds: usize,
}

fn plot(name: &str) -> Result<Plot, String> {
    match name {
        "region" => Ok(Plot::Region),
        "ministry" => Ok(Plot::Ministry),
        _ => Err("region or ministry".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("build-log: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn run() -> Result<(), Error> {
    let Args { units, out, missing, seed, plot, rounds } = Args::parse();
    let units = std::fs::read(&units).map_err(|error| format!("{}: {error}", units.display()))?;
    let head = build(&Options { units: &units, out: &out, missing, seed, plot, rounds })?;
    println!("{}: {} entries, root {}", out.join("log").display(), head.size, head.root);
    println!("{}: the trust root; the keys in test-only protect nothing", out.join("keys").display());
    Ok(())
}
