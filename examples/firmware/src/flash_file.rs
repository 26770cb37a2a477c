//! NOR flash for boards that an emulator has without: a region of their memory, written through to a file of the host.
//!
//! Killing the emulator is a power cut: the file holds what was programmed until then. Programming goes word by word and
//! only clears bits, erasing goes in pieces, and both reach the file before the call returns.

use core::ops::Range;

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};

use crate::host::{File, halt, with_argument};

/// Bytes that an erase clears at a time.
const PIECE: u32 = 256;
const PIECE_LENGTH: usize = 256;

/// A region of memory that keeps the contract of NOR flash.
pub struct Flash {
    cells: &'static mut [u8],
    file: Option<File>,
}

impl Flash {
    /// The first argument of the command line names the file; without one, the flash forgets with the emulator.
    #[inline(never)]
    pub(crate) fn new(cells: &'static mut [u8]) -> Self {
        cells.fill(0xFF);
        let file = with_argument(1, |path| File::to_update(path).or_else(|| File::create(path)));
        if let Some(file) = &file {
            let length = cells.len();
            let lacking = file.read(cells);
            // The file is new, or was cut when it was made.
            if lacking > 0
                && !file.write_at(
                    length.saturating_sub(lacking),
                    cells.get(length.saturating_sub(lacking)..).unwrap_or_default(),
                )
            {
                halt(c"the file that stands for flash can't be written");
            }
        }
        Self { cells, file }
    }

    fn part(&mut self, from: u32, length: usize) -> Result<(Range<usize>, &mut [u8]), NorFlashErrorKind> {
        let from = usize::try_from(from).map_err(|_| NorFlashErrorKind::OutOfBounds)?;
        let range = from..from.saturating_add(length);
        let part = self.cells.get_mut(range.clone()).ok_or(NorFlashErrorKind::OutOfBounds)?;
        Ok((range, part))
    }

    /// Writes a part through to the file.
    fn keep(&self, part: Range<usize>) -> Result<(), NorFlashErrorKind> {
        let Some(file) = &self.file else { return Ok(()) };
        let bytes = self.cells.get(part.clone()).ok_or(NorFlashErrorKind::OutOfBounds)?;
        if file.write_at(part.start, bytes) { Ok(()) } else { Err(NorFlashErrorKind::Other) }
    }
}

impl ErrorType for Flash {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Flash {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
        check_read(self, offset, bytes.len())?;
        let (_, part) = self.part(offset, bytes.len())?;
        part.iter().zip(bytes).for_each(|(from, to)| *to = *from);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.cells.len()
    }
}

impl NorFlash for Flash {
    const WRITE_SIZE: usize = 8;
    const ERASE_SIZE: usize = 4_096;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Self::Error> {
        check_erase(self, from, to)?;
        let mut at = from;
        while at < to {
            let (range, part) = self.part(at, PIECE_LENGTH)?;
            part.fill(0xFF);
            self.keep(range)?;
            at = at.saturating_add(PIECE);
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        check_write(self, offset, bytes.len())?;
        let mut at = offset;
        for word in bytes.chunks_exact(Self::WRITE_SIZE) {
            let (range, part) = self.part(at, Self::WRITE_SIZE)?;
            part.iter_mut().zip(word).for_each(|(cell, bits)| *cell &= bits);
            self.keep(range)?;
            at = at.saturating_add(8);
        }
        Ok(())
    }
}

/// Randomness from the file that the second argument names, or the host's own.
pub fn random(seed: &mut [u8; 32]) {
    let file = with_argument(2, File::to_read).or_else(|| File::to_read(c"/dev/urandom"));
    if file.is_none_or(|file| file.read(seed) > 0) {
        halt(c"no randomness");
    }
}
