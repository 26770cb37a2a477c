//! The people of the guides, each in a folder of their own: the reader, and those who bring what the reader needs.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tempfile::TempDir;

use super::page::Command;

/// Whose guide is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Unit,
    Authority,
    Operator,
    Auditor,
    Changer,
}

impl Reader {
    pub(crate) fn guide(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Authority => "ancestor",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
            Self::Changer => "changes",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Authority => "authority",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
            Self::Changer => "changer",
        }
    }
}

const ORIGIN: &str = "example.org/netralitas";
const ROUND: &str = "contoh-2020";
/// The unit of the guides.
const CITY: &str = "wil:33.74";
/// The registry where the reader's guide shows none; `…` is the public key of the city.
const ROSTER: &str = "unit,parent,kind,name,key
wil:33,,provinsi,Jawa Tengah,
wil:33.74,wil:33,kota,Kota Semarang,…
wil:33.75,wil:33,kota,Kota Pekalongan,
wil:33.74.01,wil:33.74,kecamatan,Semarang Tengah,
wil:33.74.02,wil:33.74,kecamatan,Semarang Utara,
wil:33.74.03,wil:33.74,kecamatan,Semarang Timur,
";
/// The registry of most guides, up to the city's pledge: made once, copied for each recipe, gone with its last reader.
static PLEDGED: Mutex<Weak<Cast>> = Mutex::new(Weak::new());
const COUNTS: [&str; 6] = ["--pns", "59/80", "--pppk", "3/3", "--ppnpn", "0/0"];

pub(crate) struct Cast {
    folder: TempDir,
    reader: Reader,
    lang: &'static str,
    roster: String,
    /// What the reader has signed, in order, and the operator has not logged.
    undelivered: Vec<String>,
    delivered: BTreeSet<String>,
    copied: Option<Arc<Cast>>,
}

impl Cast {
    pub(crate) fn new(reader: Reader, lang: &'static str, roster: Option<String>) -> Self {
        let mut cast = Self::empty(reader, lang, roster.unwrap_or_else(|| ROSTER.to_owned()));
        if matches!(reader, Reader::Changer | Reader::Auditor) {
            let pledged = Self::pledged();
            copy(pledged.folder.path(), cast.folder.path());
            cast.copied = Some(pledged);
        }
        cast
    }

    fn pledged() -> Arc<Self> {
        let mut made = PLEDGED.lock().unwrap_or_else(PoisonError::into_inner);
        made.upgrade().unwrap_or_else(|| {
            let cast = Arc::new(Self::empty(Reader::Changer, "en", ROSTER.to_owned()));
            cast.pledge();
            *made = Arc::downgrade(&cast);
            cast
        })
    }

    fn empty(reader: Reader, lang: &'static str, roster: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["unit", "authority", "operator", "auditor", "changer"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("passphrase"), "enam kata acak\n").unwrap();
        Self { folder, reader, lang, roster, undelivered: Vec::new(), delivered: BTreeSet::new(), copied: None }
    }

    fn at(&self, who: &str, name: &str) -> PathBuf {
        self.folder.path().join(who).join(name)
    }

    fn has(&self, who: &str, name: &str) -> bool {
        self.at(who, name).exists()
    }

    /// A stick with a file goes from one to another.
    fn carry(&self, from: &str, name: &str, to: &str, new_name: &str) {
        if (from, name) != (to, new_name) {
            copy(&self.at(from, name), &self.at(to, new_name));
        }
    }

    /// Whether the reader has what the command would write.
    pub(crate) fn has_made(&self, command: &Command) -> bool {
        out(&command.words).is_some_and(|name| self.has(self.reader.folder(), name))
    }

    /// Runs a command of the reader, who first gets what it names; all that is said.
    pub(crate) fn run(&mut self, command: &Command) -> String {
        let me = self.reader.folder();
        let words: Vec<_> = command.words.iter().map(String::as_str).collect();
        let made = out(&words);
        for word in words.iter().skip(1).filter(|word| Some(**word) != made) {
            self.bring(word);
        }
        if self.reader == Reader::Changer && made == Some("keys/log.key") && !self.has(me, "keys") {
            // A new operator, with the trust root that is pinned everywhere.
            self.start();
            self.carry("operator", "keys/trust.toml", me, "keys/trust.toml");
        }
        match *words {
            ["mkdir", .., name] => fs::create_dir_all(self.at(me, name)).map(|()| String::new()).unwrap(),
            ["cp", .., from, to] => {
                let (from, mut to) = (self.at(me, from), self.at(me, to));
                if to.is_dir() {
                    to = to.join(from.file_name().unwrap());
                }
                copy(&from, &to);
                String::new()
            }
            ["ikrar", ref args @ ..] => {
                let said = self.ikrar(me, self.lang, args, command.exit);
                self.undelivered.extend(made.filter(|name| name.ends_with(".ikrar")).map(str::to_owned));
                said
            }
            _ => panic!("nobody taught the reader {words:?}"),
        }
    }

