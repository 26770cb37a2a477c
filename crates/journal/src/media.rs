//! Whole words of the flash, addressed by page and offset. Nothing here knows what they mean.

use embedded_storage::nor_flash::{ErrorType, NorFlash};

use crate::crc::Crc;
use crate::geometry::Geometry;

/// Bytes read or programmed at a time, at most.
const CHUNK: usize = 64;
/// What an erased byte reads.
pub(crate) const ERASED: u8 = 0xFF;

/// The flash and the journal's place in it.
pub(crate) struct Media<F> {
    pub(crate) flash: F,
    pub(crate) geometry: Geometry,
}

/// A payload in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) page: u32,
    pub(crate) offset: u32,
    pub(crate) length: u32,
}

pub(crate) fn to_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

pub(crate) fn to_usize(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

impl<F: NorFlash> Media<F> {
    /// Bytes of a word.
    pub(crate) fn word() -> u32 {
        to_u32(F::WRITE_SIZE)
    }

    /// Rounded up to words.
    pub(crate) fn pad(length: u32) -> u32 {
        // A word is never empty: the geometry was checked.
        length.div_ceil(Self::word().max(1)).saturating_mul(Self::word())
    }

    /// Rounded down to words.
    pub(crate) fn floor(offset: u32) -> u32 {
        offset - offset % Self::word().max(1)
    }

    /// Whole words of a chunk.
    fn chunk() -> u32 {
        Self::floor(to_u32(CHUNK))
    }

    pub(crate) fn page_size(&self) -> u32 {
        self.geometry.page_size()
    }

    /// Reads whole words.
    pub(crate) fn read(&mut self, page: u32, offset: u32, words: &mut [u8]) -> Result<(), <F as ErrorType>::Error> {
        self.flash.read(self.geometry.address(page, offset), words)
    }

    /// Programs whole, erased words.
    pub(crate) fn program(&mut self, page: u32, offset: u32, words: &[u8]) -> Result<(), <F as ErrorType>::Error> {
        self.flash.write(self.geometry.address(page, offset), words)
    }

    /// Erases the slot of a page.
    pub(crate) fn erase(&mut self, page: u32) -> Result<(), <F as ErrorType>::Error> {
        let from = self.geometry.address(page, 0);
        self.flash.erase(from, from.saturating_add(self.page_size()))
    }

    /// Reads `length` bytes from a word's start on, in parts.
    pub(crate) fn read_parts(
        &mut self,
        page: u32,
        offset: u32,
        length: u32,
        mut sink: impl FnMut(&[u8]),
    ) -> Result<(), <F as ErrorType>::Error> {
        let mut buffer = [0; CHUNK];
        let mut done = 0;
        while done < length {
            let part = (length - done).min(Self::chunk());
            let words = buffer.get_mut(..to_usize(Self::pad(part))).unwrap_or_default();
            self.read(page, offset.saturating_add(done), words)?;
            sink(words.get(..to_usize(part)).unwrap_or_default());
            done += part;
        }
        Ok(())
    }

    /// CRC of a payload and its padding.
    pub(crate) fn crc(&mut self, place: Place) -> Result<u32, <F as ErrorType>::Error> {
        let mut crc = Crc::new();
        self.read_parts(place.page, place.offset, Self::pad(place.length), |part| crc.update(part))?;
        Ok(crc.finish())
    }

    /// Copies the start of a payload into `buffer`, as much as fits.
    pub(crate) fn copy(&mut self, place: Place, buffer: &mut [u8]) -> Result<(), <F as ErrorType>::Error> {
        let length = place.length.min(to_u32(buffer.len()));
        let mut rest = buffer;
        self.read_parts(place.page, place.offset, length, |part| {
            if let Some((here, after)) = core::mem::take(&mut rest).split_at_mut_checked(part.len()) {
                here.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
                rest = after;
            }
        })
    }

    /// First and last offset in a page, from `from` on, that is not erased.
    pub(crate) fn programmed(&mut self, page: u32, from: u32) -> Result<Option<(u32, u32)>, <F as ErrorType>::Error> {
        let (mut found, mut offset) = (None, from);
        let length = self.page_size().saturating_sub(from);
        self.read_parts(page, from, length, |part| {
            for byte in part {
                if *byte != ERASED {
                    let (first, _) = found.unwrap_or((offset, offset));
                    found = Some((first, offset));
                }
                offset = offset.saturating_add(1);
            }
        })?;
        Ok(found)
    }
}

/// Programs bytes that come in parts, word by word, the last one padded.
pub(crate) struct Writer<'m, F> {
    media: &'m mut Media<F>,
    page: u32,
    offset: u32,
    buffer: [u8; CHUNK],
    filled: usize,
}

impl<'m, F: NorFlash> Writer<'m, F> {
    pub(crate) fn new(media: &'m mut Media<F>, page: u32, offset: u32) -> Self {
        Self { media, page, offset, buffer: [ERASED; CHUNK], filled: 0 }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), <F as ErrorType>::Error> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = to_usize(Media::<F>::chunk()).saturating_sub(self.filled);
            let Some((now, later)) = rest.split_at_checked(room.min(rest.len())) else { break };
            let end = self.filled.saturating_add(now.len());
            if let Some(here) = self.buffer.get_mut(self.filled..end) {
                here.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
            }
            self.filled = end;
            rest = later;
            if self.filled == to_usize(Media::<F>::chunk()) {
                self.flush()?;
            }
        }
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> Result<(), <F as ErrorType>::Error> {
        let length = Media::<F>::pad(to_u32(self.filled));
        if length > 0 {
            let words = self.buffer.get(..to_usize(length)).unwrap_or_default();
            self.media.program(self.page, self.offset, words)?;
            self.offset = self.offset.saturating_add(length);
            self.buffer = [ERASED; CHUNK];
            self.filled = 0;
        }
        Ok(())
    }
}
