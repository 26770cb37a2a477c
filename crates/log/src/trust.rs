//! stub
#![allow(missing_docs)]
use ikrar_core::digest::{Id, PublicKey};
pub struct TrustRoot {
    pub registry: Id,
    pub origin: String,
    pub log_key: PublicKey,
    pub policy: Option<String>,
}
impl TrustRoot {
    pub fn fingerprint(&self) -> [u8; 32] {
        [0; 32]
    }
}
