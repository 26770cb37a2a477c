//! Files of a log that were changed, cut or taken away after they were written.

mod scratch;

use std::path::Path;

use ikrar_core::rule::Severity;
use ikrar_core::statement::{Enroll, Statement};
use ikrar_log::store::{CHECKPOINT, Store};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Finding, Verification, verify};
use scratch::{Memory, Scratch, World, mix};

const LAST_BUNDLE: &str = "tile/entries/000.p/14";

fn errors(verification: &Verification) -> impl Iterator<Item = &Finding> {
    verification.findings.iter().filter(|finding| finding.severity() == Severity::Error)
}

/// The entry of which a byte of the last bundle is part, its length included.
fn entry_at(bundle: &[u8], at: usize) -> u64 {
    let (mut entry, mut end) = (0, 0);
    loop {
        end += 2 + usize::from(u16::from_be_bytes([bundle[end], bundle[end + 1]]));
        if at < end {
            return entry;
        }
        entry += 1;
    }
}

/// The damaged copy does not verify, and a finding names the file, or the entry or the one that links to it.
fn assert_found(world: &World, damaged: &Memory, path: &str, entry: Option<u64>, what: &str) {
    let verification = match world.verify(damaged) {
        Ok(verification) => verification,
        Err(error) => {
            assert!(error.to_string().contains(path), "{what}: {error}");
            return;
        }
    };
    assert!(!verification.is_ok(), "{what} verifies");
    let size = 14;
    let named = |finding: &Finding| {
        let by_entry = entry.is_some_and(|entry| {
            let linked = finding.entry == Some(entry) || finding.entry == Some(entry + 1);
            // Nothing links to the last entry but the root.
            linked || (entry + 1 == size && finding.rule.name() == "root-mismatch")
        });
        finding.path.as_deref() == Some(path) || by_entry
    };
    assert!(errors(&verification).any(named), "{what}: {:#?}", verification.findings);
}

/// One bit of every byte; which one is drawn from a seed.
fn flip_every_byte(of: impl Fn(&str) -> bool) {
    let world = World::new();
    let log = world.log();
    assert!(world.verify(&log).unwrap().findings.is_empty());
    let mut flips = 0;
    for (path, bytes) in log.files().into_iter().filter(|(path, _)| of(path)) {
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (mix(7 + u64::try_from(at).unwrap()) % 8);
            let entry = (path == LAST_BUNDLE).then(|| entry_at(&bytes, at));
            let damaged = log.with(&path, Some(flipped));
            assert_found(&world, &damaged, &path, entry, &format!("{path} with byte {at} flipped"));
            flips += 1;
        }
    }
    assert!(flips > 100);
}

#[test]
fn a_flipped_byte_of_the_checkpoint_goes_unnoticed() {
    flip_every_byte(|path| path == CHECKPOINT);
}

#[test]
fn a_flipped_byte_of_a_hash_tile_goes_unnoticed() {
    flip_every_byte(|path| path.starts_with("tile/0/"));
}

#[test]
fn a_flipped_byte_of_the_last_bundle_goes_unnoticed() {
    flip_every_byte(|path| path == LAST_BUNDLE);
}

#[test]
fn a_flipped_byte_of_an_older_bundle_goes_unnoticed() {
    flip_every_byte(|path| path.starts_with("tile/entries/") && path != LAST_BUNDLE);
}

#[test]
fn a_file_cut_at_some_byte_goes_unnoticed() {
    let world = World::new();
    let log = world.log();
    for (path, bytes) in log.files() {
        // Every length of short files and of the ends of long ones; a sample between.
        let sampled = |length: &usize| *length < 64 || bytes.len() - length < 64 || length % 9 == 4;
        for length in (0..bytes.len()).filter(sampled) {
            let damaged = log.with(&path, Some(bytes[..length].to_vec()));
            assert_found(&world, &damaged, &path, None, &format!("{path} cut to {length} bytes"));
        }
    }
}

#[test]
fn bytes_after_the_end_of_a_file_go_unnoticed() {
    let world = World::new();
    let log = world.log();
    for (path, bytes) in log.files() {
        for more in [&b"\0"[..], b"\n", b"x", &[0; 32]] {
            let damaged = log.with(&path, Some([&bytes, more].concat()));
            assert_found(&world, &damaged, &path, None, &format!("{path} with {more:?} after it"));
        }
    }
}

#[test]
fn a_file_that_the_tree_needs_is_gone_and_nobody_notices() {
    let world = World::new();
    let log = world.log();
    for path in [CHECKPOINT, LAST_BUNDLE, "tile/0/000.p/14"] {
        let tile = path.trim_end_matches(".p/14");
        let verification = world.verify(&log.with(path, None));
        let told = match &verification {
            Ok(verification) => errors(verification).map(|finding| finding.detail.to_string()).collect(),
            Err(error) => error.to_string(),
        };
        assert!(told.contains(tile), "{path} is gone: {told}");
    }
    // Superseded partial tiles may go at any time.
    for path in ["tile/entries/000.p/1", "tile/entries/000.p/5", "tile/0/000.p/1", "tile/0/000.p/5"] {
        assert!(world.verify(&log.with(path, None)).unwrap().findings.is_empty(), "{path}");
    }
}

