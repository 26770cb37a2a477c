extern crate std;

use std::vec::Vec;

use proptest::prelude::*;

use super::*;

fn sent(message: &[u8], cut: usize) -> Vec<u8> {
    let mut line = Vec::new();
    let mut out = |bytes: &[u8]| line.extend_from_slice(bytes);
    let mut sender = Sender::new(&mut out);
    let (first, second) = message.split_at(cut.min(message.len()));
    sender.push(first);
    sender.push(second);
    sender.finish();
    line
}

fn received(line: &[u8], buffer: &mut [u8]) -> Vec<Received> {
    let mut receiver = Receiver::new();
    line.iter().map(|byte| receiver.take(*byte, buffer)).filter(|got| *got != Received::Nothing).collect()
}

/// Messages of many zeros, of none, and of lengths about a block's.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![3 => Just(0_u8), 3 => 1_u8.., 1 => Just(255_u8)];
    prop_oneof![
        proptest::collection::vec(byte, 1..80),
        (245_usize..520).prop_map(|length| std::vec![7; length]),
        (245_usize..520, 0_usize..520).prop_map(|(length, zero)| {
            let mut message = std::vec![7; length];
            if let Some(place) = message.get_mut(zero) {
                *place = 0;
            }
            message
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_sent_is_what_is_received_and_what_another_cobs_reads(message in message(), cut in 0_usize..100) {
        let line = sent(&message, cut);
        let mut buffer = [0; 600];
        prop_assert_eq!(received(&line, &mut buffer), [Received::Message(message.len())]);
        prop_assert_eq!(&buffer[..message.len()], &message);
        let mut theirs = [0; 600];
        let (frame, end) = line.split_at(line.len() - 1);
        prop_assert_eq!(end, &[0]);
        let report = cobs::decode(frame, &mut theirs).unwrap();
        prop_assert_eq!(&theirs[..message.len()], &message);
        prop_assert_eq!(report, message.len() + 4);
        // And what the other writes is read here.
        let mut written = [0; 700];
        let length = cobs::encode(&theirs[..message.len() + 4], &mut written);
        written[length] = 0;
        prop_assert_eq!(received(&written[..=length], &mut buffer), [Received::Message(message.len())]);
    }

    #[test]
    fn a_flipped_bit_or_a_lost_byte_is_never_taken_for_a_message(message in message(), at in 0_usize..600, bit in 0_u8..8) {
        let line = sent(&message, 0);
        let at = at % line.len();
        let mut buffer = [0; 600];
        let mut flipped = line.clone();
        flipped[at] ^= 1 << bit;
        for got in received(&flipped, &mut buffer) {
            let intact = matches!(got, Received::Message(length) if buffer[..length] == message);
            prop_assert!(matches!(got, Received::Garbled | Received::TooLong) || intact);
        }
        let mut lost = line;
        lost.remove(at);
        lost.push(0);
        for got in received(&lost, &mut buffer) {
            let intact = matches!(got, Received::Message(length) if buffer[..length] == message);
            prop_assert!(matches!(got, Received::Garbled | Received::TooLong) || intact);
        }
    }

    #[test]
    fn any_bytes_leave_the_receiver_ready_for_the_next_frame(noise: Vec<u8>, message in message()) {
        let mut line = noise;
        line.push(0);
        line.extend(sent(&message, 3));
        let mut buffer = [0; 600];
        let got = received(&line, &mut buffer);
        prop_assert_eq!(got.last(), Some(&Received::Message(message.len())));
    }
}

#[test]
fn a_message_longer_than_the_buffer_is_refused_whole() {
    let mut buffer = [0; 20];
    assert_eq!(received(&sent(&[1; 16], 0), &mut buffer), [Received::Message(16)]);
    assert_eq!(received(&sent(&[1; 17], 0), &mut buffer), [Received::TooLong]);
    assert_eq!(received(&sent(&[0; 900], 0), &mut buffer), [Received::TooLong]);
}

#[test]
fn a_zero_after_a_full_block_is_not_lost() {
    let mut message = [7; 256];
    message[254] = 0;
    let mut buffer = [0; 300];
    assert_eq!(received(&sent(&message, 0), &mut buffer), [Received::Message(256)]);
    assert_eq!(buffer[..256], message);
}
