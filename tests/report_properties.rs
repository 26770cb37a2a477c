//! What holds of the report of any log: its sums, what entries after its prefix change (nothing), and that a unit
//! counts once, whatever befell it. The logs are those of the state model.
#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code, reason = "the judgements are for the state model")]
#[path = "state_model/model.rs"]
mod model;
#[path = "state_model/steps.rs"]
mod steps;
#[allow(dead_code, reason = "some faults are for the state model")]
#[path = "state_model/world.rs"]
mod world;

use std::collections::BTreeSet;

use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::digest::Hash;
use ikrar_core::field::Time;
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::state::LogState;
use ikrar_log::history::History;
use ikrar_log::medium::Folder;
use ikrar_log::report::{Report, RosterChangeOut, Scope, TrustOut, UnitOut};
use ikrar_log::status::{Flag, Status, Summary};
use ikrar_log::store::{self, Head, Store, Writer};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Effort, verify_keeping};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use steps::{Step, founded, step};
use world::{LOG_KEY, ORIGIN, World, apply, key, public};

fn trust(world: &World) -> TrustRoot {
    TrustRoot {
        registry_name: "Model".to_owned(),
        registry: world.registry,
        authority: public(&key(LOG_KEY)),
        origin: ORIGIN.to_owned(),
        log_key: public(&key(LOG_KEY)),
        log_since: 0,
        policy: None,
    }
}

/// Every round of a state, before due, at due and after.
fn reports(world: &World, state: &LogState<History>) -> Vec<Report> {
    let (history, trust) = (state.store(), trust(world));
    let head = Head { size: state.chain().size(), root: state.chain().root() };
    let times = |due: Time| [due.seconds(), due.seconds() + 1, due.seconds() + 2_001].map(|at| Time::new(at).unwrap());
    let shown = TrustOut { path: "keys".to_owned(), fingerprint: String::new() };
    let scope = Scope::default();
    let report = |round, at| Report::new(history, &trust, shown.clone(), head, round, at, &scope);
    let rounds = history.rounds().flat_map(|(round, record)| times(record.due).map(|at| (round, at)));
    let mut reports: Vec<_> = rounds.map(|(round, at)| report(round, at)).collect();
    let all: Vec<_> = history.rounds().map(|(round, _)| round).collect();
    for report in &mut reports {
        report.compare(history, &all, state.last_logged_at(), None);
    }
    reports
}

/// Everything in them, also what JSON leaves out.
fn told(world: &World, state: &LogState<History>) -> Vec<String> {
    reports(world, state).iter().map(|report| format!("{report:#?}")).collect()
}

fn sum(summary: &Summary) -> u64 {
    let Summary { complete, partial, late, missing, pending, retired, disputed, .. } = *summary;
    complete + partial + late + missing + pending + retired + disputed
}

fn counted<'a>(units: impl Iterator<Item = &'a UnitOut>) -> Summary {
    let mut summary = Summary::default();
    units.for_each(|unit| summary.add(unit.status));
    summary
}

fn check(report: &Report) {
    let all = || report.units.iter();
    assert_eq!(report.summary, counted(all()));
    assert_eq!(sum(&report.summary), report.summary.owed);
    assert_eq!(sum(&report.summary_at_due), report.summary_at_due.owed);

    let distinct: BTreeSet<_> = all().map(|unit| &unit.unit).collect();
    assert_eq!(distinct.len(), report.units.len(), "a unit is counted twice");

    let levels: u64 = report.levels.iter().map(|level| level.summary.owed).sum();
    assert_eq!(levels, report.summary.owed);
    for level in &report.levels {
        assert_eq!(level.summary, counted(all().filter(|unit| unit.level == level.level)));
        assert_eq!(sum(&level.summary), level.summary.owed);
    }
    for ancestor in &report.ancestors {
        let below = |unit: &&UnitOut| unit.unit == ancestor.unit || unit.ancestors.contains(&ancestor.unit);
        assert_eq!(ancestor.summary, counted(all().filter(below)), "{}", ancestor.unit);
        assert_eq!(sum(&ancestor.summary), ancestor.summary.owed);
    }
    let listed: BTreeSet<_> = report.ancestors.iter().map(|ancestor| &ancestor.unit).collect();
    assert_eq!(listed.len(), report.ancestors.len());
    let above: BTreeSet<_> = all().flat_map(|unit| &unit.ancestors).collect();
    assert_eq!(listed, above, "the ancestors are those of the units, and each once");
    for compared in &report.compared {
        assert_eq!(sum(&compared.summary), compared.summary.owed);
        assert_eq!(sum(&compared.summary_at_due), compared.summary_at_due.owed);
    }

    let pledged = all().filter(|unit| unit.coverage.is_some()).count();
    assert_eq!(u64::try_from(pledged).unwrap(), report.coverage.by_category + report.coverage.combined_only);
    let points: Vec<_> = report.curve.iter().map(|point| point.pledged).collect();
    assert!(points.is_sorted());
    assert!(points.last().is_none_or(|last| usize::try_from(*last).unwrap() == pledged), "{points:?} of {pledged}");
    for unit in all() {
        let pledge = unit.coverage.is_some();
        assert_eq!(pledge, unit.flags.contains(&Flag::SelfReported));
        let without = [Status::Missing, Status::Pending, Status::Disputed, Status::Retired];
        assert_eq!(pledge, !without.contains(&unit.status), "{unit:?}");
    }
}

