//! Keys and draws of lots that come out the same on every machine, for ever.

use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha256};

/// Draws lots from a seed. Anyone can draw the same: nothing here protects anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw {
    seed: u64,
}

impl Draw {
    /// Lots of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed }
    }

    fn hash(self, label: &str, parts: [&str; 2]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(label);
        hasher.update(self.seed.to_be_bytes());
        hasher.update(parts[0]);
        hasher.update(parts[1]);
        hasher.finalize().into()
    }

    /// The example key of a unit: its Ed25519 seed is SHA-256("ikrar example key" ‖ seed ‖ unit id).
    pub(crate) fn key(self, unit: &str) -> SigningKey {
        SigningKey::from_bytes(&self.hash("ikrar example key", [unit, ""]))
    }

    /// The log's key. It differs with what is built, so that no two example logs are one registry.
    pub(crate) fn log_key(self, units: &[u8], missing: f64) -> SigningKey {
        let mut hasher = Sha256::new();
        hasher.update("ikrar example log");
        hasher.update(self.seed.to_be_bytes());
        hasher.update(missing.to_bits().to_be_bytes());
        hasher.update(units);
        SigningKey::from_bytes(&hasher.finalize().into())
    }

    /// The keys that follow it, from the second.
    pub(crate) fn later_key(self, unit: &str, number: u32) -> SigningKey {
        SigningKey::from_bytes(&self.hash("ikrar example key", [unit, &format!(" {number}")]))
    }

    /// 64 bits about one question for one unit.
    pub(crate) fn bits(self, question: &str, unit: &str) -> u64 {
        let hash = self.hash("ikrar example draw", [question, unit]);
        hash.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    /// A number below `n`.
    pub(crate) fn below(self, n: u64, question: &str, unit: &str) -> u64 {
        let scaled = (u128::from(self.bits(question, unit)) * u128::from(n)) >> 64;
        u64::try_from(scaled).unwrap_or_default()
    }

    /// A number from `least` to `most`.
    pub(crate) fn between(self, least: u32, most: u32, question: &str, unit: &str) -> u32 {
        let span = u64::from(most.saturating_sub(least)) + 1;
        u32::try_from(self.below(span, question, unit)).map_or(least, |step| least + step)
    }

    /// True in this share of cases.
    pub(crate) fn chance(self, share: f64, question: &str, unit: &str) -> bool {
        let high = u32::try_from(self.bits(question, unit) >> 32).unwrap_or_default();
        f64::from(high) < share * 4_294_967_296.0
    }

    /// A place in `weights`, the heavier the likelier.
    pub(crate) fn weighted(self, weights: &[u64], question: &str, unit: &str) -> u64 {
        let mut left = self.below(weights.iter().sum(), question, unit);
        for (place, weight) in (0..).zip(weights) {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return place,
            }
        }
        0
    }
}
