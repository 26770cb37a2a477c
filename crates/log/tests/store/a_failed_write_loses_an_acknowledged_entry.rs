//! The medium runs full, fails once, or takes no writes at all.

use std::io::ErrorKind;

use ikrar_log::store::{CHECKPOINT, Error, Store};

use super::a_power_cut_loses_an_acknowledged_entry::{run, survives};
use super::lying::{Lying, Trouble};
use super::reference::{batch, open, read_back};

fn fail_everywhere(trouble: impl Fn(u64) -> Trouble) {
    for at in 0.. {
        let medium = Lying::new();
        medium.trouble(trouble(at));
        let done = run(&medium, "first", &[3, 200, 60, 1], None);
        // While it still fails, the log is readable.
        if medium.files().iter().any(|file| file == CHECKPOINT) {
            assert!(read_back(&medium).len() >= done.acknowledged.len());
        }
        survives(&medium.after_crash(), &done);
        survives(&medium.after_power_cut(0), &done);
        survives(&medium.after_power_cut(9), &done);
        if medium.operations() <= at {
            assert!(done.error.is_none() && at > 10);
            return;
        }
        if let Some(error) = done.error {
            assert!(matches!(error, Error::Unwritable { .. }), "{error:?}");
        }
    }
}

#[test]
fn one_write_or_sync_fails() {
    fail_everywhere(|at| Trouble::FailAt(at, ErrorKind::Other));
}

#[test]
fn the_disk_is_full_from_some_write_on() {
    fail_everywhere(|at| Trouble::FailFrom(at, ErrorKind::StorageFull));
}

#[test]
fn a_read_only_log_is_readable_and_not_writable() {
    let medium = Lying::new();
    let done = run(&medium, "first", &[300], None);
    medium.trouble(Trouble::FailFrom(0, ErrorKind::ReadOnlyFilesystem));
    assert!(matches!(open(&medium), Err(Error::Unwritable { .. })));
    assert_eq!(read_back(&medium), done.acknowledged);
}

#[test]
fn opening_to_append_reads_only_the_edge() {
    let medium = Lying::new();
    drop(run(&medium, "first", &[66_000], None));
    let before = medium.reads();
    let writer = open(&medium).expect("opened");
    // Checkpoint twice, one tile for each of three levels, one bundle.
    assert_eq!(medium.reads() - before, 6);
    drop(writer);
    let before = medium.reads();
    let store = Store::open(&medium);
    assert_eq!(store.entries(0..66_000, 66_000).expect("in range").count(), 66_000);
    assert_eq!(medium.reads() - before, 258, "each bundle once");
    assert_eq!(store.entry(65_999, 66_000).expect("an entry"), batch("first", 65_999, 1)[0]);
}
