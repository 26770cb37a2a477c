//! The Windows program, run under Wine: the whole path of a registry, and the same bytes as on Linux.
//!
//! `IKRAR_WINDOWS_EXE` names the program, built for `x86_64-pc-windows-gnu`; without it, or without Wine, nothing is
//! tested here and the tests say so. An old Wine needs `tests/windows/bcryptprimitives.c` built beside the program.
#![cfg(unix)]

mod scratch;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use scratch::{Answer, Scratch};

const WINE: [&str; 4] = ["wine64", "wine", "/usr/lib/wine/wine64", "/usr/lib/wine/wine"];

/// Wine and the program, its prefix made; `None` where either is missing.
static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let exe =
        PathBuf::from(std::env::var_os("IKRAR_WINDOWS_EXE")?).canonicalize().expect("IKRAR_WINDOWS_EXE is a file");
    let quiet = |wine: &str, args: &[&str]| {
        let mut command = wine_command(wine);
        command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let wine = WINE.into_iter().find(|wine| quiet(wine, &["wineboot", "--init"]).status().is_ok());
    assert!(wine.is_some() || std::env::var_os("CI").is_none(), "IKRAR_WINDOWS_EXE is set, but there is no Wine");
    let wine = wine?;
    let idle = quiet(wine, &["cmd"]).stdin(Stdio::piped()).spawn().unwrap();
    Some(Program { wine, exe, _idle: idle })
});

struct Program {
    wine: &'static str,
    exe: PathBuf,
    /// Waits for input until the tests end: Wine's server would stop when it has no client, and meet the next one.
    _idle: Child,
}

fn wine_command(wine: &str) -> Command {
    let mut command = Command::new(wine);
    command.env("WINEDEBUG", "-all").env("WINEPREFIX", Path::new(env!("CARGO_TARGET_TMPDIR")).join("wine"));
    command
}

/// A scratch folder in which both programs run.
struct Desk {
    scratch: Scratch,
    program: &'static Program,
}

impl Desk {
    fn new() -> Option<Self> {
        let Some(program) = PROGRAM.as_ref() else {
            println!("skipped: IKRAR_WINDOWS_EXE is not set, or there is no Wine");
            return None;
        };
        Some(Self { scratch: Scratch::new(), program })
    }

    /// The Windows program.
    fn windows(&self, args: &[&str]) -> Answer {
        let mut command = wine_command(self.program.wine);
        command.arg(&self.program.exe).args(args).current_dir(self.scratch.path(""));
        self.scratch.surround(&mut command);
        Answer::new(command.output().unwrap())
    }

    /// The arguments as one line; no quotation marks.
    fn good(&self, line: &str) -> Answer {
        self.windows(&line.split(' ').collect::<Vec<_>>()).expect(0, &[])
    }

    fn linux(&self, line: &str) -> Answer {
        self.scratch.run(&line.split(' ').collect::<Vec<_>>())
    }