#[test]
fn the_program_calls_a_damaged_log_good_or_does_not_name_the_damage() {
    let scratch = Scratch::new();
    scratch.verify().expect(0, &["The log verifies"]);
    let whole = scratch.world.log();
    for (path, rule) in [
        ("checkpoint", "checkpoint-"),
        ("tile/0/000.p/14", "tile-mismatch"),
        ("tile/0/000.p/5", "tile-mismatch"),
        ("tile/entries/000.p/5", "tile-mismatch"),
        (LAST_BUNDLE, "root-mismatch"),
    ] {
        let bytes = whole.files().remove(path).unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            whole.with(path, Some(flipped)).save(&scratch.path("log"));
            let answer = scratch.verify();
            assert_eq!(answer.code, Some(1), "{path}, byte {at}: {answer:#?}");
            assert!(answer.out.contains("error:"), "{path}, byte {at}: {answer:#?}");
        }
        let mut flipped = bytes;
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        whole.with(path, Some(flipped)).save(&scratch.path("log"));
        scratch.verify().expect(1, &[rule, "THE LOG DOES NOT VERIFY"]);
        whole.save(&scratch.path("log"));
    }
    std::fs::remove_file(scratch.path("log/checkpoint")).unwrap();
    scratch.verify().expect(3, &["checkpoint is missing"]);
    whole.save(&scratch.path("log"));
    std::fs::remove_file(scratch.path("log").join(LAST_BUNDLE)).unwrap();
    scratch.verify().expect(1, &["entries-missing", LAST_BUNDLE]);
    std::fs::create_dir(scratch.path("log").join(LAST_BUNDLE)).unwrap();
    scratch.verify().expect(1, &["bundle-malformed", LAST_BUNDLE, "no regular file"]);
}

#[test]
fn a_damaged_log_is_appended_to() {
    let mut scratch = Scratch::new();
    let pledge = scratch.world.city.sign(Statement::Pledge(scratch::pledge("nanti", scratch.world.text, 80)));
    scratch.deliver("pledge.ikrar", &[pledge]);
    for path in ["checkpoint", "tile/0/000.p/14", "tile/entries/000.p/5", LAST_BUNDLE] {
        let whole = scratch.world.log();
        let mut bytes = whole.files().remove(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        whole.with(path, Some(bytes)).save(&scratch.path("log"));
        let before = scratch.files("log");
        let answer = scratch.append("pledge.ikrar");
        assert_eq!(answer.code, Some(1), "{path}: {answer:#?}");
        assert_eq!(scratch.files("log"), before, "{path}");
        whole.save(&scratch.path("log"));
    }
    scratch.append("pledge.ikrar").expect(0, &["15 entries"]);
}

/// Three hundred entries: a full tile, one above it, and partial ones.
#[test]
fn a_flipped_byte_of_a_log_of_several_tiles_goes_unnoticed() {
    let world = World::new();
    let mut root = world.root.clone();
    let names: Vec<_> = (0..286).map(|number| format!("wil:77.{number:03}")).collect();
    let mut attestations = world.attestations.clone();
    for name in &names {
        let Statement::Enroll(like) = scratch::enroll("wil:77", "root", "kota", "Kota", None) else { unreachable!() };
        attestations.push(root.sign(Statement::Enroll(Enroll { unit: scratch::unit(name), ..like })));
    }
    let log = world.assemble(&scratch::chained(&attestations), &[1, 256]);
    assert!(world.verify(&log).unwrap().findings.is_empty());
    let files = log.files();
    let paths = ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"];
    for (number, path) in (0..).zip(paths) {
        let bytes = files.get(path).unwrap_or_else(|| panic!("{path} of {:?}", files.keys()));
        for draw in 0..3 {
            let drawn = mix(number * 3 + draw);
            let at = usize::try_from(drawn % u64::try_from(bytes.len()).unwrap()).unwrap();
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (drawn >> 61);
            let verification = world.verify(&log.with(path, Some(flipped)));
            assert!(!verification.is_ok_and(|verification| verification.is_ok()), "{path} with byte {at} flipped");
        }
    }
}

#[test]
fn a_signature_line_of_an_unknown_key_is_not_listed_or_condemns_the_log() {
    let world = World::new();
    let log = world.log();
    let mut note = log.files().remove(CHECKPOINT).unwrap();
    let line = format!("\u{2014} saksi.example {}\n", data_encoding::BASE64.encode(&[5; 4 + 64]));
    note.extend_from_slice(line.as_bytes());
    let verification = world.verify(&log.with(CHECKPOINT, Some(note))).unwrap();
    assert!(verification.is_ok());
    let found: Vec<_> = verification.findings.iter().map(|it| (it.rule.name(), it.path.as_deref())).collect();
    assert_eq!(found, [("checkpoint-unknown-signature", Some(CHECKPOINT))]);
    assert!(verification.findings[0].detail.to_string().contains("saksi.example"));
}

/// Every byte of the small example's checkpoint, and a sample of each tile of both.
#[test]
fn a_flipped_byte_of_an_example_goes_unnoticed() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (small, large) = ("examples/kementerian-esdm", "examples/kota-semarang");
    for (example, keys, draws) in [(small, "examples/kementerian-esdm/keys", 3), (large, "keys", 1)] {
        let trust = TrustRoot::load(&workspace.join(keys)).unwrap();
        let log = Memory::load(&workspace.join(example).join("log"));
        let is_good = |log: &Memory| verify(&Store::open(log.clone()), &trust, |_, _| {}).is_ok_and(|it| it.is_ok());
        assert!(is_good(&log));
        for (number, (path, bytes)) in (0_u64..).zip(log.files()) {
            let length = u64::try_from(bytes.len()).unwrap();
            let drawn = (0..draws).map(|draw| mix(100 + number * 3 + draw) % length);
            let whole = path == CHECKPOINT && example == small;
            let places: Vec<_> = if whole { (0..length).collect() } else { drawn.collect() };
            for at in places {
                let mut flipped = bytes.clone();
                flipped[usize::try_from(at).unwrap()] ^= 1 << (mix(at) % 8);
                assert!(!is_good(&log.with(&path, Some(flipped))), "{example}: {path} with byte {at} flipped");
            }
        }
    }
}
