//! Passphrases of private keys: from `--passphrase-fd`, else the file named by `IKRAR_PASSPHRASE_FILE`, else the
//! terminal, unseen. They leave memory zeroed.

mod terminal;

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::args::Unlock;
use crate::context::Context;
use crate::failure::{Failure, unchecked, usage};
use crate::input;

pub(crate) type Passphrase = Zeroizing<Vec<u8>>;

const VARIABLE: &str = "IKRAR_PASSPHRASE_FILE";
const LONGEST: usize = 1024;

/// The passphrase of a key that is there.
pub(crate) fn of(key: &Path, unlock: &Unlock, context: &Context) -> Result<Passphrase, Failure> {
    match given(unlock, context)? {
        Some(passphrase) => Ok(passphrase),
        None => asked("passphrase-ask", key, context),
    }
}

/// The passphrase of a key to be made; at the terminal asked for twice.
pub(crate) fn fresh(key: &Path, unlock: &Unlock, context: &Context) -> Result<Passphrase, Failure> {
    if let Some(passphrase) = given(unlock, context)? {
        return Ok(passphrase);
    }
    let first = asked("passphrase-ask-new", key, context)?;
    if asked("passphrase-ask-again", key, context)? == first {
        Ok(first)
    } else {
        Err(usage("error-passphrase-differs"))
    }
}

/// What descriptor or file hold, if one is named. Two keys of one command have it in common.
fn given(unlock: &Unlock, context: &Context) -> Result<Option<Passphrase>, Failure> {
    if let Some(known) = context.passphrase.get() {
        return Ok(Some(known.clone()));
    }
    let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
    let (place, line) = match (unlock.passphrase_fd, &named) {
        (Some(0), _) => ("--passphrase-fd 0".to_owned(), first_line(io::stdin())),
        (Some(number), _) if cfg!(unix) => {
            let line = File::open(format!("/dev/fd/{number}")).and_then(first_line);
            (format!("--passphrase-fd {number}"), line)
        }
        (Some(_), _) => return Err(usage("error-passphrase-fd")),
        (None, Some(path)) => {
            let path = Path::new(path);
            (path.display().to_string(), first_line(input::open(path)?))
        }
        (None, None) => return Ok(None),
    };
    let line = line.map_err(|error| unchecked("error-read").with("path", &place).because(&error))?;
    let line = line.ok_or_else(too_long)?;
    if line.is_empty() {
        return Err(usage("error-passphrase-empty").with("path", place));
    }
    Ok(Some(context.passphrase.get_or_init(|| line).clone()))
}

fn too_long() -> Failure {
    usage("error-passphrase-long").count("most", LONGEST)
}

/// The first line without its end, byte by byte: who writes it may keep the pipe open. `None` where it is too long.
fn first_line(mut source: impl Read) -> io::Result<Option<Passphrase>> {
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    loop {
        match source.read(&mut *byte) {
            Ok(0) => break,
            Ok(_) if *byte == *b"\n" => break,
            Ok(_) if line.len() == LONGEST => return Ok(None),
            Ok(_) => line.extend_from_slice(&*byte),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

/// Asks at the terminal; nothing of the answer is shown.
fn asked(question: &str, key: &Path, context: &Context) -> Result<Passphrase, Failure> {
    let none = || usage("error-passphrase-needed").with("path", key.display());
    if !io::stdin().is_terminal() && !io::stderr().is_terminal() {
        return Err(none());
    }
    let question = context.text(question, &[("path", key.display().to_string().into())]);
    let answer = terminal::line_unseen(&question).map_err(|_| none())?;
    let answer = answer.filter(|answer| !answer.is_empty()).ok_or_else(|| usage("error-passphrase-none"))?;
    if answer.len() > LONGEST { Err(too_long()) } else { Ok(answer) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_first_line_or_its_end_is_taken() {
        let line = |bytes: &[u8]| first_line(bytes).unwrap().map(|line| line.to_vec());
        assert_eq!(line(b"a b \nmore\n").unwrap(), b"a b ");
        assert_eq!(line(b"a\r\n").unwrap(), b"a");
        assert_eq!(line(b"a").unwrap(), b"a");
        assert_eq!(line(b"").unwrap(), b"");
        assert_eq!(line(&[b'x'; LONGEST]).unwrap().len(), LONGEST);
        assert_eq!(line(&[b'x'; LONGEST + 1]), None);
    }
}
