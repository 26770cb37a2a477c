//! Many signatures at once under the one rule (spec §6): one multiscalar multiplication in place of one check for each.
//!
//! With a coefficient zᵢ for each signature (Rᵢ, sᵢ) under the key Aᵢ, all hold if
//!
//! ```text
//! [8]([Σ zᵢsᵢ]B − Σ [zᵢ]Rᵢ − Σ [Σ zᵢkᵢ]A) = O        the last sum over the different keys
//! ```
//!
//! The zᵢ are of 128 bits, non-zero, and come from the operating system after the signatures are fixed, so a bad signature
//! passes with a probability of 2⁻¹²⁸. Where the sum is not O, halves of the batch are tried until the single rule decides
//! on what is left: the verdict on each signature is the single rule's.

mod coefficients;

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity as _, VartimeMultiscalarMul as _};
use ikrar_core::digest::PublicKey;
use ikrar_core::signature::{DecodedKey, Equation};

use coefficients::Coefficients;

/// Fewest signatures for which a sum is cheaper than as many single checks.
const WORTHWHILE: usize = 4;
/// Failed sums after which all that is left is checked singly, so that a log of bad signatures costs little more than
/// without batches.
const PATIENCE: usize = 256;

/// Signatures to be checked together.
#[derive(Debug, Default)]
pub struct Batch {
    keys: Vec<DecodedKey>,
    signatures: Vec<Term>,
    verdicts: Vec<bool>,
}

/// Handle of a key in its [`Batch`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyPlace(usize);

/// What is summed of a signature.
#[derive(Debug)]
struct Term {
    /// Its place in the order in which signatures were added.
    number: usize,
    r: EdwardsPoint,
    s: Scalar,
    k: Scalar,
    key: KeyPlace,
}

impl Batch {
    /// With room for so many signatures.
    pub fn with_capacity(signatures: usize) -> Self {
        Self { signatures: Vec::with_capacity(signatures), verdicts: Vec::with_capacity(signatures), ..Self::default() }
    }

    /// Adds a key, to check signatures under it. The fewer there are, the quicker: better each different key once.
    pub fn key(&mut self, key: &DecodedKey) -> KeyPlace {
        self.keys.push(*key);
        KeyPlace(self.keys.len() - 1)
    }

    /// Adds a signature of a message: its number is how many were added before. Gives the key's bytes; `None`, and nothing
    /// is added, where the key is another batch's.
    pub fn push(&mut self, key: KeyPlace, message: &[u8], signature: &[u8; 64]) -> Option<PublicKey> {
        let number = self.verdicts.len();
        let decoded = self.keys.get(key.0)?;
        let equation = Equation::under(decoded, &[message], signature).ok();
        self.verdicts.push(equation.is_some());
        self.signatures.extend(equation.map(|Equation { s, r, k, .. }| Term { number, r, s, k, key }));
        Some(*decoded.bytes())
    }

    /// How many signatures were added.
    pub fn len(&self) -> usize {
        self.verdicts.len()
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// The verdict on each signature, by its number.
    pub fn verify(self) -> Vec<bool> {
        let Self { keys, signatures, mut verdicts, .. } = self;
        let mut search = Search { keys: &keys, verdicts: &mut verdicts, patience: PATIENCE };
        // Without randomness there are no sums: the single rule needs none.
        match Coefficients::fresh() {
            Some(mut coefficients) => search.halve(&signatures, &mut coefficients),
            None => search.singly(&signatures),
        }
        verdicts
    }
}

/// The way to the bad signatures of a batch.
struct Search<'a> {
    keys: &'a [DecodedKey],
    verdicts: &'a mut [bool],
    patience: usize,
}

impl Search<'_> {
    fn halve(&mut self, terms: &[Term], coefficients: &mut Coefficients) {
        if terms.len() < WORTHWHILE || self.patience == 0 {
            return self.singly(terms);
        }
        if self.sum_is_neutral(terms, coefficients) {
            return;
        }
        self.patience -= 1;
        let (left, right) = terms.split_at(terms.len() / 2);
        self.halve(left, coefficients);
        self.halve(right, coefficients);
    }

    fn singly(&mut self, terms: &[Term]) {
        for &Term { number, r, s, k, key } in terms {
            let holds = self.keys.get(key.0).is_some_and(|key| Equation { s, r, k, a: key.point() }.holds());
            if let Some(verdict) = self.verdicts.get_mut(number) {
                *verdict = holds;
            }
        }
    }

    fn sum_is_neutral(&self, terms: &[Term], coefficients: &mut Coefficients) -> bool {
        let mut of_base = Scalar::ZERO;
        let mut of_keys = vec![Scalar::ZERO; self.keys.len()];
        let of_rs: Vec<Scalar> = terms
            .iter()
            .map(|term| {
                let z = coefficients.draw();
                of_base -= z * term.s;
                if let Some(of_key) = of_keys.get_mut(term.key.0) {
                    *of_key += z * term.k;
                }
                z
            })
            .collect();
        // A part of a batch leaves most keys out.
        let (of_keys, keys): (Vec<Scalar>, Vec<EdwardsPoint>) = of_keys
            .into_iter()
            .zip(self.keys.iter().map(DecodedKey::point))
            .filter(|(of_key, _)| *of_key != Scalar::ZERO)
            .unzip();
        let scalars = std::iter::once(of_base).chain(of_keys).chain(of_rs);
        let points = std::iter::once(ED25519_BASEPOINT_POINT).chain(keys).chain(terms.iter().map(|term| term.r));
        let sum = EdwardsPoint::vartime_multiscalar_mul(scalars, points);
        sum.mul_by_cofactor().is_identity()
    }
}
