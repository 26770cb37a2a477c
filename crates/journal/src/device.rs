//! A device: a journal, and what the device was provisioned with. The signer here cannot fork itself (spec §13.5).

use ed25519_dalek::Signature;
use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::attestation::{Attestation, BodyHead, HashedAttestation, SIGNATURE_LENGTH};
use ikrar_core::codec::{self, DecodeError};
use ikrar_core::digest::{PublicKey, signing_message};
use ikrar_core::entry::{HEADER_LENGTH, Payload};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::signature::sign;
use ikrar_core::state::{At, Epoch, Judge, Outcome, Signature as Presence, SignedBy, Store, Weighed};
use ikrar_core::statement::{OpenJournal, Statement};
use signature::Signer;
use thiserror::Error;

use crate::journal::{Error, Journal, Mark};
use crate::media::to_u32;
use crate::roster::{Roster, RosterError};

/// Why the device did not do what was asked.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum DeviceError<E> {
    /// The journal's reason.
    #[error(transparent)]
    Journal(#[from] Error<E>),
    /// The roster's reason.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The device has no roster.
    #[error("the device is not provisioned")]
    Unprovisioned,
    /// The roster was not read, or not to the end.
    #[error("the device has not read its roster: load it first")]
    Unread,
    /// Its roster is being replaced.
    #[error("the device is being provisioned: conclude it first, or begin again")]
    Provisioning,
    /// No roster is being replaced.
    #[error("no roster is being provided: begin to provision first")]
    NotProvisioning,
    /// After a roster, `OpenJournal` comes first.
    #[error("the journal is not opened for this roster: sign its OpenJournal first")]
    NotOpened,
    /// Not an attestation.
    #[error("not an attestation: {0}")]
    Malformed(#[from] DecodeError),
    /// Rejected, or of no effect where the device would have signed it.
    #[error("refused: {}", .0.meaning())]
    Refused(Rule),
    /// The unit is not in the roster, or has no key in force.
    #[error("the unit is not in the device's roster, or has no key there")]
    UnknownUnit,
    /// The signer's key is not the one in force for the unit.
    #[error("the key is not the one in force for the unit")]
    OtherKey,
    /// The journal holds an entry that does not go with the roster.
    #[error("entry {0} of the journal does not go with its roster")]
    Inconsistent(u64),
}

/// What a device shall sign. A statement is large, so it is not handed over as one.
#[derive(Clone, Copy, Debug)]
pub enum Said<'s> {
    /// A statement, in its encoding. What is none is refused.
    Statement(&'s [u8]),
    /// The statement that opens the journal for the roster.
    Opening(OpenJournal<'s>),
}

impl Said<'_> {
    /// Writes the statement's encoding; its length, where there is room.
    fn encode(self, place: &mut [u8]) -> Option<usize> {
        match self {
            Self::Statement(bytes) => {
                let place = place.get_mut(..bytes.len())?;
                place.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                Some(bytes.len())
            }
            Self::Opening(journal) => encode_opening(journal, place),
        }
    }
}

#[inline(never)]
fn encode_opening(journal: OpenJournal<'_>, place: &mut [u8]) -> Option<usize> {
    codec::encode(&Statement::OpenJournal(journal), place).ok().map(|bytes| bytes.len())
}

/// An entry that the device signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed<'b> {
    /// Its index in the journal.
    pub index: u64,
    /// The device's verdict.
    pub mark: Mark,
    /// Its bytes. The attestation is what follows the header.
    pub entry: &'b [u8],
}

impl<'b> Signed<'b> {
    /// The attestation, to be delivered.
    pub fn attestation(&self) -> &'b [u8] {
        self.entry.get(HEADER_LENGTH..).unwrap_or_default()
    }
}

type Fault<F> = DeviceError<<F as ErrorType>::Error>;
type Result<T, F> = core::result::Result<T, Fault<F>>;

/// The memory of a device's rules, whatever its size: so that a device has the code of the rules once.
pub type DeviceStore = dyn Store<Unit = u16, Round = u8>;

/// What a device is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stage {
    /// Its roster is not read, or not to the end: where its units stand is not known.
    Unread,
    /// What its roster lets it do.
    Ready,
    /// Its roster is being replaced.
    Provisioning,
}

