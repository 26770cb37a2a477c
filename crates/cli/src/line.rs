//! The line to a device: one request, one answer (spec §14).
//!
//! Whatever is at the other end, a command holds one message of bounded length, and ends.

mod port;

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ikrar_terminal::frame::{Received, Receiver, Sender};
use ikrar_terminal::wire::{Answer, Refusal, Request, decode, encode};

pub(crate) use port::Address;
use port::Port;

/// So long a device may say nothing: signing takes a slow one seconds.
const SILENCE: Duration = Duration::from_secs(10);
/// So long an answer may take as a whole, however its bytes drip.
const PATIENCE: Duration = Duration::from_secs(60);
/// So long after a refusal of what was on the line before the answer to our own request may still come.
const AFTERMATH: Duration = Duration::from_secs(2);
/// Longest message that is taken: above any entry that a device's journal can hold.
const MESSAGE: usize = 20 * 1024;
/// Most bytes that are read for one answer, of whatever frames.
const HEARD: usize = 8 * MESSAGE;
/// Bytes read at a time.
const PIECE: usize = 4_096;

/// Why there is no answer. What was asked may have been done all the same.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LineError {
    #[error("no device address")]
    Address,
    #[error("cannot open: {0}")]
    Open(io::Error),
    #[error("no byte came")]
    Silent,
    #[error("the other end hung up")]
    Closed,
    #[error("the line failed: {0}")]
    Failed(io::Error),
    #[error("what came is not the answer of a device")]
    Garbled,
    #[error("longer than a request can be: {length} bytes")]
    RequestTooLong { length: usize },
}

/// An open line.
pub(crate) struct Line {
    port: Box<dyn Port>,
    address: String,
    receiver: Receiver,
    message: Vec<u8>,
    piece: Vec<u8>,
    /// What of the piece was not taken yet.
    rest: std::ops::Range<usize>,
    number: u8,
}

impl Line {
    /// Opens a line, and ends what was on it.
    pub(crate) fn open(address: &Address) -> Result<Self, LineError> {
        Self::over(port::open(address, SILENCE).map_err(LineError::Open)?, address.to_string())
    }

    fn over(mut port: Box<dyn Port>, address: String) -> Result<Self, LineError> {
        port.write_all(&[0]).and_then(|()| port.flush()).map_err(LineError::Failed)?;
        // An answer that was meant for another run is not taken for ours.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let number = u8::try_from(since.subsec_millis() % 255).unwrap_or_default();
        Ok(Self {
            port,
            address,
            receiver: Receiver::new(),
            message: vec![0; MESSAGE],
            piece: vec![0; PIECE],
            rest: 0..0,
            number,
        })
    }

    /// As it was named.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Asks, and gives the answer.
    pub(crate) fn ask(&mut self, request: &Request<'_>) -> Result<Answer<'_>, LineError> {
        self.number = self.number.checked_add(1).unwrap_or(1).max(1);
        self.send(request)?;
        let length = self.hear()?;
        let message = self.message.get(..length).unwrap_or_default();
        decode::<Answer<'_>>(message).map(|(_, answer)| answer).map_err(|_| LineError::Garbled)
    }

    fn send(&mut self, request: &Request<'_>) -> Result<(), LineError> {
        let mut buffer = vec![0; usize::from(u16::MAX)];
        let message = encode(self.number, request, &mut buffer)
            .map_err(|_| LineError::RequestTooLong { length: usize::from(u16::MAX) })?;
        let mut frame = Vec::with_capacity(message.len() + message.len() / 254 + 8);
        let mut out = |part: &[u8]| frame.extend_from_slice(part);
        let mut sender = Sender::new(&mut out);
        sender.push(message);
        sender.finish();
        self.port.write_all(&frame).and_then(|()| self.port.flush()).map_err(failed)
    }

    /// Length of the message with our number. Others are of a run before, or refuse what was on the line before.
    fn hear(&mut self) -> Result<usize, LineError> {
        let began = Instant::now();
        let mut refused: Option<(Instant, Vec<u8>)> = None;
        let mut heard = 0_usize;
        loop {
            let late = began.elapsed() > PATIENCE || heard > HEARD;
            let passed = refused.as_ref().is_some_and(|(since, _)| since.elapsed() > AFTERMATH);
            let silence = if refused.is_some() { AFTERMATH } else { SILENCE };
            let byte = match (late || passed, &refused) {
                (false, Some(_)) => self.byte(silence).ok(),
                (false, None) => Some(self.byte(silence)?),
                (true, _) => None,
            };
            let Some(byte) = byte else {
                return refused.ok_or(LineError::Garbled).map(|(_, message)| self.keep(&message));
            };
            heard = heard.saturating_add(1);
            match self.receiver.take(byte, &mut self.message) {
                Received::Nothing => {}
                Received::Garbled | Received::TooLong if refused.is_none() && heard < PIECE => {
                    // Half an answer to a run before may have been under way; ours comes whole, or not at all.
                    continue;
                }
                Received::Garbled | Received::TooLong => return Err(LineError::Garbled),
                Received::Message(length) => {
                    let message = self.message.get(..length).unwrap_or_default();
                    match decode::<Answer<'_>>(message) {
                        Ok((number, _)) if number == self.number => return Ok(length),
                        Ok((0, Answer::Refused(_))) => refused = Some((Instant::now(), message.to_vec())),
                        Ok(_) => {}
                        Err(_) => return Err(LineError::Garbled),
                    }
                }
            }
        }
    }

    fn keep(&mut self, message: &[u8]) -> usize {
        self.message.iter_mut().zip(message).for_each(|(to, from)| *to = *from);
        message.len()
    }

    fn byte(&mut self, silence: Duration) -> Result<u8, LineError> {
        if self.rest.is_empty() {
            self.port.limit(silence).map_err(LineError::Failed)?;
            let read = self.port.read(&mut self.piece).map_err(failed)?;
            if read == 0 {
                return Err(LineError::Closed);
            }
            self.rest = 0..read;
        }
        let byte = self.rest.next().and_then(|at| self.piece.get(at).copied());
        byte.ok_or(LineError::Garbled)
    }
}

fn failed(error: io::Error) -> LineError {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => LineError::Silent,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => LineError::Closed,
        _ => LineError::Failed(error),
    }
}

/// Does a device refuse because of what it is, not because of what was asked?
pub(crate) fn is_unable(refusal: Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Garbled
            | Refusal::Damaged
            | Refusal::Flash
            | Refusal::Inconsistent
            | Refusal::Absent
            | Refusal::Version
    )
}

#[cfg(test)]
mod tests;
