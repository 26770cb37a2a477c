//! Logs that grow, and an auditor who goes on from what he verified before: he finds what one finds who reads all.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ikrar_log::audit::Audit;
use ikrar_log::history::Room;
use ikrar_log::medium::{Folder, Item, Medium};
use ikrar_log::store::Store;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Effort, Finding, FindingRule, Plan, Verification, verify, verify_by};
use proptest::sample::Index;

use crate::damaged::{self, Memory, signed, told, trust};
use crate::world::World;

fn audit(log: &Memory, state: &Memory, trust: &TrustRoot) -> Verification {
    let audit = Audit::open(state.clone()).unwrap();
    let from = audit.load(trust).unwrap().map(Box::new);
    let plan = Plan { from, ..Plan::default() };
    let mut verification = verify_by(&Store::open(log.clone()), trust, plan, |_, _| {}).unwrap();
    if verification.is_complete() && verification.contradicted.is_none() {
        audit.keep(trust, &mut verification).unwrap();
    }
    verification
}

/// All that is said of the log, and all that is known of it.
fn seen(verification: &Verification) -> (Vec<Finding>, [u64; 3], String) {
    let Verification { findings, entries, attestations, anchors, .. } = verification;
    let chain = verification.state.chain();
    let known = format!("{} {:?} {:?}", told(verification.history()), chain, verification.state.last_logged_at());
    (findings.clone(), [*entries, *attestations, *anchors], known)
}

/// Audits each log at some sizes on the way, and at its end.
pub(crate) fn compare(world: &World, plans: &[damaged::Plan], stops: &[Index]) {
    let trust = trust(world.registry);
    for plan in plans {
        let entries = plan.entries(world);
        let mut sizes: Vec<usize> = stops.iter().map(|stop| stop.index(entries.len()) + 1).collect();
        sizes.sort_unstable();
        let state = Memory::default();
        for size in sizes {
            let log = signed(&entries[..size]);
            let (quick, slow) = (audit(&log, &state, &trust), verify(&Store::open(log), &trust, |_, _| {}).unwrap());
            assert_eq!(seen(&quick), seen(&slow), "at {size}: {plan:?}");
        }
        let whole = Store::open(signed(&entries));
        let effort = Effort { threads: NonZeroUsize::new(2).unwrap(), batch: plan.batch() };
        let room = Some(Room::temporary().unwrap().above(1));
        let roomy = verify_by(&whole, &trust, Plan { effort, room, ..Plan::default() }, |_, _| {}).unwrap();
        assert_eq!(seen(&roomy), seen(&verify(&whole, &trust, |_, _| {}).unwrap()), "{plan:?}");
        assert_eq!(roomy.history().failure(), None);
        let log = plan.log(world);
        let Ok(slow) = verify(&Store::open(log.clone()), &trust, |_, _| {}) else { continue };
        let quick = audit(&log, &state, &trust);
        if plan.has_loss() && quick.resumed.is_some() {
            // What was read before is not read again: damage there is not seen, and changes nothing of what is known.
            let whole = verify(&Store::open(signed(&entries)), &trust, |_, _| {}).unwrap();
            let of_entries = |it: &&Finding| matches!(it.rule, FindingRule::Entry(_));
            let of = |it: &Verification| it.findings.iter().filter(of_entries).cloned().collect::<Vec<_>>();
            assert_eq!((of(&quick), seen(&quick).2), (of(&whole), seen(&whole).2), "{plan:?}");
        } else {
            assert_eq!(seen(&quick), seen(&slow), "{plan:?}");
        }
    }
}

/// Keeps what is verified in a folder whose room the statements go to at once, and goes on from there.
pub(crate) fn compare_in_a_folder(world: &World, stops: &[Index]) {
    let trust = trust(world.registry);
    let folder = tempfile::tempdir().unwrap();
    let audit = Audit::open(Folder::new(folder.path())).unwrap();
    let mut sizes: Vec<usize> = stops.iter().map(|stop| stop.index(world.entries.len()) + 1).collect();
    sizes.sort_unstable();
    for (place, size) in sizes.into_iter().enumerate() {
        let store = Store::open(signed(&world.entries[..size]));
        // Every other time all is read anew.
        let from = if place % 2 == 0 { None } else { audit.load(&trust).unwrap().map(Box::new) };
        let effort = Effort { threads: NonZeroUsize::MIN, batch: NonZeroUsize::new(7).unwrap() };
        let room = Some(audit.fresh_room().unwrap().above(1));
        let plan = Plan { from, effort, room, prefix: None };
        let mut quick = verify_by(&store, &trust, plan, |_, _| {}).unwrap();
        audit.keep(&trust, &mut quick).unwrap();
        assert_eq!(seen(&quick), seen(&verify(&store, &trust, |_, _| {}).unwrap()), "at {size}");
    }
}

