//! Signs for every unit, and logs what was signed as an operator does.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_pkcs8::KeypairBytes;
use ed25519_pkcs8::pkcs8::EncodePrivateKey as _;
use ed25519_pkcs8::pkcs8::spki::der::pem::LineEnding;
use ikrar_core::attestation::{Attestation, Body, SIGNATURE_LENGTH, TEXT_ATTESTATION_MAX};
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::cosignature::{cosign, write_cosignature};
use ikrar_core::digest::{Id, PublicKey, attestation_id, signing_message};
use ikrar_core::entry::{HEADER_LENGTH, Payload};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::Rule;
use ikrar_core::signature;
use ikrar_core::state::{Epoch, LogState, Outcome};
use ikrar_core::statement::{Genesis, ROOT, Statement};
use ikrar_log::anchor::anchor;
use ikrar_log::history::History;
use ikrar_log::keys::{self, Purpose};
use ikrar_log::medium::Folder;
use ikrar_log::signer::{LOCK_ENDING, Proven, Signer};
use ikrar_log::store::{Head, LOCK, Writer};

use crate::Error;
use crate::calendar::DAY;
use crate::draw::Draw;

/// The operator of the log, and the hand of every unit.
pub(crate) struct Scribe {
    state: LogState<History>,
    keys: HashMap<String, SigningKey>,
    /// Units whose keys lie in files sign through their heads, so that a reader can go on with them.
    signers: HashMap<String, Hand>,
    log_key: (String, SigningKey),
    folder: PathBuf,
    writer: Option<Writer<Folder>>,
    batch: Vec<Vec<u8>>,
    buffer: Vec<u8>,
    published: Option<Published>,
}

/// What was published last.
struct Published {
    head: Head,
    checkpoint: Vec<u8>,
    cosignatures: String,
}

struct Hand {
    signer: Signer,
    path: PathBuf,
    installed_at: u64,
}

impl Scribe {
    /// Starts a registry: signs its `Genesis` with the root's key, which lies at `root_key`, and logs it.
    ///
    /// # Errors
    /// Those of the key's files; a `Genesis` that the rules refuse.
    pub(crate) fn found(
        folder: &Path,
        root_key: &Path,
        log_key: SigningKey,
        genesis: &Genesis<'_>,
        made_at: Time,
        logged_at: Time,
    ) -> Result<Self, Error> {
        let mut signer = Signer::open(root_key)?;
        let attestation = signer.sign_genesis(genesis, made_at)?;
        let registry = Attestation::decode(&attestation)?.id();
        let root = Hand { signer, path: root_key.to_owned(), installed_at: 0 };
        let mut scribe = Self {
            state: LogState::new(registry, History::new()),
            keys: HashMap::new(),
            signers: HashMap::from([(ROOT.to_owned(), root)]),
            log_key: (genesis.origin.to_string(), log_key),
            folder: folder.to_owned(),
            writer: None,
            batch: Vec::new(),
            buffer: vec![0; HEADER_LENGTH + TEXT_ATTESTATION_MAX],
            published: None,
        };
        scribe.log(&attestation, logged_at, None)?;
        Ok(scribe)
    }

    /// The registry's id.
    pub(crate) fn registry(&self) -> Id {
        self.state.registry()
    }

    /// From here on `unit` signs with this key.
    pub(crate) fn hand_over(&mut self, unit: &str, key: SigningKey) {
        self.keys.insert(unit.to_owned(), key);
    }

    /// The key of `unit` lies in a file, and its head beside it: it signs through them.
    ///
    /// # Errors
    /// Those of the files; [`Error`] where the unit has no such key.
    pub(crate) fn hand_over_file(&mut self, unit: &str, path: &Path) -> Result<(), Error> {
        let history = self.state.store();
        let ix = history.unit_by_id(unit).ok_or_else(|| format!("{unit} is not enrolled"))?;
        let installed_at = history.record(ix).keyed_since.ok_or_else(|| format!("{unit} has no key"))?.index;
        let mut signer = Signer::open(path)?;
        signer.sync(Proven { epoch: self.epoch(unit)?.id, installed_at, logged: None })?;
        self.signers.insert(unit.to_owned(), Hand { signer, path: path.to_owned(), installed_at });
        Ok(())
    }

