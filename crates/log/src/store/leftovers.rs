//! Every file below `tile/`: tiles of the tree, tiles beyond it that an interrupted append left, and foreign names.

use std::io;

use crate::medium::Medium;
use crate::tiles::{Kind, Tile};

use super::{Error, Store};

/// The folder of all tiles.
pub(crate) const TILES: &str = "tile";

/// Groups of three digits in the largest index of a tile, 2⁶⁴ / 256 and above; folders below these are foreign.
const DEPTH: usize = 7;

/// One thing found on the way.
#[derive(Debug)]
pub(crate) enum Seen {
    /// A tile's file, in the tree or beyond it.
    Tile(Tile),
    /// A name that no tile has.
    Foreign(String),
    /// A folder that could not be listed.
    Failed(Error),
}

/// True for a tile that a tree of `size` entries does not have, or not as wide.
pub(crate) fn is_beyond(tile: Tile, size: u64) -> bool {
    Tile::in_tree(tile.kind(), tile.index(), size).is_none_or(|in_tree| in_tree.width() < tile.width())
}

impl<M: Medium> Store<M> {
    /// Shows `visit` everything below `tile/`, folder by folder, in the order of names.
    pub(crate) fn walk<E>(&self, visit: &mut impl FnMut(Seen) -> Result<(), E>) -> Result<(), E> {
        for (name, is_dir) in self.names(TILES, visit)? {
            let path = format!("{TILES}/{name}");
            if is_dir && Kind::from_folder_name(&name).is_some() {
                self.walk_row(&path, DEPTH, visit)?;
            } else {
                visit(Seen::Foreign(path))?;
            }
        }
        Ok(())
    }

    fn walk_row<E>(&self, folder: &str, depth: usize, visit: &mut impl FnMut(Seen) -> Result<(), E>) -> Result<(), E> {
        for (name, is_dir) in self.names(folder, visit)? {
            let path = format!("{folder}/{name}");
            let partials = path.strip_suffix(".p").is_some_and(|full| Tile::from_path(full).is_some());
            match (is_dir, Tile::from_path(&path)) {
                (false, Some(tile)) => visit(Seen::Tile(tile))?,
                (true, None) if partials => self.walk_partials(&path, visit)?,
                (true, None) if depth > 1 && is_group(&name) => self.walk_row(&path, depth - 1, visit)?,
                _ => visit(Seen::Foreign(path))?,
            }
        }
        Ok(())
    }

    fn walk_partials<E>(&self, folder: &str, visit: &mut impl FnMut(Seen) -> Result<(), E>) -> Result<(), E> {
        for (name, is_dir) in self.names(folder, visit)? {
            let path = format!("{folder}/{name}");
            match Tile::from_path(&path) {
                Some(tile) if !is_dir => visit(Seen::Tile(tile))?,
                _ => visit(Seen::Foreign(path))?,
            }
        }
        Ok(())
    }

    fn names<E>(&self, folder: &str, visit: &mut impl FnMut(Seen) -> Result<(), E>) -> Result<Vec<(String, bool)>, E> {
        match self.medium().list(folder) {
            Ok(items) => Ok(items.into_iter().map(|item| (item.name, item.is_dir)).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => {
                visit(Seen::Failed(Error::reading(folder, 0, error)))?;
                Ok(Vec::new())
            }
        }
    }
}

/// `x` and three digits.
fn is_group(name: &str) -> bool {
    name.strip_prefix('x').is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
