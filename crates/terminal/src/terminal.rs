//! The terminal: one request at a time, in one buffer (spec §14).

use core::fmt::{self, Write as _};

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use heapless::String;
use ikrar_core::attestation::SIGNATURE_LENGTH;
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::codec;
use ikrar_core::digest::Id;
use ikrar_core::entry::HEADER_LENGTH;
use ikrar_core::field::{Origin, ProofBytes, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::state::Judge;
use ikrar_core::statement::{OpenJournal, may_be_of_a_unit};
use ikrar_journal::{
    Device, Geometry, GeometryError, ID_MAX, Journal, LogItem, Mark, MountError, ORIGIN_MAX, Roster, Said, TreeHead,
    WhenFull,
};
use thiserror::Error;

use crate::answer::{LOGGED_AT, journal, refusal, send};
use crate::frame::{CRC, Received, Receiver};
use crate::keys::{Keys, Use};
use crate::path::Path;
use crate::receipt::Shown;
use crate::wire::{
    Answer, Head, Identity, ReceiptFault, Refusal, Request, RosterHead, Stage, UnitHead, WireMark, decode,
};

/// Longest origin of a journal: the log's, `/`, and the unit's id.
const JOURNAL_ORIGIN: usize = ORIGIN_MAX + 1 + ID_MAX;

/// Most bytes of an entry with an `OpenJournal`, without unit, origin and proof: header, signature, and the other fields
/// with their lengths.
const OPENING: usize = HEADER_LENGTH + SIGNATURE_LENGTH + 230;

/// What is large. It lives in a static, so that it is nowhere copied.
pub struct Memory<const UNITS: usize, const MESSAGE: usize> {
    roster: Judge<Roster<UNITS>>,
    path: Judge<Path>,
    buffer: [u8; MESSAGE],
}

impl<const UNITS: usize, const MESSAGE: usize> Memory<UNITS, MESSAGE> {
    /// Empty.
    pub const fn new() -> Self {
        let none = Id([0; 32]);
        Self { roster: Judge::new(none, Roster::new()), path: Judge::new(none, Path::new()), buffer: [0; MESSAGE] }
    }
}

impl<const UNITS: usize, const MESSAGE: usize> Default for Memory<UNITS, MESSAGE> {
    fn default() -> Self {
        Self::new()
    }
}

/// Where things lie on the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The block of the keys: the start of an erase block, with [`KEYS_LENGTH`](crate::KEYS_LENGTH) bytes or more.
    pub keys: u32,
    /// Start of the journal.
    pub journal: u32,
    /// Bytes of a page of the journal.
    pub page_size: u32,
    /// Number of its pages.
    pub pages: u32,
}

