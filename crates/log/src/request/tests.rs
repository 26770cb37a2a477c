use ikrar_core::field::ProofBytes;
use proptest::prelude::*;

use super::*;
use crate::proof_bundle::Item;

fn bundle() -> Bundle<'static> {
    Bundle::new(vec![Item { index: 0, entry: b"entry", proof: ProofBytes::default() }]).unwrap()
}

fn example() -> Request<'static> {
    Request {
        unit: UnitId::new("wil:33.74").unwrap(),
        round: Some(RoundRef { opener: UnitId::new("root").unwrap(), id: Code::new("contoh-2020").unwrap() }),
        head: Some(LoggedHead { epoch: Id([1; 32]), next_seq: 2, prev: Id([2; 32]) }),
        checkpoint: b"note",
        bundle: bundle(),
    }
}

#[test]
fn what_is_encoded_is_what_decodes() {
    for request in [example(), Request { round: None, ..example() }, Request { head: None, ..example() }] {
        assert_eq!(Request::decode(&request.encode().unwrap()).unwrap(), request);
    }
    assert_eq!(example().head.unwrap().last(), Some((1, Id([2; 32]))));
    let fresh = LoggedHead { epoch: Id([1; 32]), next_seq: 0, prev: Id([1; 32]) };
    assert_eq!(fresh.last(), None);
}

#[test]
fn the_bytes_are_those_of_the_format() {
    let request = Request { round: None, head: None, ..example() };
    let mut expected = b"ikrar request v1\n\x09wil:33.74\0\0\0\0\x04note".to_vec();
    expected.extend(bundle().encode());
    assert_eq!(request.encode().unwrap(), expected);
}

#[test]
fn requests_that_are_cut_or_damaged() {
    let good = example().encode().unwrap();
    for cut in MAGIC.len()..good.len() {
        let refused = Request::decode(&good[..cut]).unwrap_err();
        let cut_short = matches!(refused, RequestError::Truncated { .. } | RequestError::Bundle(_));
        assert!(cut_short, "{cut}: {refused}");
    }
    let damaged = |from: &[u8], to: &[u8]| {
        let at = good.windows(from.len()).position(|window| window == from).unwrap();
        let bytes = [&good[..at], to, &good[at + from.len()..]].concat();
        Request::decode(&bytes).unwrap_err()
    };
    assert!(matches!(damaged(b"wil:", b"Wil:"), RequestError::Field { field: "unit", .. }));
    assert!(matches!(damaged(b"\x04root", b"\0"), RequestError::Field { field: "opener", .. }));
    assert!(matches!(damaged(b"\x0bcontoh-2020", b"\0"), RequestError::Field { field: "round", .. }));
    assert!(matches!(damaged(b"\x01\x01", b"\x02\x01"), RequestError::Flag { found: 2 }));
    assert!(matches!(damaged(b"\x02\x02\x02", b"\x00\x02\x02"), RequestError::Field { field: "head", .. }));
    assert!(matches!(damaged(b"\0\x04note", b"\0\0"), RequestError::Field { field: "checkpoint", .. }));
    assert!(matches!(Request::decode(b"x"), Err(RequestError::OtherKind(FileKind::Unknown))));
    let huge = vec![0; REQUEST_MAX + 1];
    assert!(matches!(Request::decode(&huge), Err(RequestError::TooLong { .. })));
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_decodes_is_what_encodes(at in 0_usize..160, byte: u8, tail in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(Request::decode(&[MAGIC, &tail].concat()));
        let mut bytes = example().encode().unwrap();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        if let Ok(request) = Request::decode(&bytes) {
            prop_assert_eq!(request.encode().unwrap(), bytes);
        }
    }
}