    fn write_as_windows(&self, name: &str, text: &str) {
        self.scratch.write(name, format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    }

    /// A registry from its first key to a pledge, by the Windows program alone.
    fn registry(&self) {
        for folder in ["kunci", "kiriman"] {
            std::fs::create_dir(self.scratch.path(folder)).unwrap();
        }
        self.good("keygen --unit root --out root.key");
        self.good(r"keygen --log example.org/uji-windows --out kunci\log.key");
        let genesis = ["genesis", "--name", "Uji Windows", "--log-key", r"kunci\log.key.pub", "--synthetic"];
        let signing = ["--key", "root.key", "--out", "genesis.ikrar"];
        self.windows(&[&genesis[..], &signing].concat()).expect(0, &[]);
        self.good(r"init catatan genesis.ikrar --keys kunci");
        self.good("keygen --unit wil:33.74 --out kota.key");

        let key = std::fs::read_to_string(self.scratch.path("kota.key.pub")).unwrap();
        let roster = "unit,parent,kind,name,key\nwil:33,,provinsi,Jawa Tengah,\nwil:33.74,wil:33,kota,Kota Semarang,";
        self.write_as_windows("units.csv", &format!("{roster}{key}"));
        self.write_as_windows("naskah.toml", include_str!("../../examples/kota-semarang/naskah-2020.toml"));
        let round = include_str!("../../examples/kota-semarang/contoh-2020.toml");
        self.write_as_windows("periode.toml", &round.replace("2020-12-09", "2100-12-09"));
        self.good(r"enroll units.csv --key root.key --out kiriman\1-unit.ikrar");
        self.good(r"publish naskah.toml --key root.key --out kiriman\2-naskah.ikrar");
        self.good(r"round periode.toml --text naskah.toml --key root.key --out kiriman\3-periode.ikrar");
        // No shell of Windows expands this.
        self.good(r"append catatan kiriman\*.ikrar --keys kunci").expect(0, &["has 5 entries"]);

        self.good("request catatan --unit wil:33.74 --round contoh-2020 --keys kunci --out kota.request");
        let counts = "--pns 59/80 --pppk 3/3 --ppnpn 0/0 --yes";
        self.good(&format!("pledge kota.request --key kota.key --keys kunci {counts} --out ikrar.ikrar"));
        self.good("append catatan ikrar.ikrar --keys kunci");
    }
}

#[test]
fn a_registry_made_on_windows_is_another_on_linux() {
    let Some(desk) = Desk::new() else { return };
    desk.registry();
    let verdict = desk.good("verify catatan --keys kunci --format json");
    assert_eq!(desk.linux("verify catatan --keys kunci --format json").expect(0, &[]).out, verdict.out);
    for format in ["text", "json", "csv"] {
        let report =
            format!("report catatan --round contoh-2020 --keys kunci --at 2026-01-01T00:00:00Z --format {format}");
        assert_eq!(desk.linux(&report).expect(0, &[]).out, desk.good(&report).out, "{format}");
    }
    // The operator moves to Linux, where the key's permissions count.
    let key = desk.scratch.path("kunci/log.key");
    std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).unwrap();
    desk.linux("append catatan ikrar.ikrar --keys kunci").expect(0, &["already"]);
    for file in ["catatan/checkpoint", "kunci/trust.toml", "kota.key", "kota.key.pub", "kota.key.head"] {
        assert!(!std::fs::read(desk.scratch.path(file)).unwrap().contains(&b'\r'), "{file} has line ends of Windows");
    }
    let names = desk.scratch.files("catatan").into_keys().map(|path| path.display().to_string()).collect::<String>();
    assert!(names.contains("/tile/entries/000.p/6") && !names.contains(".tmp-"), "{names}");
}

#[test]
fn a_log_made_on_linux_is_another_on_windows() {
    let Some(desk) = Desk::new() else { return };
    for line in ["verify log --keys keys --format json", "report log --round contoh --keys keys --format json"] {
        assert_eq!(desk.good(line).out, desk.linux(line).expect(0, &[]).out, "{line}");
    }
    // Both append to copies of it the same attestation at the same size: the tiles are the same.
    let (mut root, text) = (desk.scratch.world.root.clone(), desk.scratch.world.text);
    desk.scratch.deliver("round.ikrar", &[root.sign(scratch::round("lagi", scratch::LATER, text))]);
    desk.good("append log round.ikrar --keys keys");
    desk.linux("verify log --keys keys").expect(0, &["verifies"]);
    desk.linux("append log round.ikrar --keys keys").expect(0, &["already"]);
}

#[test]
fn a_file_is_overwritten_or_a_device_or_stream_taken_for_one() {
    let Some(desk) = Desk::new() else { return };
    desk.scratch.write("ada.key", "mine");
    desk.windows(&["keygen", "--unit", "root", "--out", "ada.key"]).expect(5, &["ada.key"]);
    assert_eq!(std::fs::read(desk.scratch.path("ada.key")).unwrap(), b"mine");
    let before = desk.scratch.files("");
    for name in ["NUL", "con", "aux.key", "COM1", "wil:33.74.key", "a?.key", "root.key.", "root.key "] {
        let answer = desk.windows(&["keygen", "--unit", "root", "--out", name]);
        assert!(matches!(answer.code, Some(2 | 3 | 5)), "{name}: {answer:#?}");
        assert_eq!(desk.scratch.files(""), before, "{name}");
    }
}

#[test]
fn indonesian_is_garbled_or_a_wildcard_without_files_is_dropped() {
    let Some(desk) = Desk::new() else { return };
    let answer = desk.windows(&["--lang", "id", "report", "log", "--round", "contoh", "--keys", "keys"]);
    assert!(answer.out.contains("┌─ ") && answer.out.contains("│"), "{answer:#?}");
    desk.windows(&["append", "log", r"kiriman\*.ikrar", "--keys", "keys"]).expect(3, &["*.ikrar"]);
}
