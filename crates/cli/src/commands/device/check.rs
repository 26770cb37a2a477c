//! `ikrar device check`: has a device verify a receipt, entry by entry.

use ikrar_core::statement::Statement;
use ikrar_log::path;
use ikrar_log::receipt::Receipt;
use ikrar_terminal::wire::{Answer, Refusal, Request};

use super::session::{Session, refusal_failure};
use crate::args::DeviceCheck;
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, unchecked, usage};
use crate::input::read;

pub(crate) fn check(args: &DeviceCheck, context: &Context) -> Result<Exit, Failure> {
    let path = args.receipt.display();
    let bytes = read(&args.receipt)?;
    let not_receipt = || usage("error-device-not-receipt").with("path", args.receipt.display());
    let receipt = Receipt::decode(&bytes).map_err(|error| not_receipt().because(&error))?;
    let bundle = receipt.bundle().map_err(|error| not_receipt().because(&error))?;
    let mut session = Session::open(&args.reach)?;
    let begin = Request::Receipt { checkpoint: receipt.checkpoint(), index: receipt.index() };
    fits(&session, receipt.checkpoint().len())?;
    let mut judged = session.try_ask(&begin, |answer| matches!(answer, Answer::Done).then_some(()))?;
    for item in bundle.items() {
        // Texts and rounds say what a statement effects, which a device does not judge.
        if judged.is_err() || item.index != receipt.index() && !is_structural(item.entry) {
            continue;
        }
        fits(&session, item.entry.len() + item.proof.as_bytes().len())?;
        let proven = Request::Proven { index: item.index, entry: item.entry, proof: item.proof };
        judged = session.try_ask(&proven, |answer| matches!(answer, Answer::Done).then_some(()))?;
    }
    let verdict = match judged {
        Err(refusal) => Err(refusal),
        Ok(()) => session.try_ask(&Request::Verdict, |answer| match answer {
            Answer::Proven { unit, id, size } => Some((unit.to_string(), id, size)),
            _ => None,
        })?,
    };
    match verdict {
        Ok((unit, id, size)) => {
            let args = [
                ("unit", unit.into()),
                ("id", id.to_string().into()),
                ("index", receipt.index().to_string().into()),
                ("size", size.to_string().into()),
            ];
            context.print(&(context.text("device-check-good", &args) + "\n"))?;
            Ok(Exit::Good)
        }
        Err(refusal) => Err(verdict_failure(refusal, &args.reach.device).with("path", path)),
    }
}

/// What the device finds wrong is wrong; what it cannot follow is not checked.
fn verdict_failure(refusal: Refusal, address: &str) -> Failure {
    use ikrar_terminal::wire::ReceiptFault::{LogKey, NotBegun, Rotation, TooLarge};
    match refusal {
        Refusal::Receipt(TooLarge | Rotation | LogKey | NotBegun) => unchecked("error-device-receipt-unchecked"),
        Refusal::Receipt(_) => bad("error-device-receipt"),
        other => return refusal_failure(address, other),
    }
    .because(&refusal)
}

fn is_structural(entry: &[u8]) -> bool {
    path::attestation(entry).is_some_and(|attestation| {
        matches!(
            attestation.body().statement,
            Statement::Genesis(_)
                | Statement::RekeyLog(_)
                | Statement::Enroll(_)
                | Statement::Amend(_)
                | Statement::Rekey(_)
                | Statement::Retire(_)
        )
    })
}

fn fits(session: &Session, length: usize) -> Result<(), Failure> {
    // Head, tag, index, and two lengths.
    let (needed, most) = (length + ikrar_terminal::wire::HEAD + 1 + 10 + 6, usize::from(session.identity.message));
    if needed > most {
        Err(unchecked("error-device-small").count("needed", needed).count("most", most))
    } else {
        Ok(())
    }
}
