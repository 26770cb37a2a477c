//! A real ssh-agent, and hostile ones.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use ed25519_dalek::SigningKey;
use signature::Signer as _;
use tempfile::TempDir;

use super::*;

fn key_at(socket: &Path, public: PublicKey) -> AgentKey {
    AgentKey { public, socket: Some(socket.to_owned()), patience: patience(300) }
}

fn patience(millis: u64) -> Patience {
    Patience { list: Duration::from_millis(millis), sign: Duration::from_millis(millis) }
}

fn own() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public() -> PublicKey {
    PublicKey(own().verifying_key().to_bytes())
}

/// Answers each connection with the next of these, then hangs up.
fn agent(answers: Vec<Vec<u8>>) -> (TempDir, AgentKey) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let listener = UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut length = [0; 4];
            stream.read_exact(&mut length).unwrap();
            let mut request = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
            stream.read_exact(&mut request).unwrap();
            let _ = stream.write_all(&answer);
        }
    });
    let key = key_at(&socket, public());
    (folder, key)
}

fn framed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, message);
    out
}

fn signed(kind: &[u8], signature: &[u8], tail: &[u8]) -> Vec<u8> {
    let (mut inner, mut message) = (Vec::new(), vec![SIGN_RESPONSE]);
    put(&mut inner, kind);
    put(&mut inner, signature);
    put(&mut message, &inner);
    message.extend(tail);
    framed(&message)
}

fn listing(keys: &[Vec<u8>]) -> Vec<u8> {
    let mut message = vec![IDENTITIES_ANSWER];
    message.extend(u32::try_from(keys.len()).unwrap().to_be_bytes());
    for key in keys {
        put(&mut message, key);
        put(&mut message, b"comment");
    }
    framed(&message)
}

#[test]
fn a_hostile_agents_answer_is_believed() {
    let good = own().sign(b"message").to_bytes();
    let other = own().sign(b"another").to_bytes();
    let one = |answer: Vec<u8>| agent(vec![answer]).1.clone();
    let (_folder, honest) = agent(vec![signed(ED25519, &good, b"")]);
    assert_eq!(honest.sign(b"message").unwrap(), good);
    let (_folder, wrong) = agent(vec![signed(ED25519, &other, b"")]);
    assert!(matches!(wrong.sign(b"message"), Err(AgentError::WrongSignature)));
    for answer in [
        framed(b""),
        framed(&[SIGN_RESPONSE]),
        framed(&[99]),
        framed(&[FAILURE, 1]),
        signed(b"ssh-rsa", &good, b""),
        signed(ED25519, &good[..63], b""),
        signed(ED25519, &good, b"more"),
        framed(&[&[SIGN_RESPONSE][..], &u32::MAX.to_be_bytes(), b"x"].concat()),
    ] {
        let (_folder, key) = agent(vec![answer.clone()]);
        assert!(matches!(key.sign(b"message"), Err(AgentError::Malformed)), "{answer:?}");
    }
    for answer in [vec![], vec![0, 0], u32::MAX.to_be_bytes().to_vec(), (MESSAGE_MAX + 1).to_be_bytes().to_vec()] {
        let (_folder, key) = agent(vec![answer.clone()]);
        assert!(matches!(key.sign(b"message"), Err(AgentError::Broken(_))), "{answer:?}");
    }
    let gone = one(vec![]);
    assert!(matches!(gone.sign(b"message"), Err(AgentError::Unreachable { .. })));
    let none = AgentKey { socket: None, ..gone };
    assert!(matches!(none.sign(b"message"), Err(AgentError::None)));
}

#[test]
fn a_refusal_does_not_tell_whether_the_key_is_there() {
    let ours = blob(&public());
    let refused = |answers| agent(answers);
    let (_folder, key) = refused(vec![framed(&[FAILURE]), listing(&[b"other".to_vec(), ours.clone()])]);
    assert!(matches!(key.sign(b"message"), Err(AgentError::Refused)));
    let (_folder, key) = refused(vec![framed(&[FAILURE]), listing(&[b"other".to_vec()])]);
    assert!(matches!(key.sign(b"message"), Err(AgentError::Lacks)));
    let mut short = listing(&[ours]);
    short[8] = 9;
    let (_folder, key) = refused(vec![short]);
    assert!(key.ready().is_ok(), "the key is among the first");
    let mut hostile = listing(&[]);
    hostile[5..9].fill(0xff);
    let (_folder, key) = refused(vec![hostile]);
    assert!(matches!(key.ready(), Err(AgentError::Malformed)));
}

#[test]
fn a_silent_agent_is_waited_for_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let listener = UnixListener::bind(&socket).unwrap();
    // One byte now and then: no single read is slow.
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        while stream.write_all(&[0]).is_ok() {
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let started = Instant::now();
    let silent = key_at(&socket, public());
    assert!(matches!(silent.sign(b"message"), Err(AgentError::Silent { waited }) if waited.as_millis() == 300));
    // Nobody takes this connection.
    let deaf = folder.path().join("deaf");
    let _listener = UnixListener::bind(&deaf).unwrap();
    assert!(matches!(key_at(&deaf, public()).ready(), Err(AgentError::Silent { .. })));
    // Nor is there room for one.
    let never = within(Duration::from_millis(50), || {
        std::thread::sleep(Duration::from_secs(60));
        Ok(())
    });
    assert_eq!(never.unwrap_err().kind(), io::ErrorKind::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(5));
}

struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn ssh_agent_signs_other_bytes_than_ours() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let mut command = Command::new("ssh-agent");
    command.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null());
    // Who is to confirm says no.
    command.env("SSH_ASKPASS", "false").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let started = command.spawn();
    let _agent = match started {
        Ok(child) => Agent(child),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "ssh-agent does not run: {error}");
            eprintln!("skipped, ssh-agent does not run: {error}");
            return;
        }
    };
    let private = folder.path().join("id");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&private).status().unwrap();
    assert!(made.success());
    let text = fs::read_to_string(folder.path().join("id.pub")).unwrap();
    let public = super::super::openssh::public_key(&text).unwrap().unwrap();
    let key = AgentKey { patience: patience(20_000), ..key_at(&socket, public) };
    let deadline = Instant::now() + Duration::from_secs(20);
    while !socket.exists() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(matches!(key.ready(), Err(AgentError::Lacks)));
    assert!(matches!(key.sign(b"message"), Err(AgentError::Lacks)));
    let add = |options: &[&str]| {
        let mut add = Command::new("ssh-add");
        add.args(options).arg(&private).env("SSH_AUTH_SOCK", &socket).stderr(Stdio::null());
        assert!(add.status().unwrap().success());
    };
    add(&[]);
    key.ready().unwrap();
    for message in [&b""[..], b"message", &[0; 8192]] {
        verify(&public, message, &key.try_sign(message).unwrap().to_bytes()).unwrap();
    }
    // It asks before it signs, and there is nobody to ask.
    add(&["-c"]);
    assert!(matches!(key.sign(b"message"), Err(AgentError::Refused)));
}
