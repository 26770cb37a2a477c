//! `ikrar append`: intake under the lock, then one durable publication.

use ikrar_core::rule::Rule;
use ikrar_core::state::LogState;
use ikrar_log::envelope;
use ikrar_log::history::History;
use ikrar_log::intake::{Intake, Taken};
use ikrar_log::keys::PrivateKey;
use ikrar_log::medium::Folder;
use ikrar_log::store::{Head, Writer};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::open_checkpoint;
use serde::Serialize;

use super::registry::{AppendError, checkpoint, log_key, published, published_name};
use super::{keys, log};
use crate::args::{Append, VerdictFormat};
use crate::context::{Context, read};
use crate::failure::{Exit, Failure, bad, refused, unchecked, usage};
use crate::message::Tell as _;

const SCHEMA: &str = "ikrar.append/1";

/// An attestation and where it came from.
struct Delivery {
    place: String,
    bytes: Vec<u8>,
}

pub(crate) fn run(args: &Append, context: &Context) -> Result<Exit, Failure> {
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let key = log_key(args.key.as_deref(), &trust.folder, &trust.root, &args.unlock, context)?;
    let deliveries = deliveries(args)?;
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

    let synthetic = log::is_synthetic(verification.history());
    keys::permit(key.test_only, synthetic)?;
    let mut intake = Intake::new(verification.state, context.now());
    let attestations: Vec<_> = deliveries.iter().map(|delivery| delivery.bytes.clone()).collect();
    let taken = intake.take(&attestations, writer.store());
    let taken = taken.map_err(|error| log::store_failure(&args.log, &error))?;
    let any_refused = taken.iter().any(|taken| matches!(taken, Taken::Refused { .. }));
    let held_back = any_refused && args.all_or_nothing;
    if !intake.entries().is_empty() && !held_back {
        let renewed = renewed(&trust.root, intake.state());
        let key = match &renewed {
            None => key,
            Some(renewed) => next_key(args, renewed, synthetic, context)?,
        };
        let head = writer.append(intake.entries(), |head| checkpoint(&key, head));
        let head = head.map_err(|error: AppendError| error.failure(&args.log))?;
        let recorded = published.record(&published_name(&trust.root), head);
        recorded.map_err(|error| unchecked("error-published").because(&error))?;
        if let Some(renewed) = renewed {
            let kept = renewed.renew(&trust.folder);
            kept.map_err(|error| unchecked("error-trust-renewal").because(&error))?;
            context.say("append-renewed", &[("fingerprint", renewed.fingerprint_text().into())]);
        }
    }
    let out = match args.format {
        VerdictFormat::Text => text(&deliveries, &taken, held_back, writer.head(), context),
        VerdictFormat::Json => json_answer(&deliveries, &taken, held_back, writer.head()),
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

/// The private half of the log's next key: the checkpoint of this very batch is its first.
fn next_key(args: &Append, renewed: &TrustRoot, synthetic: bool, context: &Context) -> Result<PrivateKey, Failure> {
    let path = args.next_key.as_deref().ok_or_else(|| usage("error-next-key"))?;
    let key = log_key(Some(path), path, renewed, &args.unlock, context)?;
    keys::permit(key.test_only, synthetic)?;
    Ok(key)
}

fn deliveries(args: &Append) -> Result<Vec<Delivery>, Failure> {
    let mut deliveries = Vec::new();
    for path in &args.files {
        let bytes = read(path)?;
        let decoded = envelope::decode(&bytes)
            .map_err(|error| refused("error-not-attestations").with("path", path.display()).because(&error))?;
        deliveries.extend(
            (1_u64..).zip(decoded).map(|(number, bytes)| Delivery {
                place: format!("{}#{number}", path.display()),
                bytes: bytes.to_vec(),
            }),
        );
    }
    Ok(deliveries)
}

fn text(deliveries: &[Delivery], taken: &[Taken], held_back: bool, head: Head, context: &Context) -> String {
    let mut out = String::new();
    let mut logged = 0_u64;
    for (delivery, taken) in deliveries.iter().zip(taken) {
        let place = ("place", (&delivery.place).into());
        let line = match taken {
            Taken::Logged { no_effect: None, .. } => {
                logged += 1;
                continue;
            }
            Taken::Logged { index, no_effect: Some(rule), .. } => {
                logged += 1;
                let args = [
                    place,
                    ("entry", index.to_string().into()),
                    ("rule", rule.name().into()),
                    ("meaning", rule.message().into()),
                ];
                context.text("append-no-effect", &args)
            }
            Taken::Duplicate { .. } => context.text("append-duplicate", &[place]),
            Taken::Refused { rule, .. } => {
                let args = [place, ("rule", rule.name().into()), ("meaning", rule.message().into())];
                context.text("append-refused", &args)
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    let summary = if held_back {
        context.text("append-held-back", &[])
    } else {
        context.text("append-done", &[("count", logged.into()), ("size", head.size.into())])
    };
    out.push_str(&summary);
    out.push('\n');
    out
}

/// The answer for machines (spec §12.4).
#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    tree_size: u64,
    attestations: Vec<Attestation<'a>>,
}

#[derive(Serialize)]
struct Attestation<'a> {
    from: &'a str,
    outcome: &'static str,
    entry: Option<u64>,
    id: Option<String>,
    rule: Option<&'static str>,
}

fn json_answer(deliveries: &[Delivery], taken: &[Taken], held_back: bool, head: Head) -> String {
    let answers = deliveries.iter().zip(taken).map(|(delivery, taken)| {
        let (outcome, entry, id, rule) = match *taken {
            Taken::Logged { id, .. } if held_back => ("held-back", None, Some(id), None),
            Taken::Logged { index, id, no_effect: None } => ("logged", Some(index), Some(id), None),
            Taken::Logged { index, id, no_effect } => ("no-effect", Some(index), Some(id), no_effect),
            Taken::Duplicate { id } => ("duplicate", None, Some(id), None),
            Taken::Refused { id, rule } => ("refused", None, id, Some(rule)),
        };
        let (id, rule) = (id.map(|id| id.to_string()), rule.map(Rule::name));
        Attestation { from: &delivery.place, outcome, entry, id, rule }
    });
    let answer = Answer { schema: SCHEMA, tree_size: head.size, attestations: answers.collect() };
    // Strings, numbers and lists: nothing here can fail to be JSON.
    serde_json::to_string(&answer).unwrap_or_default() + "\n"
}
