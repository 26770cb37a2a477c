//! Fresh coefficients: whoever makes signatures can neither know nor steer them.

use curve25519_dalek::scalar::Scalar;
use sha2::{Digest as _, Sha256};

/// Label of the expansion, which serves nothing else.
const LABEL: &[u8] = b"ikrar batch v1\n";

/// Non-zero numbers of 128 bits, expanded by SHA-256 from a seed of the operating system.
pub(super) struct Coefficients {
    seed: [u8; 32],
    counter: u64,
    left: [u8; 32],
    spent: usize,
}

impl Coefficients {
    /// `None` where the operating system gives no randomness.
    pub(super) fn fresh() -> Option<Self> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).ok()?;
        Some(Self { seed, counter: 0, left: [0; 32], spent: 2 })
    }

    pub(super) fn draw(&mut self) -> Scalar {
        if self.spent == 2 {
            let block = Sha256::new_with_prefix(LABEL).chain_update(self.seed).chain_update(self.counter.to_le_bytes());
            (self.left, self.counter, self.spent) = (block.finalize().into(), self.counter + 1, 0);
        }
        let halves = self.left.as_chunks::<16>().0;
        let drawn = halves.get(self.spent).map_or(0, |half| u128::from_le_bytes(*half));
        self.spent += 1;
        // Zero would leave a signature out. It never comes.
        Scalar::from(drawn.max(1))
    }
}
