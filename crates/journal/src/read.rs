//! Reading entries back, one at a time, into the caller's buffer.

use embedded_storage::nor_flash::{ErrorType, NorFlash};

use crate::base::Chain;
use crate::journal::{Error, Journal, Mark};
use crate::media::{Place, to_usize};
use crate::record::Kind;
use crate::walk::{Found, Step};

type Result<T, F> = core::result::Result<T, Error<<F as ErrorType>::Error>>;

/// A place between two entries.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    page: u32,
    /// Where the next record of the page is due; 0 before the page's base was read.
    end: u32,
    index: u64,
    body: Option<(Place, u32)>,
}

impl Cursor {
    /// The index of the entry that comes next.
    pub fn index(&self) -> u64 {
        self.index
    }
}

/// An entry as it was recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded<'b> {
    /// Its index.
    pub index: u64,
    /// The verdict under which it was taken.
    pub mark: Mark,
    /// Its bytes.
    pub entry: &'b [u8],
}

/// The parts of an entry, and what they must check to.
struct Parts {
    mark: Option<Mark>,
    places: [(Place, u32); 2],
}

impl<F: NorFlash> Journal<F> {
    /// Chain and tree of the entries before the first that is there: what an auditor needs to go on from it.
    ///
    /// # Errors
    /// [`Error::Absent`] where the record of it is damaged.
    pub fn base(&mut self) -> Result<Chain, F> {
        let page = self.state.oldest;
        let open = self.media.open_page(page)?.ok_or(Error::Absent(self.first()))?;
        let base = self.media.base(open.base.payload, open.base.header.payload_crc)?;
        Ok(base.ok_or(Error::Absent(self.first()))?.chain)
    }

    /// A cursor before the entry of this index, or before the first that is there.
    ///
    /// # Errors
    /// Where the flash fails.
    pub fn cursor(&mut self, index: u64) -> Result<Cursor, F> {
        let mut page = self.state.oldest;
        while page < self.state.newest && self.end_of(page)?.is_some_and(|end| end <= index) {
            page = page.saturating_add(1);
        }
        let mut cursor = Cursor { page, end: 0, index: self.first(), body: None };
        self.enter(&mut cursor)?;
        while cursor.index < index && self.advance(&mut cursor)?.is_some() {}
        Ok(cursor)
    }

    /// Copies the next entry into `buffer` and steps over it; none at the end.
    ///
    /// # Errors
    /// [`Error::Absent`] for an entry that is damaged: the cursor has stepped over what can't be read.
    /// [`Error::BufferTooSmall`]: the cursor has stepped over it too.
    pub fn next<'b>(&mut self, cursor: &mut Cursor, buffer: &'b mut [u8]) -> Result<Option<Recorded<'b>>, F> {
        let index = cursor.index;
        let Some(parts) = self.advance(cursor)? else { return Ok(None) };
        let [(first, _), (second, _)] = parts.places;
        let needed = first.length.saturating_add(second.length);
        let entry = buffer.get_mut(..to_usize(needed)).ok_or(Error::BufferTooSmall { needed })?;
        let mut rest = &mut *entry;
        for (place, crc) in parts.places {
            let (here, after) = rest.split_at_mut_checked(to_usize(place.length)).ok_or(Error::Absent(index))?;
            self.media.copy(place, here)?;
            if place.length > 0 && self.media.crc(place)? != crc {
                return Err(Error::Absent(index));
            }
            rest = after;
        }
        let mark = parts.mark.ok_or(Error::Absent(index))?;
        Ok(Some(Recorded { index, mark, entry }))
    }

    /// Copies the body that awaits its signature into `buffer`, as the entry that it will be, without the signature.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`].
    pub fn awaiting<'b>(&mut self, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, F> {
        let Some(pending) = self.state.pending else { return Ok(None) };
        let needed = pending.place.length;
        let body = buffer.get_mut(..to_usize(needed)).ok_or(Error::BufferTooSmall { needed })?;
        self.media.copy(pending.place, body)?;
        Ok(Some(body))
    }

    /// Steps to the end of the next entry.
    fn advance(&mut self, cursor: &mut Cursor) -> Result<Option<Parts>, F> {
        loop {
            let step = match cursor.end {
                0 => None,
                end => Some(self.media.step(cursor.page, end)?),
            };
            match step {
                Some(Step::Record(found)) => {
                    cursor.end = found.end;
                    if let Some(parts) = cursor.record(&found) {
                        cursor.index = cursor.index.saturating_add(1);
                        return Ok(Some(parts));
                    }
                }
                Some(Step::Lost { .. } | Step::Tail { .. }) | None => {
                    if cursor.page >= self.state.newest {
                        return Ok(None);
                    }
                    cursor.page = cursor.page.saturating_add(1);
                    let index = cursor.index;
                    self.enter(cursor)?;
                    if cursor.index > index {
                        return Err(Error::Absent(index));
                    }
                }
            }
        }
    }

    /// Reads the base of the cursor's page.
    fn enter(&mut self, cursor: &mut Cursor) -> Result<(), F> {
        cursor.end = 0;
        cursor.body = None;
        if let Some(open) = self.media.open_page(cursor.page)? {
            cursor.end = open.base.end;
            if let Some(base) = self.media.base(open.base.payload, open.base.header.payload_crc)? {
                cursor.index = base.chain.size();
            }
        }
        Ok(())
    }
}

impl Cursor {
    /// The parts of an entry, where this record is the last of one.
    fn record(&mut self, found: &Found) -> Option<Parts> {
        let part = (found.payload, found.header.payload_crc);
        let mark = Mark::from_number(found.header.mark);
        match Kind::from_number(found.header.kind)? {
            Kind::Entry => {
                let none = (Place { length: 0, ..found.payload }, 0);
                Some(Parts { mark, places: [part, none] })
            }
            Kind::Body => {
                self.body = Some(part);
                None
            }
            Kind::Signature => self.body.take().map(|body| Parts { mark, places: [body, part] }),
            Kind::Base | Kind::Checkpoint | Kind::Acknowledgement | Kind::Table => None,
        }
    }
}
