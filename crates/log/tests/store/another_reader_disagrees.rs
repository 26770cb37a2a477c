//! The `tlog_tiles` crate, written by others, reads our folder.

use std::path::PathBuf;

use ikrar_log::medium::Folder;
use ikrar_log::store::{Store, Writer};
use ikrar_log::tiles::{Kind, Tile, tiles_of};
use proptest::prelude::*;
use tlog_tiles::{Hash, TileHashReader, TileReader, check_record, check_tree, prove_record, prove_tree};

use super::reference::{batch, checkpoint, leaves, open, read_back};

/// That crate names tiles as Go's checksum database does: with the height, and `data` for entries.
fn c2sp(tile: &tlog_tiles::Tile) -> String {
    tile.path().replacen("tile/8/data", "tile/entries", 1).replacen("tile/8/", "tile/", 1)
}

struct Files(PathBuf);

impl TileReader for Files {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        tiles
            .iter()
            .map(|tile| std::fs::read(self.0.join(c2sp(tile))).map_err(|_| tlog_tiles::Error::InvalidTile))
            .collect()
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn it_reads_and_proves_what_we_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = Folder::new(folder.path().join("log"));
    let entries = batch("oracle", 0, 700);
    let mut writer = Writer::init(&log, &entries[..200], checkpoint).expect("a log");
    for (from, to) in [(200, 256), (256, 600), (600, 601), (601, 700)] {
        let head = writer.append(&entries[from..to], checkpoint).expect("appended");
        let files = Files(log.root().to_path_buf());
        let root = Hash(head.root.0);
        let reader = TileHashReader::new(head.size, root, &files);
        let store = Store::open(&log);
        for index in [0, 199, 200, 255, head.size - 1].into_iter().filter(|index| *index < head.size) {
            let theirs = prove_record(head.size, index, &reader).expect("their proof");
            let ours: Vec<Hash> =
                store.inclusion_proof(index, head.size).expect("our proof").iter().map(|hash| Hash(hash.0)).collect();
            assert_eq!(theirs, ours);
            let leaf = leaves(&entries)[usize::try_from(index).expect("small")];
            check_record(&ours, head.size, root, index, Hash(leaf.0)).expect("it verifies");
        }
        for old in [1, 200, 255, head.size] {
            let theirs = prove_tree(head.size, old, &reader).expect("their proof");
            let ours: Vec<Hash> =
                store.consistency_proof(old, head.size).expect("our proof").iter().map(|hash| Hash(hash.0)).collect();
            assert_eq!(theirs, ours);
            check_tree(&ours, head.size, root, old, Hash(store.root(old).expect("a root").0)).expect("it verifies");
        }
    }
    drop(writer);
    assert_eq!(read_back(&log), entries);
    drop(open(&log).expect("opened again"));
    // Partial tiles went when their full tile came; nothing unfinished is left.
    assert!(!log.root().join("tile/0/000.p").exists() && log.root().join("tile/0/002.p/188").exists());
    let names = std::fs::read_dir(log.root()).expect("a folder").map(|item| item.expect("an item").file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().expect("text")).collect();
    names.sort();
    assert_eq!(names, [".lock", "checkpoint", "tile"]);
}

#[cfg(unix)]
#[test]
fn what_is_published_is_readable_for_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let control = folder.path().join("control");
    std::fs::write(&control, b"").expect("written");
    drop(Writer::init(Folder::new(folder.path().join("log")), &batch("log", 0, 1), checkpoint).expect("a log"));
    let mode = |path: PathBuf| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(folder.path().join("log/checkpoint")), mode(control));
}

proptest! {
    #[test]
    fn its_paths_are_ours(level in 0u8..64, index in any::<u64>().prop_map(|n| n >> (n % 60)), width in 1u16..=256) {
        for kind in [Kind::Hashes(level), Kind::Entries] {
            let ours = Tile::new(kind, index, width).expect("a tile");
            let theirs = tlog_tiles::Tile::new(8, kind.level(), index, u32::from(width), kind == Kind::Entries);
            prop_assert_eq!(ours.to_string(), c2sp(&theirs));
            prop_assert_eq!(Tile::from_path(&ours.to_string()), Some(ours));
        }
    }

    #[test]
    fn its_tiles_of_a_tree_are_ours(size in 0u64..200_000) {
        let mut theirs: Vec<String> = tlog_tiles::Tile::new_tiles(8, 0, size).iter().map(c2sp).collect();
        let mut ours: Vec<String> =
            tiles_of(size).filter(|tile| tile.kind() != Kind::Entries).map(|tile| tile.to_string()).collect();
        theirs.sort();
        ours.sort();
        prop_assert_eq!(ours, theirs);
    }
}
