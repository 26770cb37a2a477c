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
    /// None where nobody listens any more.
    pub(crate) fn try_to(port: u16) -> Option<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Self(stream))
    }

    pub(crate) fn to(port: u16) -> Self {
        Self::try_to(port).expect("a terminal listens")
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

    /// One request whose answer there must be.
    pub(crate) fn ask<T>(&mut self, request: &Request<'_>, read: impl FnOnce(Answer<'_>) -> T) -> T {
        self.try_ask(request, read).expect("an answer")
    }

    pub(crate) fn done(&mut self, request: &Request<'_>) {
        self.ask(request, |answer| assert_eq!(answer, Answer::Done, "to {request:?}"));
    }

    /// Refused by a rule.
    pub(crate) fn refused(&mut self, request: &Request<'_>) {
        self.ask(request, |answer| {
            assert!(matches!(answer, Answer::Refused(Refusal::Rule(_))), "{answer:?} to {request:?}")
        });
    }

    pub(crate) fn try_identity(&mut self) -> Option<Identity> {
        self.try_ask(&Request::Identify, |answer| match answer {
            Answer::Identity(identity) => identity,
            other => panic!("{other:?}"),
        })
    }

    pub(crate) fn try_head<T>(&mut self, read: impl FnOnce(Head<'_>) -> T) -> Option<T> {
        self.try_ask(&Request::Head, |answer| match answer {
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

    /// What the device signed in the end; None where the line broke.
    pub(crate) fn provision(&mut self, items: &[Vec<u8>], checkpoint: &[u8], made_at: Time) -> Option<Vec<u8>> {
        for request in [Request::Provision].into_iter().chain(items.iter().map(|item| Request::Provide(item))) {
            self.try_ask(&request, |answer| assert_eq!(answer, Answer::Done, "to {request:?}"))?;
        }
        let proof = ProofBytes::new(&[]).unwrap();
        self.signed(&Request::Conclude { checkpoint, proof, made_at })
    }

    /// Every entry of the journal.
    pub(crate) fn try_entries(&mut self) -> Option<Vec<Vec<u8>>> {
        let mut entries = Vec::new();
        loop {
            let next = self.try_ask(&Request::Read(u64::try_from(entries.len()).unwrap()), |answer| match answer {
                Answer::Entry { entry, .. } => Some(entry.to_vec()),
                Answer::End => None,
                other => panic!("{other:?}"),
            })?;
            let Some(entry) = next else { return Some(entries) };
            entries.push(entry);
        }
    }
}
