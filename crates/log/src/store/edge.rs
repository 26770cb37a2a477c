//! The right edge of the tree: the hashes of each row's partial tile. From them come the root and all new tiles, so
//! appending reads O(log n) tiles and never the rest of the log.

use ikrar_core::digest::{Hash, empty_root};

use crate::medium::Medium;
use crate::tiles::{Kind, LEVELS, Tile, WIDTH, edge_index, range_root};

use super::{Error, Head, Store};

/// A tile to be written, and its hashes.
pub(crate) type NewTile = (Tile, Vec<Hash>);

/// The partial tiles of a tree, level 0 first; fewer than 256 hashes each.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    size: u64,
    rows: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of an empty tree.
    pub(crate) fn empty() -> Self {
        Self { size: 0, rows: vec![Vec::new(); usize::from(LEVELS)] }
    }

    /// Reads the edge of a tree of `size` entries.
    pub(crate) fn read<M: Medium>(store: &Store<M>, size: u64) -> Result<Self, Error> {
        let rows = (0..LEVELS).map(|level| {
            let edge = Tile::edge(Kind::Hashes(level), size);
            edge.map_or(Ok(Vec::new()), |tile| store.hashes(level, tile.index(), size))
        });
        Ok(Self { size, rows: rows.collect::<Result<_, _>>()? })
    }

    /// Number of entries.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Size and root. The rows from below: what a row leaves over is the last, smaller node of the row above.
    pub(crate) fn head(&self) -> Head {
        let root = self.rows.iter().fold(None, |below: Option<Hash>, row| {
            let nodes: Vec<Hash> = row.iter().copied().chain(below).collect();
            range_root(&nodes)
        });
        Head { size: self.size, root: root.unwrap_or_else(empty_root) }
    }

    /// The hashes of one level's partial tile.
    pub(crate) fn row(&self, level: u8) -> &[Hash] {
        self.rows.get(usize::from(level)).map_or(&[], Vec::as_slice)
    }

    /// Adds one leaf hash; the caller takes out what becomes full.
    pub(crate) fn push(&mut self, leaf: Hash) -> Option<()> {
        self.size = self.size.checked_add(1)?;
        self.push_node(0, leaf);
        Some(())
    }

    /// Adds the root of a full tile to the row above.
    pub(crate) fn push_node(&mut self, level: u8, node: Hash) {
        if let Some(row) = self.rows.get_mut(usize::from(level)) {
            row.push(node);
        }
    }

    /// Takes a row out if it has become a full tile.
    pub(crate) fn take_full(&mut self, level: u8) -> Option<Vec<Hash>> {
        let row = self.rows.get_mut(usize::from(level))?;
        (row.len() >= usize::from(WIDTH)).then(|| std::mem::take(row))
    }

    /// Adds leaf hashes. Gives the new edge, and every tile that is new or wider with its hashes.
    pub(crate) fn grow(&self, leaves: &[Hash]) -> Option<(Self, Vec<NewTile>)> {
        let mut tiles = Vec::new();
        let mut rows = self.rows.clone();
        let mut new = leaves.to_vec();
        for (level, row) in (0..LEVELS).zip(&mut rows) {
            if new.is_empty() {
                break;
            }
            let kind = Kind::Hashes(level);
            let nodes = [std::mem::take(row), std::mem::take(&mut new)].concat();
            for (index, chunk) in (edge_index(kind, self.size)..).zip(nodes.chunks(usize::from(WIDTH))) {
                let tile = Tile::new(kind, index, u16::try_from(chunk.len()).ok()?)?;
                if tile.is_full() {
                    new.extend(range_root(chunk));
                } else {
                    *row = chunk.to_vec();
                }
                tiles.push((tile, chunk.to_vec()));
            }
        }
        let size = self.size.checked_add(u64::try_from(leaves.len()).ok()?)?;
        Some((Self { size, rows }, tiles))
    }
}
