//! Errors of files that people hand over: forms, attestations, requests, proofs, and results written.

use ikrar_core::field::PROOF_MAX;
use ikrar_log::document::DocumentError;
use ikrar_log::envelope::EnvelopeError;
use ikrar_log::forms::{Expected, FormError};
use ikrar_log::journal_export::ExportError;
use ikrar_log::kind::FileKind;
use ikrar_log::output::{NameFault, OutputError};
use ikrar_log::proof_bundle::{BundleError, ENTRY_MAX, NotProven};
use ikrar_log::request::{REQUEST_MAX, RequestError};

use super::{Message, Tell, cause};

impl Tell for FileKind {
    fn message(&self) -> Message {
        cause(match self {
            Self::Empty => "file-empty",
            Self::Attestations => "file-attestations",
            Self::Journal => "file-journal",
            Self::Request => "file-request",
            Self::Receipt => "file-receipt",
            Self::Checkpoint => "file-checkpoint",
            Self::PrivateKey => "file-private-key",
            Self::Pem => "file-pem",
            Self::VerifierKey => "file-verifier-key",
            Self::TrustRoot => "file-trust-root",
            Self::SignerHead => "file-signer-head",
            Self::Form => "file-form",
            Self::Csv => "file-csv",
            Self::Utf16 => "file-utf16",
            Self::LineEnds => "file-line-ends",
            Self::Unknown => "file-unknown",
        })
    }
}

impl Tell for DocumentError {
    fn message(&self) -> Message {
        match self {
            Self::NotUtf8 => cause("document-not-utf8"),
            Self::Syntax { line, column, message } => {
                cause("document-syntax").with("line", line).with("column", column).told("what", &syntax(message))
            }
            Self::Schema { found, expected } if found.is_empty() => {
                cause("document-no-schema").with("expected", expected)
            }
            Self::Schema { found, expected } => {
                cause("document-schema").with("found", found).with("expected", expected)
            }
        }
    }
}

/// What the parser of TOML says, in English alone, by its first words.
fn syntax(message: &str) -> Message {
    let name = message.split('`').nth(1).unwrap_or_default();
    let expected = message.split_once("expected ").map(|(_, rest)| rest.trim_start_matches("one of ")).unwrap_or("–");
    match message {
        _ if message.starts_with("unknown field") => {
            cause("document-unknown-field").with("field", name).with("expected", expected)
        }
        _ if message.starts_with("missing field") => cause("document-missing-field").with("field", name),
        _ if message.starts_with("duplicate") => cause("document-duplicate"),
        _ if message.starts_with("invalid type") || message.starts_with("invalid value") => cause("document-type"),
        _ => cause("document-malformed"),
    }
}

impl Tell for Expected {
    fn message(&self) -> Message {
        cause(match self {
            Self::Code => "expected-code",
            Self::Name => "expected-name",
            Self::Unit => "expected-unit",
            Self::Zone => "expected-zone",
            Self::Commitments => "expected-commitments",
            Self::Degrees => "expected-degrees",
            Self::Lines => "expected-lines",
            Self::Language => "expected-language",
        })
    }
}

impl Tell for FormError {
    fn message(&self) -> Message {
        match self {
            Self::Document(error) => error.message(),
            Self::Field { field, value, error, expected } => cause("form-field")
                .with("field", field)
                .with("value", value)
                .told("error", error)
                .told("expected", expected),
            Self::Word { field, value, expected } => {
                cause("form-word").with("field", field).with("value", value).with("expected", expected)
            }
            Self::Twice { field, value } => cause("form-twice").with("field", field).with("value", value),
            Self::TooMany { field, found, most } => {
                cause("form-too-many").with("field", field).count("found", *found).count("most", *most)
            }
            Self::Time { field, value } => cause("form-time").with("field", field).with("value", value),
            Self::Backwards { earlier, later } => cause("form-backwards").with("earlier", earlier).with("later", later),
            Self::NoPledge => cause("form-no-pledge"),
            Self::NoTexts => cause("form-no-texts"),
            Self::UnknownText { value } => cause("form-unknown-text").with("value", value),
            Self::Row { line, error } => cause("form-row").with("line", line).told("error", &**error),
        }
    }
}

impl Tell for ExportError {
    fn message(&self) -> Message {
        match self {
            Self::OtherKind(kind) => cause("export-other-kind").told("kind", kind),
            Self::Head => cause("export-head"),
            Self::Range => cause("export-range"),
            Self::Truncated { entry } => cause("export-truncated").with("entry", entry),
            Self::Mark { entry } => cause("export-mark").with("entry", entry),
        }
    }
}

impl Tell for EnvelopeError {
    fn message(&self) -> Message {
        match self {
            Self::OtherKind(kind) => cause("envelope-other-kind").told("kind", kind),
            Self::Journal(error) => error.message(),
            Self::None => cause("envelope-none"),
            Self::Truncated { record, offset } => {
                cause("envelope-truncated").with("record", record).with("offset", offset)
            }
            Self::Length { record, offset, length } => {
                cause("envelope-length").with("record", record).with("offset", offset).count("length", *length)
            }
        }
    }
}

impl Tell for RequestError {
    fn message(&self) -> Message {
        match self {
            Self::OtherKind(kind) => cause("request-other-kind").told("kind", kind),
            Self::TooLong { length } => cause("request-too-long").count("length", *length).count("most", REQUEST_MAX),
            Self::Truncated { field } => cause("request-truncated").with("field", field),
            Self::Field { field, error } => cause("request-field").with("field", field).told("error", error),
            Self::Flag { found } => cause("request-flag").with("found", found),
            Self::Bundle(error) => error.message(),
        }
    }
}

impl Tell for BundleError {
    fn message(&self) -> Message {
        match self {
            Self::Truncated { item } => cause("bundle-truncated").with("item", item),
            Self::TrailingData => cause("bundle-trailing-data"),
            Self::Count { count } => cause("bundle-count").count("count", *count),
            Self::Entry { item, length } => {
                cause("bundle-entry").with("item", item).count("length", *length).count("most", ENTRY_MAX)
            }
            Self::Hashes { item, count } => {
                cause("bundle-hashes").with("item", item).count("count", u32::from(*count)).count("most", PROOF_MAX)
            }
            Self::Order { item, index } => cause("bundle-order").with("item", item).with("index", index),
        }
    }
}

impl Tell for NotProven {
    fn message(&self) -> Message {
        cause("bundle-not-proven").with("entry", self.index).told("error", &self.error)
    }
}

impl Tell for OutputError {
    fn message(&self) -> Message {
        match self {
            Self::Exists { path } => cause("output-exists").with("path", path.display()),
            Self::Name { fault, .. } => fault.message(),
            Self::Unwritable { source, .. } | Self::Stdout(source) => source.message(),
        }
    }
}

impl Tell for NameFault {
    fn message(&self) -> Message {
        match self {
            Self::Character(character) => cause("name-character").with("character", character.escape_debug()),
            Self::Device => cause("name-device"),
            Self::End => cause("name-end"),
            Self::NoName => cause("name-none"),
        }
    }
}
