//! A scratch registry: keys from seeds, a log of fourteen entries that is the same in every run, and the program.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Body;
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::digest::{Id, PublicKey, TextHash, attestation_id, signing_message};
use ikrar_core::entry::{HEADER_LENGTH, Payload};
use ikrar_core::field::{Code, Name, Origin, Set, Text, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::signature::sign;
use ikrar_core::statement::{
    Cadence, Commitments, Correction, Count, Coverage, Duty, Enroll, Form, Genesis, OpenRound, Pledge, PledgeText,
    Reason, Rekey, Replacement, Role, RoundRef, Stage, Statement,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::keys::{self, Purpose};
use ikrar_log::signer;
use ikrar_log::store::{self, Head, Store, Writer};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Verification, verify};
use ikrar_log::{envelope, medium::Medium};
use tempfile::TempDir;

pub(crate) const ORIGIN: &str = "example.org/uji";
/// When entry 0 was logged; the others follow a minute apart.
pub(crate) const START: u64 = 1_598_400_000;
/// Due time of the round `contoh`: after every entry, long before the tests run.
pub(crate) const DUE: u64 = START + 1_000_000;
/// Due time of the round `nanti`: 2100-01-01.
pub(crate) const LATER: u64 = 4_102_444_800;
pub(crate) const CITY: &str = "wil:33.74";
pub(crate) const WARD: &str = "wil:33.74.02";

pub(crate) fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

fn code(code: &str) -> Code<'_> {
    Code::new(code).unwrap()
}

pub(crate) fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

/// Signs the bytes of a body, sound or not.
pub(crate) fn seal(body: &[u8], key: &SigningKey) -> Vec<u8> {
    let signature = sign(key, &signing_message(&attestation_id(body))).unwrap();
    [body, &signature].concat()
}

/// A unit's key and the place of its next attestation.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    pub(crate) unit: &'static str,
    pub(crate) key: SigningKey,
    pub(crate) epoch: Id,
    pub(crate) seq: u64,
    pub(crate) prev: Id,
}

impl Signer {
    pub(crate) fn new(unit: &'static str, seed: u8, epoch: Id) -> Self {
        Self { unit, key: SigningKey::from_bytes(&[seed; 32]), epoch, seq: 0, prev: epoch }
    }

    /// The bytes of the body that would be signed next.
    pub(crate) fn body(&self, statement: Statement<'_>) -> Vec<u8> {
        let body = Body {
            unit: unit(self.unit),
            epoch: self.epoch,
            seq: self.seq,
            prev: self.prev,
            made_at: Time::new(START).unwrap(),
            statement,
        };
        let mut buffer = vec![0; 8_192];
        body.encode(&mut buffer).unwrap().to_vec()
    }

    /// Signs, without going on.
    pub(crate) fn draft(&self, statement: Statement<'_>) -> Vec<u8> {
        seal(&self.body(statement), &self.key)
    }

    /// Signs, and goes on.
    pub(crate) fn sign(&mut self, statement: Statement<'_>) -> Vec<u8> {
        let body = self.body(statement);
        self.prev = attestation_id(&body);
        self.seq += 1;
        seal(&body, &self.key)
    }
}

/// The registry after its last entry.
pub(crate) struct World {
    pub(crate) root: Signer,
    pub(crate) city: Signer,
    /// The key that the last rekey put in force.
    pub(crate) ward: Signer,
    /// The key that it ended.
    pub(crate) dead: Signer,
    pub(crate) log_key: SigningKey,
    pub(crate) trust: TrustRoot,
    pub(crate) text: TextHash,
    /// Attestations of the log, in order.
    pub(crate) attestations: Vec<Vec<u8>>,
}

/// What stands at these indexes.
pub(crate) const CITY_PLEDGE: usize = 8;
pub(crate) const WARD_PLEDGE: usize = 9;
pub(crate) const WARD_CORRECTION: usize = 10;

impl World {
    pub(crate) fn new() -> Self {
        Self::of("Uji", 1, ORIGIN, 9)
    }

