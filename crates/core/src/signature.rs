//! The one rule by which Ikrar accepts Ed25519 signatures (spec §6), and signing.
//!
//! A signature (R, s) of a message M under a key A is accepted iff
//!
//! 1. A is the canonical encoding of a point, and `[8]A ≠ O`;
//! 2. R is the canonical encoding of a point;
//! 3. s < L;
//! 4. `[8]([s]B − R − [k]A) = O` with k = SHA-512(R ‖ A ‖ M) mod L, the 8 multiplied last.
//!
//! That is RFC 8032 §5.1.7 with its cofactored equation, canonical encodings enforced and keys of small order refused;
//! R of small order and points of mixed order pass. A checker of batches that takes its equations from [`Equation::new`]
//! accepts the same set. Every signature made honestly also verifies under tools that leave the cofactor out.

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity as _;
use ed25519_dalek::Signature;
use sha2::{Digest as _, Sha512};
use signature::Signer;
use thiserror::Error;

use crate::digest::PublicKey;

/// Which part of the rule a key or a signature breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// The public key is not the canonical encoding of a point of the curve.
    #[error("the public key is not the canonical encoding of a point")]
    NonCanonicalKey,
    /// The public key is one of the eight points for which everyone can sign.
    #[error("the public key has small order: anyone can sign for it")]
    SmallOrderKey,
    /// R, the signature's first half, is not the canonical encoding of a point of the curve.
    #[error("the signature's R is not the canonical encoding of a point")]
    NonCanonicalR,
    /// s, the signature's second half, is not below the order L of the group.
    #[error("the signature's s is not reduced")]
    NonCanonicalS,
    /// Key, message and signature don't belong together.
    #[error("the signature does not match key and message")]
    Mismatch,
}

/// The equation `[8]([s]B − R − [k]A) = O` of a signature whose encodings are all in order, not yet checked.
///
/// A checker of batches sums the equations of many signatures, each times a fresh coefficient, and multiplies by 8 last.
#[derive(Clone, Copy, Debug)]
pub struct Equation {
    /// s, below L.
    pub s: Scalar,
    /// R, of whatever order.
    pub r: EdwardsPoint,
    /// k = SHA-512(R ‖ A ‖ M) mod L.
    pub k: Scalar,
    /// The public key A, not of small order.
    pub a: EdwardsPoint,
}

impl Equation {
    /// Applies points 1 to 3 of the rule. The message is given in parts, as if they were one after the other.
    ///
    /// # Errors
    /// Every variant of [`SignatureError`] but `Mismatch`.
    // Apart from `holds`, so that their stack frames take the same place.
    #[inline(never)]
    pub fn new(key: &PublicKey, message: &[&[u8]], signature: &[u8; 64]) -> Result<Self, SignatureError> {
        Self::under(&DecodedKey::new(key)?, message, signature)
    }

    /// [`Self::new`] under a key that was decoded before.
    ///
    /// # Errors
    /// [`SignatureError::NonCanonicalR`], [`SignatureError::NonCanonicalS`].
    #[inline]
    pub fn under(key: &DecodedKey, message: &[&[u8]], signature: &[u8; 64]) -> Result<Self, SignatureError> {
        let signature = Signature::from_bytes(signature);
        let (r_bytes, s_bytes) = (signature.r_bytes(), signature.s_bytes());
        let r = decode_point(r_bytes).ok_or(SignatureError::NonCanonicalR)?;
        let s = Option::from(Scalar::from_canonical_bytes(*s_bytes)).ok_or(SignatureError::NonCanonicalS)?;
        let mut hasher = Sha512::new();
        hasher.update(r_bytes);
        hasher.update(key.bytes);
        for part in message {
            hasher.update(part);
        }
        let k = Scalar::from_bytes_mod_order_wide(&hasher.finalize().into());
        Ok(Self { s, r, k, a: key.point })
    }

