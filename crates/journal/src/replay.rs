//! After mounting: the roster from its table, and what the entries since then did to it (spec §13.6).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::attestation::Attestation;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::state::At;

use crate::device::{Device, DeviceError};
use crate::journal::{Error, Journal};
use crate::roster::{ITEM_MAX, Roster, RosterError};

type Result<T, F> = core::result::Result<T, DeviceError<<F as ErrorType>::Error>>;

impl<F: NorFlash> Journal<F> {
    /// The roster of the last table; an empty one where there is none.
    pub(crate) fn read_roster<const N: usize>(&mut self) -> Result<Roster<N>, F> {
        let mut roster = Roster::new();
        let Some(place) = self.state.table else { return Ok(roster) };
        let mut item = heapless::Vec::<u8, ITEM_MAX>::new();
        let (mut missing, mut outcome) = (0, Ok(()));
        let read = self.media.read_parts(place.page, place.offset, place.length, |part| {
            for byte in part {
                if missing == 0 {
                    missing = *byte;
                    item.clear();
                    continue;
                }
                missing = missing.saturating_sub(1);
                let step = item.push(*byte).map_err(|_| RosterError::TooLarge);
                let step = step.and_then(|()| if missing == 0 { roster.push(&item) } else { Ok(()) });
                outcome = outcome.and(step);
            }
        });
        read.map_err(Error::Flash)?;
        outcome?;
        Ok(roster)
    }
}

impl<F: NorFlash, const N: usize> Device<F, N> {
    /// Moves the heads by the entries since the roster was recorded. Signatures were checked when they were taken.
    pub(crate) fn replay(&mut self, buffer: &mut [u8]) -> Result<(), F> {
        let Some(start) = self.roster().start else { return Ok(()) };
        let mut cursor = self.journal.cursor(start.entries)?;
        if cursor.index() > start.entries {
            return Err(DeviceError::Inconsistent(start.entries));
        }
        while let Some(recorded) = self.journal.next(&mut cursor, buffer)? {
            let Entry { logged_at, payload, .. } = Entry::decode(recorded.entry)?;
            let at = At { index: recorded.index, logged_at };
            if let Payload::Attestation(bytes) = payload {
                let attestation = Attestation::decode(bytes)?;
                self.settle_again(at, &attestation, recorded.mark).ok_or(DeviceError::Inconsistent(at.index))?;
            }
        }
        Ok(())
    }
}