    /// Another registry: of another name, root key, origin or log key.
    pub(crate) fn of(name: &'static str, root_seed: u8, origin: &'static str, log_seed: u8) -> Self {
        let log_key = SigningKey::from_bytes(&[log_seed; 32]);
        let mut root = Signer::new("root", root_seed, Id([0; 32]));
        let genesis = Genesis {
            registry: Name::new(name).unwrap(),
            origin: Origin::new(origin).unwrap(),
            log_key: public(&log_key),
            root_key: public(&root.key),
            recovery_key: None,
            synthetic: true,
        };
        let mut log = vec![root.sign(Statement::Genesis(genesis))];
        let registry = root.prev;
        root = Signer::new("root", root_seed, registry);

        let text = text();
        let hash = pledge_text_hash(&text);
        log.push(root.sign(Statement::PublishText(text)));
        log.push(root.sign(enroll("wil:33", "root", "provinsi", "Jawa Tengah", None)));
        log.push(root.sign(enroll(CITY, "wil:33", "kota", "Kota Semarang", Some(2))));
        let mut city = Signer::new(CITY, 2, root.prev);
        log.push(root.sign(enroll("wil:33.74.01", CITY, "kecamatan", "Semarang Tengah", None)));
        log.push(city.sign(enroll(WARD, CITY, "kecamatan", "Semarang Utara", Some(3))));
        let mut dead = Signer::new(WARD, 3, city.prev);
        log.push(root.sign(round("contoh", DUE, hash)));
        log.push(root.sign(round("nanti", LATER, hash)));
        log.push(city.sign(Statement::Pledge(pledge("contoh", hash, 80))));
        log.push(dead.sign(Statement::Pledge(pledge("contoh", hash, 59))));
        let more = Correction {
            target: dead.prev,
            reason: Reason::Progress,
            replacement: Some(Replacement::Pledge(pledge("contoh", hash, 60))),
        };
        log.push(dead.sign(Statement::Correction(more)));
        let ends = dead.epoch;
        log.push(city.sign(rekey(WARD, Some(ends), 4)));
        let ward = Signer::new(WARD, 4, city.prev);
        log.push(root.sign(enroll("wil:34", "root", "provinsi", "Daerah Istimewa Yogyakarta", None)));
        log.push(root.sign(enroll("wil:34.71", "wil:34", "kota", "Kota Yogyakarta", None)));

        let trust = TrustRoot {
            registry_name: name.to_owned(),
            registry,
            authority: public(&root.key),
            origin: origin.to_owned(),
            log_key: public(&log_key),
            log_since: 0,
            policy: None,
        };
        Self { root, city, ward, dead, log_key, trust, text: hash, attestations: log }
    }

    /// The log as it grew, in three appends: it has tiles and bundles of the widths 1, 5 and 14.
    pub(crate) fn log(&self) -> Memory {
        self.assemble(&chained(&self.attestations), &[1, 5])
    }

    /// A log of these entries under the log's key, appended in the pieces that end at these sizes.
    pub(crate) fn assemble(&self, entries: &[Vec<u8>], sizes: &[usize]) -> Memory {
        let memory = Memory::default();
        let ends: Vec<_> = sizes.iter().copied().chain([entries.len()]).collect();
        let make = |head| Ok::<_, store::Error>(self.checkpoint(head));
        let mut writer = Writer::init(memory.clone(), &entries[..ends[0]], make).unwrap();
        for pair in ends.windows(2) {
            writer.append(&entries[pair[0]..pair[1]], make).unwrap();
        }
        memory
    }

    pub(crate) fn checkpoint(&self, head: Head) -> Vec<u8> {
        let key = VerifierKey::new(&self.trust.origin, KeyKind::Ed25519, public(&self.log_key)).unwrap();
        let checkpoint = Checkpoint { origin: &self.trust.origin, size: head.size, root: head.root };
        let mut note = String::new();
        sign_checkpoint(&checkpoint, &key, &self.log_key, &mut note).unwrap();
        note.into_bytes()
    }

    pub(crate) fn verify(&self, log: &Memory) -> Result<Verification, store::Error> {
        verify(&Store::open(log.clone()), &self.trust, |_, _| {})
    }
}

/// Entries of these attestations, each linked to the one before, a minute apart.
pub(crate) fn chained(attestations: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut chain = Chain::new();
    let mut entries = Vec::new();
    for (logged_at, attestation) in (START..).step_by(60).zip(attestations) {
        let mut buffer = vec![0; HEADER_LENGTH + attestation.len()];
        let payload = Payload::Attestation(attestation);
        let entry = chain.next_entry(Time::new(logged_at).unwrap(), payload, &mut buffer).unwrap().to_vec();
        chain.push(&entry).unwrap();
        entries.push(entry);
    }
    entries
}

