//! `ikrar append`: intake under the lock, then one durable publication.

use std::path::Path;

use ikrar_core::rule::Rule;
use ikrar_core::state::LogState;
use ikrar_log::envelope::{self, EnvelopeError};
use ikrar_log::history::History;
use ikrar_log::intake::{Intake, Taken};
use ikrar_log::keys::PrivateKey;
use ikrar_log::medium::Folder;
use ikrar_log::store::{Head, Writer};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{open_checkpoint, rotation};
use serde::Serialize;

use super::log;
use super::registry::{AppendError, checkpoint, log_key, published, published_name};
use crate::args::{Append, VerdictFormat};
use crate::context::{Context, read};
use crate::failure::{Exit, Failure, bad, unchecked, usage};
use crate::message::Tell as _;

const SCHEMA: &str = "ikrar.append/1";

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

/// What came of a batch.
struct Outcome<'a> {
    batch: &'a Batch,
    taken: &'a [Taken],
    held_back: bool,
    head: Head,
}

/// What came of a file, or of one attestation in it.
enum Line<'a> {
    File(&'a str, EnvelopeError),
    One(&'a str, Taken),
}

pub(crate) fn run(args: &Append, context: &Context) -> Result<Exit, Failure> {
    let mut trust = log::trust_root(args.trust.keys.as_deref())?;
    let taken_over = taken_over(args, &trust.root)?;
    if let Some((renewed, _)) = &taken_over {
        renew(renewed, &trust.folder, context)?;
        trust.root = renewed.clone();
    }
    // Who takes over a log has its next key and not the one before.
    let old_key = || log_key(args.key.as_deref(), &trust.folder, &trust.root);
    let key = match taken_over {
        Some((_, key)) => Some(key),
        None => args.next_key.is_none().then(old_key).transpose()?,
    };
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
    let verification = log::sound(&args.log, writer.store(), &trust.root, context)?;

    let mut intake = Intake::new(verification.state, context.now());
    let attestations: Vec<_> = batch.deliveries.iter().map(|delivery| delivery.bytes.clone()).collect();
    let taken = intake.take(&attestations, writer.store());
    let taken = taken.map_err(|error| log::store_failure(&args.log, &error))?;
    let any_refused = batch.files.iter().any(|file| file.held.is_err())
        || taken.iter().any(|taken| matches!(taken, Taken::Refused { .. }));
    let held_back = any_refused && args.all_or_nothing;
    if !intake.entries().is_empty() && !held_back {
        let renewed = renewed(&trust.root, intake.state());
        let key = match (&renewed, key) {
            (Some(renewed), _) => next_key(args, renewed)?,
            (None, Some(key)) => key,
            (None, None) => old_key()?,
        };
        let head = writer.append(intake.entries(), |head| checkpoint(&key, head));
        let head = head.map_err(|error: AppendError| error.failure(&args.log))?;
        let recorded = published.record(&published_name(&trust.root), head);
        recorded.map_err(|error| unchecked("error-published").because(&error))?;
        if let Some(renewed) = renewed {
            renew(&renewed, &trust.folder, context)?;
        }
    }
    let outcome = Outcome { batch: &batch, taken: &taken, held_back, head: writer.head() };
    let out = match args.format {
        VerdictFormat::Text => outcome.text(context),
        VerdictFormat::Json => outcome.json(),
    };
    context.print(&out)?;
    Ok(if any_refused { Exit::Refused } else { Exit::Good })
}

/// The trust root to pin from here on, where the batch changed the log's key.
fn renewed(trust: &TrustRoot, state: &LogState<History>) -> Option<TrustRoot> {
    let history = state.store();
    let log_key = history.key_for_size(state.chain().size()).filter(|key| *key != trust.log_key)?;
    Some(TrustRoot { log_key, log_since: history.log_key_since(), ..trust.clone() })
}

fn renew(renewed: &TrustRoot, folder: &Path, context: &Context) -> Result<(), Failure> {
    renewed.renew(folder).map_err(|error| unchecked("error-trust-renewal").because(&error))?;
    context.say("append-renewed", &[("fingerprint", renewed.fingerprint_text().into())]);
    Ok(())
}

/// An append that changed the log's key and was cut off before the trust root was renewed: the next key is in force, and
/// who holds its private half may renew the trust root by it.
fn taken_over(args: &Append, trust: &TrustRoot) -> Result<Option<(TrustRoot, PrivateKey)>, Failure> {
    let Some(path) = args.next_key.as_deref() else { return Ok(None) };
    let store = log::open(&args.log)?;
    let bytes = store.checkpoint().map_err(|error| log::store_failure(&args.log, &error))?;
    if open_checkpoint(&bytes, trust).is_ok() {
        return Ok(None);
    }
    let Some(rotation) = rotation(&store, &bytes, trust) else { return Ok(None) };
    let renewed = rotation.renewed(trust);
    let key = log_key(Some(path), path, &renewed)?;
    Ok(Some((renewed, key)))
}

/// The private half of the log's next key: the checkpoint of this very batch is its first.
fn next_key(args: &Append, renewed: &TrustRoot) -> Result<PrivateKey, Failure> {
    let path = args.next_key.as_deref().ok_or_else(|| usage("error-next-key"))?;
    log_key(Some(path), path, renewed)
}

/// Reads the files. One that is no file of attestations is refused by itself; one that cannot be read ends it all.
fn batch(args: &Append) -> Result<Batch, Failure> {
    let mut batch = Batch { files: Vec::new(), deliveries: Vec::new() };
    for path in &args.files {
        let bytes = read(path)?;
        let path = path.display().to_string();
        let held = envelope::decode(&bytes).map(|decoded| {
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

impl Outcome<'_> {
    /// In the order of the files given.
    fn lines(&self) -> Vec<Line<'_>> {
        let mut answers = self.batch.deliveries.iter().zip(self.taken);
        let mut lines = Vec::new();
        for file in &self.batch.files {
            match &file.held {
                Err(error) => lines.push(Line::File(&file.path, *error)),
                Ok(count) => lines
                    .extend(answers.by_ref().take(*count).map(|(delivery, taken)| Line::One(&delivery.place, *taken))),
            }
        }
        lines
    }

    fn text(&self, context: &Context) -> String {
        let mut out = String::new();
        let mut logged = 0_u64;
        for line in self.lines() {
            logged += u64::from(matches!(line, Line::One(_, Taken::Logged { .. })));
            if let Some(told) = line.text(context) {
                out.push_str(&told);
                out.push('\n');
            }
        }
        let summary = if self.held_back {
            context.text("append-held-back", &[])
        } else {
            context.text("append-done", &[("count", logged.into()), ("size", self.head.size.into())])
        };
        out + &summary + "\n"
    }

    fn json(&self) -> String {
        let attestations = self.lines().into_iter().map(|line| line.json(self.held_back)).collect::<Vec<_>>();
        let answer = Answer { schema: SCHEMA, tree_size: self.head.size, attestations: &attestations };
        // Strings, numbers and lists: nothing here can fail to be JSON.
        serde_json::to_string(&answer).unwrap_or_default() + "\n"
    }
}

impl<'a> Line<'a> {
    /// What a person must know; nothing, where all is well.
    fn text(&self, context: &Context) -> Option<String> {
        let (place, taken) = match self {
            Self::File(path, error) => {
                let args = [("path", (*path).into()), ("cause", error.message().into())];
                return Some(context.text("append-refused-file", &args));
            }
            Self::One(place, taken) => (("place", (*place).into()), taken),
        };
        match taken {
            Taken::Logged { no_effect: None, .. } => None,
            Taken::Logged { index, no_effect: Some(rule), .. } => {
                let args = [
                    place,
                    ("entry", index.to_string().into()),
                    ("rule", rule.name().into()),
                    ("meaning", rule.message().into()),
                ];
                Some(context.text("append-no-effect", &args))
            }
            Taken::Duplicate { .. } => Some(context.text("append-duplicate", &[place])),
            Taken::Refused { rule, .. } => {
                let args = [place, ("rule", rule.name().into()), ("meaning", rule.message().into())];
                Some(context.text("append-refused", &args))
            }
        }
    }

    fn json(&self, held_back: bool) -> Attestation<'a> {
        let (from, taken) = match *self {
            Self::File(from, error) => {
                let detail = Some(error.to_string());
                return Attestation { from, outcome: "refused", entry: None, id: None, rule: None, detail };
            }
            Self::One(from, taken) => (from, taken),
        };
        let (outcome, entry, id, rule) = match taken {
            Taken::Logged { id, .. } if held_back => ("held-back", None, Some(id), None),
            Taken::Logged { index, id, no_effect: None } => ("logged", Some(index), Some(id), None),
            Taken::Logged { index, id, no_effect } => ("no-effect", Some(index), Some(id), no_effect),
            Taken::Duplicate { id } => ("duplicate", None, Some(id), None),
            Taken::Refused { id, rule } => ("refused", None, id, Some(rule)),
        };
        let (id, rule) = (id.map(|id| id.to_string()), rule.map(Rule::name));
        Attestation { from, outcome, entry, id, rule, detail: None }
    }
}

/// The answer for machines (spec §12.4).
#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    tree_size: u64,
    attestations: &'a [Attestation<'a>],
}

/// An attestation, or a file that holds none.
#[derive(Serialize)]
struct Attestation<'a> {
    from: &'a str,
    outcome: &'static str,
    entry: Option<u64>,
    id: Option<String>,
    rule: Option<&'static str>,
    detail: Option<String>,
}
