//! The power fails at every single operation of the medium, in turn.

use ikrar_log::store::{CHECKPOINT, Error, Writer};
use ikrar_log::tiles::tiles_of;

use super::lying::{Lying, Trouble};
use super::reference::{batch, checkpoint, open, read_back};

/// What a scenario got done before its trouble.
pub(crate) struct Done {
    pub(crate) acknowledged: Vec<Vec<u8>>,
    pub(crate) in_flight: Vec<Vec<u8>>,
    pub(crate) error: Option<Error>,
}

/// Starts or continues a log with batches of these sizes.
pub(crate) fn run(medium: &Lying, history: &str, sizes: &[usize], started: Option<Vec<Vec<u8>>>) -> Done {
    let mut writer = None;
    let mut done = Done { acknowledged: Vec::new(), in_flight: Vec::new(), error: None };
    if let Some(entries) = started {
        done.acknowledged = entries;
        match open(medium) {
            Ok(opened) => writer = Some(opened),
            Err(error) => return Done { error: Some(error), ..done },
        }
    }
    for size in sizes {
        done.in_flight = batch(history, done.acknowledged.len(), *size);
        let result = match &mut writer {
            Some(writer) => writer.append(&done.in_flight, checkpoint).map(|_| ()),
            None => Writer::init(medium, &done.in_flight, checkpoint).map(|new| writer = Some(new)),
        };
        match result {
            Ok(()) => done.acknowledged.append(&mut done.in_flight),
            Err(Error::Poisoned) if done.error.is_none() => {
                // The trouble came while tidying up after the last append, which was acknowledged.
                done.in_flight.clear();
                break;
            }
            Err(error) => {
                done.error = Some(error);
                if let Some(writer) = &mut writer {
                    assert!(matches!(writer.append(&[], checkpoint), Err(Error::Poisoned)));
                }
                break;
            }
        }
    }
    done
}

/// What must hold of a medium after trouble; then the log goes on with other entries, and those must last too.
pub(crate) fn survives(medium: &Lying, done: &Done) {
    if !medium.files().iter().any(|file| file == CHECKPOINT) {
        assert!(done.acknowledged.is_empty(), "an acknowledged log is gone");
        let medium = medium.after_crash();
        let again = run(&medium, "again", &[done.in_flight.len(), 250], None);
        assert!(again.error.is_none(), "{:?}", again.error);
        assert_eq!(read_back(medium.after_power_cut(0)), again.acknowledged);
        return;
    }
    let entries = read_back(medium);
    let whole = [done.acknowledged.clone(), done.in_flight.clone()].concat();
    assert!(entries == done.acknowledged || entries == whole, "{} entries", entries.len());

    // Nothing that a reader asks for by its exact name is gone.
    let size = u64::try_from(entries.len()).expect("small");
    let files = medium.files();
    assert!(tiles_of(size).all(|tile| files.contains(&tile.to_string())), "{files:?}");

    let again = run(medium, "again", &[20, 250], Some(entries));
    assert!(again.error.is_none(), "{:?}", again.error);
    let after = medium.after_power_cut(0);
    assert_eq!(read_back(&after), again.acknowledged);
    let lost: Vec<String> = after.files().into_iter().filter(|file| file.starts_with(".tmp-")).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

fn cut_everywhere(base: &Lying, sizes: &[usize], started: Option<&Vec<Vec<u8>>>, lucks: u64) {
    for cut in 0.. {
        let medium = base.after_crash();
        medium.trouble(Trouble::CutAt(cut));
        let done = run(&medium, "first", sizes, started.cloned());
        for luck in 0..lucks {
            survives(&medium.after_power_cut(luck), &done);
        }
        if lucks > 1 {
            // The process died and the machine went on.
            survives(&medium.after_crash(), &done);
        }
        if medium.operations() <= cut {
            assert!(done.error.is_none() && cut > 10);
            return;
        }
    }
}

#[test]
fn across_the_first_full_tile() {
    cut_everywhere(&Lying::new(), &[3, 200, 60, 1], None, 5);
}

#[test]
fn from_an_empty_log_to_two_full_tiles_at_once() {
    cut_everywhere(&Lying::new(), &[0, 256, 257], None, 4);
}

#[test]
fn across_the_first_full_tile_of_level_one() {
    let base = Lying::new();
    let entries = batch("base", 0, 65_530);
    drop(Writer::init(&base, &entries, checkpoint).expect("a log"));
    base.trouble(Trouble::None);
    cut_everywhere(&base, &[10], Some(&entries), 1);
}

#[test]
fn again_while_it_recovers() {
    for cut in (0..120).step_by(2) {
        let medium = Lying::new();
        medium.trouble(Trouble::CutAt(cut));
        let done = run(&medium, "first", &[250, 10], None);
        for luck in [0, 7] {
            let medium = medium.after_power_cut(luck);
            if medium.files().iter().any(|file| file == CHECKPOINT) {
                let entries = read_back(&medium);
                assert!(entries.len() >= done.acknowledged.len());
                for cut in (cut % 5..).step_by(5) {
                    let medium = medium.after_crash();
                    medium.trouble(Trouble::CutAt(cut));
                    let done = run(&medium, "second", &[5, 9], Some(entries.clone()));
                    survives(&medium.after_power_cut(luck), &done);
                    if medium.operations() <= cut {
                        break;
                    }
                }
            }
        }
    }
}

#[test]
fn where_a_wider_leftover_serves_in_place_of_a_lost_tile() {
    let base = Lying::new();
    let entries = batch("first", 0, 250);
    let mut writer = Writer::init(&base, &entries, checkpoint).expect("a log");
    let old = base.peek(CHECKPOINT);
    writer.append(&batch("first", 250, 50), checkpoint).expect("appended");
    drop(writer);
    base.plant(CHECKPOINT, old);
    // The removals have lasted, too.
    let base = base.after_power_cut(1);
    assert!(!base.files().contains(&"tile/0/000.p/250".to_owned()));
    for cut in 0.. {
        let medium = base.after_crash();
        medium.trouble(Trouble::CutAt(cut));
        let done = run(&medium, "second", &[2], Some(entries.clone()));
        for luck in 0..16 {
            let after = medium.after_power_cut(luck);
            let read = read_back(&after);
            assert!(read == done.acknowledged || read == [entries.clone(), done.in_flight.clone()].concat());
        }
        if medium.operations() <= cut {
            assert!(done.error.is_none() && cut > 10);
            return;
        }
    }
}

#[test]
fn a_refused_checkpoint_records_nothing_and_ends_nothing() {
    let medium = Lying::new();
    let mut writer = Writer::init(&medium, &batch("first", 0, 250), checkpoint).expect("a log");
    let refused = writer.append(&batch("refused", 250, 10), |_| Err(Error::Exists));
    assert!(matches!(refused, Err(Error::Exists)));
    assert_eq!(read_back(&medium), batch("first", 0, 250));
    let over_long = writer.append(&batch("refused", 250, 3), |_| Ok::<_, Error>(vec![0; 1 << 21]));
    assert!(matches!(over_long, Err(Error::Malformed { .. })));
    writer.append(&batch("first", 250, 2), checkpoint).expect("appended");
    assert_eq!(read_back(&medium), batch("first", 0, 252));
    assert_eq!(medium.files().iter().filter(|file| file.contains("entries")).count(), 2);
}
