//! A host that speaks the language of the line.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use ikrar_core::field::{ProofBytes, Time};
use ikrar_terminal::frame::{Received, Receiver, Sender};
use ikrar_terminal::wire::{Answer, Head, Identity, Refusal, Request, decode, encode};

use crate::emulator::PATIENCE;

/// A connection to a terminal.
pub(crate) struct Line(TcpStream);

impl Line {
    pub(crate) fn to(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Sends bytes that are nothing.
    pub(crate) fn noise(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }

    /// One request; None where the line broke before its answer was whole.
    pub(crate) fn try_ask<T>(&mut self, request: &Request<'_>, read: impl FnOnce(Answer<'_>) -> T) -> Option<T> {
        let (mut buffer, mut frame) = (vec![0; 4_096], vec![0]);
        let message = encode(7, request, &mut buffer).unwrap();
        let mut out = |bytes: &[u8]| frame.extend_from_slice(bytes);
        let mut sender = Sender::new(&mut out);
        sender.push(message);
        sender.finish();
        self.0.write_all(&frame).ok()?;
        let mut receiver = Receiver::new();
        loop {
            let mut byte = [0];
            self.0.read_exact(&mut byte).ok()?;
            match receiver.take(byte[0], &mut buffer) {
                Received::Nothing => {}
                Received::Message(length) => {
                    let (number, answer) = decode(&buffer[..length]).unwrap();
                    assert!(number == 7 || matches!(answer, Answer::Refused(_)), "{answer:?}");
                    return Some(read(answer));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    pub(crate) fn ask<T>(&mut self, request: &Request<'_>, read: impl FnOnce(Answer<'_>) -> T) -> T {
        self.try_ask(request, read).expect("an answer")
    }

    pub(crate) fn done(&mut self, request: &Request<'_>) {
        self.ask(request, |answer| assert_eq!(answer, Answer::Done, "to {request:?}"));
    }

    pub(crate) fn refused(&mut self, request: &Request<'_>) -> Refusal {
        self.ask(request, |answer| match answer {
            Answer::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        })
    }

    pub(crate) fn identity(&mut self) -> Identity {
        self.ask(&Request::Identify, |answer| match answer {
            Answer::Identity(identity) => identity,
            other => panic!("{other:?}"),
        })
    }

    pub(crate) fn head<T>(&mut self, read: impl FnOnce(Head<'_>) -> T) -> T {
        self.ask(&Request::Head, |answer| match answer {
            Answer::Head(head) => read(head),
            other => panic!("{other:?}"),
        })
    }

    /// A signed attestation.
    pub(crate) fn signed(&mut self, request: &Request<'_>) -> Option<Vec<u8>> {
        self.try_ask(request, |answer| match answer {
            Answer::Signed { attestation, .. } => attestation.to_vec(),
            other => panic!("{other:?}"),
        })
    }

    pub(crate) fn provision(&mut self, items: &[Vec<u8>], checkpoint: &[u8], made_at: Time) -> Vec<u8> {
        self.done(&Request::Provision);
        items.iter().for_each(|item| self.done(&Request::Provide(item)));
        let proof = ProofBytes::new(&[]).unwrap();
        self.signed(&Request::Conclude { checkpoint, proof, made_at }).unwrap()
    }

    /// Every entry of the journal.
    pub(crate) fn entries(&mut self) -> Vec<Vec<u8>> {
        let mut entries = Vec::new();
        while let Some(entry) = self.ask(&Request::Read(u64::try_from(entries.len()).unwrap()), |answer| match answer {
            Answer::Entry { entry, .. } => Some(entry.to_vec()),
            Answer::End => None,
            other => panic!("{other:?}"),
        }) {
            entries.push(entry);
        }
        entries
    }
}
