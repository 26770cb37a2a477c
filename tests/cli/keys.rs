//! How a private key is reached: passphrases, keys made elsewhere, ssh-agent; and keys for tests.

mod scratch;

use std::path::Path;
use std::process::Command;

use ikrar_log::keys::Purpose;
use scratch::{Answer, CITY, ORIGIN, Scratch};

fn encrypted(scratch: &Scratch) {
    scratch.write("pw", "enam kata acak\r\nnot this\n");
    let made = run_with_file(scratch, "pw", &["keygen", "--unit", CITY, "--out", "city.key", "--encrypt"]);
    assert_eq!(made.code.unwrap_or(-1), 0, "{made:?}");
    assert!(std::fs::read_to_string(scratch.path("city.key")).unwrap().starts_with("-----BEGIN ENCRYPTED"));
}

fn run_with_file(scratch: &Scratch, file: &str, args: &[&str]) -> Answer {
    Answer::new(scratch.command(args).env("IKRAR_PASSPHRASE_FILE", file).output().unwrap())
}

fn run_with_input(scratch: &Scratch, file: &str, args: &[&str]) -> Answer {
    let input = std::fs::File::open(scratch.path(file)).unwrap();
    Answer::new(scratch.command(args).stdin(input).output().unwrap())
}

#[test]
fn an_encrypted_key_signs_without_its_passphrase() {
    let scratch = Scratch::new();
    encrypted(&scratch);
    scratch.write("lain", "sandi lain\n");
    scratch.write("kosong", "\nenam kata acak\n");
    let show = ["key", "show", "city.key"];
    let none = scratch.run(&show);
    assert_eq!(none.code.unwrap_or(-1), 2);
    assert!(none.err.contains("--passphrase-fd") && none.err.contains("IKRAR_PASSPHRASE_FILE"), "{none:?}");
    let before = scratch.files("");
    for wrong in ["lain", "kosong"] {
        let refused = run_with_file(&scratch, wrong, &show);
        assert_eq!((refused.code.unwrap_or(-1), refused.out.as_str()), (2, ""), "{refused:?}");
    }
    assert_eq!(run_with_file(&scratch, "nowhere", &show).code.unwrap_or(-1), 3);
    assert_eq!(scratch.files(""), before);
    assert_eq!(run_with_file(&scratch, "pw", &show).code.unwrap_or(-1), 0);
    let by_input = run_with_input(&scratch, "pw", &["key", "show", "city.key", "--passphrase-fd", "0"]);
    assert_eq!(by_input.code.unwrap_or(-1), 0, "{by_input:?}");
}

#[test]
fn a_key_is_made_or_left_half_made_without_the_passphrase_asked_for() {
    let scratch = Scratch::new();
    scratch.write("kosong", "\n");
    scratch.write("panjang", "x".repeat(2000));
    let before = scratch.files("");
    let keygen = ["keygen", "--unit", CITY, "--out", "new.key", "--encrypt"];
    assert_eq!(scratch.run(&keygen).code.unwrap_or(-1), 2);
    assert_eq!(run_with_file(&scratch, "kosong", &keygen).code.unwrap_or(-1), 2);
    assert_eq!(run_with_file(&scratch, "panjang", &keygen).code.unwrap_or(-1), 2);
    let not_asked = ["keygen", "--unit", CITY, "--out", "new.key", "--passphrase-fd", "0"];
    assert_eq!(run_with_input(&scratch, "panjang", &not_asked).code.unwrap_or(-1), 2);
    assert_eq!(scratch.files(""), before);
}

#[test]
fn an_encrypted_log_key_does_not_sign_checkpoints() {
    let scratch = Scratch::new();
    scratch.write("pw", "kunci log\n");
    let steps: [&[&str]; 4] = [
        &["keygen", "--unit", "root", "--out", "r.key"],
        &["keygen", "--log", "example.org/baru", "--out", "l.key", "--encrypt"],
        &["genesis", "--name", "Baru", "--log-key", "l.key.pub", "--key", "r.key", "--out", "g.ikrar"],
        &["init", "baru", "g.ikrar", "--keys", "trust-baru", "--key", "l.key"],
    ];
    for step in &steps[..3] {
        let done = run_with_file(&scratch, "pw", step);
        assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
    }
    assert_eq!(scratch.run(steps[3]).code.unwrap_or(-1), 2);
    assert!(!scratch.path("baru").join("checkpoint").exists());
    let done = run_with_file(&scratch, "pw", steps[3]);
    assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
    assert_eq!(scratch.run(&["verify", "baru", "--keys", "trust-baru"]).code.unwrap_or(-1), 0);
}

