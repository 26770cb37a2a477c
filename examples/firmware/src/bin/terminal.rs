//! A pledge terminal: bytes off the line go to `ikrar_terminal`, its answers go back.
#![no_std]
#![no_main]

use ikrar_firmware::board::{self, Board, Flash, LAYOUT, MESSAGE, UNITS, entry};
use ikrar_terminal::{BootError, Memory, Terminal};
use static_cell::{ConstStaticCell, StaticCell};

type Device = Terminal<'static, Flash, UNITS>;

static MEMORY: ConstStaticCell<Memory<UNITS, MESSAGE>> = ConstStaticCell::new(Memory::new());
static TERMINAL: StaticCell<Device> = StaticCell::new();

#[entry]
fn main() -> ! {
    let Some(Board { flash, mut line }) = board::take() else { board::halt(c"started twice") };
    let terminal = boot(flash);
    loop {
        let byte = line.read();
        terminal.take(byte, &mut |piece| line.write(piece));
    }
}

/// Apart from `main`, whose part of the stack stays in use.
#[inline(never)]
fn boot(flash: Flash) -> &'static mut Device {
    let Some(memory) = MEMORY.try_take() else { board::halt(c"started twice") };
    match Terminal::boot(memory, flash, &LAYOUT, board::random) {
        Ok(terminal) => match TERMINAL.try_init(terminal) {
            Some(terminal) => terminal,
            None => board::halt(c"started twice"),
        },
        Err(error) => board::halt(match error {
            BootError::Layout(_) => c"the layout does not go with the flash",
            BootError::Flash(_) => c"the flash failed",
            BootError::KeysLost => c"the keys are damaged",
            BootError::Journal(_) => c"no journal can be formatted",
            BootError::Mount(_) => c"the device was in use, and no journal can be mounted",
        }),
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
