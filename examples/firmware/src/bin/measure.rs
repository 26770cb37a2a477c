//! Counts instructions and painted stack of what a terminal does.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_dalek::SigningKey;
use ikrar_core::digest::{PublicKey, attestation_id, signing_message};
use ikrar_core::signature::{Equation, sign, verify};
use semihosting::{print, println};

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    println!("panic: {}", info);
    semihosting::process::exit(1)
}

unsafe extern "C" {
    static __ebss: u32;
}

#[inline(never)]
fn paint() -> u32 {
    let sp = cortex_m::register::msp::read();
    let start = unsafe { core::ptr::addr_of!(__ebss) } as u32;
    let mut p = start;
    while p < sp - 64 {
        unsafe { core::ptr::write_volatile(p as *mut u32, 0xDEADBEEF) };
        p += 4;
    }
    sp
}
#[inline(never)]
fn deepest(sp: u32) -> u32 {
    let mut p = unsafe { core::ptr::addr_of!(__ebss) } as u32;
    while p < sp && unsafe { core::ptr::read_volatile(p as *const u32) } == 0xDEADBEEF {
        p += 4;
    }
    sp - p
}

fn measure(syst: &mut cortex_m::peripheral::SYST, name: &str, f: &mut dyn FnMut()) {
    let sp = paint();
    syst.set_clock_source(SystClkSource::Core);
    syst.set_reload(0xFF_FFFF);
    syst.clear_current();
    syst.enable_counter();
    f();
    let now = cortex_m::peripheral::SYST::get_current();
    let wrapped = syst.has_wrapped();
    let d = deepest(sp);
    println!("{name}: ticks {} wrapped {wrapped} instr {} stack {d}", 0xFF_FFFF - now, (0xFF_FFFF - now) * 40);
}

#[entry]
fn main() -> ! {
    let mut p = cortex_m::Peripherals::take().unwrap();
    let s = &mut p.SYST;
    let body = [7u8; 104];
    let key = SigningKey::from_bytes(&[5; 32]);
    let public = PublicKey(key.verifying_key().to_bytes());
    let message = signing_message(&attestation_id(&body));
    let mut sig = [0u8; 64];
    measure(s, "nothing", &mut || {});
    measure(s, "id", &mut || {
        black_box(attestation_id(black_box(&body)));
    });
    measure(s, "sign", &mut || {
        sig = sign(black_box(&key), black_box(&message)).unwrap();
    });
    measure(s, "verify", &mut || {
        verify(black_box(&public), black_box(&message), black_box(&sig)).unwrap();
    });
    measure(s, "key from seed", &mut || {
        black_box(SigningKey::from_bytes(black_box(&[5; 32])));
    });
    measure(s, "decompress", &mut || {
        black_box(CompressedEdwardsY(black_box(public.0)).decompress());
    });
    let a = CompressedEdwardsY(public.0).decompress().unwrap();
    measure(s, "compress", &mut || {
        black_box(black_box(a).compress());
    });
    measure(s, "equation", &mut || {
        black_box(Equation::new(black_box(&public), &[black_box(&message)], black_box(&sig))).unwrap();
    });
    let e = Equation::new(&public, &[&message], &sig).unwrap();
    measure(s, "holds", &mut || {
        black_box(black_box(e).holds());
    });
    measure(s, "dalek strict", &mut || {
        black_box(
            ed25519_dalek::VerifyingKey::from_bytes(black_box(&public.0))
                .unwrap()
                .verify_strict(black_box(&message), &ed25519_dalek::Signature::from_bytes(&sig)),
        )
        .unwrap();
    });
    print!("");
    semihosting::process::exit(0)
}
