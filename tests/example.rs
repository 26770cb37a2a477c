//! The committed example is what its builder builds, its README says what is in it, and others' tools read it.

#[path = "example/counts.rs"]
mod counts;
#[path = "example/everything.rs"]
mod everything;
#[path = "state_model/explained.rs"]
mod explained;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ikrar_core::attestation::Attestation;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::rule::{Rule, Severity};
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::{Rekey, Statement};
use ikrar_examples::{Options, Plot, build};
use ikrar_log::history::History;
use ikrar_log::medium::Folder;
use ikrar_log::signer::Signer;
use ikrar_log::status::{RoundStatus, Status, evaluate};
use ikrar_log::store::Store;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Effort, Verification, verify, verify_keeping};
use tlog_tiles::{Hash, Tile, TileHashReader, TileReader, tree_hash};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// An example: its folder, its trust root, and what built it.
struct Example {
    folder: &'static str,
    keys: &'static str,
    plot: Plot,
    seed: u64,
}

const CITY: Example = Example { folder: "examples/kota-semarang", keys: "keys", plot: Plot::Region, seed: 7 };
const MINISTRY: Example = Example {
    folder: "examples/kementerian-esdm",
    keys: "examples/kementerian-esdm/keys",
    plot: Plot::Ministry,
    seed: 8,
};

impl Example {
    fn folder(&self) -> PathBuf {
        repository().join(self.folder)
    }

    fn keys(&self) -> PathBuf {
        repository().join(self.keys)
    }

    fn trust(&self) -> TrustRoot {
        TrustRoot::load(&self.keys()).unwrap()
    }

    fn verified(&self) -> Verification {
        verify(&Store::open(Folder::new(self.folder().join("log"))), &self.trust(), |_, _| {}).unwrap()
    }

    fn entries(&self) -> Vec<Vec<u8>> {
        let store = Store::open(Folder::new(self.folder().join("log")));
        let size = self.verified().head.unwrap().size;
        let bundles = store.bundles(size).map(Result::unwrap);
        bundles.flat_map(|bundle| bundle.entries().map(|(_, entry)| entry.to_vec()).collect::<Vec<_>>()).collect()
    }
}

fn example() -> PathBuf {
    CITY.folder()
}

