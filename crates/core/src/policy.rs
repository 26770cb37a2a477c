//! stub
#![allow(missing_docs)]
use crate::note::{Note, VerifierKey};
pub struct Policy<'a>(&'a str);
pub struct Witness<'a> {
    pub key: VerifierKey<'a>,
}
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct PolicyError;
pub enum Quorum {
    None,
    Unmet,
    MetAt(u64),
}
impl<'a> Policy<'a> {
    pub fn parse(t: &'a str) -> Result<Self, PolicyError> {
        Ok(Self(t))
    }
    pub fn witnesses(&self) -> impl Iterator<Item = Witness<'a>> {
        core::iter::empty()
    }
    pub fn quorum(&self, _n: &Note<'_>) -> Result<Quorum, PolicyError> {
        Err(PolicyError)
    }
}
