//! What an explanation says of each unit against the report's row, and its grounds against its status.

use ikrar_core::field::Time;
use ikrar_log::history::History;
use ikrar_log::status::{Content, Ground, Standing, Status, Step, Timing, evaluate, explain};

/// Every round, around its due time, and every unit that was ever enrolled.
pub(crate) fn compare(history: &History) {
    for (round, record) in history.rounds() {
        for at in [record.due.seconds(), record.due.seconds() + 1, record.due.seconds() + 2_001] {
            let at = Time::new(at).unwrap();
            let told = evaluate(history, round, at);
            let mut at_due = 0;
            for (unit, unit_record) in history.units() {
                let explained = explain(history, round, unit, at);
                let place = format!("{} in round {} at {at:?}: {explained:?}", unit_record.id, record.id);
                let row = told.units.iter().find(|row| row.unit == unit);
                assert_eq!(explained.owing.owes, row.is_some(), "{place}");
                at_due += u64::from(explained.owes_at_due);
                if let Some(row) = row {
                    assert_eq!(explained.row, *row, "{place}");
                }
                assert_eq!(derived(&explained.now), explained.row.now, "{place}");
                assert_eq!(derived(&explained.at_due), explained.row.at_due, "{place}");
                let flags: Vec<_> = explained.flags.iter().map(|(flag, _)| *flag).collect();
                assert_eq!(flags, explained.row.flags, "{place}");
                let steps = explained.now.iter().chain(&explained.at_due).map(|step| &step.entries);
                let flagged = explained.flags.iter().map(|(_, entries)| entries);
                for entries in flagged.clone().chain(steps).chain([&explained.owing.entries]) {
                    assert!(entries.is_sorted_by(|a, b| a < b), "{place}");
                    assert!(entries.iter().all(|entry| *entry < size(history)), "{place}");
                }
                assert!(flagged.clone().all(|entries| !entries.is_empty()), "a flag that no entry sets: {place}");
            }
            assert_eq!(at_due, told.summary_at_due.owed, "round {} at {at:?}", record.id);
        }
    }
}

fn size(history: &History) -> u64 {
    history.entries_before(Time::new(253_402_300_799).unwrap())
}

/// The status that the grounds amount to, by nothing else.
fn derived(steps: &[Step]) -> Standing {
    let has = |ground: Ground| steps.iter().any(|step| step.ground == ground);
    let missing = [Ground::CommitmentsMissing, Ground::SignaturesMissing, Ground::DutiesMissing];
    let content = match (has(Ground::Standing), missing.into_iter().any(has)) {
        (false, _) => Content::None,
        (true, true) => Content::Partial,
        (true, false) => Content::Complete,
    };
    let timing = [
        (Ground::Witnessed, Timing::Witnessed),
        (Ground::ByDue, Timing::OnTime),
        (Ground::LoggedAfterDue, Timing::Late),
        (Ground::AnchoredAfterDue, Timing::Late),
    ];
    let timing = timing.into_iter().find(|(ground, _)| has(*ground)).map(|(_, timing)| timing);
    let status = match steps.last().map(|step| step.ground) {
        Some(Ground::Ended) => Status::Retired,
        Some(Ground::Disputed) => Status::Disputed,
        Some(Ground::NotYetDue) => Status::Pending,
        Some(Ground::PastDue) => Status::Missing,
        Some(Ground::Partial) => Status::Partial,
        Some(Ground::Late) => Status::Late,
        Some(Ground::Complete) => Status::Complete,
        other => panic!("no ground of a status: {other:?}"),
    };
    Standing { status, content, timing }
}
