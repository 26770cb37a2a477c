//! A NOR flash that honours the trait's contract to the letter, and that can lose power at any moment.
#![allow(dead_code, reason = "shared by several tests, each of which uses a part")]

use std::cell::RefCell;
use std::rc::Rc;

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};

/// Bytes of an erase block.
pub(crate) const BLOCK: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Power is off.
    Off,
    /// The caller broke the contract.
    Misuse(NorFlashErrorKind),
}

impl NorFlashError for Fault {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::Off => NorFlashErrorKind::Other,
            Self::Misuse(kind) => *kind,
        }
    }
}

/// A small, fast generator: the tests must be repeatable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// The supply, in the hands of the test.
#[derive(Clone, Debug)]
pub(crate) struct Power {
    /// Calls of write and erase blocks so far.
    pub(crate) calls: u64,
    /// The call at which power is cut.
    pub(crate) cut_at: Option<u64>,
    pub(crate) off: bool,
    pub(crate) random: Random,
}

pub(crate) struct Flash<const W: usize> {
    pub(crate) cells: Vec<u8>,
    /// Words that may not be programmed before the next erase.
    used: Vec<bool>,
    pub(crate) power: Rc<RefCell<Power>>,
}

/// Another chip with the same contents and a supply of its own.
impl<const W: usize> Clone for Flash<W> {
    fn clone(&self) -> Self {
        let power = Rc::new(RefCell::new(self.power.borrow().clone()));
        Self { cells: self.cells.clone(), used: self.used.clone(), power }
    }
}

impl<const W: usize> Flash<W> {
    /// As it may come from a drawer: full of anything.
    pub(crate) fn new(bytes: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let cells = (0..bytes).map(|_| random.byte()).collect();
        Self::with(cells, random)
    }

    /// With these contents; what is not erased can't be programmed.
    pub(crate) fn with(cells: Vec<u8>, random: Random) -> Self {
        let used = cells.chunks(W).map(|word| word.iter().any(|cell| *cell != 0xFF)).collect();
        Self { cells, used, power: Rc::new(RefCell::new(Power { calls: 0, cut_at: None, off: false, random })) }
    }

    fn below(&self, limit: usize) -> usize {
        self.power.borrow_mut().random.below(limit)
    }

    fn byte(&self) -> u8 {
        self.power.borrow_mut().random.byte()
    }

    fn on(&self) -> Result<(), Fault> {
        if self.power.borrow().off { Err(Fault::Off) } else { Ok(()) }
    }

    fn cut_now(&self) -> bool {
        let mut power = self.power.borrow_mut();
        power.calls += 1;
        power.off = power.cut_at.is_some_and(|at| power.calls >= at);
        power.off
    }

    fn program(&mut self, word: usize, bytes: &[u8]) {
        assert!(!self.used[word], "word {word} is programmed twice");
        let cells = &mut self.cells[word * W..(word + 1) * W];
        cells.iter_mut().zip(bytes).for_each(|(cell, byte)| *cell &= byte);
        // A word that a cut left wholly erased can be programmed: nothing tells it from one never touched.
        self.used[word] = cells.iter().any(|cell| *cell != 0xFF);
    }

    fn tear(&mut self, word: usize, bytes: &[u8]) {
        let torn: Vec<u8> = match self.below(4) {
            // One bit of all is missing.
            0 => {
                let (at, bit) = (self.below(bytes.len()), self.below(8));
                bytes.iter().enumerate().map(|(i, byte)| if i == at { byte | 1 << bit } else { *byte }).collect()
            }
            _ => bytes.iter().map(|byte| byte | self.byte()).collect(),
        };
        self.program(word, &torn);
    }
}

impl<const W: usize> ErrorType for Flash<W> {
    type Error = Fault;
}

impl<const W: usize> ReadNorFlash for Flash<W> {
    const READ_SIZE: usize = if W.is_multiple_of(4) { 4 } else { 1 };

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        check_read(self, offset, bytes.len()).map_err(Fault::Misuse)?;
        self.on()?;
        let from = usize::try_from(offset).unwrap();
        bytes.copy_from_slice(&self.cells[from..from + bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.cells.len()
    }
}

impl<const W: usize> NorFlash for Flash<W> {
    const WRITE_SIZE: usize = W;
    const ERASE_SIZE: usize = BLOCK;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Fault> {
        check_erase(self, from, to).map_err(Fault::Misuse)?;
        self.on()?;
        let (from, to) = (usize::try_from(from).unwrap(), usize::try_from(to).unwrap());
        for block in (from..to).step_by(BLOCK) {
            let cut = self.cut_now();
            self.used[block / W..(block + BLOCK) / W].fill(cut);
            let kind = if cut { self.below(5) } else { 0 };
            for at in block..block + BLOCK {
                let byte = self.byte();
                self.cells[at] = match kind {
                    0 => 0xFF,
                    // Undefined: anything.
                    1 => byte,
                    // Some bits are erased already.
                    2 => self.cells[at] | byte,
                    // In one half of the block.
                    3 if at >= block + BLOCK / 2 => self.cells[at] | byte,
                    // Nothing to be seen yet.
                    _ => self.cells[at],
                };
            }
            if cut {
                return Err(Fault::Off);
            }
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Fault> {
        check_write(self, offset, bytes.len()).map_err(Fault::Misuse)?;
        self.on()?;
        let first = usize::try_from(offset).unwrap() / W;
        let words = bytes.len() / W;
        let cut = self.cut_now();
        let (whole, all_undefined) = if cut { (self.below(words + 1), self.below(3) == 0) } else { (words, false) };
        for (index, word) in bytes.chunks(W).enumerate() {
            if all_undefined || index == whole {
                self.tear(first + index, word);
            } else if index < whole {
                self.program(first + index, word);
            }
        }
        if cut { Err(Fault::Off) } else { Ok(()) }
    }
}
