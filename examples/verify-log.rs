//! Verifies a log and says how its units stand: `cargo run --release --example verify-log -- LOG KEYS [ROUND]`.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use ikrar_core::field::Time;
use ikrar_examples::Error;
use ikrar_log::medium::Folder;
use ikrar_log::status::{Status, default_time, evaluate};
use ikrar_log::store::Store;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{b64, verify};

fn main() -> ExitCode {
    run().map_or_else(
        |error| {
            eprintln!("verify-log: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn run() -> Result<(), Error> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (log, keys, wanted) = match args.as_slice() {
        [log, keys] => (log, keys, None),
        [log, keys, round] => (log, keys, Some(round)),
        _ => return Err("usage: verify-log LOG KEYS [ROUND]".into()),
    };
    // What a verdict rests on comes from whoever verifies, never from the log.
    let trust = TrustRoot::load(Path::new(keys))?;
    println!("trust root   {}", trust.fingerprint_text());

    let verification = verify(&Store::open(Folder::new(log)), &trust, |_, _| {})?;
    for finding in &verification.findings {
        println!("{:12} {}: {}", finding.severity().to_string(), finding.rule.name(), finding.detail);
    }
    let Some(head) = verification.head.filter(|_| verification.is_ok()) else {
        return Err("the log does not verify".into());
    };
    println!("verified     {}, {} entries, root {}", trust.origin, head.size, b64(&head.root));

    let history = verification.history();
    let now = Time::new(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs())?;
    for (round, record) in history.rounds().filter(|(_, record)| wanted.is_none_or(|wanted| record.id == *wanted)) {
        let at = default_time(verification.state.last_logged_at(), record.due, now);
        let status = evaluate(history, round, at);
        println!("round        {}: {:?}", record.id, status.summary);
        for unit in status.units.iter().filter(|unit| unit.now.status == Status::Missing) {
            println!("missing      {} {}", history.record(unit.unit).id, history.census().post(unit.unit).name);
        }
    }
    Ok(())
}
