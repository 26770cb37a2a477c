//! `ikrar check`: receipts, attestations, checkpoints and evidence, offline (spec §12.7).

mod evidence;
mod out;
mod signed;

use std::path::Path;

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::VerifiedCheckpoint;
use ikrar_log::envelope;
use ikrar_log::kind::FileKind;
use ikrar_log::receipt::{self, CheckError, Checked, Receipt, Witnesses};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::open_checkpoint;

use super::log::{self, Pinned};
use crate::args::{self, VerdictFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, usage};
use crate::input::read;
use crate::message::{Message, Tell};

/// Why something does not verify: for machines, and in the reader's language.
#[derive(Clone, Debug)]
struct Cause {
    detail: String,
    message: Message,
}

impl Cause {
    fn of(error: &(impl std::fmt::Display + Tell)) -> Self {
        Self { detail: error.to_string(), message: error.message() }
    }
}

/// How a file, or an attestation in it, came out.
#[derive(Clone, Debug)]
enum Verdict {
    Good,
    /// Why it does not verify.
    Bad(Cause),
    /// Intact, but the trust root's witnesses are missing.
    Incomplete,
    /// Key of the message that says what is missing for a verdict.
    Unchecked(&'static str),
}

impl Verdict {
    fn exit(&self) -> Exit {
        match self {
            Self::Good => Exit::Good,
            Self::Bad(_) => Exit::Bad,
            Self::Incomplete => Exit::Incomplete,
            Self::Unchecked(_) => Exit::Unchecked,
        }
    }

    fn of(exit: Result<Option<bool>, Cause>) -> Self {
        match exit {
            Err(cause) => Self::Bad(cause),
            Ok(Some(false)) => Self::Incomplete,
            Ok(_) => Self::Good,
        }
    }
}

/// A file as it was read.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// What a file holds; nothing in it is verified.
enum Content<'a> {
    Receipt(Receipt),
    Attestations(Vec<Result<Attestation<'a>, Cause>>),
    Checkpoint,
    Broken { kind: &'static str, cause: Cause },
}

/// A file with its verdict.
enum Judged<'a> {
    Receipt(Result<Box<Checked<'a>>, CheckError>),
    Attestations(Vec<Signed<'a>>),
    Checkpoint(Result<(VerifiedCheckpoint<'a>, Witnesses), Cause>),
    Broken { kind: &'static str, cause: &'a Cause },
}

/// An attestation with what is known of its signature.
struct Signed<'a> {
    attestation: Option<&'a Attestation<'a>>,
    verdict: Verdict,
    /// A log was given, and was asked whether it holds it.
    asked: bool,
    /// The entry that does.
    logged: Option<u64>,
}

pub(crate) fn run(args: &args::Check, context: &Context) -> Result<Exit, Failure> {
    let read = |path: &std::path::PathBuf| Ok(File { name: path.display().to_string(), bytes: read(path)? });
    let files = args.files.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    let contents = files.iter().map(decode).collect::<Result<Vec<_>, Failure>>()?;
    let rests_on_trust =
        args.from.is_some() || contents.iter().any(|it| matches!(it, Content::Receipt(_) | Content::Checkpoint));
    let trust = rests_on_trust.then(|| log::trust_root(args.trust.keys.as_deref())).transpose()?;
    let attestations: Vec<_> = contents.iter().flat_map(attestations).collect();
    let keys = match (&args.from, &args.signer_key, &trust) {
        (Some(path), _, Some(trust)) => signed::of_log(path, trust, &attestations, context)?,
        (_, Some(key), _) => signed::given(key)?,
        _ => signed::Keys::default(),
    };
    let mut judged = Vec::new();
    for (file, content) in files.iter().zip(&contents) {
        judged.push(judge(file, content, &keys, trust.as_ref())?);
    }
    let found = evidence::find(&judged, &keys);
    let exit = if found.is_empty() { worst(&judged) } else { Exit::Good };
    let text = match args.format {
        VerdictFormat::Json => out::json(&files, &judged, &found, trust.as_ref(), exit),
        VerdictFormat::Text => out::text(&files, &judged, &found, trust.as_ref(), context),
    };
    context.print(&text)?;
    Ok(exit)
}

fn decode(file: &File) -> Result<Content<'_>, Failure> {
    match FileKind::of(&file.bytes) {
        FileKind::Receipt => Ok(match Receipt::decode(&file.bytes) {
            Ok(receipt) => Content::Receipt(receipt),
            Err(error) => Content::Broken { kind: "receipt", cause: Cause::of(&error) },
        }),
        FileKind::Attestations => Ok(match envelope::decode(&file.bytes) {
            Ok(list) => Content::Attestations(
                list.into_iter().map(|bytes| Attestation::decode(bytes).map_err(|error| Cause::of(&error))).collect(),
            ),
            Err(error) => Content::Broken { kind: "attestations", cause: Cause::of(&error) },
        }),
        FileKind::Checkpoint => Ok(Content::Checkpoint),
        other => Err(other_kind(other, Path::new(&file.name))),
    }
}

/// What a file is that is not for checking, and which command takes it.
fn other_kind(kind: FileKind, path: &Path) -> Failure {
    let key = match kind {
        FileKind::Empty => "check-file-empty",
        FileKind::Journal => "check-file-journal",
        FileKind::Request => "check-file-request",
        FileKind::PrivateKey => "check-file-private-key",
        FileKind::VerifierKey => "check-file-verifier-key",
        FileKind::TrustRoot => "check-file-trust-root",
        FileKind::SignerHead => "check-file-signer-head",
        FileKind::Form => "check-file-form",
        FileKind::Csv => "check-file-csv",
        FileKind::Utf16 => "check-file-utf16",
        FileKind::LineEnds => "check-file-line-ends",
        _ => "check-file-unknown",
    };
    usage(key).with("path", path.display())
}

fn attestations<'a>(content: &'a Content<'a>) -> Vec<&'a Attestation<'a>> {
    match content {
        Content::Attestations(list) => list.iter().flatten().collect(),
        _ => Vec::new(),
    }
}

fn judge<'a>(
    file: &'a File,
    content: &'a Content<'a>,
    keys: &signed::Keys,
    trust: Option<&Pinned>,
) -> Result<Judged<'a>, Failure> {
    // Loaded wherever a file rests on it.
    let trust = || trust.map(|trust| &trust.root).ok_or_else(|| usage("error-trust-root").with("cause", &file.name));
    Ok(match content {
        Content::Receipt(receipt) => {
            let bundle = receipt.bundle();
            let bundle = bundle.map_err(|error| usage("error-receipt").because(&error))?;
            Judged::Receipt(receipt::check(receipt, &bundle, trust()?).map(Box::new))
        }
        Content::Attestations(list) => Judged::Attestations(list.iter().map(|it| signed::judge(it, keys)).collect()),
        Content::Checkpoint => Judged::Checkpoint(accept(&file.bytes, trust()?)),
        Content::Broken { kind, cause } => Judged::Broken { kind, cause },
    })
}

