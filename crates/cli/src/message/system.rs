//! What the operating system reports, by kind; its number is kept.

use std::io::{Error, ErrorKind};

use super::{Message, Tell, cause};

impl Tell for Error {
    fn message(&self) -> Message {
        match self.raw_os_error() {
            Some(number) if is_loop_of_links(number) => {
                cause("system-numbered").told("what", &cause("system-loop-of-links")).with("number", number)
            }
            Some(number) => cause("system-numbered").told("what", &self.kind()).with("number", number),
            None => self.kind().message(),
        }
    }
}

/// The standard library has no stable kind for it.
fn is_loop_of_links(number: i32) -> bool {
    #[cfg(unix)]
    let code = rustix::io::Errno::LOOP.raw_os_error();
    #[cfg(not(unix))]
    let code = 1921; // ERROR_CANT_RESOLVE_FILENAME
    number == code
}

impl Tell for ErrorKind {
    fn message(&self) -> Message {
        cause(match self {
            Self::NotFound => "system-not-found",
            Self::PermissionDenied => "system-permission-denied",
            Self::AlreadyExists => "system-already-exists",
            Self::NotADirectory => "system-not-a-directory",
            Self::IsADirectory => "system-is-a-directory",
            Self::DirectoryNotEmpty => "system-directory-not-empty",
            Self::ReadOnlyFilesystem => "system-read-only",
            Self::StorageFull => "system-storage-full",
            Self::QuotaExceeded => "system-quota-exceeded",
            Self::FileTooLarge => "system-file-too-large",
            Self::ResourceBusy | Self::ExecutableFileBusy | Self::WouldBlock => "system-busy",
            Self::Deadlock => "system-deadlock",
            Self::CrossesDevices => "system-crosses-devices",
            Self::InvalidFilename => "system-invalid-filename",
            Self::InvalidInput => "system-invalid-input",
            Self::InvalidData => "system-invalid-data",
            Self::TimedOut => "system-timed-out",
            Self::WriteZero => "system-write-zero",
            Self::Interrupted => "system-interrupted",
            Self::Unsupported => "system-unsupported",
            Self::UnexpectedEof => "system-unexpected-eof",
            Self::OutOfMemory => "system-out-of-memory",
            Self::BrokenPipe => "system-broken-pipe",
            Self::ConnectionRefused
            | Self::ConnectionReset
            | Self::ConnectionAborted
            | Self::NotConnected
            | Self::HostUnreachable
            | Self::NetworkUnreachable
            | Self::NetworkDown
            | Self::StaleNetworkFileHandle => "system-network",
            _ => "system-other",
        })
    }
}
