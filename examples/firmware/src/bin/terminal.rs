//! A pledge terminal: bytes off the line go to `ikrar_terminal`, its answers go back.
#![no_std]
#![no_main]

use ikrar_firmware::board::{self, Board, LAYOUT, MESSAGE, UNITS, entry};
use ikrar_terminal::{BootError, Memory, Terminal};
use static_cell::ConstStaticCell;

static MEMORY: ConstStaticCell<Memory<UNITS, MESSAGE>> = ConstStaticCell::new(Memory::new());

#[entry]
fn main() -> ! {
    let (Some(Board { flash, mut line }), Some(memory)) = (board::take(), MEMORY.try_take()) else {
        board::halt(c"started twice")
    };
    // Used where it is made: moved, it would be on the stack twice.
    let mut booted = Terminal::boot(memory, flash, &LAYOUT, board::random);
    let terminal = match &mut booted {
        Ok(terminal) => terminal,
        Err(error) => board::halt(match error {
            BootError::Layout(_) => c"the layout does not go with the flash",
            BootError::Flash(_) => c"the flash failed",
            BootError::KeysLost => c"the keys are damaged",
            BootError::Journal(_) => c"no journal can be formatted",
            BootError::Mount(_) => c"the device was in use, and no journal can be mounted",
        }),
    };
    loop {
        let byte = line.read();
        terminal.take(byte, &mut |piece| line.write(piece));
    }
}

#[cfg(not(feature = "no-panic"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    board::halt(c"a panic")
}

#[cfg(feature = "no-panic")]
#[allow(unsafe_code, reason = "a symbol that exists nowhere: what links never comes here")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        safe fn a_panic_is_reachable() -> !;
    }
    a_panic_is_reachable()
}
