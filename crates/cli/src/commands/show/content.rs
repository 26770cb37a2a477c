//! What each kind of file holds.

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::Checkpoint;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::note::{Note, VerifierKey};
use ikrar_core::statement::{PledgeText, Statement};
use ikrar_log::forms::{RoundForm, TextForm};
use ikrar_log::journal_export::JournalExport;
use ikrar_log::kind::FileKind;
use ikrar_log::proof_bundle;
use ikrar_log::receipt::Receipt;
use ikrar_log::request::Request;
use ikrar_log::signer::HeadFile;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::b64;
use ikrar_log::{envelope, roster};
use serde::Serialize;

use crate::message::{Message, Tell};
use crate::messages::Messages;
use crate::words::{self, AttestationOut, Rows, StatementOut};

/// Why a file is not shown; none where it is no file of ours.
type Unshown = Option<Message>;

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Content<'a> {
    Attestations {
        attestations: Vec<Signed<'a>>,
    },
    Request {
        unit: &'a str,
        round: Option<String>,
        next_seq: Option<u64>,
        checkpoint: Head<'a>,
        entries: Vec<Logged<'a>>,
    },
    Receipt {
        entry: u64,
        checkpoint: Head<'a>,
        entries: Vec<Logged<'a>>,
    },
    Checkpoint(Head<'a>),
    VerifierKey {
        name: &'a str,
        id: String,
        key: String,
    },
    TrustRoot {
        registry_name: String,
        registry: String,
        authority: String,
        origin: String,
        log_key: String,
        log_since: u64,
    },
    SignerHead {
        unit: String,
        key: String,
        epoch: Option<String>,
        next_seq: Option<u64>,
        pending: usize,
    },
    Text(#[serde(serialize_with = "statement")] Box<Statement<'a>>),
    Round {
        id: &'a str,
        title: &'a str,
        opens: &'a str,
        due: &'a str,
        scope: &'a str,
        texts: &'a [String],
    },
    Roster {
        units: usize,
    },
    PrivateKey {
        encrypted: bool,
    },
    EntryBundle {
        entries: Vec<Logged<'a>>,
    },
    Journal {
        checkpoint: Head<'a>,
        items: usize,
        first: u64,
        entries: Vec<Logged<'a>>,
    },
}

fn statement<S: serde::Serializer>(statement: &Statement<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    StatementOut::from(statement).serialize(serializer)
}

/// An attestation; serialised as `ikrar.check/1` has it.
pub(super) struct Signed<'a>(Attestation<'a>);

impl Serialize for Signed<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        AttestationOut::from(&self.0).serialize(serializer)
    }
}

/// What a checkpoint claims.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    origin: &'a str,
    tree_size: u64,
    root: String,
    signed_by: Vec<&'a str>,
}

/// An entry.
#[derive(Serialize)]
pub(super) struct Logged<'a> {
    /// Its index, or its place in a bundle.
    entry: u64,
    logged_at: Option<String>,
    /// None for an anchor, and for what does not decode.
    attestation: Option<Signed<'a>>,
}

/// Forms that were read, from which statements borrow.
#[derive(Default)]
pub(super) struct Forms {
    text: Option<TextForm>,
    round: Option<RoundForm>,
}

impl Forms {
    pub(super) fn read(kind: FileKind, bytes: &[u8]) -> Result<Self, Message> {
        if kind != FileKind::Form {
            return Ok(Self::default());
        }
        // Only one of the schemas stands in the file.
        if bytes.windows(b"ikrar.round/".len()).any(|part| part == b"ikrar.round/") {
            let round = RoundForm::parse(bytes).map_err(|error| error.message())?;
            return Ok(Self { round: Some(round), ..Self::default() });
        }
        let text = TextForm::parse(bytes).map_err(|error| error.message())?;
        Ok(Self { text: Some(text), ..Self::default() })
    }
}

pub(super) fn receipt(receipt: &Receipt) -> Result<Content<'_>, Unshown> {
    let bundle = receipt.bundle().map_err(|error| Some(error.message()))?;
    Ok(Content::Receipt {
        entry: receipt.index(),
        checkpoint: head(receipt.checkpoint())?,
        entries: items(bundle.items()),
    })
}

pub(super) fn request<'a>(request: &'a Request<'a>) -> Result<Content<'a>, Unshown> {
    Ok(Content::Request {
        unit: request.unit.as_str(),
        round: request.round.map(|round| format!("{}/{}", round.opener, round.id)),
        next_seq: request.head.map(|head| head.next_seq),
        checkpoint: head(request.checkpoint)?,
        entries: items(request.bundle.items()),
    })
}

