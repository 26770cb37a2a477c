//! Proofs and compact ranges against a slow reference model written from RFC 6962 §2.1.

use ikrar_core::digest::{Hash, empty_root, leaf_hash, node_hash};
use ikrar_core::merkle::{
    CompactRange, CompactRangeError, ProofError, proof_hashes, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

mod model {
    use super::*;

    fn split(n: usize) -> usize {
        n.next_power_of_two() / 2
    }

    /// MTH (RFC 6962 §2.1).
    pub(super) fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len()));
                node_hash(&root(left), &root(right))
            }
        }
    }

    /// PATH (RFC 6962 §2.1.1).
    pub(super) fn inclusion(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return vec![];
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut path, sibling) = if index < left.len() {
            (inclusion(index, left), root(right))
        } else {
            (inclusion(index - left.len(), right), root(left))
        };
        path.push(sibling);
        path
    }

    /// PROOF and SUBPROOF (RFC 6962 §2.1.2).
    pub(super) fn consistency(size1: usize, leaves: &[Hash]) -> Vec<Hash> {
        subproof(size1, leaves, true)
    }

    fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
        if m == leaves.len() {
            return if whole { vec![] } else { vec![root(leaves)] };
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut path, sibling) = if m <= left.len() {
            (subproof(m, left, whole), root(right))
        } else {
            (subproof(m - left.len(), right, false), root(left))
        };
        path.push(sibling);
        path
    }
}

fn leaves(n: usize) -> Vec<Hash> {
    (0..n).map(|i| leaf_hash(&u64::try_from(i).unwrap().to_be_bytes())).collect()
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap()
}

#[test]
fn compact_range_root_differs_from_the_tree() {
    let leaves = leaves(300);
    let mut range = CompactRange::new();
    assert_eq!(range.root(), empty_root());
    for (i, leaf) in leaves.iter().enumerate() {
        range.push(*leaf).unwrap();
        assert_eq!(range.size(), wide(i + 1));
        assert_eq!(range.root(), model::root(&leaves[..=i]));
        assert_eq!(<CompactRange>::from_parts(range.size(), range.hashes()), Ok(range.clone()));
    }
}

#[test]
fn compact_range_wraps_around_when_full() {
    let hashes = [leaf_hash(b"x"); 64];
    let mut full = <CompactRange>::from_parts(u64::MAX, &hashes).unwrap();
    let before = full.clone();
    assert_eq!(full.push(leaf_hash(b"y")), Err(CompactRangeError::Full));
    assert_eq!(full, before);
    let mut nearly = <CompactRange>::from_parts(u64::MAX - 1, &hashes[1..]).unwrap();
    nearly.push(leaf_hash(b"y")).unwrap();
    assert_eq!((nearly.size(), nearly.hashes().len()), (u64::MAX, 64));
}

#[test]
fn compact_range_restored_with_the_wrong_number_of_hashes() {
    let hashes = leaves(65);
    for (size, count) in [(0, 1), (1, 0), (3, 1), (3, 3), (u64::MAX, 65), (1, 65)] {
        assert!(<CompactRange>::from_parts(size, &hashes[..count]).is_err());
    }
}

#[test]
fn every_small_proof_verifies_and_only_for_its_own_place() {
    for size in 1..40usize {
        let leaves = leaves(size);
        let root = model::root(&leaves);
        for index in 0..size {
            let proof = model::inclusion(index, &leaves);
            for claimed in 0..size + 2 {
                let verdict = verify_inclusion(&leaves[index], wide(claimed), wide(size), proof.clone(), &root);
                assert_eq!(verdict.is_ok(), claimed == index, "{index} of {size} claimed at {claimed}");
            }
        }
        for size1 in 1..=size {
            let proof = model::consistency(size1, &leaves);
            let root1 = model::root(&leaves[..size1]);
            let verdict = verify_consistency(wide(size1), &root1, wide(size), &root, proof.clone());
            assert_eq!(verdict, Ok(()), "{size1} to {size}");
            let elsewhere = verify_consistency(wide(size1), &leaf_hash(b""), wide(size), &root, proof.clone());
            assert!(elsewhere.is_err());
            let elsewhere = verify_consistency(wide(size1), &root1, wide(size), &leaf_hash(b""), proof);
            assert!(elsewhere.is_err());
        }
    }
}