    /// The program at someone's computer.
    fn ikrar(&self, who: &str, lang: &str, args: &[&str], exit: i32) -> String {
        let mut screen = tempfile::tempfile().unwrap();
        let mut process = Process::new(env!("CARGO_BIN_EXE_ikrar"));
        for variable in ["IKRAR_KEYS", "NO_COLOR", "CLICOLOR_FORCE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "COLUMNS"] {
            process.env_remove(variable);
        }
        process.args(["--lang", lang]).args(args).current_dir(self.folder.path().join(who)).env("LC_ALL", "C");
        process.env("HOME", self.folder.path()).env("IKRAR_STATE", self.folder.path().join(format!("state-{who}")));
        process.env("IKRAR_PASSPHRASE_FILE", self.folder.path().join("passphrase"));
        process.stdin(Stdio::piped()).stdout(screen.try_clone().unwrap()).stderr(screen.try_clone().unwrap());
        let mut child = process.spawn().unwrap();
        // Who is asked agrees; who is not asked has gone by then.
        let _ = child.stdin.take().unwrap().write_all(if lang == "id" { b"ya\n" } else { b"y\n" });
        let code = child.wait().unwrap().code();
        let mut said = String::new();
        screen.rewind().unwrap();
        screen.read_to_string(&mut said).unwrap();
        assert_eq!(code, Some(exit), "{who}: ikrar {}\n{said}", args.join(" "));
        said.replace("[y/N] ", "[y/N] y\n").replace("[y/T] ", "[y/T] ya\n")
    }

    /// Another role's work, which no guide shows.
    fn does(&self, who: &str, args: &[&str]) {
        drop(self.ikrar(who, "en", args, 0));
    }

    /// The reader gets a file or a folder, if it is one that another role makes.
    fn bring(&mut self, name: &str) {
        use Reader::{Auditor, Authority, Changer, Operator, Unit};
        let me = self.reader.folder();
        let fresh = name == "log" && matches!(self.reader, Unit | Authority | Auditor);
        if self.has(me, name) && !fresh {
            if name == "checkpoint-2020-12" && !self.has("authority", "later.ikrar") {
                self.log_grows();
            }
            return;
        }
        match (self.reader, name) {
            (_, "naskah.toml" | "round.toml") => self.forms(me),
            (Authority, "log.key.pub") => {
                self.operator_key();
                self.carry("operator", "keys/log.key.pub", me, name);
            }
            (Authority, "units.csv") => self.write_roster(name),
            (Authority | Unit | Auditor | Changer, "trust") => {
                self.start();
                self.carry("operator", "keys/trust.toml", me, "trust/trust.toml");
            }
            (Authority | Unit | Auditor | Changer, "log") => self.copy_of_log(),
            (Unit, "semarang.request" | "semarang-2.request" | "semarang-3.request") => {
                self.deliver();
                self.request(name);
                self.carry("operator", name, me, name);
            }
            (Operator, "genesis.ikrar" | "enrol.ikrar" | "text.ikrar" | "round.ikrar") => {
                self.authority_signs(name);
                self.carry("authority", name, me, name);
            }
            (Operator, "pledge.ikrar") => self.pledge(),
            (Operator | Changer, "kept-checkpoint") => self.carry(me, "log/checkpoint", me, name),
            (
                Auditor,
                "semarang.request" | "pledge.ikrar" | "more.ikrar" | "semarang.tlog-proof" | "checkpoint-2021-01",
            ) => {
                self.unit_shows(name);
            }
            (Authority | Changer, "semarang-new.key.pub") => {
                self.public_key("unit", &["--unit", CITY], "semarang-new.key")
            }
            (Authority | Changer, "root-new.key.pub") => {
                self.public_key("authority", &["--unit", "root"], "root-new.key")
            }
            (Changer, "next.key.pub") => self.public_key("operator", &["--log", ORIGIN], "next.key"),
            (Changer, _) => self.changer_has(name),
            _ => {}
        }
    }

    fn public_key(&self, who: &str, of: &[&str], key: &str) {
        self.does(who, &[&["keygen"], of, &["--out", key]].concat());
        let public = format!("{key}.pub");
        self.carry(who, &public, self.reader.folder(), &public);
    }

    fn operator_key(&self) {
        if !self.has("operator", "keys/log.key") {
            fs::create_dir_all(self.at("operator", "keys")).unwrap();
            self.does("operator", &["keygen", "--log", ORIGIN, "--out", "keys/log.key"]);
        }
    }

