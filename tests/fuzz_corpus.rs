//! Every fuzz target over its committed corpus, so that the targets run where no fuzzer does.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use ikrar_tests::targets::ALL;

#[test]
fn a_seed_of_a_corpus_breaks_its_target() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in ALL {
        let seeds: Vec<_> = std::fs::read_dir(corpora.join(name)).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!(seeds.len() >= 2, "{name} has {} seeds", seeds.len());
        for seed in seeds {
            let bytes = std::fs::read(&seed).unwrap();
            target(&bytes);
            // Cut anywhere, too.
            (0..bytes.len().min(600)).for_each(|length| target(&bytes[..length]));
        }
    }
}