/// Where a body is that is about to be signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// In memory only.
    Draft,
    /// In the journal, before a cut.
    Recorded,
}

/// A journal and a roster of at most `N` units.
///
/// The roster is large, so that its memory is the caller's, and is nowhere copied.
pub struct Device<'m, F, const N: usize> {
    pub(crate) journal: Journal<F>,
    pub(crate) judge: &'m mut Judge<Roster<N>>,
    pub(crate) stage: Stage,
    /// The key that it signs with.
    pub(crate) own: PublicKey,
    /// Where the unit of that key stood when provisioning began.
    pub(crate) own_before: Option<Epoch>,
}

impl<'m, F: NorFlash, const N: usize> Device<'m, F, N> {
    /// Takes a mounted journal: reads its roster and replays what came after. `own` is the key that the device signs
    /// with; `buffer` holds the longest entry.
    ///
    /// # Errors
    /// [`DeviceError`]. Of a damaged journal, what can be read is read through [`Journal`] alone.
    pub fn new(
        journal: Journal<F>,
        memory: &'m mut Judge<Roster<N>>,
        own: PublicKey,
        buffer: &mut [u8],
    ) -> Result<Self, F> {
        let mut device = Self::idle(journal, memory, own);
        device.load(buffer)?;
        Ok(device)
    }

    /// Takes a journal, and does not read its roster: a damaged one can be read out all the same.
    pub fn idle(journal: Journal<F>, memory: &'m mut Judge<Roster<N>>, own: PublicKey) -> Self {
        memory.store_mut().clear();
        Self { journal, judge: memory, stage: Stage::Unread, own, own_before: None }
    }

