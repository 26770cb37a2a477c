//! The firmware, built, and run by QEMU.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longest wait for anything that an emulator does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A machine that QEMU emulates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Board {
    pub(crate) target: &'static str,
    emulator: &'static str,
    machine: &'static [&'static str],
    /// The file with its memory map.
    map: &'static str,
}

pub(crate) const MPS2: Board = Board {
    target: "thumbv7em-none-eabi",
    emulator: "qemu-system-arm",
    machine: &["-M", "mps2-an386"],
    map: "mps2_an386.x",
};
pub(crate) const MICROBIT: Board = Board {
    target: "thumbv6m-none-eabi",
    emulator: "qemu-system-arm",
    machine: &["-M", "microbit"],
    map: "microbit.x",
};
pub(crate) const VIRT: Board = Board {
    target: "riscv32imc-unknown-none-elf",
    emulator: "qemu-system-riscv32",
    machine: &["-M", "virt", "-bios", "none"],
    map: "virt.x",
};

pub(crate) fn firmware() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/firmware").canonicalize().unwrap()
}

/// Cargo in the firmware's workspace, with nothing of the surroundings that changes what is built.
pub(crate) fn cargo(arguments: &[&str], target: &str, folder: &str) -> Command {
    let mut command = Command::new(env!("CARGO"));
    for (variable, _) in std::env::vars() {
        let changes = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"];
        if changes.contains(&variable.as_str()) || variable.starts_with("CARGO_PROFILE_") {
            command.env_remove(variable);
        }
    }
    command.args(arguments).args(["--release", "--target", target]).current_dir(firmware());
    command.arg("--target-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder));
    command
}

impl Board {
    /// Is what this needs here? If not: says that it was skipped, or fails in continuous integration.
    pub(crate) fn is_here(&self, emulated: bool) -> bool {
        let libraries = Command::new("rustc").args(["--print", "target-libdir", "--target", self.target]).output();
        let target = libraries.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
        let emulator = || Command::new(self.emulator).arg("--version").output().is_ok();
        let lacking = match (target, emulated && !emulator()) {
            (true, false) => return true,
            (false, _) => self.target,
            (true, true) => self.emulator,
        };
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{lacking} is not installed");
        eprintln!("skipped: {lacking} is not installed");
        false
    }

    /// Start and length of the stack.
    pub(crate) fn stack(&self) -> (u32, u32) {
        let map = std::fs::read_to_string(firmware().join("boards").join(self.map)).unwrap();
        let (_, stack) = map.split_once("STACK : ORIGIN = 0x").unwrap();
        let (start, rest) = stack.split_once(", LENGTH = ").unwrap();
        let (length, _) = rest.split_once('\n').unwrap();
        (u32::from_str_radix(start, 16).unwrap(), length.parse().unwrap())
    }

    /// Builds a program of the firmware.
    pub(crate) fn build(&self, program: &str) -> PathBuf {
        let folder = "firmware";
        let status = cargo(&["build", "--quiet", "--bin", program], self.target, folder).status().unwrap();
        assert!(status.success(), "{program} for {}", self.target);
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder).join(self.target).join("release").join(program)
    }

    /// Starts a program. `flash` is the file that stands for the board's flash, where it has none of its own. Where it is counted, an instruction takes a nanosecond.
    pub(crate) fn run(&self, program: &Path, flash: Option<&Path>, counted: bool) -> Machine {
        let mut failed = 0;
        loop {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let machine = self.start(program, flash, counted, port);
            if let Some(machine) = machine {
                return machine;
            }
            // Someone else took the port.
            failed += 1;
            assert!(failed < 5, "{} does not start", self.emulator);
        }
    }

    fn start(&self, program: &Path, flash: Option<&Path>, counted: bool, port: u16) -> Option<Machine> {
        let monitor = tempfile::Builder::new().prefix("qemu").tempdir().unwrap();
        let mut semihosting = String::from("enable=on,target=native,arg=terminal");
        if let Some(flash) = flash {
            semihosting += &format!(",arg={}", flash.display());
        }
        let mut command = Command::new(self.emulator);
        command.args(self.machine).args(["-display", "none", "-kernel"]).arg(program);
        if counted {
            command.args(["-icount", "shift=0"]);
        }
        command.args([
            "-serial",
            &format!("tcp:127.0.0.1:{port},server=on,wait=off,nodelay=on"),
            "-semihosting-config",
            &semihosting,
        ]);
        let control = monitor.path().join("monitor");
        command.args(["-monitor", &format!("unix:{},server=on,wait=off", control.display())]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut emulator = Emulator(child.unwrap());
        let (sender, said) = channel();
        let console = BufReader::new(emulator.0.stderr.take().unwrap());
        std::thread::spawn(move || console.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(Machine { _emulator: emulator, port, said, control, _folder: monitor });
            }
            if emulator.0.try_wait().unwrap().is_some() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{} does not listen", self.emulator);
    }
}

/// Dropped, it is killed: the power fails.
struct Emulator(Child);

impl Drop for Emulator {
    fn drop(&mut self) {
        // SIGKILL; it may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A machine that runs, until it is dropped.
pub(crate) struct Machine {
    _emulator: Emulator,
    pub(crate) port: u16,
    /// Lines on the console.
    pub(crate) said: Receiver<String>,
    control: PathBuf,
    _folder: tempfile::TempDir,
}

impl Machine {
    /// What the emulated memory holds.
    pub(crate) fn memory(&self, (start, length): (u32, u32)) -> Vec<u8> {
        let file = self.control.with_file_name("memory");
        let mut monitor = UnixStream::connect(&self.control).unwrap();
        writeln!(monitor, "memsave {start:#x} {length:#x} \"{}\"", file.display()).unwrap();
        writeln!(monitor, "info status").unwrap();
        monitor.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut told = Vec::new();
        while !String::from_utf8_lossy(&told).contains("VM status") {
            let mut byte = [0];
            monitor.read_exact(&mut byte).unwrap();
            told.extend(byte);
        }
        std::fs::read(file).unwrap()
    }
}
