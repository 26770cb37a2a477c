//! What the generated logs hold: a comparison of logs in which nothing seldom happens would say little.

use std::collections::BTreeSet;

use ikrar_core::rule::Rule;
use ikrar_core::state::Outcome;
use ikrar_core::statement::Statement;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::model::What;
use crate::steps::{founded, step};
use crate::world::{LOG_KEY, World, key, public};

/// What the generator must reach for the comparison to mean something, as it is found in a log.
fn reached(world: &World) -> BTreeSet<&'static str> {
    let mut reached = BTreeSet::new();
    let genesis_key = public(&key(LOG_KEY));
    for judged in &world.judged {
        let name = match (&judged.event.what, judged.outcome) {
            (What::Anchor(Some(anchor)), Outcome::Applied) if anchor.signed_by != Some(genesis_key) => {
                "an anchor under a later key of the log"
            }
            (What::Attestation(Some(said)), Outcome::Applied) => match &said.statement {
                Statement::RekeyLog(_) => "another key of the log",
                Statement::Amend(amend) if amend.parent.is_some() => "a move",
                Statement::Rekey(it) if said.unit == "recovery" && it.compromised_since.is_some() => {
                    "a dispute of the root by the recovery key"
                }
                Statement::Rekey(_) if said.unit == "recovery" => "a rekey of the root by the recovery key",
                Statement::Rekey(it) if it.unit.as_str() == "root" => "a rekey of the root by itself",
                Statement::Enroll(_) if world.model().void(said, &|_| true) => "a void enrolment",
                Statement::Amend(_) | Statement::Rekey(_) | Statement::Retire(_)
                    if world.model().void(said, &|_| true) =>
                {
                    "another void structural act"
                }
                _ => continue,
            },
            (What::Attestation(Some(said)), Outcome::NoEffect(Rule::Cycle)) => match said.statement {
                Statement::Amend(_) => "a move in a circle",
                _ => continue,
            },
            _ => continue,
        };
        reached.insert(name);
    }
    reached
}

#[test]
fn a_generator_that_leaves_out_what_seldom_happens() {
    let mut runner = TestRunner::deterministic();
    let mut all = BTreeSet::new();
    for number in 0..400 {
        let mut world = founded(number % 2 == 0);
        for step in proptest::collection::vec(step(), 25..60).new_tree(&mut runner).unwrap().current() {
            step.run(&mut world);
        }
        all.extend(reached(&world));
        if all.len() == 9 {
            return;
        }
    }
    panic!("only {all:#?}");
}