pub(super) fn other<'a>(kind: FileKind, bytes: &'a [u8], forms: &'a Forms) -> Result<Content<'a>, Unshown> {
    let wrong = |error: &dyn Tell| Some(error.message());
    match kind {
        FileKind::Attestations => {
            let list = envelope::decode(bytes).map_err(|error| wrong(&error))?;
            let decoded = list.into_iter().map(|one| Attestation::decode(one).map(Signed));
            let attestations = decoded.collect::<Result<_, _>>().map_err(|error| wrong(&error))?;
            Ok(Content::Attestations { attestations })
        }
        FileKind::Journal => {
            let export = JournalExport::decode(bytes).map_err(|error| wrong(&error))?;
            let entries = (export.first..).zip(&export.entries).map(|(index, exported)| logged(index, exported.entry));
            let entries = entries.collect();
            let (items, first) = (export.items.len(), export.first);
            Ok(Content::Journal { checkpoint: head(export.checkpoint)?, items, first, entries })
        }
        FileKind::Checkpoint => head(bytes).map(Content::Checkpoint),
        FileKind::VerifierKey => {
            let text = std::str::from_utf8(bytes).map_err(|_| None)?;
            let key = VerifierKey::parse(text.trim_end()).map_err(|error| wrong(&error))?;
            let id = u32::from_be_bytes(key.id());
            Ok(Content::VerifierKey { name: key.name(), id: format!("{id:08x}"), key: key.key().to_string() })
        }
        FileKind::TrustRoot => {
            let root = TrustRoot::parse(bytes, None).map_err(|error| wrong(&error))?;
            Ok(Content::TrustRoot {
                registry: root.registry.to_string(),
                authority: root.authority.to_string(),
                log_key: root.log_key.to_string(),
                log_since: root.log_since,
                registry_name: root.registry_name,
                origin: root.origin,
            })
        }
        FileKind::SignerHead => {
            let HeadFile { unit, key, head, pending } = HeadFile::parse(bytes).map_err(|error| wrong(&error))?;
            let epoch = head.map(|head| head.epoch.to_string());
            Ok(Content::SignerHead { unit, key, epoch, next_seq: head.map(|head| head.next_seq), pending })
        }
        FileKind::Form => match (&forms.text, &forms.round) {
            (Some(text), _) => {
                let text: PledgeText<'a> = text.statement().map_err(|error| wrong(&error))?;
                Ok(Content::Text(Box::new(Statement::PublishText(text))))
            }
            (_, Some(RoundForm { id, title, opens, due, scope, texts, .. })) => {
                Ok(Content::Round { id, title, opens, due, scope, texts })
            }
            _ => Err(None),
        },
        FileKind::Csv => {
            let rows = roster::read(bytes, &|_| true).map_err(|error| wrong(&error))?;
            Ok(Content::Roster { units: rows.len() })
        }
        FileKind::PrivateKey => Ok(Content::PrivateKey { encrypted: bytes.starts_with(b"-----BEGIN ENCRYPTED ") }),
        FileKind::Unknown => entry_bundle(bytes).ok_or(None),
        _ => Err(None),
    }
}

fn head(note: &[u8]) -> Result<Head<'_>, Unshown> {
    let note = Note::parse(note).map_err(|error| Some(error.message()))?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(|error| Some(error.message()))?;
    Ok(Head {
        origin: checkpoint.origin,
        tree_size: checkpoint.size,
        root: b64(&checkpoint.root),
        signed_by: note.signatures().map(|line| line.name).collect(),
    })
}

fn items<'a>(items: &[proof_bundle::Item<'a>]) -> Vec<Logged<'a>> {
    items.iter().map(|item| logged(item.index, item.entry)).collect()
}

fn logged(index: u64, bytes: &[u8]) -> Logged<'_> {
    let entry = Entry::decode(bytes).ok();
    let attestation = match entry.map(|entry| entry.payload) {
        Some(Payload::Attestation(bytes)) => Attestation::decode(bytes).ok().map(Signed),
        _ => None,
    };
    let logged_at = entry.and_then(|entry| words::time(entry.logged_at));
    Logged { entry: index, logged_at, attestation }
}

/// The tiles of a log that hold entries: u16 BE length ‖ entry, again and again (spec §9.1).
fn entry_bundle(bytes: &[u8]) -> Option<Content<'_>> {
    let (mut rest, mut entries) = (bytes, Vec::new());
    for place in 0.. {
        if rest.is_empty() {
            break;
        }
        let (length, after) = rest.split_first_chunk::<2>()?;
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        Entry::decode(entry).ok()?;
        entries.push(logged(place, entry));
        rest = after;
    }
    (1..=256).contains(&entries.len()).then_some(Content::EntryBundle { entries })
}

