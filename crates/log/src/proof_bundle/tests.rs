use ikrar_core::merkle::CompactRange;
use proptest::prelude::*;

use super::*;

fn item<'a>(index: u64, entry: &'a [u8], proof: &'a [u8]) -> Item<'a> {
    Item { index, entry, proof: ProofBytes::new(proof).unwrap() }
}

#[test]
fn entries_are_proven_under_a_root_and_nowhere_else() {
    // Three leaves: ((a b) c).
    let leaves = [b"a", b"b", b"c"].map(|entry| leaf_hash(entry));
    let mut tree = CompactRange::new();
    leaves.iter().for_each(|leaf| tree.push(*leaf).unwrap());
    let node = ikrar_core::digest::node_hash(&leaves[0], &leaves[1]);
    let first = [leaves[1].0, leaves[2].0].concat();
    let bundle = Bundle::new(vec![item(0, b"a", &first), item(2, b"c", &node.0)]).unwrap();
    bundle.verify(&tree.root(), 3).unwrap();
    assert_eq!(bundle.verify(&node, 3).unwrap_err(), NotProven { index: 0, error: ProofError::RootMismatch });
    assert_eq!(bundle.verify(&tree.root(), 2).unwrap_err().index, 0);
    let forged = Bundle::new(vec![item(0, b"a", &first), item(2, b"d", &node.0)]).unwrap();
    assert_eq!(forged.verify(&tree.root(), 3).unwrap_err().index, 2);
    let bytes = bundle.encode();
    assert_eq!(Bundle::decode(&bytes).unwrap(), bundle);
    for cut in 0..bytes.len() {
        assert!(matches!(Bundle::decode(&bytes[..cut]), Err(BundleError::Truncated { .. })), "{cut}");
    }
    assert_eq!(Bundle::decode(&[&bytes[..], b"x"].concat()), Err(BundleError::TrailingData));
}

#[test]
fn what_no_bundle_may_hold() {
    let long = vec![0; ENTRY_MAX + 1];
    assert_eq!(Bundle::new(vec![]), Err(BundleError::Count { count: 0 }));
    assert_eq!(Bundle::decode(&[0, 0]), Err(BundleError::Count { count: 0 }));
    assert_eq!(Bundle::new(vec![item(0, b"", b"")]), Err(BundleError::Entry { item: 1, length: 0 }));
    assert_eq!(Bundle::new(vec![item(0, &long, b"")]), Err(BundleError::Entry { item: 1, length: ENTRY_MAX + 1 }));
    let twice = Bundle::new(vec![item(4, b"a", b""), item(4, b"b", b"")]);
    assert_eq!(twice, Err(BundleError::Order { item: 2, index: 4 }));
    let mut bytes = vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, b'a', 64];
    bytes.extend([0; 64 * 32]);
    assert_eq!(Bundle::decode(&bytes), Err(BundleError::Hashes { item: 1, count: 64 }));
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_decodes_is_what_encodes(bytes in proptest::collection::vec(0_u8..3, 0..80)) {
        let bytes = [&[0][..], &bytes].concat();
        if let Ok(bundle) = Bundle::decode(&bytes) {
            prop_assert_eq!(bundle.encode(), bytes);
        }
    }
}