/// Why a terminal does not start.
#[derive(Debug, Error)]
pub enum BootError<E> {
    /// The layout does not go with the flash.
    #[error(transparent)]
    Layout(#[from] GeometryError),
    /// The flash failed.
    #[error("the flash failed: {0:?}")]
    Flash(E),
    /// The device was in use, and its keys no longer check. They are not made anew: the device's unit needs a rekey.
    #[error("the device's keys are damaged: its unit needs a rekey, by an ancestor")]
    KeysLost,
    /// The journal could not be formatted.
    #[error(transparent)]
    Journal(ikrar_journal::Error<E>),
    /// The device was in use, and there is no journal. It is not formatted again, for the flash may be evidence.
    #[error("no journal can be mounted: {0}")]
    Mount(#[from] MountError<E>),
}

/// A terminal at work.
pub struct Terminal<'m, F, const UNITS: usize> {
    device: Device<'m, F, UNITS>,
    keys: Keys,
    path: &'m mut Judge<Path>,
    shown: Option<Shown>,
    buffer: &'m mut [u8],
    receiver: Receiver,
    findings: u16,
    started: bool,
    /// Journal and roster don't go together.
    inconsistent: bool,
}

impl<'m, F: NorFlash, const UNITS: usize> Terminal<'m, F, UNITS> {
    /// Makes the keys at the first boot, from the board's randomness, and mounts.
    ///
    /// # Errors
    /// [`BootError`].
    #[inline(never)]
    pub fn boot<const MESSAGE: usize>(
        memory: &'m mut Memory<UNITS, MESSAGE>,
        mut flash: F,
        layout: &Layout,
        mut random: impl FnMut(&mut [u8; 32]),
    ) -> Result<Self, BootError<<F as ErrorType>::Error>> {
        let geometry = Geometry::new(&flash, layout.journal, layout.page_size, layout.pages)?;
        let (found, in_use) = Keys::find(&mut flash, layout.keys).map_err(BootError::Flash)?;
        let mut journal = Journal::unread(flash, geometry, WhenFull::GiveUpOldest);
        let keys = match in_use {
            Use::Marked => found,
            _ => Some(put_to_use(&mut journal, layout.keys, (found, in_use), &mut random)?),
        };
        let mut findings = 0_u16;
        journal.read_all(&mut |_| findings = findings.saturating_add(1))?;
        let keys = keys.ok_or(BootError::KeysLost)?;
        Ok(Self {
            device: Device::idle(journal, &mut memory.roster, keys.unit_public),
            keys,
            path: &mut memory.path,
            shown: None,
            buffer: &mut memory.buffer,
            receiver: Receiver::new(),
            findings,
            started: false,
            inconsistent: false,
        })
    }

    /// Before the first request is heard: reads the roster, and signs what a cut left unsigned. Not while booting, whose
    /// stack frame is large.
    fn start(&mut self) {
        if !self.started {
            self.started = true;
            self.inconsistent = self.device.journal().damage().is_none() && self.go_on().is_err();
        }
    }

    #[inline(never)]
    fn go_on(&mut self) -> Result<(), Refusal> {
        self.device.load(self.buffer).map_err(refusal)?;
        let key = (&self.keys.unit_public, &self.keys.unit);
        self.device.finish(key, self.buffer).map_err(refusal)?;
        Ok(())
    }

    /// Takes a byte from the line. Where it completes a frame, the answer goes to `out`, in pieces.
    pub fn take(&mut self, byte: u8, out: &mut dyn FnMut(&[u8])) {
        self.start();
        let refused = match self.receiver.take(byte, self.buffer) {
            Received::Nothing => return,
            Received::Message(length) => return self.hear(length, out),
            Received::Garbled => Refusal::Garbled,
            Received::TooLong => Refusal::TooLong,
        };
        send(0, &Answer::Refused(refused), out);
    }

    #[inline(never)]
    fn hear(&mut self, length: usize, out: &mut dyn FnMut(&[u8])) {
        let Some((message, rest)) = self.buffer.split_at_mut_checked(length) else { return };
        let (number, request) = match decode::<Request<'_>>(message) {
            Ok(decoded) => decoded,
            Err(error) => {
                let version = error == codec::DecodeError::Version;
                let refused = if version { Refusal::Version } else { Refusal::Malformed };
                return send(0, &Answer::Refused(refused), out);
            }
        };
        let mut work = Work {
            device: &mut self.device,
            keys: &self.keys,
            path: self.path,
            shown: &mut self.shown,
            findings: self.findings,
            inconsistent: self.inconsistent,
            message: u16::try_from(length.saturating_add(rest.len()).saturating_sub(CRC)).unwrap_or(u16::MAX),
        };
        let mut give = |answer: &Answer<'_>| send(number, answer, out);
        let Err(refused) = work.answer(&request, rest, &mut give) else { return };
        if matches!(request, Request::Conclude { .. }) && self.device.is_provisioning() {
            // The roster before is the one in force again. The longest entry may need the place of the request too.
            self.inconsistent |= self.device.abandon(self.buffer).is_err();
        }
        send(number, &Answer::Refused(refused), out);
    }

    /// Gives the flash back: for tests, which cut its power.
    pub fn into_flash(self) -> F {
        self.device.into_journal().into_flash()
    }
}

