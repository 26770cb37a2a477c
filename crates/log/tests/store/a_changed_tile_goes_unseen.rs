//! Every byte of every file below `tile/` is changed in turn, and each time someone notices.

use ikrar_log::store::{FindingKind, Store, Writer};
use ikrar_log::tiles::Tile;

use super::lying::Lying;
use super::reference::{batch, check, checkpoint, open, read_back};

/// A dozen entries in three appends: older partial tiles lie beside the last.
fn dozen() -> Lying {
    let medium = Lying::new();
    let mut writer = Writer::init(&medium, &batch("dozen", 0, 5), checkpoint).expect("a log");
    writer.append(&batch("dozen", 5, 4), checkpoint).expect("appended");
    writer.append(&batch("dozen", 9, 3), checkpoint).expect("appended");
    drop(writer);
    medium
}

fn tiles(medium: &Lying) -> Vec<String> {
    medium.files().into_iter().filter(|file| Tile::from_path(file).is_some()).collect()
}

fn kinds(medium: &Lying) -> Vec<(String, FindingKind)> {
    check(medium).0.into_iter().map(|finding| (finding.path, finding.kind)).collect()
}

#[test]
fn any_flipped_byte() {
    let medium = dozen();
    assert_eq!(tiles(&medium).len(), 6);
    for path in tiles(&medium) {
        let bytes = medium.peek(&path);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            medium.plant(&path, changed);
            let (findings, _, verdict) = check(&medium);
            let named = findings.iter().any(|finding| finding.path == path && !finding.is_warning());
            assert!(named || verdict.is_err(), "{path} byte {at}");
        }
        for changed in [Vec::new(), bytes[1..].to_vec(), [&bytes[..], &[0]].concat()] {
            medium.plant(&path, changed);
            let (findings, _, verdict) = check(&medium);
            let malformed = |kind| matches!(kind, FindingKind::Malformed(_) | FindingKind::Mismatch);
            assert!(findings.iter().any(|f| f.path == path && malformed(f.kind)) || verdict.is_err(), "{path}");
        }
        medium.plant(&path, bytes);
    }
    read_back(&medium);
}

#[test]
fn a_flipped_byte_in_a_tile_of_any_level() {
    let medium = Lying::new();
    let mut writer = Writer::init(&medium, &batch("many", 0, 65_000), checkpoint).expect("a log");
    writer.append(&batch("many", 65_000, 1_000), checkpoint).expect("appended");
    for path in ["tile/0/003", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"] {
        let bytes = medium.peek(path);
        let mut changed = bytes.clone();
        *changed.last_mut().expect("not empty") ^= 128;
        medium.plant(path, changed);
        assert_eq!(kinds(&medium), [(path.to_owned(), FindingKind::Mismatch)]);
        medium.unplant(path);
        assert_eq!(kinds(&medium), [(path.to_owned(), FindingKind::Missing)]);
        medium.plant(path, bytes);
    }
    read_back(&medium);
}

#[test]
fn a_swapped_older_bundle() {
    let medium = dozen();
    let mut other = medium.peek("tile/entries/000.p/5");
    other[5] ^= 1;
    medium.plant("tile/entries/000.p/5", other);
    assert_eq!(kinds(&medium), [("tile/entries/000.p/5".to_owned(), FindingKind::Mismatch)]);
}

#[test]
fn a_leftover_is_a_warning_unless_it_contradicts() {
    let medium = dozen();
    let longer = Lying::new();
    drop(Writer::init(&longer, &batch("dozen", 0, 300), checkpoint).expect("a log"));
    let leftovers = ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"];
    for path in leftovers {
        medium.plant(path, longer.peek(path));
    }
    let expected: Vec<_> = leftovers.iter().map(|path| ((*path).to_owned(), FindingKind::Uncommitted)).collect();
    assert_eq!(kinds(&medium), expected);
    read_back(&medium);
    // They serve in place of the exact partial tiles, cut to the size.
    medium.unplant("tile/0/000.p/12");
    medium.unplant("tile/entries/000.p/12");
    assert_eq!(read_back(&medium), batch("dozen", 0, 12));
    assert_eq!(Store::open(&medium).hashes(0, 0, 7).expect("a tile").len(), 7);

    let mut contradicts = longer.peek("tile/entries/000");
    contradicts[5] ^= 1;
    let dozen = dozen();
    dozen.plant("tile/entries/000", contradicts);
    assert!(kinds(&dozen).contains(&("tile/entries/000".to_owned(), FindingKind::Mismatch)));
}

#[test]
fn damage_is_not_built_upon() {
    for path in ["tile/0/000.p/12", "tile/entries/000.p/12"] {
        let medium = dozen();
        let mut changed = medium.peek(path);
        changed[40] ^= 1;
        medium.plant(path, changed);
        assert!(open(&medium).is_err(), "{path}");
        medium.unplant(path);
        assert!(open(&medium).is_err(), "{path}");
    }
}
