//! Witness policies: what is refused, and when a quorum is met.

use ed25519_dalek::SigningKey;
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::cosignature::{Cosignature, cosign, write_cosignature};
use ikrar_core::digest::{Hash, PublicKey};
use ikrar_core::note::{KeyError, KeyKind, Note, NoteError, VerifierKey};
use ikrar_core::policy::{MAX_GROUPS, MAX_LOGS, MAX_WITNESSES, Policy, PolicyRule, Quorum};
use proptest::prelude::*;

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn key(name: &str, kind: KeyKind, seed: u8) -> VerifierKey<'_> {
    VerifierKey::new(name, kind, PublicKey(signer(seed).verifying_key().to_bytes())).unwrap()
}

/// Witness `W<seed>`, whose key is named `w<seed>`.
fn witness(seed: u8) -> String {
    format!("witness W{seed} {}\n", key(&format!("w{seed}"), KeyKind::Cosignature, seed))
}

fn witnesses(seeds: impl IntoIterator<Item = u8>) -> String {
    seeds.into_iter().map(witness).collect()
}

/// A checkpoint of the log `log`, cosigned by these witnesses at these times.
fn cosigned(stamps: &[(u8, u64)]) -> String {
    let log = key("log", KeyKind::Ed25519, 200);
    let mut note = String::new();
    let checkpoint = Checkpoint { origin: "log", size: 1, root: Hash([1; 32]) };
    sign_checkpoint(&checkpoint, &log, &signer(200), &mut note).unwrap();
    let bare = note.clone();
    let verified = VerifiedCheckpoint::open(bare.as_bytes(), &log).unwrap();
    for (seed, time) in stamps {
        let name = format!("w{seed}");
        let key = key(&name, KeyKind::Cosignature, *seed);
        write_cosignature(&mut note, &key, &cosign(&verified, *time, &key, &signer(*seed)).unwrap()).unwrap();
    }
    note
}

fn quorum(policy: &str, note: &str) -> Result<Quorum, NoteError> {
    Policy::parse(policy).unwrap().quorum_time(&Note::parse(note.as_bytes()).unwrap())
}

fn met(timestamp: u64) -> Result<Quorum, NoteError> {
    Ok(Quorum::Met { timestamp })
}

/// The shape of the specification's example: 2 of 3, and 1 of 3.
fn example() -> String {
    let log = key("log", KeyKind::Ed25519, 200);
    format!(
        "# two organisations\nlog {log}\n\n{}\tgroup  X-witnesses 2 W1 W2 W3 \n{}group Y-witnesses any W4 W5 W6\n\
         group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n",
        witnesses(1..=3),
        witnesses(4..=6),
    )
}

#[test]
fn the_quorum_is_met_too_early_or_too_late() {
    let policy = example();
    assert_eq!(quorum(&policy, &cosigned(&[])), Ok(Quorum::Missing));
    assert_eq!(quorum(&policy, &cosigned(&[(1, 10), (2, 20), (3, 30)])), Ok(Quorum::Missing));
    assert_eq!(quorum(&policy, &cosigned(&[(1, 10), (4, 20), (5, 30)])), Ok(Quorum::Missing));
    assert_eq!(quorum(&policy, &cosigned(&[(3, 30), (1, 10), (5, 5)])), met(30));
    assert_eq!(quorum(&policy, &cosigned(&[(3, 30), (1, 10), (2, 20), (5, 5)])), met(20));
    assert_eq!(quorum(&policy, &cosigned(&[(1, 10), (2, 20), (4, 50), (5, 40)])), met(40));
    // The earliest stamp of a witness counts, and only once.
    assert_eq!(quorum(&policy, &cosigned(&[(1, 12), (1, 11), (2, 9), (4, 1)])), met(11));
    assert_eq!(quorum(&policy, &cosigned(&[(1, 12), (1, 11), (4, 1)])), Ok(Quorum::Missing));
}

#[test]
fn a_witness_outside_the_quorum_counts() {
    let policy = format!("{}quorum W2\nquorumless", witnesses(1..=2)).replace("quorumless", "# end");
    assert_eq!(quorum(&policy, &cosigned(&[(1, 10)])), Ok(Quorum::Missing));
    assert_eq!(quorum(&policy, &cosigned(&[(2, 0)])), met(0));
    assert_eq!(quorum(&policy, &cosigned(&[(9, 10)])), Ok(Quorum::Missing));
}

