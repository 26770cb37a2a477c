//! `ikrar append`: intake under the lock, then one durable publication.

mod answer;
mod key;
mod state;

use ikrar_log::audit::Whose;
use ikrar_log::envelope::{self, EnvelopeError};
use ikrar_log::intake::{Intake, Taken};
use ikrar_log::keys::PrivateKey;
use ikrar_log::medium::Folder;
use ikrar_log::store::{Head, Writer};
use ikrar_log::verify::open_checkpoint;

use super::registry::{AppendError, checkpoint, published, published_name};
use super::{kept, keys, log};
use crate::args::{Append, VerdictFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, unchecked};
use crate::input::read;

/// An attestation and where it came from.
struct Delivery {
    place: String,
    bytes: Vec<u8>,
}

/// A file that was given: so many attestations, or why it holds none.
struct GivenFile {
    path: String,
    held: Result<usize, EnvelopeError>,
}

/// What was delivered, file by file.
struct Batch {
    files: Vec<GivenFile>,
    deliveries: Vec<Delivery>,
}

pub(crate) fn run(args: &Append, context: &Context) -> Result<Exit, Failure> {
    let mut trust = log::trust_root(args.trust.keys.as_deref())?;
    let key = key::in_force(args, &mut trust, context)?;
    let batch = batch(args)?;
    log::open(&args.log)?;
    let published = published()?;

    let opened = Writer::open(Folder::new(&args.log), |store, bytes| {
        let checkpoint = open_checkpoint(bytes, &trust.root).map_err(|finding| {
            AppendError::Refused(
                bad("error-not-sound").with("path", args.log.display()).told("finding", &*finding.detail),
            )
        })?;
        let head = Head { size: checkpoint.size(), root: *checkpoint.root() };
        published.admit(&published_name(&trust.root), store, head)?;
        Ok::<_, AppendError>(head)
    });
    let mut writer = opened.map_err(|error| error.failure(&args.log))?;
    let verification = state::sound(&args.log, writer.store(), &trust.root, context)?;

    let synthetic = log::is_synthetic(verification.history());
    let permitted = |key: &PrivateKey| keys::permit(key.test_only, synthetic);
    key.as_ref().map_or(Ok(()), permitted)?;
    let mut intake = Intake::new(verification.state, context.now());
    let attestations: Vec<_> = batch.deliveries.iter().map(|delivery| delivery.bytes.clone()).collect();
    let taken = intake.take(&attestations, writer.store());
    let taken = taken.map_err(|error| log::store_failure(&args.log, &error))?;
    // What was judged by statements that could not be had is neither logged nor refused.
    kept::refuse_damaged(intake.state().store(), Some(Whose::Operator), &trust.root)?;
    let any_refused = batch.files.iter().any(|file| file.held.is_err())
        || taken.iter().any(|taken| matches!(taken, Taken::Refused { .. }));
    let held_back = any_refused && args.all_or_nothing;
    if !intake.entries().is_empty() && !held_back {
        let renewed = key::renewed(&trust.root, intake.state());
        let key = match (&renewed, key) {
            (Some(renewed), _) => key::next(args, renewed, context)?,
            (None, Some(key)) => key,
            (None, None) => key::pinned(args, &trust, context)?,
        };
        permitted(&key)?;
        let head = writer.append(intake.entries(), |head| checkpoint(&key, head));
        let head = head.map_err(|error: AppendError| error.failure(&args.log))?;
        let recorded = published.record(&published_name(&trust.root), head);
        recorded.map_err(|error| unchecked("error-published").because(&error))?;
        if let Some(renewed) = renewed {
            key::renew(&renewed, &trust.folder, context)?;
        }
    }
    let outcome = answer::Outcome { batch: &batch, taken: &taken, held_back, head: writer.head() };
    let out = match args.format {
        VerdictFormat::Text => outcome.text(context),
        VerdictFormat::Json => outcome.json(),
    };
    context.print(&out)?;
    Ok(if any_refused { Exit::Refused } else { Exit::Good })
}

/// Reads the files. One that is no file of attestations is refused by itself; one that cannot be read ends it all.
fn batch(args: &Append) -> Result<Batch, Failure> {
    let mut batch = Batch { files: Vec::new(), deliveries: Vec::new() };
    for path in &args.files {
        let bytes = read(path)?;
        let path = path.display().to_string();
        let held = envelope::delivered(&bytes).map(|decoded| {
            batch.deliveries.extend(
                (1_u64..)
                    .zip(&decoded)
                    .map(|(number, bytes)| Delivery { place: format!("{path}#{number}"), bytes: bytes.to_vec() }),
            );
            decoded.len()
        });
        batch.files.push(GivenFile { path, held });
    }
    Ok(batch)
}
