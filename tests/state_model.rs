//! The state machine and the status of units against a slow reference model that is written from `docs/spec.md`:
//! random logs with everything that may go wrong, every verdict and every row compared.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "state_model/audited.rs"]
mod audited;
#[path = "state_model/census.rs"]
mod census;
#[path = "state_model/damaged.rs"]
mod damaged;
#[path = "state_model/explained.rs"]
mod explained;
#[path = "state_model/model.rs"]
mod model;
#[path = "state_model/offered.rs"]
mod offered;
#[path = "state_model/reached.rs"]
mod reached;
#[path = "state_model/steps.rs"]
mod steps;
#[path = "state_model/world.rs"]
mod world;

use std::collections::BTreeMap;

use ikrar_core::field::{Name, Set};
use ikrar_core::rule::Rule;
use ikrar_core::state::{LogState, Outcome};
use ikrar_core::statement::{Amend, Enroll, Retire, Statement};
use ikrar_log::history::History;
use ikrar_log::status::{Status, Summary, evaluate};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use census::{Row, Sheet, entries_by_due, sheet};
use model::{Model, RoundName};
use steps::{founded, step};
use world::{START, Tamper, World, apply, code, time};

/// What the product says of a round, in the model's words.
fn told(history: &History, name: RoundName, at: u64) -> Sheet {
    let round = history.round_by_name(&format!("{}/{}", name.0, name.1)).unwrap();
    let status = evaluate(history, round, time(at));
    let units = status.units.iter().map(|row| {
        let id = history.record(row.unit).id.to_string();
        let now = (row.now.status, row.now.content, row.now.timing);
        let at_due = (row.at_due.status, row.at_due.content, row.at_due.timing);
        let first = row.first.map(|first| usize::try_from(first.at.index).unwrap());
        let says = row
            .pledge
            .map(|pledge| (model::counts(&pledge.coverage), usize::try_from(pledge.accepted.count_ones()).unwrap()));
        let id: &'static str = id.leak();
        (id, Row { now, at_due, flags: row.flags.clone(), first, says })
    });
    let units: BTreeMap<_, _> = units.collect();
    assert_eq!(units.len(), status.units.len());
    let summary = |summary: &Summary| {
        let counts = [
            (Status::Retired, summary.retired),
            (Status::Disputed, summary.disputed),
            (Status::Pending, summary.pending),
            (Status::Missing, summary.missing),
            (Status::Partial, summary.partial),
            (Status::Late, summary.late),
            (Status::Complete, summary.complete),
        ];
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<u64>(), summary.owed);
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    };
    let (now, at_due) = (summary(&status.summary), summary(&status.summary_at_due));
    assert_eq!(u64::try_from(status.units.len()).unwrap(), status.summary.owed);
    Sheet { units, summary: now, summary_at_due: at_due }
}

fn compare_rounds(model: Model<'_>, history: &History) {
    for (_, name, round) in model.rounds() {
        let (opens, due) = (round.opens.seconds(), round.due.seconds());
        for at in [opens, due, due + 1, due + 2_001] {
            let expected = sheet(model, name, at);
            assert_eq!(told(history, name, at), expected, "round {name:?} at {at}, due {due}");
            assert_eq!(told(history, name, at), told(history, name, at));
        }
    }
}

fn replay(world: &World, entries: usize) -> History {
    let mut state = LogState::new(world.registry, History::new());
    for entry in &world.entries[..entries] {
        apply(&mut state, entry);
    }
    state.into_store()
}