#[test]
fn showing_a_key_fails_while_it_signs_or_tells_another_head() {
    let scratch = Scratch::new();
    scratch.signer("ward.key", &scratch.world.ward, 11);
    let path = scratch.path("ward.key");
    let held = ikrar_log::signer::Signer::open(&path).unwrap();
    let shown = scratch.run(&["key", "show", "ward.key", "--format", "json"]);
    assert_eq!(shown.code.unwrap_or(-1), 0, "{shown:?}");
    let key = std::fs::read_to_string(scratch.path("ward.key.pub")).unwrap();
    let epoch = scratch.world.ward.epoch;
    let head = format!(r#"{{"epoch":"{epoch}","next_seq":0,"pending":0,"stale":0}}"#);
    let told = format!(
        r#"{{"schema":"ikrar.key/1","name":"{}","purpose":"unit","key":"{}","head":{head}}}"#,
        held.unit(),
        key.trim_end()
    );
    assert_eq!(shown.out, told + "\n");
    scratch.key("log.key", &scratch.world.log_key, ORIGIN, Purpose::Log);
    let shown = scratch.run(&["key", "show", "log.key", "--format", "json"]);
    assert!(shown.out.contains(r#""purpose":"log""#) && shown.out.ends_with("\"head\":null}\n"), "{shown:?}");
    scratch.write("ward.key.head", "nonsense");
    assert_ne!(scratch.run(&["key", "show", "ward.key"]).code.unwrap_or(-1), 0);
}

#[test]
fn a_test_key_signs_for_a_real_registry() {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("test-only")).unwrap();
    let ok = |args: &[&str]| {
        let done = scratch.run(args);
        assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
        done
    };
    let refused = |args: &[&str]| {
        let kept = || {
            let mut files = scratch.files("");
            files.retain(|path, _| path.extension().is_none_or(|ending| ending != "lock"));
            files
        };
        let before = kept();
        let done = scratch.run(args);
        assert_eq!(done.code.unwrap_or(-1), 5, "{done:?}");
        assert!(done.err.contains("for tests"), "{done:?}");
        assert_eq!(kept(), before);
    };
    for (unit, out) in [("root", "root.key"), ("root", "test-only/root.key")] {
        ok(&["keygen", "--unit", unit, "--out", out]);
    }
    ok(&["keygen", "--log", "example.org/baru", "--out", "log.key"]);
    readable_by_all(&scratch.path("test-only/root.key"));
    let genesis = |key, out, more: &[&'static str]| {
        [&["genesis", "--name", "Baru", "--log-key", "log.key.pub", "--key", key, "--out", out][..], more].concat()
    };
    refused(&genesis("test-only/root.key", "x.ikrar", &[]));
    ok(&genesis("test-only/root.key", "x.ikrar", &["--synthetic"]));
    ok(&genesis("root.key", "g.ikrar", &[]));
    for name in ["log.key", "log.key.pub", "root.key", "root.key.pub", "root.key.head"] {
        let _ = std::fs::remove_file(scratch.path("test-only").join(name));
        std::fs::copy(scratch.path(name), scratch.path("test-only").join(name)).unwrap();
    }
    refused(&["init", "baru", "g.ikrar", "--keys", "trust-baru", "--key", "test-only/log.key"]);
    ok(&["init", "baru", "g.ikrar", "--keys", "trust-baru", "--key", "log.key"]);
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\n");
    refused(&[
        "enroll",
        "units.csv",
        "--key",
        "test-only/root.key",
        "--from",
        "baru",
        "--keys",
        "trust-baru",
        "--out",
        "e",
    ]);
    // Signed without a log at hand, so nobody knows for which registry; it is said aloud.
    let warned = ok(&["enroll", "units.csv", "--key", "test-only/root.key", "--out", "e"]);
    assert!(warned.err.contains("WARNING"), "{warned:?}");
    refused(&["append", "baru", "e", "--keys", "trust-baru", "--key", "test-only/log.key"]);
    ok(&["append", "baru", "e", "--keys", "trust-baru", "--key", "log.key"]);
}

#[cfg(unix)]
fn readable_by_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
}

#[cfg(not(unix))]
fn readable_by_all(_path: &Path) {}

#[test]
fn a_key_made_elsewhere_is_adopted_twice_or_unsaid() {
    let scratch = Scratch::new();
    scratch.signer("ward.key", &scratch.world.ward, 11);
    for ending in [".pub", ".head"] {
        std::fs::remove_file(scratch.path(&format!("ward.key{ending}"))).unwrap();
    }
    let adopt = ["key", "adopt", "ward.key", "--unit", CITY];
    let done = scratch.run(&adopt);
    assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
    assert!(done.err.contains("ward.key.pub") && done.err.contains("ward.key.head"), "{done:?}");
    assert!(done.err.contains("counts from 0"), "{done:?}");
    assert!(done.out.starts_with(&format!("{CITY}+")));
    let before = scratch.files("");
    assert_eq!(scratch.run(&adopt).code.unwrap_or(-1), 5);
    assert_eq!(scratch.run(&["key", "adopt", "ward.key", "--log", ORIGIN]).code.unwrap_or(-1), 2);
    assert_eq!(scratch.run(&["key", "adopt", "ward.key"]).code.unwrap_or(-1), 2);
    assert_eq!(scratch.files(""), before);
}

/// An agent with a fresh key `id`, ended with the test. `None` where OpenSSH is not installed, unless it must be.
#[cfg(unix)]
struct Agent(std::process::Child);

#[cfg(unix)]
impl Agent {
    fn start(scratch: &Scratch) -> Option<Self> {
        let socket = scratch.path("agent");
        let mut command = Command::new("ssh-agent");
        command.arg("-D").arg("-a").arg(&socket).stdout(std::process::Stdio::null());
        // Who is to confirm says no.
        command.env("SSH_ASKPASS", "false").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        let agent = match command.spawn() {
            Ok(child) => Self(child),
            Err(error) => {
                assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "ssh-agent does not run: {error}");
                eprintln!("skipped, ssh-agent does not run: {error}");
                return None;
            }
        };
        let key = scratch.path("id");
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(key).status().unwrap();
        assert!(made.success());
        for _ in 0..1000 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(agent)
    }

    fn run(scratch: &Scratch, args: &[&str]) -> Answer {
        Answer::new(scratch.command(args).env("SSH_AUTH_SOCK", scratch.path("agent")).output().unwrap())
    }

    fn add(scratch: &Scratch, options: &[&str]) {
        let mut add = Command::new("ssh-add");
        add.args(options).arg(scratch.path("id")).env("SSH_AUTH_SOCK", scratch.path("agent"));
        assert!(add.output().unwrap().status.success());
    }
}

