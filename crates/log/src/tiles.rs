//! Coordinates of the C2SP `tlog-tiles` layout (v0.1.0): which tiles a tree has, and what their files are called.
//!
//! ```text
//! tile/entries/x001/x234/067        the 256 entries from 1234067 × 256 on
//! tile/0/x001/x234/067              their leaf hashes
//! tile/1/x004/820.p/148             the first 148 of the 256 roots of full level-0 tiles, from 4820 × 256 on
//! ```
//!
//! Pure functions; no file is touched here. All names are digits, `x` and `.p`, so they are safe on every system.

mod bundle;
mod hashes;

use std::fmt;

pub use bundle::{BUNDLE_CAP, Bundle, BundleFault, ENTRY_CAP, encode_entry};
pub use hashes::{HashFault, decode_hashes, encode_hashes, range_root};

/// Hashes or entries in a full tile (height 8).
pub const WIDTH: u16 = 256;
/// Levels that a tree of at most 2⁶⁴ − 1 entries can reach: 0 to 7. The format allows paths up to level 63.
pub const LEVELS: u8 = 8;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An entry bundle: the entries themselves.
    Entries,
    /// Hashes of complete subtrees of 256^level leaves.
    Hashes(u8),
}

impl Kind {
    /// Every kind that a tree can have: entries, then levels 0 to 7.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Entries).chain((0..LEVELS).map(Self::Hashes))
    }

    /// Level in the tree of what the tile holds: bundles lie beside level 0.
    pub fn level(self) -> u8 {
        match self {
            Self::Entries => 0,
            Self::Hashes(level) => level,
        }
    }

    /// Items of this kind in a tree of `size` entries: ⌊size / 256^level⌋.
    pub fn items(self, size: u64) -> u64 {
        size.checked_shr(u32::from(self.level()) * 8).unwrap_or(0)
    }

    /// Its folder, relative to the log: `tile/entries`, `tile/0`.
    pub fn folder(self) -> String {
        match self {
            Self::Entries => "tile/entries".to_owned(),
            Self::Hashes(level) => format!("tile/{level}"),
        }
    }

    /// Reads the name of a folder below `tile`; `None` if it is not the one spelling of a kind.
    pub fn from_folder_name(name: &str) -> Option<Self> {
        if name == "entries" {
            return Some(Self::Entries);
        }
        let level = name.parse().ok().filter(|level| *level < 64)?;
        (level_name(level) == name).then_some(Self::Hashes(level))
    }
}

fn level_name(level: u8) -> String {
    level.to_string()
}

/// One tile: what it holds, where it lies in its row, and how many items are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    kind: Kind,
    index: u64,
    width: u16,
}

impl Tile {
    /// A tile of the given coordinates; `None` unless the width is 1 to 256 and the level at most 63.
    pub fn new(kind: Kind, index: u64, width: u16) -> Option<Self> {
        (kind.level() < 64 && (1..=WIDTH).contains(&width)).then_some(Self { kind, index, width })
    }

    /// The tile at `index` as it is in a tree of `size` entries: full, partial, or `None` where it would be empty.
    pub fn in_tree(kind: Kind, index: u64, size: u64) -> Option<Self> {
        let left = kind.items(size).checked_sub(index.checked_mul(u64::from(WIDTH))?)?;
        let width = u16::try_from(left).unwrap_or(WIDTH).min(WIDTH);
        Self::new(kind, index, width)
    }

    /// The last, partial tile of a row in a tree of `size` entries; `None` where the row ends in a full tile.
    pub fn edge(kind: Kind, size: u64) -> Option<Self> {
        Self::in_tree(kind, edge_index(kind, size), size)
    }

    /// What the tile holds.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its place in its row, counted in tiles.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many items it holds, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// True for a tile of 256 items, which never changes again.
    pub fn is_full(&self) -> bool {
        self.width == WIDTH
    }

    /// The same tile with all its 256 items.
    pub fn full(&self) -> Self {
        Self { width: WIDTH, ..*self }
    }

    /// The folder of its partial tiles: its full path and `.p`.
    pub fn partial_folder(&self) -> String {
        format!("{}.p", self.full())
    }

    /// Reads a path relative to the log. Only the one spelling of a tile is accepted: `None` for anything else.
    pub fn from_path(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix("tile/")?.split('/');
        let kind = Kind::from_folder_name(parts.next()?)?;
        let mut index = 0u64;
        let mut width = WIDTH;
        loop {
            let part = parts.next()?;
            let (digits, last) = match (part.strip_prefix('x'), part.strip_suffix(".p")) {
                (Some(digits), _) => (digits, false),
                (None, Some(digits)) => {
                    width = parts.next()?.parse().ok().filter(|width| *width < WIDTH)?;
                    (digits, true)
                }
                (None, None) => (part, true),
            };
            index = index.checked_mul(1000)?.checked_add(u64::from(group(digits)?))?;
            if last {
                break;
            }
        }
        let tile = Self::new(kind, index, width)?;
        // Whatever else the pieces allow (`x000/001`, `+5`, `007`), writing it back shows.
        (parts.next().is_none() && tile.to_string() == path).then_some(tile)
    }
}

/// Three digits.
fn group(digits: &str) -> Option<u16> {
    (digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The path relative to the log, with `/` between its parts.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.kind.folder())?;
        let mut divisor = 1u64;
        while self.index / divisor >= 1000 {
            divisor *= 1000;
        }
        while divisor > 1 {
            write!(f, "x{:03}/", self.index / divisor % 1000)?;
            divisor /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

/// Index of the tile in which a row goes on growing: the partial one, or the one after the last full one.
pub fn edge_index(kind: Kind, size: u64) -> u64 {
    kind.items(size) / u64::from(WIDTH)
}

/// Every tile of a tree of `size` entries, row by row: full ones, then the partial one.
pub fn tiles_of(size: u64) -> impl Iterator<Item = Tile> {
    Kind::all().flat_map(move |kind| (0..=edge_index(kind, size)).filter_map(move |i| Tile::in_tree(kind, i, size)))
}