impl Content<'_> {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Attestations { .. } => "attestations",
            Self::Request { .. } => "request",
            Self::Receipt { .. } => "receipt",
            Self::Checkpoint(_) => "checkpoint",
            Self::VerifierKey { .. } => "verifier-key",
            Self::TrustRoot { .. } => "trust-root",
            Self::SignerHead { .. } => "signer-head",
            Self::Text(_) => "text",
            Self::Round { .. } => "round",
            Self::Roster { .. } => "roster",
            Self::PrivateKey { .. } => "private-key",
            Self::EntryBundle { .. } => "entry-bundle",
            Self::Journal { .. } => "journal",
        }
    }

    /// Its parts, each a table.
    pub(super) fn rows(&self, messages: &Messages) -> Vec<Vec<(String, String)>> {
        let mut rows = Rows::new(messages);
        let mut parts = Vec::new();
        match self {
            Self::Attestations { attestations } => {
                return attestations.iter().map(|it| words::attestation(&it.0, None, messages)).collect();
            }
            Self::Request { unit, round, next_seq, checkpoint, entries } => {
                rows.value("unit", unit);
                rows.optional("round", round.as_ref());
                rows.optional("next-seq", *next_seq);
                head_rows(&mut rows, checkpoint);
                parts.extend(entries.iter().map(|entry| entry_rows(entry, messages)));
            }
            Self::Receipt { entry, checkpoint, entries } => {
                rows.value("entry", entry);
                head_rows(&mut rows, checkpoint);
                parts.extend(entries.iter().map(|entry| entry_rows(entry, messages)));
            }
            Self::Checkpoint(head) => head_rows(&mut rows, head),
            Self::VerifierKey { name, id, key } => {
                rows.value("name", name);
                rows.value("key-id", id);
                rows.value("key", key);
            }
            Self::TrustRoot { registry_name, registry, authority, origin, log_key, log_since } => {
                rows.value("registry", registry_name);
                rows.value("registry-id", registry);
                rows.value("root-key", authority);
                rows.value("origin", origin);
                rows.value("log-key", log_key);
                rows.number("log-since", *log_since);
            }
            Self::SignerHead { unit, key, epoch, next_seq, pending } => {
                rows.value("unit", unit);
                rows.value("key", key);
                rows.optional("epoch", epoch.as_ref());
                rows.optional("next-seq", *next_seq);
                rows.number("pending", u64::try_from(*pending).unwrap_or(u64::MAX));
            }
            Self::Text(statement) => return vec![words::statement(statement, messages)],
            Self::Round { id, title, opens, due, scope, texts } => {
                rows.value("title", title);
                rows.value("round", id);
                rows.value("opens", opens);
                rows.value("due", due);
                rows.value("subtree", scope);
                rows.list("text-ids", texts.iter(), "texts");
            }
            Self::Roster { units } => rows.number("units", u64::try_from(*units).unwrap_or(u64::MAX)),
            Self::PrivateKey { encrypted } => {
                rows.word("encrypted", "answer", if *encrypted { "yes" } else { "no" });
            }
            Self::Journal { checkpoint, items, first, entries } => {
                head_rows(&mut rows, checkpoint);
                rows.number("roster-items", u64::try_from(*items).unwrap_or(u64::MAX));
                rows.number("first-entry", *first);
                parts.extend(entries.iter().map(|entry| entry_rows(entry, messages)));
            }
            Self::EntryBundle { entries } => return entries.iter().map(|it| entry_rows(it, messages)).collect(),
        }
        parts.insert(0, rows.done());
        parts
    }
}

fn head_rows(rows: &mut Rows<'_>, head: &Head<'_>) {
    rows.value("origin", head.origin);
    rows.number("tree-size", head.tree_size);
    rows.value("root", &head.root);
    rows.value("signature-lines", head.signed_by.join(", "));
}

fn entry_rows(entry: &Logged<'_>, messages: &Messages) -> Vec<(String, String)> {
    let mut rows = Rows::new(messages);
    rows.value("entry", entry.entry);
    rows.optional("logged-at", entry.logged_at.as_ref());
    let mut rows = rows.done();
    match &entry.attestation {
        Some(signed) => rows.extend(words::attestation(&signed.0, None, messages)),
        None => {
            let mut none = Rows::new(messages);
            none.word("statement", "none", "attestation");
            rows.extend(none.done());
        }
    }
    rows
}
