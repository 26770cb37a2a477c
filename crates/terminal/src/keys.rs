//! The device's two keys, in a block of flash of their own (spec §15.4).
//!
//! ```text
//! 0      4                 36                   68    72        pad(72)        + W
//! ├──────┼─────────────────┼────────────────────┼─────┼─────────┼──────────────┤
//! │ IKRK │ seed of the     │ seed of the        │ CRC │ 0xFF    │ W zero bytes │
//! │      │ unit's key      │ journal's key      │     │         │ once in use  │
//! └──────┴─────────────────┴────────────────────┴─────┴─────────┴──────────────┘
//! ```

use ed25519_dalek::SigningKey;
use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::digest::PublicKey;
use ikrar_journal::Crc;

/// Bytes before the mark, at most: padded to words of up to 32 bytes.
const ROOM: usize = 96;
const WORD: usize = 32;
const MAGIC: &[u8; 4] = b"IKRK";
/// Bytes that the keys need on the flash, whatever its words.
pub const KEYS_LENGTH: usize = ROOM + WORD;

/// The seeds. The keys are made when they are used: that costs less memory than keeping them.
pub(crate) struct Keys {
    unit: [u8; 32],
    journal: [u8; 32],
    pub(crate) unit_public: PublicKey,
    pub(crate) journal_public: PublicKey,
}

/// What the block of the keys holds.
pub(crate) enum Found {
    /// No keys that check.
    Nothing,
    /// Keys, perhaps of a device whose journal is not formatted yet.
    Made(Keys),
    /// Keys of a device that is in use.
    InUse(Keys),
    /// It was in use, and the keys no longer check.
    Lost,
}

fn public(seed: &[u8; 32]) -> PublicKey {
    PublicKey(SigningKey::from_bytes(seed).verifying_key().to_bytes())
}

fn padded<F: NorFlash>() -> usize {
    72_usize.next_multiple_of(F::WRITE_SIZE.max(1))
}

impl Keys {
    fn new(unit: [u8; 32], journal: [u8; 32]) -> Self {
        Self { unit, journal, unit_public: public(&unit), journal_public: public(&journal) }
    }

    pub(crate) fn unit(&self) -> SigningKey {
        SigningKey::from_bytes(&self.unit)
    }

    pub(crate) fn journal(&self) -> SigningKey {
        SigningKey::from_bytes(&self.journal)
    }

    pub(crate) fn find<F: NorFlash>(flash: &mut F, at: u32) -> Result<Found, <F as ErrorType>::Error> {
        let mut buffer = [0; KEYS_LENGTH];
        let (length, word) = (padded::<F>(), F::WRITE_SIZE);
        let bytes = buffer.get_mut(..length.saturating_add(word)).unwrap_or_default();
        flash.read(at, bytes)?;
        let in_use = bytes.iter().skip(length).any(|byte| *byte != 0xFF);
        let keys = parse(bytes);
        Ok(match (keys, in_use) {
            (Some(keys), true) => Found::InUse(keys),
            (Some(keys), false) => Found::Made(keys),
            (None, true) => Found::Lost,
            (None, false) => Found::Nothing,
        })
    }

    /// Makes new ones. What was there before is erased.
    pub(crate) fn make<F: NorFlash>(
        flash: &mut F,
        at: u32,
        random: &mut dyn FnMut(&mut [u8; 32]),
    ) -> Result<Self, <F as ErrorType>::Error> {
        let (mut unit, mut journal) = ([0; 32], [0; 32]);
        random(&mut unit);
        random(&mut journal);
        let block = u32::try_from(F::ERASE_SIZE).unwrap_or(u32::MAX);
        let blocks = u32::try_from(KEYS_LENGTH).unwrap_or(u32::MAX).div_ceil(block.max(1));
        flash.erase(at, at.saturating_add(block.saturating_mul(blocks)))?;
        let mut buffer = [0xFF; ROOM];
        let mut parts: heapless::Vec<u8, 72> = heapless::Vec::new();
        let fits = parts.extend_from_slice(MAGIC).is_ok()
            && parts.extend_from_slice(&unit).is_ok()
            && parts.extend_from_slice(&journal).is_ok();
        let mut crc = Crc::new();
        crc.update(&parts);
        let whole = fits && parts.extend_from_slice(&crc.finish().to_be_bytes()).is_ok();
        if whole {
            buffer.iter_mut().zip(&parts).for_each(|(to, from)| *to = *from);
            flash.write(at, buffer.get(..padded::<F>()).unwrap_or_default())?;
        }
        Ok(Self::new(unit, journal))
    }

    /// From now on the keys are never made anew.
    pub(crate) fn put_to_use<F: NorFlash>(flash: &mut F, at: u32) -> Result<(), <F as ErrorType>::Error> {
        let at = at.saturating_add(u32::try_from(padded::<F>()).unwrap_or(u32::MAX));
        flash.write(at, [0; WORD].get(..F::WRITE_SIZE).unwrap_or_default())
    }
}

fn parse(bytes: &[u8]) -> Option<Keys> {
    let (kept, rest) = bytes.split_first_chunk::<68>()?;
    let (crc, _) = rest.split_first_chunk::<4>()?;
    let mut expected = Crc::new();
    expected.update(kept);
    let seeds = kept.strip_prefix(MAGIC)?;
    let (unit, journal) = (seeds.first_chunk::<32>()?, seeds.last_chunk::<32>()?);
    (u32::from_be_bytes(*crc) == expected.finish()).then(|| Keys::new(*unit, *journal))
}
