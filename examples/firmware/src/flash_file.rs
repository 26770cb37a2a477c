//! NOR flash for boards that an emulator has without: a region of their memory, written through to a file of the host.
//!
//! Killing the emulator is a power cut: the file holds what was programmed until then. Programming goes word by word and
//! only clears bits, erasing goes in pieces, and both reach the file before the call returns.

use core::mem::MaybeUninit;

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};
use semihosting::fd::{AsFd as _, OwnedFd};
use semihosting::sys::arm_compat::{
    OpenMode, sys_get_cmdline_uninit, sys_open, sys_read_orig, sys_seek, sys_write_orig,
};

/// Bytes that an erase clears at a time.
const PIECE: usize = 256;
/// Longest command line.
const COMMAND_LINE: usize = 512;

/// A region of memory that keeps the contract of NOR flash.
pub struct Flash {
    cells: &'static mut [u8],
    file: Option<OwnedFd>,
}

impl Flash {
    pub(crate) fn new(cells: &'static mut [u8]) -> Self {
        cells.fill(0xFF);
        let mut flash = Self { cells, file: None };
        flash.file = with_argument(1, |path| open(path, OpenMode::RDWR_BINARY)).map(|file| {
            // A file that is shorter was cut when it was made: what it lacks is erased.
            let _ = sys_read_orig(file.as_fd(), flash.cells);
            file
        });
        if flash.file.is_none() {
            flash.file = with_argument(1, |path| open(path, OpenMode::RDWR_TRUNC_BINARY));
            let _ = flash.keep(0..flash.cells.len());
        }
        flash
    }

    /// Writes a part through to the file.
    #[allow(unsafe_code, reason = "seeking is unsafe in this crate, since its effect past the end is undefined")]
    fn keep(&self, part: core::ops::Range<usize>) -> Result<(), NorFlashErrorKind> {
        let Some(file) = &self.file else { return Ok(()) };
        // SAFETY: the file has the length of the cells, but for when it is made: then this is its start.
        unsafe { sys_seek(file.as_fd(), part.start) }.map_err(|_| NorFlashErrorKind::Other)?;
        let bytes = self.cells.get(part).ok_or(NorFlashErrorKind::OutOfBounds)?;
        match sys_write_orig(file.as_fd(), bytes) {
            Ok(0) => Ok(()),
            _ => Err(NorFlashErrorKind::Other),
        }
    }

    fn part(&mut self, from: u32, length: usize) -> Result<(usize, &mut [u8]), NorFlashErrorKind> {
        let from = usize::try_from(from).map_err(|_| NorFlashErrorKind::OutOfBounds)?;
        let rest = self.cells.get_mut(from..).and_then(|rest| rest.get_mut(..length));
        rest.map(|part| (from, part)).ok_or(NorFlashErrorKind::OutOfBounds)
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
        let pieces = to.saturating_sub(from) / 256;
        for piece in 0..pieces {
            let (start, part) = self.part(from.saturating_add(piece.saturating_mul(256)), PIECE)?;
            part.fill(0xFF);
            self.keep(start..start.saturating_add(PIECE))?;
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        check_write(self, offset, bytes.len())?;
        let mut at = offset;
        for word in bytes.chunks_exact(Self::WRITE_SIZE) {
            let (start, part) = self.part(at, Self::WRITE_SIZE)?;
            part.iter_mut().zip(word).for_each(|(cell, bits)| *cell &= bits);
            self.keep(start..start.saturating_add(Self::WRITE_SIZE))?;
            at = at.saturating_add(8);
        }
        Ok(())
    }
}

/// Randomness from the file that the command line names, or the host's own.
pub fn random(seed: &mut [u8; 32]) {
    let file = with_argument(2, |path| open(path, OpenMode::RDONLY_BINARY))
        .or_else(|| sys_open(c"/dev/urandom", OpenMode::RDONLY_BINARY).ok());
    let read = file.map(|file| sys_read_orig(file.as_fd(), seed));
    if !matches!(read, Some(Ok(0))) {
        halt("no randomness");
    }
}

/// Ends the emulator, saying why.
pub fn halt(reason: &str) -> ! {
    semihosting::eprintln!("{}", reason);
    semihosting::process::exit(1)
}

fn open(path: &[u8], mode: OpenMode) -> Option<OwnedFd> {
    sys_open(core::ffi::CStr::from_bytes_with_nul(path).ok()?, mode).ok()
}

/// Gives an argument of the command line, with a zero at its end. Arguments have no spaces.
fn with_argument<T>(number: usize, then: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let mut buffer = [MaybeUninit::new(0); COMMAND_LINE];
    let line = sys_get_cmdline_uninit(&mut buffer).ok()?;
    let argument = line.split(|byte| *byte == b' ' || *byte == 0).nth(number).filter(|argument| !argument.is_empty())?;
    let mut path = [0; COMMAND_LINE];
    let length = argument.len();
    path.iter_mut().zip(argument).for_each(|(to, from)| *to = *from);
    then(path.get(..=length)?)
}