    /// The epoch of a unit's key in force.
    ///
    /// # Errors
    /// Where it has none.
    pub(crate) fn epoch(&self, unit: &str) -> Result<Epoch, Error> {
        let history = self.state.store();
        let epoch = history.unit_by_id(unit).and_then(|unit| history.record(unit).epoch);
        epoch.ok_or_else(|| format!("{unit} has no key in force").into())
    }

    /// Signs and logs a statement; its id. `expected` is the rule by which it has no effect.
    ///
    /// # Errors
    /// Where signing fails, or the statement comes to anything else.
    pub(crate) fn say(
        &mut self,
        unit: &str,
        statement: Statement<'_>,
        made_at: Time,
        logged_at: Time,
        expected: Option<Rule>,
    ) -> Result<Id, Error> {
        let attestation = match self.signers.get_mut(unit) {
            Some(hand) => hand.signer.sign(&statement, made_at)?,
            None => self.sign(unit, statement, made_at)?,
        };
        self.log(&attestation, logged_at, expected)?;
        Ok(Attestation::decode(&attestation)?.id())
    }

    /// Signs many statements of the root at once, and logs one a second.
    ///
    /// # Errors
    /// As [`Self::say`].
    pub(crate) fn say_all(&mut self, statements: &[Statement<'_>], made_at: u64, logged_at: u64) -> Result<(), Error> {
        let root = self.signers.get_mut(ROOT).ok_or("the root has no key file")?;
        let signed = root.signer.sign_many(statements, Time::new(made_at)?)?;
        for (second, attestation) in (logged_at..).zip(&signed) {
            self.log(attestation, Time::new(second)?, None)?;
        }
        Ok(())
    }

    fn sign(&self, unit: &str, statement: Statement<'_>, made_at: Time) -> Result<Vec<u8>, Error> {
        let key = self.keys.get(unit).ok_or_else(|| format!("nobody here has the key of {unit}"))?;
        let Epoch { id: epoch, next_seq: seq, head: prev, .. } = self.epoch(unit)?;
        let mut buffer = vec![0; TEXT_ATTESTATION_MAX - SIGNATURE_LENGTH];
        let body = Body { unit: UnitId::new(unit)?, epoch, seq, prev, made_at, statement };
        let bytes = body.encode(&mut buffer)?;
        let signature = signature::sign(key, &signing_message(&attestation_id(bytes)))?;
        Ok([&*bytes, &signature].concat())
    }

    fn log(&mut self, attestation: &[u8], logged_at: Time, expected: Option<Rule>) -> Result<(), Error> {
        self.take(Payload::Attestation(attestation), logged_at, expected)
    }

    fn take(&mut self, payload: Payload<'_>, logged_at: Time, expected: Option<Rule>) -> Result<(), Error> {
        let entry = self.state.chain().next_entry(logged_at, payload, &mut self.buffer)?;
        let verdict = self.state.admit(entry);
        let hoped = expected.map_or(Outcome::Applied, Outcome::NoEffect);
        if verdict.outcome != hoped || verdict.clock.is_some() {
            return Err(format!("entry {}: {verdict:?} instead of {hoped:?}", verdict.index).into());
        }
        self.batch.push(entry.to_vec());
        Ok(())
    }

    /// Writes what was logged since the last time, durably, and lets the heads forget what is in the log.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn publish(&mut self) -> Result<Head, Error> {
        let batch = std::mem::take(&mut self.batch);
        let (origin, key) = &self.log_key;
        let mut checkpoint = Vec::new();
        let sign = |head: Head| -> Result<Vec<u8>, Error> {
            let verifier = VerifierKey::new(origin, KeyKind::Ed25519, public(key))?;
            let mut note = String::new();
            sign_checkpoint(&Checkpoint { origin, size: head.size, root: head.root }, &verifier, key, &mut note)?;
            checkpoint = note.into_bytes();
            Ok(checkpoint.clone())
        };
        let head = match &mut self.writer {
            Some(writer) => writer.append(&batch, sign)?,
            None => self.writer.insert(Writer::init(Folder::new(&self.folder), &batch, sign)?).head(),
        };
        for (unit, hand) in &mut self.signers {
            let history = self.state.store();
            let epoch = history.unit_by_id(unit).and_then(|unit| history.record(unit).epoch);
            if let Some(epoch) = epoch {
                let logged = epoch.next_seq.checked_sub(1).map(|last| (last, epoch.head));
                hand.signer.sync(Proven { epoch: epoch.id, installed_at: hand.installed_at, logged })?;
            }
        }
        self.published = Some(Published { head, checkpoint, cosignatures: String::new() });
        Ok(head)
    }

