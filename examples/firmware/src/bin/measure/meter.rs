//! Instructions by SysTick, stack by paint.

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m::register::msp;
use semihosting::eprintln;

/// The board's clock has 25 MHz, and the emulator counts an instruction as a nanosecond.
const INSTRUCTIONS_PER_TICK: u32 = 40;
/// SysTick has 24 bits.
const TICKS: u32 = 0x00FF_FFFF;
const PAINT: u32 = 0xA5C3_5A3C;
/// Room below the stack pointer that painting itself needs, in words.
const OWN: usize = 64;

/// Counts what runs in it.
pub(crate) struct Meter {
    ticks: u32,
    from: *const u32,
}

impl Meter {
    pub(crate) fn take() -> Option<Self> {
        let mut timer = cortex_m::Peripherals::take()?.SYST;
        timer.set_clock_source(SystClkSource::Core);
        timer.set_reload(TICKS);
        timer.clear_current();
        timer.enable_counter();
        Some(Self { ticks: 0, from: core::ptr::null() })
    }

    /// From here on.
    #[inline(never)]
    #[allow(unsafe_code, reason = "the stack that is not in use is painted")]
    pub(crate) fn begin(&mut self) {
        self.ticks = 0;
        self.from = core::ptr::with_exposed_provenance(usize::try_from(msp::read()).unwrap_or(0));
        let mut word = cortex_m_rt::heap_start();
        while word < self.from.cast_mut().wrapping_sub(OWN) {
            // SAFETY: between the statics and the stack's end is memory that nothing uses; no heap.
            unsafe { word.write_volatile(PAINT) };
            word = word.wrapping_add(1);
        }
    }

    /// Counts; what was counted since `begin` is added up. Each call lasts less than 2²⁴ ticks.
    pub(crate) fn count(&mut self, run: impl FnOnce()) {
        let before = SYST::get_current();
        run();
        let after = SYST::get_current();
        self.ticks = self.ticks.saturating_add(before.wrapping_sub(after) & TICKS);
    }

    /// Instructions, and bytes of stack below the one who called `begin`.
    #[inline(never)]
    #[allow(unsafe_code, reason = "the stack that is not in use was painted")]
    pub(crate) fn end(&self) -> (u32, usize) {
        let mut word = cortex_m_rt::heap_start().cast_const();
        // SAFETY: as in `begin`.
        while word < self.from && unsafe { word.read_volatile() } == PAINT {
            word = word.wrapping_add(1);
        }
        let stack = self.from.addr().saturating_sub(word.addr());
        (self.ticks.saturating_mul(INSTRUCTIONS_PER_TICK), stack)
    }

    /// One thing alone.
    #[inline(never)]
    pub(crate) fn figure(&mut self, name: &str, run: impl FnOnce()) {
        self.begin();
        self.count(run);
        let (instructions, stack) = self.end();
        eprintln!("figure {} {} {}", name, instructions, stack);
    }
}
