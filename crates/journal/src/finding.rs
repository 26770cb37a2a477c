//! What mounting found besides whole records.

use core::fmt;

/// Something about the medium that is worth saying. Offsets are bytes from the start of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Power was cut while something was recorded here; the journal went on after it.
    Torn {
        /// The page.
        page: u32,
        /// Start of the stretch.
        from: u32,
        /// Its end.
        to: u32,
    },
    /// As [`Torn`](Self::Torn), at the journal's end: what was begun last was never committed.
    TornTail {
        /// The page.
        page: u32,
        /// Start of the stretch.
        from: u32,
        /// Where the journal goes on.
        to: u32,
    },
    /// A record that counts, though not all bits of its commit word are programmed.
    WeakCommit {
        /// The page.
        page: u32,
        /// Start of the record.
        at: u32,
    },
    /// Power was cut while this page was erased or opened; it is erased again before it is used.
    Unopened {
        /// The page.
        page: u32,
    },
    /// The oldest page was about to be given up, with every right to, and is no longer whole.
    GivenUp {
        /// The page.
        page: u32,
    },
    /// Damage: a page's header, or one bit in a record's header, is not as it was written.
    BadHeader {
        /// The page.
        page: u32,
        /// Start of the header.
        at: u32,
    },
    /// Damage: a record was committed, and its payload is not as it was written.
    BadRecord {
        /// The page.
        page: u32,
        /// Start of the record.
        at: u32,
        /// The entry that it held, if it is certain which.
        index: Option<u64>,
    },
    /// Damage: a good record, but before it at least one can no longer be read. The rest of the page is not looked at.
    RecordLost {
        /// The page.
        page: u32,
        /// Where the lost record starts.
        from: u32,
        /// Where the good one starts.
        at: u32,
    },
    /// Damage: a record that can't stand where it stands, or of a kind that does not exist.
    OutOfPlace {
        /// The page.
        page: u32,
        /// Start of the record.
        at: u32,
    },
    /// Damage: an entry does not link to the one before, or a page to the pages before.
    ChainBroken {
        /// The page.
        page: u32,
        /// Start of the record.
        at: u32,
        /// The first entry that does not link.
        index: u64,
    },
    /// Damage: a page is open that is not among those around the newest; what lay between is gone.
    PageLost {
        /// The page that stands alone.
        page: u32,
    },
    /// Damage: the first entries are gone, and nobody acknowledged that he has them.
    EntriesLost {
        /// The index of the first that is there.
        below: u64,
    },
}

impl Finding {
    /// Not the work of a power cut: the journal is evidence now, and takes nothing more.
    pub const fn is_damage(&self) -> bool {
        !matches!(
            self,
            Self::Torn { .. }
                | Self::TornTail { .. }
                | Self::WeakCommit { .. }
                | Self::Unopened { .. }
                | Self::GivenUp { .. }
        )
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Torn { page, from, to } => write!(f, "page {page}: a cut left bytes {from} to {to} torn"),
            Self::TornTail { page, from, to } => write!(f, "page {page}: torn at its end, bytes {from} to {to}"),
            Self::WeakCommit { page, at } => write!(f, "page {page}, byte {at}: commit word not fully programmed"),
            Self::Unopened { page } => write!(f, "page {page} was not opened completely"),
            Self::GivenUp { page } => write!(f, "page {page} was about to be given up"),
            Self::BadHeader { page, at } => write!(f, "page {page}, byte {at}: header damaged"),
            Self::BadRecord { page, at, index: Some(index) } => {
                write!(f, "page {page}, byte {at}: record of entry {index} damaged")
            }
            Self::BadRecord { page, at, index: None } => write!(f, "page {page}, byte {at}: record damaged"),
            Self::RecordLost { page, from, at } => {
                write!(f, "page {page}: a record at byte {from} is lost, the next is at {at}")
            }
            Self::OutOfPlace { page, at } => write!(f, "page {page}, byte {at}: a record that can't stand there"),
            Self::ChainBroken { page, at, index } => {
                write!(f, "page {page}, byte {at}: entry {index} does not link to what was before")
            }
            Self::PageLost { page } => write!(f, "page {page} stands alone: pages beside it are lost"),
            Self::EntriesLost { below } => write!(f, "the entries below {below} are lost and were not acknowledged"),
        }
    }
}
