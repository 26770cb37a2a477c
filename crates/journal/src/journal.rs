//! The journal: its state in memory, and what every writer of it needs (spec §13.5).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::digest::Hash;
use thiserror::Error;

use crate::base::Chain;
use crate::finding::Finding;
use crate::geometry::Geometry;
use crate::media::{Media, Place};

/// What to do when no page is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// Refuse.
    Refuse,
    /// Give up the oldest page, once a host has acknowledged a checkpoint that covers it.
    GiveUpOldest,
}

/// The device's verdict on an entry that it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It counts.
    Applied,
    /// Authentic, and changes nothing but its unit's chain.
    NoEffect,
    /// Authentic; the device does not keep what a verdict on the statement needs.
    NotCheckable,
    /// The device does not know the unit, its epoch or the numbers before: only hashed.
    Hashed,
}

impl Mark {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Applied => 0,
            Self::NoEffect => 1,
            Self::NotCheckable => 2,
            Self::Hashed => 3,
        }
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        [Self::Applied, Self::NoEffect, Self::NotCheckable, Self::Hashed]
            .into_iter()
            .find(|mark| mark.number() == number)
    }
}

/// Size and root hash of the journal's tree at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of entries.
    pub size: u64,
    /// Root hash of their tree.
    pub root: Hash,
}

/// Why the journal did not do what was asked. Nothing was recorded then, unless the flash failed.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum Error<E> {
    /// The flash failed. What it kept is unknown: mount again.
    #[error("the flash failed: {0:?}; mount the journal again")]
    Flash(E),
    /// The flash does not read what was just programmed. Mount again; the flash may be worn out.
    #[error("the flash did not keep what was written; mount the journal again")]
    NotKept,
    /// An earlier write failed.
    #[error("an earlier write failed; mount the journal again")]
    Stopped,
    /// Mounting found damage.
    #[error("the journal is damaged and only read from now on: {0}")]
    Damaged(Finding),
    /// There is no room, and nothing that may be given up.
    #[error("the journal is full: let a host export it and acknowledge a checkpoint, or start a new journal")]
    Full,
    /// Longer than any page has room for.
    #[error("too long for this journal: a record has at most {max} bytes here")]
    TooLong {
        /// Most bytes.
        max: u32,
    },
    /// A body awaits its signature; nothing else is recorded before.
    #[error("a statement awaits its signature: sign it first")]
    AwaitsSignature,
    /// No body awaits a signature.
    #[error("nothing awaits a signature")]
    NothingToSign,
    /// The acknowledged checkpoint is not the last one that was recorded.
    #[error("the acknowledged checkpoint is not the last one of this journal")]
    OtherCheckpoint,
    /// The entry is not, or no longer, in the journal, or damaged.
    #[error("entry {0} is not in the journal")]
    Absent(u64),
    /// The caller's buffer cannot hold it.
    #[error("the buffer is too small: {needed} bytes are needed")]
    BufferTooSmall {
        /// Bytes needed.
        needed: u32,
    },
    /// The signer failed.
    #[error("the signer failed")]
    Signer,
}

impl<E> From<E> for Error<E> {
    fn from(error: E) -> Self {
        Self::Flash(error)
    }
}

/// A body that awaits its signature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    pub(crate) place: Place,
    pub(crate) crc: u32,
    /// Its payload checks.
    pub(crate) good: bool,
}

/// Where things are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct State {
    pub(crate) oldest: u32,
    pub(crate) newest: u32,
    /// End of the last committed record in the newest page.
    pub(crate) end: u32,
    /// Where the next one goes.
    pub(crate) resume: u32,
    /// Index of the first entry that is there.
    pub(crate) first: u64,
    pub(crate) pending: Option<Pending>,
    pub(crate) checkpoint: Option<TreeHead>,
    /// With the page in which it was recorded.
    pub(crate) acknowledged: Option<(TreeHead, u32)>,
    pub(crate) table: Option<Place>,
}

/// A journal on NOR flash.
///
/// What it says it has taken is there after any power cut; what a cut interrupted is wholly there or not at all. It does
/// **not** notice that the whole flash was put back to an earlier state: only a host that kept a checkpoint does.
pub struct Journal<F> {
    pub(crate) media: Media<F>,
    pub(crate) when_full: WhenFull,
    pub(crate) state: State,
    pub(crate) chain: Chain,
    pub(crate) damage: Option<Finding>,
    /// Not read yet, or a write failed: what the flash holds is unknown until it is mounted.
    pub(crate) stopped: bool,
}