/// The first boot, or one after a cut in it: then keys and a journal are there, and the mark says so.
#[inline(never)]
fn put_to_use<F: NorFlash>(
    journal: &mut Journal<F>,
    at: u32,
    (found, in_use): (Option<Keys>, Use),
    random: &mut dyn FnMut(&mut [u8; 32]),
) -> Result<Keys, BootError<<F as ErrorType>::Error>> {
    let keys = if journal.is_formatted()? {
        let keys = found.ok_or(BootError::KeysLost)?;
        if in_use != Use::NotYet {
            // A mark that a cut tore is a mark.
            return Ok(keys);
        }
        keys
    } else {
        let keys = match found.filter(|_| in_use == Use::NotYet) {
            Some(keys) => keys,
            None => Keys::make(journal.flash_mut(), at, random).map_err(BootError::Flash)?,
        };
        journal.erase_all().map_err(BootError::Journal)?;
        keys
    };
    // Cut before this, the empty journal is formatted again.
    Keys::put_to_use(journal.flash_mut(), at).map_err(BootError::Flash)?;
    Ok(keys)
}

/// All that a request needs but the buffer, which the request itself is in.
///
/// Each request has a function that is not inlined, and gives its answer from there: so their stack frames, and their
/// answers, take the same place instead of adding up.
struct Work<'w, 'm, F, const UNITS: usize> {
    device: &'w mut Device<'m, F, UNITS>,
    keys: &'w Keys,
    path: &'w mut Judge<Path>,
    shown: &'w mut Option<Shown>,
    findings: u16,
    inconsistent: bool,
    message: u16,
}

