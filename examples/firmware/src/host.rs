//! An emulator's host, by Arm's semihosting: arguments, files, a last word. Without a panic, and with no more than that.

use core::ffi::CStr;

use semihosting::sys::arm_compat::syscall::{OperationNumber, ParamRegR, ParamRegW, syscall, syscall_readonly};

/// Longest command line.
const COMMAND_LINE: usize = 512;
/// `fopen`'s modes, by the numbers of `SYS_OPEN`.
const READ: usize = 1;
const UPDATE: usize = 3;
const CREATE: usize = 7;

/// A file of the host. It stays open.
pub(crate) struct File(i32);

impl File {
    /// Opens a file to read, if it is there.
    pub(crate) fn to_read(path: &CStr) -> Option<Self> {
        open(path, READ)
    }

    /// Opens a file to read and write, if it is there.
    pub(crate) fn to_update(path: &CStr) -> Option<Self> {
        open(path, UPDATE)
    }

    /// Makes an empty file to read and write.
    pub(crate) fn create(path: &CStr) -> Option<Self> {
        open(path, CREATE)
    }

    /// Reads to the end of the buffer or the file. How many bytes were not read?
    #[allow(unsafe_code, reason = "a call of the host")]
    pub(crate) fn read(&self, buffer: &mut [u8]) -> usize {
        let length = buffer.len();
        let mut block = [ParamRegW::raw_fd(self.0), ParamRegW::buf(buffer), ParamRegW::usize(length)];
        // SAFETY: SYS_READ writes at most `length` bytes to the buffer, and nothing else.
        unsafe { syscall(OperationNumber::SYS_READ, ParamRegW::block(&mut block)) }.usize().min(length)
    }

    /// Writes at an offset. Was all written?
    #[allow(unsafe_code, reason = "two calls of the host")]
    pub(crate) fn write_at(&self, offset: usize, bytes: &[u8]) -> bool {
        let seek = [ParamRegR::raw_fd(self.0), ParamRegR::usize(offset)];
        let write = [ParamRegR::raw_fd(self.0), ParamRegR::buf(bytes), ParamRegR::usize(bytes.len())];
        // SAFETY: SYS_SEEK and SYS_WRITE write nothing to this memory.
        unsafe {
            syscall_readonly(OperationNumber::SYS_SEEK, ParamRegR::block(&seek)).usize() == 0
                && syscall_readonly(OperationNumber::SYS_WRITE, ParamRegR::block(&write)).usize() == 0
        }
    }
}

#[allow(unsafe_code, reason = "a call of the host")]
fn open(path: &CStr, mode: usize) -> Option<File> {
    let block = [ParamRegR::c_str(path), ParamRegR::usize(mode), ParamRegR::usize(path.count_bytes())];
    // SAFETY: SYS_OPEN reads the path, and writes nothing to this memory.
    let number = unsafe { syscall_readonly(OperationNumber::SYS_OPEN, ParamRegR::block(&block)) }.int();
    (number > 0).then_some(File(number))
}

/// Gives an argument of the command line. Arguments have no spaces.
#[allow(unsafe_code, reason = "a call of the host")]
pub(crate) fn with_argument<T>(number: usize, then: impl FnOnce(&CStr) -> Option<T>) -> Option<T> {
    let mut line = [0_u8; COMMAND_LINE];
    let mut block = [ParamRegW::buf(&mut line), ParamRegW::usize(COMMAND_LINE)];
    // SAFETY: SYS_GET_CMDLINE writes a line with a zero at its end to the buffer, or fails where it is too small.
    let failed = unsafe { syscall(OperationNumber::SYS_GET_CMDLINE, ParamRegW::block(&mut block)) }.usize() != 0;
    line.iter_mut().filter(|byte| **byte == b' ').for_each(|space| *space = 0);
    let mut rest: &[u8] = &line;
    for _ in 0..number {
        let next = CStr::from_bytes_until_nul(rest).ok()?;
        rest = rest.get(next.count_bytes().saturating_add(1)..)?;
    }
    let argument = CStr::from_bytes_until_nul(rest).ok().filter(|argument| !argument.is_empty() && !failed)?;
    then(argument)
}

/// Ends the emulator, saying why.
#[allow(unsafe_code, reason = "calls of the host")]
pub fn halt(reason: &CStr) -> ! {
    /// `ADP_Stopped_ApplicationExit`.
    const EXIT: usize = 0x20026;
    let block = [ParamRegR::usize(EXIT), ParamRegR::usize(1)];
    // SAFETY: SYS_WRITE0 reads up to the zero; SYS_EXIT_EXTENDED does not come back.
    unsafe {
        syscall_readonly(OperationNumber::SYS_WRITE0, ParamRegR::c_str(reason));
        syscall_readonly(OperationNumber::SYS_WRITE0, ParamRegR::c_str(c"\n"));
        syscall_readonly(OperationNumber::SYS_EXIT_EXTENDED, ParamRegR::block(&block));
    }
    loop {
        core::hint::spin_loop();
    }
}
