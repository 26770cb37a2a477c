//! `docs/spec.md` against the code: the worked example byte for byte, and the tables of findings.
#![allow(clippy::unwrap_used, missing_docs)]

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ikrar_core::attestation::{Attestation, Body};
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::digest::{Hash, Id, PublicKey, leaf_hash, signing_message, trust_fingerprint};
use ikrar_core::entry::Payload;
use ikrar_core::field::{Code, Name, Origin, Set, Text, Time, UnitId, Zone};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::{Consequence, Rule};
use ikrar_core::state::{LogState, Outcome};
use ikrar_core::statement::{
    Cadence, Commitments, Count, Coverage, Duty, Enroll, Form, Genesis, OpenRound, Place, Pledge, PledgeText, Role,
    RoundRef, Stage, Statement,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::held::HeldOutcome;
use ikrar_log::history::History;
use ikrar_log::report::CSV_COLUMNS;
use ikrar_log::status::{Content, Flag, Ground, OwingReason, Status, Timing, evaluate};
use ikrar_log::verify::LogRule;

const SPEC: &str = include_str!("../docs/spec.md");
const ORIGIN: &str = "ikrar.example/contoh";
const START: u64 = 1_598_000_000;
const DUE: u64 = 1_607_446_800;

/// The lines of the fenced block with this info string.
fn block(info: &str) -> Vec<&'static str> {
    let fence = format!("```{info}");
    let mut found = SPEC.lines().skip_while(|line| *line != fence).skip(1);
    let lines: Vec<_> = found.by_ref().take_while(|line| *line != "```").collect();
    assert!(!lines.is_empty(), "the spec has no block {info}");
    assert!(found.all(|line| line != fence), "the spec has two blocks {info}");
    lines
}

/// The hexadecimal digits of a block, without its remarks.
fn hex_of(name: &str) -> String {
    let lines = block(&format!("hex {name}"));
    lines.iter().map(|line| line.split('#').next().unwrap_or_default().trim()).collect()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(signer: &SigningKey) -> PublicKey {
    PublicKey(signer.verifying_key().to_bytes())
}

fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

fn code(text: &str) -> Code<'_> {
    Code::new(text).unwrap()
}

fn name(text: &str) -> Name<'_> {
    Name::new(text).unwrap()
}

fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

/// Signs attestations and logs them.
#[derive(Default)]
struct Log {
    chain: Chain,
    entries: Vec<Vec<u8>>,
    ids: Vec<Id>,
    last_message: Vec<u8>,
}

impl Log {
    fn add(&mut self, key: &SigningKey, body: &Body<'_>, logged_at: u64) -> Id {
        let mut buffer = [0; 4096];
        let mut attestation = body.encode(&mut buffer).unwrap().to_vec();
        let id = ikrar_core::digest::attestation_id(&attestation);
        self.last_message = signing_message(&id).to_vec();
        attestation.extend_from_slice(&key.sign(&self.last_message).to_bytes());
        assert_eq!(Attestation::decode(&attestation).unwrap().id(), id);
        let entry =
            self.chain.next_entry(time(logged_at), Payload::Attestation(&attestation), &mut buffer).unwrap().to_vec();
        self.chain.push(&entry).unwrap();
        self.entries.push(entry);
        self.ids.push(id);
        id
    }
}

