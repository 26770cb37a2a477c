//! Names that only look like a tile's, and bytes that are no bundle.

use ikrar_log::medium::{Folder, Medium as _};
use ikrar_log::store::{Error, Fault, FindingKind, Store, Writer};
use ikrar_log::tiles::{Bundle, BundleFault, Kind, Tile, encode_entry, tiles_of};
use proptest::prelude::*;

use super::lying::Lying;
use super::reference::{batch, check, checkpoint};

#[test]
fn only_one_spelling_is_a_tile() {
    let good = ["tile/0/000", "tile/63/x001/x234/067", "tile/entries/999.p/255", "tile/2/x001/000.p/1"];
    for path in good {
        assert_eq!(Tile::from_path(path).expect(path).to_string(), path);
    }
    let bad = [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/+1/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/x000/000",
        "tile/0/x01/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/000/",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/007",
        "tile/0/000.p/+7",
        "tile/0/000.p/7/",
        "tile/0/x000.p/7",
        "Tile/0/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "tile\\0\\000",
        "tile/0/../0/000",
    ];
    for path in bad {
        assert_eq!(Tile::from_path(path), None, "{path}");
    }
}

#[test]
fn the_numbers_of_the_specification() {
    let count = |size, kind| tiles_of(size).filter(|tile| tile.kind() == kind && tile.is_full()).count();
    let edge = |size, kind| Tile::edge(kind, size).map(|tile| tile.width());
    assert_eq!(tiles_of(0).count(), 0);
    assert_eq!((count(256, Kind::Hashes(0)), edge(256, Kind::Hashes(0))), (1, None));
    assert_eq!((count(256, Kind::Hashes(1)), edge(256, Kind::Hashes(1))), (0, Some(1)));
    assert_eq!((count(70_000, Kind::Hashes(0)), edge(70_000, Kind::Hashes(0))), (273, Some(112)));
    assert_eq!((count(70_000, Kind::Entries), edge(70_000, Kind::Entries)), (273, Some(112)));
    assert_eq!((count(70_000, Kind::Hashes(1)), edge(70_000, Kind::Hashes(1))), (1, Some(17)));
    assert_eq!((count(70_000, Kind::Hashes(2)), edge(70_000, Kind::Hashes(2))), (0, Some(1)));
    assert_eq!(edge(70_000, Kind::Hashes(3)), None);
    assert_eq!(edge(u64::MAX, Kind::Hashes(7)), Some(255));
    assert_eq!(Tile::in_tree(Kind::Hashes(0), u64::MAX, u64::MAX), None);
}

#[test]
fn foreign_names_are_told_and_left_alone() {
    let medium = Lying::new();
    let mut writer = Writer::init(&medium, &batch("log", 0, 3), checkpoint).expect("a log");
    let foreign = [
        "tile/0/000.bak",
        "tile/0/000.p/3.bak",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/Thumbs.db",
        "tile/entries/7",
        "tile/0/x001/x001/x001/x001/x001/x001/x001/000",
    ];
    for path in foreign {
        medium.plant(path, b"?".to_vec());
    }
    let found: Vec<_> = check(&medium).0.into_iter().map(|finding| (finding.path, finding.kind)).collect();
    assert_eq!(found.len(), foreign.len(), "{found:?}");
    assert!(found.iter().all(|(_, kind)| *kind == FindingKind::Foreign), "{found:?}");
    writer.append(&batch("log", 3, 300), checkpoint).expect("appended");
    assert!(foreign.iter().all(|path| medium.files().iter().any(|file| file == path)));
}

#[test]
fn over_long_and_odd_files_are_malformed_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(Folder::new(folder.path()));
    assert!(matches!(store.checkpoint(), Err(Error::Missing { path }) if path == "checkpoint"));
    store.medium().write("checkpoint", &vec![0; (1 << 20) + 1]).expect("written");
    assert!(matches!(store.checkpoint(), Err(Error::Malformed { fault: Fault::TooLong { .. }, .. })));
    std::fs::create_dir_all(folder.path().join("tile/0/000")).expect("a folder");
    assert!(matches!(store.hashes(0, 0, 256), Err(Error::Malformed { fault: Fault::NotAFile, .. })));
    assert!(matches!(store.bundle(0, 256), Err(Error::Missing { path }) if path == "tile/entries/000"));
    assert!(store.hashes(0, 1, 256).is_err() && store.hashes(200, 0, 256).is_err());
}

#[test]
fn an_entry_that_no_bundle_holds_is_refused() {
    let medium = Lying::new();
    let longest = vec![7; 65_535];
    let mut writer = Writer::init(&medium, &[Vec::new(), longest.clone()], checkpoint).expect("a log");
    let refused = writer.append(&[vec![1], vec![7; 65_536]], checkpoint);
    assert!(matches!(refused, Err(Error::EntryTooLong { index: 1, length: 65_536 })));
    writer.append(&[vec![1]], checkpoint).expect("not poisoned");
    assert_eq!(check(&medium).1, [Vec::new(), longest, vec![1]]);
}

proptest! {
    #[test]
    fn bundles_come_back(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..50), 1..256)) {
        let mut bytes = Vec::new();
        prop_assert!(entries.iter().all(|entry| encode_entry(&mut bytes, entry)));
        let width = u16::try_from(entries.len()).expect("at most 256");
        let bundle = Bundle::decode(bytes.clone(), width).expect("a bundle");
        prop_assert!(bundle.iter().eq(entries.iter().map(Vec::as_slice)));
        let too_few = Err(BundleFault::TooFew { found: width, expected: width + 1 });
        prop_assert_eq!(Bundle::decode(bytes.clone(), width + 1), too_few);
        prop_assert!(Bundle::decode(bytes[..bytes.len() - 1].to_vec(), width).is_err());
        if width > 1 {
            let trailing = Err(BundleFault::Trailing { expected: width - 1 });
            prop_assert_eq!(Bundle::decode(bytes, width - 1), trailing);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), width in any::<u16>()) {
        if let Ok(bundle) = Bundle::decode(bytes.clone(), width) {
            let mut again = Vec::new();
            prop_assert!(bundle.iter().all(|entry| encode_entry(&mut again, entry)));
            prop_assert_eq!(again, bytes);
        }
    }

    #[test]
    fn no_path_panics(path in "(tile/(entries|[0-9]{1,2})/)?(x?[0-9]{2,4}/){0,8}[0-9]{3}(\\.p(/[0-9]{1,5})?)?") {
        if let Some(tile) = Tile::from_path(&path) {
            prop_assert_eq!(tile.to_string(), path);
        }
    }
}
