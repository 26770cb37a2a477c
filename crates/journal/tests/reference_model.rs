//! The journal against a model that is slow and plainly right: a list of entries, and a list of what was said about them.

#[path = "flash.rs"]
mod flash;
use flash::{Fault, Flash};
use ikrar_core::chain::Chain;
use ikrar_core::entry::Payload;
use ikrar_core::field::Time;
use ikrar_journal::{Error, Geometry, Journal, Mark, TreeHead, WhenFull};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Append(usize, Mark),
    Begin(usize),
    Complete(u8),
    Checkpoint,
    Acknowledge,
    AcknowledgeAnother,
    Table(usize),
    Restart,
    ReadFrom(u64),
}

#[derive(Default)]
struct Model {
    entries: Vec<(Mark, Vec<u8>)>,
    begun: Option<Vec<u8>>,
    checkpoint: Option<TreeHead>,
    acknowledged: Option<TreeHead>,
}

impl Model {
    fn chain(&self) -> Chain {
        let mut chain = Chain::new();
        self.entries.iter().for_each(|(_, entry)| chain.push(entry).unwrap());
        chain
    }

    fn next(&self, payload: &[u8]) -> Vec<u8> {
        let mut buffer = vec![0; payload.len() + 42];
        self.chain().next_entry(Time::UNKNOWN, Payload::Attestation(payload), &mut buffer).unwrap();
        buffer
    }
}

fn step() -> impl Strategy<Value = Step> {
    let mark = prop_oneof![Just(Mark::Applied), Just(Mark::NoEffect), Just(Mark::NotCheckable)];
    prop_oneof![
        6 => (0_usize..1_200, mark).prop_map(|(length, mark)| Step::Append(length, mark)),
        3 => (0_usize..700).prop_map(Step::Begin),
        4 => any::<u8>().prop_map(Step::Complete),
        2 => Just(Step::Checkpoint),
        2 => Just(Step::Acknowledge),
        1 => Just(Step::AcknowledgeAnother),
        1 => (0_usize..900).prop_map(Step::Table),
        2 => Just(Step::Restart),
        2 => (0_u64..60).prop_map(Step::ReadFrom),
    ]
}

/// An operation is done in the model where the journal did it, and refused only for a reason that the model knows.
fn act<const W: usize>(journal: &mut Journal<Flash<W>>, model: &mut Model, step: &Step) {
    let payload = |length: usize| -> Vec<u8> { (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect() };
    let awaits = model.begun.is_some();
    let refused = |outcome: Result<(), Error<Fault>>| match outcome {
        Ok(()) => assert!(!awaits),
        Err(Error::AwaitsSignature) => assert!(awaits),
        Err(Error::Full | Error::TooLong { .. }) => {}
        Err(error) => panic!("{step:?}: {error}"),
    };
    match step {
        Step::Append(length, mark) => {
            let payload = payload(*length);
            let outcome = journal.append(Time::UNKNOWN, Payload::Attestation(&payload), *mark);
            if let Ok(index) = outcome {
                assert_eq!(index, u64::try_from(model.entries.len()).unwrap());
                let entry = model.next(&payload);
                model.entries.push((*mark, entry));
            }
            refused(outcome.map(|_| ()));
        }
        Step::Begin(length) => {
            let payload = payload(*length);
            let room = journal.check_room(payload.len() + 42 + 64);
            let outcome = journal.begin(Time::UNKNOWN, &payload);
            assert!(room.is_err() || outcome.is_ok(), "room was promised");
            if outcome.is_ok() {
                model.begun = Some(model.next(&payload));
            }
            refused(outcome);
        }
        Step::Complete(byte) => {
            let outcome = journal.complete(&[*byte; 64], Mark::Applied);
            match model.begun.take() {
                None => assert_eq!(outcome, Err(Error::NothingToSign)),
                Some(begun) => {
                    outcome.unwrap();
                    model.entries.push((Mark::Applied, [begun, vec![*byte; 64]].concat()));
                }
            }
        }
        Step::Checkpoint => {
            let outcome = journal.record_checkpoint();
            if let Ok(head) = outcome {
                model.checkpoint = Some(head);
            }
            refused(outcome.map(|_| ()));
        }
        Step::Acknowledge => {
            let Some(head) = model.checkpoint else { return };
            let outcome = journal.acknowledge(head);
            if outcome.is_ok() {
                model.acknowledged = Some(head);
            }
            refused(outcome);
        }
        Step::AcknowledgeAnother => {
            let head = TreeHead { size: 1_000, root: model.chain().root() };
            let error = if awaits { Error::AwaitsSignature } else { Error::OtherCheckpoint };
            assert_eq!(journal.acknowledge(head), Err(error));
        }
        Step::Table(length) => refused(journal.record_table(&|sink| sink(&payload(*length)))),
        Step::Restart | Step::ReadFrom(_) => {}
    }
}

fn compare<const W: usize>(journal: &mut Journal<Flash<W>>, model: &Model, from: u64) {
    assert_eq!(journal.chain().head(), model.chain().head());
    assert_eq!(journal.tree_head().root, model.chain().root());
    assert_eq!(journal.checkpoint(), model.checkpoint);
    assert_eq!(journal.acknowledged(), model.acknowledged);
    let mut buffer = [0; 2_048];
    assert_eq!(journal.awaiting(&mut buffer).unwrap(), model.begun.as_deref());
    let from = from.max(journal.first());
    let mut cursor = journal.cursor(from).unwrap();
    let rest = model.entries.get(usize::try_from(from).unwrap()..).unwrap_or_default();
    for (mark, entry) in rest {
        let recorded = journal.next(&mut cursor, &mut buffer).unwrap().unwrap();
        assert_eq!((recorded.mark, recorded.entry), (*mark, &entry[..]));
    }
    assert_eq!(journal.next(&mut cursor, &mut buffer), Ok(None));
}

fn run<const W: usize>(steps: &[Step], when_full: WhenFull) {
    let flash = Flash::<W>::new(5 * 2_048, 3);
    let geometry = Geometry::new(&flash, 0, 2_048, 5).unwrap();
    let mut journal = Journal::format(flash, geometry, when_full).unwrap();
    let mut model = Model::default();
    for step in steps {
        act(&mut journal, &mut model, step);
        match step {
            Step::Restart => {
                let unasked = |finding| panic!("{finding}");
                journal = Journal::mount(journal.into_flash(), geometry, when_full, unasked).unwrap();
                compare(&mut journal, &model, 0);
            }
            Step::ReadFrom(from) => compare(&mut journal, &model, *from),
            _ => {}
        }
    }
    compare(&mut journal, &model, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_does_what_the_model_does(steps in prop::collection::vec(step(), 1..90), give_up: bool) {
        let when_full = if give_up { WhenFull::GiveUpOldest } else { WhenFull::Refuse };
        run::<1>(&steps, when_full);
        run::<8>(&steps, when_full);
        run::<32>(&steps, when_full);
    }
}