    /// Point 4 of the rule.
    #[inline(never)]
    pub fn holds(&self) -> bool {
        let difference = EdwardsPoint::vartime_double_scalar_mul_basepoint(&self.k, &-self.a, &self.s) - self.r;
        difference.mul_by_cofactor().is_identity()
    }
}

/// A public key that fulfils point 1 of the rule, decoded once for many signatures.
#[derive(Clone, Copy, Debug)]
pub struct DecodedKey {
    bytes: PublicKey,
    point: EdwardsPoint,
}

impl DecodedKey {
    /// Applies point 1 of the rule.
    ///
    /// # Errors
    /// [`SignatureError::NonCanonicalKey`] or [`SignatureError::SmallOrderKey`].
    #[inline]
    pub fn new(key: &PublicKey) -> Result<Self, SignatureError> {
        Ok(Self { bytes: *key, point: decode_key(key)? })
    }

    /// The key as it is written.
    pub fn bytes(&self) -> &PublicKey {
        &self.bytes
    }

    /// A, not of small order.
    pub fn point(&self) -> EdwardsPoint {
        self.point
    }
}

/// Checks a signature.
///
/// # Errors
/// The first point of the rule that is broken.
pub fn verify(key: &PublicKey, message: &[u8], signature: &[u8; 64]) -> Result<(), SignatureError> {
    verify_parts(key, &[message], signature)
}

/// Checks a signature of a message that is given in parts, as if they were one after the other.
///
/// # Errors
/// The first point of the rule that is broken.
pub fn verify_parts(key: &PublicKey, message: &[&[u8]], signature: &[u8; 64]) -> Result<(), SignatureError> {
    // Looked at where it is: to move it would cost a device 800 bytes of stack.
    match &Equation::new(key, message, signature) {
        Ok(equation) if equation.holds() => Ok(()),
        Ok(_) => Err(SignatureError::Mismatch),
        Err(error) => Err(*error),
    }
}

/// Checks a public key by itself, before it is installed anywhere.
///
/// # Errors
/// [`SignatureError::NonCanonicalKey`] or [`SignatureError::SmallOrderKey`].
pub fn check_key(key: &PublicKey) -> Result<(), SignatureError> {
    decode_key(key).map(|_| ())
}

/// Signs through whatever holds the private key: memory, or a hardware key.
///
/// # Errors
/// The signer's own. What it answers is not checked against a public key.
pub fn sign(signer: &impl Signer<Signature>, message: &[u8]) -> Result<[u8; 64], signature::Error> {
    signer.try_sign(message).map(|signature| signature.to_bytes())
}

fn decode_key(key: &PublicKey) -> Result<EdwardsPoint, SignatureError> {
    let a = decode_point(&key.0).ok_or(SignatureError::NonCanonicalKey)?;
    if a.is_small_order() { Err(SignatureError::SmallOrderKey) } else { Ok(a) }
}

/// Refuses y ≥ p and the sign bit on x = 0, both of which `decompress` lets pass (as ZIP-215 does): the same as comparing
/// with what the point compresses to, which would cost an inversion.
fn decode_point(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
    CompressedEdwardsY(*bytes).decompress().filter(|_| is_canonical(bytes))
}

/// Of the encoding of a point of the curve: is it the one that the point compresses to?
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [first, middle @ .., last] = bytes;
    let (high, negative) = (last & 0x7F, last & 0x80 != 0);
    // p = 2²⁵⁵ − 19.
    let from_p_on = high == 0x7F && middle.iter().all(|byte| *byte == 0xFF) && *first >= 0xED;
    // x = 0 where y = 1 or y = p − 1.
    let one = *first == 1 && middle.iter().all(|byte| *byte == 0) && high == 0;
    let minus_one = *first == 0xEC && middle.iter().all(|byte| *byte == 0xFF) && high == 0x7F;
    !(from_p_on || negative && (one || minus_one))
}

#[cfg(test)]
mod tests;