/// A medium on which the power fails at some change: that one is not done, and none after it.
#[derive(Clone, Debug)]
struct Cut {
    below: Memory,
    left: Arc<AtomicUsize>,
}

impl Cut {
    fn change(&self) -> io::Result<()> {
        let took = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        took.map(drop).map_err(|_| io::ErrorKind::StorageFull.into())
    }
}

impl Medium for Cut {
    type Lock = ();

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        self.below.read(path, cap)
    }
    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        self.below.list(path)
    }
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.change()?;
        self.below.write(path, bytes)
    }
    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.below.create_dir(path)
    }
    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.change()?;
        self.below.sync_dir(path)
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.change()?;
        self.below.remove(path)
    }
    fn remove_dir(&self, path: &str) -> io::Result<()> {
        self.below.remove_dir(path)
    }
    fn lock(&self, path: &str) -> io::Result<Option<()>> {
        self.below.lock(path)
    }
}

/// Cuts the power at every change of the state, time after time; the next audit goes on from a state that was whole.
/// Gives how often it was cut.
pub(crate) fn cut_everywhere(world: &World) -> usize {
    let trust = trust(world.registry);
    let (first, all) = (world.entries.len() / 2, world.entries.len());
    let mut cuts = 0;
    for start in [None, Some(first)] {
        for left in 0.. {
            let state = Memory::default();
            if let Some(size) = start {
                assert!(audit(&signed(&world.entries[..size]), &state, &trust).is_complete());
            }
            let log = signed(&world.entries[..all - 1]);
            let cut = Cut { below: state.clone(), left: Arc::new(AtomicUsize::new(left)) };
            let audited = Audit::open(cut.clone()).unwrap();
            let from = audited.load(&trust).unwrap().map(Box::new);
            let plan = Plan { from, ..Plan::default() };
            let mut verification = verify_by(&Store::open(log), &trust, plan, |_, _| {}).unwrap();
            let kept = audited.keep(&trust, &mut verification);
            let log = signed(&world.entries);
            let slow = verify(&Store::open(log.clone()), &trust, |_, _| {}).unwrap();
            let quick = audit(&log, &state, &trust);
            assert_eq!(seen(&quick), seen(&slow), "cut at {left}");
            let before = quick.resumed.map(|resumed| usize::try_from(resumed.head.size).unwrap());
            let expected = if kept.is_ok() { vec![Some(all - 1)] } else { vec![start, Some(all - 1)] };
            assert!(expected.contains(&before), "cut at {left}: {before:?}");
            if cut.left.load(Ordering::Relaxed) > 0 {
                break;
            }
            cuts += 1;
        }
    }
    cuts
}

/// Flips bits all over the files of a state; none is taken for what was verified.
pub(crate) fn damage_the_state(world: &World) {
    let trust = trust(world.registry);
    let state = Memory::default();
    let half = world.entries.len() / 2;
    assert!(audit(&signed(&world.entries[..half]), &state, &trust).is_complete());
    let log = signed(&world.entries);
    let slow = seen(&verify(&Store::open(log.clone()), &trust, |_, _| {}).unwrap());
    let files = state.0.lock().unwrap().clone();
    for (name, bytes) in &files {
        for place in (0..bytes.len()).step_by(bytes.len() / 97 + 1) {
            let mut damaged = files.clone();
            damaged.get_mut(name).unwrap()[place] ^= 1 << (place % 8);
            let state = Memory(Arc::new(damaged.into()));
            let audit = Audit::open(state).unwrap();
            let Ok(from) = audit.load(&trust) else { continue };
            let plan = Plan { from: from.map(Box::new), ..Plan::default() };
            let quick = verify_by(&Store::open(log.clone()), &trust, plan, |_, _| {}).unwrap();
            let quick_seen = seen(&quick);
            assert!(quick.history().failure().is_some() || quick_seen == slow, "{name}, byte {place}");
        }
    }
}
