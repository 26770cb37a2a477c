//! QEMU's `mps2-an386`: an ARM MPS2 board with a Cortex-M4, with a CMSDK UART. A part of its memory stands for flash.

use core::ptr::with_exposed_provenance_mut;

pub use cortex_m_rt::entry;
use ikrar_terminal::Layout;
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

const FLASH_START: usize = 0x0020_0000;
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
    // SAFETY: the board has 4 MB of memory from 0, of which the linker's map gives the program the first 64 KB, and this
    // line is reached once.
    let cells = unsafe { core::slice::from_raw_parts_mut(with_exposed_provenance_mut(FLASH_START), FLASH_LENGTH) };
    // SAFETY: the registers of UART0, which touch no memory (ARM DAI0385D, CMSDK UART).
    let line = unsafe {
        Line {
            data: Register::at(0x4000_4000),
            state: Register::at(0x4000_4004),
            control: Register::at(0x4000_4008),
            divider: Register::at(0x4000_4010),
        }
    };
    line.divider.write(217); // 115,200 baud at 25 MHz
    line.control.write(0b11); // transmit and receive
    Some(Board { flash: Flash::new(cells), line })
}

/// UART0.
pub struct Line {
    data: Register<u32>,
    state: Register<u32>,
    control: Register<u32>,
    divider: Register<u32>,
}

impl Line {
    /// Waits for the next byte.
    pub fn read(&mut self) -> u8 {
        while self.state.read() & 0b10 == 0 {}
        let [byte, ..] = self.data.read().to_le_bytes();
        byte
    }

    /// Sends bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            while self.state.read() & 0b01 != 0 {}
            self.data.write(u32::from(*byte));
        }
    }
}
