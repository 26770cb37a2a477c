//! One writer at a time, and no log over another.

use ikrar_log::medium::Folder;
use ikrar_log::store::{Error, Writer};

use super::lying::Lying;
use super::reference::{batch, checkpoint, open, parse, read_back};

#[test]
fn a_second_writer_is_refused_until_the_first_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Folder::new(folder.path().join("log"));
    let first = Writer::init(&log, &batch("log", 0, 3), checkpoint).expect("a log");
    assert!(matches!(open(&log), Err(Error::Locked { path }) if path == ".lock"));
    drop(first);
    open(&log).expect("free").append(&batch("log", 3, 1), checkpoint).expect("appended");
    assert_eq!(std::fs::metadata(folder.path().join("log/.lock")).expect("there").len(), 0);
    assert_eq!(read_back(&log).len(), 4);
}

#[test]
fn a_log_is_not_started_over_another_or_among_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Folder::new(folder.path());
    std::fs::write(folder.path().join(".tmp-old"), b"torn").expect("written");
    drop(Writer::init(&log, &[], checkpoint).expect("a log"));
    assert!(!folder.path().join(".tmp-old").exists());
    assert!(matches!(Writer::init(&log, &[], checkpoint), Err(Error::Exists)));
    let medium = Lying::new();
    medium.plant("notes.txt", Vec::new());
    let refused = Writer::init(&medium, &[], checkpoint);
    assert!(matches!(refused, Err(Error::NotEmpty { found }) if found == "notes.txt"));
    assert_eq!(medium.files(), ["notes.txt"]);
}

#[test]
fn a_log_that_lost_its_checkpoint_is_taken_for_an_interrupted_start() {
    let medium = Lying::new();
    drop(Writer::init(&medium, &batch("log", 0, 3), checkpoint).expect("a log"));
    medium.unplant("checkpoint");
    let before = medium.files();
    let refused = Writer::init(&medium, &batch("log", 0, 2), checkpoint);
    assert!(matches!(refused, Err(Error::NotEmpty { found }) if found == "tile/0/000.p/3"));
    assert_eq!(medium.files(), before);
    medium.plant("tile/letter.txt", Vec::new());
    let refused = Writer::init(&medium, &batch("log", 0, 3), checkpoint);
    assert!(matches!(refused, Err(Error::NotEmpty { found }) if found == "tile/letter.txt"));
}

#[test]
fn opening_what_is_no_log_leaves_no_trace() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(open(Folder::new(folder.path())), Err(Error::Missing { path }) if path == "checkpoint"));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    assert!(matches!(open(Folder::new(folder.path().join("none"))), Err(Error::Missing { .. })));
}

#[test]
fn a_checkpoint_of_another_log_is_refused() {
    let (one, two) = (Lying::new(), Lying::new());
    drop(Writer::init(&one, &batch("one", 0, 3), checkpoint).expect("a log"));
    drop(Writer::init(&two, &batch("two", 0, 3), checkpoint).expect("a log"));
    let head = parse(&one.peek("checkpoint"));
    let refused = Writer::open(&two, |_, _| Ok::<_, Error>(head));
    assert!(matches!(refused, Err(Error::WrongRoot { head: named, .. }) if named == head));
}

#[test]
fn a_checkpoint_can_be_replaced_alone() {
    let medium = Lying::new();
    let mut writer = Writer::init(&medium, &batch("log", 0, 3), checkpoint).expect("a log");
    let before = medium.files();
    let head = writer.head();
    let same = writer.append(&[], |head| checkpoint(head).map(|note| [note, b" ".to_vec()].concat()));
    assert_eq!(same.expect("replaced"), head);
    assert_eq!(medium.files(), before);
    assert_eq!(medium.peek("checkpoint").last(), Some(&b' '));
}
