//! OpenSSH's public key file, `ssh-ed25519 AAAA… comment`: it stands for a private key that ssh-agent holds.

use data_encoding::BASE64;
use ikrar_core::digest::PublicKey;

use super::PemKind;

/// The only kind whose signatures are ours: those of `sk-` keys cover more than the message.
pub(super) const ED25519: &[u8] = b"ssh-ed25519";
const KINDS: [&str; 3] = ["ssh-", "ecdsa-", "sk-"];

/// The key of such a file; `None` where the text is something else.
pub(super) fn public_key(text: &str) -> Option<Result<PublicKey, PemKind>> {
    KINDS.iter().any(|kind| text.starts_with(kind)).then(|| parse(text))
}

fn parse(text: &str) -> Result<PublicKey, PemKind> {
    let text = text.trim_end();
    let mut words = text.split(' ');
    let (kind, blob) = (words.next(), words.next().ok_or(PemKind::Malformed)?);
    if kind.is_none_or(|kind| kind.as_bytes() != ED25519) {
        return Err(PemKind::OtherAlgorithm);
    }
    let blob = BASE64.decode(blob.as_bytes()).map_err(|_| PemKind::Malformed)?;
    let mut rest = blob.as_slice();
    let fields = (string(&mut rest), string(&mut rest), rest.is_empty(), text.contains('\n'));
    match fields {
        (Some(ED25519), Some(key), true, false) => key.try_into().map(PublicKey).map_err(|_| PemKind::Malformed),
        _ => Err(PemKind::Malformed),
    }
}

/// The key as ssh-agent names it.
pub(super) fn blob(key: &PublicKey) -> Vec<u8> {
    let mut blob = Vec::new();
    put(&mut blob, ED25519);
    put(&mut blob, &key.0);
    blob
}

/// Takes a string, a u32 BE length and so many bytes (RFC 4251 §5), from the front.
pub(super) fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, behind) = rest.split_first_chunk()?;
    let (string, behind) = behind.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    *rest = behind;
    Some(string)
}

/// Puts a string at the end. None of ours is near 4 GiB.
pub(super) fn put(out: &mut Vec<u8>, string: &[u8]) {
    out.extend(u32::try_from(string.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(string);
}