#[test]
fn quorum_none_is_taken_for_witnessed() {
    assert_eq!(quorum(&format!("{}quorum none", witness(1)), &cosigned(&[(1, 10)])), Ok(Quorum::None));
}

#[test]
fn a_bad_cosignature_of_a_known_witness_is_ignored() {
    let mut note = cosigned(&[(1, 10), (2, 20), (4, 30)]);
    let mut bytes = [0; 72];
    bytes[7] = 1;
    let bad = Cosignature::from_bytes(&bytes).unwrap();
    write_cosignature(&mut note, &key("w77", KeyKind::Cosignature, 77), &bad).unwrap();
    assert_eq!(quorum(&example(), &note), met(30));
    write_cosignature(&mut note, &key("w6", KeyKind::Cosignature, 6), &bad).unwrap();
    assert_eq!(quorum(&example(), &note), Err(NoteError::BadSignature));
}

#[test]
fn the_report_names_the_wrong_witness() {
    let text = example();
    let policy = Policy::parse(&text).unwrap();
    let note = cosigned(&[(5, 50), (2, 20)]);
    let cosigned = policy.cosigned(&Note::parse(note.as_bytes()).unwrap()).unwrap();
    let stamps: Vec<_> = policy.stamps(&cosigned).map(|(witness, time)| (witness.name, time)).collect();
    assert_eq!(stamps, [("W1", None), ("W2", Some(20)), ("W3", None), ("W4", None), ("W5", Some(50)), ("W6", None)]);
    assert_eq!((policy.logs()[0].key.name(), policy.logs()[0].url), ("log", None));
}

#[test]
fn a_policy_is_read_that_means_something_else() {
    let case = |text: &str, line: usize, rule: PolicyRule| {
        let error = Policy::parse(text).unwrap_err();
        assert_eq!((error.line, error.rule), (line, rule), "{text}");
    };
    let (w1, w2) = (witness(1), witness(2));
    let two = format!("{w1}{w2}");
    let log = key("log", KeyKind::Ed25519, 200);
    case("", 1, PolicyRule::NoQuorum);
    case(&two, 3, PolicyRule::NoQuorum);
    case("quorum none\nquorum none\n", 2, PolicyRule::SecondQuorum);
    case("quorum W1\n", 1, PolicyRule::UndefinedName);
    case(&format!("quorum W1\n{w1}"), 1, PolicyRule::UndefinedName);
    case("quorum\n", 1, PolicyRule::MissingWord);
    case("quorum none # all\n", 1, PolicyRule::ExtraWord);
    case("quorum none\r\n", 1, PolicyRule::ControlCharacter);
    case("# \u{7f}\nquorum none\n", 1, PolicyRule::ControlCharacter);
    case("Quorum none\n", 1, PolicyRule::Keyword);
    case("\u{a0}quorum none\n", 1, PolicyRule::Keyword);
    case("log\n", 1, PolicyRule::MissingWord);
    case("log x\n", 1, PolicyRule::Key(KeyError::Malformed));
    case(&format!("log {log} url more\n"), 1, PolicyRule::ExtraWord);
    case(&format!("log {}\n", key("log", KeyKind::Cosignature, 200)), 1, PolicyRule::KeyKind);
    case(&format!("witness W {log}\n"), 1, PolicyRule::KeyKind);
    case(&format!("log {log}\nlog {}\n", key("other", KeyKind::Ed25519, 200)), 2, PolicyRule::DuplicateKey);
    case(&format!("log {log}\nwitness W {}\n", key("w", KeyKind::Cosignature, 200)), 2, PolicyRule::DuplicateKey);
    case(&format!("{w1}witness W9 {}\n", key("w9", KeyKind::Cosignature, 1)), 2, PolicyRule::DuplicateKey);
    case(&format!("{w1}{}", w2.replace("W2", "W1")), 2, PolicyRule::DuplicateName);
    case(&w1.replace("W1", "none"), 1, PolicyRule::ReservedName);
    case(&format!("{two}group none any W1\n"), 3, PolicyRule::ReservedName);
    case(&format!("{two}group W1 any W2\n"), 3, PolicyRule::DuplicateName);
    case(&format!("{two}group G any none\n"), 3, PolicyRule::ReservedName);
    case(&format!("{two}group G any G\n"), 3, PolicyRule::UndefinedName);
    case(&format!("{two}group G any W1 W1\n"), 3, PolicyRule::MemberTwice);
    case(&format!("{two}group G any W1\ngroup H any W1\n"), 4, PolicyRule::MemberTwice);
    case(&format!("{two}group G any\n"), 3, PolicyRule::MissingWord);
    case(&format!("{two}group G\n"), 3, PolicyRule::MissingWord);
    for k in ["0", "3", "02", "+1", "ALL", "-1", "99999999999999999999999"] {
        case(&format!("{two}group G {k} W1 W2\n"), 3, PolicyRule::Threshold);
    }
}

