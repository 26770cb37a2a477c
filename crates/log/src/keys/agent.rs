//! A private key that ssh-agent holds: asked for one signature at a time, over our exact bytes.
//!
//! The raw Ed25519 signature of the protocol's sign request (draft-ietf-sshm-ssh-agent) is over the data as given, so
//! it is a signature as any other. Nothing that an agent answers is believed: lengths and time are bounded, and a
//! signature is verified before it is handed on.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use ed25519_dalek::Signature;
use ikrar_core::digest::PublicKey;
use ikrar_core::signature::verify;

use super::openssh::{ED25519, blob, put, string};

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
/// OpenSSH's own limit of a message.
const MESSAGE_MAX: u32 = 256 * 1024;
/// A signature may wait for a person to confirm, or to touch a token; nothing else does.
const PATIENCE: Patience = Patience { list: Duration::from_secs(10), sign: Duration::from_secs(60) };

/// The key, and where its agent listens.
#[derive(Clone, Debug)]
pub struct AgentKey {
    public: PublicKey,
    socket: Option<PathBuf>,
    patience: Patience,
}

/// How long is waited for each answer, connecting included.
#[derive(Clone, Copy, Debug)]
struct Patience {
    list: Duration,
    sign: Duration,
}

/// Why an agent gave no signature.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// No agent was named.
    #[error("SSH_AUTH_SOCK names no ssh-agent; start one, and add the key with `ssh-add`")]
    None,
    /// Not on this system.
    #[error("signing with ssh-agent needs a Unix system; use a private key file here")]
    Unsupported,
    /// It cannot be reached.
    #[error("ssh-agent cannot be reached at {}", socket.display())]
    Unreachable {
        /// Its socket.
        socket: PathBuf,
        /// What the system reported.
        #[source]
        source: io::Error,
    },
    /// It took no connection, or gave no answer, in time.
    #[error("ssh-agent did not answer within {} seconds; look whether it waits for a confirmation, and whether `ssh-add -l` answers", waited.as_secs())]
    Silent {
        /// How long was waited.
        waited: Duration,
    },
    /// The connection broke.
    #[error("ssh-agent did not answer to the end")]
    Broken(#[source] io::Error),
    /// It does not hold the key.
    #[error("ssh-agent does not hold this key; add it with `ssh-add`")]
    Lacks,
    /// It holds the key, and would not sign.
    #[error("ssh-agent holds this key, and refused to sign; unlock it, or confirm when it asks")]
    Refused,
    /// What it answered is not of the protocol.
    #[error("ssh-agent answered what its protocol does not have")]
    Malformed,
    /// What it answered is no signature by this key over what was asked.
    #[error("what ssh-agent answered is no signature by this key")]
    WrongSignature,
}