impl<F: NorFlash, const UNITS: usize> Work<'_, '_, F, UNITS> {
    /// Gives the one answer, or refuses. `rest` is the buffer after the request.
    fn answer(
        &mut self,
        request: &Request<'_>,
        rest: &mut [u8],
        give: &mut dyn FnMut(&Answer<'_>),
    ) -> Result<(), Refusal> {
        // Only questions are answered by a device that cannot go on.
        let question =
            matches!(request, Request::Identify | Request::Head | Request::Read(_) | Request::Item(_) | Request::Base);
        if self.device.journal().damage().is_some() && !question {
            return Err(Refusal::Damaged);
        }
        if self.inconsistent && !question {
            return Err(Refusal::Inconsistent);
        }
        // What is said in the name of a log is not said of one that is only being provided.
        let in_its_name = matches!(
            request,
            Request::Checkpoint | Request::Receipt { .. } | Request::Proven { .. } | Request::Verdict
        );
        if in_its_name && self.device.is_provisioning() {
            return Err(Refusal::Provisioning);
        }
        match *request {
            Request::Identify => self.identity(give),
            Request::Head => self.head(give),
            Request::Provision => {
                // Begun under the key of a log that may be another one soon.
                *self.shown = None;
                self.device.provision().map_err(refusal)?;
                done(give);
            }
            Request::Provide(item) => {
                self.device.provide(item).map_err(refusal)?;
                done(give);
            }
            Request::Conclude { checkpoint, proof, made_at } => {
                if !self.device.is_provisioning() {
                    return Err(Refusal::NotProvisioning);
                }
                self.check_checkpoint(checkpoint)?;
                self.conclude(proof, made_at, rest, give)?;
            }
            Request::Sign { made_at, statement } => self.sign(made_at, statement, rest, give)?,
            Request::Append(attestation) => self.append(attestation, give)?,
            Request::Checkpoint => self.checkpoint(rest, give)?,
            Request::Acknowledge { size, root } => {
                self.device.journal_mut().acknowledge(TreeHead { size, root }).map_err(journal)?;
                done(give);
            }
            Request::Read(index) => self.read(index, rest, give)?,
            Request::Item(number) => self.item(number, give),
            Request::Base => self.base(rest, give)?,
            Request::Receipt { checkpoint, index } => {
                self.receipt(checkpoint, index)?;
                done(give);
            }
            Request::Proven { index, entry, proof } => {
                self.proven((index, entry, proof))?;
                done(give);
            }
            Request::Verdict => self.verdict(give)?,
        }
        Ok(())
    }

    #[inline(never)]
    fn append(&mut self, attestation: &[u8], give: &mut dyn FnMut(&Answer<'_>)) -> Result<(), Refusal> {
        // Leaves room for a request beside it: every boot, and every new roster, reads it again.
        if HEADER_LENGTH.saturating_add(attestation.len()) > usize::from(self.message) / 2 {
            return Err(Refusal::EntryTooLong);
        }
        let (index, mark) = self.device.take(LOGGED_AT, attestation).map_err(refusal)?;
        taken(index, mark, give);
        Ok(())
    }

    #[inline(never)]
    fn receipt(&mut self, checkpoint: &[u8], index: u64) -> Result<(), Refusal> {
        *self.shown = None;
        let (log, registry) = log_of(self.device)?;
        let shown = Shown::begin(checkpoint, index, &log, registry, self.path);
        *self.shown = Some(shown.map_err(Refusal::Receipt)?);
        Ok(())
    }

    #[inline(never)]
    fn proven(&mut self, entry: (u64, &[u8], ProofBytes<'_>)) -> Result<(), Refusal> {
        let (log, _) = log_of(self.device)?;
        let shown = self.shown.as_mut().ok_or(Refusal::Receipt(ReceiptFault::NotBegun))?;
        shown.take(self.path, &log, entry).map_err(|fault| {
            *self.shown = None;
            Refusal::Receipt(fault)
        })
    }

    #[inline(never)]
    fn verdict(&mut self, give: &mut dyn FnMut(&Answer<'_>)) -> Result<(), Refusal> {
        let shown = self.shown.take().ok_or(Refusal::Receipt(ReceiptFault::NotBegun))?;
        let (log, _) = log_of(self.device)?;
        let size = self.path.store().size;
        let (unit, id) = shown.verdict(self.path.store(), &log).map_err(Refusal::Receipt)?;
        give(&Answer::Proven { unit, id, size });
        Ok(())
    }

    #[inline(never)]
    fn identity(&self, give: &mut dyn FnMut(&Answer<'_>)) {
        give(&Answer::Identity(Identity {
            unit_key: self.keys.unit_public,
            journal_key: self.keys.journal_public,
            units: u16::try_from(UNITS).unwrap_or(u16::MAX),
            message: self.message,
            findings: self.findings,
            damaged: self.device.journal().damage().is_some() || self.inconsistent,
        }));
    }

    #[inline(never)]
    fn head(&self, give: &mut dyn FnMut(&Answer<'_>)) {
        let (roster, journal) = (self.device.roster(), self.device.journal());
        let start = roster.start();
        let TreeHead { size, root } = journal.tree_head();
        let stage = match start {
            _ if self.device.is_provisioning() => Stage::Provisioning,
            None => Stage::Fresh,
            Some(start) if start.opened.is_none() => Stage::NotOpened,
            Some(_) => Stage::Ready,
        };
        let opened = start.and_then(|start| match start.opened {
            Some(_) => Some((start.tree_size, start.root)),
            None => start.before,
        });
        give(&Answer::Head(Head {
            stage,
            size,
            root,
            first: journal.first(),
            acknowledged: journal.acknowledged().map(|head| (head.size, head.root)),
            roster: start.zip(roster.log()).map(|(start, log)| RosterHead {
                registry: start.registry,
                origin: log.origin,
                tree_size: start.tree_size,
                root: start.root,
                hash: roster.hash(),
                items: roster.item_count(),
            }),
            opened,
            unit: roster.unit_of(&self.keys.unit_public).and_then(|unit| {
                let epoch = roster.epoch(unit.as_str())?;
                Some(UnitHead { unit, epoch: epoch.id, next_seq: epoch.next_seq, prev: epoch.head })
            }),
        }));
    }

    /// The device's own unit, by its key.
    #[inline(never)]
    fn own_unit(&self) -> Result<String<ID_MAX>, Refusal> {
        log_of(self.device)?;
        let unit = self.device.roster().unit_of(&self.keys.unit_public).ok_or(Refusal::NoUnit)?;
        String::try_from(unit.as_str()).map_err(|_| Refusal::NoUnit)
    }

    #[inline(never)]
    fn journal_origin(&self) -> Result<String<JOURNAL_ORIGIN>, Refusal> {
        let (log, _) = log_of(self.device)?;
        let mut origin = String::new();
        write!(origin, "{}/{}", log.origin.as_str(), self.own_unit()?).map_err(|_| Refusal::NoUnit)?;
        Ok(origin)
    }

    #[inline(never)]
    fn conclude(
        &mut self,
        proof: ProofBytes<'_>,
        made_at: Time,
        rest: &mut [u8],
        give: &mut dyn FnMut(&Answer<'_>),
    ) -> Result<(), Refusal> {
        let (unit, origin) = (self.own_unit()?, self.journal_origin()?);
        // Once the roster is recorded, nothing but its `OpenJournal` can be signed.
        let opening = [OPENING, unit.len(), origin.len(), proof.as_bytes().len()];
        if opening.iter().fold(0_usize, |sum, part| sum.saturating_add(*part)) > rest.len() {
            return Err(Refusal::TooLong);
        }
        let hash = self.device.conclude(proof, rest).map_err(refusal)?;
        let start = self.device.roster().start().ok_or(Refusal::Unprovisioned)?;
        let said = Said::Opening(OpenJournal {
            registry: start.registry,
            tree_size: start.tree_size,
            root: start.root,
            roster: hash,
            origin: Origin::new(&origin).map_err(|_| Refusal::NoUnit)?,
            key: self.keys.journal_public,
            proof,
        });
        self.sign_said(&unit, said, made_at, rest, give)
    }

    /// The host's checkpoint is the one that the new roster names, signed by the log that it names.
    #[inline(never)]
    fn check_checkpoint(&self, note: &[u8]) -> Result<(), Refusal> {
        let (log, _) = log_of(self.device)?;
        let start = self.device.roster().start().ok_or(Refusal::Unprovisioned)?;
        let key = VerifierKey::new(log.origin.as_str(), KeyKind::Ed25519, log.key);
        let key = key.map_err(|_| Refusal::Checkpoint)?;
        let opened = VerifiedCheckpoint::open(note, &key).map_err(|_| Refusal::Checkpoint)?;
        let same = opened.size() == start.tree_size && *opened.root() == start.root && opened.size() >= log.since;
        if same { Ok(()) } else { Err(Refusal::Checkpoint) }
    }

    #[inline(never)]
    fn sign(
        &mut self,
        made_at: Time,
        statement: &[u8],
        rest: &mut [u8],
        give: &mut dyn FnMut(&Answer<'_>),
    ) -> Result<(), Refusal> {
        if !may_be_of_a_unit(statement) {
            return Err(Refusal::Statement);
        }
        let unit = self.own_unit()?;
        self.sign_said(&unit, Said::Statement(statement), made_at, rest, give)
    }

    #[inline(never)]
    fn sign_said(
        &mut self,
        unit: &str,
        said: Said<'_>,
        made_at: Time,
        rest: &mut [u8],
        give: &mut dyn FnMut(&Answer<'_>),
    ) -> Result<(), Refusal> {
        let unit = UnitId::new(unit).map_err(|_| Refusal::NoUnit)?;
        let key = (&self.keys.unit_public, &self.keys.unit);
        let signed = self.device.sign(unit, said, (made_at, LOGGED_AT), key, rest).map_err(refusal)?;
        let (index, mark) = (signed.index, signed.mark.into());
        give(&Answer::Signed { index, mark, attestation: signed.attestation() });
        Ok(())
    }

    #[inline(never)]
    fn checkpoint(&mut self, rest: &mut [u8], give: &mut dyn FnMut(&Answer<'_>)) -> Result<(), Refusal> {
        let origin = self.journal_origin()?;
        let key = VerifierKey::new(&origin, KeyKind::Ed25519, self.keys.journal_public).map_err(|_| Refusal::NoUnit)?;
        let TreeHead { size, root } = self.device.journal_mut().record_checkpoint().map_err(journal)?;
        let mut note = Writing { buffer: rest, length: 0 };
        let checkpoint = Checkpoint { origin: &origin, size, root };
        sign_checkpoint(&checkpoint, &key, &self.keys.journal(), &mut note).map_err(|_| Refusal::Inconsistent)?;
        signed_checkpoint(&note, give);
        Ok(())
    }

    #[inline(never)]
    fn read(&mut self, index: u64, rest: &mut [u8], give: &mut dyn FnMut(&Answer<'_>)) -> Result<(), Refusal> {
        let mut cursor = self.device.journal_mut().cursor(index).map_err(journal)?;
        if cursor.index() > index {
            return Err(Refusal::Absent);
        }
        match self.device.journal_mut().next(&mut cursor, rest).map_err(journal)? {
            Some(recorded) => {
                let (index, mark) = (recorded.index, WireMark::from(recorded.mark));
                give(&Answer::Entry { index, mark, entry: recorded.entry });
            }
            None => give(&Answer::End),
        }
        Ok(())
    }

    #[inline(never)]
    fn item(&self, number: u16, give: &mut dyn FnMut(&Answer<'_>)) {
        let (mut next, mut given) = (0_u16, false);
        self.device.roster().items(&mut |item| {
            if next == number {
                give(&Answer::Item(item));
                given = true;
            }
            next = next.saturating_add(1);
        });
        if !given {
            give(&Answer::End);
        }
    }

    #[inline(never)]
    fn base(&mut self, rest: &mut [u8], give: &mut dyn FnMut(&Answer<'_>)) -> Result<(), Refusal> {
        let base = self.device.journal_mut().base().map_err(journal)?;
        let mut length = 0_usize;
        for (place, hash) in rest.chunks_exact_mut(32).zip(base.tree().hashes()) {
            place.copy_from_slice(hash.as_bytes());
            length = length.saturating_add(32);
        }
        let hashes = rest.get(..length).unwrap_or_default();
        give(&Answer::Base { size: base.size(), head: base.head(), hashes });
        Ok(())
    }
}

/// Text that is written into a buffer.
struct Writing<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl fmt::Write for Writing<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length.saturating_add(text.len());
        let place = self.buffer.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.iter_mut().zip(text.as_bytes()).for_each(|(to, from)| *to = *from);
        self.length = end;
        Ok(())
    }
}

impl AsRef<str> for Writing<'_> {
    fn as_ref(&self) -> &str {
        let written = self.buffer.get(..self.length).unwrap_or_default();
        core::str::from_utf8(written).unwrap_or_default()
    }
}

#[inline(never)]
fn done(give: &mut dyn FnMut(&Answer<'_>)) {
    give(&Answer::Done);
}

#[inline(never)]
fn signed_checkpoint(note: &Writing<'_>, give: &mut dyn FnMut(&Answer<'_>)) {
    give(&Answer::Checkpoint(note.as_ref().as_bytes()));
}

#[inline(never)]
fn taken(index: u64, mark: Mark, give: &mut dyn FnMut(&Answer<'_>)) {
    give(&Answer::Taken { index, mark: mark.into() });
}

/// The log that the device is for, and its registry.
fn log_of<'d, F: NorFlash, const UNITS: usize>(device: &'d Device<'_, F, UNITS>) -> Result<(LogItem<'d>, Id), Refusal> {
    let roster = device.roster();
    roster.log().zip(roster.start().map(|start| start.registry)).ok_or(Refusal::Unprovisioned)
}
