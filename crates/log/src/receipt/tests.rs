use ikrar_core::field::ProofBytes;
use proptest::prelude::*;

use super::*;
use crate::proof_bundle::Item;

fn example() -> Receipt {
    let (first, second) = ([1; 64], [2; 32]);
    let items = vec![
        Item { index: 0, entry: b"genesis", proof: ProofBytes::new(&first).unwrap() },
        Item { index: 7, entry: b"pledge", proof: ProofBytes::new(&second).unwrap() },
    ];
    Receipt::new(7, &Bundle::new(items).unwrap(), b"note\n").unwrap()
}

fn text() -> String {
    String::from_utf8(example().encode()).unwrap()
}

#[test]
fn what_is_encoded_is_what_decodes_and_as_the_public_format_has_it() {
    let receipt = example();
    assert_eq!(Receipt::decode(&receipt.encode()).unwrap(), receipt);
    let text = text();
    let lines: Vec<_> = text.lines().collect();
    let hash = BASE64.encode(&[2; 32]);
    assert_eq!((lines[0], lines[2], lines[3]), ("c2sp.org/tlog-proof@v1", "index 7", hash.as_str()));
    assert_eq!(lines[4..], ["", "note"]);
    let extra = BASE64.decode(lines[1].strip_prefix("extra ").unwrap().as_bytes()).unwrap();
    assert_eq!(extra[..3], [1, 0, 2]);
}

#[test]
fn a_receipt_that_is_cut_or_written_otherwise() {
    let good = text();
    for cut in MAGIC.len()..good.len() - "note\n".len() + 1 {
        assert!(Receipt::decode(&good.as_bytes()[..cut]).is_err(), "{cut}");
    }
    let refused = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Receipt::decode(good.replacen(from, to, 1).as_bytes()).unwrap_err()
    };
    let hash = format!("{}\n", BASE64.encode(&[2; 32]));
    let hashes = |lines: &str| refused(&format!("index 7\n{hash}"), &format!("index 7\n{lines}"));
    assert_eq!(refused("@v1", "@v2"), ReceiptError::Version);
    assert_eq!(refused("index 7", "index 07"), ReceiptError::Line { line: 3, expected: "`index` and a decimal" });
    assert!(matches!(refused("index 7", "index +7"), ReceiptError::Line { line: 3, .. }));
    assert!(matches!(refused("index 7", "index 7\r"), ReceiptError::Line { line: 3, .. }));
    assert!(matches!(refused("extra ", "extra  "), ReceiptError::Line { line: 2, .. }));
    assert!(matches!(refused("extra ", "Extra "), ReceiptError::Line { line: 2, .. }));
    assert!(matches!(hashes("AAAA\n"), ReceiptError::Line { line: 4, .. }));
    assert_eq!(refused("index 7", "index 6"), ReceiptError::Entry { index: 6 });
    assert_eq!(refused("index 7", "index 0"), ReceiptError::Entry { index: 0 });
    assert_eq!(hashes(""), ReceiptError::Entry { index: 7 });
    assert_eq!(hashes(&hash.repeat(2)), ReceiptError::Entry { index: 7 });
    assert!(matches!(hashes(&hash.repeat(64)), ReceiptError::Line { line: 67, .. }));
    assert_eq!(refused("note\n", ""), ReceiptError::Checkpoint);
    assert_eq!(refused("extra AQ", "extra Ag"), ReceiptError::Extra);
    assert!(matches!(Receipt::decode(b"x"), Err(ReceiptError::OtherKind(FileKind::Unknown))));
    assert!(matches!(Receipt::decode(&vec![0; RECEIPT_MAX + 1]), Err(ReceiptError::TooLong { .. })));
}

proptest! {
    #[test]
    fn no_bytes_panic_and_what_decodes_is_what_encodes(at in 0_usize..400, byte: u8, tail in "\\PC{0,100}") {
        drop(Receipt::decode(&[MAGIC, tail.as_bytes()].concat()));
        let mut bytes = example().encode();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        if let Ok(receipt) = Receipt::decode(&bytes) {
            prop_assert_eq!(receipt.encode(), bytes);
        }
    }
}
