//! CRC-32 as in IEEE 802.3: against accidents of the medium. Against persons stand the chain and the tree.

/// A CRC under way. Bit by bit: small, and cheap beside the hash of the same bytes.
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
            self.0 = (self.0 >> 4) ^ nibble(self.0);
            self.0 = (self.0 >> 4) ^ nibble(self.0);
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

/// The remainder of the lowest four bits.
const fn nibble(value: u32) -> u32 {
    let mut rest = value & 0xF;
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