    /// Reads the roster, and replays what came after it.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub fn load(&mut self, buffer: &mut [u8]) -> Result<(), F> {
        self.reload(buffer)
    }

    /// The journal.
    pub fn journal(&self) -> &Journal<F> {
        &self.journal
    }

    /// The journal, to read from, to checkpoint and to acknowledge.
    pub fn journal_mut(&mut self) -> &mut Journal<F> {
        &mut self.journal
    }

    /// The roster, with the heads as they are now.
    pub fn roster(&self) -> &Roster<N> {
        self.judge.store()
    }

    /// Is a roster being provided, and not concluded?
    pub fn is_provisioning(&self) -> bool {
        self.stage == Stage::Provisioning
    }

    /// Gives the journal back.
    pub fn into_journal(self) -> Journal<F> {
        self.journal
    }

    /// Room for an entry. The page with the roster can't be given up: where nothing else keeps it, the roster is recorded
    /// again, with the heads as they are now.
    #[inline(never)]
    fn room(&mut self, entry: usize) -> Result<(), F> {
        match self.journal.check_room(entry) {
            Err(Error::Full) if self.journal.table_keeps_page().map_err(Error::Flash)? => {
                record_roster(&mut self.journal, self.judge.store_mut())?;
                Ok(self.journal.check_room(entry)?)
            }
            outcome => Ok(outcome?),
        }
    }

    /// Takes an attestation that somebody made. Its index, and the verdict; what is rejected is refused.
    ///
    /// # Errors
    /// [`DeviceError`]; nothing was recorded then.
    #[inline(never)]
    pub fn take(&mut self, logged_at: Time, bytes: &[u8]) -> Result<(u64, Mark), F> {
        self.opened()?;
        let hashed = HashedAttestation::new(bytes)?;
        let rules: &Judge<DeviceStore> = self.judge;
        let signed_by = rules.signed_by(&hashed);
        self.take_signed(logged_at, bytes, &hashed, signed_by)
    }

    #[inline(never)]
    fn take_signed(
        &mut self,
        logged_at: Time,
        bytes: &[u8],
        hashed: &HashedAttestation<'_>,
        signed_by: SignedBy,
    ) -> Result<(u64, Mark), F> {
        // Looked at where it is, here and below: to move it would cost 800 bytes of stack.
        let decoded = hashed.decode();
        let attestation = decoded.as_ref().map_err(|error| *error)?;
        let at = At { index: self.journal.chain().size(), logged_at };
        let weighed = self.weigh(at, attestation, Presence::Made(signed_by))?;
        self.room(HEADER_LENGTH.saturating_add(bytes.len()))?;
        let mark = self.settle(at, attestation, weighed);
        // If this fails, the heads in memory are ahead: but then the flash failed, and nothing goes on without a mount.
        let index = self.journal.append(logged_at, Payload::Attestation(bytes), mark)?;
        Ok((index, mark))
    }

    /// Signs a statement for a unit, at the next place of its chain. The entry is in `buffer`; it is durable.
    ///
    /// # Errors
    /// [`DeviceError`]. What would have no effect is refused. After a failure of the flash or the signer the statement
    /// may have been begun: [`finish`](Self::finish) says so after the next mount.
    #[inline(never)]
    pub fn sign<'b>(
        &mut self,
        unit: UnitId<'_>,
        said: Said<'_>,
        times: (Time, Time),
        key: (&PublicKey, &impl Signer<Signature>),
        buffer: &'b mut [u8],
    ) -> Result<Signed<'b>, F> {
        match said {
            Said::Opening(_) => {
                self.ready()?;
                self.roster().start().ok_or(DeviceError::Unprovisioned)?;
            }
            Said::Statement(_) => self.opened()?,
        }
        let (made_at, logged_at) = times;
        let epoch = self.speaks(unit, key.0)?;
        let too_small = || Error::BufferTooSmall { needed: to_u32(ikrar_core::attestation::ATTESTATION_MAX) };
        let header = self.journal.header(logged_at)?;
        let (place, rest) = buffer.split_first_chunk_mut::<HEADER_LENGTH>().ok_or_else(too_small)?;
        *place = header;
        let head = BodyHead { unit, epoch: epoch.id, seq: epoch.next_seq, prev: epoch.head, made_at };
        let bytes = head.unsigned(&|place| said.encode(place), rest).map_err(|_| too_small())?;
        let end = HEADER_LENGTH.saturating_add(bytes.len());
        let entry = buffer.get_mut(..end).unwrap_or_default();
        let (index, mark) = self.sign_entry(logged_at, Body::Draft, key, entry)?;
        Ok(Signed { index, mark, entry })
    }

    /// Signs what a cut left unsigned: the same bytes, so the same signature. None where nothing is left.
    ///
    /// # Errors
    /// [`DeviceError`]; [`DeviceError::OtherKey`] where it awaits another unit's key.
    #[inline(never)]
    pub fn finish<'b>(
        &mut self,
        key: (&PublicKey, &impl Signer<Signature>),
        buffer: &'b mut [u8],
    ) -> Result<Option<Signed<'b>>, F> {
        self.ready()?;
        // From the flash, not from memory: what is signed is what is durable.
        let Some(length) = self.journal.awaiting(buffer)?.map(<[u8]>::len) else { return Ok(None) };
        let end = length.saturating_add(SIGNATURE_LENGTH);
        let needed = to_u32(end);
        let entry = buffer.get_mut(..end).ok_or(Error::BufferTooSmall { needed })?;
        entry.iter_mut().skip(length).for_each(|byte| *byte = 0);
        let logged_at = ikrar_core::entry::Entry::decode(entry)?.logged_at;
        let (index, mark) = self.sign_entry(logged_at, Body::Recorded, key, entry)?;
        Ok(Some(Signed { index, mark, entry }))
    }

    /// Signs an entry whose attestation has zeros in place of its signature.
    fn sign_entry(
        &mut self,
        logged_at: Time,
        body: Body,
        key: (&PublicKey, &impl Signer<Signature>),
        entry: &mut [u8],
    ) -> Result<(u64, Mark), F> {
        let (index, mark, signature) = self.sign_decoded(logged_at, body, key, entry)?;
        if let Some(place) = entry.last_chunk_mut::<SIGNATURE_LENGTH>() {
            *place = signature;
        }
        Ok((index, mark))
    }

    #[inline(never)]
    fn sign_decoded(
        &mut self,
        logged_at: Time,
        body: Body,
        key: (&PublicKey, &impl Signer<Signature>),
        entry: &[u8],
    ) -> Result<(u64, Mark, [u8; SIGNATURE_LENGTH]), F> {
        let decoded = Attestation::decode(entry.get(HEADER_LENGTH..).unwrap_or_default());
        let attestation = decoded.as_ref().map_err(|error| *error)?;
        self.speaks(attestation.body().unit, key.0)?;
        let at = At { index: self.journal.chain().size(), logged_at };
        let weighed = self.weigh(at, attestation, Presence::ToBeMade)?;
        if body == Body::Draft {
            if let Outcome::NoEffect(rule) = weighed.outcome {
                return Err(DeviceError::Refused(rule));
            }
            self.room(entry.len())?;
            // Durable, and read back, before it is signed.
            self.journal.begin(logged_at, attestation.body_bytes())?;
        }
        let signature = sign(key.1, &signing_message(&attestation.id())).map_err(|_| Error::Signer)?;
        let mark = self.settle(at, attestation, weighed);
        let index = self.journal.complete(&signature, mark)?;
        Ok((index, mark, signature))
    }

    /// The epoch of a unit that may sign with this key.
    fn speaks(&self, unit: UnitId<'_>, key: &PublicKey) -> Result<Epoch, F> {
        let epoch = self.roster().epoch(unit.as_str()).ok_or(DeviceError::UnknownUnit)?;
        if epoch.key != *key {
            return Err(DeviceError::OtherKey);
        }
        self.roster().goes_on(&epoch)?;
        Ok(epoch)
    }

    fn ready(&self) -> Result<(), F> {
        match self.stage {
            Stage::Ready => Ok(()),
            Stage::Provisioning => Err(DeviceError::Provisioning),
            Stage::Unread => Err(DeviceError::Unread),
        }
    }

    /// A roster must be there, and its `OpenJournal`, which only this device signs, before anything else.
    fn opened(&self) -> Result<(), F> {
        self.ready()?;
        let start = self.roster().start().ok_or(DeviceError::Unprovisioned)?;
        if start.opened.is_some() { Ok(()) } else { Err(DeviceError::NotOpened) }
    }

    #[inline(never)]
    fn weigh(&self, at: At, attestation: &Attestation<'_>, signature: Presence) -> Result<Weighed<u16>, F> {
        let rules: &Judge<DeviceStore> = self.judge;
        let weighed = rules.weigh(at, attestation, signature);
        match weighed.outcome {
            Outcome::Rejected(rule) => Err(DeviceError::Refused(rule)),
            _ => Ok(weighed),
        }
    }

    #[inline(never)]
    fn settle(&mut self, at: At, attestation: &Attestation<'_>, weighed: Weighed<u16>) -> Mark {
        let rules: &mut Judge<DeviceStore> = self.judge;
        let outcome = rules.settle(at, attestation, weighed);
        match (outcome, weighed.signer) {
            (_, None) => Mark::Hashed,
            (Outcome::Applied, _) => Mark::Applied,
            (Outcome::NoEffect(_), _) => Mark::NoEffect,
            (Outcome::NotCheckable | Outcome::Rejected(_), Some(signer)) => {
                self.judge.store_mut().unsure(signer, attestation);
                Mark::NotCheckable
            }
        }
    }

    /// What an entry in the journal did, by the verdict under which it was taken.
    pub(crate) fn settle_again(&mut self, at: At, attestation: &Attestation<'_>, mark: Mark) -> Option<()> {
        let signer = match mark {
            Mark::Hashed => return Some(()),
            _ => self.judge.store().find(attestation.body().unit).ok().flatten()?,
        };
        let outcome = if mark == Mark::Applied { Outcome::Applied } else { Outcome::NotCheckable };
        let rules: &mut Judge<DeviceStore> = self.judge;
        let settled = rules.settle(at, attestation, Weighed { outcome, signer: Some(signer) });
        if mark == Mark::NotCheckable {
            self.judge.store_mut().unsure(signer, attestation);
        }
        (settled == outcome).then_some(())
    }
}

pub(crate) fn record_roster<F: NorFlash, const N: usize>(
    journal: &mut Journal<F>,
    roster: &mut Roster<N>,
) -> Result<(), F> {
    if let Some(start) = roster.start_mut() {
        start.entries = journal.chain().size();
    }
    Ok(journal.record_table(&|sink| roster.table(sink))?)
}
