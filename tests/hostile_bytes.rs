//! Bytes that nobody meant: no decoder panics, and what decodes encodes to the same bytes again.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};

use ikrar_core::attestation::Attestation;
use ikrar_log::forms::TextForm;
use ikrar_log::trust::TrustRoot;
use ikrar_tests::targets::{ALL, Target};
use proptest::prelude::*;
use proptest::sample::Index;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn seeds((name, _): &Target) -> Vec<Vec<u8>> {
    let folder = std::fs::read_dir(here("fuzz/corpus").join(name)).unwrap();
    let mut paths: Vec<_> = folder.map(|seed| seed.unwrap().path()).collect();
    paths.sort_unstable();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// What happens to bytes on their way.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(Index, u8),
    Set(Index, u8),
    Remove(Index, Index),
    Insert(Index, Vec<u8>),
    Copy(Index, Index, Index),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    let telling = prop_oneof![Just(0), Just(1), Just(2), Just(0x0a), Just(0x7f), Just(0x80), Just(0xff), any::<u8>()];
    prop_oneof![
        4 => (index(), 0_u8..8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        4 => (index(), telling).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        1 => (index(), index()).prop_map(|(from, to)| Mutation::Remove(from, to)),
        2 => (index(), proptest::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => (index(), index(), index()).prop_map(|(from, to, at)| Mutation::Copy(from, to, at)),
        1 => index().prop_map(Mutation::Cut),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let place = |index: &Index| index.index(bytes.len() + 1);
    let range = |a: &Index, b: &Index| place(a).min(place(b))..place(a).max(place(b));
    match mutation {
        Mutation::Flip(at, bit) => {
            let at = place(at);
            bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << bit);
        }
        Mutation::Set(at, new) => {
            let at = place(at);
            bytes.get_mut(at).into_iter().for_each(|byte| *byte = *new);
        }
        Mutation::Remove(from, to) => drop(bytes.drain(range(from, to))),
        Mutation::Insert(at, new) => {
            let at = place(at);
            bytes.splice(at..at, new.iter().copied());
        }
        Mutation::Copy(from, to, at) => {
            let (copied, at) = (bytes[range(from, to)].to_vec(), place(at));
            bytes.splice(at..at, copied.into_iter().take(300));
        }
        Mutation::Cut(at) => bytes.truncate(place(at)),
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn random_bytes_break_a_decoder(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for (_, target) in ALL {
            target(&bytes);
        }
        drop(TextForm::parse(&bytes));
    }

    #[test]
    fn mutated_bytes_break_a_decoder(
        seed in any::<Index>(),
        mutations in proptest::collection::vec(mutation(), 1..4),
    ) {
        for target in ALL {
            let seeds = seeds(target);
            let mut bytes = seed.get(&seeds).clone();
            for mutation in &mutations {
                mutate(&mut bytes, mutation);
            }
            target.1(&bytes);
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_mutated_trust_root_breaks_its_reader(mutations in proptest::collection::vec(mutation(), 0..3)) {
        let mut bytes = std::fs::read(here("../keys/trust.toml")).unwrap();
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("trust.toml"), bytes).unwrap();
        if let Ok(trust) = TrustRoot::load(folder.path()) {
            let copy = tempfile::tempdir().unwrap();
            trust.save(copy.path()).unwrap();
            prop_assert_eq!(TrustRoot::load(copy.path()).unwrap(), trust);
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
}

/// `verdict:` accept or refuse, `reason:`, `attestation:` in hexadecimal. The signatures are of nobody: to decode is
/// not to verify.
#[test]
fn an_attestation_vector_gets_another_verdict() {
    let mut verdicts = [0, 0];
    for file in std::fs::read_dir(here("vectors/attestation")).unwrap() {
        let file = file.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        let bytes = hex(field("attestation:"));
        let decoded = Attestation::decode(&bytes);
        match field("verdict:") {
            "accept" => assert!(decoded.is_ok(), "{}: {decoded:?}; {}", file.display(), field("reason:")),
            "refuse" => assert!(decoded.is_err(), "{}: {}", file.display(), field("reason:")),
            other => panic!("{}: verdict {other}", file.display()),
        }
        verdicts[usize::from(decoded.is_ok())] += 1;
        ikrar_tests::targets::attestation(&bytes);
    }
    assert!(verdicts[0] > 50 && verdicts[1] > 20, "{verdicts:?}");
}
