//! Mounting: one pass forward, nothing written, nothing erased (spec §13.4).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::digest::{Hash, LeafHasher};
use ikrar_core::entry::HEADER_LENGTH;
use thiserror::Error;

use crate::base::{OpenPage, SlotStart};
use crate::finding::Finding;
use crate::geometry::Geometry;
use crate::journal::{Journal, Mark, Pending, State, TreeHead, WhenFull};
use crate::media::{Media, Place};
use crate::record::Kind;
use crate::walk::{Found, Step};

/// Why there is no journal to work with.
#[derive(Debug, Error)]
pub enum MountError<E> {
    /// The flash failed.
    #[error("the flash failed: {0:?}")]
    Flash(E),
    /// No page is open: the flash was never formatted.
    #[error("there is no journal on this flash: format it")]
    Unformatted,
    /// A journal with words, pages or a page size other than the given ones.
    #[error("the journal on this flash has other pages or words than this program was built for")]
    OtherGeometry,
}

/// A flash that no journal was mounted from, given back.
pub struct NotMounted<F: ErrorType> {
    /// The flash, as it was.
    pub flash: F,
    /// Why.
    pub error: MountError<<F as ErrorType>::Error>,
}

impl<F: ErrorType> core::fmt::Debug for NotMounted<F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.error.fmt(f)
    }
}

impl<F: NorFlash> Journal<F> {
    /// Reads a journal, whatever state the flash is in, and reports what is not a whole record, in the order in which
    /// it lies. A journal with [damage](Self::damage) can be read, not written.
    ///
    /// # Errors
    /// [`NotMounted`].
    pub fn mount(
        flash: F,
        geometry: Geometry,
        when_full: WhenFull,
        mut report: impl FnMut(Finding),
    ) -> Result<Self, NotMounted<F>> {
        let mut journal = Self::unread(flash, geometry, when_full);
        match journal.read_all(&mut report) {
            Ok(()) => Ok(journal),
            Err(error) => Err(NotMounted { flash: journal.media.flash, error }),
        }
    }

    /// Is there a journal on the flash? Then it can be mounted, unless the flash fails.
    ///
    /// # Errors
    /// [`MountError`], never [`MountError::Unformatted`].
    pub fn is_formatted(&mut self) -> Result<bool, MountError<<F as ErrorType>::Error>> {
        match self.media.open_pages() {
            Ok(_) => Ok(true),
            Err(MountError::Unformatted) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// [Mounts](Self::mount) in place, for a journal is large: whatever was known before is forgotten.
    ///
    /// # Errors
    /// [`MountError`]; the journal is [unread](Self::unread) then.
    #[inline(never)]
    pub fn read_all(&mut self, report: &mut dyn FnMut(Finding)) -> Result<(), MountError<<F as ErrorType>::Error>> {
        self.forget();
        (self.state.oldest, self.state.newest) = self.media.open_pages()?;
        let sure = self.state.oldest == 0;
        let mut pass = Pass { journal: self, report, sure, missing: 0, missing_leaf: Hash::ZERO, withheld: None };
        pass.run().map_err(MountError::Flash)?;
        self.stopped = false;
        Ok(())
    }
}

impl<F: NorFlash> Media<F> {
    /// The oldest and the newest of the open pages that join the newest one.
    fn open_pages(&mut self) -> Result<(u32, u32), MountError<<F as ErrorType>::Error>> {
        let mut newest = None;
        for slot in 0..self.geometry.pages() {
            match self.slot_start(slot).map_err(MountError::Flash)? {
                SlotStart::Open(page) => newest = newest.max(Some(page.number)),
                SlotStart::Closed { .. } => {}
                SlotStart::OtherGeometry => return Err(MountError::OtherGeometry),
            }
        }
        let newest = newest.ok_or(MountError::Unformatted)?;
        let mut oldest = newest;
        while let Some(before) = oldest.checked_sub(1)
            && newest - before < self.geometry.pages()
            && self.open_page(before).map_err(MountError::Flash)?.is_some()
        {
            oldest = before;
        }
        Ok((oldest, newest))
    }

    /// The page of this number, if it is open.
    pub(crate) fn open_page(&mut self, number: u32) -> Result<Option<OpenPage>, <F as ErrorType>::Error> {
        Ok(match self.slot_start(number)? {
            SlotStart::Open(page) if page.number == number => Some(page),
            _ => None,
        })
    }
}

/// The pass: a journal under construction, and what is certain so far.
struct Pass<'j, F> {
    journal: &'j mut Journal<F>,
    report: &'j mut dyn FnMut(Finding),
    /// The number of the entry that comes next is certain.
    sure: bool,
    /// Bad entries since the last good one.
    missing: u32,
    /// The leaf hash that the last bad entry has now.
    missing_leaf: Hash,
    /// First damage in an oldest page that may have been about to be given up.
    withheld: Option<Finding>,
}

impl<F: NorFlash> Pass<'_, F> {
    fn run(&mut self) -> Result<(), <F as ErrorType>::Error> {
        let State { oldest, newest, .. } = self.journal.state;
        for number in oldest..=newest {
            if let Some(page) = self.journal.media.open_page(number)? {
                self.page(&page)?;
            }
        }
        if self.missing == 1 && self.sure {
            self.push(self.missing_leaf);
        }
        self.other_slots()?;
        self.beginning()
    }