impl<F: NorFlash> Journal<F> {
    /// Erases the whole area and opens an empty journal.
    ///
    /// # Errors
    /// Where the flash fails.
    pub fn format(flash: F, geometry: Geometry, when_full: WhenFull) -> Result<Self, Error<<F as ErrorType>::Error>> {
        let mut journal = Self::unread(flash, geometry, when_full);
        journal.erase_all()?;
        Ok(journal)
    }

    /// A journal of which nothing is known yet: it takes nothing until it is [read](Self::read_all) or
    /// [made anew](Self::erase_all).
    pub fn unread(flash: F, geometry: Geometry, when_full: WhenFull) -> Self {
        let (state, chain) = (State::default(), Chain::default());
        Self { media: Media { flash, geometry }, when_full, state, chain, damage: None, stopped: true }
    }

    /// Erases the whole area and opens an empty journal in this one's place.
    ///
    /// # Errors
    /// Where the flash fails; it is [unread](Self::unread) then.
    #[inline(never)]
    pub fn erase_all(&mut self) -> Result<(), Error<<F as ErrorType>::Error>> {
        self.forget();
        for page in 0..self.media.geometry.pages() {
            self.media.erase(page)?;
        }
        self.open_page(0)?;
        self.stopped = false;
        Ok(())
    }

    pub(crate) fn forget(&mut self) {
        self.state = State::default();
        self.chain = Chain::default();
        self.damage = None;
        self.stopped = true;
    }

    /// The flash, where the journal itself does not lie.
    pub fn flash_mut(&mut self) -> &mut F {
        &mut self.media.flash
    }

    /// Chain and tree of all entries.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Size and root hash now.
    pub fn tree_head(&self) -> TreeHead {
        TreeHead { size: self.chain.size(), root: self.chain.root() }
    }

    /// Index of the first entry that was not given up.
    pub fn first(&self) -> u64 {
        self.state.first
    }

    /// The first damage that mounting found. Such a journal is read only.
    pub fn damage(&self) -> Option<Finding> {
        self.damage
    }

    /// The checkpoint recorded last: the one that may be signed and acknowledged.
    pub fn checkpoint(&self) -> Option<TreeHead> {
        self.state.checkpoint
    }

    /// The checkpoint that a host acknowledged last.
    pub fn acknowledged(&self) -> Option<TreeHead> {
        self.state.acknowledged.map(|(head, _)| head)
    }

    /// The journal's place on the flash.
    pub fn geometry(&self) -> Geometry {
        self.media.geometry
    }

    /// Gives the flash back.
    pub fn into_flash(self) -> F {
        self.media.flash
    }

    /// May this page be given up now? Then may all before it.
    pub(crate) fn can_give_up(&mut self, page: u32) -> Result<bool, <F as ErrorType>::Error> {
        Ok(self.state.table.is_none_or(|table| table.page > page) && self.is_acknowledged(page)?)
    }

    /// Does only the table keep one of the pages that would be given up next?
    pub(crate) fn table_keeps_page(&mut self) -> Result<bool, <F as ErrorType>::Error> {
        let next = self.state.oldest..=self.state.oldest.saturating_add(1);
        match self.state.table {
            Some(table) if next.contains(&table.page) => self.is_acknowledged(table.page),
            _ => Ok(false),
        }
    }

    fn is_acknowledged(&mut self, page: u32) -> Result<bool, <F as ErrorType>::Error> {
        let Some(end) = self.end_of(page)? else { return Ok(false) };
        Ok(self.when_full == WhenFull::GiveUpOldest
            && self.state.acknowledged.is_some_and(|(head, at)| head.size >= end && at > page))
    }

    /// Number of entries up to the end of a page: what the base after it says.
    pub(crate) fn end_of(&mut self, page: u32) -> Result<Option<u64>, <F as ErrorType>::Error> {
        let Some(next) = self.media.open_page(page.saturating_add(1))? else { return Ok(None) };
        let base = self.media.base(next.base.payload, next.base.header.payload_crc)?;
        Ok(base.map(|base| base.chain.size()))
    }
}
