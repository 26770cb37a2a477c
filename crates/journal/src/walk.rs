//! From one committed record of a page to the next (spec §13.2).

use embedded_storage::nor_flash::{ErrorType, NorFlash};

use crate::geometry::WORD_MAX;
use crate::media::{Media, Place, to_usize};
use crate::record::{HEADER, Header, HeaderRead, is_erased};

/// How many places after one where a header is due are tried with a bit inverted: a few torn headers, word by word.
const MENDS: u32 = 96;

/// A committed record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Where its header starts.
    pub(crate) at: u32,
    pub(crate) header: Header,
    pub(crate) payload: Place,
    /// Where the next record is due.
    pub(crate) end: u32,
    /// The header was read with one bit inverted.
    pub(crate) mended: bool,
    /// The commit word is not all zeros.
    pub(crate) weak: bool,
}

/// What follows a committed record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Record(Found),
    /// A good header whose distance from the last record is not the one that it states.
    Lost {
        at: u32,
    },
    /// No more records. Writing can go on at `resume`; between lies a torn stretch, if `torn`.
    Tail {
        resume: u32,
        torn: bool,
    },
}

impl<F: NorFlash> Media<F> {
    /// Bytes of a record on the medium.
    pub(crate) fn extent(length: u32) -> u32 {
        Self::pad(HEADER).saturating_add(Self::pad(length)).saturating_add(Self::word())
    }

    /// The next committed record after the one that ends at `from`.
    pub(crate) fn step(&mut self, page: u32, from: u32) -> Result<Step, <F as ErrorType>::Error> {
        let mut at = from;
        // Headers are looked for with one bit inverted where one can be expected: mending is dear.
        let mut mends = MENDS;
        let mut unsettled = from;
        while at.saturating_add(Self::extent(0)) <= self.page_size() {
            let read = self.header(page, at, mends > 0)?;
            match read {
                HeaderRead::Erased => match self.programmed(page, at)? {
                    None => return Ok(Step::Tail { resume: at.max(unsettled), torn: at != from }),
                    Some((first, _)) => {
                        at = Self::floor(first);
                        mends = MENDS;
                    }
                },
                HeaderRead::Whole(header) | HeaderRead::Mended(header) if self.fits(at, &header) => {
                    if header.gap != at - from {
                        return Ok(Step::Lost { at });
                    }
                    let payload = Place { page, offset: at.saturating_add(Self::pad(HEADER)), length: header.length };
                    let end = at.saturating_add(Self::extent(header.length));
                    let mut commit = [0; WORD_MAX];
                    let commit = commit.get_mut(..to_usize(Self::word())).unwrap_or_default();
                    self.read(page, end.saturating_sub(Self::word()), commit)?;
                    if !is_erased(commit) {
                        let weak = commit.iter().any(|byte| *byte != 0);
                        let mended = read == HeaderRead::Mended(header);
                        return Ok(Step::Record(Found { at, header, payload, end, mended, weak }));
                    }
                    at = end;
                    mends = MENDS;
                }
                _ => {
                    // Part of a torn header may be erased still: what is written there would complete it.
                    unsettled = at.saturating_add(Self::pad(HEADER));
                    at = at.saturating_add(Self::word());
                    mends = mends.saturating_sub(1);
                }
            }
        }
        // What is left is too short for a record.
        Ok(match self.programmed(page, at)? {
            None => Step::Tail { resume: at, torn: at != from },
            Some(_) => Step::Tail { resume: self.page_size(), torn: true },
        })
    }

    fn header(&mut self, page: u32, at: u32, mend: bool) -> Result<HeaderRead, <F as ErrorType>::Error> {
        let mut buffer = [0; WORD_MAX];
        let words = buffer.get_mut(..to_usize(Self::pad(HEADER))).unwrap_or_default();
        self.read(page, at, words)?;
        Ok(Header::read(words, mend))
    }

    fn fits(&self, at: u32, header: &Header) -> bool {
        at.saturating_add(Self::extent(header.length)) <= self.page_size()
    }
}