fn example() -> Log {
    let (root, log_key, unit_key) = (signer(1), signer(2), signer(3));
    let mut log = Log::default();
    let at_root = |epoch, seq, prev, made_at, statement| Body {
        unit: unit("root"),
        epoch,
        seq,
        prev,
        made_at: time(made_at),
        statement,
    };

    let genesis = Statement::Genesis(Genesis {
        registry: name("Contoh"),
        origin: Origin::new(ORIGIN).unwrap(),
        log_key: public(&log_key),
        root_key: public(&root),
        recovery_key: None,
        synthetic: true,
    });
    let registry = log.add(&root, &at_root(Id::ZERO, 0, Id::ZERO, START, genesis), START);

    let commitments = ["Kami netral.", "Kami jujur."].map(|text| Text::new(text).unwrap());
    let text = PledgeText {
        id: code("netral"),
        version: 1,
        title: name("Naskah contoh"),
        language: code("id"),
        opening: Text::new("Kami berikrar:").unwrap(),
        commitments: Commitments::new(commitments).unwrap(),
        closing: Text::new("").unwrap(),
        source: None,
    };
    let text_hash = pledge_text_hash(&text);
    let published =
        log.add(&root, &at_root(registry, 0, registry, START + 60, Statement::PublishText(text)), START + 60);

    let enroll = Statement::Enroll(Enroll {
        unit: unit("wil:33.74"),
        parent: unit("root"),
        kind: code("kota"),
        name: name("Kota Semarang"),
        key: Some(public(&unit_key)),
        place: Some(Place::new(-69_932, 1_104_203).unwrap()),
        zone: Some(Zone::new("Asia/Jakarta").unwrap()),
        document: None,
    });
    let enrolled = log.add(&root, &at_root(registry, 1, published, START + 120, enroll), START + 120);

    let round = Statement::OpenRound(OpenRound {
        id: code("2020"),
        title: name("Ikrar netralitas 2020"),
        cadence: Cadence::Election,
        stage: Stage::Before,
        opens: time(1_598_374_800),
        due: time(DUE),
        expires: None,
        zone: Some(Zone::new("Asia/Jakarta").unwrap()),
        subtree: unit("root"),
        kinds: Set::empty(),
        required: Set::new([Duty::Pledge]).unwrap(),
        texts: Set::new([text_hash]).unwrap(),
        bases: Set::empty(),
    });
    log.add(&root, &at_root(registry, 2, enrolled, START + 180, round), START + 180);

    let count = |required, signed| Count { required, signed };
    let pledge = Body {
        unit: unit("wil:33.74"),
        epoch: enrolled,
        seq: 0,
        prev: enrolled,
        made_at: time(1_598_400_000),
        statement: Statement::Pledge(Pledge {
            round: RoundRef { opener: unit("root"), id: code("2020") },
            text: text_hash,
            accepted: Set::new([1, 2]).unwrap(),
            form: Form::Ikrar,
            role: Role::Head,
            coverage: Coverage::ByCategory { pns: count(300, 300), pppk: count(0, 0), ppnpn: count(12, 11) },
            document: None,
        }),
    };
    log.add(&unit_key, &pledge, 1_598_403_600);
    assert_eq!(hex_of("text hash"), text_hash.to_string());
    log
}

#[test]
fn the_worked_example_is_not_what_the_code_writes() {
    let log = example();
    let log_key = signer(2);
    for (index, entry) in log.entries.iter().enumerate() {
        assert_eq!(hex_of(&format!("entry {index}")), hex(entry), "entry {index}");
    }
    assert_eq!(hex_of("ids"), log.ids.iter().map(ToString::to_string).collect::<String>());
    let leaves = log.entries.iter().map(|entry| leaf_hash(entry).to_string()).collect::<String>();
    assert_eq!(hex_of("leaves"), leaves);
    assert_eq!(hex_of("signed message"), hex(&log.last_message));
    assert_eq!(hex_of("keys"), [1, 2, 3].map(|seed| public(&signer(seed)).to_string()).concat());
    let root: Hash = log.chain.root();
    assert_eq!(hex_of("root"), root.to_string());

    let key = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(&log_key)).unwrap();
    assert_eq!(block("text log key").concat(), key.to_string());
    let mut note = String::new();
    sign_checkpoint(&Checkpoint { origin: ORIGIN, size: 5, root }, &key, &log_key, &mut note).unwrap();
    let written: String = block("text checkpoint").iter().flat_map(|line| [line, "\n"]).collect();
    assert_eq!(written, note);
    assert!(note.contains(&Base64::encode_string(root.as_bytes())));
    assert_eq!(*VerifiedCheckpoint::open(written.as_bytes(), &key).unwrap().root(), root);

    let length = u8::try_from(ORIGIN.len()).unwrap();
    let parts: [&[u8]; 6] = [
        log.ids[0].as_bytes(),
        &public(&signer(1)).0,
        &[length],
        ORIGIN.as_bytes(),
        &public(&log_key).0,
        &0_u64.to_be_bytes(),
    ];
    let canonical = parts.concat();
    assert_eq!(hex_of("trust root"), hex(&canonical));
    assert_eq!(hex_of("fingerprint"), hex(trust_fingerprint(&canonical)));
}

