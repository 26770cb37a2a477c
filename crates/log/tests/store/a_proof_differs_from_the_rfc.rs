//! Roots and proofs from tiles against RFC 6962 as it is written.

use std::sync::LazyLock;

use ikrar_log::store::{Error, Store, Writer};
use proptest::prelude::*;

use super::lying::Lying;
use super::reference::{batch, checkpoint, leaves, path, root, subproof};

const SIZE: usize = 66_700;

thread_local! {
    static LOG: LazyLock<Lying> = LazyLock::new(|| {
        let medium = Lying::new();
        drop(Writer::init(&medium, &batch("proof", 0, SIZE), checkpoint).expect("a log"));
        medium
    });
}

fn agree(index: usize, old: usize, size: usize) {
    let all = leaves(&batch("proof", 0, size));
    let number = |at: usize| u64::try_from(at).expect("small");
    LOG.with(|log| {
        let store = Store::open(&**log);
        assert_eq!(store.root(number(size)).expect("a root"), root(&all));
        assert_eq!(store.inclusion_proof(number(index), number(size)).expect("a proof"), path(index, &all));
        let expected = if old == 0 { Vec::new() } else { subproof(old, &all, true) };
        assert_eq!(store.consistency_proof(number(old), number(size)).expect("a proof"), expected);
        // The same from a tree that is larger and already has tiles in hand.
        let mut tree = store.tree(number(SIZE));
        assert_eq!(tree.inclusion_proof(number(index), number(size)).expect("a proof"), path(index, &all));
        assert_eq!(tree.consistency_proof(number(old), number(size)).expect("a proof"), expected);
        assert_eq!(tree.root(number(old)).expect("a root"), root(&all[..old]));
    });
}

#[test]
fn every_small_tree() {
    for size in 1..40 {
        for at in 0..size {
            agree(at, at, size);
        }
        agree(0, size, size);
    }
}

#[test]
fn at_the_borders_of_tiles() {
    for size in [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, SIZE] {
        for at in [0, 1, 254, 255, 256, 257, size / 2, size - 1].into_iter().filter(|at| *at < size) {
            agree(at, at, size);
        }
    }
}

#[test]
fn what_is_out_of_range_is_refused() {
    LOG.with(|log| {
        let store = Store::open(&**log);
        assert!(matches!(store.inclusion_proof(5, 5), Err(Error::OutOfRange { asked: 5, size: 5 })));
        assert!(matches!(store.consistency_proof(6, 5), Err(Error::OutOfRange { .. })));
        assert!(matches!(store.tree(5).root(6), Err(Error::OutOfRange { .. })));
        assert!(store.entries(0..6, 5).is_err());
        assert!(store.entry(5, 5).is_err());
        assert_eq!(store.entries(5..5, 5).expect("nothing").count(), 0);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_tree(size in 1usize..SIZE, index: prop::sample::Index, old: prop::sample::Index) {
        agree(index.index(size), old.index(size + 1), size);
    }
}
