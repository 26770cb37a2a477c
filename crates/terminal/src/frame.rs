//! Frames on the line: COBS, with a CRC-32 at the end of each (spec §14.1).
//!
//! ```text
//! COBS(message ‖ CRC-32 of the message, big-endian) ‖ 0x00
//! ```
//!
//! COBS (Cheshire and Baker, "Consistent Overhead Byte Stuffing", 1999) takes the zeros out, so that a zero ends a frame
//! and a receiver that lost its place finds it again. Both directions are written here as state machines of a few bytes,
//! since the device has no second buffer, and a panic must not be possible.

use ikrar_journal::Crc;

/// Bytes of the CRC, for which a buffer needs room beside the message.
pub const CRC: usize = 4;
/// Most bytes between two zeros of a block.
const BLOCK: usize = 254;

/// What a byte of the line completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// Nothing yet.
    Nothing,
    /// A message of so many bytes, at the start of the buffer.
    Message(usize),
    /// A frame that is no COBS, too short, or whose CRC does not hold.
    Garbled,
    /// A frame with a longer message than the buffer holds.
    TooLong,
}

/// Takes frames from a line.
#[derive(Clone, Debug, Default)]
pub struct Receiver {
    filled: usize,
    /// Bytes until the next zero that was taken out, or the next code.
    left: u8,
    /// The block under way ends in a zero, unless the frame ends there.
    zero: bool,
    long: bool,
}

impl Receiver {
    /// Between two frames.
    pub const fn new() -> Self {
        Self { filled: 0, left: 0, zero: false, long: false }
    }

    /// Takes the next byte. A message is gathered in `buffer`, which must be the same one until it is complete; it needs
    /// four bytes more than the message.
    pub fn take(&mut self, byte: u8, buffer: &mut [u8]) -> Received {
        if byte == 0 {
            return self.end(buffer);
        }
        if self.left == 0 {
            if self.zero {
                self.put(0, buffer);
            }
            self.left = byte.wrapping_sub(1);
            self.zero = byte != u8::MAX;
        } else {
            self.left = self.left.wrapping_sub(1);
            self.put(byte, buffer);
        }
        Received::Nothing
    }

    fn put(&mut self, byte: u8, buffer: &mut [u8]) {
        match buffer.get_mut(self.filled) {
            Some(place) => *place = byte,
            None => self.long = true,
        }
        self.filled = self.filled.saturating_add(1);
    }

    fn end(&mut self, buffer: &[u8]) -> Received {
        let Self { filled, left, zero, long } = core::mem::take(self);
        if filled == 0 && left == 0 && !zero {
            // Zeros between frames: a host sends one first, to end what was before.
            return Received::Nothing;
        }
        if long {
            return Received::TooLong;
        }
        let whole = buffer.get(..filled).unwrap_or_default();
        let Some((message, crc)) = whole.split_last_chunk::<CRC>() else { return Received::Garbled };
        let mut expected = Crc::new();
        expected.update(message);
        let good = left == 0 && !message.is_empty() && u32::from_be_bytes(*crc) == expected.finish();
        if good { Received::Message(message.len()) } else { Received::Garbled }
    }
}

/// Writes one frame to a line, in pieces.
pub struct Sender<'o> {
    out: &'o mut dyn FnMut(&[u8]),
    crc: Crc,
    /// The code, and after it the bytes of the block under way.
    block: [u8; BLOCK + 1],
    length: usize,
}

impl<'o> Sender<'o> {
    /// Begins a frame.
    pub fn new(out: &'o mut dyn FnMut(&[u8])) -> Self {
        Self { out, crc: Crc::new(), block: [0; BLOCK + 1], length: 0 }
    }

    /// The next bytes of the message.
    pub fn push(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.stuff(bytes);
    }

    /// Ends the frame.
    pub fn finish(mut self) {
        let crc = self.crc.finish().to_be_bytes();
        self.stuff(&crc);
        self.block();
        (self.out)(&[0]);
    }

    fn stuff(&mut self, bytes: &[u8]) {
        for byte in bytes {
            // A full block stands for no zero of its own.
            if self.length >= BLOCK {
                self.block();
            }
            if *byte == 0 {
                self.block();
                continue;
            }
            self.length = self.length.saturating_add(1);
            if let Some(place) = self.block.get_mut(self.length) {
                *place = *byte;
            }
        }
    }

    /// Sends the block under way.
    fn block(&mut self) {
        let length = self.length.saturating_add(1);
        if let Some(code) = self.block.first_mut() {
            *code = u8::try_from(length).unwrap_or(u8::MAX);
        }
        (self.out)(self.block.get(..length).unwrap_or_default());
        self.length = 0;
    }
}

#[cfg(test)]
mod tests;