/// Spec §10.3, 1 to 6, for a checkpoint that stands alone.
fn accept<'a>(bytes: &'a [u8], trust: &TrustRoot) -> Result<(VerifiedCheckpoint<'a>, Witnesses), Cause> {
    let checkpoint = open_checkpoint(bytes, trust).map_err(|finding| Cause::of(&*finding.detail))?;
    let (size, since) = (checkpoint.size(), trust.log_since);
    if size == 0 {
        return Err(Cause::of(&CheckError::Empty));
    }
    if size < since {
        return Err(Cause::of(&CheckError::TooSmall { size, since }));
    }
    let witnesses = receipt::witnesses(&checkpoint, trust).map_err(|error| Cause::of(&error))?;
    Ok((checkpoint, witnesses))
}

impl Judged<'_> {
    fn verdicts(&self) -> Vec<Verdict> {
        match self {
            Self::Receipt(checked) => {
                let witnessed = checked.as_ref().map(|checked| checked.witnessed);
                vec![Verdict::of(witnessed.map_err(Cause::of))]
            }
            Self::Attestations(list) => list.iter().map(|signed| signed.verdict.clone()).collect(),
            Self::Checkpoint(opened) => {
                vec![Verdict::of(opened.as_ref().map(|(_, it)| it.witnessed).map_err(Cause::clone))]
            }
            Self::Broken { cause, .. } => vec![Verdict::Bad((*cause).clone())],
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "receipt",
            Self::Attestations(_) => "attestations",
            Self::Checkpoint(_) => "checkpoint",
            Self::Broken { kind, .. } => kind,
        }
    }
}

/// 1 where anything does not verify, 3 where something could not be checked, 4 where only witnesses are missing.
fn worst(judged: &[Judged<'_>]) -> Exit {
    let exits: Vec<_> = judged.iter().flat_map(Judged::verdicts).map(|verdict| verdict.exit()).collect();
    let order = [Exit::Bad, Exit::Unchecked, Exit::Incomplete];
    order.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Good)
}
