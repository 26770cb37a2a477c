//! A terminal that tells, after each answer, how many instructions it took and how deep the stack went.
//!
//! Cortex-M4 under an emulator that counts an instruction as a nanosecond (QEMU: `-icount shift=0`). Lines on the host's
//! console: `figure NAME INSTRUCTIONS STACK`; of a request, NAME is its tag. Bytes on the line itself are not counted.
#![no_std]
#![no_main]

#[cfg(board = "mps2_an386")]
mod meter;

#[cfg(not(board = "mps2_an386"))]
use ikrar_firmware as _;

#[cfg(board = "mps2_an386")]
mod measured {
    use core::hint::black_box;

    use ed25519_dalek::SigningKey;
    use ikrar_core::digest::{PublicKey, attestation_id, signing_message};
    use ikrar_core::signature::{sign, verify};
    use ikrar_firmware::board::{self, Board, LAYOUT, MESSAGE, UNITS, entry};
    use ikrar_terminal::frame::{Received, Receiver};
    use ikrar_terminal::{Memory, Terminal};
    use semihosting::eprintln;
    use static_cell::ConstStaticCell;

    use super::meter::Meter;

    static MEMORY: ConstStaticCell<Memory<UNITS, MESSAGE>> = ConstStaticCell::new(Memory::new());
    static FRAMES: ConstStaticCell<Frames> =
        ConstStaticCell::new(Frames { heard: [0; MESSAGE], said: [0; 2 * MESSAGE] });

    /// A request as it was heard, and the frame that answers it.
    struct Frames {
        heard: [u8; MESSAGE],
        said: [u8; 2 * MESSAGE],
    }

    /// A statement of this length is what the project's goals speak of; its signature is over the id of 104 bytes.
    const BODY: [u8; 104] = [7; 104];

    fn bare(meter: &mut Meter) {
        let key = SigningKey::from_bytes(&[5; 32]);
        let public = PublicKey(key.verifying_key().to_bytes());
        let message = signing_message(&attestation_id(&BODY));
        let mut signature = [0; 64];
        meter.figure("sign", || {
            let id = attestation_id(black_box(&BODY));
            signature = sign(black_box(&key), &signing_message(&id)).unwrap_or([0; 64]);
        });
        let mut good = false;
        meter.figure("verify", || good = verify(black_box(&public), &message, black_box(&signature)).is_ok());
        if !good {
            board::halt(c"the signature is not good");
        }
    }

    #[entry]
    fn main() -> ! {
        let (Some(Board { flash, mut line }), Some(memory)) = (board::take(), MEMORY.try_take()) else {
            board::halt(c"started twice")
        };
        let (Some(mut meter), Some(Frames { heard, said })) = (Meter::take(), FRAMES.try_take()) else {
            board::halt(c"started twice")
        };
        bare(&mut meter);
        let Ok(mut terminal) = Terminal::boot(memory, flash, &LAYOUT, board::random) else { board::halt(c"no boot") };
        let mut receiver = Receiver::new();
        meter.begin();
        loop {
            let byte = line.read();
            let mut length = 0_usize;
            meter.count(|| {
                terminal.take(byte, &mut |piece| {
                    if let Some(place) = said.get_mut(length..length.saturating_add(piece.len())) {
                        place.copy_from_slice(piece);
                    }
                    length = length.saturating_add(piece.len());
                });
            });
            if let Received::Message(_) = receiver.take(byte, heard) {
                let (instructions, stack) = meter.end();
                eprintln!("figure request-{} {} {}", heard[2], instructions, stack);
                meter.begin();
            }
            line.write(said.get(..length).unwrap_or_default());
        }
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        board::halt(c"a panic")
    }
}

#[cfg(not(board = "mps2_an386"))]
mod unmeasured {
    use ikrar_firmware::board::{self, entry};

    #[entry]
    fn main() -> ! {
        board::halt(c"figures are taken on mps2-an386")
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        board::halt(c"a panic")
    }
}