/// What is logged when a round was due never changes how it stood at due.
fn compare_at_due(world: &World) {
    for (_, name, round) in world.model().rounds() {
        let at = round.due.seconds() + 1;
        let entries = entries_by_due(world.model(), name);
        let (then, now) = (told(&replay(world, entries), name, at), told(world.state.store(), name, at));
        assert_eq!(then.summary_at_due, now.summary_at_due, "round {name:?} after {entries} entries and after all");
        for (unit, row) in &now.units {
            // A void enrolment may be void no longer.
            if let Some(before) = then.units.get(unit) {
                assert_eq!(before.at_due, row.at_due, "{unit} in round {name:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_or_a_status_that_the_model_does_not_give(
        policy in any::<bool>(),
        steps in proptest::collection::vec(step(), 25..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut world = founded(policy);
        for step in &steps {
            step.run(&mut world);
        }
        compare_rounds(world.model(), world.state.store());
        compare_at_due(&world);
        explained::compare(world.state.store());
        // A prefix, told from the whole log's entries, is what the model says of the prefix alone.
        let entries = cut.index(world.entries.len()) + 1;
        compare_rounds(world.model().after(entries), &replay(&world, entries));
    }
}

/// How many logs are damaged, 64 times each: `IKRAR_DAMAGED`, or few.
fn damaged_logs() -> u32 {
    std::env::var("IKRAR_DAMAGED").ok().and_then(|logs| logs.parse().ok()).unwrap_or(6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: damaged_logs(), max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn a_damaged_log_gets_other_findings_on_more_threads_or_in_batches(
        policy in any::<bool>(),
        steps in proptest::collection::vec(step(), 15..40),
        plans in proptest::collection::vec(damaged::plan(), 64),
    ) {
        let mut world = founded(policy);
        for step in &steps {
            step.run(&mut world);
        }
        damaged::compare(&world, &plans);
    }

    #[test]
    fn an_auditor_who_goes_on_misses_or_invents_something(
        policy in any::<bool>(),
        steps in proptest::collection::vec(step(), 15..60),
        plans in proptest::collection::vec(damaged::plan(), 12),
        stops in proptest::collection::vec(any::<proptest::sample::Index>(), 1..5),
    ) {
        let mut world = founded(policy);
        for step in &steps {
            step.run(&mut world);
        }
        audited::compare(&world, &plans, &stops);
        audited::compare_in_a_folder(&world, &stops);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: damaged_logs(), max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn the_gate_answers_otherwise_where_signatures_are_checked_in_batches(
        policy in any::<bool>(),
        steps in proptest::collection::vec(step(), 15..60),
        offerings in proptest::collection::vec(offered::offering(), 24),
    ) {
        let mut world = founded(policy);
        for step in &steps {
            step.run(&mut world);
        }
        offered::compare(&world, &offerings);
    }
}

#[test]
fn the_log_is_read_for_what_the_history_knows() {
    assert!(offered::again_without_reading(&a_world()) >= 6);
}

/// The log of some fixed steps.
fn a_world() -> World {
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(step(), 60).new_tree(&mut runner).unwrap().current();
    let mut world = founded(true);
    steps.iter().for_each(|step| step.run(&mut world));
    world
}

#[test]
fn a_power_cut_leaves_half_an_audit_state() {
    assert!(audited::cut_everywhere(&a_world()) >= 6);
}

#[test]
fn a_damaged_audit_state_is_believed() {
    audited::damage_the_state(&a_world());
}

/// A chain as deep as it may be, and subtrees that would make it deeper.
#[test]
fn a_roster_deeper_than_thirty_two() {
    let mut world = World::new();
    let names: Vec<&'static str> = (0..40_u8).map(|level| &*format!("d{level}").leak()).collect();
    let enroll = |unit: &'static str, parent: &'static str| {
        Statement::Enroll(Enroll {
            unit: world::unit(unit),
            parent: world::unit(parent),
            kind: code("kota"),
            name: Name::new("Unit").unwrap(),
            key: None,
            place: None,
            zone: None,
            document: None,
        })
    };
    let mut parent = "root";
    for (level, name) in names.iter().enumerate().take(33) {
        let expected = if level < 32 { Outcome::Applied } else { Outcome::NoEffect(Rule::TooDeep) };
        assert_eq!(world.say("root", enroll(name, parent), Tamper::No, START), expected);
        parent = name;
    }
    let amend = |unit: &'static str, parent: &'static str| {
        Statement::Amend(Amend { unit: world::unit(unit), name: None, parent: Some(world::unit(parent)) })
    };
    let retire = |unit: &'static str| {
        Statement::Retire(Retire { unit: world::unit(unit), successors: Set::empty(), document: None })
    };
    for (statement, outcome) in [
        (enroll("x", "root"), Outcome::Applied),
        (enroll("x.1", "x"), Outcome::Applied),
        (amend("x", "d30"), Outcome::NoEffect(Rule::TooDeep)),
        (amend("x", "d29"), Outcome::Applied),
        (amend("d0", "x"), Outcome::NoEffect(Rule::Cycle)),
        (amend("d0", "x.1"), Outcome::NoEffect(Rule::Cycle)),
        (amend("x", "root"), Outcome::Applied),
        (retire("x.1"), Outcome::Applied),
        // Retired units count as levels.
        (amend("x", "d30"), Outcome::NoEffect(Rule::TooDeep)),
        (retire("x"), Outcome::Applied),
        (enroll("x", "d30"), Outcome::NoEffect(Rule::TooDeep)),
        (enroll("x", "d29"), Outcome::Applied),
        (amend("d0", "d0"), Outcome::NoEffect(Rule::Cycle)),
    ] {
        assert_eq!(world.say("root", statement, Tamper::No, START), outcome);
    }
}
