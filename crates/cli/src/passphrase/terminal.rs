//! A line typed at the terminal, unseen.

use std::io;

use super::Passphrase;

/// Asks and waits; `None` where the answer was broken off.
#[cfg(unix)]
pub(super) fn line_unseen(question: &str) -> io::Result<Option<Passphrase>> {
    use std::fs::File;
    use std::io::{Read as _, Write as _};

    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
    use zeroize::Zeroizing;

    /// Puts the terminal back as it was.
    struct Restored<'a>(&'a File, Termios);

    impl Drop for Restored<'_> {
        fn drop(&mut self) {
            let _ = tcsetattr(self.0, OptionalActions::Now, &self.1);
        }
    }

    const CTRL_C: u8 = 3;

    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let shared = terminal.try_clone()?;
    let restored = Restored(&shared, tcgetattr(&shared)?);
    let mut modes = restored.1.clone();
    // No signal, which would end the program with the echo still off: ctrl-C ends the line instead.
    modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ISIG;
    modes.local_modes |= LocalModes::ICANON;
    modes.special_codes[SpecialCodeIndex::VEOL] = CTRL_C;
    tcsetattr(&shared, OptionalActions::Now, &modes)?;
    // Asked only now: who types fast is not shown either.
    write!(terminal, "{question} ")?;

    // A terminal hands over a whole line, of at most 4,096 bytes, at once.
    let mut typed = Zeroizing::new(vec![0; 4096]);
    let read = terminal.read(&mut typed);
    drop(restored);
    writeln!(terminal)?;
    typed.truncate(read?);
    // Without its end the line was ended by ctrl-C, ctrl-D or a terminal that is gone.
    Ok((typed.pop() == Some(b'\n')).then_some(typed))
}

/// Asks and waits; `None` where the answer was broken off.
#[cfg(not(unix))]
pub(super) fn line_unseen(question: &str) -> io::Result<Option<Passphrase>> {
    match rpassword::prompt_password(format!("{question} ")) {
        Ok(typed) => Ok(Some(Passphrase::new(typed.into_bytes()))),
        Err(error) if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}
