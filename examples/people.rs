//! Invented numbers of staff, of a plausible size for each kind of unit.

use ikrar_core::statement::{Count, Coverage};

use crate::draw::Draw;

/// Below this many persons a unit reports them combined.
const SMALL: u32 = 12;

/// How many persons should sign in a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Staff {
    pns: u32,
    pppk: u32,
    ppnpn: u32,
}

impl Staff {
    /// Draws the staff of a unit.
    pub(crate) fn of(draw: Draw, unit: &str, kind: &str) -> Self {
        let [pns, pppk, ppnpn] = match kind {
            "provinsi" => [(220, 460), (40, 90), (80, 160)],
            "kabupaten" | "kota" => [(90, 210), (15, 40), (30, 80)],
            "kecamatan" | "distrik" => [(14, 32), (1, 5), (5, 14)],
            "kelurahan" | "desa" => [(5, 11), (0, 2), (2, 7)],
            "kementerian" => [(60, 120), (10, 30), (40, 90)],
            "biro" | "pusat" | "inspektorat" | "direktorat" => [(35, 120), (2, 9), (15, 60)],
            _ => [(10, 40), (0, 8), (2, 20)],
        };
        let between = |(least, most), question| draw.between(least, most, question, unit);
        Self { pns: between(pns, "pns"), pppk: between(pppk, "pppk"), ppnpn: between(ppnpn, "ppnpn") }
    }

    /// The staff some years later: every year some PPNPN become PPPK. A few units leave their PPNPN out: they state zero.
    pub(crate) fn after(self, years: u32, draw: Draw, unit: &str) -> Self {
        let taken_on = self.ppnpn.saturating_mul(years).div_ceil(12).min(self.ppnpn);
        let left_out = draw.chance(0.05, "leaves PPNPN out", unit);
        let ppnpn = if left_out { 0 } else { self.ppnpn - taken_on };
        Self { pns: self.pns, pppk: self.pppk + taken_on, ppnpn }
    }

    /// All of them.
    pub(crate) fn all(self) -> u32 {
        self.pns + self.pppk + self.ppnpn
    }

    /// Everyone has signed but `absent`, who are missing first among those who are not ASN, last among the PNS.
    pub(crate) fn signed_but(self, absent: u32) -> Coverage {
        if self.all() < SMALL {
            return Coverage::Combined(Count { required: self.all(), signed: self.all().saturating_sub(absent) });
        }
        let mut absent = absent;
        let mut count = |required: u32| {
            let away = absent.min(required);
            absent -= away;
            Count { required, signed: required - away }
        };
        let (ppnpn, pppk, pns) = (count(self.ppnpn), count(self.pppk), count(self.pns));
        Coverage::ByCategory { pns, pppk, ppnpn }
    }

    /// Some who have not signed yet: at least one, and never all.
    pub(crate) fn some(self, draw: Draw, unit: &str) -> u32 {
        draw.between(1, (self.all() / 3).max(1), "absent", unit).min(self.all().saturating_sub(1))
    }
}
