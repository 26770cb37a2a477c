//! Where on the flash the journal lies, and in what pages (spec §13.1).

use core::num::NonZeroU32;

use embedded_storage::nor_flash::NorFlash;
use thiserror::Error;

/// Least bytes of a page.
pub const PAGE_MIN: u32 = 2_048;
/// A page is smaller than this: offsets in it fit in 24 bits.
pub const PAGE_LIMIT: u32 = 1 << 24;
/// Least number of pages: one that is written, one before it, one to go on in.
pub const PAGES_MIN: u32 = 3;
/// Largest word that is supported, in bytes.
pub(crate) const WORD_MAX: usize = 32;

/// Why a journal can't lie there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GeometryError {
    /// `WRITE_SIZE` is not 1 to 32, or `READ_SIZE` or `ERASE_SIZE` does not go with it.
    #[error(
        "the flash's sizes don't go together: words of 1 to 32 bytes, read in parts of a word, erased in whole words"
    )]
    Sizes,
    /// Start or page size is not a whole number of erase blocks.
    #[error("the journal must start at an erase block, and its pages must be whole erase blocks")]
    Alignment,
    /// The page is smaller than 2,048 bytes or not below 16 MiB.
    #[error("a page has at least 2048 bytes and less than 16 MiB")]
    PageSize,
    /// Fewer than three pages.
    #[error("a journal needs at least three pages")]
    Pages,
    /// It does not end within the flash.
    #[error("the journal does not fit into the flash")]
    Capacity,
}

/// Start, page size and number of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    start: u32,
    page_size: u32,
    pages: NonZeroU32,
}

impl Geometry {
    /// Checks that a journal can lie at `start` in this flash.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn new<F: NorFlash>(flash: &F, start: u32, page_size: u32, pages: u32) -> Result<Self, GeometryError> {
        let (word, block) = (F::WRITE_SIZE, F::ERASE_SIZE);
        if !(1..=WORD_MAX).contains(&word) || F::READ_SIZE == 0 || word % F::READ_SIZE != 0 || block % word != 0 {
            return Err(GeometryError::Sizes);
        }
        let block = u32::try_from(block).ok().filter(|block| *block != 0).ok_or(GeometryError::Sizes)?;
        if !start.is_multiple_of(block) || !page_size.is_multiple_of(block) {
            return Err(GeometryError::Alignment);
        }
        if !(PAGE_MIN..PAGE_LIMIT).contains(&page_size) {
            return Err(GeometryError::PageSize);
        }
        let pages = NonZeroU32::new(pages).filter(|pages| pages.get() >= PAGES_MIN).ok_or(GeometryError::Pages)?;
        let end = page_size.checked_mul(pages.get()).and_then(|length| length.checked_add(start));
        let end = end.and_then(|end| usize::try_from(end).ok()).ok_or(GeometryError::Capacity)?;
        if end > flash.capacity() { Err(GeometryError::Capacity) } else { Ok(Self { start, page_size, pages }) }
    }

    /// Bytes of a page.
    pub const fn page_size(&self) -> u32 {
        self.page_size
    }

    /// Number of pages.
    pub const fn pages(&self) -> u32 {
        self.pages.get()
    }

    /// The slot of a page.
    pub(crate) fn slot(&self, page: u32) -> u32 {
        page % self.pages
    }

    /// Address of an offset in the slot of a page.
    pub(crate) fn address(&self, page: u32, offset: u32) -> u32 {
        // Nothing overflows: the end of the last slot is within the flash.
        self.start.wrapping_add(self.slot(page).wrapping_mul(self.page_size)).wrapping_add(offset)
    }
}
