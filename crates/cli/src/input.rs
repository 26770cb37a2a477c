//! Files as arguments name them; `-` is standard input.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::failure::{Failure, unchecked};

/// Longest file that is read whole: far above any of ours, far below memory.
const WHOLE_GIB: u64 = 1;
const WHOLE: u64 = WHOLE_GIB << 30;

/// So long may who writes to a pipe take to open it.
#[cfg(unix)]
const PIPE_PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// So much at a time where a file is hashed.
const PIECE: usize = 1 << 16;

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let too_long = || unchecked("error-file-too-long").with("path", path.display()).count("most", WHOLE_GIB);
    // Asked first: memory need not be filled to find out.
    if !is_stdin(path) && std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > WHOLE) {
        return Err(too_long());
    }
    whole(open(path)?, WHOLE).map_err(failed(path))?.ok_or_else(too_long)
}

/// SHA-256 of a file of any length.
pub(crate) fn sha256(path: &Path) -> Result<[u8; 32], Failure> {
    hashed(open(path)?).map_err(failed(path))
}

/// Opens a file. One that is no regular file gives nothing, without end, or waits; a pipe that somebody feeds is taken.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    if path.is_dir() {
        // Systems differ in what they say of it, and where.
        return Err(unchecked("error-folder").with("path", path.display()));
    }
    Ok(Box::new(open_file(path)?))
}

/// By whichever name; a terminal or a socket behind it cannot be opened as a file.
fn is_stdin(path: &Path) -> bool {
    path == Path::new("-") || cfg!(unix) && ["/dev/stdin", "/dev/fd/0"].iter().any(|name| path == Path::new(name))
}

#[cfg(unix)]
fn open_file(path: &Path) -> Result<File, Failure> {
    use std::os::unix::fs::FileTypeExt as _;

    let kind = std::fs::metadata(path).map_err(failed(path))?.file_type();
    if kind.is_fifo() {
        open_pipe(path)
    } else if kind.is_file() {
        File::open(path).map_err(failed(path))
    } else {
        Err(unchecked("error-not-a-file").with("path", path.display()))
    }
}

#[cfg(not(unix))]
fn open_file(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(failed(path))
}

/// Opening a pipe waits for one who writes: done aside, where nobody waits for it for ever.
#[cfg(unix)]
fn open_pipe(path: &Path) -> Result<File, Failure> {
    let (done, opened) = std::sync::mpsc::channel();
    let pipe = path.to_owned();
    std::thread::spawn(move || done.send(File::open(pipe)));
    match opened.recv_timeout(PIPE_PATIENCE) {
        Ok(opened) => opened.map_err(failed(path)),
        Err(_) => Err(unchecked("error-pipe-idle").with("path", path.display())),
    }
}

/// All that comes; `None` where that is more than `cap` bytes.
fn whole(source: impl Read, cap: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = source.take(cap.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(u64::try_from(read).is_ok_and(|read| read <= cap).then_some(bytes))
}

/// SHA-256 of all that comes.
fn hashed(source: impl Read) -> io::Result<[u8; 32]> {
    let mut source = BufReader::with_capacity(PIECE, source);
    let mut hash = Sha256::new();
    loop {
        let piece = source.fill_buf()?;
        if piece.is_empty() {
            return Ok(hash.finalize().into());
        }
        hash.update(piece);
        let taken = piece.len();
        source.consume(taken);
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| unchecked("error-read").with("path", path.display()).because(&error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beyond_the_cap_is_cut() {
        assert_eq!(whole(&b"123"[..], 3).unwrap().unwrap(), b"123");
        assert_eq!(whole(&b"1234"[..], 3).unwrap(), None);
        assert_eq!(whole(&b""[..], 0).unwrap().unwrap(), b"");
        assert_eq!(whole(io::repeat(0), 5).unwrap(), None);
    }

    #[test]
    fn the_beginning_of_a_long_file_is_hashed_for_all_of_it() {
        for length in [0, 1, PIECE - 1, PIECE, 3 * PIECE + 1] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(hashed(bytes.as_slice()).unwrap(), *Sha256::digest(&bytes), "{length}");
        }
    }
}