    /// The registry is founded and its log started.
    fn start(&self) {
        if !self.has("operator", "log") {
            self.operator_key();
            self.authority_signs("genesis.ikrar");
            self.carry("authority", "genesis.ikrar", "operator", "genesis.ikrar");
            self.does("operator", &["init", "log", "genesis.ikrar", "--keys", "keys"]);
        }
    }

    /// What the authority signs: `genesis.ikrar`, `enrol.ikrar`, `text.ikrar`, `round.ikrar`.
    fn authority_signs(&self, name: &str) {
        let me = "authority";
        if self.has(me, name) {
            return;
        }
        match name {
            "genesis.ikrar" => {
                self.does(me, &["keygen", "--unit", "root", "--out", "root.key"]);
                self.does(me, &["keygen", "--unit", "recovery", "--out", "recovery.key"]);
                self.carry("operator", "keys/log.key.pub", me, "log.key.pub");
                let keys = ["--log-key", "log.key.pub", "--recovery-key", "recovery.key.pub", "--key", "root.key"];
                let named = ["genesis", "--name", "Netralitas 2026", "--synthetic", "--out", name];
                self.does(me, &[&named[..], &keys].concat());
            }
            "enrol.ikrar" => {
                self.write_roster("units.csv");
                self.does(me, &["enroll", "units.csv", "--key", "root.key", "--out", name]);
            }
            "text.ikrar" => {
                self.forms(me);
                self.does(me, &["publish", "naskah.toml", "--key", "root.key", "--out", name]);
            }
            _ => {
                self.forms(me);
                let args = ["round", "round.toml", "--text", "naskah.toml", "--key", "root.key", "--out", name];
                self.does(me, &args);
            }
        }
    }