#[test]
fn the_worked_example_comes_to_another_verdict() {
    let log = example();
    let mut state = LogState::new(log.ids[0], History::new());
    for entry in &log.entries {
        let verdict = state.apply(entry);
        assert_eq!((verdict.outcome, verdict.clock), (Outcome::Applied, None), "entry {}", verdict.index);
    }
    let round = state.store().round_by_name("root/2020").unwrap();
    let status = evaluate(state.store(), round, time(DUE + 1));
    let [owed] = status.units.as_slice() else { panic!("one unit is owed") };
    assert_eq!((owed.now.status, owed.now.content), (Status::Partial, Content::Partial));
    assert_eq!((owed.now.timing, owed.flags.as_slice()), (Some(Timing::OnTime), &[Flag::SelfReported][..]));
}

/// Rows of every table that begins with this line.
fn table(header: &str) -> Vec<Vec<String>> {
    let rows = SPEC.lines().skip_while(|line| *line != header).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

#[test]
fn the_table_of_rules_is_not_the_code_s() {
    let expected: Vec<Vec<String>> = Rule::ALL
        .iter()
        .map(|rule| {
            let outcome = match rule.consequence() {
                Consequence::Rejected => "rejected",
                Consequence::NoEffect => "no effect",
                Consequence::Remark => "remark",
            };
            let name = format!("`{}`", rule.name());
            [rule.number().to_string(), name, rule.severity().to_string(), outcome.into(), rule.meaning().into()].into()
        })
        .collect();
    assert_eq!(table("| no. | finding | severity | outcome | the rule is broken where |"), expected);
}

#[test]
fn the_table_of_findings_about_files_is_not_the_code_s() {
    let expected: Vec<Vec<String>> = LogRule::ALL
        .iter()
        .map(|rule| [format!("`{}`", rule.name()), rule.severity().to_string(), rule.meaning().into()].into())
        .collect();
    assert_eq!(table("| finding | severity | what |"), expected);
}

#[test]
fn flags_statuses_or_columns_are_not_the_code_s() {
    let first_cells = |header| table(header).into_iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(first_cells("| flag | where |"), Flag::ALL.iter().map(|flag| flag.name()).collect::<Vec<_>>());
    assert_eq!(first_cells("| status | where |"), Status::ALL.iter().map(|status| status.name()).collect::<Vec<_>>());
    let columns = SPEC.split("with these columns:").nth(1).unwrap().split("There `at_due`").next().unwrap();
    let columns: Vec<_> = columns.split('`').skip(1).step_by(2).collect();
    assert_eq!(columns, CSV_COLUMNS);
    let outcomes = first_cells("| outcome | where | `entry` | `rule` |");
    assert_eq!(outcomes, HeldOutcome::ALL.iter().map(|outcome| outcome.name()).collect::<Vec<_>>());
    let grounds = table("| section | ground | entries |").into_iter().map(|row| row[1].clone()).collect::<String>();
    let grounds: Vec<_> = grounds.split('`').skip(1).step_by(2).filter(|name| *name != "missing").collect();
    assert_eq!(grounds, Ground::ALL.iter().map(|ground| ground.name()).collect::<Vec<_>>());
    let explained = SPEC.split("`owing`: `reason` is").nth(1).unwrap();
    assert!(OwingReason::ALL.iter().all(|reason| explained.contains(&format!("`{reason}`"))));
}
