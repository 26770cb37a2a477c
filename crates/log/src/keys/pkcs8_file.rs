//! The text of a private key's file: PKCS#8 PEM version 1, plain, or encrypted with a passphrase (spec §11.5).
//!
//! What is written, the `openssl` program opens with its default limit of 32 MiB for scrypt. What is read is bounded
//! before any of it is worked on: a hostile file asks for neither gigabytes nor hours.

use ed25519_dalek::SigningKey;
use ed25519_pkcs8::KeypairBytes;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::pem::LineEnding;
use pkcs8::pkcs5::pbes2::{Kdf, Parameters};
use pkcs8::pkcs5::{self, scrypt};
use pkcs8::{
    DecodePrivateKey as _, EncodePrivateKey as _, EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument,
};
use zeroize::Zeroizing;

use super::PemKind;

const PLAIN: &str = "PRIVATE KEY";
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

/// scrypt as written: 28 MiB and four lanes, no weaker than N 2^15, r 8, p 3. OpenSSL opens no N of 2^15 with r 8.
const LOG_N: u8 = 15;
const BLOCK_SIZE: u32 = 7;
const LANES: u32 = 4;
/// scrypt as read: memory in bytes, and N·r·p, a few seconds.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
const SCRYPT_WORK_MAX: u64 = 1 << 24;
/// PBKDF2 as read, a few seconds; OpenSSL writes 2,048.
const ITERATIONS_MAX: u32 = 10_000_000;

/// Why a text gives no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// No key of ours.
    Pem(PemKind),
    /// Encrypted, and no passphrase was given.
    Encrypted,
    /// The passphrase does not open it.
    Passphrase,
    /// To try a passphrase would cost too much.
    Costly,
}

/// The file of a key that is fresh.
pub(super) fn encode(signing: &SigningKey, passphrase: Option<&[u8]>) -> Result<Zeroizing<String>, EncodeError> {
    let pair = KeypairBytes { secret_key: signing.to_bytes(), public_key: None };
    let plain = pair.to_pkcs8_der().map_err(|_| EncodeError::Encoding)?;
    let Some(passphrase) = passphrase else {
        return plain.to_pem(PLAIN, LineEnding::LF).map_err(|_| EncodeError::Encoding);
    };
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    getrandom::fill(&mut salt).map_err(EncodeError::Random)?;
    getrandom::fill(&mut iv).map_err(EncodeError::Random)?;
    let encrypted = encrypt(&plain, passphrase, &salt, iv).ok_or(EncodeError::Encoding)?;
    encrypted.to_pem(ENCRYPTED, LineEnding::LF).map_err(|_| EncodeError::Encoding)
}

/// Why a key could not be written.
#[derive(Clone, Copy, Debug)]
pub(super) enum EncodeError {
    Random(getrandom::Error),
    Encoding,
}

/// `None` for lengths that do not fit, which ours do.
fn encrypt(plain: &SecretDocument, passphrase: &[u8], salt: &[u8], iv: [u8; 16]) -> Option<SecretDocument> {
    let cost = scrypt::Params::new(LOG_N, BLOCK_SIZE, LANES).ok()?;
    let parameters = Parameters::generate_scrypt_aes256cbc(cost, salt, iv).ok()?;
    let sealed = parameters.encrypt(passphrase, plain.as_bytes()).ok()?;
    let encrypted_data = OctetStringRef::new(&sealed).ok()?;
    SecretDocument::encode_msg(&EncryptedPrivateKeyInfoRef { encryption_algorithm: parameters.into(), encrypted_data })
        .ok()
}

/// The key in a file's text.
pub(super) fn decode(text: &str, passphrase: Option<&[u8]>) -> Result<SigningKey, Fault> {
    let pair = match PemKind::of(text) {
        None => KeypairBytes::from_pkcs8_pem(text).map_err(|error| Fault::Pem(PemKind::from(error)))?,
        Some(PemKind::Encrypted) => decrypt(text, passphrase.ok_or(Fault::Encrypted)?)?,
        Some(other) => return Err(Fault::Pem(other)),
    };
    let signing = SigningKey::from_bytes(&pair.secret_key);
    // Version 2 holds the public key too; one that differs would make signatures under it leak the private key.
    match pair.public_key {
        Some(public) if public.0 != signing.verifying_key().to_bytes() => Err(Fault::Pem(PemKind::OtherPublicKey)),
        _ => Ok(signing),
    }
}

fn decrypt(text: &str, passphrase: &[u8]) -> Result<KeypairBytes, Fault> {
    let malformed = Fault::Pem(PemKind::Malformed);
    let (_, document) = SecretDocument::from_pem(text).map_err(|_| malformed)?;
    let sealed = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|error| match error {
        pkcs8::Error::Asn1(error) if matches!(error.kind(), pkcs8::der::ErrorKind::OidUnknown { .. }) => {
            Fault::Pem(PemKind::OtherEncryption)
        }
        _ => malformed,
    })?;
    let parameters = sealed.encryption_algorithm.pbes2().ok_or(Fault::Pem(PemKind::OtherEncryption))?;
    check_cost(&parameters.kdf)?;
    let mut buffer = Zeroizing::new(sealed.encrypted_data.as_bytes().to_vec());
    let plain = parameters.decrypt_in_place(passphrase, &mut buffer).map_err(|error| match error {
        pkcs5::Error::UnsupportedAlgorithm { .. } => Fault::Pem(PemKind::OtherEncryption),
        pkcs5::Error::AlgorithmParametersInvalid { .. } => malformed,
        _ => Fault::Passphrase,
    })?;
    // A wrong passphrase leaves a sound padding once in 256 times, and never a sound key.
    let info = PrivateKeyInfoRef::try_from(plain).map_err(|_| Fault::Passphrase)?;
    KeypairBytes::try_from(info).map_err(|error| Fault::Pem(PemKind::from(error)))
}

/// Before the library computes with them: it takes a cost of 0 for impossible, and any other for meant.
fn check_cost(kdf: &Kdf) -> Result<(), Fault> {
    match kdf {
        Kdf::Pbkdf2(pbkdf2) if pbkdf2.iteration_count == 0 => Err(Fault::Pem(PemKind::Malformed)),
        Kdf::Pbkdf2(pbkdf2) if pbkdf2.iteration_count > ITERATIONS_MAX => Err(Fault::Costly),
        Kdf::Pbkdf2(_) => Ok(()),
        Kdf::Scrypt(scrypt) => {
            let (n, r, p) = (scrypt.cost_parameter, u64::from(scrypt.block_size), u64::from(scrypt.parallelization));
            if n < 2 || !n.is_power_of_two() || r == 0 || p == 0 {
                return Err(Fault::Pem(PemKind::Malformed));
            }
            let memory = n.checked_add(p).and_then(|rows| rows.checked_mul(r)).and_then(|rows| rows.checked_mul(128));
            let work = n.checked_mul(r).and_then(|work| work.checked_mul(p));
            let bounded =
                memory.is_some_and(|memory| memory <= MEMORY_MAX) && work.is_some_and(|work| work <= SCRYPT_WORK_MAX);
            if bounded { Ok(()) } else { Err(Fault::Costly) }
        }
        _ => Err(Fault::Pem(PemKind::OtherEncryption)),
    }
}
