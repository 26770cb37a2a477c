//! Large logs of invented units, quickly: every signature is real, the disk is not waited for.

use std::io;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Body;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::digest::{Id, PublicKey, attestation_id, leaf_hash, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{Code, Name, Origin, Set, Text, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::signature::sign;
use ikrar_core::statement::{
    Cadence, Commitments, Count, Coverage, Duty, Enroll, Form, Genesis, OpenRound, Pledge, PledgeText, ROOT, Role,
    RoundRef, Stage, Statement,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::medium::{Folder, Item, Medium};
use ikrar_log::store::{self, Head, Writer};
use ikrar_log::trust::TrustRoot;
use sha2::{Digest as _, Sha256};

const ORIGIN: &str = "example.org/ikrar/bench";
const START: u64 = 1_600_000_000;
const COMMITMENTS: u8 = 5;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A body to be signed, and by whom.
struct Unsigned {
    body: Vec<u8>,
    signer: usize,
    logged_at: u64,
}

/// Where a signer stands in its chain.
struct Chain {
    id: String,
    epoch: Id,
    seq: u64,
    prev: Id,
}

impl Chain {
    fn say(&mut self, statement: Statement<'_>, at: u64) -> Result<(Vec<u8>, Id), Error> {
        let mut buffer = vec![0; 16_384];
        let (epoch, seq, prev) = (self.epoch, self.seq, self.prev);
        let body = Body { unit: UnitId::new(&self.id)?, epoch, seq, prev, made_at: Time::new(at - 60)?, statement };
        let body = body.encode(&mut buffer)?.to_vec();
        let id = attestation_id(&body);
        (self.seq, self.prev) = (self.seq + 1, id);
        Ok((body, id))
    }
}

/// The private key of whoever has this name.
pub(crate) fn key(name: &str) -> SigningKey {
    SigningKey::from_bytes(&Sha256::digest(format!("benchmark {name}")).into())
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

/// Writes `out/log` and `out/keys`: a registry of so many units, and so many rounds in which each of them pledges.
pub(crate) fn generate(out: &Path, units: usize, rounds: usize) -> Result<Head, Error> {
    let names: Vec<String> = (0..units).map(|unit| format!("contoh:kota.{unit:06}")).collect();
    let mut keys = vec![key(ROOT)];
    keys.extend(in_parallel(&names, |name| key(name)));
    let publics = in_parallel(&keys, public);
    let log_key = key("log");
    let mut list = Vec::new();

    let genesis = Genesis {
        registry: Name::new("Registri uji")?,
        origin: Origin::new(ORIGIN)?,
        log_key: public(&log_key),
        root_key: publics[0],
        recovery_key: None,
        synthetic: true,
    };
    let mut root = Chain { id: ROOT.to_owned(), epoch: Id::ZERO, seq: 0, prev: Id::ZERO };
    let (body, registry) = root.say(Statement::Genesis(genesis), START)?;
    (root.epoch, root.prev, root.seq) = (registry, registry, 0);
    let mut now = START;
    let mut push = |(body, id): (Vec<u8>, Id), signer: usize| {
        list.push(Unsigned { body, signer, logged_at: now });
        now += 1;
        id
    };
    push((body, registry), 0);

    let commitments = (1..=COMMITMENTS).map(|_| Text::new("Tidak memihak kepada siapa pun."));
    let text = PledgeText {
        id: Code::new("ikrar")?,
        version: 1,
        title: Name::new("Ikrar netralitas")?,
        language: Code::new("id")?,
        opening: Text::new("Kami berikrar:")?,
        commitments: Commitments::new(commitments.collect::<Result<Vec<_>, _>>()?)?,
        closing: Text::new("Demikian.")?,
        source: None,
    };
    let text_hash = pledge_text_hash(&text);
    push(root.say(Statement::PublishText(text), START)?, 0);
    let mut chains = Vec::new();
    for (place, id) in names.iter().enumerate() {
        let enroll = Enroll {
            unit: UnitId::new(id)?,
            parent: UnitId::new(ROOT)?,
            kind: Code::new("kelurahan")?,
            name: Name::new("Kelurahan Contoh")?,
            key: Some(publics[place + 1]),
            place: None,
            zone: None,
            document: None,
        };
        let epoch = push(root.say(Statement::Enroll(enroll), START)?, 0);
        chains.push(Chain { id: id.clone(), epoch, seq: 0, prev: epoch });
    }
    let opens = Time::new(START)?;
    let due = Time::new(START + 1_000_000_000)?;
    for round in 0..rounds {
        let id = format!("putaran-{round:05}");
        let open = OpenRound {
            id: Code::new(&id)?,
            title: Name::new("Ikrar netralitas")?,
            cadence: Cadence::Annual,
            stage: Stage::Before,
            opens,
            due,
            expires: None,
            zone: None,
            subtree: UnitId::new(ROOT)?,
            kinds: Set::empty(),
            required: Set::new([Duty::Pledge])?,
            texts: Set::new([text_hash])?,
            bases: Set::empty(),
        };
        push(root.say(Statement::OpenRound(open), START)?, 0);
        for (place, chain) in chains.iter_mut().enumerate() {
            let count = Count { required: 20, signed: 20 };
            let pledge = Pledge {
                round: RoundRef { opener: UnitId::new(ROOT)?, id: Code::new(&id)? },
                text: text_hash,
                accepted: Set::new(1..=COMMITMENTS)?,
                form: Form::Ikrar,
                role: Role::Head,
                coverage: Coverage::ByCategory { pns: count, pppk: count, ppnpn: count },
                document: None,
            };
            push(chain.say(Statement::Pledge(pledge), START + 60)?, place + 1);
        }
    }

    let signed = in_parallel(&list, |it| {
        sign(&keys[it.signer], &signing_message(&attestation_id(&it.body)))
            .map(|signature| [&*it.body, &signature].concat())
    });
    let mut entries = Vec::with_capacity(list.len());
    let mut prev = ikrar_core::digest::Hash::ZERO;
    let mut buffer = vec![0; 20_000];
    for (it, attestation) in list.iter().zip(signed) {
        let attestation = attestation?;
        let logged_at = Time::new(it.logged_at)?;
        let entry =
            Entry { prev, logged_at, payload: Payload::Attestation(&attestation) }.encode(&mut buffer)?.to_vec();
        prev = leaf_hash(&entry);
        entries.push(entry);
    }
    let (log, trust) = (out.join("log"), out.join("keys"));
    std::fs::create_dir_all(&trust)?;
    let writer = Writer::init(Hasty(Folder::new(&log)), &entries, |head| -> Result<Vec<u8>, Error> {
        let verifier = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(&log_key))?;
        let mut note = String::new();
        sign_checkpoint(
            &Checkpoint { origin: ORIGIN, size: head.size, root: head.root },
            &verifier,
            &log_key,
            &mut note,
        )?;
        Ok(note.into_bytes())
    })?;
    let head = writer.head();
    drop(writer);
    let root = TrustRoot {
        registry_name: "Registri uji".to_owned(),
        registry,
        authority: publics[0],
        origin: ORIGIN.to_owned(),
        log_key: public(&log_key),
        log_since: 0,
        policy: None,
    };
    root.save(&trust)?;
    Ok(head)
}

/// Maps a list on all processors.
fn in_parallel<T: Sync, U: Send>(list: &[T], map: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = list.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            list.chunks(part).map(|part| scope.spawn(|| part.iter().map(&map).collect::<Vec<U>>())).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no part panics")).collect()
    })
}

/// A folder that waits for nothing to be durable: the log can be made again.
struct Hasty(Folder);

impl Medium for Hasty {
    type Lock = std::fs::File;

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        self.0.read(path, cap)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        self.0.list(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(self.0.root().join(path), bytes)
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.0.create_dir(path)
    }

    fn sync_dir(&self, _path: &str) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.remove(path)
    }

    fn remove_dir(&self, path: &str) -> io::Result<()> {
        self.0.remove_dir(path)
    }

    fn lock(&self, path: &str) -> io::Result<Option<Self::Lock>> {
        self.0.lock(path)
    }
}

/// The folder's log and what it is verified with.
pub(crate) fn open(out: &Path) -> Result<(store::Store<Folder>, TrustRoot), Error> {
    Ok((store::Store::open(Folder::new(out.join("log"))), TrustRoot::load(&out.join("keys"))?))
}
