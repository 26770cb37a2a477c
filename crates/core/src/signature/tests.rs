extern crate std;

use proptest::prelude::*;

use super::*;

fn as_compressed(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
    let encoded = CompressedEdwardsY(*bytes);
    encoded.decompress().filter(|point| point.compress() == encoded)
}

#[test]
fn every_encoding_near_the_edges_is_judged_as_compressing_the_point_does() {
    let mut points = 0;
    for fill in [0x00, 0xFF] {
        for first in 0..=u8::MAX {
            for last in [0x00, 0x01, 0x7E, 0x7F, 0x80, 0x81, 0xFE, 0xFF] {
                let mut bytes = [fill; 32];
                (bytes[0], bytes[31]) = (first, last);
                assert_eq!(decode_point(&bytes), as_compressed(&bytes), "{bytes:?}");
                points += usize::from(CompressedEdwardsY(bytes).decompress().is_some());
            }
        }
    }
    assert!(points > 1_000);
}

proptest! {
    #[test]
    fn any_encoding_is_judged_as_compressing_the_point_does(bytes: [u8; 32]) {
        prop_assert_eq!(decode_point(&bytes), as_compressed(&bytes));
    }
}