/// Every file below a folder, by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for item in fs::read_dir(&next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().components();
                let name: Vec<_> = name.map(|part| part.as_os_str().to_str().unwrap()).collect();
                found.insert(name.join("/"), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn assert_same(built: &Path, committed: &Path, ours: impl Fn(&str) -> bool) {
    let (built, mut committed) = (files(built), files(committed));
    committed.retain(|name, _| ours(name));
    assert_eq!(built.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, bytes) in built {
        assert!(bytes == committed[&name], "{name} differs");
    }
}

fn verified() -> Verification {
    CITY.verified()
}

fn evaluated(verification: &Verification) -> RoundStatus {
    let round = verification.history().round_by_name("contoh-2020").unwrap();
    evaluate(verification.history(), round, verification.state.last_logged_at())
}

#[test]
fn a_unit_of_the_example_is_explained_otherwise_than_reported() {
    explained::compare(verified().history());
}

/// The state that a verification keeps of a prefix, against one that never saw more.
#[test]
fn a_prefix_knows_of_what_follows_it() {
    let trust = TrustRoot::load(&repository().join("keys")).unwrap();
    let store = Store::open(Folder::new(example().join("log")));
    let entries = CITY.entries();
    for size in [1, 256, 257, 413, 2000, entries.len()] {
        let asked = u64::try_from(size).unwrap();
        let kept = verify_keeping(&store, &trust, Some(asked), Effort::default(), |_, _| {}).unwrap().prefix.unwrap();
        let mut alone = LogState::new(trust.registry, History::new());
        for entry in &entries[..size] {
            replay(&mut alone, entry);
        }
        assert_eq!((kept.chain().size(), kept.chain().root()), (asked, alone.chain().root()));
        assert_eq!(kept.last_logged_at(), alone.last_logged_at());
        let rows = |state: &LogState<History>| {
            let history = state.store();
            let round = history.round_by_name("contoh-2020").ok()?;
            let told = evaluate(history, round, state.last_logged_at());
            Some((told.units, told.summary.owed, told.summary.missing))
        };
        assert_eq!(rows(&kept), rows(&alone), "{size}");
    }
    let beyond = Some(u64::try_from(entries.len()).unwrap() + 1);
    assert!(verify_keeping(&store, &trust, beyond, Effort::default(), |_, _| {}).unwrap().prefix.is_none());
}

fn replay(state: &mut LogState<History>, bytes: &[u8]) {
    let verdict = state.apply(bytes);
    let Payload::Attestation(attestation) = Entry::decode(bytes).unwrap().payload else { return };
    if let Outcome::NoEffect(rule) = verdict.outcome {
        let at = At { index: verdict.index, logged_at: Entry::decode(bytes).unwrap().logged_at };
        state.store_mut().remark(at, &Attestation::decode(attestation).unwrap(), rule);
    }
}

#[test]
fn an_example_is_not_what_its_builder_builds() {
    for example in [CITY, MINISTRY] {
        let out = tempfile::tempdir().unwrap();
        let units = fs::read(example.folder().join("units.csv")).unwrap();
        let (plot, seed) = (example.plot, example.seed);
        build(&Options { units: &units, out: out.path(), missing: 0.05, seed, plot, rounds: usize::MAX }).unwrap();
        assert_same(&out.path().join("log"), &example.folder().join("log"), |name| name != ".lock");
        assert_same(&out.path().join("keys"), &example.keys(), |name| name != "README.md");
    }
}

/// Receipts and remarks about the first round hold in the log that goes on.
#[test]
fn the_first_round_alone_is_another_log() {
    let out = tempfile::tempdir().unwrap();
    let units = fs::read(example().join("units.csv")).unwrap();
    let first = Options { units: &units, out: out.path(), missing: 0.05, seed: 7, plot: Plot::Region, rounds: 1 };
    let head = build(&first).unwrap();
    assert_eq!(head.size, 412);
    assert_eq!(Store::open(Folder::new(example().join("log"))).root(head.size).unwrap(), head.root);
}

#[test]
fn another_seed_or_share_is_another_registry() {
    let units = b"unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\nwil:33.74,wil:33,kota,Kota Semarang\n";
    let registries = [(0.05, 7), (0.05, 8), (1.0, 7)].map(|(missing, seed)| {
        let out = tempfile::tempdir().unwrap();
        build(&Options { units, out: out.path(), missing, seed, plot: Plot::Region, rounds: 2 }).unwrap();
        let trust = TrustRoot::load(&out.path().join("keys")).unwrap();
        let store = Store::open(Folder::new(out.path().join("log")));
        assert_eq!(verify(&store, &trust, |_, _| {}).unwrap().findings, []);
        trust.registry
    });
    assert!(registries[0] != registries[1] && registries[0] != registries[2] && registries[1] != registries[2]);
}

#[test]
fn an_example_does_not_verify_or_something_else_is_remarked() {
    for (example, foreign, second) in [(CITY, 7, 1), (MINISTRY, 1, 0)] {
        let verification = example.verified();
        assert!(verification.is_ok());
        assert!(verification.findings.iter().all(|finding| finding.severity() == Severity::Warning));
        let count = |name: &str| verification.findings.iter().filter(|finding| finding.rule.name() == name).count();
        assert_eq!((count("foreign-text"), count("second-pledge")), (foreign, second));
        assert_eq!(verification.findings.len(), foreign + second);
        assert!(verification.history().registry().unwrap().synthetic);
    }
}

#[test]
fn every_status_after_due_occurs() {
    let verification = verified();
    let status = evaluated(&verification);
    for of in Status::ALL.iter().filter(|status| **status != Status::Pending) {
        assert!(status.units.iter().any(|unit| unit.now.status == *of), "{of}");
        assert!(*of == Status::Late || status.units.iter().any(|unit| unit.at_due.status == *of), "{of} at due");
    }
    assert!(status.units.iter().any(|unit| unit.at_due.status != unit.now.status));
}

#[test]
fn every_owed_unit_has_one_status() {
    let verification = verified();
    let status = evaluated(&verification);
    assert_eq!(u64::try_from(status.units.len()).unwrap(), status.summary.owed);
    let summary = status.summary;
    let answered = summary.complete + summary.partial + summary.late + summary.disputed;
    assert_eq!(answered + summary.missing + summary.pending + summary.retired, summary.owed);
}

#[test]
fn the_test_keys_go_on_signing_where_the_log_ends() {
    let copy = tempfile::tempdir().unwrap();
    let folder = copy.path().join("test-only");
    fs::create_dir(&folder).unwrap();
    for (name, bytes) in files(&repository().join("keys/test-only")) {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let mut state = verified().state;
    let statement = Statement::Rekey(Rekey {
        unit: UnitId::new("wil:33.74.01.1009").unwrap(),
        ends: None,
        key: None,
        compromised_since: None,
        document: None,
    });
    for unit in ["root", "wil:33", "wil:33.74", "wil:33.74.01.1009"] {
        let key = folder.join(format!("{}.key", unit.replace(':', "-")));
        let attestation = Signer::open(&key).unwrap().sign(&statement, Time::UNKNOWN).unwrap();
        let mut buffer = [0; 1024];
        let payload = Payload::Attestation(&attestation);
        let entry = state.chain().next_entry(state.last_logged_at(), payload, &mut buffer).unwrap();
        // Authentic and at the right place of its chain; it ends no epoch that is in force, so it has no effect.
        assert_eq!(state.admit(entry).outcome, Outcome::NoEffect(Rule::OtherEpoch), "{unit}");
    }
}

/// Serves our tiles to a reader that names them with their height, as Go's `sumdb/tlog` does.
struct Tiles(PathBuf);

impl TileReader for Tiles {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let path = |tile: &Tile| self.0.join(tile.path().replacen("tile/8/", "tile/", 1));
        Ok(tiles.iter().map(|tile| fs::read(path(tile)).unwrap()).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[test]
fn signed_note_and_tlog_tiles_read_the_checkpoint_and_the_tiles() {
    let log = example().join("log");
    let trust = TrustRoot::load(&repository().join("keys")).unwrap();
    let note = signed_note::Note::from_bytes(&fs::read(log.join("checkpoint")).unwrap()).unwrap();
    let key = signed_note::StandardVerifier::new(&trust.log().unwrap().to_string()).unwrap();
    let (known, unknown) = note.verify(&signed_note::VerifierList::new(vec![Box::new(key)])).unwrap();
    assert_eq!((known.len(), unknown.len()), (1, 0));

    let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.extension()), (Plot::Region.origin(), ""));
    let (size, root): (u64, Hash) = (checkpoint.size(), *checkpoint.hash());
    let tiles = Tiles(log);
    let reader = TileHashReader::new(size, root, &tiles);
    assert_eq!(tree_hash(size, &reader).unwrap(), root);
    for index in [0, 1, 255, 256, size - 1] {
        let proof = tlog_tiles::prove_record(size, index, &reader).unwrap();
        let leaf = tlog_tiles::HashReader::read_hashes(&reader, &[tlog_tiles::stored_hash_index(0, index)]).unwrap();
        tlog_tiles::check_record(&proof, size, root, index, leaf[0]).unwrap();
    }
}

#[test]
fn signed_note_and_tlog_tiles_read_the_receipt() {
    let text = fs::read_to_string(example().join("plombokan.tlog-proof")).unwrap();
    let (head, checkpoint) = text.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("c2sp.org/tlog-proof@v1"));
    assert!(lines.next().unwrap().starts_with("extra "));
    let index = lines.next().unwrap().strip_prefix("index ").unwrap().parse().unwrap();
    let proof: Vec<_> = lines.map(|line| Hash::parse_hash(line).unwrap()).collect();

    let trust = TrustRoot::load(&repository().join("keys")).unwrap();
    let note = signed_note::Note::from_bytes(checkpoint.as_bytes()).unwrap();
    let key = signed_note::StandardVerifier::new(&trust.log().unwrap().to_string()).unwrap();
    note.verify(&signed_note::VerifierList::new(vec![Box::new(key)])).unwrap();
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();

    let (size, root) = (checkpoint.size(), *checkpoint.hash());
    let log = Store::open(Folder::new(example().join("log")));
    let leaf = tlog_tiles::record_hash(&log.entry(index, size).unwrap());
    tlog_tiles::check_record(&proof, size, root, index, leaf).unwrap();
    assert!(tlog_tiles::check_record(&proof, size, root, index + 1, leaf).is_err());
}
