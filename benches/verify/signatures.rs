//! The floor: signatures in batches, and nothing else.

use std::collections::HashMap;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::signature::DecodedKey;
use ikrar_core::statement::Statement;
use ikrar_log::batch::{Batch, KeyPlace};

use crate::Error;

/// A signature with the key in force for it.
pub(crate) struct Signed {
    pub(crate) key: PublicKey,
    pub(crate) id: Id,
    pub(crate) signature: [u8; 64],
}

/// The signature of each attestation of a log, with the key that its unit was enrolled with.
pub(crate) fn signatures<'a>(attestations: impl Iterator<Item = &'a [u8]>) -> Result<Vec<Signed>, Error> {
    let mut keys = HashMap::new();
    let mut signed = Vec::new();
    for bytes in attestations {
        let attestation = Attestation::decode(bytes)?;
        let installs = match &attestation.body().statement {
            Statement::Genesis(genesis) => Some(genesis.root_key),
            Statement::Enroll(enroll) => enroll.key,
            _ => None,
        };
        keys.extend(installs.map(|key| (attestation.id(), key)));
        let epoch = if keys.len() == 1 && signed.is_empty() { attestation.id() } else { attestation.body().epoch };
        let key = *keys.get(&epoch).ok_or("an epoch that nobody installed")?;
        signed.push(Signed { key, id: attestation.id(), signature: *attestation.signature() });
    }
    Ok(signed)
}

/// Do all hold, in batches of so many?
pub(crate) fn in_batches(signed: &[Signed], batch: usize) -> bool {
    let mut decoded: HashMap<PublicKey, DecodedKey> = HashMap::new();
    signed.chunks(batch).all(|part| {
        let mut batch = Batch::with_capacity(part.len());
        let mut places: HashMap<PublicKey, KeyPlace> = HashMap::new();
        for it in part {
            let key = *places.entry(it.key).or_insert_with(|| {
                let key = decoded.entry(it.key).or_insert_with(|| DecodedKey::new(&it.key).expect("a key that passes"));
                batch.key(key)
            });
            let _ = batch.push(key, &signing_message(&it.id), &it.signature);
        }
        batch.verify().into_iter().all(|good| good)
    })
}