    /// The committed text, and the committed round as one that is open for long and asks for everything.
    fn forms(&self, who: &str) {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/kota-semarang");
        copy(&examples.join("naskah-2020.toml"), &self.at(who, "naskah.toml"));
        let round = fs::read_to_string(examples.join("contoh-2020.toml")).unwrap();
        let required = r#"required = ["pledge", "briefing", "monitoring", "referral"]"#;
        let open = round.replace("2020-12-09", "2099-12-09").replace(r#"required = ["pledge"]"#, required);
        assert!(open.contains("2099") && open.contains(required));
        fs::write(self.at(who, "round.toml"), open).unwrap();
    }

    fn write_roster(&self, name: &str) {
        if !self.has("unit", "semarang.key") {
            self.does("unit", &["keygen", "--unit", CITY, "--out", "semarang.key"]);
        }
        let public = fs::read_to_string(self.at("unit", "semarang.key.pub")).unwrap();
        fs::write(self.at("authority", name), self.roster.replace('…', public.trim())).unwrap();
    }

    /// Everything up to the round is in the operator's log.
    fn open_round(&self) {
        self.start();
        if self.reader == Reader::Authority || self.has("operator", "round.ikrar") {
            return;
        }
        for name in ["enrol.ikrar", "text.ikrar", "round.ikrar"] {
            self.authority_signs(name);
            self.carry("authority", name, "operator", name);
            self.does("operator", &["append", "log", name, "--keys", "keys"]);
        }
    }

    /// The operator logs what the reader sent.
    fn deliver(&mut self) {
        for name in std::mem::take(&mut self.undelivered) {
            if name != "genesis.ikrar" && self.delivered.insert(name.clone()) {
                self.carry(self.reader.folder(), &name, "operator", &name);
                self.does("operator", &["append", "log", &name, "--keys", "keys"]);
            }
        }
    }

    fn copy_of_log(&mut self) {
        self.open_round();
        match self.reader {
            Reader::Unit | Reader::Authority => self.deliver(),
            Reader::Auditor | Reader::Changer => self.pledge(),
            Reader::Operator => {}
        }
        self.carry("operator", "log", self.reader.folder(), "log");
    }

    fn request(&self, name: &str) {
        self.open_round();
        let asked = ["--unit", CITY, "--round", ROUND, "--keys", "keys", "--out", name];
        self.does("operator", &[&["request", "log"], &asked[..]].concat());
    }

    /// The city has pledged, and its pledge is logged, unless the reader is the one who logs.
    fn pledge(&self) {
        if self.has("unit", "pledge.ikrar") {
            return;
        }
        if !self.has("operator", "semarang.request") {
            self.request("semarang.request");
        }
        self.carry("operator", "semarang.request", "unit", "semarang.request");
        self.carry("operator", "keys/trust.toml", "unit", "trust/trust.toml");
        let args = ["pledge", "semarang.request", "--key", "semarang.key", "--keys", "trust", "--out", "pledge.ikrar"];
        self.does("unit", &[&args[..], &COUNTS].concat());
        self.carry("unit", "pledge.ikrar", "operator", "pledge.ikrar");
        if self.reader != Reader::Operator {
            self.does("operator", &["append", "log", "pledge.ikrar", "--keys", "keys"]);
        }
    }

    /// What an auditor gets from the city and from others.
    fn unit_shows(&self, name: &str) {
        let me = self.reader.folder();
        self.pledge();
        match name {
            "more.ikrar" => {
                self.request("semarang-2.request");
                self.carry("operator", "semarang-2.request", "unit", "semarang-2.request");
                let answer = ["correct", "semarang-2.request", "--key", "semarang.key", "--keys", "trust"];
                let said = ["--reason", "progress", "--pns", "80/80", "--out", name];
                self.does("unit", &[&answer[..], &said].concat());
                self.carry("unit", name, me, name);
            }
            "semarang.tlog-proof" => {
                let asked = ["--unit", CITY, "--round", ROUND, "--keys", "keys", "--out", name];
                self.does("operator", &[&["prove", "log"], &asked[..]].concat());
                self.carry("operator", name, me, name);
            }
            "checkpoint-2021-01" => {
                self.carry("unit", "more.ikrar", "operator", "more.ikrar");
                self.does("operator", &["append", "log", "more.ikrar", "--keys", "keys"]);
                self.carry("operator", "log/checkpoint", me, name);
            }
            _ => self.carry("unit", name, me, name),
        }
    }

    /// Since the auditor kept a checkpoint.
    fn log_grows(&self) {
        let renamed = ["amend", "--unit", "wil:33.74.02", "--name", "Semarang Utara"];
        self.does("authority", &[&renamed[..], &["--key", "root.key", "--out", "later.ikrar"]].concat());
        self.carry("authority", "later.ikrar", "operator", "later.ikrar");
        self.does("operator", &["append", "log", "later.ikrar", "--keys", "keys"]);
        self.carry("operator", "log", self.reader.folder(), "log");
    }

    /// Recipes are of several people; who reads them has what each of these has.
    fn changer_has(&mut self, name: &str) {
        let me = self.reader.folder();
        let key = |name: &str| [name.to_owned(), format!("{name}.pub"), format!("{name}.head")];
        match name {
            "root.key" | "recovery.key" | "semarang.key" | "semarang.key.pub" => {
                self.bring("log");
                let who = if name.starts_with("semarang") { "unit" } else { "authority" };
                let files = key(name.trim_end_matches(".pub"));
                files.iter().for_each(|file| self.carry(who, file, me, file));
            }
            "keys" => {
                self.bring("log");
                self.carry("operator", "keys", me, "keys");
            }
            "semarang.request" => {
                self.bring("log");
                self.request("semarang-3.request");
                self.carry("operator", "semarang-3.request", me, name);
            }
            "again.csv" => self.again(name),
            "witnesses.txt" => fs::write(self.at(me, name), "quorum none\n").unwrap(),
            "change.ikrar" => self.change(name),
            _ => {}
        }
    }

    /// A district that has ended, and the line that enrols it again.
    fn again(&mut self, name: &str) {
        self.bring("log");
        let retired = ["retire", "--unit", "wil:33.74.02", "--key", "root.key", "--out", "retired.ikrar"];
        self.does("authority", &retired);
        self.carry("authority", "retired.ikrar", "operator", "retired.ikrar");
        self.does("operator", &["append", "log", "retired.ikrar", "--keys", "keys"]);
        self.carry("operator", "log", "changer", "log");
        let line = "unit,parent,kind,name,key\nwil:33.74.02,wil:33.74,kecamatan,Semarang Utara,\n";
        fs::write(self.at("changer", name), line).unwrap();
    }

    /// A change that the authority signed: of the log's key for a new operator, else of a name.
    fn change(&mut self, name: &str) {
        self.bring("log");
        let signed = ["--key", "root.key", "--out", name];
        let new_key = self.at("changer", "keys/log.key.pub");
        if new_key.exists() && !self.has("changer", "next.key") {
            copy(&new_key, &self.at("authority", "new-log.key.pub"));
            self.does("authority", &[&["rekey", "--log", "--new-key", "new-log.key.pub"], &signed[..]].concat());
        } else {
            let renamed = ["amend", "--unit", "wil:33.74.02", "--name", "Semarang Utara"];
            self.does("authority", &[&renamed[..], &signed].concat());
        }
        self.carry("authority", name, "changer", name);
    }
}

/// The file that a command writes.
fn out<W: AsRef<str>>(words: &[W]) -> Option<&str> {
    let at = words.iter().position(|word| word.as_ref() == "--out")?;
    words.get(at + 1).map(AsRef::as_ref)
}

/// Copies a file or a folder, anew.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        let _ = fs::remove_dir_all(to);
        fs::create_dir_all(to).unwrap();
        for item in fs::read_dir(from).unwrap() {
            let item = item.unwrap();
            copy(&item.path(), &to.join(item.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}
