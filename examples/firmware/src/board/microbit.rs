//! The BBC micro:bit, first version: an nRF51822 with a Cortex-M0, 256 KB of flash and 16 KB of RAM.

use core::ffi::CStr;
use core::ptr::with_exposed_provenance;

pub use cortex_m_rt::entry;
use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};
use ikrar_terminal::Layout;
use static_cell::ConstStaticCell;

use crate::register::Register;

/// Most units of the roster.
pub const UNITS: usize = 6;
/// Longest message on the line, with its CRC.
pub const MESSAGE: usize = 1_792;
/// 11 pages of 8 KiB after the block of the keys.
pub const LAYOUT: Layout = Layout { keys: 0, journal: 1_024, page_size: 8_192, pages: 11 };

/// The last 96 KB of flash.
const FLASH_START: usize = 0x0002_8000;
const FLASH_LENGTH: usize = 0x0001_8000;

/// What a terminal needs of this board.
pub struct Board {
    /// Where keys and journal are.
    pub flash: Flash,
    /// The way to the host.
    pub line: Line,
}

/// Takes the board, once.
#[allow(unsafe_code, reason = "the addresses are this board's")]
pub fn take() -> Option<Board> {
    static BOARD: ConstStaticCell<()> = ConstStaticCell::new(());
    BOARD.try_take()?;
    // SAFETY: the registers of the UART, which touch no memory (nRF51 Reference Manual 3.0, chapter 29).
    let line = unsafe {
        Register::at(0x4000_250C).write(24_u32); // TXD is pin 24
        Register::at(0x4000_2514).write(25_u32); // RXD is pin 25
        Register::at(0x4000_2524).write(0x01D7_E000_u32); // 115,200 baud
        Register::at(0x4000_2500).write(4_u32); // enable
        Register::at(0x4000_2000).write(1_u32); // start to receive
        Register::at(0x4000_2008).write(1_u32); // start to transmit
        Line {
            received: Register::at(0x4000_2108),
            sent: Register::at(0x4000_211C),
            data_in: Register::at(0x4000_2518),
            data_out: Register::at(0x4000_251C),
        }
    };
    // SAFETY: the registers of the NVMC (chapter 6). What it erases and programs is the part of the flash that `Flash`
    // stands for, which the linker's map gives to nothing.
    let flash = unsafe {
        Flash {
            ready: Register::at(0x4001_E400),
            config: Register::at(0x4001_E504),
            erase_page: Register::at(0x4001_E508),
        }
    };
    Some(Board { flash, line })
}

/// The UART.
pub struct Line {
    received: Register<u32>,
    sent: Register<u32>,
    data_in: Register<u32>,
    data_out: Register<u32>,
}

impl Line {
    /// Waits for the next byte.
    pub fn read(&mut self) -> u8 {
        while self.received.read() == 0 {}
        self.received.write(0);
        let [byte, ..] = self.data_in.read().to_le_bytes();
        byte
    }

    /// Sends bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.sent.write(0);
            self.data_out.write(u32::from(*byte));
            while self.sent.read() == 0 {}
        }
    }
}

/// The chip's randomness, with its bias corrected.
#[allow(unsafe_code, reason = "the addresses are this board's")]
pub fn random(seed: &mut [u8; 32]) {
    // SAFETY: the registers of the RNG, which touch no memory (chapter 22).
    let (start, stop, ready, config, value) = unsafe {
        let base = 0x4000_D000_usize;
        let at = |offset| Register::<u32>::at(base + offset);
        (at(0x000), at(0x004), at(0x100), at(0x504), at(0x508))
    };
    config.write(1);
    start.write(1);
    for byte in seed {
        ready.write(0);
        while ready.read() == 0 {}
        [*byte, ..] = value.read().to_le_bytes();
    }
    stop.write(1);
}

/// Stops; this board has nobody to tell why.
pub fn halt(_reason: &CStr) -> ! {
    loop {
        cortex_m::asm::wfi();
    }
}

/// The last part of the chip's flash, through its controller.
pub struct Flash {
    ready: Register<u32>,
    config: Register<u32>,
    erase_page: Register<u32>,
}

/// What the controller lets be done to the flash.
const READ_ONLY: u32 = 0;
const PROGRAM: u32 = 1;
const ERASE: u32 = 2;

impl Flash {
    fn allow(&mut self, what: u32) {
        self.config.write(what);
        self.wait();
    }

    fn wait(&mut self) {
        while self.ready.read() & 1 == 0 {}
    }

    fn address(offset: u32) -> usize {
        FLASH_START.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX))
    }
}

impl ErrorType for Flash {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Flash {
    const READ_SIZE: usize = 1;

    #[allow(unsafe_code, reason = "flash is read by its address")]
    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
        check_read(self, offset, bytes.len())?;
        let start = Self::address(offset);
        for (place, byte) in bytes.iter_mut().enumerate() {
            // SAFETY: the range was checked to be in the flash; volatile, since the controller writes it behind Rust's back.
            *byte = unsafe { with_exposed_provenance::<u8>(start.saturating_add(place)).read_volatile() };
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        FLASH_LENGTH
    }
}

impl NorFlash for Flash {
    const WRITE_SIZE: usize = 4;
    const ERASE_SIZE: usize = 1_024;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Self::Error> {
        check_erase(self, from, to)?;
        self.allow(ERASE);
        let mut at = from;
        while at < to {
            self.erase_page.write(u32::try_from(Self::address(at)).map_err(|_| NorFlashErrorKind::OutOfBounds)?);
            self.wait();
            at = at.saturating_add(1_024);
        }
        self.allow(READ_ONLY);
        Ok(())
    }

    #[allow(unsafe_code, reason = "flash is programmed by its address")]
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        check_write(self, offset, bytes.len())?;
        self.allow(PROGRAM);
        let mut at = Self::address(offset);
        for word in bytes.as_chunks::<4>().0 {
            // SAFETY: the range was checked to be in the flash, and is in no memory that Rust knows.
            unsafe { Register::at(at) }.write(u32::from_le_bytes(*word));
            self.wait();
            at = at.saturating_add(4);
        }
        self.allow(READ_ONLY);
        Ok(())
    }
}
