//! What a file is, by its first bytes: so that an error can say which of our files was given in place of which.

use std::fmt;

use crate::{envelope, journal_export, request};

/// A kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// No bytes at all.
    Empty,
    /// Attestations, as signing verbs write them.
    Attestations,
    /// The export of a device's journal.
    Journal,
    /// A request of an operator to a unit.
    Request,
    /// A C2SP tlog-proof: a receipt.
    Receipt,
    /// A C2SP checkpoint, or another signed note.
    Checkpoint,
    /// A private key in PEM.
    PrivateKey,
    /// Another PEM file.
    Pem,
    /// A verifier key.
    VerifierKey,
    /// A trust root.
    TrustRoot,
    /// A signer's head.
    SignerHead,
    /// The form of a text or round.
    Form,
    /// A roster, or another table.
    Csv,
    /// Bytes that a shell has turned into UTF-16: PowerShell's `>` does.
    Utf16,
    /// One of ours whose line ends were changed on the way.
    LineEnds,
    /// None of these.
    Unknown,
}

impl FileKind {
    /// Tells by the first bytes; promises nothing about the rest.
    pub fn of(bytes: &[u8]) -> Self {
        let damaged = |magic: &[u8]| magic.strip_suffix(b"\n").is_some_and(|line| bytes.starts_with(line));
        match bytes {
            [] => Self::Empty,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Self::Utf16,
            _ if bytes.starts_with(envelope::MAGIC) => Self::Attestations,
            _ if bytes.starts_with(request::MAGIC) => Self::Request,
            _ if bytes.starts_with(journal_export::MAGIC) => Self::Journal,
            _ if damaged(envelope::MAGIC) || damaged(request::MAGIC) || damaged(journal_export::MAGIC) => {
                Self::LineEnds
            }
            _ if bytes.starts_with(b"c2sp.org/tlog-proof@") => Self::Receipt,
            _ if bytes.starts_with(b"-----BEGIN ") => Self::pem(bytes),
            _ => Self::of_text(bytes),
        }
    }

    fn pem(bytes: &[u8]) -> Self {
        let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        if line.trim_ascii_end().ends_with(b"PRIVATE KEY-----") { Self::PrivateKey } else { Self::Pem }
    }

    fn of_text(bytes: &[u8]) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else { return Self::Unknown };
        let schema = text.lines().find_map(|line| line.trim_start().strip_prefix("schema")).unwrap_or_default();
        let first = text.lines().next().unwrap_or_default();
        let columns = || first.split(',').any(|column| column == "unit" || column == "code" || column == "parent");
        match schema {
            _ if schema.contains("ikrar.trust/") => Self::TrustRoot,
            _ if schema.contains("ikrar.signer/") => Self::SignerHead,
            _ if schema.contains("ikrar.text/") || schema.contains("ikrar.round/") => Self::Form,
            _ if text.contains("\n\n\u{2014} ") => Self::Checkpoint,
            _ if text.lines().count() == 1 && crate::keys::parse_verifier_key(first).is_ok() => Self::VerifierKey,
            _ if columns() => Self::Csv,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty file",
            Self::Attestations => "a file of attestations",
            Self::Journal => "the export of a journal",
            Self::Request => "a request",
            Self::Receipt => "a receipt",
            Self::Checkpoint => "a checkpoint",
            Self::PrivateKey => "a private key, which is to be given to nobody",
            Self::Pem => "a PEM file",
            Self::VerifierKey => "a verifier key",
            Self::TrustRoot => "a trust root",
            Self::SignerHead => "a signer's head, which stays beside its key",
            Self::Form => "a form",
            Self::Csv => "a table",
            Self::Utf16 => "UTF-16 text, as PowerShell's `>` makes of a file; write it with --out",
            Self::LineEnds => "a file whose line ends were changed on the way; carry it as a binary file",
            Self::Unknown => "an unknown kind of file",
        })
    }
}
