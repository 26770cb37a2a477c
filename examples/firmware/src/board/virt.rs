//! QEMU's `virt` with a 32-bit RISC-V processor, with a 16550 UART. A part of its memory stands for flash.

use core::ptr::with_exposed_provenance_mut;

use ikrar_terminal::Layout;
pub use riscv_rt::entry;
use static_cell::ConstStaticCell;

pub use crate::flash_file::{Flash, random};
pub use crate::host::halt;
use crate::register::Register;

/// Most units of the roster.
pub const UNITS: usize = 64;
/// Longest message on the line, with its CRC.
pub const MESSAGE: usize = 2_304;
/// 16 pages of 16 KiB after the block of the keys.
pub const LAYOUT: Layout = Layout { keys: 0, journal: 4_096, page_size: 16_384, pages: 16 };

const FLASH_START: usize = 0x8020_0000;
const FLASH_LENGTH: usize = 4_096 + 16 * 16_384;

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
    // SAFETY: the board has 128 MB of memory from 0x80000000, of which the linker's map gives the program none here, and
    // this line is reached once.
    let cells = unsafe { core::slice::from_raw_parts_mut(with_exposed_provenance_mut(FLASH_START), FLASH_LENGTH) };
    // SAFETY: the registers of the UART, which touch no memory (16550: receiver or transmitter, line status).
    let line = unsafe { Line { data: Register::at(0x1000_0000), status: Register::at(0x1000_0005) } };
    Some(Board { flash: Flash::new(cells), line })
}

/// The UART. The emulator knows no speed.
pub struct Line {
    data: Register<u8>,
    status: Register<u8>,
}

impl Line {
    /// Waits for the next byte.
    pub fn read(&mut self) -> u8 {
        while self.status.read() & 0x01 == 0 {}
        self.data.read()
    }

    /// Sends bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            while self.status.read() & 0x20 == 0 {}
            self.data.write(*byte);
        }
    }
}