impl AgentKey {
    /// The key behind this public key, at the agent that `SSH_AUTH_SOCK` names.
    pub(super) fn of_environment(public: PublicKey) -> Self {
        let socket = std::env::var_os("SSH_AUTH_SOCK").filter(|socket| socket != OsStr::new(""));
        Self { public, socket: socket.map(PathBuf::from), patience: PATIENCE }
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Does the agent hold the key? Asked before anything is made durable that only it can sign.
    ///
    /// # Errors
    /// [`AgentError`].
    pub fn ready(&self) -> Result<(), AgentError> {
        let answer = self.ask(&[REQUEST_IDENTITIES], self.patience.list)?;
        let Some((&IDENTITIES_ANSWER, rest)) = answer.split_first() else { return Err(AgentError::Malformed) };
        let (count, mut rest) = rest.split_first_chunk().ok_or(AgentError::Malformed)?;
        let wanted = blob(&self.public);
        for _ in 0..u32::from_be_bytes(*count) {
            let key = string(&mut rest).ok_or(AgentError::Malformed)?;
            if key == wanted {
                return Ok(());
            }
            string(&mut rest).ok_or(AgentError::Malformed)?;
        }
        Err(AgentError::Lacks)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], AgentError> {
        let mut request = vec![SIGN_REQUEST];
        put(&mut request, &blob(&self.public));
        put(&mut request, message);
        request.extend(0_u32.to_be_bytes());
        let answer = self.ask(&request, self.patience.sign)?;
        let mut rest = match answer.split_first() {
            Some((&SIGN_RESPONSE, rest)) => rest,
            Some((&FAILURE, [])) => return Err(self.ready().err().unwrap_or(AgentError::Refused)),
            _ => return Err(AgentError::Malformed),
        };
        let mut inner = string(&mut rest).filter(|_| rest.is_empty()).ok_or(AgentError::Malformed)?;
        let signature = match (string(&mut inner), string(&mut inner), inner) {
            (Some(ED25519), Some(signature), []) => signature.try_into().map_err(|_| AgentError::Malformed)?,
            _ => return Err(AgentError::Malformed),
        };
        verify(&self.public, message, &signature).map_err(|_| AgentError::WrongSignature)?;
        Ok(signature)
    }

    #[cfg(unix)]
    fn ask(&self, request: &[u8], waited: Duration) -> Result<Vec<u8>, AgentError> {
        use std::os::unix::net::UnixStream;

        let deadline = Instant::now() + waited;
        let told = |error: io::Error, other: &dyn Fn(io::Error) -> AgentError| match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => AgentError::Silent { waited },
            _ => other(error),
        };
        let socket = self.socket.clone().ok_or(AgentError::None)?;
        let unreachable = |source| AgentError::Unreachable { socket: socket.clone(), source };
        let asked = socket.clone();
        let connected = within(waited, move || UnixStream::connect(asked));
        let stream = connected.map_err(|error| told(error, &unreachable))?;
        exchange(stream, request, deadline).map_err(|error| told(error, &AgentError::Broken))
    }

    #[cfg(not(unix))]
    fn ask(&self, _request: &[u8], _waited: Duration) -> Result<Vec<u8>, AgentError> {
        let _ = (&self.socket, MESSAGE_MAX);
        Err(AgentError::Unsupported)
    }
}

impl signature::Signer<Signature> for AgentKey {
    fn try_sign(&self, message: &[u8]) -> Result<Signature, signature::Error> {
        self.sign(message).map(|bytes| Signature::from_bytes(&bytes)).map_err(signature::Error::from_source)
    }
}

/// Does what may block for ever aside, where nobody waits for it for ever: an agent that hangs takes no connections once
/// its queue is full.
#[cfg(unix)]
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (done, result) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(work()));
    result.recv_timeout(patience).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// One request and its answer, each behind a u32 BE length, before the time is over.
#[cfg(unix)]
fn exchange(mut stream: std::os::unix::net::UnixStream, request: &[u8], deadline: Instant) -> io::Result<Vec<u8>> {
    use std::io::Write as _;

    stream.set_write_timeout(Some(left_until(deadline)?))?;
    let mut framed = Vec::new();
    put(&mut framed, request);
    stream.write_all(&framed)?;
    let mut length = [0; 4];
    fill(&mut stream, &mut length, deadline)?;
    let length = u32::from_be_bytes(length);
    if length > MESSAGE_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("an answer of {length} bytes")));
    }
    let mut answer = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    fill(&mut stream, &mut answer, deadline)?;
    Ok(answer)
}

/// Reads to the end of `out`; what comes in drops does not stretch the time.
#[cfg(unix)]
fn fill(stream: &mut std::os::unix::net::UnixStream, mut out: &mut [u8], deadline: Instant) -> io::Result<()> {
    use std::io::Read as _;

    while !out.is_empty() {
        stream.set_read_timeout(Some(left_until(deadline)?))?;
        match stream.read(out) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => out = out.split_at_mut(read).1,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn left_until(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

#[cfg(all(test, unix))]
mod tests;