#[test]
fn more_lines_are_read_than_there_is_room_for() {
    let limit = |lines: Vec<String>, most: usize| {
        let fits = lines[..most].concat();
        assert!(Policy::parse(&format!("{fits}quorum none")).is_ok());
        let over = Policy::parse(&lines[..=most].concat()).unwrap_err();
        assert_eq!((over.line, over.rule), (most + 1, PolicyRule::TooMany));
    };
    limit((0..=64).map(witness).collect(), MAX_WITNESSES);
    limit((0..=32).map(|seed| format!("log {}\n", key("log", KeyKind::Ed25519, seed))).collect(), MAX_LOGS);
    // A tower of groups, each in the next.
    let groups = (1..=MAX_GROUPS).map(|i| format!("group G{i} all G{}\n", i - 1)).collect::<String>();
    let base = format!("{}group G0 any W1\n", witness(1));
    let error = Policy::parse(&format!("{base}{groups}")).unwrap_err();
    assert_eq!((error.line, error.rule), (MAX_GROUPS + 2, PolicyRule::TooMany));
    let tower: String = groups.split_inclusive('\n').take(MAX_GROUPS - 1).collect();
    assert_eq!(quorum(&format!("{base}{tower}quorum G63\n"), &cosigned(&[(1, 5)])), met(5));
}

/// The definition, word by word: the least stamp T such that those stamped no later meet the quorum.
fn model(groups: &[(usize, Vec<u8>)], top: usize, stamps: &[(u8, u64)]) -> Quorum {
    let mut times: Vec<u64> = stamps.iter().map(|(_, time)| *time).collect();
    times.sort();
    let meets = |limit: u64| {
        let counts = |seed: &u8| stamps.iter().any(|(by, time)| by == seed && *time <= limit);
        groups.iter().filter(|(k, members)| members.iter().filter(|seed| counts(seed)).count() >= *k).count() >= top
    };
    times.into_iter().find(|time| meets(*time)).map_or(Quorum::Missing, |timestamp| Quorum::Met { timestamp })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_quorum_differs_from_its_definition(
        sizes in prop::collection::vec((1usize..4, any::<prop::sample::Index>()), 1..4),
        top: prop::sample::Index,
        stamps in prop::collection::vec((1u8..10, 0u64..20), 0..10),
    ) {
        let mut groups = Vec::new();
        let mut next = 1u8;
        for (size, k) in &sizes {
            let members: Vec<u8> = (next..).take(*size).collect();
            next += u8::try_from(*size).unwrap();
            groups.push((1 + k.index(*size), members));
        }
        let top = 1 + top.index(groups.len());
        let mut text = witnesses(1..next);
        let mut names = String::new();
        for (i, (k, members)) in groups.iter().enumerate() {
            let members: String = members.iter().map(|seed| format!(" W{seed}")).collect();
            text.push_str(&format!("group G{i} {k}{members}\n"));
            names.push_str(&format!(" G{i}"));
        }
        text.push_str(&format!("group top {top}{names}\nquorum top\n"));
        prop_assert_eq!(quorum(&text, &cosigned(&stamps)), Ok(model(&groups, top, &stamps)));
    }

    #[test]
    fn an_arbitrary_policy_panics(text in "(log|witness|group|quorum|none|any|all|W1|G|[ \t\n#1+é]){0,30}") {
        let _ = Policy::parse(&text);
    }
}