#[cfg(unix)]
impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
#[cfg(unix)]
fn what_ssh_agent_would_not_sign_is_lost_or_signed_anew() {
    let scratch = Scratch::new();
    let Some(_agent) = Agent::start(&scratch) else { return };
    // One key in the agent for the root, whose genesis it signs.
    let ok = |args: &[&str]| {
        let done = Agent::run(&scratch, args);
        assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
        done
    };
    ok(&["key", "adopt", "id.pub", "--unit", "root"]);
    assert!(scratch.path("id.pub.pub").exists() && scratch.path("id.pub.head").exists());
    ok(&["keygen", "--log", "example.org/baru", "--out", "log.key"]);
    let genesis = ["genesis", "--name", "Baru", "--log-key", "log.key.pub", "--key", "id.pub", "--out", "g.ikrar"];
    let head = std::fs::read(scratch.path("id.pub.head")).unwrap();
    let no_agent = scratch.run(&genesis);
    assert!(no_agent.code.unwrap_or(-1) == 2 && no_agent.err.contains("SSH_AUTH_SOCK"), "{no_agent:?}");
    let mut command = scratch.command(&genesis);
    let gone = Answer::new(command.env("SSH_AUTH_SOCK", "gone").output().unwrap());
    gone.expect(3, &["ssh-agent cannot be reached at gone"]);
    let lacks = Agent::run(&scratch, &genesis);
    assert!(lacks.code.unwrap_or(-1) == 2 && lacks.err.contains("ssh-add"), "{lacks:?}");
    assert_eq!(std::fs::read(scratch.path("id.pub.head")).unwrap(), head);
    Agent::add(&scratch, &[]);
    ok(&genesis);
    ok(&["init", "baru", "g.ikrar", "--keys", "trust-baru", "--key", "log.key"]);
    // It lists the key, and refuses to sign: what was to be signed is pending, and goes out with the next.
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\n");
    let enroll =
        |out| ["enroll", "units.csv", "--key", "id.pub", "--from", "baru", "--keys", "trust-baru", "--out", out];
    Agent::add(&scratch, &["-c"]);
    let refused = Agent::run(&scratch, &enroll("e.ikrar"));
    assert!(refused.code.unwrap_or(-1) == 3 && refused.err.contains("kept"), "{refused:?}");
    assert!(!scratch.path("e.ikrar").exists());
    let shown = ok(&["key", "show", "id.pub", "--format", "json"]);
    assert!(shown.out.contains(r#""next_seq":1,"pending":1"#), "{shown:?}");
    Agent::add(&scratch, &[]);
    scratch.write("more.csv", "unit,parent,kind,name\nwil:34,,provinsi,Yogyakarta\n");
    ok(&["enroll", "more.csv", "--key", "id.pub", "--from", "baru", "--keys", "trust-baru", "--out", "e.ikrar"]);
    let logged = ok(&["append", "baru", "e.ikrar", "--keys", "trust-baru", "--key", "log.key"]);
    assert!(logged.out.contains("2 attestations logged"), "{logged:?}");
    assert_eq!(scratch.run(&["verify", "baru", "--keys", "trust-baru"]).code.unwrap_or(-1), 0);
}

#[test]
#[cfg(unix)]
fn a_log_key_in_ssh_agent_signs_no_checkpoint() {
    let scratch = Scratch::new();
    let Some(_agent) = Agent::start(&scratch) else { return };
    Agent::add(&scratch, &[]);
    let origin = "example.org/baru";
    let steps: [&[&str]; 5] = [
        &["key", "adopt", "id.pub", "--log", origin],
        &["keygen", "--unit", "root", "--out", "root.key"],
        &["genesis", "--name", "Baru", "--log-key", "id.pub.pub", "--key", "root.key", "--out", "g.ikrar"],
        &["init", "baru", "g.ikrar", "--keys", "trust-baru", "--key", "id.pub"],
        &["verify", "baru", "--keys", "trust-baru"],
    ];
    for step in steps {
        let done = Agent::run(&scratch, step);
        assert_eq!(done.code.unwrap_or(-1), 0, "{done:?}");
    }
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\n");
    Agent::run(&scratch, &["enroll", "units.csv", "--key", "root.key", "--out", "e"]);
    Agent::add(&scratch, &["-c"]);
    let checkpoint = std::fs::read(scratch.path("baru/checkpoint")).unwrap();
    let refused = Agent::run(&scratch, &["append", "baru", "e", "--keys", "trust-baru", "--key", "id.pub"]);
    assert!(refused.code.unwrap_or(-1) == 3 && refused.err.contains("ssh-agent"), "{refused:?}");
    assert_eq!(std::fs::read(scratch.path("baru/checkpoint")).unwrap(), checkpoint);
    assert_eq!(scratch.run(&["verify", "baru", "--keys", "trust-baru"]).code.unwrap_or(-1), 0);
}

/// Runs a shell line at a terminal of its own, and types these answers, each when it is asked. `None` where there is no
/// `script`, unless there must be.
#[cfg(target_os = "linux")]
fn at_a_terminal(scratch: &Scratch, line: &str, answers: &[&[u8]]) -> Option<String> {
    use std::io::{Read as _, Write as _};
    use std::process::Stdio;

    let mut command = Command::new("script");
    command.args(["-qec", line, "/dev/null"]).current_dir(scratch.path("")).env("IKRAR", env!("CARGO_BIN_EXE_ikrar"));
    scratch.surround(&mut command);
    let mut child = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "script does not run: {error}");
            eprintln!("skipped, script does not run: {error}");
            return None;
        }
    };
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut seen, mut byte) = (Vec::new(), [0]);
    for answer in answers {
        while !seen.ends_with(b": ") && output.read(&mut byte).unwrap() > 0 {
            seen.push(byte[0]);
        }
        input.write_all(answer).unwrap();
        seen.push(b'|');
    }
    output.read_to_end(&mut seen).unwrap();
    drop(input);
    child.wait().unwrap();
    Some(String::from_utf8(seen).unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn a_passphrase_is_shown_or_a_broken_off_one_leaves_a_key_or_a_mute_terminal() {
    let scratch = Scratch::new();
    let before = scratch.files("");
    let keygen = "$IKRAR keygen --unit wil:33.74 --out new.key --encrypt; echo code=$?; stty -a";
    for answers in [&[&b"sandi\n"[..], b"sandii\n"][..], &[b"\n"], &[b"sandi\x03"], &[b"\x04"], &[b"sandi\n", b"\x03"]]
    {
        let Some(seen) = at_a_terminal(&scratch, keygen, answers) else { return };
        assert!(seen.contains("code=2") && !seen.contains("sandi"), "{seen}");
        let modes: Vec<_> = seen.split_whitespace().collect();
        assert!(modes.contains(&"echo") && modes.contains(&"isig"), "{seen}");
        assert_eq!(scratch.files(""), before);
    }
    let made = at_a_terminal(&scratch, keygen, &[b"sandi kota\n", b"sandi kota\n"]).unwrap();
    assert!(made.contains("code=0") && !made.contains("sandi"), "{made}");
    let shown = at_a_terminal(&scratch, "$IKRAR key show new.key; echo code=$?", &[b"sandi kota\n"]).unwrap();
    assert!(shown.contains("code=0") && shown.contains("wil:33.74+"), "{shown}");
}
