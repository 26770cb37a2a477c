//! Functions that take any bytes and panic where the product breaks a promise: what decodes has one encoding, and
//! nothing panics. Property tests feed them, and the fuzzers in `tests/fuzz`.
#![allow(clippy::unwrap_used, reason = "a target is there to panic")]

mod device;

use std::fmt::Write as _;

pub use device::{device_line, journal_export};
use ikrar_core::attestation::{Attestation, decode_body};
use ikrar_core::checkpoint::Checkpoint;
use ikrar_core::digest::Id;
use ikrar_core::entry::{Anchor, Entry, Payload};
use ikrar_core::field::{LAST_SECOND, Time};
use ikrar_core::note::{Note, VerifierKey};
use ikrar_core::policy::Policy;
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::Statement;
use ikrar_log::forms::{RoundForm, TextForm, enroll_rows};
use ikrar_log::history::History;
use ikrar_log::path::{attestation as attestation_of, follow};
use ikrar_log::proof_bundle::Bundle;
use ikrar_log::receipt::{Receipt, check};
use ikrar_log::request::Request;
use ikrar_log::status::evaluate;
use ikrar_log::trust::TrustRoot;
use ikrar_log::{envelope, roster as rosters};

const BUFFER: usize = 1 << 17;

/// A target and its name, which is that of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const ALL: &[Target] = &[
    ("attestation", attestation),
    ("device_line", device_line),
    ("entry_apply", entry_apply),
    ("journal_export", journal_export),
    ("note_policy", note_policy),
    ("receipt", receipt),
    ("request", request),
    ("roster", roster),
];

/// One attestation, and a file of them.
pub fn attestation(bytes: &[u8]) {
    let mut buffer = vec![0; BUFFER];
    if let Ok(decoded) = Attestation::decode(bytes) {
        let body = decoded.body().encode(&mut buffer).unwrap();
        assert_eq!(body, decoded.body_bytes());
        assert_eq!([body, &decoded.signature()[..]].concat(), bytes);
        assert_eq!(decode_body(body).as_ref(), Ok(decoded.body()));
    }
    if let Ok(body) = decode_body(bytes) {
        assert_eq!(body.encode(&mut buffer).unwrap(), bytes);
    }
    if let Ok(list) = envelope::decode(bytes) {
        assert_eq!(envelope::encode(list).unwrap(), bytes);
    }
}

/// A log: u16 BE length and entry, again and again. The registry is that of the first entry, and each `prev` is put
/// right, or nothing would come past the second rule.
pub fn entry_apply(bytes: &[u8]) {
    let mut buffer = vec![0; BUFFER];
    let mut state: Option<LogState<History>> = None;
    let mut path = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(after.len());
        let (entry, after) = after.split_at(length);
        rest = after;
        let mut entry = entry.to_vec();
        let state = state.get_or_insert_with(|| LogState::new(registry(&entry), History::new()));
        if let Some(prev) = entry.get_mut(2..34) {
            prev.copy_from_slice(state.chain().head().as_bytes());
        }
        let verdict = state.apply(&entry);
        if let Ok(decoded) = Entry::decode(&entry) {
            assert_eq!(decoded.encode(&mut buffer).unwrap(), entry);
            match decoded.payload {
                Payload::Attestation(bytes) => {
                    attestation(bytes);
                    if let (Outcome::NoEffect(rule), Ok(it)) = (verdict.outcome, Attestation::decode(bytes)) {
                        state.store_mut().remark(At { index: verdict.index, logged_at: decoded.logged_at }, &it, rule);
                    }
                }
                Payload::Anchor(bytes) => {
                    if let Ok(anchor) = Anchor::decode(bytes) {
                        assert_eq!(anchor.encode(&mut buffer).unwrap(), bytes);
                    }
                }
            }
        }
        path.push((verdict.index, entry));
    }
    let Some(state) = state else { return };
    drop(follow(state.registry(), "root", path.iter().map(|(index, entry)| (*index, &entry[..]))));
    for (round, record) in state.store().rounds() {
        for at in [record.opens, record.due, Time::new(LAST_SECOND).unwrap()] {
            let status = evaluate(state.store(), round, at);
            assert_eq!(u64::try_from(status.units.len()).unwrap(), status.summary.owed);
        }
    }
}

