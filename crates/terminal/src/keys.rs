//! The device's two keys, in a block of flash of their own (spec §14.4).
//!
//! ```text
//! 0      4                 36                   68    72        pad(72)        pad(4)
//! ├──────┼─────────────────┼────────────────────┼─────┼─────────┼──────────────┤
//! │ IKRK │ seed of the     │ seed of the        │ CRC │ 0xFF    │ IKRU, 0xFF   │
//! │      │ unit's key      │ journal's key      │     │         │ once in use  │
//! └──────┴─────────────────┴────────────────────┴─────┴─────────┴──────────────┘
//! ```

use ed25519_dalek::{Signature, SignatureError, Signer, SigningKey};
use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::digest::PublicKey;
use ikrar_journal::Crc;

/// Bytes before the mark, at most: padded to words of up to 32 bytes.
const ROOM: usize = 96;
const WORD: usize = 32;
const MAGIC: &[u8; 4] = b"IKRK";
const IN_USE: &[u8; 4] = b"IKRU";
/// Bytes that the keys need on the flash, whatever its words.
pub const KEYS_LENGTH: usize = ROOM + WORD;

/// The keys. Making one from its seed costs as much as a signature, so the unit's is made once.
pub(crate) struct Keys {
    pub(crate) unit: SigningKey,
    journal: [u8; 32],
    pub(crate) unit_public: PublicKey,
    pub(crate) journal_public: PublicKey,
}

/// The journal's key as its seed: made anew for each signature, and gone before that is checked, which needs the stack.
pub(crate) struct JournalKey<'k>(&'k [u8; 32]);

impl Signer<Signature> for JournalKey<'_> {
    #[inline(never)]
    fn try_sign(&self, message: &[u8]) -> Result<Signature, SignatureError> {
        SigningKey::from_bytes(self.0).try_sign(message)
    }
}

/// Whether the device was put to use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Not yet: the place of the mark is erased.
    NotYet,
    /// Marked.
    Marked,
    /// Anything else: a mark that a cut tore, or that rotted, or a flash that was never erased.
    Unclear,
}

/// Rounded up to words.
fn padded<F: NorFlash>(length: usize) -> usize {
    length.next_multiple_of(F::WRITE_SIZE.max(1))
}

impl Keys {
    fn new(unit: &[u8; 32], journal: &[u8; 32]) -> Self {
        let public = |key: &SigningKey| PublicKey(key.verifying_key().to_bytes());
        let unit = SigningKey::from_bytes(unit);
        let journal_public = public(&SigningKey::from_bytes(journal));
        Self { unit_public: public(&unit), unit, journal: *journal, journal_public }
    }

    pub(crate) fn journal(&self) -> JournalKey<'_> {
        JournalKey(&self.journal)
    }

    /// The keys, if they check, and the mark.
    #[inline(never)]
    pub(crate) fn find<F: NorFlash>(flash: &mut F, at: u32) -> Result<(Option<Self>, Use), <F as ErrorType>::Error> {
        let mut buffer = [0; KEYS_LENGTH];
        let (length, mark) = (padded::<F>(72), padded::<F>(4));
        let bytes = buffer.get_mut(..length.saturating_add(mark)).unwrap_or_default();
        flash.read(at, bytes)?;
        let mark = bytes.get(length..).unwrap_or_default();
        let in_use = match mark {
            _ if mark.iter().all(|byte| *byte == 0xFF) => Use::NotYet,
            _ if mark.starts_with(IN_USE) => Use::Marked,
            _ => Use::Unclear,
        };
        Ok((parse(bytes), in_use))
    }

    /// Makes new ones. What was there before is erased.
    #[inline(never)]
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
            flash.write(at, buffer.get(..padded::<F>(72)).unwrap_or_default())?;
        }
        Ok(Self::new(&unit, &journal))
    }

    /// From now on the keys are never made anew.
    pub(crate) fn put_to_use<F: NorFlash>(flash: &mut F, at: u32) -> Result<(), <F as ErrorType>::Error> {
        let at = at.saturating_add(u32::try_from(padded::<F>(72)).unwrap_or(u32::MAX));
        let mut buffer = [0xFF; WORD];
        buffer.iter_mut().zip(IN_USE).for_each(|(to, from)| *to = *from);
        flash.write(at, buffer.get(..padded::<F>(4)).unwrap_or_default())
    }
}

fn parse(bytes: &[u8]) -> Option<Keys> {
    let (kept, rest) = bytes.split_first_chunk::<68>()?;
    let (crc, _) = rest.split_first_chunk::<4>()?;
    let mut expected = Crc::new();
    expected.update(kept);
    let seeds = kept.strip_prefix(MAGIC)?;
    let (unit, journal) = (seeds.first_chunk::<32>()?, seeds.last_chunk::<32>()?);
    (u32::from_be_bytes(*crc) == expected.finish()).then(|| Keys::new(unit, journal))
}
