//! The file of an audit state: title, binding, state, and a SHA-256 over all of it.

use std::sync::Arc;

use ikrar_core::chain::Chain;
use ikrar_core::digest::{Hash, Id};
use ikrar_core::field::Time;
use ikrar_core::merkle::CompactRange;
use ikrar_core::rule::Rule;
use ikrar_core::state::LogState;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::history::{History, Shelf};
use crate::trust::TrustRoot;
use crate::verify::{Detail, Finding, FindingRule, Signed, Verification};

const TITLE: &[u8] = b"ikrar audit state v1\n";
/// Raised with every change of a rule, or of what a state holds, within one version of the program.
const RULES: u32 = 2;
const PROGRAM: &str = env!("CARGO_PKG_VERSION");
const SUM: usize = 32;

/// What a state rests on. Its bytes stay as they are in all versions.
#[derive(Serialize, Deserialize)]
pub(super) struct Binding {
    program: String,
    rules: u32,
    pub(super) origin: String,
    pub(super) registry: Id,
    trust: [u8; 32],
    pub(super) checkpoint: Vec<u8>,
    pub(super) files: Vec<u64>,
}

impl Binding {
    /// Was it verified by these rules, and under this trust root?
    pub(super) fn is_usable(&self, trust: &TrustRoot) -> bool {
        self.program == PROGRAM && self.rules == RULES && self.trust == trust.fingerprint()
    }
}

/// What is known after the checkpoint.
pub(super) struct Known {
    pub(super) state: LogState<History>,
    pub(super) findings: Vec<Finding>,
    pub(super) attestations: u64,
    pub(super) anchors: u64,
}

#[derive(Serialize, Deserialize)]
struct Body {
    head: Hash,
    size: u64,
    hashes: Vec<Hash>,
    last_logged_at: Time,
    anchored_time: Time,
    attestations: u64,
    anchors: u64,
    findings: Vec<KeptFinding>,
}

/// A finding about an entry; those about files are made anew.
#[derive(Serialize, Deserialize)]
struct KeptFinding {
    rule: u8,
    entry: u64,
    unit: Option<String>,
    signed: Option<(String, String, u64)>,
}

/// Checks a file's sum, and reads what it is bound to.
pub(super) fn open(bytes: &[u8]) -> Option<(Binding, &[u8])> {
    let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
    let intact = *Sha256::digest(content) == *sum;
    let content = content.strip_prefix(TITLE).filter(|_| intact)?;
    postcard::take_from_bytes(content).ok()
}

/// Reads what comes after the binding.
pub(super) fn read(bytes: &[u8], registry: Id, shelf: &Arc<Shelf>) -> Option<Known> {
    let (body, history): (Body, _) = postcard::take_from_bytes(bytes).ok()?;
    let chain = Chain::from_parts(body.head, CompactRange::from_parts(body.size, &body.hashes).ok()?);
    let history = History::from_bytes(history, Arc::clone(shelf))?;
    let state = LogState::from_parts(registry, chain, body.last_logged_at, body.anchored_time, history);
    let findings = body.findings.into_iter().map(KeptFinding::finding).collect::<Option<_>>()?;
    Some(Known { state, findings, attestations: body.attestations, anchors: body.anchors })
}

/// The file of a verification whose statements lie in these files.
pub(super) fn write(trust: &TrustRoot, files: &[u64], verification: &Verification) -> Option<Vec<u8>> {
    let binding = Binding {
        program: PROGRAM.to_owned(),
        rules: RULES,
        origin: trust.origin.clone(),
        registry: trust.registry,
        trust: trust.fingerprint(),
        checkpoint: verification.checkpoint.clone(),
        files: files.to_vec(),
    };
    let state = &verification.state;
    let body = Body {
        head: state.chain().head(),
        size: state.chain().size(),
        hashes: state.chain().tree().hashes().to_vec(),
        last_logged_at: state.last_logged_at(),
        anchored_time: state.anchored_time(),
        attestations: verification.attestations,
        anchors: verification.anchors,
        findings: verification.findings.iter().filter_map(KeptFinding::of).collect(),
    };
    let bytes = postcard::to_extend(&binding, TITLE.to_vec()).ok()?;
    let bytes = postcard::to_extend(&body, bytes).ok()?;
    let mut bytes = state.store().write_to(bytes)?;
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    Some(bytes)
}

impl KeptFinding {
    fn of(finding: &Finding) -> Option<Self> {
        let (FindingRule::Entry(rule), Some(entry)) = (finding.rule, finding.entry) else { return None };
        let signed = match &*finding.detail {
            Detail::Entry { signed: Some(it), .. } => Some((it.statement.to_string(), it.unit.clone(), it.seq)),
            _ => None,
        };
        Some(Self { rule: rule.number(), entry, unit: finding.unit.clone(), signed })
    }

    fn finding(self) -> Option<Finding> {
        let rule = Rule::ALL.iter().copied().find(|rule| rule.number() == self.rule)?;
        let signed = self.signed.map(|(statement, unit, seq)| Signed { statement: statement.into(), unit, seq });
        let detail = Box::new(Detail::Entry { signed, rule });
        Some(Finding { rule: FindingRule::Entry(rule), entry: Some(self.entry), unit: self.unit, path: None, detail })
    }
}