fn registry(entry: &[u8]) -> Id {
    let attestation = entry.get(42..).and_then(|bytes| Attestation::decode(bytes).ok());
    attestation.map(|it| it.id()).unwrap_or_default()
}

/// A policy, with its u16 BE length before it, and a note.
pub fn note_policy(bytes: &[u8]) {
    let Some((length, rest)) = bytes.split_first_chunk::<2>() else { return };
    let (policy, note) = rest.split_at(usize::from(u16::from_be_bytes(*length)).min(rest.len()));
    let policy = str::from_utf8(policy).ok().and_then(|text| Policy::parse(text).ok());
    for witness in policy.iter().flat_map(|policy| policy.witnesses()) {
        let written = witness.key.to_string();
        assert_eq!(VerifierKey::parse(&written).as_ref(), Ok(&witness.key));
    }
    if let Some(text) = str::from_utf8(note).ok().filter(|text| VerifierKey::parse(text).is_ok()) {
        assert_eq!(VerifierKey::parse(text).unwrap().to_string(), text);
    }
    let Ok(parsed) = Note::parse(note) else { return };
    let mut written = format!("{}\n", parsed.text());
    for signature in parsed.signatures() {
        writeln!(written, "{}", signature.line()).unwrap();
    }
    assert_eq!(written.as_bytes(), note);
    if let Ok(checkpoint) = Checkpoint::parse(parsed.text()) {
        assert!(parsed.text().starts_with(&checkpoint.to_string()));
    }
    if let Some(Ok(quorum)) = policy.map(|policy| policy.quorum_time(&parsed)) {
        drop(format!("{quorum:?}"));
    }
}

/// A receipt, under the trust root that it would itself propose.
pub fn receipt(bytes: &[u8]) {
    let Ok(decoded) = Receipt::decode(bytes) else { return };
    assert_eq!(decoded.encode(), bytes);
    let bundle = decoded.bundle().unwrap();
    let genesis = bundle.items().first().and_then(|item| attestation_of(item.entry));
    let Some((registry, Statement::Genesis(genesis))) = genesis.as_ref().map(|it| (it.id(), &it.body().statement))
    else {
        return;
    };
    let mut trust = TrustRoot {
        registry_name: genesis.registry.to_string(),
        registry,
        authority: genesis.root_key,
        origin: genesis.origin.to_string(),
        log_key: genesis.log_key,
        log_since: 0,
        policy: None,
    };
    let checked = check(&decoded, &bundle, &trust);
    if let Ok(checked) = &checked {
        assert_eq!(checked.index, decoded.index());
        assert!(checked.witnessed.is_none() && !checked.earlier_log_key);
    }
    // Nothing by an earlier key passes without witnesses.
    trust.log_since = u64::MAX;
    assert!(check(&decoded, &bundle, &trust).is_err());
}

/// A request, and the proof bundle in it.
pub fn request(bytes: &[u8]) {
    if let Ok(request) = Request::decode(bytes) {
        assert_eq!(request.encode().unwrap(), bytes);
        let entries = request.bundle.items().iter().map(|item| (item.index, item.entry));
        drop(follow(Id::ZERO, request.unit.as_str(), entries));
    }
    if let Ok(bundle) = Bundle::decode(bytes) {
        assert_eq!(bundle.encode(), bytes);
    }
}

/// What an authority writes by hand: a roster, a text, a round.
pub fn roster(bytes: &[u8]) {
    if let Ok(rows) = rosters::read(bytes, &|_| false) {
        assert!(!rows.is_empty());
        let enrolments = enroll_rows(&rows).unwrap();
        assert_eq!(enrolments.len(), rows.len());
    }
    if let Ok(form) = TextForm::parse(bytes) {
        drop(form.statement());
    }
    drop(RoundForm::parse(bytes).map(|form| format!("{form:?}")));
}
