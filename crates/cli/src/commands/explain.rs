//! `ikrar explain`.

mod json;
mod text;

use ikrar_core::attestation::Attestation;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::Time;
use ikrar_log::evidence::{Exhibit, Subject, exhibits};
use ikrar_log::status::explain;

use super::question::{Question, ground};
use super::{log, verify};
use crate::args::{Explain, VerdictFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure};

/// An entry of the evidence, decoded.
struct Piece<'a> {
    exhibit: &'a Exhibit,
    logged_at: Option<Time>,
    /// None in an anchor.
    attestation: Option<Attestation<'a>>,
}

impl<'a> Piece<'a> {
    fn new(exhibit: &'a Exhibit) -> Self {
        let entry = Entry::decode(&exhibit.bytes).ok();
        let attestation = match entry.map(|entry| entry.payload) {
            Some(Payload::Attestation(bytes)) => Attestation::decode(bytes).ok(),
            _ => None,
        };
        Self { exhibit, logged_at: entry.map(|entry| entry.logged_at), attestation }
    }
}

pub(crate) fn run(args: &Explain, context: &Context) -> Result<Exit, Failure> {
    let question = Question {
        log: &args.log,
        keys: args.trust.keys.as_deref(),
        round: &args.round,
        at: args.at.as_deref(),
        as_of: args.as_of,
    };
    let grounded = ground(&question, context)?;
    let (history, round) = (grounded.history(), grounded.round);
    let unit = grounded.unit(&args.unit)?;
    let explained = explain(history, round, unit, grounded.at);
    let subject = Subject { history, round, unit };
    let findings = &grounded.verification.findings;
    let sizes = (grounded.size, grounded.head.size);
    let exhibits = exhibits(&grounded.store, sizes, findings, subject, &explained);
    let exhibits = exhibits.map_err(|error| log::store_failure(&args.log, &error))?;
    let pieces: Vec<_> = exhibits.iter().map(Piece::new).collect();
    let explanation = json::Explanation::new(&grounded, &explained, &pieces);
    let out = match args.format {
        VerdictFormat::Json => explanation.to_json(),
        VerdictFormat::Text => {
            let (registry, trust, origin) = (&explanation.registry, &explanation.trust, explanation.origin);
            let mut out = verify::integrity_box(&grounded.verification, registry, trust, origin, context);
            out.push_str(&log::findings(findings, context));
            out.push_str(&text::render(&grounded, &explained, &pieces, context));
            out
        }
    };
    if args.format == VerdictFormat::Json && grounded.exit != Exit::Good {
        context.say("error-not-good", &[("path", args.log.display().to_string().into())]);
    }
    context.print(&out)?;
    Ok(grounded.exit)
}