#[test]
fn an_endless_proof_is_read_to_its_end() {
    let endless = || std::iter::repeat(leaf_hash(b"x"));
    let h = leaf_hash(b"y");
    assert_eq!(verify_inclusion(&h, u64::MAX - 1, u64::MAX, endless(), &h), Err(ProofError::TooLong));
    assert_eq!(verify_inclusion(&h, 0, u64::MAX, endless(), &h), Err(ProofError::TooLong));
    assert_eq!(verify_consistency(1, &h, u64::MAX, &h, endless()), Err(ProofError::TooLong));
    assert_eq!(verify_consistency(u64::MAX - 1, &h, u64::MAX, &h, endless()), Err(ProofError::TooLong));
    assert_eq!(verify_consistency(7, &h, 7, &h, endless()), Err(ProofError::TooLong));
}

#[test]
fn degenerate_sizes_are_taken_for_proofs() {
    let h = leaf_hash(b"y");
    assert_eq!(verify_inclusion(&h, 0, 0, [], &h), Err(ProofError::IndexOutOfRange));
    assert_eq!(verify_consistency(0, &empty_root(), 0, &empty_root(), []), Err(ProofError::EmptyTree));
    assert_eq!(verify_consistency(0, &empty_root(), 5, &h, []), Err(ProofError::EmptyTree));
    assert_eq!(verify_consistency(6, &h, 5, &h, []), Err(ProofError::SizesDecrease));
    assert!(matches!(proof_hashes(&[0; 33]), Err(ProofError::PartialHash)));
    assert_eq!(proof_hashes(&[7; 64]).unwrap().collect::<Vec<_>>(), [Hash([7; 32]); 2]);
}

proptest! {
    #[test]
    fn a_changed_proof_still_verifies(
        size in 2usize..600, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
        byte in 0usize..32, flip in 1u8..,
    ) {
        let leaves = leaves(size);
        let root = model::root(&leaves);
        let index = a.index(size);
        let proof = model::inclusion(index, &leaves);
        let check = |proof: Vec<Hash>| verify_inclusion(&leaves[index], wide(index), wide(size), proof, &root);
        prop_assert_eq!(check(proof.clone()), Ok(()));
        prop_assert_eq!(check(proof[..proof.len() - 1].to_vec()), Err(ProofError::TooShort));
        prop_assert_eq!(check([&proof[..], &[root]].concat()), Err(ProofError::TooLong));
        let mut changed = proof.clone();
        changed[b.index(proof.len())].0[byte] ^= flip;
        prop_assert_eq!(check(changed), Err(ProofError::RootMismatch));

        let size1 = 1 + a.index(size - 1);
        let root1 = model::root(&leaves[..size1]);
        let proof = model::consistency(size1, &leaves);
        let check = |proof: Vec<Hash>| verify_consistency(wide(size1), &root1, wide(size), &root, proof);
        prop_assert_eq!(check(proof.clone()), Ok(()));
        prop_assert_eq!(check(proof[..proof.len() - 1].to_vec()), Err(ProofError::TooShort));
        prop_assert_eq!(check([&proof[..], &[root]].concat()), Err(ProofError::TooLong));
        let mut changed = proof.clone();
        changed[b.index(proof.len())].0[byte] ^= flip;
        prop_assert!(check(changed).is_err());
    }

    #[test]
    fn arbitrary_claims_panic(index: u64, size: u64, size2: u64, proof in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
        let h = leaf_hash(b"y");
        let hashes = || proof.iter().copied().map(Hash);
        prop_assert!(verify_inclusion(&h, index, size, hashes(), &empty_root()).is_err());
        let _ = verify_consistency(size, &h, size2, &empty_root(), hashes());
    }
}
