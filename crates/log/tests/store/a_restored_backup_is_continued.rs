//! The guard of the operator's own state against a log that is older than what was published.

use ikrar_log::published::{Error, Published, Standing};
use ikrar_log::store::{self, Head, Writer};

use super::lying::{Lying, Trouble};
use super::reference::{batch, checkpoint, parse};

const ORIGIN: &str = "log.example/ikrar";

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Guard(#[from] Error),
}

fn append(log: &Lying, state: &Lying, history: &str, count: usize, record: bool) -> Result<Standing, Refused> {
    let published = Published::new(state);
    let mut standing = None;
    let mut writer = Writer::open(log, |store, checkpoint| {
        let head = parse(checkpoint);
        standing = Some(published.admit(ORIGIN, store, head)?);
        Ok::<Head, Refused>(head)
    })?;
    let from = usize::try_from(writer.head().size).expect("small");
    let head = writer.append(&batch(history, from, count), |head| checkpoint(head).map_err(Refused::from))?;
    if record {
        published.record(ORIGIN, head)?;
    }
    Ok(standing.expect("verified"))
}

fn new_log() -> (Lying, Lying) {
    let log = Lying::new();
    drop(Writer::init(&log, &batch("log", 0, 10), checkpoint).expect("a log"));
    (log, Lying::new())
}

#[test]
fn an_older_copy_is_refused_and_left_alone() {
    let (log, state) = new_log();
    assert_eq!(append(&log, &state, "log", 5, true).expect("first"), Standing::First);
    let backup = log.after_crash();
    assert_eq!(append(&log, &state, "log", 300, true).expect("second"), Standing::Same);
    let before = backup.files();
    let refused = append(&backup, &state, "log", 300, true);
    assert!(matches!(refused, Err(Refused::Guard(Error::Behind { recorded, found, .. }))
        if recorded.size == 315 && found.size == 15));
    assert_eq!(backup.files(), before);
    assert_eq!(append(&log, &state, "log", 1, true).expect("third"), Standing::Same);
}

#[test]
fn another_history_is_refused_at_the_same_size_and_beyond() {
    for count in [300, 301] {
        let (log, state) = new_log();
        let copy = log.after_crash();
        append(&log, &state, "log", 300, true).expect("appended");
        append(&copy, &Lying::new(), "fork", count, true).expect("no record there");
        let refused = append(&copy, &state, "fork", 1, true);
        assert!(matches!(refused, Err(Refused::Guard(Error::Forked { .. }))), "{refused:?}");
    }
}

#[test]
fn a_cut_before_the_record_does_not_lock_the_operator_out() {
    let (log, state) = new_log();
    append(&log, &state, "log", 5, true).expect("recorded");
    append(&log, &state, "log", 300, false).expect("cut off before the record");
    let ahead = append(&log, &state, "log", 1, true).expect("accepted");
    assert!(matches!(ahead, Standing::Ahead { recorded } if recorded.size == 15));
    assert_eq!(append(&log, &state, "log", 1, true).expect("recorded"), Standing::Same);
}

#[test]
fn a_cut_while_recording_leaves_the_old_record_or_the_new() {
    for cut in 0..5 {
        for luck in 0..3 {
            let (log, state) = new_log();
            append(&log, &state, "log", 5, true).expect("recorded");
            state.trouble(Trouble::CutAt(cut));
            assert!(append(&log, &state, "log", 5, true).is_err());
            let state = state.after_power_cut(luck);
            let standing = append(&log, &state, "log", 1, true).expect("accepted");
            assert!(matches!(standing, Standing::Ahead { .. } | Standing::Same));
        }
    }
}

#[test]
fn a_damaged_record_is_not_taken_for_none() {
    let (log, state) = new_log();
    append(&log, &state, "log", 5, true).expect("recorded");
    let path = state.files().pop().expect("the record");
    let good = state.peek(&path);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad.remove(at);
        state.plant(&path, bad);
        assert!(append(&log, &state, "log", 1, true).is_err(), "byte {at}");
    }
    state.plant(&path, vec![b'x'; 5_000]);
    assert!(matches!(append(&log, &state, "log", 1, true), Err(Refused::Guard(Error::Malformed { .. }))));
}
