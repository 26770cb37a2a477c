//! CRC-32 as in IEEE 802.3: against accidents of the medium. Against persons stand the chain and the tree.

/// A CRC under way, four bits at a time: 64 bytes of table.
#[derive(Clone, Copy)]
pub struct Crc(u32);

#[allow(clippy::new_without_default, reason = "nothing would call it")]
impl Crc {
    /// Before the first byte.
    pub const fn new() -> Self {
        Self(u32::MAX)
    }

    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u32::from(*byte);
            self.0 = (self.0 >> 4) ^ remainder(self.0);
            self.0 = (self.0 >> 4) ^ remainder(self.0);
        }
    }

    /// The CRC of all of them.
    pub const fn finish(self) -> u32 {
        !self.0
    }
}

/// Over several parts, one after the other.
pub(crate) fn crc32(parts: &[&[u8]]) -> u32 {
    let mut crc = Crc::new();
    parts.iter().for_each(|part| crc.update(part));
    crc.finish()
}

/// The remainders of all values of four bits.
const REMAINDERS: [u32; 16] = {
    let mut table = [0; 16];
    let (mut at, mut value) = (0, 0);
    while at < table.len() {
        table[at] = divided(value);
        at += 1;
        value += 1;
    }
    table
};

/// The remainder of the lowest four bits.
fn remainder(value: u32) -> u32 {
    let [low, ..] = value.to_le_bytes();
    REMAINDERS.get(usize::from(low & 0xF)).copied().unwrap_or_default()
}

const fn divided(value: u32) -> u32 {
    let mut rest = value;
    let mut bit = 0;
    while bit < 4 {
        rest = (rest >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(rest & 1));
        bit += 1;
    }
    rest
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_published_check_value() {
        assert_eq!(super::crc32(&[b"1234", b"", b"56789"]), 0xCBF4_3926);
    }
}
