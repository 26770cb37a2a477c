//! Registers of peripherals: the one place that touches them.

/// A register of a peripheral, of one byte or four.
#[derive(Clone, Copy)]
pub(crate) struct Register<T>(*mut T);

impl<T: Copy> Register<T> {
    /// The register at an address.
    ///
    /// # Safety
    /// There is a register of this width at the address on the board that is built for. No value written to it, and no
    /// read of it, touches memory that Rust knows.
    #[allow(unsafe_code, reason = "the address of a peripheral is the board's word")]
    pub(crate) const unsafe fn at(address: usize) -> Self {
        Self(core::ptr::with_exposed_provenance_mut(address))
    }

    #[allow(unsafe_code, reason = "a peripheral is reached by its address")]
    pub(crate) fn read(self) -> T {
        // SAFETY: `at` was promised a register of this width.
        unsafe { self.0.read_volatile() }
    }

    #[allow(unsafe_code, reason = "a peripheral is reached by its address")]
    pub(crate) fn write(self, value: T) {
        // SAFETY: `at` was promised a register of this width that takes any value.
        unsafe { self.0.write_volatile(value) }
    }
}
