//! A unit as it is kept: 144 bytes, of which there are many.

use heapless::String;
use ikrar_core::digest::{Id, PublicKey};
use ikrar_core::state::Epoch;

use super::{ID_MAX, RosterError, UnitItem, kept};

/// A name that is kept.
pub(crate) type Kept = String<ID_MAX, u8>;

#[derive(Clone, Debug)]
pub(crate) struct UnitRow {
    pub(crate) id: Kept,
    pub(crate) kind: Option<u8>,
    pub(crate) alive: bool,
    pub(crate) pledges: u8,
    /// `u16::MAX` for none: no roster is that large.
    parent: u16,
    epoch: Option<Packed>,
}

/// An [`Epoch`] without gaps between its fields.
#[derive(Clone, Copy, Debug)]
struct Packed {
    id: Id,
    key: PublicKey,
    next_seq: [u8; 8],
    head: Id,
}

impl UnitRow {
    pub(crate) fn new(unit: &UnitItem<'_>) -> Result<Self, RosterError> {
        let UnitItem { parent, kind, alive, pledges, .. } = *unit;
        let mut row = Self { id: kept(unit.id.as_str())?, kind, alive, pledges, parent: u16::MAX, epoch: None };
        row.set_parent(parent);
        row.set_epoch(unit.epoch.map(|(id, key, next_seq, head)| Epoch { id, key, next_seq, head }));
        Ok(row)
    }

    pub(crate) fn parent(&self) -> Option<u16> {
        (self.parent != u16::MAX).then_some(self.parent)
    }

    pub(crate) fn set_parent(&mut self, parent: Option<u16>) {
        self.parent = parent.unwrap_or(u16::MAX);
    }

    pub(crate) fn epoch(&self) -> Option<Epoch> {
        let Packed { id, key, next_seq, head } = self.epoch?;
        Some(Epoch { id, key, next_seq: u64::from_be_bytes(next_seq), head })
    }

    pub(crate) fn set_epoch(&mut self, epoch: Option<Epoch>) {
        self.epoch =
            epoch.map(|Epoch { id, key, next_seq, head }| Packed { id, key, next_seq: next_seq.to_be_bytes(), head });
    }

    pub(crate) fn is_key(&self, key: &PublicKey) -> bool {
        self.epoch.is_some_and(|epoch| epoch.key == *key)
    }

    /// The chain goes on after the attestation of this number.
    pub(crate) fn reach(&mut self, seq: u64, id: Id) {
        if let Some(epoch) = self.epoch.as_mut() {
            epoch.next_seq = seq.saturating_add(1).to_be_bytes();
            epoch.head = id;
        }
    }
}