    fn found(&mut self, page: u32, finding: Finding) {
        let State { oldest, newest, .. } = self.journal.state;
        let full = newest - oldest + 1 >= self.journal.media.geometry.pages();
        if finding.is_damage() && page == oldest && full {
            self.withheld.get_or_insert(finding);
        } else {
            self.say(finding);
        }
    }

    fn say(&mut self, finding: Finding) {
        if finding.is_damage() {
            self.journal.damage.get_or_insert(finding);
        }
        (self.report)(finding);
    }

    fn page(&mut self, open: &OpenPage) -> Result<(), <F as ErrorType>::Error> {
        let page = open.number;
        let last = page == self.journal.state.newest;
        if !open.sound {
            self.found(page, Finding::BadHeader { page, at: 0 });
        }
        self.remarks(&open.base);
        self.base(page, &open.base)?;
        let mut end = open.base.end;
        loop {
            match self.journal.media.step(page, end)? {
                Step::Record(found) => {
                    if found.at > end {
                        self.found(page, Finding::Torn { page, from: end, to: found.at });
                    }
                    self.remarks(&found);
                    self.record(&found)?;
                    end = found.end;
                }
                Step::Lost { at } => {
                    self.found(page, Finding::RecordLost { page, from: end, at });
                    self.sure = false;
                    return Ok(());
                }
                Step::Tail { resume, torn } => {
                    let to = resume;
                    match (torn, last) {
                        (false, _) => {}
                        (true, false) => self.found(page, Finding::Torn { page, from: end, to }),
                        (true, true) => self.found(page, Finding::TornTail { page, from: end, to }),
                    }
                    (self.journal.state.end, self.journal.state.resume) = (end, resume);
                    return Ok(());
                }
            }
        }
    }

    fn remarks(&mut self, found: &Found) {
        let (page, at) = (found.payload.page, found.at);
        if found.mended {
            self.found(page, Finding::BadHeader { page, at });
        }
        if found.weak {
            self.found(page, Finding::WeakCommit { page, at });
        }
    }

    fn base(&mut self, page: u32, found: &Found) -> Result<(), <F as ErrorType>::Error> {
        let at = found.at;
        let first = page == self.journal.state.oldest;
        let Some(base) = self.journal.media.base(found.payload, found.header.payload_crc)? else {
            self.found(page, Finding::BadRecord { page, at, index: None });
            return Ok(());
        };
        let before = &self.journal.chain;
        let joins = before.size() == base.chain.size()
            && before.head() == base.chain.head()
            && before.tree().hashes() == base.chain.tree().hashes();
        if base.page != page {
            self.found(page, Finding::OutOfPlace { page, at });
        } else if !joins && self.sure && self.missing == 0 {
            let index = self.journal.chain.size();
            // The base checks, so the fault lies before it.
            self.found(page.saturating_sub(1), Finding::ChainBroken { page, at, index });
        }
        if self.withheld.is_some() {
            self.journal.state.pending = None;
        }
        if first {
            self.journal.state.first = base.chain.size();
        }
        self.journal.chain = base.chain;
        self.sure = true;
        self.missing = 0;
        Ok(())
    }

    fn record(&mut self, found: &Found) -> Result<(), <F as ErrorType>::Error> {
        let (page, at, place) = (found.payload.page, found.at, found.payload);
        let kind = Kind::from_number(found.header.kind);
        let good = self.journal.media.crc(place)? == found.header.payload_crc;
        if !good {
            let entry = matches!(kind, Some(Kind::Entry | Kind::Body | Kind::Signature)) && self.sure;
            let index = entry.then(|| self.journal.chain.size().saturating_add(u64::from(self.missing)));
            self.found(page, Finding::BadRecord { page, at, index });
        }
        let pending = self.journal.state.pending;
        let mark = Mark::from_number(found.header.mark);
        let fits = match (kind, pending) {
            (Some(Kind::Entry), None) => {
                let leaf = self.journal.media.leaf(&[place])?;
                self.entry(place, at, leaf, good)?;
                mark.is_some() && place.length >= HEADER
            }
            (Some(Kind::Body), before) => {
                let next = Pending { place, crc: found.header.payload_crc, good };
                self.journal.state.pending = Some(next);
                let again = before.is_none_or(|before| {
                    before.place.page < page && before.place.length == place.length && before.crc == next.crc
                });
                again && place.length >= HEADER
            }
            (Some(Kind::Signature), Some(body)) => {
                self.journal.state.pending = None;
                let leaf = self.journal.media.leaf(&[body.place, place])?;
                self.entry(body.place, at, leaf, good && body.good)?;
                mark.is_some() && place.length == 64 && body.place.page == page
            }
            (Some(Kind::Checkpoint), None) => {
                self.journal.state.checkpoint = Some(self.journal.media.tree_head(place)?);
                place.length == TREE_HEAD
            }
            (Some(Kind::Acknowledgement), None) => {
                let head = self.journal.media.tree_head(place)?;
                // It is of the last checkpoint, whose own record may have been given up since.
                self.journal.state.checkpoint = Some(head);
                self.journal.state.acknowledged = Some((head, page));
                place.length == TREE_HEAD
            }
            (Some(Kind::Table), None) => {
                self.journal.state.table = Some(place);
                true
            }
            _ => false,
        };
        if good && !fits {
            self.found(page, Finding::OutOfPlace { page, at });
        }
        Ok(())
    }

