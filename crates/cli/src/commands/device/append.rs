//! `ikrar device append`: attestations of other units for the device's journal.

use std::fmt::Write as _;

use ikrar_core::attestation::Attestation;
use ikrar_log::envelope;
use ikrar_terminal::wire::{Answer, Refusal, Request, WireMark};

use super::session::Session;
use crate::args::DeviceAppend;
use crate::context::Context;
use crate::failure::{Exit, Failure, usage};
use crate::input::read;
use crate::message::cause;

pub(crate) fn append(args: &DeviceAppend, context: &Context) -> Result<Exit, Failure> {
    let mut given = Vec::new();
    for path in &args.files {
        let bytes = read(path)?;
        let failed = |error| usage("error-device-not-attestations").with("path", path.display()).because(&error);
        for (number, attestation) in (1_u64..).zip(envelope::delivered(&bytes).map_err(failed)?) {
            given.push((format!("{}#{number}", path.display()), attestation.to_vec()));
        }
    }
    let mut session = Session::open(&args.reach)?;
    let most = usize::from(session.identity.message);
    let (mut any_refused, mut any_hashed) = (false, false);
    for (place, bytes) in &given {
        // The number of bytes before the attestation is at most three.
        let taken = if bytes.len() + ikrar_terminal::wire::HEAD + 4 > most {
            Err(Refusal::TooLong)
        } else {
            session.try_ask(&Request::Append(bytes), |answer| match answer {
                Answer::Taken { index, mark } => Some((index, mark)),
                _ => None,
            })?
        };
        any_refused |= taken.is_err();
        any_hashed |= matches!(taken, Ok((_, WireMark::Hashed)));
        // What is done is said at once: the line may break before the next.
        context.print(&line(place, bytes, taken, context))?;
    }
    Ok(match (any_refused, any_hashed) {
        (true, _) => Exit::Refused,
        (false, true) => Exit::Unchecked,
        (false, false) => Exit::Good,
    })
}

fn line(place: &str, bytes: &[u8], taken: Result<(u64, WireMark), Refusal>, context: &Context) -> String {
    let unit = Attestation::decode(bytes).map_or_else(|_| "–".to_owned(), |it| it.body().unit.to_string());
    let said = match taken {
        Err(refusal) => cause("device-taken-refused").told("cause", &refusal),
        Ok((index, mark)) => {
            let verdict = cause(match mark {
                WireMark::Applied => "device-mark-applied",
                WireMark::NoEffect => "device-mark-no-effect",
                WireMark::NotCheckable => "device-mark-not-checkable",
                WireMark::Hashed => "device-mark-hashed",
            });
            cause("device-taken").with("index", index).told("verdict", &verdict)
        }
    };
    let mut out = String::new();
    let _ = writeln!(out, "{place}: {unit}: {}", context.messages.tell(&said));
    out
}