fn go_on(state: &mut LogState<History>, entries: &[Vec<u8>]) {
    for entry in entries {
        apply(state, entry);
    }
}

fn replay(world: &World, entries: &[Vec<u8>]) -> LogState<History> {
    let mut state = LogState::new(world.registry, History::new());
    go_on(&mut state, entries);
    state
}

/// The whole log as an operator would publish it.
fn published(world: &World) -> (tempfile::TempDir, Store<Folder>) {
    let folder = tempfile::tempdir().unwrap();
    let sign = |head: Head| -> Result<Vec<u8>, store::Error> {
        let log_key = key(LOG_KEY);
        let verifier = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(&log_key)).unwrap();
        let mut note = String::new();
        let checkpoint = Checkpoint { origin: ORIGIN, size: head.size, root: head.root };
        sign_checkpoint(&checkpoint, &verifier, &log_key, &mut note).unwrap();
        Ok(note.into_bytes())
    };
    drop(Writer::init(Folder::new(folder.path().join("log")), &world.entries, sign).unwrap());
    let store = Store::open(Folder::new(folder.path().join("log")));
    (folder, store)
}

fn grown(policy: bool, steps: &[Step]) -> World {
    let mut world = founded(policy);
    steps.iter().for_each(|step| step.run(&mut world));
    world
}

fn some_steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 25..60)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn statuses_do_not_sum_to_the_owed_or_a_unit_counts_twice(policy in any::<bool>(), steps in some_steps()) {
        let world = grown(policy, &steps);
        reports(&world, &world.state).iter().for_each(check);
    }

    #[test]
    fn a_report_that_went_on_from_a_prefix_differs_from_one_of_all(
        policy in any::<bool>(), steps in some_steps(), cut in any::<prop::sample::Index>(),
    ) {
        let world = grown(policy, &steps);
        let entries = cut.index(world.entries.len()) + 1;
        let prefix = replay(&world, &world.entries[..entries]);
        let before = told(&world, &prefix);
        let mut gone_on = prefix.clone();
        go_on(&mut gone_on, &world.entries[entries..]);
        prop_assert_eq!(told(&world, &gone_on), told(&world, &replay(&world, &world.entries)));
        // And the one that it went on from is what it was.
        prop_assert_eq!(told(&world, &prefix), before);
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_report_of_a_prefix_knows_of_entries_after_it(
        policy in any::<bool>(), steps in some_steps(), cut in any::<prop::sample::Index>(),
    ) {
        let world = grown(policy, &steps);
        let entries = cut.index(world.entries.len()) + 1;
        let (_folder, store) = published(&world);
        let asked = u64::try_from(entries).unwrap();
        let kept = verify_keeping(&store, &trust(&world), Some(asked), Effort::default(), |_, _| {}).unwrap().prefix.unwrap();
        let alone = replay(&world, &world.entries[..entries]);
        let root: Hash = alone.chain().root();
        prop_assert_eq!((kept.chain().size(), kept.chain().root()), (asked, root));
        prop_assert_eq!(told(&world, &kept), told(&world, &alone));
    }
}

/// Properties of reports in which nothing befalls a unit would say little.
#[test]
fn the_logs_leave_out_what_may_befall_a_unit() {
    let mut runner = TestRunner::deterministic();
    let (mut flags, mut statuses, mut changes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for number in 0..200 {
        let steps = some_steps().new_tree(&mut runner).unwrap().current();
        let world = grown(number % 2 == 0, &steps);
        for report in reports(&world, &world.state) {
            flags.extend(report.units.iter().flat_map(|unit| unit.flags.iter().map(Flag::to_string)));
            statuses.extend(report.units.iter().map(|unit| unit.status.to_string()));
            let of = |change: &RosterChangeOut| format!("{} {}", change.change, change.successors.len());
            changes.extend(report.roster_changes.iter().map(of));
        }
    }
    assert_eq!(flags, Flag::ALL.iter().map(Flag::to_string).collect());
    assert_eq!(statuses, Status::ALL.iter().map(Status::to_string).collect());
    for change in ["enrolled 0", "moved 0", "renamed 0", "rekeyed 0", "retired 0", "retired 1"] {
        assert!(changes.contains(change), "{change}");
    }
}