fn text() -> PledgeText<'static> {
    PledgeText {
        id: code("uji"),
        version: 1,
        title: Name::new("Naskah uji").unwrap(),
        language: code("id"),
        opening: Text::new("Kami berikrar:").unwrap(),
        commitments: Commitments::new(["Netral.", "Jujur."].map(|text| Text::new(text).unwrap())).unwrap(),
        closing: Text::new("").unwrap(),
        source: None,
    }
}

/// A text that no round accepts.
pub(crate) fn foreign_text() -> PledgeText<'static> {
    PledgeText { id: code("lain"), ..text() }
}

pub(crate) fn enroll(
    id: &'static str,
    parent: &'static str,
    kind: &'static str,
    name: &'static str,
    seed: Option<u8>,
) -> Statement<'static> {
    Statement::Enroll(Enroll {
        unit: unit(id),
        parent: unit(parent),
        kind: code(kind),
        name: Name::new(name).unwrap(),
        key: seed.map(|seed| public(&SigningKey::from_bytes(&[seed; 32]))),
        place: None,
        zone: None,
        document: None,
    })
}

pub(crate) fn rekey(id: &'static str, ends: Option<Id>, seed: u8) -> Statement<'static> {
    let key = Some(public(&SigningKey::from_bytes(&[seed; 32])));
    Statement::Rekey(Rekey { unit: unit(id), ends, key, compromised_since: None, document: None })
}

pub(crate) fn round(id: &'static str, due: u64, text: TextHash) -> Statement<'static> {
    Statement::OpenRound(OpenRound {
        id: code(id),
        title: Name::new("Putaran uji").unwrap(),
        cadence: Cadence::Election,
        stage: Stage::Before,
        opens: Time::new(START).unwrap(),
        due: Time::new(due).unwrap(),
        expires: None,
        zone: None,
        subtree: unit("root"),
        kinds: Set::empty(),
        required: Set::new([Duty::Pledge]).unwrap(),
        texts: Set::new([text]).unwrap(),
        bases: Set::empty(),
    })
}

/// A pledge of `signed` persons of 80.
pub(crate) fn pledge(id: &'static str, text: TextHash, signed: u32) -> Pledge<'static> {
    Pledge {
        round: RoundRef { opener: unit("root"), id: code(id) },
        text,
        accepted: Set::new([1, 2]).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: Coverage::Combined(Count { required: 80, signed }),
        document: None,
    }
}

/// A log in memory: the same files as in a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(std::sync::Arc<std::sync::Mutex<BTreeMap<String, Vec<u8>>>>);

impl Memory {
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.lock().unwrap().clone()
    }

    /// A copy with one file changed, or gone.
    pub(crate) fn with(&self, path: &str, bytes: Option<Vec<u8>>) -> Self {
        let mut files = self.files();
        match bytes {
            Some(bytes) => drop(files.insert(path.to_owned(), bytes)),
            None => drop(files.remove(path)),
        }
        Self(std::sync::Arc::new(files.into()))
    }

    /// The files of a folder, but the lock.
    pub(crate) fn load(folder: &Path) -> Self {
        let files = files(folder).into_iter().map(|(path, bytes)| {
            let parts = path.strip_prefix(folder).unwrap().components();
            let names: Vec<_> = parts.map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
            (names.join("/"), bytes)
        });
        Self(std::sync::Arc::new(files.collect::<BTreeMap<_, _>>().into()))
    }

    pub(crate) fn save(&self, folder: &Path) {
        for (path, bytes) in self.0.lock().unwrap().iter() {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

impl Medium for Memory {
    type Lock = ();

    fn read(&self, path: &str, cap: usize) -> std::io::Result<Vec<u8>> {
        let files = self.0.lock().unwrap();
        let bytes = files.get(path).ok_or(std::io::ErrorKind::NotFound)?;
        if bytes.len() > cap { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.clone()) }
    }

    fn list(&self, path: &str) -> std::io::Result<Vec<ikrar_log::medium::Item>> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let mut names = BTreeMap::new();
        for file in self.0.lock().unwrap().keys().filter_map(|file| file.strip_prefix(&prefix)) {
            let name = file.split('/').next().unwrap();
            names.insert(name.to_owned(), name.len() < file.len());
        }
        if names.is_empty() && !path.is_empty() {
            return Err(std::io::ErrorKind::NotFound.into());
        }
        Ok(names.into_iter().map(|(name, is_dir)| ikrar_log::medium::Item { name, is_dir }).collect())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.0.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn create_dir(&self, _path: &str) -> std::io::Result<()> {
        Ok(())
    }

    fn sync_dir(&self, _path: &str) -> std::io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &str) -> std::io::Result<()> {
        self.0.lock().unwrap().remove(path).map(|_| ()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }

    fn remove_dir(&self, _path: &str) -> std::io::Result<()> {
        Ok(())
    }

    fn lock(&self, _path: &str) -> std::io::Result<Option<()>> {
        Ok(Some(()))
    }
}

/// The program's answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        let answer = Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!answer.err.contains("panicked"), "{answer:?}");
        answer
    }

    /// Checks the exit code, and that each text is said somewhere.
    #[track_caller]
    pub(crate) fn expect(self, code: i32, said: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for text in said {
            assert!(self.out.contains(text) || self.err.contains(text), "not said: {text}\n{self:#?}");
        }
        self
    }
}

/// A folder with `log/` and `keys/`, its own state folder, and the program.
pub(crate) struct Scratch {
    folder: TempDir,
    pub(crate) world: World,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self::with(World::new())
    }

    pub(crate) fn with(world: World) -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap(), world };
        scratch.world.log().save(&scratch.path("log"));
        scratch.world.trust.save(&scratch.path("keys")).unwrap();
        scratch.key("keys/log.key", &scratch.world.log_key, &scratch.world.trust.origin, Purpose::Log);
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Writes attestations as signing verbs do.
    pub(crate) fn deliver(&self, name: &str, attestations: &[Vec<u8>]) {
        self.write(name, envelope::encode(attestations.iter().map(Vec::as_slice)).unwrap());
    }

    /// Writes a private key with its name, and for a unit an unused head.
    pub(crate) fn key(&self, name: &str, key: &SigningKey, of: &str, purpose: Purpose) {
        const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
        let der = data_encoding::BASE64.encode(&[&PKCS8[..], key.as_bytes()].concat());
        self.write(name, format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        keys::adopt(&self.path(name), of, purpose).unwrap();
    }

    /// Writes a unit's key with its head, as if it had signed here what it signed so far.
    pub(crate) fn signer(&self, name: &str, signer: &Signer, installed_at: u64) {
        self.key(name, &signer.key, signer.unit, Purpose::Unit);
        let head = signer::head_path(&self.path(name));
        let unused = std::fs::read_to_string(&head).unwrap();
        let Signer { epoch, seq, prev, .. } = signer;
        let used = format!("epoch = \"{epoch}\"\ninstalled_at = {installed_at}\nnext_seq = {seq}\nprev = \"{prev}\"\n");
        std::fs::write(head, unused.replace("pending", &format!("{used}pending"))).unwrap();
    }

    /// The program, in the folder, in English, with nothing of the surroundings.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ikrar"));
        command.args(args).current_dir(self.folder.path());
        self.surround(&mut command);
        command
    }

    pub(crate) fn surround(&self, command: &mut Command) {
        for variable in ["IKRAR_KEYS", "NO_COLOR", "CLICOLOR_FORCE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("LC_ALL", "C").env("HOME", self.folder.path()).env("IKRAR_STATE", self.path("state"));
        command.stdin(std::process::Stdio::null());
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        Answer::new(self.command(args).output().unwrap())
    }

    /// Appends a file to the log.
    pub(crate) fn append(&self, file: &str) -> Answer {
        self.run(&["append", "log", file, "--keys", "keys"])
    }

    pub(crate) fn verify(&self) -> Answer {
        self.run(&["verify", "log", "--keys", "keys"])
    }

    /// The report of a round as JSON, whatever the exit code.
    pub(crate) fn report(&self, round: &str) -> serde_json::Value {
        let answer = self.run(&["report", "log", "--round", round, "--keys", "keys", "--format", "json"]);
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:#?}"))
    }

    /// Every file of a folder but the lock.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.path(folder))
    }

    /// Copies a folder.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        let from = self.path(from);
        for (path, bytes) in self.files(from.to_str().unwrap()) {
            let to = self.path(to).join(path.strip_prefix(&from).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::write(to, bytes).unwrap();
        }
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != store::LOCK) {
                files.insert(path.clone(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Numbers that look random and are the same in every run (SplitMix64).
pub(crate) fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
