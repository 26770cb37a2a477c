use ikrar_core::digest::{DocumentHash, Hash, Id, PublicKey, TextHash};
use ikrar_core::field::{Code, Name, Origin, Persons, ProofBytes, Set, Text, Time, UnitId, Zone};
use ikrar_core::statement::*;

use super::*;
use crate::messages::Lang;

const ALL: [&str; 14] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"];

fn unit() -> UnitId<'static> {
    UnitId::new("wil:33.74").unwrap()
}

fn code(text: &str) -> Code<'_> {
    Code::new(text).unwrap()
}

fn round() -> RoundRef<'static> {
    RoundRef { opener: UnitId::new("root").unwrap(), id: code("contoh-2020") }
}

fn pledge(form: Form, role: Role, coverage: Coverage) -> Pledge<'static> {
    let accepted = Set::new([1, 2]).unwrap();
    Pledge { round: round(), text: TextHash([9; 32]), accepted, form, role, coverage, document: None }
}

fn categories() -> [Category; 14] {
    use Category::*;
    [A, B, C, D, E, F, G, H, I, J, K, L, M, N]
}

/// Every statement, and every value of every enum in one of them.
fn every_statement() -> Vec<Statement<'static>> {
    let count = Count { required: 1_596, signed: 1_500 };
    let by_category = Coverage::ByCategory { pns: count, pppk: Count::default(), ppnpn: count };
    let title = Name::new("Judul").unwrap();
    let text = Text::new("Kami netral.\nSelalu.").unwrap();
    let key = PublicKey([7; 32]);
    let open_round = |cadence, stage, required: &[Duty]| {
        Statement::OpenRound(OpenRound {
            id: code("contoh-2020"),
            title,
            cadence,
            stage,
            opens: Time::new(1_598_374_800).unwrap(),
            due: Time::new(1_607_446_800).unwrap(),
            expires: Some(Time::new(1_607_446_800).unwrap()),
            zone: Some(Zone::new("Asia/Jakarta").unwrap()),
            subtree: unit(),
            kinds: Set::new([code("kota")]).unwrap(),
            required: Set::new(required.iter().copied()).unwrap(),
            texts: Set::new([TextHash([9; 32])]).unwrap(),
            bases: Set::new([code("SKB-2022")]).unwrap(),
        })
    };
    let duties = [Duty::Pledge, Duty::Briefing, Duty::Monitoring, Duty::Referral];
    let briefing = |topic| Briefing {
        round: round(),
        held_on: 18_500,
        topic,
        reached: by_category,
        material: Some(DocumentHash([1; 32])),
    };
    let monitoring = Monitoring {
        round: round(),
        from: 18_500,
        to: u32::MAX,
        cases: Set::new(categories().map(|category| CategoryCount {
            category,
            asn: Persons::ONE_OR_TWO,
            ppnpn: Persons::new(1_234),
        }))
        .unwrap(),
        risks: Set::new([
            Risk { factor: RiskFactor::Paternalism, level: RiskLevel::Low },
            Risk { factor: RiskFactor::Kinship, level: RiskLevel::Medium },
            Risk { factor: RiskFactor::Ignorance, level: RiskLevel::High },
            Risk { factor: RiskFactor::Intervention, level: RiskLevel::High },
        ])
        .unwrap(),
    };
    use CaseStatus::*;
    let referral = |channel| Referral {
        round: round(),
        channel,
        cases: Set::new([Reported, Examined, Proven, Unproven, ActedOn].map(|status| StatusCount {
            category: Category::A,
            status,
            persons: Persons::new(3),
        }))
        .unwrap(),
        overdue: Persons::NONE,
        sanctions: Set::new(
            [
                Sanction::Pp53Medium,
                Sanction::Pp53Severe,
                Sanction::Pp94Medium,
                Sanction::Pp94Severe,
                Sanction::Pp42Open,
                Sanction::Pp42Closed,
            ]
            .map(|sanction| SanctionCount { sanction, persons: Persons::ONE_OR_TWO }),
        )
        .unwrap(),
    };
    let correct = |reason, replacement| Statement::Correction(Correction { target: Id([3; 32]), reason, replacement });
    let mut all = vec![
        Statement::Genesis(Genesis {
            registry: title,
            origin: Origin::new("contoh.id/log").unwrap(),
            log_key: key,
            root_key: key,
            recovery_key: None,
            synthetic: true,
        }),
        Statement::PublishText(PledgeText {
            id: code("netral"),
            version: 1,
            title,
            language: code("id"),
            opening: text,
            commitments: Commitments::new([text, text]).unwrap(),
            closing: Text::new("").unwrap(),
            source: None,
        }),
        Statement::PublishPolicy(text),
        Statement::RekeyLog(key),
        Statement::Enroll(Enroll {
            unit: unit(),
            parent: unit(),
            kind: code("kota"),
            name: title,
            key: None,
            place: Some(Place::new(-69_932, 1_104_203).unwrap()),
            zone: None,
            document: None,
        }),
        Statement::Amend(Amend { unit: unit(), name: Some(title), parent: Some(unit()) }),
        Statement::Rekey(Rekey {
            unit: unit(),
            ends: None,
            key: None,
            compromised_since: Some(2),
            document: Some(DocumentHash([1; 32])),
        }),
        Statement::Retire(Retire { unit: unit(), successors: Set::empty(), document: None }),
        Statement::OpenJournal(OpenJournal {
            registry: Id([1; 32]),
            tree_size: 5,
            root: Hash([2; 32]),
            roster: DocumentHash([3; 32]),
            origin: Origin::new("contoh.id/jurnal").unwrap(),
            key,
            proof: ProofBytes::default(),
        }),
        open_round(Cadence::Annual, Stage::Before, &duties),
        open_round(Cadence::Election, Stage::During, &duties),
        open_round(Cadence::ByElection, Stage::After, &[]),
        Statement::Pledge(pledge(Form::Ikrar, Role::Head, by_category)),
        Statement::Pledge(pledge(Form::PaktaIntegritas, Role::Plt, Coverage::Combined(count))),
        Statement::Pledge(pledge(Form::Deklarasi, Role::Plh, by_category)),
        Statement::Pledge(pledge(Form::Deklarasi, Role::Pj, by_category)),
        Statement::Monitoring(Monitoring { cases: Set::empty(), risks: Set::empty(), ..monitoring.clone() }),
        Statement::Monitoring(monitoring.clone()),
        correct(Reason::Progress, Some(Replacement::Pledge(pledge(Form::Ikrar, Role::Head, by_category)))),
        correct(Reason::Error, Some(Replacement::Briefing(briefing(Topic::Rules)))),
        correct(Reason::NewInformation, Some(Replacement::Monitoring(monitoring))),
        correct(Reason::NewInformation, Some(Replacement::Referral(referral(Channel::Other)))),
        correct(Reason::Withdrawn, None),
    ];
    let topics = [Topic::Rules, Topic::Ethics, Topic::SocialMedia, Topic::Sanctions, Topic::Reporting, Topic::Other];
    all.extend(topics.map(|topic| Statement::Briefing(briefing(topic))));
    let channels = [
        Channel::Bawaslu,
        Channel::Bkn,
        Channel::Kasn,
        Channel::Inspectorate,
        Channel::AppointingAuthority,
        Channel::Other,
    ];
    all.extend(channels.map(|channel| Statement::Referral(referral(channel))));
    all
}