    /// An entry takes its place. Where one before it is bad, this one's `prev` tells what that one's leaf hash was.
    fn entry(&mut self, place: Place, at: u32, leaf: Hash, good: bool) -> Result<(), <F as ErrorType>::Error> {
        if !good {
            self.missing = self.missing.saturating_add(1);
            self.missing_leaf = leaf;
            return Ok(());
        }
        let mut header = [0; HEADER_LENGTH];
        self.journal.media.copy(place, &mut header)?;
        let [_, _, prev @ ..] = header;
        let prev = prev.first_chunk::<32>().copied().map_or(Hash::ZERO, Hash);
        match self.missing {
            0 => {}
            1 if self.sure => self.push(prev),
            _ => self.sure = false,
        }
        self.missing = 0;
        if self.sure {
            if prev != self.journal.chain.head() {
                let (page, index) = (place.page, self.journal.chain.size());
                self.found(page, Finding::ChainBroken { page, at, index });
            }
            self.push(leaf);
        }
        Ok(())
    }

    fn push(&mut self, leaf: Hash) {
        // A tree of 2⁶⁴ − 1 leaves has no room; no flash holds one.
        if self.journal.chain.push_leaf(leaf).is_err() {
            self.sure = false;
        }
    }

    /// Slots whose page is not among those that join the newest.
    fn other_slots(&mut self) -> Result<(), <F as ErrorType>::Error> {
        let State { oldest, newest, .. } = self.journal.state;
        let pages = self.journal.media.geometry.pages();
        for ahead in 1..=pages.saturating_sub(newest - oldest + 1) {
            let page = newest.saturating_add(ahead);
            match self.journal.media.slot_start(page)? {
                SlotStart::Closed { erased: true } => {}
                SlotStart::Open(open) => self.say(Finding::PageLost { page: open.number }),
                _ => self.say(Finding::Unopened { page }),
            }
        }
        Ok(())
    }

    /// Is the first page the first, or are those before it gone by right?
    fn beginning(&mut self) -> Result<(), <F as ErrorType>::Error> {
        let state = &self.journal.state;
        let below = state.first;
        let by_right = self.journal.when_full == WhenFull::GiveUpOldest
            && state.acknowledged.is_some_and(|(head, _)| head.size >= below);
        if state.oldest > 0 && !by_right {
            self.say(Finding::EntriesLost { below });
        }
        if let Some(withheld) = self.withheld.take() {
            let page = self.journal.state.oldest;
            match self.journal.end_of(page)? {
                Some(first) if self.journal.can_give_up(page)? => {
                    self.journal.state.oldest = page.saturating_add(1);
                    self.journal.state.first = first;
                    self.say(Finding::GivenUp { page });
                }
                _ => self.say(withheld),
            }
        }
        Ok(())
    }
}

/// Bytes of the payload of a checkpoint or acknowledgement.
pub(crate) const TREE_HEAD: u32 = 40;
/// Bytes of an entry's header, as lengths on the medium are counted.
const HEADER: u32 = 42;

impl<F: NorFlash> Media<F> {
    /// Leaf hash of an entry that lies in these places.
    pub(crate) fn leaf(&mut self, places: &[Place]) -> Result<Hash, <F as ErrorType>::Error> {
        let mut hasher = LeafHasher::new();
        for place in places {
            self.read_parts(place.page, place.offset, place.length, |part| hasher.update(part))?;
        }
        Ok(hasher.finish())
    }

    fn tree_head(&mut self, place: Place) -> Result<TreeHead, <F as ErrorType>::Error> {
        let (mut size, mut root) = ([0; 8], [0; 32]);
        let mut bytes = [0; 40];
        self.copy(place, &mut bytes)?;
        let all = size.iter_mut().chain(root.iter_mut());
        all.zip(bytes).for_each(|(to, from)| *to = from);
        Ok(TreeHead { size: u64::from_be_bytes(size), root: Hash(root) })
    }
}
