//! How pages begin: a header, and what all entries before come to (spec §13.1, §13.3).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::chain;
use ikrar_core::digest::Hash;
use ikrar_core::merkle::CompactRange;

use crate::media::{Media, Place, to_u32, to_usize};
use crate::record::{Kind, PAGE_HEADER, PAGE_HEADER_MAX, PageHeader};
use crate::walk::{Found, Step};

/// Bytes of a base before the hashes.
const FIXED: usize = 44;
/// Most hashes of a compact range: a journal ends at a million entries, or a little above.
const HASHES: usize = 20;

/// Chain and tree of a journal.
pub type Chain = chain::Chain<HASHES>;
/// Room that every page keeps for its base: enough for 2³² entries.
pub(crate) const BASE_ROOM: u32 = 44 + 32 * 32;

/// A page that was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenPage {
    pub(crate) number: u32,
    pub(crate) base: Found,
    pub(crate) sound: bool,
}

/// What is found at the start of a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SlotStart {
    Open(OpenPage),
    /// Not open; `erased` as far as its header reaches.
    Closed {
        erased: bool,
    },
    /// The header is of a journal with other words or pages.
    OtherGeometry,
}

/// A base's payload.
pub(crate) struct Base {
    pub(crate) page: u32,
    pub(crate) chain: Chain,
}

impl Base {
    /// Gives the payload to `sink`.
    pub(crate) fn write(page: u32, chain: &Chain, sink: &mut dyn FnMut(&[u8])) {
        sink(&page.to_be_bytes());
        sink(&chain.size().to_be_bytes());
        sink(chain.head().as_bytes());
        chain.tree().hashes().iter().for_each(|hash| sink(hash.as_bytes()));
    }

    fn parse(fixed: &[u8; FIXED], hashes: &[Hash]) -> Option<Self> {
        let (page, rest) = fixed.split_first_chunk::<4>()?;
        let (size, head) = rest.split_first_chunk::<8>()?;
        let head = Hash(*head.first_chunk::<32>()?);
        let tree = CompactRange::from_parts(u64::from_be_bytes(*size), hashes).ok()?;
        Some(Self { page: u32::from_be_bytes(*page), chain: Chain::from_parts(head, tree) })
    }
}

impl<F: NorFlash> Media<F> {
    /// Where the first record of a page lies.
    pub(crate) fn first_record() -> u32 {
        Self::pad(PAGE_HEADER)
    }

    /// Largest extent that a record can have.
    pub(crate) fn extent_max(&self) -> u32 {
        self.page_size().saturating_sub(Self::first_record()).saturating_sub(Self::extent(BASE_ROOM))
    }

    /// Reads the start of the slot in which this page lies or would lie.
    pub(crate) fn slot_start(&mut self, slot: u32) -> Result<SlotStart, <F as ErrorType>::Error> {
        let mut buffer = [0; PAGE_HEADER_MAX];
        let words = buffer.get_mut(..to_usize(Self::first_record())).unwrap_or_default();
        self.read(slot, 0, words)?;
        let erased = crate::record::is_erased(words);
        let header = PageHeader::decode(words);
        let mine = |header: PageHeader| header == self.page_header(header.page);
        if header.is_some_and(|header| !mine(header)) {
            return Ok(SlotStart::OtherGeometry);
        }
        let Step::Record(base) = self.step(slot, Self::first_record())? else {
            return Ok(SlotStart::Closed { erased });
        };
        if Kind::from_number(base.header.kind) != Some(Kind::Base) || base.header.gap != 0 {
            return Ok(SlotStart::Closed { erased });
        }
        let number = match header {
            Some(header) => Some(header.page),
            None => self.base(base.payload, base.header.payload_crc)?.map(|base| base.page),
        };
        let page = number.filter(|number| self.geometry.slot(*number) == self.geometry.slot(slot));
        let sound = header.is_some();
        Ok(page.map_or(SlotStart::Closed { erased }, |number| SlotStart::Open(OpenPage { number, base, sound })))
    }

    /// The header that a page has in this journal.
    pub(crate) fn page_header(&self, page: u32) -> PageHeader {
        PageHeader {
            word: u8::try_from(F::WRITE_SIZE).unwrap_or(0),
            page,
            page_size: self.page_size(),
            pages: self.geometry.pages(),
        }
    }

    /// Reads a base; none where it does not check.
    pub(crate) fn base(&mut self, place: Place, crc: u32) -> Result<Option<Base>, <F as ErrorType>::Error> {
        let hashes = to_usize(place.length).saturating_sub(FIXED) / 32;
        let whole = place.length == to_u32(FIXED + hashes.min(HASHES) * 32);
        if !whole || self.crc(place)? != crc {
            return Ok(None);
        }
        let mut fixed = [0; FIXED];
        let mut list = heapless::Vec::<Hash, HASHES>::new();
        let (mut filled, mut hash) = (0, [0; 32]);
        self.read_parts(place.page, place.offset, place.length, |part| {
            for byte in part {
                if let Some(to) = fixed.get_mut(filled) {
                    *to = *byte;
                } else {
                    let at = (filled - FIXED) % 32;
                    if let Some(to) = hash.get_mut(at) {
                        *to = *byte;
                    }
                    if at == 31 {
                        // There are at most as many as there is room for.
                        let _ = list.push(Hash(hash));
                    }
                }
                filled += 1;
            }
        })?;
        Ok(Base::parse(&fixed, &list))
    }
}