fn told(statement: &Statement<'_>, lang: Lang) -> String {
    let rows = super::statement(statement, &Messages::new(lang));
    rows.into_iter().map(|(label, value)| format!("{label}: {value}\n")).collect()
}

#[test]
fn a_statement_or_a_value_without_words() {
    // A key that the catalogue lacks shows itself, with its hyphens.
    let prefixes = [
        "field-",
        "statement-",
        "none-",
        "answer-",
        "cadence-",
        "stage-",
        "duty-",
        "form-",
        "role-",
        "topic-",
        "category-",
        "risk-",
        "level-",
        "channel-",
        "case-",
        "sanction-",
        "reason-",
        "count-",
        "cases-",
        "time-",
    ];
    for statement in every_statement() {
        for lang in [Lang::En, Lang::Id] {
            let told = told(&statement, lang);
            for prefix in prefixes {
                assert!(!told.split([' ', '\n', ',']).any(|word| word.starts_with(prefix)), "{prefix}: {told}");
            }
        }
    }
}

#[test]
fn numbers_days_and_buckets_as_the_language_writes_them() {
    let all = every_statement();
    let told_by = |name: &str, lang| {
        let one = all.iter().rev().find(|statement| statement.name() == name).unwrap();
        told(one, lang)
    };
    let pledge = told_by("Pledge", Lang::Id);
    assert!(pledge.contains("PNS menandatangani: 1.500 dari 1.596\n"), "{pledge}");
    assert!(pledge.contains("Periode: root/contoh-2020\n"), "{pledge}");
    assert!(pledge.contains("Komitmen yang diterima: K1, K2\n"), "{pledge}");
    assert!(pledge.contains("Penanda tangan: Pj (penjabat)\n"), "{pledge}");
    let briefing = told_by("Briefing", Lang::En);
    assert!(briefing.contains("Held on: 26 August 2020\n"), "{briefing}");
    let monitoring = told_by("Monitoring", Lang::En);
    assert!(monitoring.contains("1–2 ASN, 1,234 PPNPN\n"), "{monitoring}");
    assert!(ALL.iter().all(|letter| monitoring.contains(&format!("Cases: {letter}: "))), "{monitoring}");
    let round = told_by("OpenRound", Lang::Id);
    assert!(round.contains("Tenggat: 9 Desember 2020, 00.00 WIB\n"), "{round}");
    let enroll = told_by("Enroll", Lang::En);
    assert!(enroll.contains("-6.9932, 110.4203\n") && enroll.contains("Kind: city\n"), "{enroll}");
}

#[test]
fn json_that_lacks_a_field_or_its_order() {
    let all = every_statement();
    let json = |name: &str| {
        let one = all.iter().find(|statement| statement.name() == name).unwrap();
        serde_json::to_string(&super::json(one)).unwrap()
    };
    for statement in &all {
        let json = serde_json::to_string(&super::json(statement)).unwrap();
        assert!(json.starts_with(&format!("{{\"statement\":\"{}\",\"fields\":{{", statement.name())), "{json}");
    }
    assert_eq!(
        json("Rekey"),
        format!(
            "{{\"statement\":\"Rekey\",\"fields\":{{\"unit\":\"wil:33.74\",\"ends\":null,\"key\":null,\
             \"compromised_since\":2,\"document\":\"{}\"}}}}",
            "01".repeat(32)
        )
    );
    assert!(json("Briefing").contains("\"held_on\":\"2020-08-26\",\"topic\":\"rules\""), "{}", json("Briefing"));
    assert!(json("Pledge").contains("\"round\":{\"opener\":\"root\",\"id\":\"contoh-2020\"}"), "{}", json("Pledge"));
    assert!(json("PublishText").contains("\"commitments\":[\"Kami netral.\\nSelalu.\""), "{}", json("PublishText"));
    assert!(json("Correction").contains("\"replacement\":{\"statement\":\"Pledge\""), "{}", json("Correction"));
}
