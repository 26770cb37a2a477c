//! Writing: records, pages, what is taken and what is refused (spec §13.2, §13.5).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::entry::{Entry, HEADER_LENGTH, Payload};
use ikrar_core::field::Time;

use crate::base::Base;
use crate::crc::Crc;
use crate::geometry::WORD_MAX;
use crate::journal::{Error, Journal, Mark, Pending, TreeHead};
use crate::media::{ERASED, Media, Place, Writer, to_u32, to_usize};
use crate::record::{HEADER, Header, Kind, PAGE_HEADER_MAX};

type Result<T, F> = core::result::Result<T, Error<<F as ErrorType>::Error>>;

/// Bytes of a signature, as lengths on the medium are counted.
pub(crate) const SIGNATURE: u32 = 64;

/// Which pages a record may use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Leaves the next slot free.
    Ordinary,
    /// May take the last free slot.
    Last,
}

/// A payload: gives its bytes in parts, the same ones each time.
pub type Parts<'p> = &'p dyn Fn(&mut dyn FnMut(&[u8]));

impl<F: NorFlash> Journal<F> {
    /// Takes an entry: durable when this returns. Its index.
    ///
    /// # Errors
    /// [`Error`].
    pub fn append(&mut self, logged_at: Time, payload: Payload<'_>, mark: Mark) -> Result<u64, F> {
        self.ready()?;
        let (header, bytes) = self.entry_header(logged_at, payload)?;
        let length = to_u32(HEADER_LENGTH.saturating_add(bytes.len()));
        self.make_room(Media::<F>::extent(length), Use::Ordinary)?;
        let parts: Parts<'_> = &|sink| {
            sink(&header);
            sink(bytes);
        };
        let (place, _) = self.record(Kind::Entry, mark.number(), parts)?;
        self.take(&[place])
    }

    /// Records the body of an attestation that is about to be signed. Until [`complete`](Self::complete), also after a
    /// cut, nothing else is taken: sign what [`awaiting`](Self::awaiting) gives, and nothing else.
    ///
    /// # Errors
    /// [`Error`].
    #[inline(never)]
    pub fn begin(&mut self, logged_at: Time, body: &[u8]) -> Result<(), F> {
        self.ready()?;
        let (header, bytes) = self.entry_header(logged_at, Payload::Attestation(body))?;
        let length = to_u32(HEADER_LENGTH.saturating_add(bytes.len()));
        self.make_room(Media::<F>::extent(length).saturating_add(Media::<F>::extent(SIGNATURE)), Use::Ordinary)?;
        let parts: Parts<'_> = &|sink| {
            sink(&header);
            sink(bytes);
        };
        let (place, crc) = self.record(Kind::Body, 0, parts)?;
        self.state.pending = Some(Pending { place, crc, good: true });
        Ok(())
    }

    /// Completes the body that awaits its signature; from now on the signature may leave the device. The entry's index.
    ///
    /// # Errors
    /// [`Error`].
    #[inline(never)]
    pub fn complete(&mut self, signature: &[u8; 64], mark: Mark) -> Result<u64, F> {
        self.writable()?;
        let pending = self.state.pending.ok_or(Error::NothingToSign)?;
        let room = Media::<F>::extent(SIGNATURE);
        if pending.place.page != self.state.newest || !self.fits(room) {
            self.repeat_body(pending)?;
        }
        let body = self.state.pending.ok_or(Error::NothingToSign)?.place;
        let (place, _) = self.record(Kind::Signature, mark.number(), &|sink| sink(signature))?;
        self.state.pending = None;
        self.take(&[body, place])
    }

    /// Where a body has no room for its signature beside it, it is written again in the next page.
    fn repeat_body(&mut self, pending: Pending) -> Result<(), F> {
        let both = Media::<F>::extent(pending.place.length).saturating_add(Media::<F>::extent(SIGNATURE));
        if pending.place.page == self.state.newest || !self.fits(both) {
            let next = self.next_page(Use::Last)?;
            self.open_page(next)?;
        }
        let at = self.state.resume;
        let place =
            Place { page: self.state.newest, offset: at.saturating_add(Media::<F>::pad(HEADER)), ..pending.place };
        self.write_header(at, Kind::Body, 0, place, pending.crc)?;
        // Reading and writing take turns: the source lies on the same flash.
        let mut buffer = [ERASED; WORD_MAX];
        let (words, step) = (Media::<F>::pad(place.length), Media::<F>::word());
        let mut done = 0;
        while done < words {
            let word = buffer.get_mut(..to_usize(step)).unwrap_or_default();
            let from = pending.place.offset.saturating_add(done);
            self.guarded(|media| media.read(pending.place.page, from, word))?;
            self.guarded(|media| media.program(place.page, place.offset.saturating_add(done), word))?;
            done = done.saturating_add(step);
        }
        self.commit(place, pending.crc)?;
        self.state.pending = Some(Pending { place, ..pending });
        Ok(())
    }

    /// Is there room for an entry of this many bytes? Nothing changes.
    ///
    /// # Errors
    /// Those that [`append`](Self::append) or [`begin`](Self::begin) would give.
    pub fn check_room(&mut self, entry: usize) -> Result<(), F> {
        self.ready()?;
        let extent = Media::<F>::extent(to_u32(entry)).saturating_add(Media::<F>::extent(SIGNATURE));
        self.room(extent, Use::Ordinary).map(|_| ())
    }

    /// Records the journal's size and root, which may then be signed as a checkpoint.
    ///
    /// # Errors
    /// [`Error`].
    pub fn record_checkpoint(&mut self) -> Result<TreeHead, F> {
        self.ready()?;
        let head = self.tree_head();
        if self.state.checkpoint != Some(head) {
            self.record_tree_head(Kind::Checkpoint, head)?;
            self.state.checkpoint = Some(head);
        }
        Ok(head)
    }

    /// A host says that it holds the entries below `size` and the checkpoint of that size. Only after this may they be
    /// given up.
    ///
    /// # Errors
    /// [`Error::OtherCheckpoint`] unless it is the last checkpoint recorded.
    pub fn acknowledge(&mut self, head: TreeHead) -> Result<(), F> {
        self.ready()?;
        if self.state.checkpoint != Some(head) {
            return Err(Error::OtherCheckpoint);
        }
        let known = self.state.acknowledged.is_some_and(|(known, page)| known == head && page == self.state.newest);
        if !known {
            self.record_tree_head(Kind::Acknowledgement, head)?;
            self.state.acknowledged = Some((head, self.state.newest));
        }
        Ok(())
    }

    /// Records a table, in place of the one before. It is given in parts, twice the same.
    ///
    /// # Errors
    /// [`Error`].
    pub fn record_table(&mut self, parts: Parts<'_>) -> Result<(), F> {
        self.ready()?;
        let mut length = 0_u32;
        parts(&mut |part| length = length.saturating_add(to_u32(part.len())));
        self.make_room(Media::<F>::extent(length), Use::Last)?;
        self.state.table = Some(self.record(Kind::Table, 0, parts)?.0);
        Ok(())
    }

    fn record_tree_head(&mut self, kind: Kind, head: TreeHead) -> Result<(), F> {
        self.make_room(Media::<F>::extent(40), Use::Last)?;
        let parts: Parts<'_> = &|sink| {
            sink(&head.size.to_be_bytes());
            sink(head.root.as_bytes());
        };
        self.record(kind, 0, parts).map(|_| ())
    }

    fn writable(&self) -> Result<(), F> {
        match self.damage {
            Some(finding) => Err(Error::Damaged(finding)),
            None if self.stopped => Err(Error::Stopped),
            None => Ok(()),
        }
    }

    fn ready(&self) -> Result<(), F> {
        self.writable()?;
        if self.state.pending.is_some() { Err(Error::AwaitsSignature) } else { Ok(()) }
    }

    /// The header of the next entry, if it is an attestation.
    pub(crate) fn header(&self, logged_at: Time) -> Result<[u8; HEADER_LENGTH], F> {
        Ok(self.entry_header(logged_at, Payload::Attestation(&[]))?.0)
    }

    fn entry_header<'p>(&self, logged_at: Time, payload: Payload<'p>) -> Result<([u8; HEADER_LENGTH], &'p [u8]), F> {
        let (empty, bytes) = match payload {
            Payload::Attestation(bytes) => (Payload::Attestation(&[]), bytes),
            Payload::Anchor(bytes) => (Payload::Anchor(&[]), bytes),
        };
        let max = u32::from(u16::MAX);
        if to_u32(bytes.len()) > max.saturating_sub(to_u32(HEADER_LENGTH)) {
            return Err(Error::TooLong { max });
        }
        let mut header = [0; HEADER_LENGTH];
        let entry = Entry { prev: self.chain.head(), logged_at, payload: empty };
        entry.encode(&mut header).map_err(|_| Error::TooLong { max })?;
        Ok((header, bytes))
    }

    /// The entry that lies in these places joins chain and tree.
    fn take(&mut self, places: &[Place]) -> Result<u64, F> {
        let leaf = self.guarded(|media| media.leaf(places))?;
        let index = self.chain.size();
        self.chain.push_leaf(leaf).map_err(|_| Error::Full)?;
        Ok(index)
    }

    fn fits(&self, extent: u32) -> bool {
        self.state.resume.saturating_add(extent) <= self.media.page_size()
    }

    fn make_room(&mut self, extent: u32, use_: Use) -> Result<(), F> {
        match self.room(extent, use_)? {
            Some(page) => self.open_page(page),
            None => Ok(()),
        }
    }

    /// The page to open first, if this does not fit into the newest.
    fn room(&mut self, extent: u32, use_: Use) -> Result<Option<u32>, F> {
        let most = self.media.extent_max();
        if extent > most {
            let max = most.saturating_sub(Media::<F>::extent(0)).saturating_sub(Media::<F>::word());
            return Err(Error::TooLong { max });
        }
        if !self.fits(extent) {
            return self.next_page(use_).map(Some);
        }
        if use_ == Use::Last || self.is_free(self.state.newest.saturating_add(1))? {
            Ok(None)
        } else {
            Err(Error::Full)
        }
    }

    fn next_page(&mut self, use_: Use) -> Result<u32, F> {
        let next = self.state.newest.checked_add(1).ok_or(Error::Full)?;
        if !self.is_free(next)? || (use_ == Use::Ordinary && !self.is_free(next.saturating_add(1))?) {
            return Err(Error::Full);
        }
        Ok(next)
    }

    /// Does nothing lie where this page will be opened, or only what may be given up?
    fn is_free(&mut self, page: u32) -> Result<bool, F> {
        match page.checked_sub(self.media.geometry.pages()) {
            Some(there) if there >= self.state.oldest => Ok(self.can_give_up(there)?),
            _ => Ok(true),
        }
    }

    /// Erases the slot of a page, which is free, and opens it.
    #[inline(never)]
    pub(crate) fn open_page(&mut self, page: u32) -> Result<(), F> {
        if let Some(there) = page.checked_sub(self.media.geometry.pages())
            && there >= self.state.oldest
        {
            self.state.first = self.end_of(there)?.ok_or(Error::Full)?;
            self.state.oldest = there.saturating_add(1);
        }
        self.guarded(|media| media.erase(page))?;
        let mut buffer = [ERASED; PAGE_HEADER_MAX];
        let words = buffer.get_mut(..to_usize(Media::<F>::first_record())).unwrap_or_default();
        self.media.page_header(page).encode(words);
        self.guarded(|media| media.program(page, 0, words))?;
        self.state.newest = page;
        self.state.end = Media::<F>::first_record();
        self.state.resume = self.state.end;
        let chain = self.chain.clone();
        self.record(Kind::Base, 0, &|sink| Base::write(page, &chain, sink)).map(|_| ())
    }

    /// Writes a record where the next one is due. There is room. Where its payload lies, and the CRC of it.
    fn record(&mut self, kind: Kind, mark: u8, parts: Parts<'_>) -> Result<(Place, u32), F> {
        let (mut crc, mut length) = (Crc::new(), 0_u32);
        parts(&mut |part| {
            crc.update(part);
            length = length.saturating_add(to_u32(part.len()));
        });
        (length..Media::<F>::pad(length)).for_each(|_| crc.update(&[ERASED]));
        let crc = crc.finish();
        let at = self.state.resume;
        let place = Place { page: self.state.newest, offset: at.saturating_add(Media::<F>::pad(HEADER)), length };
        self.write_header(at, kind, mark, place, crc)?;
        self.guarded(|media| {
            let mut writer = Writer::new(media, place.page, place.offset);
            let mut outcome = Ok(());
            parts(&mut |part| {
                if outcome.is_ok() {
                    outcome = writer.write(part);
                }
            });
            outcome?;
            writer.flush()
        })?;
        self.commit(place, crc)?;
        Ok((place, crc))
    }

    fn write_header(&mut self, at: u32, kind: Kind, mark: u8, place: Place, payload_crc: u32) -> Result<(), F> {
        let gap = at.saturating_sub(self.state.end);
        let header = Header { kind: kind.number(), mark, length: place.length, gap, payload_crc };
        let mut buffer = [ERASED; WORD_MAX];
        let words = buffer.get_mut(..to_usize(Media::<F>::pad(HEADER))).unwrap_or_default();
        header.encode(words);
        self.guarded(|media| media.program(place.page, at, words))
    }

    /// Looks whether the flash kept the payload, then programs the commit word.
    fn commit(&mut self, place: Place, crc: u32) -> Result<(), F> {
        if self.guarded(|media| media.crc(place))? != crc {
            self.stopped = true;
            return Err(Error::NotKept);
        }
        let at = place.offset.saturating_add(Media::<F>::pad(place.length));
        let zeros = [0; WORD_MAX];
        let word = zeros.get(..to_usize(Media::<F>::word())).unwrap_or_default();
        self.guarded(|media| media.program(place.page, at, word))?;
        self.state.end = at.saturating_add(Media::<F>::word());
        self.state.resume = self.state.end;
        Ok(())
    }

    /// Once the flash has failed, nothing more is written.
    fn guarded<T>(
        &mut self,
        work: impl FnOnce(&mut Media<F>) -> core::result::Result<T, <F as ErrorType>::Error>,
    ) -> Result<T, F> {
        let outcome = work(&mut self.media);
        self.stopped |= outcome.is_err();
        Ok(outcome?)
    }
}