    /// Size and root of what was published last.
    pub(crate) fn published(&self) -> Option<Head> {
        self.published.as_ref().map(|published| published.head)
    }

    /// Publishes, and the witnesses cosign, each by its own clock. Now and then one of them does not answer.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn cosign(&mut self, time: u64, draw: Draw) -> Result<(), Error> {
        self.publish()?;
        let Some(Published { checkpoint, cosignatures, .. }) = &mut self.published else { return Ok(()) };
        let (origin, key) = &self.log_key;
        let log = VerifierKey::new(origin, KeyKind::Ed25519, public(key))?;
        let checkpoint = VerifiedCheckpoint::open(checkpoint, &log)?;
        let answers = (0..).zip(witnesses(draw)).filter(|(number, _)| !(time / DAY + number).is_multiple_of(4));
        for (number, (name, key)) in answers {
            let witness = VerifierKey::new(&name, KeyKind::Cosignature, public(&key))?;
            let cosignature = cosign(&checkpoint, time + 20 + 15 * number, &witness, &key)?;
            write_cosignature(cosignatures, &witness, &cosignature)?;
        }
        Ok(())
    }

    /// Logs what was cosigned last.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn anchor(&mut self, logged_at: Time) -> Result<(), Error> {
        let cosigned = self.published.take().ok_or("nothing is published yet")?;
        let head = self.publish()?;
        let writer = self.writer.as_ref().ok_or("nothing is published yet")?;
        let bytes = anchor(writer.store(), head, &cosigned.checkpoint, &cosigned.cosignatures)?;
        self.take(Payload::Anchor(&bytes), logged_at, None)
    }

    /// Publishes the rest, and takes away the locks: nobody writes here any more.
    ///
    /// # Errors
    /// As [`Self::publish`].
    pub(crate) fn finish(mut self) -> Result<Head, Error> {
        let head = self.publish()?;
        drop(self.writer);
        std::fs::remove_file(self.folder.join(LOCK))?;
        for (_, Hand { signer, path, .. }) in self.signers {
            drop(signer);
            let mut lock = path.into_os_string();
            lock.push(LOCK_ENDING);
            std::fs::remove_file(lock)?;
        }
        Ok(head)
    }
}

/// The witnesses of the example: names and keys.
pub(crate) fn witnesses(draw: Draw) -> [(String, SigningKey); 3] {
    ["satu", "dua", "tiga"].map(|name| (format!("example.org/saksi/{name}"), draw.key(&format!("saksi {name}"))))
}

/// Two of the three witnesses are enough.
///
/// # Errors
/// None: the names are good.
pub(crate) fn policy(draw: Draw) -> Result<String, Error> {
    let mut policy = String::new();
    for (number, (name, key)) in (1..).zip(witnesses(draw)) {
        let key = VerifierKey::new(&name, KeyKind::Cosignature, public(&key))?;
        writeln!(policy, "witness saksi-{number} {key}")?;
    }
    policy.push_str("group saksi 2 saksi-1 saksi-2 saksi-3\nquorum saksi\n");
    Ok(policy)
}

/// Writes a key as PKCS#8 PEM, its verifier key, and a unit's unused head.
///
/// # Errors
/// Those of the disk; a file that is there already.
pub(crate) fn write_key(path: &Path, key: &SigningKey, name: &str, purpose: Purpose) -> Result<(), Error> {
    let pair = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
    let pem = pair.to_pkcs8_pem(LineEnding::LF).map_err(|error| error.to_string())?;
    std::fs::write(path, pem.as_bytes())?;
    keys::adopt(path, name, purpose)?;
    Ok(())
}

/// The public half.
pub(crate) fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}
